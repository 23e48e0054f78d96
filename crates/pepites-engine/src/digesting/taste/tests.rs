//! Holds that what was learned of a taste reaches the digest, the same for every window that is tried.

use std::collections::BTreeMap;

use pepites_core::{digest::Budget, model::StoryId};

use crate::{
    contract::{DigestAsk, DigestView, MarkView},
    fixture::Library,
};

/// Points by taste of each story.
fn by_taste(digest: &DigestView) -> BTreeMap<StoryId, f64> {
    let points = |parts: &[pepites_core::score::Part]| {
        parts.iter().filter(|part| part.signal == "taste").fold(0.0, |sum, part| sum + part.points)
    };
    digest.entries.iter().map(|entry| (entry.story, points(&entry.parts))).collect()
}

#[test]
fn a_story_is_liked_as_much_however_many_windows_were_tried() {
    let library = Library::new();
    let (ana, ben) = (library.follow("ana"), library.follow("ben"));
    library.bring_many(ana, "ana", 20);
    // Older than the first window, and enough of them to make "boat" and "harbour" rarer than they are in it.
    let old = (0..80).map(|n| library.item("ben", &format!("Parking fines of street {n} again"), 100 + n));
    library.bring(ben, old.collect());
    let make = |posts| {
        let ask = DigestAsk { budget: Some(Budget::Posts(posts)), again: true, more: false };
        library.engine.today(&ask).unwrap()
    };
    let before = make(10);
    assert!(by_taste(&before).values().all(|points| *points == 0.0), "nothing is known yet");
    library.engine.mark(&library.posts(ana)[..10], MarkView::Starred, true).unwrap();
    library.engine.mark(&library.posts(ben)[70..], MarkView::Skipped, true).unwrap();

    let (first, widest) = (make(10), make(80));
    assert!(first.line.since > widest.line.since, "another window");
    let (near, far) = (by_taste(&first), by_taste(&widest));
    assert!(near.values().all(|points| *points > 0.0), "{near:?}");
    let common: Vec<_> = near.iter().filter(|(story, _)| far.contains_key(story)).collect();
    assert!(!common.is_empty());
    for (story, points) in common {
        assert_eq!(far.get(story), Some(points), "{story:?}");
    }
}
