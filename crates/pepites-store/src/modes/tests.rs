//! Holds that a mode holds back what it says and nothing else, and that a plan is undone whole.

use pepites_core::model::{Mode, PostId};

use super::*;
use crate::{
    How, Mark,
    tests::{NOW, ago, everywhere, follow, group, item, number, read, titled},
};

/// Two sources: `a` with three posts of one day and one of another, `b` that told one of them first.
fn library(store: &Store) -> SourceId {
    let (a, b) = (follow(store, "a"), follow(store, "b"));
    store.note_zone(ago(90), 60).unwrap();
    let hours = |hours: i64| NOW.plus(-hours * Moment::HOUR);
    read(store, b, ago(1), vec![item("same", "B tells it first", "<p>b</p>", hours(30))]);
    let items = [("x", "One", 20), ("y", "Two", 19), ("same", "Three", 18), ("z", "Four", 60)];
    read(store, a, NOW, items.map(|(name, title, at)| item(name, title, "<p>a</p>", hours(at))).to_vec());
    group(store);
    a
}

/// What is counted as unread of `a`, and the titles of it in the list of everything unread.
fn seen(store: &Store, a: SourceId) -> (u32, Vec<String>) {
    let counts = store.source_counts(NOW).unwrap();
    let unread = counts.iter().find(|(source, _)| *source == a).unwrap().1.unread;
    let posts = store.unread(100, 0).unwrap().into_iter().filter(|post| post.source == a);
    (unread, posts.map(|post| post.title).collect())
}

#[test]
fn counts_and_lists_obey_the_mode_of_a_source() {
    everywhere(|store| {
        let a = library(store);
        for (mode, titles) in [
            (Mode::All, vec!["Three", "Two", "One", "Four"]),
            (Mode::Digest, vec![]),
            (Mode::Nuggets, vec![]),
            (Mode::Muted, vec![]),
            (Mode::NoRelays, vec!["Two", "One", "Four"]),
            (Mode::Daily(1), vec!["One", "Four"]),
            (Mode::Daily(2), vec!["Two", "One", "Four"]),
            (Mode::Daily(9), vec!["Three", "Two", "One", "Four"]),
        ] {
            store.set_mode(a, mode, NOW).unwrap();
            assert_eq!(store.source(a).unwrap().mode, mode);
            let (unread, seen) = seen(store, a);
            assert_eq!(seen, titles, "{mode:?}");
            assert_eq!(unread as usize, titles.len(), "{mode:?}");
            assert_eq!(store.posts_of(a, 9, 0).unwrap().len(), 4, "the list of a source is whole in {mode:?}");
        }
    });
}

#[test]
fn what_is_read_makes_no_room_for_what_a_mode_held_back() {
    let store = Store::memory().unwrap();
    let a = library(&store);
    store.set_mode(a, Mode::Daily(1), NOW).unwrap();
    store.mark(&[titled(&store, "One")], Mark::Read, true, How::Opened, NOW, 60).unwrap();
    assert_eq!(seen(&store, a), (1, vec!["Four".to_owned()]));
}

#[test]
fn a_mode_is_logged_once_and_a_missing_source_is_told() {
    let store = Store::memory().unwrap();
    let a = library(&store);
    assert_eq!(store.set_mode(a, Mode::Nuggets, NOW).unwrap(), Mode::All);
    assert_eq!(store.set_mode(a, Mode::Nuggets, NOW).unwrap(), Mode::Nuggets);
    assert_eq!(number(&store, "SELECT count(*) FROM events WHERE what = 'mode'"), 1);
    assert!(matches!(store.set_mode(SourceId(99), Mode::All, NOW), Err(StoreError::Missing { noun: "source", .. })));
}

fn wanted(source: SourceId, to: Becomes) -> Wanted {
    Wanted { source, to, promised: Some(Promise { posts: 7, seconds: 90 }) }
}

#[test]
fn a_deed_on_a_row_of_a_table_is_taken_back_as_a_plan_is_and_makes_no_note() {
    let store = Store::memory().unwrap();
    let a = library(&store);
    let (deed, _) = store.apply_plan(&[wanted(a, Becomes::Left)], false, NOW).unwrap().unwrap();
    assert_eq!(store.plans().unwrap(), []);
    assert_eq!(store.take_plan_back(deed, NOW).unwrap().len(), 1);
    let (plan, _) = store.apply_plan(&[wanted(a, Becomes::Left)], true, NOW).unwrap().unwrap();
    let came = |posts| [Freed { source: a, room: Promise { posts, seconds: 60 }, missed: vec![PostId(3)] }];
    store.keep_what_came(plan, &came(5)).unwrap();
    store.keep_what_came(plan, &came(6)).unwrap();
    let [kept] = store.plans().unwrap().try_into().unwrap();
    assert_eq!((kept.came, kept.turns[0].promised), (Some(came(5).to_vec()), Some(Promise { posts: 7, seconds: 90 })));
    // As plans were written before they promised anything.
    let old: Turn = serde_json::from_str(r#"{"source":1,"from":{"Followed":"all"},"to":"Left"}"#).unwrap();
    assert_eq!((old.to, old.promised), (Becomes::Left, None));
}

#[test]
fn what_was_told_before_by_a_source_that_was_left_or_muted_is_no_relay() {
    everywhere(|store| {
        let (a, b, c) = (follow(store, "a"), follow(store, "b"), follow(store, "c"));
        for (source, title, days) in [(a, "A tells it", 3), (b, "B tells it too", 2), (c, "C tells it last", 1)] {
            read(store, source, ago(days), vec![item("same", title, "<p>x</p>", ago(days))]);
        }
        group(store);
        for source in [b, c] {
            store.set_mode(source, Mode::NoRelays, NOW).unwrap();
        }
        let told = || {
            let unread: Vec<String> = store.unread(9, 0).unwrap().into_iter().map(|post| post.title).collect();
            let counts = store.source_counts(NOW).unwrap();
            let counted = counts.iter().filter(|(source, _)| [b, c].contains(source));
            let counted: u32 = counted.map(|(_, counts)| counts.unread).sum();
            let posts = store.room_posts(ago(9), NOW).unwrap();
            let relays: Vec<SourceId> = posts.iter().filter(|post| post.relay).map(|post| post.source).collect();
            let pairs: Vec<(SourceId, SourceId)> = store
                .relays(ago(9), NOW)
                .unwrap()
                .into_iter()
                .map(|relay| (relay.source, relay.first_source))
                .collect();
            let counts: u64 = store.relay_counts(ago(9), NOW).unwrap().iter().map(|(.., posts)| posts).sum();
            assert_eq!(counts, pairs.len() as u64);
            let older = store.older_unread(NOW, PostId(9), None).unwrap();
            (unread.join(" | "), counted, relays, pairs, older)
        };
        let all = ("A tells it".to_owned(), 0, vec![b, c], vec![(b, a), (c, a)], 1);
        assert_eq!(told(), all);
        let without_a = ("B tells it too".to_owned(), 1, vec![c], vec![(c, b)], 1);
        store.unfollow(a, NOW).unwrap();
        assert_eq!(told(), without_a);
        store.follow_again(a, NOW).unwrap();
        assert_eq!(told(), all);
        store.set_mode(a, Mode::Muted, NOW).unwrap();
        assert_eq!(told(), without_a);
    });
}

#[test]
fn a_plan_is_applied_and_taken_back_in_one_step() {
    everywhere(|store| {
        let a = library(store);
        let b = follow(store, "b");
        store.set_mode(b, Mode::NoRelays, NOW).unwrap();
        let wanted = [wanted(a, Becomes::Followed(Mode::Nuggets)), wanted(b, Becomes::Left)];
        let (plan, turns) = store.apply_plan(&wanted, true, NOW).unwrap().unwrap();
        assert_eq!(turns.iter().map(|turn| turn.to).collect::<Vec<_>>(), wanted.map(|wanted| wanted.to));
        assert_eq!(
            store.sources().unwrap().iter().map(|source| (source.id, source.mode)).collect::<Vec<_>>(),
            [(a, Mode::Nuggets)]
        );
        assert_eq!(store.apply_plan(&wanted, true, NOW).unwrap(), None, "nothing was left to do");
        let plans = store.plans().unwrap();
        assert_eq!((plans.len(), plans[0].plan, &plans[0].turns), (1, plan, &turns));
        assert_eq!(store.take_plan_back(plan, NOW).unwrap().len(), 2);
        let modes: Vec<Mode> = store.sources().unwrap().iter().map(|source| source.mode).collect();
        assert_eq!(modes, [Mode::All, Mode::NoRelays]);
        assert_eq!(store.take_plan_back(plan, NOW).unwrap(), [], "taken back once");
        assert_eq!(store.plans().unwrap(), []);
    });
}

#[test]
fn what_the_reader_changed_since_is_not_taken_back_with_a_plan() {
    let store = Store::memory().unwrap();
    let a = library(&store);
    let (plan, _) = store.apply_plan(&[wanted(a, Becomes::Followed(Mode::Muted))], true, NOW).unwrap().unwrap();
    store.set_mode(a, Mode::Daily(3), NOW).unwrap();
    assert_eq!(store.take_plan_back(plan, NOW).unwrap(), []);
    assert_eq!(store.source(a).unwrap().mode, Mode::Daily(3));
}

#[test]
fn a_plan_that_names_a_missing_source_changes_nothing() {
    let store = Store::memory().unwrap();
    let a = library(&store);
    let wanted = [wanted(a, Becomes::Left), wanted(SourceId(99), Becomes::Left)];
    assert!(store.apply_plan(&wanted, true, NOW).is_err());
    assert_eq!(store.sources().unwrap().len(), 2);
    assert!(store.posts_of(a, 1, 0).unwrap().iter().all(|post| post.id > PostId(0)));
}

#[test]
fn another_source_stands_for_a_story_that_a_thinned_one_told_first_and_a_muted_one_tells_nothing() {
    let store = Store::memory().unwrap();
    let (a, b) = (follow(&store, "a"), follow(&store, "b"));
    read(
        &store,
        a,
        NOW,
        vec![item("same", "A tells it first", "<p>a</p>", ago(2)), item("own", "Own", "<p>o</p>", ago(1))],
    );
    read(&store, b, NOW, vec![item("same", "B tells it too", "<p>b</p>", ago(1))]);
    group(&store);
    let faces = || {
        let window = crate::Window {
            since: ago(9),
            after: None,
            undated: false,
            day: pepites_core::model::Day("2026-11-23".to_owned()),
            not_shown_today: false,
            settled_too: false,
        };
        let facts = store
            .facts(&window, &pepites_core::score::rules::Rules::default(), NOW)
            .unwrap()
            .stories
            .into_iter()
            .map(|story| story.facts);
        let mut faces: Vec<String> = facts.map(|facts| facts.title).collect();
        faces.sort();
        faces
    };
    for (mode, expected) in [
        (Mode::All, vec!["A tells it first", "Own"]),
        (Mode::Digest, vec!["A tells it first", "Own"]),
        (Mode::Nuggets, vec!["B tells it too", "Own"]),
        (Mode::Daily(2), vec!["B tells it too", "Own"]),
        (Mode::Muted, vec!["B tells it too"]),
    ] {
        store.set_mode(a, mode, NOW).unwrap();
        assert_eq!(faces(), expected, "{mode:?}");
    }
}
