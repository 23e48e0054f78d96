//! Holds that a digest reads tomorrow as it did today.

use std::{sync::Arc, time::Duration};

use pepites_core::model::{Day, DigestId, PostId, StoryId};

use crate::{
    EntryRow, KeepRule, LEFT_OUT_KEPT, LeftOutRow, NewDigest, Store, StoreError, Unless,
    tests::{NOW, ago, everywhere, follow, group, item, number, on_disk, read, story, titled},
};

pub(crate) fn digest(day: &str, entries: Vec<EntryRow>) -> NewDigest {
    NewDigest {
        day: Day(day.to_owned()),
        made: NOW,
        since: ago(1),
        seen: PostId(12),
        budget: r#"{"posts":100}"#.to_owned(),
        seconds: 90,
        candidates: 5,
        entries,
        away: 0,
        posts: 0,
        muted: 0,
        opened: true,
        left_out: [(8, 9), (6, 7), (4, 5)].into_iter().map(|(story, face)| left(story, face)).collect(),
    }
}

fn left(story: i64, face: i64) -> LeftOutRow {
    LeftOutRow { story: StoryId(story), face: PostId(face), why: Some(format!("{{\"key\":\"left_out.{face}\"}}")) }
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
        let id = store.keep_digest(&new, None).unwrap();
        let kept = store.digest(id).unwrap();
        assert_eq!(kept.entries, entries);
        let line = &kept.line;
        assert_eq!((line.id, &line.day, line.edition, line.made, line.since), (id, &new.day, 1, new.made, new.since));
        assert_eq!(line.seen, new.seen);
        assert_eq!((line.stories, line.nuggets, line.left_out, line.seconds), (3, 2, 3, 90));
        assert_eq!(line.budget, new.budget);
        assert_eq!(store.left_out(id, 10, 0).unwrap(), new.left_out);
        assert_eq!(store.left_out(id, 1, 1).unwrap(), new.left_out[1..2]);
        assert_eq!(store.digest_of(&new.day).unwrap(), Some(kept));
    });
}

#[test]
fn all_that_is_left_out_is_counted_and_the_best_of_it_kept() {
    let store = Store::memory().unwrap();
    let many = i64::try_from(LEFT_OUT_KEPT).unwrap() + 5;
    let left_out: Vec<_> = (1..=many).map(|number| left(number, number)).collect();
    let id =
        store.keep_digest(&NewDigest { left_out: left_out.clone(), ..digest("2026-11-23", Vec::new()) }, None).unwrap();
    assert_eq!(i64::from(store.digest(id).unwrap().line.left_out), many);
    assert!(store.left_out(id, u32::MAX, 0).unwrap() == left_out[..LEFT_OUT_KEPT]);
}

#[test]
fn each_digest_of_a_day_is_an_edition() {
    everywhere(|store| {
        assert_eq!(store.digest_of(&Day("2026-11-23".into())).unwrap(), None);
        for day in ["2026-11-23", "2026-11-22", "2026-11-23", "2026-11-23"] {
            store.keep_digest(&digest(day, Vec::new()), None).unwrap();
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
fn two_processes_that_make_the_digest_of_a_day_at_once_keep_one() {
    let (folder, first) = on_disk();
    let second = Store::open(folder.path(), Duration::from_secs(10)).unwrap();
    let day = |budget: &str| NewDigest { budget: budget.to_owned(), ..digest("2026-11-23", Vec::new()) };
    let unless = |later_than, budget: Option<&str>| Unless { later_than, budget: budget.map(str::to_owned) };
    let editions = || number(&first, "SELECT count(*) FROM digests");

    let start = Arc::new(std::sync::Barrier::new(2));
    let ids = [first.clone(), second.clone()].map(|store| {
        let (start, new, none) = (Arc::clone(&start), day("usual"), unless(0, None));
        std::thread::spawn(move || {
            start.wait();
            store.keep_digest(&new, Some(&none)).unwrap()
        })
    });
    let [one, other] = ids.map(|thread| thread.join().unwrap());
    assert_eq!((one, editions()), (other, 1), "none had been made when both were asked");

    assert_eq!((first.keep_digest(&day("usual"), Some(&unless(0, Some("usual")))).unwrap(), editions()), (one, 1));
    let larger = first.keep_digest(&day("large"), Some(&unless(0, Some("large")))).unwrap();
    assert_eq!(editions(), 2, "another budget is another wish");
    assert_eq!(second.keep_digest(&day("large"), Some(&unless(1, Some("large")))).unwrap(), larger);
    assert_eq!(second.keep_digest(&day("usual"), Some(&unless(1, None))).unwrap(), larger);
    assert_eq!(editions(), 2);
    second.keep_digest(&day("usual"), Some(&unless(2, None))).unwrap();
    first.keep_digest(&day("usual"), None).unwrap();
    assert_eq!(editions(), 4, "what was asked for anew is made anew");
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
        store.keep_digest(&NewDigest { made, ..digest("2026-11-01", vec![entry]) }, None).unwrap()
    };
    show("Shown", ago(10));
    let old = show("Older digest", ago(40));
    let trimmed = store.trim(KeepRule { read_days: Some(30), unread_days: Some(30) }, NOW).unwrap();
    assert_eq!(trimmed.posts, 2);
    assert_eq!(store.post(titled(&store, "Shown")).unwrap().title, "Shown");
    assert_eq!(store.digest(old).unwrap().entries.len(), 1);
}
