//! Holds what a search finds, in which order, and what it shows; and that nothing typed makes it fail.

use pepites_core::{
    model::{Enclosure, Folder, Item},
    search::When,
};

use super::{snippet::snippet, *};
use crate::{
    How, Mark,
    tests::{NOW, ago, everywhere, follow, item, read, titled},
};

/// Where the clock stands, in Greenwich.
pub(crate) const WHEN: When<'static> = When { now: NOW, offset_minutes: &|_| 0 };

impl Store {
    /// What is found for what was typed.
    pub(crate) fn search(&self, typed: &str, limit: u32, offset: u32) -> Result<Vec<Hit>, StoreError> {
        let search = Search::read(typed, &WHEN);
        let hits = self.find(&search, Sort::Relevance, limit, offset)?;
        if offset == 0 && limit == 50 {
            assert_eq!(self.hits(&search)? as usize, hits.len(), "{typed}");
        }
        Ok(hits)
    }
}

fn library(store: &Store) {
    let source = follow(store, "a");
    let with = |name: &str, title: &str, html: &str| item(name, title, html, ago(1));
    read(
        store,
        source,
        NOW,
        vec![
            with("1", "L’été à Lima", "<p>Un séisme a réveillé la ville de New York, pardon, de Lima.</p>"),
            with("2", "Nothing here", "<p>The quake woke <b>Lima</b> twice. York is new to it.</p>"),
            with("3", "Release 2.0-beta of C++ tools", "<p>compiler &amp; linker</p>"),
            Item {
                authors: vec!["Zoé Lemaître".into()],
                tags: vec!["astronomie".into()],
                ..with("4", "Sky", "<p>stars</p>")
            },
        ],
    );
}

#[test]
fn a_search_finds_words_phrases_beginnings_and_leaves_out_what_is_unwanted() {
    everywhere(|store| {
        library(store);
        for (typed, found) in [
            ("ete", "L’été à Lima"),
            ("ÉTÉ", "L’été à Lima"),
            ("l'ete", "L’été à Lima"),
            ("l'lima", "L’été à Lima | Nothing here"),
            ("d’york", "L’été à Lima | Nothing here"),
            ("\"l'lima\"", ""),
            ("lima", "L’été à Lima | Nothing here"),
            ("lima quake", "Nothing here"),
            ("lima -quake", "L’été à Lima"),
            ("lima -\"woke lima\"", "L’été à Lima"),
            ("\"new york\"", "L’été à Lima"),
            ("“new york”", "L’été à Lima"),
            ("« new york »", "L’été à Lima"),
            ("new york", "L’été à Lima | Nothing here"),
            ("qua*", "Nothing here"),
            ("qua", ""),
            ("\"woke li\"*", "Nothing here"),
            ("2.0-beta", "Release 2.0-beta of C++ tools"),
            ("c++", "Release 2.0-beta of C++ tools"),
            ("lemaitre", "Sky"),
            ("astronomie", "Sky"),
            ("-lima", "L’été à Lima | Nothing here"),
            ("lima and york", ""),
            ("lima NOT quake", ""),
            ("title:lima", ""),
            ("\"unclosed lima", ""),
            ("\"lima", "L’été à Lima | Nothing here"),
            ("lima \"\"", "L’été à Lima | Nothing here"),
            ("", ""),
            ("   ", ""),
            ("*", ""),
            ("- \" ( ) ^ : * + NEAR( {", ""),
            ("lima\0quake", "Nothing here"),
        ] {
            let mut titles: Vec<String> =
                store.search(typed, 50, 0).unwrap().into_iter().map(|hit| hit.title).collect();
            titles.sort();
            assert_eq!(titles.join(" | "), found, "{typed:?}");
        }
    });
}

#[test]
fn nothing_that_is_typed_makes_a_search_fail() {
    let store = Store::memory().unwrap();
    library(&store);
    let pieces = [
        "\"", "-", "*", "(", ")", "AND", "OR", "NOT", "NEAR", "lima", "^", ":", "{", "\0", "é", "\u{301}", "+", "--",
        "''", ";", "source:", "is:", "starred", "before:", "7d", "tag:", "-person:", "lang:fr",
    ];
    let mut turn = 1_usize;
    for _ in 0..3_000 {
        let mut typed = String::new();
        for _ in 0..turn % 9 {
            turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            typed.push_str(pieces[(turn >> 33) % pieces.len()]);
            if (turn >> 50).is_multiple_of(2) {
                typed.push(' ');
            }
        }
        turn += 1;
        store.search(&typed, 3, 0).unwrap_or_else(|error| panic!("{typed:?}: {error}"));
    }
    let long = "lima ".repeat(100_000);
    assert_eq!(store.search(&long, 5, 0).unwrap().len(), 2);
    store.search(&"(\"a".repeat(10_000), 5, 0).unwrap();
}

#[test]
fn a_word_of_the_title_counts_for_more_and_pages_follow_each_other() {
    everywhere(|store| {
        let source = follow(store, "a");
        let filler = "other words that say nothing of it at all ".repeat(3);
        read(
            store,
            source,
            NOW,
            vec![
                item("1", "In the body", &format!("<p>{filler} comet {filler}</p>"), ago(1)),
                item("2", "A comet passes", &format!("<p>{filler}{filler} and more</p>"), ago(2)),
                item(
                    "3",
                    "Also in the body",
                    &format!("<p>{filler} {filler} comet {filler} twice as long as that</p>"),
                    ago(3),
                ),
            ],
        );
        let titles = |limit, offset| {
            store.search("comet", limit, offset).unwrap().into_iter().map(|hit| hit.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(9, 0), ["A comet passes", "In the body", "Also in the body"]);
        assert_eq!(titles(1, 1), ["In the body"]);
        assert_eq!(titles(9, 3), Vec::<String>::new());
        assert_eq!(titles(0, 0), Vec::<String>::new());
    });
}

#[test]
fn of_a_source_that_was_left_only_what_was_starred_is_found() {
    everywhere(|store| {
        library(store);
        let starred = titled(store, "Nothing here");
        store.mark(&[starred], Mark::Starred, true, How::ByHand, NOW, 0).unwrap();
        let source = store.sources().unwrap()[0].id;
        store.unfollow(source, NOW).unwrap();
        let hits = store.search("lima", 9, 0).unwrap();
        assert_eq!(hits.iter().map(|hit| hit.post).collect::<Vec<_>>(), [starred]);
        assert_eq!((hits[0].source_title.as_str(), hits[0].marks.starred), ("a", Some(NOW)));
        store.follow_again(source, NOW).unwrap();
        assert_eq!(store.search("lima", 9, 0).unwrap().len(), 2);
    });
}

#[test]
fn a_snippet_shows_the_match_as_plain_text() {
    let check = |typed: &str, html: &str, shown: &str| {
        let search = Search::read(typed, &WHEN);
        let snippet =
            snippet(html, &search.terms().collect::<Vec<_>>()).replace('\u{E000}', "[").replace('\u{E001}', "]");
        assert_eq!(snippet, shown, "{typed:?}");
    };
    check("ete", "<p>Un <b>ÉTÉ</b> à Lima.</p><p>L'été</p>", "Un [ÉTÉ] à Lima. L'[été]");
    check("new york", "<p>New <i>York</i>, new.</p>", "[New York], [new].");
    check("\"new york\"", "<p>New York, new.</p>", "[New York], new.");
    check("qua* -lima", "<p>A quake, a lima.</p>", "A [quake], a lima.");
    check("b", "a &lt;b&gt; &amp;amp; c &quot;d&quot;&nbsp;e", "a <[b]> &amp; c \"d\" e");
    check("bold", "<p><b>B</b>old &amp; broken <", "[Bold] & broken");
    check("x", "", "");
    check("x", "<p>…</p>", "");
    check("absent", "<p>Found in the title only.</p>", "Found in the title only.");
    check("two", "<p>one \u{E000}two\u{E001} three</p>", "one [two] three");
    let long = format!("<p>{} comet {}</p>", "before ".repeat(40), "after ".repeat(40));
    let shown = format!("… {}[comet] {}…", "before ".repeat(8), "after ".repeat(23));
    check("comet", &long, &shown);
}

#[test]
fn a_search_asks_the_index_for_words_and_nothing_else() {
    let words = |typed: &str| Sieve::of(&Search::read(typed, &WHEN), &[], &[]).and_then(|sieve| sieve.words);
    for (typed, asked) in [
        ("L'Été -foo* \"new york\" ", r#"("ete" AND "new york") NOT ("foo" *)"#),
        ("rust person:ada person:\"bob b\"", r#""rust" AND (author : "ada" OR author : "bob b")"#),
        ("tag:sea -person:ada", r#"(tags : "sea") NOT (author : "ada")"#),
        ("OR ) NEAR(", r#""or" AND "near""#),
    ] {
        assert_eq!(words(typed).as_deref(), Some(asked), "{typed}");
    }
    for typed in ["", "is:starred", "-lima is:starred", "source:"] {
        assert_eq!(words(typed), None, "{typed}");
    }
}

/// Two sources in folders, and posts that each have something of their own.
fn shelves(store: &Store) {
    let (ana, ben) = (follow(store, "ana"), follow(store, "ben"));
    store.move_source(ana, &[Folder(vec!["Sea".into(), "Ports".into()])], NOW).unwrap();
    let audio = Enclosure { url: "https://a.example/1.mp3".into(), media_type: Some("audio/mpeg".into()), ..no_file() };
    let by = |name: &str, item: Item| Item { authors: vec![name.into()], ..item };
    let text = "<p>The comet was seen over the harbour by all who were there last night.</p>";
    read(
        store,
        ana,
        NOW,
        vec![
            by("Ada Byron", Item { enclosures: vec![audio], ..item("1", "Old comet", text, ago(40)) }),
            by("Zoé", Item { tags: vec!["Mer du Nord".into()], ..item("2", "New comet", text, ago(2)) }),
        ],
    );
    let french = "<p>La comète est passée au-dessus du port, et personne ne l’avait attendue cette nuit-là.</p>";
    let french = Item { language: Some("fr-FR".into()), ..item("3", "Comet du soir", french, ago(3)) };
    read(store, ben, NOW, vec![by("Ada", french), item("4", "A whale", "<p>Nothing of comets.</p>", ago(1))]);
    store.mark(&[titled(store, "A whale")], Mark::Starred, true, How::ByHand, NOW, 0).unwrap();
    store.mark(&[titled(store, "Old comet")], Mark::Read, true, How::ByHand, NOW, 0).unwrap();
}

fn no_file() -> Enclosure {
    Enclosure { url: String::new(), media_type: None, bytes: None, seconds: None }
}

#[test]
fn operators_keep_what_they_ask_for() {
    everywhere(|store| {
        shelves(store);
        for (typed, found) in [
            ("comet source:ana", "New comet | Old comet"),
            ("comet source:an", "New comet | Old comet"),
            ("comet source:b.example", ""),
            ("comet -source:ana", "Comet du soir"),
            ("source:ana source:ben", "A whale | Comet du soir | New comet | Old comet"),
            ("source:nobody", ""),
            ("folder:sea", "New comet | Old comet"),
            ("folder:sea/ports", "New comet | Old comet"),
            ("dossier:Port", "New comet | Old comet"),
            ("-folder:sea", "A whale | Comet du soir"),
            ("folder:sea source:ben", ""),
            ("person:ada", "Comet du soir | Old comet"),
            ("person:\"Ada Byron\"", "Old comet"),
            ("auteur:zoe", "New comet"),
            ("comet -person:ada", "New comet"),
            ("tag:nord", "New comet"),
            ("is:starred", "A whale"),
            ("est:favori comet", ""),
            ("is:read", "Old comet"),
            ("comet is:unread", "Comet du soir | New comet"),
            ("-is:read -is:starred", "Comet du soir | New comet"),
            ("is:nugget", ""),
            ("is:shared", ""),
            ("has:audio", "Old comet"),
            ("comet -has:audio lang:en", "New comet"),
            ("lang:fr", "Comet du soir"),
            ("comet langue:français lang:en", "Comet du soir | New comet | Old comet"),
            ("comet after:7d", "Comet du soir | New comet"),
            ("comet before:7d", "Old comet"),
            ("after:3d before:1d", "Comet du soir | New comet"),
            ("is:starred -comet", "A whale"),
            ("is:starred -whale", ""),
            ("comet sauce:ana", ""),
            ("comet is:purple", ""),
            ("comet source:", "Comet du soir | New comet | Old comet"),
        ] {
            let mut titles: Vec<String> =
                store.search(typed, 50, 0).unwrap().into_iter().map(|hit| hit.title).collect();
            titles.sort();
            assert_eq!(titles.join(" | "), found, "{typed:?}");
        }
    });
}

#[test]
fn without_words_the_newest_come_first_and_pages_follow_each_other() {
    everywhere(|store| {
        shelves(store);
        let titles = |limit, offset| {
            store.search("-is:read", limit, offset).unwrap().into_iter().map(|hit| hit.title).collect::<Vec<_>>()
        };
        assert_eq!(titles(9, 0), ["A whale", "New comet", "Comet du soir"]);
        assert_eq!(titles(1, 1), ["New comet"]);
        assert_eq!(titles(5, 3), Vec::<String>::new());
        let [first] = store.search("is:starred", 1, 0).unwrap().try_into().unwrap();
        assert_eq!(first.snippet, "Nothing of comets.");
    });
}

#[test]
fn the_stories_of_what_is_found_are_known() {
    everywhere(|store| {
        shelves(store);
        crate::tests::group(store);
        let stories = store.stories_found(&Search::read("whale", &WHEN)).unwrap();
        assert_eq!(stories.into_iter().collect::<Vec<_>>(), [crate::tests::story(store, "A whale")]);
        assert!(store.stories_found(&Search::read("", &WHEN)).unwrap().is_empty());
    });
}

#[test]
fn what_is_found_is_sorted_as_the_reader_wants_and_marked_in_titles_too() {
    everywhere(|store| {
        let source = follow(store, "a");
        let posts = [("x", "Storm", 3), ("y", "Of a storm, and of storms", 9), ("z", "A storm: the « Storm »", 1)];
        // They arrive in another order than that in which they were published.
        for (name, title, days) in posts.iter().rev() {
            read(store, source, NOW, vec![item(name, title, "<p>words</p>", ago(*days))]);
        }
        let titles = |typed: &str, sort: Sort, limit, offset| -> Vec<String> {
            let hits = store.find(&Search::read(typed, &WHEN), sort, limit, offset).unwrap();
            hits.into_iter().map(|hit| hit.title).collect()
        };
        let [third, first, second] = posts.map(|(_, title, _)| title);
        let expected = [second, third, first];
        for typed in ["storm", "storm source:a", "source:a"] {
            assert_eq!(titles(typed, Sort::Newest, 9, 0), expected, "{typed}");
            assert_eq!(titles(typed, Sort::Oldest, 9, 0), [first, third, second], "{typed}");
            assert_eq!(titles(typed, Sort::Newest, 1, 1), [third], "{typed}");
            assert_eq!(titles(typed, Sort::Oldest, 1, 2), [second], "{typed}");
        }
        assert_eq!(titles("source:a", Sort::Relevance, 9, 0), expected, "without words the newest are the best");
        let marked =
            |typed: &str| store.find(&Search::read(typed, &WHEN), Sort::Newest, 1, 0).unwrap().remove(0).marked;
        assert_eq!(marked("storm"), "A \u{e000}storm\u{e001}: the « \u{e000}Storm\u{e001} »");
        assert_eq!(marked("source:a words"), "A storm: the « Storm »");
    });
}

#[test]
fn of_equals_the_newest_stands_first() {
    everywhere(|store| {
        let source = follow(store, "a");
        for (name, days) in [("old", 3), ("new", 1)] {
            read(store, source, ago(days), vec![item(name, "Storm", "<p>words</p>", ago(days))]);
        }
        let hits = store.search("storm", 9, 0).unwrap();
        assert!(hits[0].published > hits[1].published);
    });
}
