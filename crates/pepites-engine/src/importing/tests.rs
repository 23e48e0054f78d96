//! Takes files of every kind, holds what is followed, what is skipped and what is said, with the line of each.

use std::{sync::Arc, time::Duration};

use pepites_core::model::{Moment, Request, Value};

use super::*;
use crate::{
    Clock, Place,
    net::{Net, Replying},
};

/// As the kinds of sources do it: an address is known in any spelling, other text is not one.
fn recognise(text: &str) -> Option<Address> {
    let url = url::Url::parse(text).ok().filter(|url| url.has_host())?;
    Some(Address { kind: "feed".into(), locator: url.to_string() })
}

fn plan(text: &str) -> Plan {
    plan_of("list.opml", text)
}

fn plan_of(name: &str, text: &str) -> Plan {
    Plan::of(name, text.as_bytes(), recognise).unwrap()
}

fn opml(body: &str) -> String {
    format!("<opml><body>\n{body}\n</body></opml>")
}

#[test]
fn an_address_written_in_two_ways_is_one_source_with_both_folders() {
    let plan = plan(&opml(
        "<outline text='A'><outline xmlUrl='http://EXAMPLE.org'/></outline>\n\
         <outline text='B'><outline text='Name' xmlUrl='http://example.org/'/></outline>",
    ));
    let [row] = plan.rows.as_slice() else { panic!("{plan:?}") };
    assert_eq!((row.line, row.address.locator.as_str()), (2, "http://example.org/"));
    assert_eq!(row.name.as_deref(), Some("Name"));
    assert_eq!(row.folders, [Folder(vec!["A".into()]), Folder(vec!["B".into()])]);
}

#[test]
fn every_line_of_a_file_is_added_followed_already_repeated_or_skipped() {
    let (engine, _folder) = engine();
    let check = |scheme: &str, expect: (usize, usize, u32, usize)| {
        let list = format!(
            "{scheme}://a.example/feed\nhttp://b.example/feed\nhttps://b.example/feed\n{scheme}://a.example/feed\n\
             https://B.example/feed\nexec:rm\n"
        );
        let report = engine.import("urls", list.as_bytes(), false).unwrap();
        let sums = (report.added.len(), report.already.len(), report.repeated, report.lines_skipped());
        assert_eq!(sums, expect, "{scheme}");
    };
    check("http", (2, 0, 3, 1));
    check("https", (0, 2, 3, 1));
    let followed: Vec<String> =
        engine.store.sources().unwrap().into_iter().map(|source| source.address.locator).collect();
    assert_eq!(followed, ["http://a.example/feed", "http://b.example/feed"]);
    // A damaged file is only counted: it counts the same.
    let cut =
        "<opml><body><outline xmlUrl='https://a.example/feed'/><outline xmlUrl='https://c.example/feed'/><outline";
    let offer = engine.import("cut.opml", cut.as_bytes(), false).unwrap();
    assert_eq!((offer.offered, offer.added.len(), offer.already.len()), (true, 1, 1));
}

#[test]
fn lines_that_are_skipped_beyond_what_is_listed_are_counted() {
    let list = format!("https://a.example/feed\n{}", "exec:rm\n".repeat(10_000)) + &"no words\n".repeat(25);
    let report = plan_of("urls", &list).report("urls", vec![false], false);
    assert_eq!((report.lines_skipped(), report.added.len()), (10_025, 1));
}

#[test]
fn a_file_of_more_sources_than_are_followed_at_once_is_named_with_their_number() {
    let list = |count: usize| (0..count).map(|at| format!("https://a.example/{at}\n")).collect::<String>();
    assert_eq!(plan_of("urls", &list(MOST_SOURCES)).rows.len(), MOST_SOURCES);
    let problem = Plan::of("urls", list(MOST_SOURCES + 1).as_bytes(), recognise).unwrap_err();
    assert_eq!((problem.code, problem.detail.key.as_str()), (Code::FileTooLarge, "problem.file_too_large.many"));
    assert_eq!(problem.detail.values.get("count"), Some(&Value::Number(20_001.0)));
}

#[test]
fn a_name_that_says_no_more_than_the_address_is_none() {
    let check = |title: &str, expect: Option<&str>| {
        let plan = plan(&opml(&format!("<outline text='{title}' xmlUrl='http://example.org'/>")));
        assert_eq!(plan.rows[0].name.as_deref(), expect, "{title}");
    };
    check("My own name", Some("My own name"));
    check("http://example.org", None);
    check("http://example.org/", None);
    check(" ", None);
}

#[test]
fn every_line_that_is_skipped_is_named_in_the_order_of_the_file() {
    let plan = plan(&opml(
        "<outline xmlUrl='not an address'/>\n<outline xmlUrl='exec:x'/>\n<outline xmlUrl='http://example.org/'/>\n\
         <outline xmlUrl='nor this'/>",
    ));
    let skipped: Vec<_> = plan.harvest.flaws.iter().map(|flaw| (flaw.line.unwrap(), flaw.why.key.as_str())).collect();
    assert_eq!(skipped, [(2, "flaw.not_an_address"), (3, "flaw.scheme"), (5, "flaw.not_an_address")]);
    assert_eq!(plan.rows.len(), 1);
}

#[test]
fn a_file_that_gives_nothing_is_named_with_what_it_is() {
    let check = |bytes: &[u8], code: Code, key: &str, line: Option<f64>| {
        let problem = Plan::of("list.opml", bytes, recognise).unwrap_err();
        assert_eq!((problem.code, problem.detail.key.as_str()), (code, key));
        assert_eq!(problem.detail.values.get("file"), Some(&Value::Text("list.opml".into())), "{key}");
        assert_eq!(problem.detail.values.get("line"), line.map(Value::Number).as_ref(), "{key}");
    };
    check(b"", Code::FileEmpty, "problem.file_empty.zero", None);
    check(b" \n", Code::FileEmpty, "problem.file_empty.blank", None);
    check(b"title,url\n", Code::FileEmpty, "problem.file_empty.header", None);
    check(b"Name,Telephone\nAlice,555 0100\n", Code::FileUnknown, "problem.file_unknown.table", None);
    check(b"Only words.\n", Code::FileUnknown, "problem.file_unknown.text", None);
    check(b"<opml><body><outline text='F'/></body></opml>", Code::FileEmpty, "problem.file_empty", None);
    check(b"PK\x03\x04", Code::FileUnknown, "problem.file_unknown.zip", None);
    check(b"<!DOCTYPE html><p>Sign in", Code::FileUnknown, "problem.file_unknown.html_page", None);
    check(b"<opml>\n<body>\n<outline xml", Code::FileUnreadable, "problem.file_unreadable.cut_off", Some(3.0));
    check(&vec![b' '; LARGEST_FILE + 1], Code::FileTooLarge, "problem.file_too_large", None);
}

#[test]
fn a_parser_that_panics_is_a_problem_with_the_file() {
    let problem = Plan::of("list.opml", opml("<outline xmlUrl='http://x.example/'/>").as_bytes(), |_| panic!("ours"))
        .unwrap_err();
    assert_eq!(problem.detail.key, "problem.file_unreadable.broken");
}

#[test]
fn every_kind_of_file_that_is_refused_has_its_sentence() {
    for (language, text) in [
        ("en", include_str!("../../../../ui/src/lib/i18n/en.json")),
        ("fr", include_str!("../../../../ui/src/lib/i18n/fr.json")),
    ] {
        let catalogue: BTreeMap<String, String> = serde_json::from_str(text).unwrap();
        for kind in Refused::KINDS {
            let sentence = catalogue.get(&format!("problem.file_unknown.{kind}"));
            assert!(sentence.is_some_and(|sentence| sentence.contains("{file}")), "{language}: {kind}");
            let sentences = sentence.map_or(0, |sentence| sentence.matches(". ").count());
            assert_eq!(sentences, 0, "{language}: what to do about {kind} is its remedy, and not said twice");
        }
    }
}

struct NoNet;

impl Net for NoNet {
    fn send(&self, request: Request) -> Replying<'_> {
        panic!("an import asks the network for {}", request.url)
    }
}

/// An engine over a library of its own, and the folder that holds it.
fn engine() -> (Engine, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let place = Place { folder: folder.path().to_owned(), wait: Duration::from_secs(1) };
    let clock = Clock { now: Arc::new(|| Moment(1_795_000_000_000)), offset_minutes: Arc::new(|_| 60) };
    (Engine::open(place, Arc::new(NoNet), clock).unwrap(), folder)
}

const TWO: &str = "<outline text='F'>\n<outline text='A' xmlUrl='http://a.example/feed'/>\n</outline><outline text='B' xmlUrl='http://b.example/feed'/>";

#[test]
fn what_is_imported_is_followed_once_and_exported_whole() {
    let (engine, _folder) = engine();
    let first = engine.import("list.opml", opml(TWO).as_bytes(), false).unwrap();
    assert_eq!((first.added.len(), first.already.len(), first.skipped.len()), (2, 0, 0));
    assert_eq!((first.dialect.as_str(), first.offered, first.added[0].line), ("opml", false, 3));
    let again = engine.import("list.opml", opml(TWO).as_bytes(), false).unwrap();
    assert_eq!((again.added.len(), again.already.len()), (0, 2));
    let written = engine.export().unwrap();
    let (back, _folder_of_back) = self::engine();
    assert_eq!(back.import("out.opml", written.as_bytes(), false).unwrap().added.len(), 2);
    assert_eq!(back.export().unwrap(), written);
}

#[test]
fn a_password_in_an_address_is_neither_shown_nor_exported() {
    let (engine, _folder) = engine();
    let engine = engine.with_keychain(Arc::new(crate::keychain::Memory::shut()));
    let list = "https://ada:secret@a.example/feed\nhttps://b.example/feed\nexec://ada:secret@c.example\n";
    let report = engine.import("urls", list.as_bytes(), false).unwrap();
    let shown = format!("{report:?} {:?}", engine.sources().unwrap());
    assert!(shown.contains("https://a.example/feed") && !shown.contains("secret"), "{shown}");
    assert_eq!((report.passwords_lost, engine.passwords().unwrap()), (1, 0));
    // A library of an earlier version may hold one.
    let old = sources::recognise("https://bea:secret@old.example/feed").unwrap();
    let old = NewSource { address: old, feed: None, title: None, name: None, site: None, folders: Vec::new() };
    engine.store.add_sources(&[old], engine.now()).unwrap();
    assert_eq!(engine.passwords().unwrap(), 1);
    let exported = engine.export().unwrap();
    assert!(exported.contains("\"https://old.example/feed\"") && !exported.contains("secret"), "{exported}");
}

#[test]
fn a_damaged_file_changes_nothing_until_the_reader_says_so() {
    let (engine, _folder) = engine();
    let text = opml(TWO);
    engine.import("a.opml", opml("<outline xmlUrl='http://a.example/feed'/>").as_bytes(), false).unwrap();
    let cut = &text.as_bytes()[..text.find("</body>").unwrap()];
    let offer = engine.import("cut.opml", cut, false).unwrap();
    assert!(offer.offered);
    assert_eq!((offer.added.len(), offer.already.len()), (1, 1));
    assert_eq!(offer.partial.as_ref().unwrap().values.get("line"), Some(&Value::Number(5.0)));
    assert_eq!(engine.store.sources().unwrap().len(), 1);
    let taken = engine.import("cut.opml", cut, true).unwrap();
    assert_eq!((taken.offered, taken.added.len(), taken.partial.is_some()), (false, 1, true));
    assert_eq!(engine.store.sources().unwrap().len(), 2);
}

#[test]
fn an_import_tells_how_far_it_is_and_is_stopped_whole() {
    let (engine, _folder) = engine();
    let list: String = (0..250).map(|n| format!("https://s{n}.example/feed\n")).collect();
    let told = Arc::new(std::sync::Mutex::new(Vec::new()));
    let cancel = crate::Cancel::default();
    let (heard, stop) = (Arc::clone(&told), cancel.clone());
    let watch = Watch::new(
        move |progress| {
            if progress.done >= 120 {
                stop.cancel();
            }
            heard.lock().unwrap().push((progress.done, progress.total, progress.current));
        },
        cancel,
    );
    let stopped = engine.import_watched("urls", list.as_bytes(), false, &watch).unwrap_err();
    assert_eq!(stopped.code, Code::Stopped);
    assert_eq!(engine.sources().unwrap(), []);
    let told = std::mem::take(&mut *told.lock().unwrap());
    assert_eq!(
        (told.first(), told.last()),
        (Some(&(0, 250, Some("urls".into()))), Some(&(120, 250, Some("urls".into()))))
    );
    assert_eq!(engine.import("urls", list.as_bytes(), false).unwrap().added.len(), 250);
}

#[test]
fn an_import_is_taken_back_and_what_stays_is_named() {
    let (engine, _folder) = engine();
    let report = engine.import("list.opml", opml(TWO).as_bytes(), false).unwrap();
    let mine = engine.sources().unwrap()[0].id;
    engine.rename(mine, Some("Mine")).unwrap();
    assert_eq!(engine.last_import().unwrap(), report.import.map(|import| (import, "list.opml".to_owned())));
    let undone = engine.undo_import(report.import.unwrap()).unwrap();
    assert_eq!((undone.sources, undone.before), (1, false));
    let [kept] = undone.kept.try_into().unwrap();
    assert_eq!((kept.source, kept.title.as_str(), kept.why.key.as_str()), (mine, "Mine", "kept.renamed"));
    assert_eq!(engine.sources().unwrap().len(), 1);
    assert!(engine.undo_import(report.import.unwrap()).unwrap().before);
    assert_eq!(engine.last_import().unwrap(), None);
    // A damaged file that was only shown brought nothing that could be taken back.
    let text = opml(TWO);
    let cut = &text.as_bytes()[..text.find("</body>").unwrap()];
    assert_eq!(engine.import("cut.opml", cut, false).unwrap().import, None);
}
