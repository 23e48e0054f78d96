//! Holds imports, the search, and what is followed, over a net in memory.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use pepites_core::model::{Moment, Reply, Request};
use pepites_store::Store;

use super::*;
use crate::{
    Cancel, Clock, Place,
    contract::{Among, BeforeChange, ContactChange, ContactsReport, FindAsk, NotAsk, OwnView, Standing},
    net::{NetError, Replay},
};

mod book;

const NOW: Moment = Moment(1_795_420_800_000);

/// A library, a web of addresses and bodies, and what was asked of it.
struct World {
    engine: Engine,
    _folder: tempfile::TempDir,
    asked: Arc<Mutex<Vec<String>>>,
    /// What the network says in place of an answer; nothing while it works.
    down: Arc<Mutex<&'static str>>,
}

impl World {
    fn new(pages: &[(&str, &str)]) -> Self {
        let pages: BTreeMap<String, String> =
            pages.iter().map(|(url, body)| ((*url).to_owned(), (*body).to_owned())).collect();
        let (asked, down) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<Mutex<&'static str>>::default());
        let (noted, off) = (Arc::clone(&asked), Arc::clone(&down));
        let answer = move |request: &Request| {
            let off = *off.lock().unwrap();
            if !off.is_empty() {
                return Err(NetError::Offline(off.to_owned()));
            }
            noted.lock().unwrap().push(request.url.clone());
            let url = request.url.clone();
            Ok(match pages.get(&url) {
                Some(body) => {
                    Reply { asked: url.clone(), url, status: 200, body: body.clone().into_bytes(), ..Reply::default() }
                }
                None => Reply { asked: url.clone(), url, status: 404, ..Reply::default() },
            })
        };
        // The library is in memory; the lock of a search is not.
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), wait: Duration::ZERO };
        let net = Arc::new(Replay::answering(answer));
        let engine = Engine::over(Store::memory().unwrap(), place, net, Clock::stopped(NOW));
        Self { engine, _folder: folder, asked, down }
    }

    async fn find(&self, stages: &[Stage], most: u32) -> ContactsReport {
        let ask = FindAsk { stages: Some(stages.to_vec()), server: None, most: Some(most) };
        self.engine.find_contacts(&ask, &|_| {}, &Cancel::default()).await.unwrap()
    }

    /// What was asked since the last time, in order of address.
    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.sort();
        asked
    }

    fn views(&self) -> Vec<ContactView> {
        let mut views = self.engine.contacts(&ContactsAsk { limit: 100, ..ContactsAsk::default() }).unwrap();
        views.sort_by_key(|view| view.id);
        views
    }
}

const FEED: &str = "<rss version=\"2.0\"><channel><title>Carnet de Léa Martin</title>\
    <item><title>Un</title><link>https://lea.example/1</link><pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate></item>\
    <item><title>Deux</title><link>https://lea.example/2</link><pubDate>Mon, 09 Nov 2026 08:00:00 GMT</pubDate></item>\
    <item><title>Trois</title><link>https://lea.example/3</link><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>";
const PAGE: &str =
    "<html><head><title>Léa</title><link rel=alternate type='application/rss+xml' href='/feed.xml'></head></html>";
const BOOK: &[u8] =
    "Name,E-mail,Website\nLéa Martin,lea@mail.example,https://lea.example/\nNoé Petit,noe@gmail.com,\n".as_bytes();

fn lea() -> World {
    let world = World::new(&[("https://lea.example/", PAGE), ("https://lea.example/feed.xml", FEED)]);
    world.engine.import_contacts("amis.csv", BOOK, None).unwrap();
    world
}

#[tokio::test]
async fn a_site_of_the_file_is_asked_and_nobody_else_and_its_feed_can_be_followed() {
    let world = lea();
    let plan = world.engine.contacts_report(&FindAsk::default()).unwrap();
    assert_eq!((plan.people, plan.missing, plan.unfinished, plan.stages[1].requests), (2, 2, false, 2), "{plan:?}");
    assert_eq!(plan.stages[1].hosts, ["lea.example"]);
    assert_eq!(world.asked(), Vec::<String>::new(), "a plan asks nothing");
    let report = world.find(&Stage::USUAL, 100).await;
    assert_eq!((report.found, report.unsure, report.missing, report.sent), (1, 0, 1, Some(3)), "{report:?}");
    assert_eq!(
        world.asked(),
        ["https://lea.example/", "https://lea.example/.well-known/atproto-did", "https://lea.example/feed.xml"]
    );
    let views = world.views();
    let found = &views[0].matches[0];
    assert_eq!(
        (found.address.as_str(), found.stage, found.posts_a_week),
        ("https://lea.example/feed.xml", Stage::Site, Some(1.0))
    );
    let followed = world.engine.follow_contacts(&FollowFoundAsk {
        people: vec![],
        address: None,
        confidence: 90,
        folders: vec![vec!["Amis".to_owned()]],
    });
    assert_eq!(followed.unwrap().people, 1);
    let report = world.find(&Stage::USUAL, 100).await;
    assert_eq!((report.followed, report.sent), (1, Some(0)), "nothing is asked twice");
    assert_eq!(world.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn a_search_goes_on_where_its_requests_were_spent() {
    let world = lea();
    let report = world.find(&Stage::USUAL, 1).await;
    assert_eq!((report.sent, report.unfinished), (Some(1), true));
    assert_eq!(report.why.unwrap().key, "find.spent");
    let first = world.asked();
    let ask = FindAsk { most: Some(100), ..FindAsk::default() };
    let report = world.engine.find_contacts(&ask, &|_| {}, &Cancel::default()).await.unwrap();
    assert_eq!((report.found, report.sent, report.unfinished), (1, Some(2), false));
    assert!(world.asked().iter().all(|url| !first.contains(url)), "what was heard is kept");
}

#[tokio::test]
async fn without_a_network_nothing_is_held_against_anybody() {
    let world = lea();
    // Without a network some systems say that there is none, and some that no name is known.
    for (said, why) in [("no route", "find.offline"), ("dns error: no records found for Query", "find.nameless")] {
        *world.down.lock().unwrap() = said;
        let report = world.find(&Stage::USUAL, 100).await;
        assert_eq!((report.found, report.unfinished, report.why.as_ref().unwrap().key.as_str()), (0, true, why));
        assert!(report.stages.iter().any(|stage| stage.requests > 0), "it can be searched again: {report:?}");
    }
    *world.down.lock().unwrap() = "";
    assert_eq!(world.find(&Stage::USUAL, 100).await.found, 1);
}

#[tokio::test]
async fn a_stop_keeps_what_was_heard() {
    let world = lea();
    let cancel = Cancel::default();
    cancel.cancel();
    let ask = FindAsk { stages: Some(Stage::USUAL.to_vec()), ..FindAsk::default() };
    let report = world.engine.find_contacts(&ask, &|_| {}, &cancel).await.unwrap();
    assert_eq!((report.sent, report.unfinished, report.why.unwrap().key.as_str()), (Some(0), true, "find.stopped"));
    assert!(world.engine.contacts_report(&FindAsk::default()).unwrap().unfinished);
    world.engine.give_up_search().unwrap();
    assert!(!world.engine.contacts_report(&FindAsk::default()).unwrap().unfinished);
}

#[tokio::test]
async fn each_stage_asks_only_whom_it_says() {
    let world = World::new(&[]);
    let book = "Name,E-mail,Mastodon\nAda Byron,ada@byron.example,\nBo Diddley,bo@gmail.com,\nCy Twombly,,@cy@social.example\n";
    world.engine.import_contacts("amis.csv", book.as_bytes(), None).unwrap();
    world.find(&[Stage::File], 100).await;
    let file = world.asked();
    assert!(!file.is_empty() && file.iter().all(|url| url.starts_with("https://social.example/")), "{file:?}");
    world.find(&[Stage::Mail], 100).await;
    let mail = world.asked();
    assert!(mail.iter().all(|url| url == "https://byron.example/"), "{mail:?}");
    world.find(&[Stage::Webfinger], 100).await;
    assert_eq!(world.asked(), ["https://byron.example/.well-known/webfinger?resource=acct%3Aada%40byron.example"]);
    world.find(&[Stage::Gravatar], 100).await;
    let gravatar = world.asked();
    assert_eq!(gravatar.len(), 2);
    assert!(gravatar.iter().all(|url| url.starts_with("https://api.gravatar.com/v3/profiles/") && !url.contains('@')));
    let ask = FindAsk { stages: Some(vec![Stage::Search]), server: Some("home.example".to_owned()), most: None };
    world.engine.find_contacts(&ask, &|_| {}, &Cancel::default()).await.unwrap();
    let search = world.asked();
    assert_eq!(search.len(), 6, "{search:?}");
    let two =
        ["https://home.example/api/v2/search?q=", "https://public.api.bsky.app/xrpc/app.bsky.actor.searchActors?q="];
    assert!(
        search.iter().all(|url| two.iter().any(|start| url.starts_with(start)) && !url.contains("%40")),
        "{search:?}"
    );
}

#[tokio::test]
async fn not_this_person_is_remembered() {
    let world = lea();
    world.find(&Stage::USUAL, 100).await;
    let id = world.views()[0].id;
    let ask = |undo: bool| NotAsk { contact: id, address: "https://lea.example/feed.xml".to_owned(), undo };
    assert_eq!(world.engine.not_contact(&ask(false)).unwrap().standing, Standing::Missing);
    assert_eq!(world.find(&Stage::USUAL, 100).await.found, 0);
    let nobody =
        world.engine.follow_contacts(&FollowFoundAsk { people: vec![], address: None, confidence: 0, folders: vec![] });
    assert_eq!(nobody.unwrap_err().code, Code::NothingFound);
    assert_eq!(world.engine.not_contact(&ask(true)).unwrap().standing, Standing::Found);
}

#[test]
fn a_change_that_is_taken_back_leaves_what_was_there() {
    let world = lea();
    let before = world.views().remove(0);
    let change = |change: ContactChange| world.engine.change_contact(before.id, &change).unwrap();
    let back = BeforeChange { own: before.own.clone(), cards: before.rows.iter().map(|row| row.card).collect() };
    let changed = change(ContactChange {
        name: Some("Lea M.".to_owned()),
        // One that the file has already, and one that is new.
        add: vec!["lea@mail.example".to_owned(), "@lea@social.example".to_owned()],
        strike: vec!["https://lea.example/".to_owned()],
        ..ContactChange::default()
    });
    assert_eq!((changed.name.as_str(), changed.rows.len()), ("Lea M.", before.rows.len() + 1));
    assert_eq!(change(ContactChange { back: Some(back), ..ContactChange::default() }), before);
    assert_eq!(world.views()[0].own, OwnView::default(), "her name is the file's again, not one of the reader's own");
}

#[tokio::test]
async fn what_people_come_to_is_worked_out_anew_when_anything_of_it_changed() {
    let world = lea();
    let known = || Arc::as_ptr(&world.engine.people_found().unwrap().known);
    let first = known();
    world.views();
    assert_eq!(known(), first, "nothing changed");
    world.find(&Stage::USUAL, 100).await;
    let searched = world.views();
    assert_eq!(searched[0].standing, Standing::Found);
    let found = |world: &World| world.views()[0].matches[0].followed;
    let all = FollowFoundAsk { people: vec![], address: None, confidence: 90, folders: vec![] };
    let added = world.engine.follow_contacts(&all).unwrap().added;
    assert!(found(&world), "following is no change of the contacts, and is seen");
    world.engine.unfollow(added[0]).unwrap();
    assert!(!found(&world));
    world.engine.import_contacts("more.csv", b"Name,E-mail\nZoe Zed,zoe@mail.example\n", None).unwrap();
    assert_eq!(world.views().len(), 3);
    world.engine.remove_contacts(&[world.views()[2].id], false).unwrap();
    assert_eq!(world.views().len(), 2);
    world.engine.forget_contacts().unwrap();
    assert_eq!(world.views(), []);
}

#[tokio::test]
async fn what_is_exported_is_read_again_and_runs_nothing() {
    let world = lea();
    let change = ContactChange {
        name: Some("=HYPERLINK(\"x\")".to_owned()),
        add: vec!["@noe@social.example".to_owned()],
        ..ContactChange::default()
    };
    world.engine.change_contact(world.views()[1].id, &change).unwrap();
    world.find(&Stage::USUAL, 100).await;
    let csv = world.engine.export_contacts().unwrap();
    assert!(csv.lines().all(|line| !line.starts_with(['=', '@', '+', '-']) && !line.contains(",=")), "{csv}");
    let second = World::new(&[]);
    second.engine.import_contacts("out.csv", csv.as_bytes(), None).unwrap();
    let (before, after) = (world.views(), second.views());
    assert_eq!(
        (&before[0].name, &before[0].emails, &before[0].addresses[0]),
        (&after[0].name, &after[0].emails, &after[0].addresses[0])
    );
    assert!(after[1].addresses.contains(&"https://social.example/@noe".to_owned()), "{after:?}");
    let opml = world.engine.export_found().unwrap();
    assert!(opml.contains("https://lea.example/feed.xml") && opml.contains("Léa Martin"), "{opml}");
}

#[test]
fn a_file_of_people_is_told_from_one_of_sources() {
    let world = World::new(&[]);
    let people =
        |name: &str, bytes: &[u8]| world.engine.import(name, bytes, false).unwrap().contacts.map(|people| people.rows);
    assert_eq!(people("x.vcf", b"BEGIN:VCARD\nFN:Ada\nEND:VCARD\n"), Some(1));
    assert_eq!(people("x.csv", BOOK), None, "a table with sites is of sources until it is forced to be of people");
    assert_eq!(people("x.csv", b"Name,E-mail\nAda,ada@mail.example\n"), Some(1));
    assert_eq!(people("x.csv", b"Account address,Show boosts\nada@social.example,true\n"), None);
}

#[tokio::test]
async fn one_search_at_a_time_runs_on_a_library_and_the_other_says_so() {
    let world = lea();
    let first = crate::refresh::lock::take(&world.engine.place, crate::refresh::lock::Sole::Search).await.unwrap();
    let ask = FindAsk { stages: Some(Stage::USUAL.to_vec()), ..FindAsk::default() };
    let refused = world.engine.find_contacts(&ask, &|_| {}, &Cancel::default()).await.unwrap_err();
    assert_eq!((refused.code, world.asked()), (Code::SearchRunning, Vec::new()));
    drop(first);
    assert_eq!(world.find(&Stage::USUAL, 100).await.found, 1);
}

#[tokio::test]
async fn lists_of_some_are_as_long_as_the_report_counts() {
    let world = lea();
    world.find(&Stage::USUAL, 100).await;
    let ask = |only: Among| ContactsAsk { only: Some(only), limit: 100, ..ContactsAsk::default() };
    let check = |expected: [usize; 5]| {
        let report = world.engine.contacts_report(&FindAsk::default()).unwrap();
        let counted = [report.found, report.unsure, report.missing, report.followed, report.refused];
        let all = [Among::Found, Among::Unsure, Among::Missing, Among::Followed, Among::Refused];
        assert_eq!(all.map(|only| world.engine.contacts(&ask(only)).unwrap().len()), expected);
        assert_eq!(counted.map(|count| usize::try_from(count).unwrap()), expected);
    };
    check([1, 0, 1, 0, 0]);
    let all = FollowFoundAsk { people: vec![], address: None, confidence: 90, folders: vec![] };
    world.engine.follow_contacts(&all).unwrap();
    check([1, 0, 1, 1, 0]);
    let feed = "https://lea.example/feed.xml".to_owned();
    world.engine.not_contact(&NotAsk { contact: world.views()[0].id, address: feed, undo: false }).unwrap();
    check([0, 0, 2, 0, 1]);
}

#[tokio::test]
async fn what_following_costs_is_told_in_minutes_and_of_either_budget() {
    let long = format!("<description>{}</description></item>", "word ".repeat(460));
    let feed = FEED.replace("</item>", &long);
    let world = World::new(&[("https://lea.example/", PAGE), ("https://lea.example/feed.xml", &feed)]);
    world.engine.import_contacts("amis.csv", BOOK, None).unwrap();
    world.find(&Stage::USUAL, 100).await;
    // One post a week of some two minutes.
    let minutes = world.views()[0].matches[0].minutes_a_day.unwrap();
    assert!((minutes - 2.0 / 7.0).abs() < 0.02, "{minutes}");
    let share = |budget: pepites_core::digest::Budget| {
        let settings = world.engine.settings().unwrap();
        world.engine.change_settings(&crate::contract::Settings { budget, ..settings }).unwrap();
        world.views()[0].matches[0].share.unwrap()
    };
    assert!((share(pepites_core::digest::Budget::Posts(10)) - 100.0 / 70.0).abs() < 0.01);
    assert!((share(pepites_core::digest::Budget::Minutes(20)) - minutes * 5.0).abs() < 0.01);
}

#[test]
fn a_window_asks_what_the_columns_of_a_strange_table_hold_and_takes_nobody_in_before() {
    let world = World::new(&[]);
    let strange = "Kolumna1;Kolumna2
Ada Byron;ada@mail.example
Bo Diddley;bo@mail.example
";
    let offered = world.engine.offer_contacts("x.csv", strange.as_bytes(), &Watch::nobody()).unwrap();
    let seen = offered.columns.unwrap();
    assert_eq!((seen.columns.as_slice(), offered.rows), ([Column::Name, Column::Email].as_slice(), 2), "{seen:?}");
    assert_eq!(world.views().len(), 0);
    let report = world.engine.offer("x.csv", strange.as_bytes(), false, &Watch::nobody()).unwrap();
    assert!(report.contacts.is_some_and(|people| people.columns.is_some()), "the door of every file asks too");
    let nothing = "Kolumna1;Kolumna2
Ada;one
Bo;two
";
    assert!(world.engine.offer_contacts("y.csv", nothing.as_bytes(), &Watch::nobody()).unwrap().columns.is_some());
    let columns = [Column::Name, Column::Email];
    assert_eq!(world.engine.import_contacts("x.csv", strange.as_bytes(), Some(&columns)).unwrap().added, 2);
    // What says all by itself, and our own export, are taken in as they are.
    let told = "Name,E-mail
Cy Twombly,cy@mail.example
";
    assert_eq!(world.engine.offer_contacts("z.csv", told.as_bytes(), &Watch::nobody()).unwrap().added, 1);
    let own = world.engine.export_contacts().unwrap();
    let again = World::new(&[]);
    assert_eq!(again.engine.offer_contacts("own.csv", own.as_bytes(), &Watch::nobody()).unwrap().added, 3);
}

#[test]
fn the_made_up_address_book_is_for_the_sample_alone() {
    let world = World::new(&[]);
    assert_eq!(world.engine.sample_contacts().unwrap_err().code, Code::BadInput);
    world.engine.note_sample(1).unwrap();
    assert_eq!(world.engine.sample_contacts().unwrap().added, 426);
}
