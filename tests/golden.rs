//! Takes a small part of the demo world through five mornings, gives the answers that the page's fake backend plays:
//! `ui/src/lib/backend/golden.json`, written when blessed, else compared with what is kept.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use pepites_core::model::{Day, Moment, Reply, Request};
use pepites_engine::{
    Clock, Engine, Place,
    net::{NetError, Replay},
    sample::{USUAL_PORT, World, replay},
};
use pepites_store::Store;
use serde_json::{Map, Value, json};

/// Monday 23 November 2026 at eight in the morning in Paris: when the day's digest is made.
const MORNING: Moment = Moment(1_795_417_200_000);
const TODAY: &str = "2026-11-23";
/// When the reader looks: what came since the digest was made is told at its head.
const LATER: i64 = 3 * Moment::HOUR;
/// Mornings before that one, in days: there are digests of other days, and a weekend without one.
const BEFORE: [i64; 4] = [6, 5, 4, 3];
/// A digest that a test reads to its end, with something left out.
const STORIES: u32 = 30;
/// What is listed of the left out.
const LEFT_OUT: u32 = 30;
/// Hits of each search.
const HITS: u32 = 8;
/// Words that are searched, one in each language, and a search with filters.
const WORDS: [&str; 3] = ["winter", "jardin", "winter is:unread -lang:fr"];
/// Searches that are being typed, and what is offered and said.
const TYPED: [&str; 6] =
    ["winter is:unread -lang:fr", "fold", "is:", "sauce:x winter", "albatross is:starred", "winter after:2026-11-01"];
/// A site that offers several feeds, on an address beside the world.
const SEVERAL: &str = "http://127.44.9.10:8127/";

/// Places in the world: the source that is slow this morning, the one whose server is ill.
const SLOW: usize = 35;
const ILL: usize = 55;
/// Offered by [`SEVERAL`]: two that are not followed, one that is.
const OFFERED: [usize; 3] = [26, 31, 3];
/// The sources whose posts are all there: one that is rare, one in trouble.
const WHOLE: [usize; 2] = [30, SLOW];

/// The wires, the forum and those that relay come first in the world; of all others one in five.
fn is_chosen(index: usize) -> bool {
    index < 23 || index.is_multiple_of(5)
}

mod contacts;
mod social;
mod wishes;

struct Mornings {
    engine: Engine,
    now: Arc<AtomicI64>,
    runtime: tokio::runtime::Runtime,
    locators: Vec<String>,
    folder: tempfile::TempDir,
}

/// Where the usual reader's library is, whatever folder the test has.
const FOLDER: &str = "/home/reader/.local/share/pepites";

/// The world's list without what was not chosen, and with lines that name nothing to follow, as real lists have.
fn opml(world: &World, locators: &[String]) -> String {
    let chosen: Vec<String> = locators
        .iter()
        .enumerate()
        .filter(|(index, _)| is_chosen(*index))
        .map(|(_, locator)| format!("xmlUrl=\"{locator}\""))
        .collect();
    let whole = world.opml(USUAL_PORT);
    let kept = whole.lines().filter(|line| !line.contains("xmlUrl") || chosen.iter().any(|each| line.contains(each)));
    let lines: Vec<&str> = kept.collect();
    let useless = "<outline text=\"Ma boîte à idées\" xmlUrl=\"\"/>\n\
                   <outline text=\"The old shelf\" xmlUrl=\"ftp://shelf.example/feed\"/>\n</body>";
    lines.join("\n").replace("</body>", useless)
}

/// The page of [`SEVERAL`].
fn several(locators: &[String]) -> Reply {
    let link =
        |index: &usize| format!("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"{}\">", locators[*index]);
    let links: String = OFFERED.iter().map(link).collect();
    let body = format!("<html><head><title>Harbour Light</title>{links}</head></html>").into_bytes();
    let headers = vec![("content-type".to_owned(), "text/html".to_owned())];
    Reply { url: SEVERAL.to_owned(), status: 200, headers, body, ..Reply::default() }
}

/// What the world answers at a moment; on the last morning two of it are in trouble.
fn answer(world: Arc<World>, now: Moment, locators: &[String], request: &Request) -> Result<Reply, NetError> {
    if request.url == SEVERAL {
        return Ok(several(locators));
    }
    if let Some(reply) = social::answer(&request.url) {
        return Ok(reply);
    }
    let of =
        |index: usize| locators[index].split('/').zip(request.url.split('/')).take(3).all(|(own, asked)| own == asked);
    if now >= MORNING && of(SLOW) {
        return Err(NetError::Slow(request.url.clone()));
    }
    if now >= MORNING && of(ILL) {
        return Ok(Reply { url: request.url.clone(), status: 503, ..Reply::default() });
    }
    replay(world)(request)
}

impl Mornings {
    fn new() -> Self {
        let now = Arc::new(AtomicI64::new(0));
        let (clock_now, net_now) = (Arc::clone(&now), Arc::clone(&now));
        let clock =
            Clock { now: Arc::new(move || Moment(clock_now.load(Ordering::SeqCst))), offset_minutes: Arc::new(|_| 60) };
        let world = World::new(1, &Day(TODAY.to_owned()), 1);
        let locators = world.locators(USUAL_PORT);
        let known = locators.clone();
        // A world for each moment, not for each request.
        let worlds: Mutex<BTreeMap<i64, Arc<World>>> = Mutex::default();
        let net = Replay::answering(move |request| {
            let now = Moment(net_now.load(Ordering::SeqCst));
            let mut worlds = worlds.lock().unwrap();
            let shown = worlds.entry(now.0).or_insert_with(|| Arc::new(world.clone().until(now)));
            answer(Arc::clone(shown), now, &known, request)
        });
        // The library is in memory; the lock of a refresh is not.
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), wait: Duration::ZERO };
        let engine = Engine::over(Store::memory().unwrap(), place, Arc::new(net), clock);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { engine, now, runtime, locators, folder }
    }

    fn set(&self, now: Moment) {
        self.now.store(now.0, Ordering::SeqCst);
    }

    /// What the engine answers to a window.
    fn ask(&self, name: &str, ask: Value) -> Value {
        let answer = self.runtime.block_on(self.engine.call(name, ask));
        answer.unwrap_or_else(|problem| panic!("{name}: {problem}"))
    }

    fn import(&self) -> Value {
        let world = World::new(1, &Day(TODAY.to_owned()), 1);
        let list = opml(&world, &self.locators);
        // Two of them are followed already.
        let few: String = list.lines().filter(|line| line.contains("xmlUrl=\"http")).take(2).collect();
        let take = |name: &str, text: &str| {
            let path = self.folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            self.ask("import", json!({ "path": path, "even_partial": false }))
        };
        take("few.opml", &format!("<opml version=\"2.0\"><body>{few}</body></opml>"));
        take("abonnements.opml", &list)
    }

    /// Asks one source after the other, so that posts have the same ids each time; then all, for the report.
    fn refresh(&self) -> Value {
        for source in self.sources() {
            self.ask("refresh", json!({ "due": false, "only": [source["id"]] }));
        }
        self.ask("refresh", json!({ "due": false, "only": null }))
    }

    fn sources(&self) -> Vec<Value> {
        let Value::Array(sources) = self.ask("sources", Value::Null) else { panic!("no list of sources") };
        sources
    }

    /// The id of a source of the world.
    fn id(&self, index: usize) -> Value {
        let found = self.sources().into_iter().find(|source| source["address"] == *self.locators[index]);
        found.unwrap_or_else(|| panic!("source {index} is not followed"))["id"].clone()
    }

    fn today(&self) -> Value {
        self.ask("today", json!({}))
    }
}

/// The ids of all posts that an answer names.
fn posts_in(answer: &Value, found: &mut BTreeSet<i64>) {
    match answer {
        Value::Array(list) => list.iter().for_each(|each| posts_in(each, found)),
        Value::Object(fields) => {
            found.extend(fields.get("post").and_then(Value::as_i64));
            fields.values().for_each(|each| posts_in(each, found));
        }
        _ => {}
    }
}

/// The stories that more than one tells, by each of their posts, and why two of them are one story.
fn told(mornings: &Mornings, posts: &Map<String, Value>, today: &Value) -> (Map<String, Value>, Value) {
    let mut stories = Map::new();
    for id in posts.keys() {
        let post: i64 = id.parse().unwrap();
        let story = mornings.ask("story", json!(post));
        let is_alone = |of: &str| story[of].as_array().unwrap().is_empty();
        let copies = story.pointer("/tellings/0/also/0").is_some();
        if story["tellings"].as_array().unwrap().len() > 1 || copies || !is_alone("earlier") || !is_alone("later") {
            stories.insert(id.clone(), story);
        }
    }
    let entries = today["entries"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["relays"].as_array().is_some_and(|relays| !relays.is_empty()));
    let entry = entry.unwrap();
    let why = mornings.ask("why", json!({ "one": entry["face"]["post"], "other": entry["relays"][0]["post"] }));
    (stories, why)
}

/// Puts a mark on the faces of a digest at these places.
fn mark(mornings: &Mornings, digest: &Value, mark: &str, places: &[usize]) {
    let posts: Vec<&Value> = places.iter().map(|place| &digest["entries"][*place]["face"]["post"]).collect();
    mornings.ask("mark", json!({ "posts": posts, "mark": mark, "on": true }));
}

fn golden() -> Map<String, Value> {
    let mornings = Mornings::new();
    mornings.set(MORNING.plus(-BEFORE[0] * Moment::DAY));
    let import = mornings.import();
    let mut settings = mornings.ask("settings", Value::Null);
    settings["budget"] = json!({ "posts": STORIES });
    mornings.ask("change_settings", settings.clone());
    let mut before = Value::Null;
    for day in BEFORE {
        mornings.set(MORNING.plus(-day * Moment::DAY));
        mornings.refresh();
        before = mornings.today();
        mark(&mornings, &before, "read", &[0, 1, 2, 5, 8]);
        mark(&mornings, &before, "starred", &[1]);
        mark(&mornings, &before, "skipped", &[3]);
    }
    mornings.set(MORNING);
    mornings.refresh();
    let made = mornings.today();
    let now = MORNING.plus(LATER);
    mornings.set(now);
    let refresh = mornings.refresh();
    let add = mornings.ask("add", json!({ "address": SEVERAL, "choice": null, "folders": [] }));
    let today = mornings.ask("digest", made["line"]["id"].clone());
    let before = mornings.ask("digest", before["line"]["id"].clone());
    let page = |limit: u32| json!({ "limit": limit, "offset": 0 });
    let left_out = mornings.ask("left_out", json!({ "digest": today["line"]["id"], "limit": LEFT_OUT, "offset": 0 }));
    let left_out_why = mornings.ask("left_out_why", today["line"]["id"].clone());
    let search: Map<String, Value> = WORDS
        .iter()
        .map(|words| {
            let hits = mornings.ask("search", json!({ "words": words, "limit": HITS, "offset": 0 }));
            ((*words).to_owned(), hits)
        })
        .collect();
    let of_sources: Vec<Value> = WHOLE
        .iter()
        .map(|index| {
            let ask = json!({ "source": mornings.id(*index), "limit": 200, "offset": 0 });
            mornings.ask("posts_of", ask)
        })
        .collect();
    let starred = mornings.ask("starred", page(200));
    let look = mornings.ask("look", json!(social::SOMEONE));
    let circle = mornings.ask("circle", json!(social::SOMEONE));
    let followed =
        mornings.ask("add", json!({ "address": social::SOMEONE, "choice": null, "folders": [["Microblogs"]] }));
    let notes = mornings.ask("posts_of", json!({ "source": followed["source"], "limit": 50, "offset": 0 }));

    let mut named = BTreeSet::new();
    let search = Value::Object(search);
    for answer in [&today, &before, &left_out, &search, &Value::Array(of_sources), &starred, &notes] {
        posts_in(answer, &mut named);
    }
    let posts: Map<String, Value> =
        named.into_iter().map(|id| (id.to_string(), mornings.ask("post", json!(id)))).collect();
    let (stories, why) = told(&mornings, &posts, &today);
    let left_out: Vec<Value> = left_out
        .as_array()
        .unwrap()
        .iter()
        .map(|out| json!({ "post": out["line"]["post"], "why": out["why"] }))
        .collect();
    let mut library = mornings.ask("library", Value::Null);
    library["folder"] = json!(FOLDER);
    let past = json!({ before["line"]["id"].to_string(): before });
    let places = json!({ "whole": mornings.id(WHOLE[0]), "trouble": mornings.id(SLOW), "notes": followed["source"] });
    let answers = json!({
        "now": now.0,
        "places": places,
        "today": today,
        "sources": mornings.sources(),
        "posts": posts,
        "stories": stories,
        "why": why,
        "digests": mornings.ask("digests", page(60)),
        "past": past,
        "left_out": left_out,
        "left_out_why": left_out_why,
        "search": search,
        "searches": searches(&mornings),
        "settings": settings,
        "library": library,
        "add": add,
        "look": look,
        "circle": circle,
        "import": import,
        "refresh": refresh,
    });
    let Value::Object(mut answers) = answers else { unreachable!("an object was written") };
    answers.insert("wishes".to_owned(), wishes::answers(&mornings, &made));
    answers.insert("contacts".to_owned(), contacts::answers(&mornings));
    let (trends, named) = trends(&mornings, now);
    answers.insert("trends".to_owned(), trends);
    if let Some(Value::Object(posts)) = answers.get_mut("posts") {
        for id in named.into_iter().map(|id| id.to_string()) {
            let post = mornings.ask("post", json!(id.parse::<i64>().unwrap()));
            posts.entry(id).or_insert(post);
        }
    }
    answers
}

/// What is understood of searches, and two that are kept.
fn searches(mornings: &Mornings) -> Value {
    let ask = |words: &str| mornings.ask("understand", json!({ "words": words, "language": "en" }));
    let understood: Map<String, Value> = TYPED.iter().map(|words| ((*words).to_owned(), ask(words))).collect();
    for (name, words, section) in [("Winter", "winter is:unread -lang:fr", true), ("", "repair", false)] {
        mornings.ask("keep_search", json!({ "id": null, "name": name, "words": words, "section": section }));
    }
    let operators = ["en", "fr"].map(|language| (language.to_owned(), mornings.ask("operators", json!(language))));
    let operators: Map<String, Value> = operators.into_iter().collect();
    json!({ "understood": understood, "operators": operators, "saved": mornings.ask("searches", Value::Null) })
}

/// The trends of the last days, with a few posts that were opened on some of them, and the room that could be made. Asked
/// last, as opening a post changes it.
fn trends(mornings: &Mornings, now: Moment) -> (Value, BTreeSet<i64>) {
    for (hours, posts) in [(-70, 2..5), (-46, 5..9), (-22, 0..4), (-1, 9..12)] {
        mornings.set(now.plus(hours * Moment::HOUR));
        let page = json!({ "limit": 40, "offset": 0 });
        let Value::Array(unread) = mornings.ask("unread", page) else { panic!("no list of unread posts") };
        for line in
            unread.into_iter().skip(10).enumerate().filter(|(place, _)| posts.contains(place)).map(|(_, line)| line)
        {
            mornings.ask("open_post", line["post"].clone());
            mornings.ask("note_acts", json!({ "posts": [line["post"]], "act": "finished" }));
        }
        let Value::Array(passed) = mornings.ask("unread", json!({ "limit": 6, "offset": 30 })) else {
            panic!("no list")
        };
        let passed: Vec<&Value> = passed.iter().map(|line| &line["post"]).collect();
        mornings.ask("note_acts", json!({ "posts": passed, "act": "skimmed" }));
        mornings.ask("note_acts", json!({ "posts": passed[..1], "act": "shared" }));
    }
    mornings.set(now);
    let ranges = ["week", "month", "quarter", "year", "all"];
    let of_ranges: Map<String, Value> =
        ranges.iter().map(|range| ((*range).to_owned(), mornings.ask("trends", json!(range)))).collect();
    let counted: Map<String, Value> =
        ["arrived", "digested", "nuggets", "opened", "read", "skipped", "starred", "shared", "skimmed", "in_bulk"]
            .iter()
            .map(|counted| {
                let ask = json!({ "counted": counted, "range": "month", "within": "range", "limit": 12, "offset": 0 });
                ((*counted).to_owned(), mornings.ask("counted", ask))
            })
            .collect();
    let answers = json!({
        "pages": of_ranges,
        "counted": counted,
        "relays": mornings.ask("relays", json!("month")),
        "rising": mornings.ask("rising", Value::Null),
        "room": mornings.ask("room", json!({ "goal": { "posts_a_week": 120 } })),
    });
    let mut named = BTreeSet::new();
    posts_in(&answers["counted"], &mut named);
    posts_in(&answers["room"], &mut named);
    (answers, named)
}

/// One line for each thing of an answer: a change is seen where it is.
fn written(answers: &Map<String, Value>) -> String {
    let lines: Vec<String> = answers
        .iter()
        .map(|(name, answer)| match answer {
            Value::Array(list) if list.iter().any(Value::is_object) => {
                let rows: Vec<String> = list.iter().map(Value::to_string).collect();
                format!("{}: [\n{}\n]", json!(name), rows.join(",\n"))
            }
            Value::Object(fields) => {
                let rows: Vec<String> = fields.iter().map(|(key, value)| format!("{}: {value}", json!(key))).collect();
                format!("{}: {{\n{}\n}}", json!(name), rows.join(",\n"))
            }
            other => format!("{}: {other}", json!(name)),
        })
        .collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

#[test]
fn the_golden_answers_of_the_page_are_those_of_the_engine() {
    let path = crate::tree::root().join("ui/src/lib/backend/golden.json");
    let golden = written(&golden());
    if std::env::var_os("PEPITES_BLESS").is_some() {
        std::fs::write(&path, &golden).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(golden.lines()).position(|(kept, new)| kept != new);
    assert!(
        kept == golden,
        "golden.json is out of date, first at line {}: `make contract` writes it anew",
        differs.map_or(0, |line| line + 1)
    );
}
