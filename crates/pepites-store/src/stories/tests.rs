//! Holds that a post is in one story, that grouping twice changes nothing, and who tells what.

use pepites_core::{
    model::{Moment, PostId, StoryId},
    stories::{Home, Learnt, Sought, Telling},
};

use super::{Settling, UNRELATED, settling};
use crate::{
    Recalled, Relations, Store, Words,
    store::{Durability, Queue},
    tests::{NOW, ago, everywhere, follow, group, in_the_middle, item, number, on_disk, read, story, titled},
};

/// Three sources: `a` and `b` tell of one page, `c` of another.
fn told(store: &Store) {
    for (name, page, at) in [("a", "quake", 3), ("b", "quake", 2), ("c", "other", 1)] {
        let source = follow(store, name);
        let title = format!("{name} tells of {page}");
        read(store, source, NOW, vec![item(page, &title, &format!("<p>the words of {name}</p>"), ago(at))]);
    }
}

#[test]
fn posts_wait_for_their_story_in_order_of_publication() {
    everywhere(|store| {
        told(store);
        let waiting = store.ungrouped(2).unwrap();
        assert_eq!(waiting.iter().map(|telling| telling.at).collect::<Vec<_>>(), [ago(3), ago(2)]);
        assert!(waiting.iter().all(|telling| telling.story.is_none() && !telling.keys.is_empty()));
        group(store);
        assert_eq!(store.ungrouped(10).unwrap(), []);
        assert_eq!(story(store, "a tells of quake"), story(store, "b tells of quake"));
        assert_ne!(story(store, "a tells of quake"), story(store, "c tells of other"));
    });
}

#[test]
fn a_late_telling_finds_the_story_that_is_there() {
    everywhere(|store| {
        told(store);
        group(store);
        let late = follow(store, "late");
        read(store, late, NOW, vec![item("quake", "Late news of it", "<p>late words</p>", NOW)]);
        let new = store.ungrouped(10).unwrap();
        let known = |since| {
            store
                .tellings_with(&Sought { since, keys: new[0].keys.clone(), ..Sought::default() }, Recalled::default())
                .unwrap()
        };
        let sought = |tellings: Vec<Telling>| tellings.iter().map(|telling| telling.post).collect::<Vec<_>>();
        let (a, b) = (titled(store, "a tells of quake"), titled(store, "b tells of quake"));
        assert_eq!(known(ago(10))[0].story, Some(story(store, "a tells of quake")));
        assert_eq!(sought(known(ago(10))), [a, b]);
        assert_eq!(sought(known(ago(2))), [b]);
        assert_eq!(sought(known(NOW)), []);
        group(store);
        assert_eq!(story(store, "Late news of it"), story(store, "a tells of quake"));
    });
}

#[test]
fn two_processes_that_group_the_same_posts_make_the_same_stories() {
    let store = Store::memory().unwrap();
    told(&store);
    let [a, b, c] = ["a tells of quake", "b tells of quake", "c tells of other"].map(|title| titled(&store, title));
    let homes = [(a, Home::OpenedBy(a)), (b, Home::OpenedBy(a)), (c, Home::OpenedBy(c))];
    store.settle(&homes[..2], Words::default()).unwrap();
    store.settle(&homes, Words::default()).unwrap();
    store.settle(&homes, Words::default()).unwrap();
    assert_eq!(number(&store, "SELECT count(*) FROM stories"), 2);
    assert_eq!(story(&store, "a tells of quake"), story(&store, "b tells of quake"));
    // What is not there is left out; what is settled stays.
    store
        .settle(
            &[(PostId(99), Home::OpenedBy(PostId(99))), (b, Home::Known(story(&store, "c tells of other")))],
            Words::default(),
        )
        .unwrap();
    assert_eq!(number(&store, "SELECT count(*) FROM stories"), 2);
    assert_eq!(story(&store, "a tells of quake"), story(&store, "b tells of quake"));
}

#[test]
fn a_story_that_another_process_opened_meanwhile_takes_what_belongs_with_its_posts() {
    let store = Store::memory().unwrap();
    told(&store);
    let [a, b, c] = ["a tells of quake", "b tells of quake", "c tells of other"].map(|title| titled(&store, title));
    // The other process had not seen `a` yet.
    store.settle(&[(b, Home::OpenedBy(b))], Words::default()).unwrap();
    store.settle(&[(a, Home::OpenedBy(a)), (b, Home::OpenedBy(a)), (c, Home::OpenedBy(a))], Words::default()).unwrap();
    assert_eq!(number(&store, "SELECT count(*) FROM stories"), 1);
    assert_eq!(number(&store, "SELECT count(DISTINCT story) FROM posts"), 1);
}

#[test]
fn a_story_that_was_dropped_meanwhile_is_opened_anew_once() {
    let store = Store::memory().unwrap();
    let gone = StoryId(77);
    told(&store);
    let [a, b, c] = ["a tells of quake", "b tells of quake", "c tells of other"].map(|title| titled(&store, title));
    store.settle(&[(a, Home::Known(gone)), (b, Home::Known(gone)), (c, Home::OpenedBy(c))], Words::default()).unwrap();
    assert_eq!(number(&store, "SELECT count(*) FROM stories"), 2);
    assert_eq!(story(&store, "a tells of quake"), story(&store, "b tells of quake"));
    assert_ne!(story(&store, "a tells of quake"), story(&store, "c tells of other"));
}

#[test]
fn tellings_are_those_of_followed_sources_oldest_first() {
    everywhere(|store| {
        told(store);
        group(store);
        let stories = [story(store, "c tells of other"), story(store, "a tells of quake")];
        let lines = || {
            let lines = store.tellings_of(&stories).unwrap();
            lines.into_iter().map(|line| (line.source_title, line.published)).collect::<Vec<_>>()
        };
        assert_eq!(lines(), [("c".to_owned(), ago(1)), ("a".to_owned(), ago(3)), ("b".to_owned(), ago(2))]);
        let a = store.post(titled(store, "a tells of quake")).unwrap().source;
        store.rename_source(a, Some("Mine"), NOW).unwrap();
        let c = store.post(titled(store, "c tells of other")).unwrap().source;
        store.unfollow(c, NOW).unwrap();
        assert_eq!(lines(), [("Mine".to_owned(), ago(3)), ("b".to_owned(), ago(2))]);
        let line = &store.tellings_of(&stories).unwrap()[0];
        assert_eq!((line.kind.as_str(), line.enclosures, line.untitled), ("feed", 0, false));
        assert!(line.published < NOW.plus(-Moment::DAY));
    });
}

#[test]
fn two_groupings_of_the_same_posts_count_their_words_once() {
    let store = Store::memory().unwrap();
    told(&store);
    let [a, b, c] = ["a tells of quake", "b tells of quake", "c tells of other"].map(|title| titled(&store, title));
    let homes = [(a, Home::OpenedBy(a)), (b, Home::OpenedBy(b)), (c, Home::OpenedBy(c))];
    let words = |stories, times| Words { learnt: Learnt { stories, words: vec![(7, times)] }, ..Words::default() };
    let counted = || {
        let of = |word: i64| number(&store, &format!("SELECT stories FROM word_counts WHERE word = {word}"));
        (of(-1), of(7))
    };
    store.settle(&homes[..2], words(2, 2)).unwrap();
    assert_eq!(counted(), (2, 2));
    store.settle(&homes[..2], words(2, 2)).unwrap();
    assert_eq!(counted(), (2, 2), "all of them were settled");
    store.settle(&homes, words(3, 3)).unwrap();
    assert_eq!(counted(), (3, 3), "two of three were");
}

#[test]
fn a_mark_has_its_turn_in_the_middle_of_what_a_grouping_keeps() {
    const POSTS: u32 = 600;
    let (_folder, store) = on_disk();
    let source = follow(&store, "a");
    let posts = (0..POSTS).map(|n| item(&n.to_string(), &n.to_string(), "<p>words</p>", ago(1))).collect();
    read(&store, source, NOW, posts);
    let posts: Vec<PostId> = store.ungrouped(POSTS).unwrap().iter().map(|telling| telling.post).collect();
    // Three to a story, which the last of them opens.
    let homes: Vec<_> =
        posts.chunks(3).flat_map(|three| three.iter().map(|post| (*post, Home::OpenedBy(three[2])))).collect();
    let words = Words {
        learnt: Learnt { stories: POSTS, words: vec![(7, POSTS)] },
        found_by: posts.iter().flat_map(|post| [1, 2].map(|word| (word, NOW, *post))).collect(),
        ..Words::default()
    };
    let mark = |on| store.mark(&posts[..1], crate::Mark::Starred, on, crate::How::Opened, NOW, 0).unwrap();
    let settled = || number(&store, "SELECT count(*) FROM posts WHERE story IS NOT NULL");
    let waiting = || number(&store, "SELECT count(*) FROM unrelated");
    let settle = move |store: &Store| store.settle(&homes, words).unwrap();
    let (_, there) = in_the_middle(&store, ("unrelated", 10, 300), settle, || (mark(true), settled()).1);
    assert_eq!(there, 256, "the first of a story, whose two others wait");
    let stories = "SELECT count(*) FROM (SELECT 1 FROM posts GROUP BY story HAVING count(*) = 3)";
    assert_eq!((settled(), number(&store, stories), waiting()), (600, 200, 600));
    assert_eq!(number(&store, "SELECT count(*) FROM story_words"), 1_200);
    assert_eq!(number(&store, "SELECT stories FROM word_counts WHERE word = 7"), 600, "learnt once");
    let done = Relations { done: posts.clone(), ..Relations::default() };
    let relate = move |store: &Store| store.keep_relations(done, NOW).unwrap();
    let (_, left) = in_the_middle(&store, ("unrelated", 10, 20), relate, || (mark(false), waiting()).1);
    assert_eq!((left, waiting()), (590, 0));
}

#[test]
fn a_grouping_comes_to_its_end_however_often_the_reader_waits() {
    let store = Store::memory().unwrap();
    told(&store);
    let posts: Vec<PostId> = store.ungrouped(3).unwrap().iter().map(|telling| telling.post).collect();
    // Those that are there come in the second and the third piece, after many that were dropped meanwhile.
    let dropped = (1_000..1_511).map(|post| (PostId(post), Home::OpenedBy(PostId(post))));
    let homes: Vec<_> = dropped.chain(posts.iter().map(|post| (*post, Home::OpenedBy(posts[2])))).collect();
    let found_by = (0..600).map(|word| (word, NOW, posts[0])).collect();
    let words = Words { learnt: Learnt { stories: 514, words: vec![(7, 514)] }, found_by, ..Words::default() };
    let mut left = Some(Settling::of(&homes, words));
    let mut turns = 0;
    while let Some(some) = left.take() {
        let turn = move |library: &rusqlite::Transaction<'_>| settling::settle(library, some, &Queue::always());
        left = store.write(Durability::Process, turn).unwrap();
        turns += 1;
    }
    assert_eq!(turns, 3);
    let counted =
        ["story_words", "stories", "unrelated"].map(|table| number(&store, &format!("SELECT count(*) FROM {table}")));
    assert_eq!(counted, [600, 1, 3]);
    assert_eq!(number(&store, "SELECT stories FROM word_counts WHERE word = 7"), 3, "those of the three");
}

#[test]
fn an_edit_between_giving_a_story_and_comparing_is_compared_in_its_turn() {
    everywhere(|store| {
        told(store);
        group(store);
        let b = titled(store, "b tells of quake");
        let all = ["a tells of quake", "c tells of other"].map(|title| titled(store, title));
        store.keep_relations(Relations { done: all.to_vec(), ..Relations::default() }, NOW).unwrap();
        let waiting = || {
            let (new, edited) = store.unrelated(10).unwrap();
            [new, edited].map(|list| list.into_iter().map(|telling| telling.post).collect::<Vec<_>>())
        };
        assert_eq!(waiting(), [vec![b], vec![]]);
        let source = store.post(b).unwrap().source;
        read(store, source, NOW, vec![item("quake", "b tells of quake", "<p>other words of b</p>", ago(2))]);
        assert_eq!(waiting(), [vec![b], vec![]], "what it is to a story that was read is still to be said");
        // Who compares it may have read what it said before.
        store.keep_relations(Relations { done: vec![b], ..Relations::default() }, NOW).unwrap();
        assert_eq!(waiting(), [vec![], vec![b]]);
        store.keep_relations(Relations { done: vec![b], ..Relations::default() }, NOW).unwrap();
        assert_eq!(waiting(), [vec![], vec![]]);
    });
}

#[test]
fn what_was_given_a_story_waits_to_be_compared_whatever_stops_in_between_and_so_does_what_is_edited() {
    everywhere(|store| {
        told(store);
        group(store);
        let [a, b, c] = ["a tells of quake", "b tells of quake", "c tells of other"].map(|title| titled(store, title));
        let waiting = || {
            let (new, edited) = store.unrelated(10).unwrap();
            [new, edited].map(|list| list.into_iter().map(|telling| telling.post).collect::<Vec<_>>())
        };
        assert_eq!(waiting(), [vec![a, b, c], vec![]]);
        store.keep_relations(Relations { done: vec![a, b], ..Relations::default() }, NOW).unwrap();
        assert_eq!(waiting(), [vec![c], vec![]]);
        store.keep_relations(Relations { done: vec![c], ..Relations::default() }, NOW).unwrap();
        let source = store.post(b).unwrap().source;
        read(store, source, NOW, vec![item("quake", "b tells of quake", "<p>other words of b</p>", ago(2))]);
        assert_eq!(waiting(), [vec![], vec![b]]);
        assert_eq!(number(store, &format!("SELECT count(*) FROM story_words WHERE post = {b}")), 0);
        let done = Relations { found_by: vec![(7, ago(2), b)], done: vec![b], ..Relations::default() };
        store.keep_relations(done, NOW).unwrap();
        assert_eq!(waiting(), [vec![], vec![]]);
        assert_eq!(number(store, &format!("SELECT count(*) FROM story_words WHERE post = {b}")), 1);
    });
}

#[test]
fn of_a_key_that_a_whole_archive_has_only_so_many_tellings_are_looked_at() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let items = (0..150).map(|n| {
        let mut item = item(&n.to_string(), &format!("Post {n}"), "<p>words</p>", ago(1).plus(n));
        item.link = Some("https://pages.example/news/index.html".to_owned());
        item
    });
    read(&store, source, NOW, items.collect());
    let new = store.ungrouped(1_000).unwrap();
    let homes: Vec<_> = new.iter().map(|telling| (telling.post, Home::OpenedBy(telling.post))).collect();
    store.settle(&homes, Words::default()).unwrap();
    let keys = new[0].keys.iter().copied().filter(|key| new[1].keys.contains(key)).collect();
    let found =
        store.tellings_with(&Sought { since: ago(30), keys, ..Sought::default() }, Recalled::default()).unwrap();
    assert_eq!(found.len(), pepites_core::stories::MOST_WITH_KEY);
    assert!(found.iter().any(|telling| telling.at == ago(1).plus(149)), "the latest ones");
}

#[test]
fn what_is_still_to_be_compared_is_looked_for_where_it_is_noted_and_not_in_every_post() {
    let store = Store::memory().unwrap();
    let sql = format!("EXPLAIN QUERY PLAN {UNRELATED}");
    let plan: String = store.read(|library| Ok(library.query_row(&sql, [1], |row| row.get("detail"))?)).unwrap();
    assert_eq!(plan, "SCAN unrelated");
}

#[test]
fn what_a_batch_had_read_is_for_the_next_what_it_would_read_itself() {
    everywhere(|store| {
        let links: String = (0..9).map(|n| format!("<a href=\"https://elsewhere.example/{n}.html\">x</a> ")).collect();
        let [a, b] = ["a", "b"].map(|name| follow(store, name));
        let told = |text: &str| vec![item("quake", "The tower of Lima fell", &format!("<p>{text}</p>{links}"), ago(3))];
        read(store, a, NOW, told("It stood for long."));
        read(store, b, NOW, told("Nobody was hurt."));
        let new = store.ungrouped(10).unwrap();
        group(store);
        let compared = || {
            let done = new.iter().map(|telling| telling.post).collect();
            store.keep_relations(Relations { done, ..Relations::default() }, NOW).unwrap();
        };
        compared();
        let keys = new.iter().flat_map(|telling| telling.keys.clone()).collect();
        let sought = Sought { since: ago(30), keys, ..Sought::default() };
        let with = |recalled| store.tellings_with(&sought, recalled).unwrap();
        let known = with(Recalled::default());
        assert!(known.len() == 2 && known.iter().all(|telling| telling.story.is_some()));
        assert_ne!(known[0].links, new[0].links, "of what is new only rare links are read");
        assert_eq!(with(Recalled::of(Vec::new(), new.clone())), known);
        assert_eq!(with(Recalled::of(known.clone(), Vec::new())), known);
        // Nothing is read again that need not be.
        let mut marked = known.clone();
        marked[0].at = ago(7);
        assert_eq!(with(Recalled::of(marked, Vec::new()))[0].at, ago(7));
        // The post of that number is another one: the library was put back.
        let mut other = known.clone();
        (other[0].at, other[0].tie) = (ago(7), 7);
        assert_eq!(with(Recalled::of(other, Vec::new())), known);
        let after = |change: &dyn Fn()| {
            change();
            let now = with(Recalled::default());
            assert_ne!(now, known);
            assert_eq!(with(Recalled::of(known.clone(), Vec::new())), now);
        };
        after(&|| {
            // As when a short link is only now followed: the post says the same, and points elsewhere.
            let followed = "UPDATE post_links SET link = link + 2 WHERE post = 1;
                INSERT INTO unrelated (post, edited) VALUES (1, 1)";
            store.write(Durability::Process, move |library| Ok(library.execute_batch(followed)?)).unwrap();
        });
        compared();
        after(&|| {
            read(store, a, NOW, told("It stood for 400 years, until this morning."));
        });
        after(&|| {
            let moved = "UPDATE posts SET story = NULL WHERE source = 2";
            store.write(Durability::Process, move |library| Ok(library.execute(moved, [])?)).unwrap();
        });
    });
}
