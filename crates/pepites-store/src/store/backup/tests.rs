//! Holds that a backup is of one moment, that a restoring loses nothing, and that what is no backup changes nothing.

use std::{path::Path, time::Duration};

use rusqlite::Connection;

use super::*;
use crate::{
    How, Mark,
    store::migrations::STEPS,
    tests::{NOW, follow, item, number, on_disk, read, titled},
};

fn posts(store: &Store) -> i64 {
    number(store, "SELECT count(*) FROM posts")
}

fn bring(store: &Store, name: &str) {
    let source = follow(store, "ana");
    read(store, source, NOW, vec![item(name, name, "<p>Some words of it.</p>", NOW)]);
}

#[test]
fn a_backup_is_whole_whoever_writes_meanwhile() {
    let (folder, store) = on_disk();
    let other = Store::open(folder.path(), Duration::from_secs(30)).unwrap();
    let source = follow(&store, "ana");
    let elsewhere = tempfile::tempdir().unwrap();
    let writing = std::thread::spawn(move || {
        for turn in 0..60 {
            // Two posts in one transaction: a copy that has one of them is of no moment.
            let pair = [0, 1].map(|half| item(&format!("{turn}-{half}"), "Pair", "<p>Words.</p>", NOW));
            read(&other, source, NOW, pair.into());
        }
    });
    let mut seen = Vec::new();
    while !writing.is_finished() || seen.is_empty() {
        let file = elsewhere.path().join(format!("{}.db", seen.len()));
        let told = store.back_up(&file).unwrap();
        assert_eq!(told, Store::look_at_backup(&file).unwrap());
        assert_eq!(told.posts % 2, 0, "half of what was written at once");
        seen.push(told.posts);
    }
    writing.join().unwrap();
    assert!(seen.is_sorted(), "{seen:?}");
    let left: Vec<_> = std::fs::read_dir(elsewhere.path()).unwrap().collect();
    assert_eq!(left.len(), seen.len(), "nothing lies beside the backups");
}

#[test]
fn what_was_there_is_kept_and_comes_back() {
    let (folder, store) = on_disk();
    // To SQLite, another process that has the library open.
    let other = Store::open(folder.path(), Duration::from_secs(30)).unwrap();
    bring(&store, "First");
    let file = folder.path().join("elsewhere.db");
    let told = store.back_up(&file).unwrap();
    assert_eq!((told.posts, told.sources, told.starred, told.newest), (1, 1, 0, Some(NOW)));
    bring(&store, "Second");
    store.mark(&[titled(&store, "Second")], Mark::Starred, true, How::ByHand, NOW, 60).unwrap();
    assert_eq!(posts(&other), 2);

    let kept = store.restore(&file, NOW).unwrap();
    assert_eq!((posts(&store), posts(&other)), (1, 1), "every process sees it");
    assert_eq!(number(&store, "SELECT count(*) FROM post_words WHERE post_words MATCH 'first'"), 1);
    let copies = store.kept_copies().unwrap();
    assert_eq!(copies.iter().map(|copy| copy.path.as_path()).collect::<Vec<_>>(), [kept.as_path()]);
    bring(&other, "Third");
    assert_eq!(posts(&store), 2, "it is written to as before");

    let again = store.restore(&kept, NOW).unwrap();
    assert_ne!(again, kept, "no copy is written over");
    assert_eq!(number(&other, "SELECT count(*) FROM marks WHERE starred IS NOT NULL"), 1);
    titled(&store, "Second");
    assert_eq!(Store::look_at_backup(&again).unwrap().posts, 2, "the third is kept too");
    let name = kept.file_name().unwrap().to_str().unwrap();
    store.erase_copy(name).unwrap();
    assert!(matches!(store.erase_copy(name), Err(StoreError::Missing { .. })));
    assert!(matches!(store.erase_copy("library.db"), Err(StoreError::Missing { .. })));
    drop((store, other));
    let reopened = Store::open(folder.path(), Duration::from_secs(1)).unwrap();
    assert_eq!(posts(&reopened), 2);
    assert!(!folder.path().join(format!("restore.{}", std::process::id())).exists());
}

#[test]
fn what_is_no_library_changes_nothing() {
    let (folder, store) = on_disk();
    bring(&store, "First");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("words.db"), "nothing but words, and more than a hundred bytes of them ".repeat(4)).unwrap();
    Connection::open(at("foreign.db")).unwrap().execute_batch("CREATE TABLE x (y); PRAGMA user_version = 3").unwrap();
    Connection::open(at("empty.db")).unwrap().execute_batch("PRAGMA application_id = 1346719817").unwrap();
    store.back_up(&at("newer.db")).unwrap();
    Connection::open(at("newer.db")).unwrap().pragma_update(None, "user_version", 9_999).unwrap();
    store.back_up(&at("broken.db")).unwrap();
    let mut bytes = std::fs::read(at("broken.db")).unwrap();
    std::fs::write(at("cut.db"), &bytes[..bytes.len() / 2]).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0x5a);
    std::fs::write(at("broken.db"), bytes).unwrap();
    for name in ["words.db", "foreign.db", "empty.db", "newer.db", "broken.db", "cut.db", "missing.db"] {
        let refused = store.restore(&at(name), NOW);
        assert!(refused.is_err(), "{name}: {refused:?}");
        assert_eq!(posts(&store), 1, "{name}");
    }
    assert_eq!(store.kept_copies().unwrap(), []);
    assert!(matches!(store.restore(&at("newer.db"), NOW), Err(StoreError::Newer { .. })));
}

#[test]
fn a_backup_of_an_older_version_is_brought_up_to_date_and_stays_as_it_is() {
    let (folder, store) = on_disk();
    bring(&store, "First");
    let old = folder.path().join("old.db");
    let place = place_of(&old, Duration::ZERO);
    let mut made = Connection::open(&old).unwrap();
    migrate(&mut made, &place, &STEPS[..4]).unwrap();
    made.execute_batch("INSERT INTO sources (kind, locator, added) VALUES ('feed', 'https://old.example/feed', 1)")
        .unwrap();
    drop(made);
    let before = std::fs::read(&old).unwrap();
    store.restore(&old, NOW).unwrap();
    assert_eq!(store.sources().unwrap().len(), 1);
    assert_eq!(std::fs::read(&old).unwrap(), before);
    assert_eq!(number(&store, "SELECT user_version FROM pragma_user_version"), i64::try_from(STEPS.len()).unwrap());
}

#[test]
fn a_library_keeps_the_size_of_its_pages_whatever_is_put_in_its_place() {
    let page = |store: &Store| number(store, "SELECT page_size FROM pragma_page_size");
    let elsewhere = tempfile::tempdir().unwrap();
    let old = elsewhere.path().join("library.db");
    Connection::open(&old).unwrap().execute_batch("PRAGMA page_size = 4096; VACUUM").unwrap();
    let before = Store::open(elsewhere.path(), Duration::from_secs(1)).unwrap();
    bring(&before, "Of before");
    let (folder, store) = on_disk();
    bring(&store, "Of today");
    assert_eq!((page(&before), page(&store)), (4_096, 8_192));
    let files = [&before, &store].map(|library| {
        let file = folder.path().join(format!("{}.db", page(library)));
        library.back_up(&file).unwrap();
        file
    });
    before.restore(&files[1], NOW).unwrap();
    store.restore(&files[0], NOW).unwrap();
    titled(&before, "Of today");
    titled(&store, "Of before");
    assert_eq!((page(&before), page(&store)), (4_096, 8_192));
    for library in [&before, &store] {
        assert_eq!(library.search("words", 5, 0).unwrap().len(), 1);
        bring(library, "Another");
        assert_eq!(posts(library), 2);
    }
}

#[test]
fn a_backup_never_takes_the_place_of_the_library() {
    let (folder, store) = on_disk();
    bring(&store, "First");
    for name in ["library.db", "library.db-wal", "library.db-shm"] {
        assert!(matches!(store.back_up(&folder.path().join(name)), Err(StoreError::ReadOnly { .. })), "{name}");
    }
    assert!(store.back_up(Path::new("/nowhere/at/all.db")).is_err());
    assert_eq!(posts(&store), 1);
}
