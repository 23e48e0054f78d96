//! Holds that what the reader says of two posts is obeyed, and can be taken back.

use super::*;
use crate::{
    How, Mark,
    tests::{NOW, ago, everywhere, follow, group, item, number, read, story, titled},
};

/// Sources `a` and `b` tell of one page, `c` of another.
fn told(store: &Store) -> [PostId; 3] {
    for (name, page) in [("a", "quake"), ("b", "quake"), ("c", "other")] {
        let source = follow(store, name);
        read(store, source, NOW, vec![item(page, &format!("{name} tells of {page}"), "<p>words</p>", ago(3))]);
    }
    group(store);
    ["a tells of quake", "b tells of quake", "c tells of other"].map(|title| titled(store, title))
}

#[test]
fn two_tellings_are_put_apart_and_brought_back() {
    everywhere(|store| {
        let [a, b, _] = told(store);
        let stories = || ["a tells of quake", "b tells of quake", "c tells of other"].map(|title| story(store, title));
        let before = stories();
        assert_eq!(store.say(a, b, Verdict::Apart, NOW).unwrap(), [b]);
        assert_ne!(stories()[0], stories()[1]);
        assert_eq!(stories()[0], before[0], "the one that stays keeps its story");
        assert_eq!(store.say(a, b, Verdict::Apart, NOW).unwrap(), []);
        // Taken back in either order of the two; first the second saying, which moved nothing.
        assert_eq!(store.unsay(b, a, Verdict::Apart, NOW).unwrap(), Some(vec![]));
        assert_eq!(store.unsay(b, a, Verdict::Apart, NOW).unwrap(), Some(vec![b]));
        assert_eq!(stories(), before);
        assert_eq!(store.unsay(b, a, Verdict::Apart, NOW).unwrap(), None);
        assert_eq!(number(store, "SELECT count(*) FROM events WHERE what = 'apart'"), 4);
    });
}

#[test]
fn two_stories_are_brought_together_and_taken_apart_again() {
    let store = Store::memory().unwrap();
    let [a, b, c] = told(&store);
    let before = [story(&store, "a tells of quake"), story(&store, "c tells of other")];
    assert_eq!(store.say(c, b, Verdict::Together, NOW).unwrap(), [c], "the older story stays");
    assert_eq!(story(&store, "c tells of other"), before[0]);
    // What was put apart since does not return with the others.
    assert_eq!(store.say(a, c, Verdict::Apart, NOW).unwrap(), [c]);
    assert_eq!(store.unsay(c, b, Verdict::Together, NOW).unwrap(), Some(vec![]));
    assert_eq!(store.unsay(a, c, Verdict::Apart, NOW).unwrap(), Some(vec![c]));
    assert_eq!(store.say(c, b, Verdict::Together, NOW).unwrap(), []);
    assert!(matches!(store.say(a, PostId(99), Verdict::Together, NOW).unwrap_err(), StoreError::Missing { .. }));
}

fn mark(store: &Store, post: PostId, mark: Mark, on: bool) {
    store.mark(&[post], mark, on, How::ByHand, NOW, 0).unwrap();
}

fn relays(store: &Store, posts: &[PostId]) -> Vec<bool> {
    store.marks(posts).unwrap().iter().map(|marks| marks.relay.is_some()).collect()
}

fn unread(store: &Store) -> Vec<PostId> {
    let mut unread: Vec<PostId> = store.unread(10, 0).unwrap().into_iter().map(|post| post.id).collect();
    unread.sort_unstable();
    unread
}

#[test]
fn what_leaves_a_story_that_was_read_comes_back_and_stays_down_again_when_that_is_taken_back() {
    everywhere(|store| {
        let [a, b, c] = told(store);
        mark(store, a, Mark::Read, true);
        assert_eq!((relays(store, &[b]), unread(store)), (vec![true], vec![c]));
        store.say(a, b, Verdict::Apart, NOW).unwrap();
        assert_eq!((relays(store, &[b]), unread(store)), (vec![false], vec![b, c]));
        assert_eq!(number(store, "SELECT count(*) FROM freed"), 1);
        store.unsay(a, b, Verdict::Apart, NOW).unwrap();
        assert_eq!((relays(store, &[b]), unread(store)), (vec![true], vec![c]));
        assert_eq!(number(store, "SELECT count(*) FROM freed"), 0);
    });
}

#[test]
fn when_the_telling_that_was_read_leaves_what_stays_comes_back() {
    let store = Store::memory().unwrap();
    let [a, b, c] = told(&store);
    mark(&store, b, Mark::Read, true);
    store.say(a, b, Verdict::Apart, NOW).unwrap();
    assert_eq!((relays(&store, &[a]), unread(&store)), (vec![false], vec![a, c]));
    store.unsay(a, b, Verdict::Apart, NOW).unwrap();
    assert_eq!((relays(&store, &[a]), unread(&store)), (vec![true], vec![c]));
}

#[test]
fn what_comes_to_a_story_that_was_read_is_put_down_and_lifted_again_when_that_is_taken_back() {
    everywhere(|store| {
        let [a, b, c] = told(store);
        mark(store, c, Mark::Read, true);
        store.say(a, c, Verdict::Together, NOW).unwrap();
        assert_eq!((relays(store, &[a, b, c]), unread(store)), (vec![true, true, false], vec![]));
        // What the reader brought back by hand is theirs.
        mark(store, a, Mark::Relay, false);
        store.unsay(a, c, Verdict::Together, NOW).unwrap();
        assert_eq!((relays(store, &[a, b]), unread(store)), (vec![false, false], vec![a, b]));
        // Where both were read, what is unread in either was left so by the reader.
        mark(store, a, Mark::Read, true);
        mark(store, b, Mark::Relay, false);
        store.say(a, c, Verdict::Together, NOW).unwrap();
        assert_eq!(unread(store), [b]);
    });
}

#[test]
fn what_was_put_down_stays_so_where_its_own_story_was_read_meanwhile() {
    everywhere(|store| {
        let [a, b, c] = told(store);
        mark(store, c, Mark::Read, true);
        store.say(a, c, Verdict::Together, NOW).unwrap();
        mark(store, a, Mark::Read, true);
        store.unsay(a, c, Verdict::Together, NOW).unwrap();
        assert_eq!((relays(store, &[a, b]), unread(store)), (vec![false, true], vec![]));
    });
}

#[test]
fn what_was_read_while_two_were_together_is_told_of_the_one_alone_afterwards() {
    let store = Store::memory().unwrap();
    let [a, b, c] = told(&store);
    store.say(a, c, Verdict::Together, NOW).unwrap();
    mark(&store, a, Mark::Read, true);
    assert_eq!(relays(&store, &[b, c]), [true, true]);
    store.unsay(a, c, Verdict::Together, NOW).unwrap();
    assert_eq!((relays(&store, &[b, c]), unread(&store)), (vec![true, false], vec![c]));
}

#[test]
fn a_copy_leaves_with_its_post_and_a_copy_of_what_stays_leaves_alone() {
    let store = Store::memory().unwrap();
    let [a, b, _] = told(&store);
    let (d, e) = (follow(&store, "d"), follow(&store, "e"));
    read(&store, d, NOW, vec![item("quake", "d tells of quake", "<p>words</p>", ago(2))]);
    read(&store, e, NOW, vec![item("quake", "e tells of quake", "<p>words</p>", ago(1))]);
    group(&store);
    let [d, e] = ["d tells of quake", "e tells of quake"].map(|title| titled(&store, title));
    store
        .keep_relations(crate::Relations { copies: vec![(d, Some(b)), (e, Some(b))], ..Default::default() }, NOW)
        .unwrap();
    assert_eq!(store.say(a, d, Verdict::Apart, NOW).unwrap(), [b, d, e], "by any of them");
    assert_eq!(store.unsay(a, d, Verdict::Apart, NOW).unwrap(), Some(vec![b, d, e]));
    assert_eq!(store.say(b, d, Verdict::Apart, NOW).unwrap(), [d], "these two are not the same");
}

#[test]
fn a_story_that_another_goes_on_with_keeps_what_follows_when_it_is_brought_into_an_older_one() {
    let store = Store::memory().unwrap();
    let [a, _, c] = told(&store);
    let f = follow(&store, "f");
    read(&store, f, NOW, vec![item("later", "f tells of what came of it", "<p>words</p>", NOW)]);
    group(&store);
    let later = titled(&store, "f tells of what came of it");
    store.keep_relations(crate::Relations { earlier: vec![(later, c)], ..Default::default() }, NOW).unwrap();
    let [quake, other, after] = [a, c, later].map(|post| store.post(post).unwrap().story.unwrap());
    assert_eq!(store.course(other).unwrap().1, [after]);
    store.say(a, c, Verdict::Together, NOW).unwrap();
    assert_eq!(store.course(quake).unwrap().1, [after]);
    store.unsay(a, c, Verdict::Together, NOW).unwrap();
    assert_eq!((store.course(quake).unwrap().1, store.course(other).unwrap().1), (vec![], vec![after]));
    // Brought together with what goes on with it, a story goes on with no part of itself.
    store.say(c, later, Verdict::Together, NOW).unwrap();
    assert_eq!(store.course(other).unwrap(), (vec![], vec![]));
}

#[test]
fn a_verdict_holds_for_a_post_that_its_source_took_back_and_brings_again_and_the_last_one_counts() {
    let store = Store::memory().unwrap();
    let [a, b, c] = told(&store);
    assert_eq!(store.verdicts_on(&[a, b, c]).unwrap(), []);
    store.say(a, b, Verdict::Apart, NOW).unwrap();
    assert_eq!(store.verdicts_on(&[b, c]).unwrap(), [(a, b, Verdict::Apart)]);
    let source = store.post(b).unwrap().source;
    let mut gone = crate::tests::visit(&store, source, NOW, Vec::new());
    if let crate::Outcome::Read { whole, .. } = &mut gone.outcome {
        *whole = Some(Box::new(crate::StillThere { since: ago(9), identities: Vec::new() }));
    }
    store.keep_visits(vec![gone]).unwrap();
    assert!(store.post(b).is_err(), "it was taken back");
    read(&store, source, NOW, vec![item("quake", "b tells of quake", "<p>words</p>", ago(3))]);
    let again = titled(&store, "b tells of quake");
    assert_ne!(again, b);
    assert_eq!(store.verdicts_on(&[again]).unwrap(), [(a, again, Verdict::Apart)]);
    group(&store);
    store.say(a, again, Verdict::Together, NOW).unwrap();
    assert_eq!(store.verdicts_on(&[a]).unwrap(), [(a, again, Verdict::Together)]);
    store.unsay(a, again, Verdict::Together, NOW).unwrap();
    assert_eq!(store.verdicts_on(&[a]).unwrap(), [(a, again, Verdict::Apart)]);
}

/// Takes `post` back, as its source does.
fn take_back(store: &Store, post: PostId) {
    let source = store.post(post).unwrap().source;
    let mut gone = crate::tests::visit(store, source, NOW, Vec::new());
    if let crate::Outcome::Read { whole, .. } = &mut gone.outcome {
        *whole = Some(Box::new(crate::StillThere { since: ago(9), identities: Vec::new() }));
    }
    store.keep_visits(vec![gone]).unwrap();
    assert!(store.post(post).is_err(), "it was taken back");
}

#[test]
fn two_stories_that_a_third_lies_between_are_brought_together_without_a_circle() {
    everywhere(|store| {
        let [a, _, c] = told(store);
        let f = follow(store, "f");
        read(store, f, NOW, vec![item("later", "f tells of what came of it", "<p>words</p>", NOW)]);
        group(store);
        let later = titled(store, "f tells of what came of it");
        let [first, between, last] = [a, c, later].map(|post| store.post(post).unwrap().story.unwrap());
        let earlier = vec![(c, a), (later, c)];
        store.keep_relations(crate::Relations { earlier, ..Default::default() }, NOW).unwrap();
        assert_eq!(store.course(last).unwrap(), (vec![between, first], vec![]));
        store.say(a, later, Verdict::Together, NOW).unwrap();
        assert_eq!(store.course(first).unwrap(), (vec![], vec![between]), "it goes on with nothing of what follows it");
        assert_eq!(store.course(between).unwrap(), (vec![first], vec![]));
        store.unsay(a, later, Verdict::Together, NOW).unwrap();
        assert_eq!(store.course(last).unwrap(), (vec![between, first], vec![]));
    });
}

#[test]
fn a_story_that_came_first_in_the_library_and_last_in_time_makes_no_circle_either() {
    let store = Store::memory().unwrap();
    let [a, _, c] = told(&store);
    let f = follow(&store, "f");
    read(&store, f, NOW, vec![item("before", "f tells of what was before", "<p>words</p>", ago(9))]);
    group(&store);
    let oldest = titled(&store, "f tells of what was before");
    let [last, between] = [a, c].map(|post| store.post(post).unwrap().story.unwrap());
    let earlier = vec![(a, c), (c, oldest)];
    store.keep_relations(crate::Relations { earlier, ..Default::default() }, NOW).unwrap();
    store.say(a, oldest, Verdict::Together, NOW).unwrap();
    assert_eq!(store.course(last).unwrap(), (vec![], vec![between]));
    assert_eq!(store.course(between).unwrap(), (vec![last], vec![]));
}

#[test]
fn a_verdict_on_a_post_that_was_taken_back_and_came_again_can_be_taken_back() {
    everywhere(|store| {
        let [a, b, c] = told(store);
        store.say(a, b, Verdict::Apart, NOW).unwrap();
        let source = store.post(b).unwrap().source;
        take_back(store, b);
        read(store, source, NOW, vec![item("quake", "b tells of quake", "<p>words</p>", ago(3))]);
        let again = titled(store, "b tells of quake");
        store.settle(&[(again, pepites_core::stories::Home::OpenedBy(again))], crate::Words::default()).unwrap();
        assert_ne!(story(store, "a tells of quake"), story(store, "b tells of quake"));
        assert_eq!(store.unsay(a, again, Verdict::Apart, NOW).unwrap(), Some(vec![again]));
        assert_eq!(story(store, "a tells of quake"), story(store, "b tells of quake"));
        // And of two that were brought together.
        store.say(a, c, Verdict::Together, NOW).unwrap();
        let source = store.post(c).unwrap().source;
        take_back(store, c);
        read(store, source, NOW, vec![item("other", "c tells of other", "<p>words</p>", ago(3))]);
        let again = titled(store, "c tells of other");
        let home = pepites_core::stories::Home::Known(story(store, "a tells of quake"));
        store.settle(&[(again, home)], crate::Words::default()).unwrap();
        assert_eq!(store.unsay(a, again, Verdict::Together, NOW).unwrap(), Some(vec![again]));
        assert_ne!(story(store, "a tells of quake"), story(store, "c tells of other"));
    });
}
