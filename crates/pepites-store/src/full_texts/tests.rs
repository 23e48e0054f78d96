//! Holds that a full text comes back as it was, goes with its post, and that the oldest make room.

use pepites_core::{
    article::Article,
    model::{FullText, PostId, SourceId},
    normalise::full_text,
};

use super::*;
use crate::{
    How, KeepRule, Mark,
    tests::{NOW, ago, everywhere, follow, item, read, titled},
};

fn text(store: &Store, source: SourceId, words: &str) -> FullText {
    let article = Article { html: format!("<p>{words}</p>"), base: "https://pages.example/".to_owned(), teaser: false };
    full_text(&store.source(source).unwrap(), "https://pages.example/one", &article)
}

fn three(store: &Store) -> (SourceId, Vec<PostId>) {
    let source = follow(store, "a");
    let titles = ["One", "Two", "Three"];
    read(store, source, ago(40), titles.iter().map(|title| item(title, title, "<p>x</p>", ago(41))).collect());
    (source, titles.iter().map(|title| titled(store, title)).collect())
}

#[test]
fn a_full_text_comes_back_as_it_was_and_a_later_one_takes_its_place() {
    everywhere(|store| {
        let (source, posts) = three(store);
        assert_eq!(store.full_text(posts[0]).unwrap(), None);
        for words in ["a few words".to_owned(), "many words – été ".repeat(500)] {
            let text = text(store, source, &words);
            store.keep_full_text(posts[0], &text, NOW).unwrap();
            let kept = store.full_text(posts[0]).unwrap().unwrap();
            assert_eq!(kept, StoredFullText { html: text.html, words: text.words, at: NOW });
        }
        store.keep_full_text(PostId(999), &text(store, source, "of no post"), NOW).unwrap();
        assert_eq!(store.full_text(PostId(999)).unwrap(), None);
    });
}

#[test]
fn a_dropped_post_takes_its_full_text_with_it() {
    everywhere(|store| {
        let (source, posts) = three(store);
        store.mark(&posts[1..2], Mark::Starred, true, How::ByHand, NOW, 0).unwrap();
        for post in &posts {
            store.keep_full_text(*post, &text(store, source, "some words"), NOW).unwrap();
        }
        store.trim(KeepRule { read_days: Some(1), unread_days: Some(1) }, NOW).unwrap();
        let kept: Vec<bool> = posts.iter().map(|post| store.full_text(*post).unwrap().is_some()).collect();
        assert_eq!(kept, [false, true, false]);
    });
}

#[test]
fn the_oldest_make_room_and_those_of_starred_posts_last() {
    everywhere(|store| {
        let (source, posts) = three(store);
        store.mark(&posts[..1], Mark::Starred, true, How::ByHand, NOW, 0).unwrap();
        for (day, post) in posts.iter().enumerate() {
            let (post, text) = (*post, text(store, source, "some words"));
            let at = ago(9 - i64::try_from(day).unwrap());
            store.write(Durability::Process, move |library| keep(library, post, &text, at, 2)).unwrap();
        }
        let kept: Vec<bool> = posts.iter().map(|post| store.full_text(*post).unwrap().is_some()).collect();
        assert_eq!(kept, [true, false, true]);
    });
}

#[test]
fn a_source_remembers_that_its_posts_are_opened_with_their_full_text() {
    everywhere(|store| {
        let (source, _) = three(store);
        assert!(!store.source(source).unwrap().full_text);
        for on in [true, true, false] {
            store.set_full_text(source, on, NOW).unwrap();
            assert_eq!(store.source(source).unwrap().full_text, on);
        }
        assert!(store.set_full_text(SourceId(999), true, NOW).is_err());
    });
}
