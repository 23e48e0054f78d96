//! Holds that a library with posts of before is found in as one of today is, and is not written anew.

use std::time::Duration;

use super::*;
use crate::{
    Store,
    store::opening,
    tests::{NOW, ago, follow, item, read},
};

/// As this program's predecessor left it, with one post.
fn of_before(folder: &std::path::Path) {
    let place = Place { folder: folder.to_path_buf(), file: folder.join(opening::FILE), wait: Duration::ZERO };
    let before = STEPS.iter().position(|step| step.name == "0036_words.sql").unwrap();
    let mut library = Connection::open(&place.file).unwrap();
    migrate(&mut library, &place, &STEPS[..before]).unwrap();
    library
        .execute_batch(
            "INSERT INTO sources (kind, locator, added, title) VALUES ('feed', 'https://old.example/feed', 1, 'Old');
             INSERT INTO posts (source, key, content_hash, published, arrived, backlog, dated, title, untitled, words,
                                illustrated, lead, tags, enclosures)
             VALUES (1, 'k', 1, 1000, 1000, 0, 1, 'Boats of old', 0, 2, 0, '', '[]', '[]');
             INSERT INTO bodies (post, html) VALUES (1, '<p>A plank and a boat</p>');
             INSERT INTO post_words (rowid, title, body, author, tags) VALUES (1, 'Boats of old', 'A plank and a boat', '', '')",
        )
        .unwrap();
}

fn bring(store: &Store) {
    let source = follow(store, "ana");
    let items = [
        ("1", "A plank", "<p>No word of the other.</p>"),
        ("2", "Of the sea", "<p>A plank, a plank and a boat; the plank is old.</p>"),
        ("3", "Boat and plank", "<p>Both of them, with a boat.</p>"),
        ("4", "Nothing", "<p>Neither.</p>"),
    ];
    let items = items.map(|(name, title, html)| item(name, title, html, ago(1)));
    read(store, source, NOW, items.into());
}

fn first_column(store: &Store) -> String {
    let sql = "SELECT name FROM pragma_table_info('post_words') LIMIT 1";
    store.read(|library| Ok(library.query_row(sql, [], |row| row.get(0))?)).unwrap()
}

#[test]
fn a_library_of_before_keeps_its_words_and_finds_in_the_same_order() {
    let [old, new] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    of_before(old.path());
    let open = |folder: &tempfile::TempDir| Store::open(folder.path(), Duration::from_secs(5)).unwrap();
    let (before, today) = (open(&old), open(&new));
    // The same post, read by the program of today.
    let source = follow(&today, "old");
    read(&today, source, NOW, vec![item("old", "Boats of old", "<p>A plank and a boat</p>", ago(9))]);
    bring(&before);
    bring(&today);
    assert_eq!((first_column(&before), first_column(&today)), ("title".to_owned(), "body".to_owned()));
    for typed in ["plank", "boat", "boa*", "plank boat", "\"a boat\"", "of", "plank -sea"] {
        let found = |store: &Store| {
            let hits = store.search(typed, 20, 0).unwrap();
            hits.into_iter().map(|hit| (hit.title, hit.marked, hit.snippet)).collect::<Vec<_>>()
        };
        assert!(!found(&before).is_empty(), "{typed}");
        assert_eq!(found(&before), found(&today), "{typed}");
    }
}

#[test]
fn a_library_of_before_without_posts_is_as_one_of_today() {
    let folder = tempfile::tempdir().unwrap();
    of_before(folder.path());
    let library = Connection::open(folder.path().join(opening::FILE)).unwrap();
    library.execute_batch("DELETE FROM post_words; DELETE FROM bodies; DELETE FROM posts").unwrap();
    drop(library);
    let store = Store::open(folder.path(), Duration::from_secs(5)).unwrap();
    assert_eq!(first_column(&store), "body");
    bring(&store);
    assert_eq!(store.search("plank", 20, 0).unwrap().len(), 3);
}
