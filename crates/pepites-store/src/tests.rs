//! Gives libraries, sources and posts to the tests of this crate, and holds what concerns all of it.

use std::{sync::mpsc::channel, time::Duration};

use pepites_core::{
    model::{Address, Batch, Item, Moment, Phrase, PostId, SourceId, StoryId, Validators},
    normalise::normalise,
    stories::Home,
};

use crate::{Kept, NewSource, Outcome, Pace, Store, StoreError, Visited, Words};

/// 2026-11-23T00:30:00+01:00.
pub(crate) const NOW: Moment = Moment(1_795_390_200_000);

/// So many days before [`NOW`].
pub(crate) fn ago(days: i64) -> Moment {
    NOW.plus(-days * Moment::DAY)
}

pub(crate) fn new_source(name: &str) -> NewSource {
    let locator = format!("https://{name}.example/feed");
    let address = Address { kind: "feed".to_owned(), locator };
    NewSource { address, feed: None, title: Some(name.to_owned()), name: None, site: None, folders: Vec::new() }
}

pub(crate) fn follow(store: &Store, name: &str) -> SourceId {
    store.add_sources(&[new_source(name)], ago(100)).unwrap()[0].id
}

/// An item with a guid and a link of its own, published at `at`.
pub(crate) fn item(name: &str, title: &str, html: &str, at: Moment) -> Item {
    Item {
        id: Some(format!("guid:{name}")),
        link: Some(format!("https://pages.example/2026/{name}.html")),
        title: Some(title.to_owned()),
        html: Some(html.to_owned()),
        published: Some(at),
        ..Item::default()
    }
}

/// A visit that read these items.
pub(crate) fn visit(store: &Store, source: SourceId, at: Moment, items: Vec<Item>) -> Visited {
    let posts = normalise(&store.source(source).unwrap(), Batch { items, ..Batch::default() }, at);
    let validators = Validators::default();
    let outcome = Outcome::Read {
        title: None,
        site: None,
        portrait: None,
        pages: None,
        icon: None,
        feed: None,
        validators,
        body_hash: None,
        posts,
        notice: None,
        whole: None,
    };
    Visited { source, at, outcome, pace: Pace::default() }
}

pub(crate) fn read(store: &Store, source: SourceId, at: Moment, items: Vec<Item>) -> Kept {
    let visit = visit(store, source, at, items);
    store.keep_visits(vec![visit]).unwrap()[0]
}

pub(crate) fn failed(source: SourceId, at: Moment, gone: bool) -> Visited {
    let outcome = Outcome::Failed { trouble: Phrase::new("trouble.test").with("status", 500_u32), gone };
    Visited { source, at, outcome, pace: Pace::default() }
}

pub(crate) fn titled(store: &Store, title: &str) -> PostId {
    let id = store
        .read(|library| Ok(library.query_row("SELECT id FROM posts WHERE title = ?1", [title], |row| row.get(0))?));
    PostId(id.unwrap_or_else(|error| panic!("no post {title}: {error}")))
}

/// Groups posts that have one link, in the order of [`Store::ungrouped`]: what the core makes of keys is its own affair.
pub(crate) fn group(store: &Store) {
    let mut openers = std::collections::BTreeMap::new();
    let grouped = store.read(|library| {
        let mut statement = library.prepare("SELECT id, link FROM posts WHERE story IS NOT NULL ORDER BY id DESC")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Option<String>>(1)?, PostId(row.get(0)?))))?;
        Ok(rows.collect::<Result<Vec<_>, _>>()?)
    });
    openers.extend(grouped.unwrap());
    let new = store.ungrouped(10_000).unwrap().into_iter().map(|telling| telling.post);
    let homes: Vec<_> = new
        .map(|post| (post, Home::OpenedBy(*openers.entry(store.post(post).unwrap().link).or_insert(post))))
        .collect();
    store.settle(&homes, Words::default()).unwrap();
}

pub(crate) fn story(store: &Store, title: &str) -> StoryId {
    store.post(titled(store, title)).unwrap().story.unwrap()
}

pub(crate) fn on_disk() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), Duration::from_secs(10)).unwrap();
    (folder, store)
}

/// One number that SQL counts.
pub(crate) fn number(store: &Store, sql: &str) -> i64 {
    store.read(|library| Ok(library.query_row(sql, [], |row| row.get(0))?)).unwrap()
}

/// The same test on the disk and in memory: they must behave the same.
pub(crate) fn everywhere(test: impl Fn(&Store)) {
    test(&Store::memory().unwrap());
    let (_folder, store) = on_disk();
    test(&store);
}

#[test]
fn two_libraries_open_on_one_folder_lose_nothing_of_what_both_write() {
    let (folder, first) = on_disk();
    let second = Store::open(folder.path(), Duration::from_secs(30)).unwrap();
    let write = |store: Store, name: &'static str| {
        std::thread::spawn(move || {
            let source = follow(&store, name);
            for turn in 0..40 {
                let title = format!("{name} {turn}");
                let kept = read(&store, source, NOW, vec![item(&title, &title, "<p>words</p>", ago(1))]);
                assert_eq!(kept.new, 1);
                let marked =
                    store.mark(&[titled(&store, &title)], crate::Mark::Read, true, crate::How::Opened, NOW, 0).unwrap();
                assert_eq!(marked.changed.len(), 1);
            }
        })
    };
    let threads = [write(first.clone(), "one"), write(second, "two"), write(first.clone(), "three")];
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(first.size().unwrap().posts, 120);
    assert_eq!(number(&first, "SELECT count(*) FROM marks WHERE read IS NOT NULL"), 120);
    assert_eq!(number(&first, "SELECT count(*) FROM events WHERE what = 'read'"), 120);
    assert_eq!(first.search("words", 200, 0).unwrap().len(), 120);
}

/// The longest that one waits for the other in the middle.
const MIDDLE: Duration = Duration::from_secs(20);

/// Does `act` while `keep` is writing: between the two changes of `table` that are named by their numbers. Gives what both give.
pub(crate) fn in_the_middle<Kept: Send + 'static, Done>(
    store: &Store,
    (watched, first, second): (&'static str, i32, i32),
    keep: impl FnOnce(&Store) -> Kept + Send + 'static,
    act: impl FnOnce() -> Done,
) -> (Kept, Done) {
    let (queue, (begun, told), (done, go)) = (store.queue(), channel(), channel::<()>());
    let mut came = 0;
    let hook = move |_: rusqlite::hooks::Action, _: &str, table: &str, _: i64| {
        came += i32::from(table == watched);
        if came == first && begun.send(()).is_ok() {
            while !queue.is_waited_for() {
                std::thread::yield_now();
            }
        } else if came == second {
            // Where it had no turn until then, it comes after all.
            let _late = go.recv_timeout(MIDDLE);
        }
        came += i32::from(came == first || came == second);
    };
    store.write(crate::store::Durability::Process, move |library| Ok(library.update_hook(Some(hook))?)).unwrap();
    let writer = store.clone();
    let keeping = std::thread::spawn(move || keep(&writer));
    told.recv_timeout(MIDDLE).expect("the table was not changed so often");
    let did = act();
    let _over = done.send(());
    (keeping.join().unwrap(), did)
}

#[test]
fn a_mark_has_its_turn_in_the_middle_of_what_a_refresh_keeps() {
    const VISITS: i64 = 1_000;
    let (_folder, store) = on_disk();
    let source = follow(&store, "a");
    read(&store, source, NOW, vec![item("x", "Marked", "<p>words</p>", ago(1))]);
    let post = titled(&store, "Marked");
    let html = "<p>Some more words of it.</p>".repeat(100);
    let visits =
        (0..VISITS).map(|n| visit(&store, source, NOW, vec![item(&n.to_string(), &n.to_string(), &html, ago(1))]));
    let visits = visits.collect();
    let (kept, there) = in_the_middle(
        &store,
        ("posts", 10, 20),
        |store| store.keep_visits(visits).unwrap(),
        || {
            store.mark(&[post], crate::Mark::Read, true, crate::How::Opened, NOW, 0).unwrap();
            number(&store, "SELECT count(*) FROM posts")
        },
    );
    assert!((11..VISITS).contains(&there), "it waited for {there}");
    assert_eq!((kept.len(), kept.iter().map(|kept| kept.new).sum()), (1_000, 1_000));
    assert_eq!(number(&store, "SELECT count(*) FROM posts"), VISITS + 1);
    assert_eq!(store.search("more", 2_000, 0).unwrap().len(), 1_000);
}

#[test]
fn a_panic_in_one_command_stops_neither_the_library_nor_the_next_command() {
    everywhere(|store| {
        let source = follow(store, "a");
        let said = store.write::<(), _>(crate::store::Durability::Process, |library| {
            library.execute("DELETE FROM source_folders", [])?;
            library.execute("UPDATE sources SET name = 'half done'", [])?;
            panic!("on purpose");
        });
        assert!(matches!(&said, Err(StoreError::Fault(text)) if text.contains("on purpose")), "{said:?}");
        assert_eq!(store.source(source).unwrap().name, None, "half a command was kept");
        store.rename_source(source, Some("whole"), NOW).unwrap();
        assert_eq!(store.source(source).unwrap().name.as_deref(), Some("whole"));
    });
}

#[test]
fn settings_are_kept_as_json_and_changes_are_logged_once() {
    everywhere(|store| {
        assert_eq!(store.setting("budget").unwrap(), None);
        store.set_setting("budget", r#"{"posts":100}"#).unwrap();
        store.set_setting("budget", r#"{"posts":100}"#).unwrap();
        store.set_setting("budget", r#"{"minutes":30}"#).unwrap();
        assert_eq!(store.setting("budget").unwrap().as_deref(), Some(r#"{"minutes":30}"#));
        assert_eq!(number(store, "SELECT count(*) FROM events WHERE what = 'setting'"), 2);
        assert!(matches!(store.set_setting("budget", "{cut"), Err(StoreError::Fault(_))));
        assert_eq!(store.setting("budget").unwrap().as_deref(), Some(r#"{"minutes":30}"#));
    });
}

#[test]
fn events_have_ids_of_their_own_in_the_order_in_which_they_happened() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    for name in ["b", "c", "d"] {
        store.rename_source(source, Some(name), NOW).unwrap();
    }
    let names = store.read(|library| {
        let mut statement =
            library.prepare("SELECT value, source_locator, device FROM events WHERE what = 'rename' ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<Vec<(String, String, String)>, _>>()?)
    });
    let names = names.unwrap();
    assert_eq!(names.iter().map(|event| event.0.as_str()).collect::<Vec<_>>(), [r#""b""#, r#""c""#, r#""d""#]);
    assert!(names.iter().all(|event| event.1 == "https://a.example/feed" && event.2.len() == 32));
}
