//! Holds that what the reader says of two posts is obeyed, and can be taken back.

use super::*;
use crate::tests::{NOW, ago, everywhere, follow, group, item, number, read, story, titled};

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
