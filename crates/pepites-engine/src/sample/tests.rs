//! Holds the demo world to what is promised of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read as _, Write as _},
    net::TcpStream,
};

use super::*;

const PORT: u16 = 8127;

fn world(day: &str) -> World {
    World::new(7, &Day(day.to_owned()), 1)
}

/// Made once: most tests look at the same world.
fn today() -> World {
    static TODAY: std::sync::LazyLock<World> = std::sync::LazyLock::new(|| world("2026-11-23"));
    TODAY.clone()
}

fn body(world: &World, url: &str) -> Vec<u8> {
    let reply = world.reply(url).unwrap();
    assert_eq!(reply.status, 200, "{url}");
    reply.body
}

/// The feed of a source: people's profiles name theirs.
fn feed_of(world: &World, site: &Site) -> String {
    format!("{}{}", feed::root(site, PORT), feed_path(world.site(site.index).unwrap()))
}

/// Every address and every body, as one number.
fn print(world: &World) -> u64 {
    let mut all = world.opml(PORT).into_bytes();
    for site in &world.sites {
        all.extend(body(world, &feed_of(world, site)));
    }
    xxhash_rust::xxh3::xxh3_64(&all)
}

#[test]
fn the_same_seed_and_day_give_the_same_world_and_another_seed_another() {
    assert_eq!(print(&today()), print(&world("2026-11-23")));
    assert_ne!(print(&today()), print(&World::new(8, &Day("2026-11-23".to_owned()), 1)));
}

#[test]
fn it_is_the_world_of_the_reader_we_build_for() {
    for seed in [1, 7, 2026] {
        let world = World::new(seed, &Day("2026-11-23".to_owned()), 1);
        let counts: Vec<usize> = world.posts.iter().map(Vec::len).collect();
        let total: usize = counts.iter().sum();
        assert_eq!(counts.len(), 155);
        assert_eq!(counts.iter().filter(|count| **count > 500).count(), 3, "{counts:?}");
        assert!((2_800..3_300).contains(&total), "seed {seed}: {total} posts in 30 days, the reader had 3,027");
        for (site, count) in world.sites.iter().zip(&counts) {
            match site.role {
                Role::Rare => assert!((1..=3).contains(count), "{} is rare, but has {count}", site.title),
                Role::Blog => assert!(*count <= 20, "{} has {count}", site.title),
                _ => assert!(*count > 0, "{} is silent", site.title),
            }
        }
    }
}

#[test]
fn volume_multiplies_the_posts() {
    let one: usize = today().posts.iter().map(Vec::len).sum();
    let four: usize = World::new(7, &Day("2026-11-23".to_owned()), 4).posts.iter().map(Vec::len).sum();
    assert!(four.abs_diff(4 * one) < one / 10, "{one} at volume 1, {four} at volume 4");
}

#[test]
fn every_source_has_a_loopback_address_of_its_own() {
    let locators: BTreeSet<String> = today().locators(PORT).into_iter().collect();
    let hosts: BTreeSet<String> = locators
        .iter()
        .map(|locator| {
            let url = url::Url::parse(locator).unwrap();
            assert_eq!((url.scheme(), url.port()), ("http", Some(PORT)), "{locator}");
            let ip: std::net::Ipv4Addr = url.host_str().unwrap().parse().unwrap();
            assert!(ip.is_loopback() && ip != std::net::Ipv4Addr::LOCALHOST, "{locator}");
            ip.to_string()
        })
        .collect();
    assert_eq!((locators.len(), hosts.len()), (155, 155));
}

#[test]
fn every_feed_is_read_by_an_ordinary_parser_with_all_its_posts() {
    let world = today();
    for site in &world.sites {
        let feed = feed_rs::parser::parse(body(&world, &feed_of(&world, site)).as_slice())
            .unwrap_or_else(|error| panic!("{}: {error}", site.title));
        assert_eq!(feed.entries.len(), world.posts[site.index].len(), "{}", site.title);
        assert_eq!(feed.title.unwrap().content, site.title);
        for entry in &feed.entries {
            let title = entry.title.as_ref().map(|title| title.content.clone());
            assert_eq!(title.is_some(), site.role != Role::Person, "{}: {title:?}", site.title);
        }
    }
}

#[test]
fn the_app_reads_every_source_by_the_address_in_the_opml() {
    let world = today();
    for (site, locator) in world.sites.iter().zip(world.locators(PORT)) {
        let address = pepites_core::sources::recognise(&locator).unwrap_or_else(|| panic!("{locator} is unknown"));
        let kind = pepites_core::sources::kind(&address.kind).unwrap();
        let source = source(address);
        let mut heard = Vec::new();
        while let Some(request) = (kind.ask)(&source, &heard) {
            assert!(heard.len() < 9, "{locator}: a conversation without end");
            heard.push(world.reply(&request.url).unwrap_or_else(|| panic!("{} is not of this world", request.url)));
        }
        let batch = (kind.read)(&source, &heard).unwrap_or_else(|error| panic!("{locator}: {error}"));
        assert_eq!(batch.items.len(), world.posts[site.index].len(), "{locator}");
        assert!(batch.flaws.is_empty(), "{locator}: {:?}", batch.flaws);
        let posts = pepites_core::normalise::normalise(&source, batch, Moment((world.last + 1) * Moment::DAY));
        let mut told: Vec<Moment> = posts.iter().map(|post| post.published).collect();
        told.sort_unstable();
        // Some feeds write dates to the minute.
        let minute = |at: Moment| at.0.div_euclid(Moment::MINUTE);
        let shown: Vec<i64> = world.shown(site.index).map(|draft| minute(draft.at)).collect();
        assert_eq!(told.into_iter().rev().map(minute).collect::<Vec<_>>(), shown, "{locator}");
        for post in &posts {
            assert_eq!(post.language.as_deref(), Some(site.language.code()), "{}: {}", site.title, post.title);
            assert_eq!(post.untitled, site.role == Role::Person, "{}: {}", site.title, post.title);
        }
    }
}

/// A source as it is before its first visit.
fn source(address: pepites_core::model::Address) -> pepites_core::model::Source {
    pepites_core::model::Source {
        id: pepites_core::model::SourceId(1),
        title: address.locator.clone(),
        address,
        feed: None,
        name: None,
        site: None,
        portrait: None,
        folders: Vec::new(),
        added: Moment(0),
        validators: Validators::default(),
        body_hash: None,
        visited: None,
        unreached: None,
        last_new: None,
        next_visit: None,
        next_why: None,
        hold_until: None,
        gone: false,
        failures: 0,
        trouble: None,
        full_text: false,
        login: None,
        icon: None,
        preferred: false,
        mode: pepites_core::model::Mode::All,
    }
}

#[test]
fn nothing_of_the_tables_shows_in_what_is_published() {
    let world = today();
    for site in &world.sites {
        for draft in world.shown(site.index) {
            let text = compose::compose(&world, draft);
            let html = page::body(&text, "", &|to| world.address(to, PORT));
            // Code may look like a template; nothing else may.
            let html = html.split("<pre>").map(|part| part.rsplit("</pre>").next().unwrap()).collect::<String>();
            assert!(!html.contains(['{', '}', '[', ']', '|']), "{}: {html}", site.title);
            assert!(!html.contains("  ") && !html.contains(" ,") && !html.contains(".."), "{}: {html}", site.title);
            assert!(!html.contains("<p></p>") && html.len() > 20, "{} is short of words: {html}", site.title);
        }
    }
}

#[test]
fn a_title_has_enough_words_not_to_come_back_within_thirty_days() {
    /// Blogs that share a topic take a new round of titles every other day or so, the forum more than one a day.
    const ENOUGH: usize = 48;
    let sections = words::desk(Language::Fr).iter().chain(words::desk(Language::En));
    let topics = words::TOPICS.iter().chain(sections).copied().chain([words::FORUM]);
    for topic in topics {
        let common = if topic.language == Language::Fr { words::COMMON_FR } else { words::COMMON_EN };
        for (least, template) in topic
            .titles
            .iter()
            .map(|template| (ENOUGH, template))
            .chain(topic.deep.iter().map(|template| (ENOUGH / 4, template)))
        {
            let slots = topic.slots.iter().chain(common).filter(|(name, _)| pen::mentions(template, name));
            let size: usize = slots.map(|(_, words)| words.len()).product();
            // A number is drawn for each post.
            assert!(size >= least || template.contains(".."), "{}: {size} for {template}", topic.tags[0]);
        }
    }
}

#[test]
fn people_hardly_ever_say_the_same_thing_twice() {
    let world = today();
    let mut said = BTreeSet::new();
    let (mut all, mut again) = (0, 0);
    for draft in world.sites.iter().flat_map(|site| world.shown(site.index)) {
        if matches!(draft.matter, schedule::Matter::Note { .. }) {
            let html = page::body(&compose::compose(&world, draft), "", &|_| String::new());
            all += 1;
            again += usize::from(!said.insert(html));
        }
    }
    assert!(again * 33 <= all, "{again} of {all} notes repeat another");
}

#[test]
fn posts_with_one_title_tell_one_story() {
    for seed in [1, 7, 2026] {
        let world = World::new(seed, &Day("2026-11-23".to_owned()), 1);
        let drafts = world.sites.iter().flat_map(|site| world.shown(site.index));
        let mut stories: BTreeMap<String, u32> = BTreeMap::new();
        for (draft, key) in drafts.zip(world.key(PORT)) {
            let title = compose::headline(&world, draft);
            if !title.is_empty() {
                assert_eq!(*stories.entry(title.clone()).or_insert(key.story), key.story, "seed {seed}: {title}");
            }
        }
    }
}

#[test]
fn the_key_opens_every_post() {
    let world = today();
    let keys = world.key(PORT);
    assert_eq!(keys.len(), world.posts.iter().map(Vec::len).sum::<usize>());
    let posts: BTreeSet<(&str, &str)> = keys.iter().map(|key| (key.source.as_str(), key.link.as_str())).collect();
    assert_eq!(posts.len(), keys.len(), "no two posts of a source share an address");
    let nuggets = keys.iter().filter(|key| key.nugget).count();
    assert!((40..140).contains(&nuggets), "{nuggets} nuggets");
    let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
    for key in &keys {
        *sizes.entry(key.story).or_default() += 1;
    }
    assert!(sizes.values().any(|size| *size >= 8), "some news is relayed a lot");
    let pointed = keys.iter().filter(|key| key.nugget && sizes[&key.story] > 1).count();
    assert!(pointed >= 5, "people point to {pointed} nuggets");
    for site in &world.sites {
        let feed = String::from_utf8_lossy(&body(&world, &feed_of(&world, site))).to_lowercase();
        assert!(!feed.contains("nugget") && !feed.contains("pépite"), "{} gives the key away", site.title);
    }
}

#[test]
fn planets_give_the_address_of_the_original() {
    let world = today();
    let keys = world.key(PORT);
    let originals: BTreeMap<&str, u32> = keys
        .iter()
        .filter(|key| key.source.contains("//127.44.1.10:") || key.source.contains("//127.44.1.14:"))
        .map(|key| (key.link.as_str(), key.story))
        .collect();
    let planets: Vec<&Key> = keys.iter().filter(|key| key.source.contains("//127.44.1.22:")).collect();
    assert!(planets.len() > 10);
    for key in planets {
        let page = key.link.split("?utm_").next().unwrap();
        // The world's first day relays what the day before told.
        if let Some(story) = originals.get(page) {
            assert_eq!(*story, key.story);
        }
        assert_eq!(key.guid.as_deref(), Some(page));
    }
}

#[test]
fn a_later_day_keeps_the_posts_that_were_there() {
    let before = today();
    let after = before.at(&Day("2026-11-24".to_owned()));
    for site in &before.sites {
        let kept = |world: &World, first: i64, last: i64| -> Vec<(String, String)> {
            let shown = world.shown(site.index).filter(|draft| (first..=last).contains(&draft.day));
            shown.map(|draft| (world.address(draft, PORT), compose::headline(world, draft))).collect()
        };
        let (first, last) = (after.last + 1 - DAYS, before.last);
        assert_eq!(kept(&before, first, last), kept(&after, first, last), "{}", site.title);
    }
    let new = after.posts.iter().flatten().filter(|draft| draft.day == after.last).count();
    assert!((60..140).contains(&new), "{new} posts on the new day");
}

#[test]
fn what_is_to_come_is_not_shown() {
    let noon = Moment(today().last * Moment::DAY + 12 * Moment::HOUR);
    let world = today().until(noon);
    let shown: Vec<&Draft> = world.sites.iter().flat_map(|site| world.shown(site.index)).collect();
    assert!(shown.iter().all(|draft| draft.at <= noon));
    assert!(shown.len() > 2_700 && shown.len() < today().key(PORT).len());
}

#[test]
fn every_post_has_a_page_and_every_picture_is_one() {
    let world = today();
    let mut pictures = 0;
    for site in &world.sites {
        for draft in world.shown(site.index).take(2) {
            let address = world.address(draft, PORT);
            let page = String::from_utf8(body(&world, &address)).unwrap();
            assert!(page.contains("rel=\"alternate\""), "{address}");
            if pictures < 25
                && let Some((_, rest)) = page.split_once("<img src=\"")
            {
                let path = rest.split('"').next().unwrap();
                let picture = body(&world, &format!("{}{path}", feed::root(site, PORT)));
                assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
                pictures += 1;
            }
        }
    }
    assert_eq!(pictures, 25, "few pages have pictures");
}

#[test]
fn a_profile_names_its_feed_and_its_posts_have_no_title() {
    let world = today();
    let person = world.sites.iter().find(|site| site.role == Role::Person).unwrap();
    let profile = String::from_utf8(body(&world, &world.locator(person, PORT))).unwrap();
    assert!(profile.contains(&format!("href=\"/@{}.rss\"", person.handle)), "{profile}");
}

#[test]
fn an_address_that_is_not_of_the_world_gets_nothing() {
    let world = today();
    assert!(world.reply("http://127.0.0.1:8127/").is_none());
    assert!(world.reply("https://127.44.1.10:8127/").is_none());
    assert_eq!(world.reply("http://127.44.1.10:8127/nowhere").unwrap().status, 404);
    let answer = replay(world);
    assert!(matches!(answer(&Request::get("http://elsewhere.example/")), Err(NetError::Unreachable(_))));
}

#[test]
fn a_replay_says_that_nothing_changed() {
    let answer = replay(today());
    let url = today().locators(PORT)[0].clone();
    let first = answer(&Request::get(&url)).unwrap();
    let etag = first.header("etag").unwrap().to_owned();
    let date = first.header("last-modified").unwrap().to_owned();
    for (name, value, status) in [
        ("If-None-Match", etag.as_str(), 304),
        ("If-None-Match", "\"other\"", 200),
        ("If-Modified-Since", date.as_str(), 304),
        ("If-Modified-Since", "Sun, 01 Nov 2020 00:00:00 GMT", 200),
    ] {
        let request = Request { url: url.clone(), headers: vec![(name.to_owned(), value.to_owned())] };
        let reply = answer(&request).unwrap();
        assert_eq!((reply.status, reply.body.is_empty()), (status, status == 304), "{name}: {value}");
    }
}

#[test]
fn the_opml_has_every_source_and_one_of_them_twice() {
    let opml = today().opml(PORT);
    assert_eq!(opml.matches("xmlUrl=").count(), 156);
    for locator in today().locators(PORT) {
        assert!(opml.contains(&format!("xmlUrl=\"{}\"", page::escape(&locator))), "{locator}");
    }
    assert!(opml.contains("<outline text=\"Computing\"") && opml.contains("    <outline text=\"Old machines\""));
}

#[test]
fn a_bulk_has_exactly_as_many_posts_as_asked_and_ends_today() {
    let world = today();
    for count in [0, 1, 2_500, 3_500] {
        let batches: Vec<(usize, Batch)> = world.bulk(count, PORT).collect();
        assert_eq!(batches.iter().map(|(_, batch)| batch.items.len()).sum::<usize>(), count);
        let days: Vec<i64> = batches
            .iter()
            .flat_map(|(_, batch)| &batch.items)
            .map(|item| item.published.unwrap().0.div_euclid(Moment::DAY))
            .collect();
        assert_eq!(days.iter().max().copied().unwrap_or(world.last), world.last, "{count}");
    }
    let (index, batch) = world.bulk(100, PORT).last().unwrap();
    let newest = world.shown(index).next().unwrap();
    assert_eq!(batch.items.last().unwrap().link, Some(world.address(newest, PORT)), "the same post as in the feed");
}

/// What a server says to these request lines on one connection, headers and body.
fn ask(port: u16, index: usize, request: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect((host(index).as_str(), port)).unwrap();
    stream.write_all(format!("{request}\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes()).unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap();
    let end = reply.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    (String::from_utf8(reply[..end].to_vec()).unwrap().to_lowercase(), reply[end + 4..].to_vec())
}

#[test]
fn the_server_answers_for_every_source_until_it_is_dropped() {
    let world = today();
    let serving = match serve(world.clone(), None) {
        Ok(serving) => serving,
        Err(ServeError::NoLoopback(address)) => return println!("skipped: this system has no {address}"),
        Err(error) => panic!("{error}"),
    };
    let port = serving.port();
    for site in &world.sites {
        let (head, body) = ask(port, site.index, &format!("GET {} HTTP/1.1", feed_path(site)));
        assert!(head.starts_with("http/1.1 200"), "{}: {head}", site.title);
        assert_eq!(body, world.reply(&format!("{}{}", feed::root(site, port), feed_path(site))).unwrap().body);
    }
    let path = feed_path(&world.sites[0]);
    let (head, plain) = ask(port, 0, &format!("GET {path} HTTP/1.1"));
    let etag = head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
    let date = head.lines().find_map(|line| line.strip_prefix("last-modified: ")).unwrap();
    assert!(ask(port, 0, &format!("GET {path} HTTP/1.1\r\nIf-None-Match: {etag}")).0.starts_with("http/1.1 304"));
    assert!(ask(port, 0, &format!("GET {path} HTTP/1.1\r\nIf-Modified-Since: {date}")).0.starts_with("http/1.1 304"));
    let (head, gzip) = ask(port, 0, &format!("GET {path} HTTP/1.1\r\nAccept-Encoding: br, gzip"));
    assert!(head.contains("content-encoding: gzip"), "{head}");
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(gzip.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain);
    let (head, nothing) = ask(port, 0, &format!("HEAD {path} HTTP/1.1"));
    assert!(head.contains(&format!("content-length: {}", plain.len())) && nothing.is_empty(), "{head}");
    assert!(ask(port, 0, "GET /nowhere HTTP/1.1").0.starts_with("http/1.1 404"));
    assert!(ask(port, 0, "POST / HTTP/1.1\r\nContent-Length: 0").0.starts_with("http/1.1 405"));

    let taken = serve(today(), Some(port)).unwrap_err();
    assert_eq!(taken.to_string(), format!("127.44.1.10:{port} is taken by another program"));
    assert_eq!(
        taken.phrase(),
        pepites_core::model::Phrase::new("sample.taken").with("address", format!("127.44.1.10:{port}"))
    );
    drop(serving);
    assert!(TcpStream::connect((host(0).as_str(), port)).is_err());
}
