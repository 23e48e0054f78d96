//! Holds what a search finds, in which order, and what it shows; and that nothing typed makes it fail.

use pepites_core::model::Item;

use super::{
    query::{Query, Term},
    snippet::snippet,
};
use crate::{
    How, Mark, Store,
    tests::{NOW, ago, everywhere, follow, item, read, titled},
};

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
        "''", ";",
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
        let snippet = snippet(html, &Query::read(typed)).replace('\u{E000}', "[").replace('\u{E001}', "]");
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
fn a_query_is_words_and_nothing_else() {
    let term = |words: &[&str], prefix| Term { words: words.iter().map(|word| (*word).to_owned()).collect(), prefix };
    let query = Query::read("L'Été -foo* \"new york\" ");
    assert_eq!(query.with, [term(&["l", "ete"], false), term(&["new", "york"], false)]);
    assert_eq!(query.without, [term(&["foo"], true)]);
    assert_eq!(query.expression().unwrap(), r#"("l ete" AND "new york") NOT ("foo" *)"#);
}
