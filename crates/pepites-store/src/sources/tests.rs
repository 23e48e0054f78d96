//! Holds that following, leaving, renaming and moving lose nothing and can be undone.

use pepites_core::model::{Folder, SourceId};

use crate::{
    How, KeepRule, Mark, NewSource, SourceCounts, Store, StoreError,
    tests::{NOW, ago, everywhere, failed, follow, item, new_source, number, read, titled},
};

fn folder(path: &str) -> Folder {
    Folder(path.split('/').map(str::to_owned).collect())
}

fn within(name: &str, folders: &[&str]) -> NewSource {
    NewSource { folders: folders.iter().map(|path| folder(path)).collect(), ..new_source(name) }
}

#[test]
fn the_same_source_in_several_folders_is_one_source() {
    everywhere(|store| {
        let new = [within("a", &["News"]), within("b", &[]), within("a", &["News/Morning", "News"])];
        let added = store.add_sources(&new, NOW).unwrap();
        assert_eq!(
            added.iter().map(|added| (added.already, added.folders_added)).collect::<Vec<_>>(),
            [(false, 0), (false, 0), (true, 1)]
        );
        assert_eq!(added[0].id, added[2].id);
        let sources = store.sources().unwrap();
        assert_eq!(sources.len(), 2);
        assert_eq!(sources[0].folders, [folder("News"), folder("News/Morning")]);
        let again = store.add_sources(&new, NOW).unwrap();
        assert!(again.iter().all(|added| added.already && added.folders_added == 0));
    });
}

#[test]
fn a_source_is_the_same_under_http_and_https_and_keeps_its_first_address() {
    let store = Store::memory().unwrap();
    let spelt = |scheme: &str, folder: &str| {
        let mut new = within("a", &[folder]);
        new.address.locator = format!("{scheme}://a.example/feed");
        new
    };
    let added = store.add_sources(&[spelt("http", "News"), spelt("https", "Sea")], NOW).unwrap();
    assert_eq!((added[0].id, added[1].already, added[1].folders_added), (added[1].id, true, 1));
    let check = |folders: &[Folder]| {
        let [source] = store.sources().unwrap().try_into().unwrap();
        assert_eq!((source.address.locator.as_str(), source.folders.as_slice()), ("http://a.example/feed", folders));
    };
    check(&[folder("News"), folder("Sea")]);
    store.unfollow(added[0].id, NOW).unwrap();
    let again = store.add_sources(&[spelt("https", "Sea")], NOW).unwrap();
    assert_eq!((again[0].id, again[0].already), (added[0].id, false));
    check(&[folder("Sea")]);
}

#[test]
fn folders_with_any_name_come_back_as_they_went_in() {
    let store = Store::memory().unwrap();
    let odd = Folder(vec!["a/b".to_owned(), "\"quoted\", [x]".to_owned(), "Été 🎉".to_owned(), String::new()]);
    let new = NewSource { folders: vec![odd.clone(), Folder(Vec::new())], ..new_source("a") };
    store.add_sources(&[new], NOW).unwrap();
    assert_eq!(store.sources().unwrap()[0].folders, [odd]);
}

#[test]
fn a_move_puts_a_source_into_exactly_those_folders() {
    let store = Store::memory().unwrap();
    let id = store.add_sources(&[within("a", &["News", "Old"])], NOW).unwrap()[0].id;
    store.move_source(id, &[folder("New"), folder("News"), folder("New")], NOW).unwrap();
    assert_eq!(store.source(id).unwrap().folders, [folder("New"), folder("News")]);
    assert_eq!(number(&store, "SELECT count(*) FROM folders"), 2, "a folder without a source is none");
    store.move_source(id, &[folder("New"), folder("News")], NOW).unwrap();
    assert_eq!(number(&store, "SELECT count(*) FROM events WHERE what = 'move'"), 1);
    store.move_source(id, &[], NOW).unwrap();
    assert_eq!(store.source(id).unwrap().folders, []);
}

#[test]
fn many_sources_are_moved_and_left_all_or_none() {
    let store = Store::memory().unwrap();
    let [a, b] = ["a", "b"].map(|name| follow(&store, name));
    store.move_sources(&[(a, vec![folder("New")]), (b, vec![folder("New"), folder("Sea")])], NOW).unwrap();
    assert_eq!(store.source(a).unwrap().folders, [folder("New")]);
    assert_eq!(store.source(b).unwrap().folders, [folder("New"), folder("Sea")]);
    assert!(store.move_sources(&[(a, vec![]), (SourceId(77), vec![])], NOW).is_err());
    assert_eq!(store.source(a).unwrap().folders, [folder("New")], "nothing of it was done");
    assert!(store.unfollow_many(&[a, SourceId(77)], NOW).is_err());
    assert_eq!(store.sources().unwrap().len(), 2);
    store.unfollow_many(&[a, b], NOW).unwrap();
    assert_eq!(store.sources().unwrap().len(), 0);
    store.follow_many_again(&[b, a], NOW).unwrap();
    assert_eq!(store.sources().unwrap().len(), 2);
    assert_eq!(store.source(b).unwrap().folders, [folder("New"), folder("Sea")]);
    assert_eq!(number(&store, "SELECT count(*) FROM events WHERE what IN ('move', 'unfollow')"), 4);
}

#[test]
fn a_name_is_the_readers_own_only_when_it_says_something_else() {
    let store = Store::memory().unwrap();
    let id = follow(&store, "a");
    for (name, shown) in [(Some(" Mine "), "Mine"), (Some("a"), "a"), (Some("  "), "a"), (Some("b"), "b"), (None, "a")]
    {
        store.rename_source(id, name, NOW).unwrap();
        let source = store.source(id).unwrap();
        assert_eq!(source.shown(), shown, "{name:?}");
        assert_eq!(source.name.is_some(), shown != "a");
    }
}

#[test]
fn a_source_without_a_title_is_called_by_its_address() {
    let store = Store::memory().unwrap();
    let id = store.add_sources(&[NewSource { title: None, ..new_source("a") }], NOW).unwrap()[0].id;
    assert_eq!(store.source(id).unwrap().title, "https://a.example/feed");
}

#[test]
fn leaving_a_source_keeps_all_and_is_undone_whole() {
    everywhere(|store| {
        let id = store.add_sources(&[within("a", &["News"])], NOW).unwrap()[0].id;
        store.rename_source(id, Some("Mine"), NOW).unwrap();
        read(store, id, NOW, vec![item("x", "Starred", "<p>w</p>", ago(1))]);
        store.mark(&[titled(store, "Starred")], Mark::Starred, true, How::ByHand, NOW, 0).unwrap();
        let before = store.source(id).unwrap();
        store.unfollow(id, NOW).unwrap();
        store.unfollow(id, NOW).unwrap();
        assert_eq!(store.sources().unwrap(), []);
        assert_eq!(store.source_counts(NOW).unwrap(), []);
        assert_eq!(store.size().unwrap().sources, 0);
        assert_eq!(store.starred(10, 0).unwrap().len(), 1, "a star is for ever");
        store.follow_again(id, NOW).unwrap();
        assert_eq!(store.sources().unwrap(), [before]);
        assert_eq!(number(store, "SELECT count(*) FROM events WHERE what = 'unfollow'"), 1);
    });
}

#[test]
fn a_source_added_again_after_leaving_has_its_marks_and_a_new_chance() {
    let store = Store::memory().unwrap();
    let id = store.add_sources(&[within("a", &["Old"])], NOW).unwrap()[0].id;
    store.rename_source(id, Some("Mine"), NOW).unwrap();
    read(&store, id, NOW, vec![item("x", "Read", "<p>w</p>", ago(1))]);
    store.mark(&[titled(&store, "Read")], Mark::Read, true, How::Opened, NOW, 0).unwrap();
    store.keep_visits(vec![failed(id, NOW, true)]).unwrap();
    store.unfollow(id, NOW).unwrap();
    let added = store.add_sources(&[within("a", &["New"])], NOW).unwrap();
    assert_eq!((added[0].id, added[0].already), (id, false));
    let source = store.source(id).unwrap();
    assert_eq!((source.shown(), &source.folders), ("Mine", &vec![folder("New")]));
    assert_eq!((source.gone, source.failures, source.trouble, source.next_visit), (false, 0, None, None));
    assert_eq!(store.source_counts(NOW).unwrap()[0].1.unread, 0);
}

#[test]
fn a_followed_source_that_had_gone_is_asked_again_when_it_is_added_anew() {
    let store = Store::memory().unwrap();
    let id = follow(&store, "a");
    store.keep_visits(vec![failed(id, NOW, true)]).unwrap();
    assert!(store.source(id).unwrap().gone);
    assert!(store.add_sources(&[new_source("a")], NOW).unwrap()[0].already);
    assert!(!store.source(id).unwrap().gone);
}

#[test]
fn counts_are_of_posts_that_are_kept() {
    everywhere(|store| {
        let (a, b) = (follow(store, "a"), follow(store, "b"));
        let items = vec![
            item("1", "One", "<p>1</p>", ago(1)),
            item("2", "Two", "<p>2</p>", ago(2)),
            item("3", "Three", "<p>3</p>", ago(60)),
            item("4", "Four", "<p>4</p>", ago(3)),
        ];
        read(store, a, NOW, items);
        let mark = |title, mark| store.mark(&[titled(store, title)], mark, true, How::ByHand, NOW, 0).unwrap();
        mark("One", Mark::Read);
        mark("One", Mark::Skipped);
        mark("Two", Mark::Skipped);
        mark("Three", Mark::Starred);
        let counts = store.source_counts(NOW).unwrap();
        assert_eq!(
            counts,
            [(a, SourceCounts { posts: 4, unread: 2, starred: 1, posts_30d: 3 }), (b, SourceCounts::default())]
        );
        store.trim(KeepRule { read_days: Some(0), unread_days: None }, NOW.plus(1)).unwrap();
        let left = SourceCounts { posts: 2, unread: 2, starred: 1, posts_30d: 1 };
        assert_eq!(store.source_counts(NOW).unwrap(), [(a, left), (b, SourceCounts::default())]);
        assert_eq!(number(store, "SELECT count(*) FROM marks WHERE read IS NOT NULL OR skipped IS NOT NULL"), 2);
    });
}

#[test]
fn what_the_library_does_not_have_is_named() {
    let store = Store::memory().unwrap();
    let id = SourceId(7);
    for told in [
        store.source(id).err(),
        store.rename_source(id, None, NOW).err(),
        store.move_source(id, &[], NOW).err(),
        store.unfollow(id, NOW).err(),
        store.follow_again(id, NOW).err(),
    ] {
        assert!(matches!(&told, Some(StoreError::Missing { noun: "source", id }) if id == "7"), "{told:?}");
    }
}
