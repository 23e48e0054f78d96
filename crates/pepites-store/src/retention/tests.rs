//! Holds what the keep rule drops and what it never does.

use pepites_core::{model::PostId, score::rules::Rules};

use crate::{
    How, KeepRule, Mark, Relations, Store, Trimmed, Verdict, Window,
    facts::tests::window,
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
    let items = (0..2_000).map(|n| {
        item(&n.to_string(), &format!("Post {n}"), &format!("<p>{}</p>", format!("word{n} ").repeat(300)), ago(90))
    });
    read(&store, source, ago(80), items.collect());
    std::fs::write(folder.path().join("library.before-0002.db"), [0; 1_000]).unwrap();
    let before = store.size().unwrap();
    let listed: u64 =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert_eq!((before.bytes, before.posts, before.sources, before.starred), (listed, 2_000, 1, 0));
    let free = "SELECT freelist_count FROM pragma_freelist_count";
    let pages = "SELECT page_count FROM pragma_page_count";
    let many = number(&store, pages);
    assert_eq!(store.trim(KeepRule { read_days: Some(1), unread_days: Some(1) }, NOW).unwrap().posts, 2_000);
    assert!(number(&store, pages) * 2 < many, "{} of {many} pages", number(&store, pages));
    assert_eq!(number(&store, free), 0);
}

/// Two tellings of one page, read (or skipped) the one and down (or not) the other, then the one dropped.
fn told_and_dropped(store: &Store, mark: Mark) -> [PostId; 2] {
    for (name, days) in [("a", 40), ("b", 39)] {
        let source = follow(store, name);
        read(store, source, ago(days), vec![item("quake", &format!("{name} tells"), "<p>words</p>", ago(days))]);
    }
    group(store);
    let [a, b] = ["a tells", "b tells"].map(|title| titled(store, title));
    store.mark(&[a], mark, true, How::Opened, ago(38), 0).unwrap();
    assert_eq!(store.trim(KeepRule { read_days: Some(30), unread_days: None }, NOW).unwrap().posts, 1);
    [a, b]
}

fn is_in_no_digest(store: &Store) -> bool {
    let window = Window { since: ago(60), ..window() };
    store.facts(&window, &Rules::default(), NOW).unwrap().stories.is_empty()
}

#[test]
fn a_story_whose_telling_was_read_and_let_go_is_still_a_story_that_was_read() {
    everywhere(|store| {
        let [a, b] = told_and_dropped(store, Mark::Read);
        assert!(store.post(a).is_err());
        let late = follow(store, "late");
        read(store, late, NOW, vec![item("quake", "late tells", "<p>words</p>", NOW)]);
        group(store);
        let late = titled(store, "late tells");
        let told = store.told(&[late]).unwrap();
        assert_eq!((told[0].read, told[0].skipped), (true, false));
        store.keep_relations(Relations { relays: vec![late], ..Relations::default() }, NOW).unwrap();
        let relays = |posts: &[PostId]| -> Vec<bool> {
            store.marks(posts).unwrap().iter().map(|marks| marks.relay.is_some()).collect()
        };
        assert_eq!(relays(&[b, late]), [true, true]);
        assert_eq!(store.seen_since(story(store, "b tells"), NOW).unwrap(), Some(ago(38)));
        assert!(is_in_no_digest(store));
    });
}

#[test]
fn a_story_whose_telling_was_skipped_and_let_go_is_still_let_go() {
    everywhere(|store| {
        let [_, b] = told_and_dropped(store, Mark::Skipped);
        let late = follow(store, "late");
        read(store, late, NOW, vec![item("quake", "late tells", "<p>words</p>", NOW)]);
        group(store);
        let told = store.told(&[b]).unwrap();
        assert_eq!((told[0].read, told[0].skipped), (false, true));
        assert!(is_in_no_digest(store));
    });
}

#[test]
fn what_is_brought_into_a_story_takes_along_that_it_was_read_and_back() {
    let store = Store::memory().unwrap();
    let other = follow(&store, "other");
    read(&store, other, NOW, vec![item("fire", "other tells", "<p>words</p>", ago(2))]);
    group(&store);
    let other = titled(&store, "other tells");
    let [_, b] = told_and_dropped(&store, Mark::Read);
    store.say(other, b, Verdict::Together, NOW).unwrap();
    assert!(store.marks(&[other]).unwrap()[0].relay.is_some(), "it came to a story that was read");
    assert!(store.told(&[b]).unwrap()[0].read, "by whichever of the two stays");
    store.unsay(other, b, Verdict::Together, NOW).unwrap();
    assert!(store.marks(&[other]).unwrap()[0].relay.is_none());
    assert!(store.marks(&[b]).unwrap()[0].relay.is_some(), "its own story was read");
    let fire = story(&store, "other tells");
    assert_eq!(number(&store, &format!("SELECT count(*) FROM stories WHERE id = {fire} AND read IS NOT NULL")), 0);
}
