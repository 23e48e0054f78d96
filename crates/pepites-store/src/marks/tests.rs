//! Holds that a mark is set once, told once, and taken away only by the reader.

use pepites_core::model::{Moment, PostId};

use crate::{
    How, Mark, Marked, Marks, Store,
    tests::{NOW, ago, everywhere, follow, item, number, read, titled},
};

fn with_posts(store: &Store) -> Vec<PostId> {
    let source = follow(store, "a");
    let items = ["One", "Two", "Three"].map(|title| item(title, title, &format!("<p>{title}</p>"), ago(1)));
    read(store, source, NOW, items.to_vec());
    ["One", "Two", "Three"].map(|title| titled(store, title)).to_vec()
}

#[test]
fn a_mark_says_what_changed_and_what_is_missing() {
    everywhere(|store| {
        let posts = with_posts(store);
        let (one, two, three, none) = (posts[0], posts[1], posts[2], PostId(999));
        let mark = |posts: &[PostId], mark, on, at| store.mark(posts, mark, on, How::ByHand, at, 60).unwrap();
        assert_eq!(
            mark(&[two, none, one, two, none], Mark::Read, true, NOW),
            Marked { changed: vec![two, one], relays: vec![], missing: vec![none] }
        );
        let later = NOW.plus(Moment::HOUR);
        assert_eq!(mark(&[one, three], Mark::Read, true, later).changed, [three]);
        assert_eq!(mark(&[one], Mark::Starred, true, later).changed, [one]);
        assert_eq!(mark(&[three], Mark::Skipped, true, later).changed, [three]);
        assert_eq!(mark(&[one, two], Mark::Starred, false, later).changed, [one]);
        assert_eq!(mark(&[two], Mark::Skipped, false, later).changed, []);
        assert_eq!(
            store.marks(&[three, none, one]).unwrap(),
            [
                Marks { read: Some(later), skipped: Some(later), ..Marks::default() },
                Marks::default(),
                Marks { read: Some(NOW), ..Marks::default() },
            ]
        );
        assert_eq!(store.post(one).unwrap().marks.read, Some(NOW));
        assert_eq!(number(store, "SELECT count(*) FROM events WHERE post_key IS NOT NULL"), 6);
        assert_eq!(number(store, "SELECT count(*) FROM events WHERE offset_minutes = 60 AND how = 'by_hand'"), 6);
    });
}

#[test]
fn an_event_names_the_post_as_other_devices_know_it() {
    let store = Store::memory().unwrap();
    let posts = with_posts(&store);
    store.mark(&posts[..1], Mark::Starred, true, How::ByHand, NOW, -120).unwrap();
    let event: (String, String, String, i64, String) = store
        .read(|library| {
            Ok(library.query_row(
                "SELECT post_key, source_kind, source_locator, at, value FROM events WHERE what = 'starred'",
                [],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
            )?)
        })
        .unwrap();
    let key = store.post(posts[0]).unwrap().key.0;
    assert_eq!(event, (key, "feed".into(), "https://a.example/feed".into(), NOW.0, "true".into()));
}

#[test]
fn a_post_swept_away_and_opened_later_was_opened() {
    let store = Store::memory().unwrap();
    let posts = with_posts(&store);
    let read = |how| store.mark(&posts[..1], Mark::Read, true, how, NOW, 0).unwrap().changed.len();
    assert_eq!(
        [read(How::InBulk), read(How::ByHand), read(How::Opened), read(How::Opened), read(How::InBulk)],
        [1, 0, 0, 0, 0]
    );
    assert_eq!(number(&store, "SELECT count(*) FROM events WHERE what = 'read'"), 2);
    assert_eq!(number(&store, "SELECT read_how = 'opened' FROM marks"), 1);
}

#[test]
fn starred_posts_come_newest_star_first() {
    everywhere(|store| {
        let posts = with_posts(store);
        for (post, at) in [(posts[1], ago(3)), (posts[0], ago(1)), (posts[2], ago(2))] {
            store.mark(&[post], Mark::Starred, true, How::ByHand, at, 0).unwrap();
        }
        let ids =
            |limit, offset| store.starred(limit, offset).unwrap().into_iter().map(|post| post.id).collect::<Vec<_>>();
        assert_eq!(ids(10, 0), [posts[0], posts[2], posts[1]]);
        assert_eq!(ids(1, 1), [posts[2]]);
    });
}
