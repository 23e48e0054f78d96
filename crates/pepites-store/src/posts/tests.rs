//! Holds that a post comes back as it went in.

use pepites_core::model::{Batch, Enclosure, Item, Moment, PostId};
use pepites_core::normalise::normalise;

use crate::{
    StoreError,
    tests::{NOW, ago, everywhere, follow, item, read, titled},
};

#[test]
fn a_post_comes_back_as_it_went_in() {
    everywhere(|store| {
        let source = follow(store, "a");
        let enclosure = Enclosure {
            url: "https://media.example/talk.mp3".into(),
            media_type: Some("audio/mpeg".into()),
            bytes: Some(u64::from(u32::MAX) + 1),
            seconds: Some(1234),
        };
        let rich = Item {
            authors: vec!["Ada".into(), "Zoé".into()],
            tags: vec!["rust".into(), "café".into()],
            enclosures: vec![enclosure],
            language: Some("fr".into()),
            ..item("x", "Été à Lima", "<p>Un <b>long</b> récit</p>", ago(1))
        };
        let bare = Item { html: Some("<p>only a body</p>".into()), ..Item::default() };
        let batch = Batch { items: vec![rich.clone(), bare.clone()], ..Batch::default() };
        let made = normalise(&store.source(source).unwrap(), batch, NOW);
        read(store, source, NOW, vec![rich, bare]);
        for post in made {
            let kept = store.post(titled(store, &post.title)).unwrap();
            assert_eq!(
                (&kept.key, &kept.link, &kept.title, kept.untitled),
                (&post.key, &post.link, &post.title, post.untitled)
            );
            assert_eq!(
                (&kept.author, &kept.html, &kept.lead, kept.words),
                (&post.author, &post.html, &post.lead, post.words)
            );
            assert_eq!((&kept.language, kept.published, kept.dated), (&post.language, post.published, post.dated));
            assert_eq!((&kept.tags, &kept.enclosures), (&post.tags, &post.enclosures));
            assert_eq!((kept.source, kept.arrived, kept.edited, kept.story), (source, NOW, None, None));
        }
    });
}

#[test]
fn posts_of_a_source_come_newest_first_a_page_at_a_time() {
    everywhere(|store| {
        let (source, other) = (follow(store, "a"), follow(store, "b"));
        let items = (0..7_i64).map(|n| {
            item(&n.to_string(), &format!("Post {n}"), &format!("<p>{n}</p>"), NOW.plus((n * 5 % 7 - 9) * Moment::HOUR))
        });
        read(store, source, NOW, items.collect());
        read(store, other, NOW, vec![item("x", "Other", "<p>x</p>", NOW)]);
        let titles = |limit, offset| {
            store.posts_of(source, limit, offset).unwrap().into_iter().map(|post| post.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(3, 0), ["Post 4", "Post 1", "Post 5"]);
        assert_eq!(titles(100, 3), ["Post 2", "Post 6", "Post 3", "Post 0"]);
    });
}

#[test]
fn a_post_that_is_not_there_is_named() {
    everywhere(|store| {
        let told = store.post(PostId(12)).err();
        assert!(matches!(&told, Some(StoreError::Missing { noun: "post", id }) if id == "12"), "{told:?}");
    });
}
