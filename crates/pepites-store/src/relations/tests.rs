//! Holds how tellings and stories are to each other, as the library keeps it.

use super::*;
use crate::{
    How, Mark,
    store::Durability,
    tests::{NOW, ago, everywhere, follow, group, item, number, read, story, titled},
};

/// Sources `a` and `b` tell of one page, `c` of another.
fn told(store: &Store) -> [PostId; 3] {
    for (name, page, day) in [("a", "quake", 3), ("b", "quake", 2), ("c", "other", 1)] {
        let source = follow(store, name);
        read(
            store,
            source,
            NOW,
            vec![item(page, &format!("{name} tells of {page}"), "<p>words &amp; more</p>", ago(day))],
        );
    }
    group(store);
    ["a tells of quake", "b tells of quake", "c tells of other"].map(|title| titled(store, title))
}

#[test]
fn stories_with_one_telling_have_no_relations_and_the_others_say_what_was_made_of_them() {
    everywhere(|store| {
        let [a, b, c] = told(store);
        let state = || {
            let told = store.told(&[b, c]).unwrap();
            assert_eq!(told.len(), 1);
            (told[0].tellings.iter().map(|telling| telling.post).collect::<Vec<_>>(), told[0].read, told[0].skipped)
        };
        assert_eq!(state(), (vec![a, b], false, false));
        store.mark(&[a], Mark::Read, true, How::Opened, NOW, 0).unwrap();
        store.mark(&[b], Mark::Skipped, true, How::ByHand, NOW, 0).unwrap();
        assert_eq!(state(), (vec![a, b], true, true));
        assert_eq!(store.told(&[c, PostId(99)]).unwrap(), []);
    });
}

#[test]
fn relations_are_kept_and_marks_of_the_reader_win() {
    everywhere(|store| {
        let [a, b, c] = told(store);
        store.mark(&[c], Mark::Skipped, true, How::ByHand, NOW, 0).unwrap();
        let found = Relations {
            copies: vec![(a, None), (b, Some(a))],
            news: vec![b],
            relays: vec![b, c],
            earlier: vec![(c, a), (a, b)],
            ..Relations::default()
        };
        store.keep_relations(Relations { copies: Vec::new(), ..found.clone() }, NOW).unwrap();
        assert_eq!(store.marks(&[b]).unwrap()[0].relay, None, "nothing of its story is read any more");
        assert_eq!(store.news_among(&[b]).unwrap(), BTreeSet::new());
        // Read before the other came.
        store
            .write(Durability::Process, move |library| {
                library.execute("INSERT INTO marks (post, source, read) VALUES (?1, 1, 1)", [a.0])?;
                Ok(())
            })
            .unwrap();
        store.keep_relations(found, NOW).unwrap();
        let marks = store.marks(&[b, c]).unwrap();
        assert_eq!((marks[0].relay, marks[1].relay), (Some(NOW), None));
        assert_eq!(store.news_among(&[a, b]).unwrap(), BTreeSet::from([b]));
        assert_eq!(number(store, "SELECT count(*) FROM posts WHERE copy_of IS NOT NULL"), 1);
        let (quake, other) = (story(store, "a tells of quake"), story(store, "c tells of other"));
        assert_eq!(store.course(other).unwrap(), (vec![quake], vec![]));
        // A story goes on with no part of itself.
        assert_eq!(store.course(quake).unwrap(), (vec![], vec![other]));
        store.keep_relations(Relations { copies: vec![(b, None)], ..Relations::default() }, NOW).unwrap();
        assert_eq!(number(store, "SELECT count(*) FROM posts WHERE copy_of IS NOT NULL"), 0);
    });
}

#[test]
fn a_course_of_events_that_bites_its_tail_ends() {
    let store = Store::memory().unwrap();
    let [a, _, c] = told(&store);
    let found = Relations { earlier: vec![(c, a), (a, c)], ..Relations::default() };
    store.keep_relations(found, NOW).unwrap();
    let (quake, other) = (story(&store, "a tells of quake"), story(&store, "c tells of other"));
    assert_eq!(store.course(other).unwrap(), (vec![quake], vec![]));
}

#[test]
fn what_is_known_of_a_story_is_known_since_it_was_read_and_not_in_this_sitting() {
    let store = Store::memory().unwrap();
    let [a, b, _] = told(&store);
    let quake = story(&store, "a tells of quake");
    assert_eq!(store.seen_since(quake, NOW).unwrap(), None);
    store.mark(&[a], Mark::Read, true, How::Opened, ago(1), 0).unwrap();
    store.mark(&[b], Mark::Read, true, How::Opened, NOW, 0).unwrap();
    assert_eq!(store.seen_since(quake, ago(0).plus(-1)).unwrap(), Some(ago(1)));
    assert_eq!(store.seen_since(quake, ago(2)).unwrap(), None);
}

#[test]
fn what_is_folded_stands_in_no_text_that_a_list_shows() {
    for (html, expected) in [
        ("<p>a</p>", "<p>a</p>"),
        ("<details><summary>Hm</summary><p>x</p></details><p>b</p>", "Hm <p>b</p>"),
        (
            "<p>a</p><details open=\"\"><summary>O</summary>x<details><summary>I</summary>y</details>z</details>b",
            "<p>a</p>O b",
        ),
        ("<details>x", " "),
        ("<details>x</details>é", " é"),
    ] {
        assert_eq!(unfolded(html), expected, "{html}");
    }
}

#[test]
fn texts_are_without_markup_and_a_post_without_a_body_has_none() {
    let store = Store::memory().unwrap();
    let [a, ..] = told(&store);
    let texts = store.texts(&[a, PostId(99)]).unwrap();
    assert_eq!((texts[&a].trim(), texts[&PostId(99)].as_str()), ("words & more", ""));
}
