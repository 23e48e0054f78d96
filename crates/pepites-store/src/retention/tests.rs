//! Holds what the keep rule drops and what it never does.

use crate::{
    How, KeepRule, Mark, Store, Trimmed,
    store::Durability,
    tests::{NOW, ago, everywhere, follow, group, item, number, on_disk, read, story, titled},
};

const FOR_EVER: KeepRule = KeepRule { read_days: None, unread_days: None };

/// Posts that arrived so many days ago, each with its mark.
fn library(store: &Store) {
    let source = follow(store, "a");
    for (title, days, mark) in [
        ("Old unread", 40, None),
        ("Old read", 40, Some(Mark::Read)),
        ("Old skipped", 40, Some(Mark::Skipped)),
        ("Old starred", 40, Some(Mark::Starred)),
        ("New unread", 3, None),
        ("New read", 3, Some(Mark::Read)),
    ] {
        read(store, source, ago(days), vec![item(title, title, &format!("<p>{title}</p>"), ago(days + 1))]);
        if let Some(mark) = mark {
            store.mark(&[titled(store, title)], mark, true, How::Opened, ago(days), 0).unwrap();
        }
    }
    let starred = [titled(store, "Old starred")];
    store.mark(&starred, Mark::Read, true, How::Opened, NOW, 0).unwrap();
    group(store);
}

fn check(rule: KeepRule, left: &[&str]) {
    everywhere(|store| {
        library(store);
        let trimmed = store.trim(rule, NOW).unwrap();
        let source = store.sources().unwrap()[0].id;
        let mut titles: Vec<String> =
            store.posts_of(source, 99, 0).unwrap().into_iter().map(|post| post.title).collect();
        titles.sort();
        assert_eq!(titles, left, "{rule:?}");
        assert_eq!(trimmed, Trimmed { posts: 6 - u32::try_from(left.len()).unwrap() });
        assert_eq!(store.search("old OR new", 99, 0).unwrap().len(), 0, "words are words");
        let found = store.search("old", 99, 0).unwrap().len() + store.search("new", 99, 0).unwrap().len();
        assert_eq!(found, left.len(), "the index and the posts say the same");
        assert_eq!(number(store, "SELECT count(*) FROM bodies") as usize, left.len());
        assert_eq!(number(store, "SELECT count(*) FROM stories") as usize, left.len());
        assert_eq!(number(store, "SELECT count(*) FROM marks"), 4, "what the reader did is never dropped");
        assert_eq!(store.trim(rule, NOW).unwrap().posts, 0);
    });
}

#[test]
fn nothing_is_dropped_when_all_is_kept_for_ever() {
    check(FOR_EVER, &["New read", "New unread", "Old read", "Old skipped", "Old starred", "Old unread"]);
}

#[test]
fn what_was_read_or_skipped_goes_after_its_days() {
    let rule = KeepRule { read_days: Some(30), unread_days: None };
    check(rule, &["New read", "New unread", "Old starred", "Old unread"]);
}

#[test]
fn what_was_never_read_goes_after_its_days() {
    let rule = KeepRule { read_days: None, unread_days: Some(30) };
    check(rule, &["New read", "New unread", "Old read", "Old skipped", "Old starred"]);
}

#[test]
fn a_star_outlives_every_rule() {
    check(KeepRule { read_days: Some(0), unread_days: Some(0) }, &["Old starred"]);
}

#[test]
fn what_changed_since_the_list_was_made_is_looked_at_again() {
    use crate::digests::tests::{digest, entry};
    let none = |_: &Store| {};
    let check = |meanwhile: &dyn Fn(&Store), expected: &[&str]| {
        let store = Store::memory().unwrap();
        library(&store);
        let limits = super::Limits::of(KeepRule { read_days: Some(30), unread_days: None }, NOW);
        let past = store.read(|library| super::past(library, limits)).unwrap();
        meanwhile(&store);
        store.write(Durability::Process, move |library| super::drop_posts(library, limits, &past)).unwrap();
        let source = store.sources().unwrap()[0].id;
        let left: Vec<String> = store.posts_of(source, 99, 0).unwrap().into_iter().map(|post| post.title).collect();
        let gone = ["Old read", "Old skipped"].into_iter().filter(|title| !left.iter().any(|kept| kept == title));
        assert_eq!(gone.collect::<Vec<_>>(), expected);
        assert_eq!(left.len(), 6 - expected.len(), "more was dropped");
    };
    let mark = |title: &'static str, mark, on| {
        move |store: &Store| {
            store.mark(&[titled(store, title)], mark, on, How::ByHand, NOW, 0).unwrap();
        }
    };
    check(&none, &["Old read", "Old skipped"]);
    check(&mark("Old read", Mark::Starred, true), &["Old skipped"]);
    check(&mark("Old read", Mark::Read, false), &["Old skipped"]);
    check(&mark("Old skipped", Mark::Skipped, false), &["Old read"]);
    let shown = |store: &Store| {
        let entries = vec![entry(story(store, "Old read"), titled(store, "Old read"))];
        store.keep_digest(&digest("2026-11-23", entries), None).unwrap();
    };
    check(&shown, &["Old skipped"]);
}

#[test]
fn a_post_id_is_never_given_again() {
    let store = Store::memory().unwrap();
    library(&store);
    let (last, gone) = (titled(&store, "New read"), story(&store, "New read"));
    store.trim(KeepRule { read_days: Some(1), unread_days: Some(1) }, NOW).unwrap();
    let source = follow(&store, "b");
    read(&store, source, NOW, vec![item("z", "Next", "<p>z</p>", NOW)]);
    group(&store);
    assert!(titled(&store, "Next") > last && story(&store, "Next") > gone);
    assert_eq!(store.marks(&[titled(&store, "Next")]).unwrap()[0].read, None);
}

#[test]
fn the_size_is_that_of_the_disk_and_shrinks_when_much_was_dropped() {
    let (folder, store) = on_disk();
    let source = follow(&store, "a");
    let items = (0..700).map(|n| {
        item(&n.to_string(), &format!("Post {n}"), &format!("<p>{}</p>", format!("word{n} ").repeat(300)), ago(90))
    });
    read(&store, source, ago(80), items.collect());
    std::fs::write(folder.path().join("library.before-0002.db"), [0; 1_000]).unwrap();
    let before = store.size().unwrap();
    let listed: u64 =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert_eq!((before.bytes, before.posts, before.sources, before.starred), (listed, 700, 1, 0));
    let free = "SELECT freelist_count FROM pragma_freelist_count";
    let pages = "SELECT page_count FROM pragma_page_count";
    let many = number(&store, pages);
    assert_eq!(store.trim(KeepRule { read_days: Some(1), unread_days: Some(1) }, NOW).unwrap().posts, 700);
    assert!(number(&store, pages) * 2 < many, "{} of {many} pages", number(&store, pages));
    assert_eq!(number(&store, free), 0);
}
