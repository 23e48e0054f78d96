//! Holds what is understood of what was typed, by tables; and that nothing typed makes it fail.

use super::*;
use crate::model::{Address, Day, Folder, Source, SourceId};

/// Monday 23 November 2026, half past nine in Paris.
const NOW: Moment = Moment(1_795_422_600_000);

const WHEN: When<'static> = When { now: NOW, offset_minutes: &|_| 60 };

/// The day and hour of a moment in Greenwich: `2026-11-22T23`.
fn hour(moment: Moment) -> String {
    let day = Day::of(moment, 0);
    format!("{day}T{:02}", moment.since(day.begins().unwrap()) / Moment::HOUR)
}

fn term(term: &Term) -> String {
    format!("{}{}", term.words.join("+"), if term.prefix { "*" } else { "" })
}

/// What was understood, one piece after the other, then the notes.
fn told(typed: &str) -> String {
    let search = Search::read(typed, &WHEN);
    let pieces = search.pieces.iter().map(|piece| {
        let said = match &piece.want {
            Want::Words(words) => term(words),
            Want::Person(words) => format!("person({})", term(words)),
            Want::Tag(words) => format!("tag({})", term(words)),
            Want::Source(name) => format!("source({name})"),
            Want::Folder(name) => format!("folder({name})"),
            Want::Language(code) => format!("lang({code})"),
            Want::Is(state) => format!("{state:?}"),
            Want::Has(medium) => format!("{medium:?}"),
            Want::Before(moment) => format!("<{}", hour(*moment)),
            Want::After(moment) => format!(">{}", hour(*moment)),
        };
        format!("{}{said}", if piece.not { "-" } else { "" })
    });
    let notes = search.notes.iter().map(|note| format!("[{}]", note.key.trim_start_matches("search.note.")));
    pieces.chain(notes).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_typed_is_understood() {
    for (typed, understood) in [
        // Words, phrases, beginnings, and what is left out.
        ("solar storm", "solar storm"),
        ("ÉTÉ Zoë", "ete zoe"),
        ("l'eau d’Anaïs qu'il", "eau anais il"),
        ("\"l'eau\"", "l+eau"),
        ("aujourd'hui rock'n'roll don't", "aujourd+hui rock+n+roll don+t"),
        ("jusqu'à l'", "a l"),
        ("\"new york\"*", "new+york*"),
        ("« new york » qua*", "new+york qua*"),
        ("lima -quake -\"woke up\"", "lima -quake -woke+up"),
        ("-lima -quake", "lima quake"),
        ("2.0-beta c++", "2+0+beta c"),
        ("- \" ( ) *", ""),
        // Quotes that do not close.
        ("\"unclosed lima", "unclosed lima"),
        ("source:\"The Daily", "source(The Daily)"),
        // Operators in both languages, with and without accents.
        ("source:ars SOURCE:\"The Daily\" site:lwn.net", "source(ars) source(The Daily) source(lwn.net)"),
        ("-source:ars folder:News/Tech dossier:Presse", "-source(ars) folder(News/Tech) folder(Presse)"),
        ("person:\"Ada Byron\" auteur:zoé -by:bob*", "person(ada+byron) person(zoe) -person(bob*)"),
        ("tag:#Rust étiquette:mer", "tag(rust) tag(mer)"),
        ("is:starred is:nugget -is:read est:favori est:non-lu", "Starred Nugget -Read Starred Unread"),
        ("est:pépite est:PEPITE is:later", "Nugget Nugget Later"),
        ("has:audio avec:vidéo has:image", "Audio Video Picture"),
        ("lang:fr lang:EN-gb langue:français lang:sv", "lang(fr) lang(en) lang(fr) lang(sv)"),
        // Dates: a day begins where the reader is.
        ("after:2026-11-01 before:2026-11", ">2026-10-31T23 <2026-10-31T23"),
        ("since:2025 avant:1/2/2026 après:01.02.2026", ">2024-12-31T23 <2026-01-31T23 >2026-01-31T23"),
        ("after:today after:hier after:yesterday", ">2026-11-22T23 >2026-11-21T23 >2026-11-21T23"),
        ("after:7d après:7j after:2w depuis:1a", ">2026-11-16T08 >2026-11-16T08 >2026-11-09T08 >2025-11-23T08"),
        // What is none is said, and searched as text.
        ("sauce:ars rust", "sauce+ars rust [unknown]"),
        ("is:purple", "is+purple [is]"),
        ("has:smell", "has+smell [has]"),
        ("lang:elvish", "lang+elvish [language]"),
        ("before:soon before:2026-02-30 after:26", "before+soon before+2026+02+30 after+26 [date] [date] [date]"),
        ("after:99999999999d", "after+99999999999d [date]"),
        ("tag:!!", "tag [nothing]"),
        ("source: rust", "rust [empty]"),
        ("source:\"\" is:", " [empty] [empty]"),
        ("https://lwn.net/ Rust: 12:30 c++:x", "https+lwn+net rust 12+30 c+x"),
        ("\"source:ars\"", "source+ars"),
        ("", ""),
    ] {
        assert_eq!(told(typed).trim(), understood.trim(), "{typed:?}");
    }
}

#[test]
fn nothing_that_is_typed_makes_it_fail_and_every_piece_can_be_taken_out() {
    let pieces = [
        "\"", "“", "»", "-", "*", ":", "source:", "is:", "starred", "before:", "é", "\u{301}", "\u{a0}", "\0", "’",
        "l", "2026", "-", "7d", "lang:", "œ", "漢", "#", "tag:",
    ];
    let mut turn = 1_usize;
    for _ in 0..20_000 {
        let mut typed = String::new();
        for _ in 0..turn % 9 {
            turn = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            typed.push_str(pieces[(turn >> 33) % pieces.len()]);
            if (turn >> 50).is_multiple_of(3) {
                typed.push(' ');
            }
        }
        turn += 1;
        let search = Search::read(&typed, &WHEN);
        for piece in &search.pieces {
            assert!(typed.get(piece.at.clone()).is_some_and(|raw| !raw.is_empty()), "{typed:?} {piece:?}");
            assert!(without(&typed, &piece.at).len() < typed.len(), "{typed:?}");
        }
        let _ = complete(&typed, "fr", &[], &[]);
    }
    assert_eq!(Search::read(&"lima ".repeat(100_000), &WHEN).pieces.len(), PIECES);
}

#[test]
fn a_piece_that_is_taken_out_leaves_the_others() {
    let typed = "comet  -source:\"The Daily\" is:starred";
    let search = Search::read(typed, &WHEN);
    let left: Vec<String> = search.pieces.iter().map(|piece| without(typed, &piece.at)).collect();
    assert_eq!(left, ["-source:\"The Daily\" is:starred", "comet is:starred", "comet  -source:\"The Daily\""]);
}

fn source(id: i64, title: &str, name: Option<&str>, folder: &[&str]) -> Source {
    let locator = format!("https://{}.example/feed", title.to_lowercase().replace(' ', "-"));
    let address = Address { kind: "feed".to_owned(), locator };
    let folders = [Folder(folder.iter().map(|&name| name.to_owned()).collect())];
    Source {
        id: SourceId(id),
        title: title.to_owned(),
        name: name.map(str::to_owned),
        folders: folders.into_iter().filter(|folder| !folder.0.is_empty()).collect(),
        ..Source::unvisited(address, Moment(0))
    }
}

fn sources() -> Vec<Source> {
    vec![
        source(1, "Le Monde", None, &["Presse"]),
        source(2, "Le Monde diplomatique", None, &["Presse", "Mensuels"]),
        source(3, "Été sonore", Some("Radio d'été"), &["Sons"]),
        source(4, "LWN", None, &[]),
    ]
}

#[test]
fn a_source_is_named_by_its_title_its_address_or_its_number() {
    let sources = sources();
    for (typed, found) in [
        ("source:\"le monde\"", "1"),
        ("source:monde", "1 2"),
        ("source:diplo", "2"),
        ("source:radio", "3"),
        ("source:sonore", "3"),
        ("source:lwn.example", "4"),
        ("source:4", "4"),
        ("source:e", "3"),
        ("source:zzz", ""),
        ("source:example", "1 2 3 4"),
        ("folder:presse", "1 2"),
        ("folder:presse/mensuels", "2"),
        ("folder:mens", "2"),
        ("folder:sons/presse", ""),
    ] {
        let search = Search::read(typed, &WHEN);
        let ids = named(&search.pieces[0].want, &sources, &[]).unwrap().sources;
        assert_eq!(ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "), found, "{typed}");
    }
    assert_eq!(named(&Want::Is(State::Read), &sources, &[]), None);
}

#[test]
fn a_folder_is_also_one_that_rules_put_posts_into() {
    let sources = sources();
    let filed = [vec!["Presse".to_owned()], vec!["Work".to_owned(), "Rust".to_owned()], vec!["Sons".to_owned()]];
    for (typed, in_sources, in_filed) in [
        ("folder:presse", "1 2", "0"),
        ("folder:rust", "", "1"),
        ("folder:work/ru", "", "1"),
        ("folder:mens", "2", ""),
        ("folder:zzz", "", ""),
    ] {
        let search = Search::read(typed, &WHEN);
        let found = named(&search.pieces[0].want, &sources, &filed).unwrap();
        let sources: Vec<_> = found.sources.iter().map(ToString::to_string).collect();
        let filed: Vec<_> = found.filed.iter().map(ToString::to_string).collect();
        assert_eq!((sources.join(" "), filed.join(" ")), (in_sources.to_owned(), in_filed.to_owned()), "{typed}");
    }
    let said = Search::read("folder:rust", &WHEN).pieces[0].want.said(&sources, &filed, &WHEN);
    assert_eq!(said.unwrap(), Phrase::new("search.said.filed").with("name", "rust"));
}

#[test]
fn what_is_understood_is_said() {
    let sources = sources();
    let said = |typed: &str| Search::read(typed, &WHEN).pieces[0].want.said(&sources, &[], &WHEN);
    assert_eq!(said("source:radio").unwrap(), Phrase::new("search.said.source").with("name", "Radio d'été"));
    assert_eq!(
        said("source:monde").unwrap(),
        Phrase::new("search.said.sources").with("name", "monde").with("count", 2_usize)
    );
    assert_eq!(said("source:zzz").unwrap(), Phrase::new("search.said.no_source").with("name", "zzz"));
    assert_eq!(said("after:2026-11-01").unwrap(), Phrase::new("search.said.after").with("day", "2026-11-01"));
    assert_eq!(said("comet"), None);
}

#[test]
fn a_search_that_is_typed_may_go_on() {
    let sources = sources();
    let shown = |typed: &str, language: &str| {
        let all = complete(typed, language, &sources, &[]);
        all.into_iter().map(|one| one.shown).collect::<Vec<_>>().join(" | ")
    };
    for (typed, language, offered) in [
        ("sou", "en", "source:"),
        ("comet -sou", "en", "-source:"),
        ("dos", "fr", "dossier:"),
        ("is", "en", "is:"),
        ("so", "en", ""),
        ("pers", "fr", "personne:"),
        ("s", "en", ""),
        ("sou ", "en", ""),
        ("\"sou\"", "en", ""),
        (
            "source:",
            "en",
            "source:\"Le Monde\" | source:\"Le Monde diplomatique\" | source:LWN | source:\"Radio d'été\"",
        ),
        ("source:mo", "en", "source:\"Le Monde\" | source:\"Le Monde diplomatique\""),
        ("source:\"le monde d", "en", "source:\"Le Monde diplomatique\""),
        ("source:lwn", "en", ""),
        ("folder:", "en", "folder:Presse | folder:Presse/Mensuels | folder:Sons"),
        ("is:st", "en", "is:starred"),
        ("est:", "fr", "est:étoilé | est:pépite | est:non-lu | est:lu | est:partagé | est:écarté | est:demain"),
        ("after:", "fr", "after:hier | after:7j | after:1m | after:1a"),
        ("person:", "en", ""),
        ("nothing:", "en", ""),
    ] {
        assert_eq!(shown(typed, language), offered, "{typed:?}");
    }
    let [one] = complete("comet sou", "en", &sources, &[]).try_into().unwrap();
    assert_eq!((one.typed.as_str(), one.key), ("comet source:", "search.help.source"));
    assert_eq!(complete("is:st", "en", &sources, &[])[0].typed, "is:starred ");
}

#[test]
fn every_operator_is_understood_by_each_of_its_names_with_its_example() {
    for operator in OPERATORS {
        for name in operator.en.iter().chain(operator.fr) {
            for example in operator.examples {
                let search = Search::read(&format!("{name}:{example}"), &WHEN);
                assert!(
                    search.notes.is_empty() && search.pieces.iter().all(|piece| !piece.is_words()),
                    "{name}:{example}"
                );
            }
        }
    }
}
