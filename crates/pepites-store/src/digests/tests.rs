//! Holds that a digest reads tomorrow as it did today.

use pepites_core::model::{Day, DigestId, PostId, StoryId};

use crate::{
    EntryRow, KeepRule, NewDigest, Store, StoreError,
    tests::{NOW, ago, everywhere, follow, group, item, read, story, titled},
};

pub(crate) fn digest(day: &str, entries: Vec<EntryRow>) -> NewDigest {
    NewDigest {
        day: Day(day.to_owned()),
        made: NOW,
        since: ago(1),
        budget: r#"{"posts":100}"#.to_owned(),
        seconds: 90,
        candidates: 5,
        entries,
        left_out: vec![(StoryId(8), PostId(9)), (StoryId(6), PostId(7)), (StoryId(4), PostId(5))],
    }
}

pub(crate) fn entry(story: StoryId, face: PostId) -> EntryRow {
    EntryRow {
        story,
        face,
        posts: vec![face, PostId(77)],
        nugget: face.0 % 2 == 0,
        snapshot: format!("{{\"n\":{face}}}"),
    }
}

#[test]
fn a_digest_comes_back_as_it_was_made_even_without_its_posts() {
    everywhere(|store| {
        let entries = vec![entry(StoryId(3), PostId(30)), entry(StoryId(1), PostId(11)), entry(StoryId(2), PostId(20))];
        let new = digest("2026-11-23", entries.clone());
        let id = store.keep_digest(&new).unwrap();
        let kept = store.digest(id).unwrap();
        assert_eq!(kept.entries, entries);
        let line = &kept.line;
        assert_eq!((line.id, &line.day, line.edition, line.made, line.since), (id, &new.day, 1, new.made, new.since));
        assert_eq!((line.stories, line.nuggets, line.left_out, line.seconds), (3, 2, 3, 90));
        assert_eq!(line.budget, new.budget);
        assert_eq!(store.left_out(id, 10, 0).unwrap(), new.left_out);
        assert_eq!(store.left_out(id, 1, 1).unwrap(), new.left_out[1..2]);
        assert_eq!(store.digest_of(&new.day).unwrap(), Some(kept));
    });
}

#[test]
fn each_digest_of_a_day_is_an_edition() {
    everywhere(|store| {
        assert_eq!(store.digest_of(&Day("2026-11-23".into())).unwrap(), None);
        for day in ["2026-11-23", "2026-11-22", "2026-11-23", "2026-11-23"] {
            store.keep_digest(&digest(day, Vec::new())).unwrap();
        }
        let lines = |limit| {
            let lines = store.digests(limit).unwrap();
            lines.into_iter().map(|line| (line.day.0, line.edition)).collect::<Vec<_>>()
        };
        let all = [("2026-11-23", 3), ("2026-11-23", 2), ("2026-11-23", 1), ("2026-11-22", 1)];
        assert_eq!(lines(10), all.map(|(day, edition)| (day.to_owned(), edition)));
        assert_eq!(lines(1).len(), 1);
        assert_eq!(store.digest_of(&Day("2026-11-23".into())).unwrap().unwrap().line.edition, 3);
    });
}

#[test]
fn a_digest_that_is_not_there_is_named() {
    let store = Store::memory().unwrap();
    for told in [store.digest(DigestId(4)).err(), store.left_out(DigestId(4), 1, 0).err()] {
        assert!(matches!(&told, Some(StoreError::Missing { noun: "digest", id }) if id == "4"), "{told:?}");
    }
}

#[test]
fn posts_of_the_digests_of_a_month_are_kept() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let items =
        ["Shown", "Older digest", "Left out"].map(|title| item(title, title, &format!("<p>{title}</p>"), ago(90)));
    read(&store, source, ago(80), items.to_vec());
    group(&store);
    let show = |title, made| {
        let entry =
            EntryRow { posts: vec![titled(&store, title)], ..entry(story(&store, title), titled(&store, title)) };
        store.keep_digest(&NewDigest { made, ..digest("2026-11-01", vec![entry]) }).unwrap()
    };
    show("Shown", ago(10));
    let old = show("Older digest", ago(40));
    let trimmed = store.trim(KeepRule { read_days: Some(30), unread_days: Some(30) }, NOW).unwrap();
    assert_eq!(trimmed.posts, 2);
    assert_eq!(store.post(titled(&store, "Shown")).unwrap().title, "Shown");
    assert_eq!(store.digest(old).unwrap().entries.len(), 1);
}
