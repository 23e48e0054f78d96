//! Holds what makes two posts one story, as sentences.

use proptest::prelude::*;

use super::*;
use crate::stories::{
    Gist,
    evidence::{Witness, between},
};

/// `A 2d /harbour ~storm-over`: source A tells, on day 2, the page /harbour under the title "storm-over"; `@7`: the
/// library has it in story 7; `^5`: what its identity says among those of one time.
fn tellings(text: &str) -> Vec<Telling> {
    text.split('|').enumerate().map(|(place, words)| telling(place, words)).collect()
}

fn telling(place: usize, words: &str) -> Telling {
    let post = PostId(i64::try_from(place).unwrap() + 1);
    let mut telling = Telling {
        post,
        tie: 0,
        source: SourceId(0),
        at: Moment(0),
        keys: Vec::new(),
        links: Vec::new(),
        gist: Gist::default(),
        story: None,
    };
    for word in words.split_whitespace() {
        let (mark, rest) = word.split_at(1);
        match mark {
            "/" => telling.keys.push(StoryKey::page(rest)),
            "~" => telling.keys.push(StoryKey::title(rest)),
            "^" => telling.tie = rest.parse().unwrap(),
            "@" => telling.story = Some(StoryId(rest.parse().unwrap())),
            _ if rest.is_empty() => telling.source = SourceId(i64::from(mark.as_bytes()[0])),
            _ => telling.at = moment(word),
        }
    }
    telling
}

fn moment(word: &str) -> Moment {
    let (number, unit) = word.split_at(word.len() - 1);
    let unit = if unit == "d" { Moment::DAY } else { Moment::HOUR };
    Moment(number.parse::<i64>().unwrap() * unit)
}

/// The stories of the new tellings, in the order given: `1` is the first new one that is met, `@7` one of the library.
fn folded(all: &[Telling]) -> String {
    let (known, new): (Vec<Telling>, Vec<Telling>) = all.iter().cloned().partition(|telling| telling.story.is_some());
    let homes: BTreeMap<PostId, Home> = fold(&new, &known, &[], &Frequencies::default()).homes.into_iter().collect();
    let mut met = Vec::new();
    let names = new.iter().map(|telling| match homes[&telling.post] {
        Home::Known(story) => format!("@{story}"),
        Home::OpenedBy(post) => {
            let place = met.iter().position(|&other| other == post).unwrap_or_else(|| {
                met.push(post);
                met.len() - 1
            });
            (place + 1).to_string()
        }
    });
    names.collect::<Vec<_>>().join(" ")
}

fn check(text: &str, expected: &str) {
    assert_eq!(folded(&tellings(text)), expected, "{text}");
}

#[test]
fn one_page_is_one_story_whoever_tells_it() {
    check("A 0h /harbour ~storm-over | B 5h /harbour ~boats-out | C 20d /harbour", "1 1 1");
    check("A 0h /harbour | A 5h /harbour", "1 1");
    check("A 0h /harbour | B 5h /museum", "1 2");
    check("A 0h | B 0h", "1 2");
}

#[test]
fn a_page_that_comes_back_after_a_month_is_news_again() {
    check("A 0d /harbour | B 31d /harbour", "1 2");
}

#[test]
fn one_title_is_one_story_across_sources_only() {
    check("A 0h /a ~storm-over | B 5h /b ~storm-over", "1 1");
    check("A 0h /a ~storm-over | A 5h /b ~storm-over", "1 2");
}

#[test]
fn a_title_speaks_of_one_event_for_five_days_from_its_first_telling() {
    check("A 0d ~storm-over | B 5d ~storm-over", "1 1");
    check("A 0d ~storm-over | B 6d ~storm-over", "1 2");
    check("A 0d ~storm-over | B 4d ~storm-over | C 8d ~storm-over | D 12d ~storm-over", "1 1 2 2");
    check("A 0d ~storm-over @7 | B 4d ~storm-over @7 | C 8d ~storm-over", "1");
}

#[test]
fn a_title_that_one_source_uses_again_is_a_column() {
    check("A 0d ~links-of-the-week | A 7d ~links-of-the-week | B 7d ~links-of-the-week", "1 2 3");
    check("A 0d ~links-of-the-week @7 | A 7d ~links-of-the-week | B 7d ~links-of-the-week", "1 2");
    // Two others that tell it once each still tell one story.
    check("A 0d ~storm | A 2d ~storm | B 2d ~storm | C 2d ~storm", "1 2 3 3");
}

#[test]
fn an_address_that_one_source_gives_to_all_its_posts_folds_none_of_them() {
    check("A 0h /news | A 1h /news | A 2h /news | A 3h /news", "1 2 3 4");
    check("A 0h /news @1 | A 1h /news @2 | A 2h /news @3 | A 3h /news", "1");
    check("A 0h /news | A 1h /news | A 2h /news | A 3h /news | B 3h /news | C 4h /news", "1 2 3 4 5 5");
}

#[test]
fn a_custom_shared_by_too_many_is_no_story() {
    let wishes = |count: i64| -> Vec<Telling> {
        let from = |source| Telling { source: SourceId(source), post: PostId(source), ..telling(0, "~happy-new-year") };
        (1..=count).map(from).collect()
    };
    let most = i64::try_from(MOST_OF_ONE_TITLE).unwrap();
    let stories = |count| folded(&wishes(count)).split(' ').collect::<BTreeSet<_>>().len();
    assert_eq!((stories(most), stories(most + 1)), (1, MOST_OF_ONE_TITLE + 1));
}

#[test]
fn a_new_telling_joins_the_story_that_the_library_has() {
    check("A 0h /harbour @7 | B 1h /harbour | C 1h /harbour", "@7 @7");
    check("A 0h ~storm-over @7 | A 1h ~storm-over", "1");
    // Published before what the library has, arrived later.
    check("A 9h /harbour @7 | B 1h /harbour", "@7");
}

#[test]
fn a_telling_of_two_new_stories_makes_them_one() {
    check("A 0h /a ~storm | B 1h /b ~boats | C 2h /a ~boats", "1 1 1");
    check("A 0h /a @7 | B 1h /b | C 2h /a /b", "@7 @7");
}

#[test]
fn two_stories_of_the_library_stay_apart_and_the_earlier_takes_the_new_telling() {
    check("A 1h /a @9 | B 2h /b @3 | C 3h /a /b", "@9");
    // Of one time, the identity decides, and neither the number of the story nor when it came.
    check("A 1h ^2 /a @3 | B 1h ^1 /b @9 | C 3h /a /b", "@9");
}

/// A post that the library has in a story, or a new one: what it is known by, its title and its text.
fn told(place: i64, story: Option<i64>, keys: &[&str], title: &str, text: &str) -> Telling {
    let keys = keys.iter().map(|key| StoryKey::title(key)).collect();
    Telling { keys, story: story.map(StoryId), ..post(place, (title, text)) }
}

const ONE: (&str, &str) =
    ("Storm over Lima", "The port of Lima was closed on Monday by storm Ida, which tore four cranes down.");
const OTHER: (&str, &str) =
    ("Storm over Lima", "The orchestra of Bergen plays a symphony called Storm over Lima, by Elena Ortega.");

#[test]
fn of_two_stories_of_the_library_the_one_that_says_the_same_takes_a_telling_of_both() {
    let known = [told(1, Some(7), &["storm"], ONE.0, ONE.1), told(2, Some(8), &["storm"], OTHER.0, OTHER.1)];
    let home = |text: &str| {
        let new = told(3, None, &["storm"], ONE.0, text);
        fold(&[new], &known, &[], &Frequencies::default()).homes[0].1
    };
    assert_eq!(home(OTHER.1), Home::Known(StoryId(8)), "a copy of the later one");
    assert_eq!(home(ONE.1), Home::Known(StoryId(7)));
    assert_eq!(home(""), Home::Known(StoryId(7)), "where nothing else is known, the earlier one");
}

#[test]
fn the_readers_word_on_two_posts_comes_before_keys_and_words() {
    let known =
        [told(1, Some(7), &["storm"], ONE.0, ONE.1), told(2, Some(8), &["museum"], "A museum", "It shows boats.")];
    let said = |other: i64, together| Said { one: PostId(3), other: PostId(other), together };
    let home = |keys: &[&str], said: &[Said]| {
        let new = told(3, None, keys, ONE.0, ONE.1);
        fold(&[new], &known, said, &Frequencies::default()).homes[0].1
    };
    assert_eq!(home(&["storm"], &[]), Home::Known(StoryId(7)));
    assert_eq!(home(&["storm"], &[said(1, false)]), Home::OpenedBy(PostId(3)), "put apart, whatever it says");
    assert_eq!(home(&[], &[]), Home::Known(StoryId(7)), "by its words");
    assert_eq!(home(&[], &[said(1, false)]), Home::OpenedBy(PostId(3)));
    assert_eq!(home(&["storm"], &[said(2, true)]), Home::Known(StoryId(8)), "brought together");
    // A third one that fits both brings together nothing that was put apart.
    let new = [told(3, None, &["storm"], ONE.0, ONE.1), told(4, None, &["storm"], ONE.0, ONE.1)];
    let homes = fold(&new, &known, &[said(1, false)], &Frequencies::default()).homes;
    assert_eq!(homes[0].1, Home::OpenedBy(PostId(3)));
    assert_eq!(homes[1].1, Home::Known(StoryId(7)));
}

#[test]
fn a_source_that_fills_one_mould_all_day_takes_no_room_and_is_no_story() {
    let posts: Vec<Telling> = (1..=600)
        .map(|n| Telling {
            at: Moment(n * Moment::MINUTE),
            source: SourceId(1),
            ..post(n, (&format!("Fennel 1.2.{n} is out"), "Fennel has a new release with small fixes."))
        })
        .collect();
    let homes = fold(&posts, &[], &[], &Frequencies::default()).homes;
    assert!(homes.iter().all(|(post, home)| *home == Home::OpenedBy(*post)));
    // Nor does another source that tells of one of them bring two together.
    let told: Vec<Telling> = posts
        .iter()
        .take(6)
        .cloned()
        .chain([Telling {
            at: Moment(7),
            ..post(700, ("Fennel 1.2.3 is out", "Fennel has a new release with small fixes."))
        }])
        .collect();
    let homes = fold(&told, &[], &[], &Frequencies::default()).homes;
    assert_eq!(homes.iter().filter(|(post, home)| *home == Home::OpenedBy(*post)).count(), 6, "{homes:?}");
}

#[test]
fn a_post_comes_after_the_one_that_opens_its_story() {
    let homes = fold(&tellings("B 5h /harbour | A 0h /harbour"), &[], &[], &Frequencies::default()).homes;
    assert_eq!(homes, [(PostId(2), Home::OpenedBy(PostId(2))), (PostId(1), Home::OpenedBy(PostId(2)))]);
}

/// Beginnings of titles that share some of their words.
const WORDS: [&str; 8] = [
    "harbour storm ",
    "harbour lima bridge ",
    "storm closes bridge ",
    "package 12 ",
    "package 13 ",
    "lima quake ",
    "quake felt in harbour ",
    "seals back on pier ",
];

fn any_telling() -> impl Strategy<Value = (i64, i64, Vec<u8>, Option<i64>)> {
    (0..4_i64, 0..60_i64, prop::collection::vec(0..8_u8, 0..3), prop::option::of(1..4_i64))
}

proptest! {
    #[test]
    fn the_order_of_arrival_changes_no_home(
        (all, shuffled) in prop::collection::vec(any_telling(), 0..24).prop_map(|rows| {
            let tellings = rows.into_iter().enumerate().map(|(place, (source, hours, keys, story))| Telling {
                post: PostId(i64::try_from(place).unwrap() + 1),
                tie: u64::try_from(place * 7 % 24).unwrap(),
                source: SourceId(source),
                at: Moment(hours * Moment::HOUR),
                gist: Gist::of(&keys.iter().map(|key| WORDS[usize::from(*key)]).collect::<String>(), "", None),
                keys: keys.into_iter().filter(|key| key % 2 == 0).map(|key| StoryKey(i64::from(key))).collect(),
                links: Vec::new(),
                story: story.map(StoryId),
            });
            tellings.collect::<Vec<_>>()
        }).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        // Numbers of posts are given as they arrive: what is the same under other numbers is the same.
        let renamed = |tellings: &[Telling]| -> Vec<Telling> {
            (1..).zip(tellings).map(|(number, telling)| Telling { post: PostId(number), ..telling.clone() }).collect()
        };
        let parts = |tellings: &[Telling]| -> BTreeSet<BTreeSet<u64>> {
            let ties: BTreeMap<PostId, u64> = tellings.iter().map(|telling| (telling.post, telling.tie)).collect();
            let (known, new): (Vec<_>, Vec<_>) = tellings.iter().cloned().partition(|telling| telling.story.is_some());
            let mut stories: BTreeMap<i64, BTreeSet<u64>> = BTreeMap::new();
            for (post, home) in fold(&new, &known, &[], &Frequencies::default()).homes {
                let story = match home { Home::Known(story) => -story.0, Home::OpenedBy(opener) => opener.0 };
                stories.entry(story).or_default().insert(ties[&post]);
            }
            stories.into_values().collect()
        };
        prop_assert_eq!(parts(&renamed(&all)), parts(&renamed(&shuffled)));
        let homes = |tellings: &[Telling]| {
            let (known, new): (Vec<_>, Vec<_>) = tellings.iter().cloned().partition(|telling| telling.story.is_some());
            fold(&new, &known, &[], &Frequencies::default()).homes
        };
        let given = homes(&all);
        prop_assert_eq!(&given, &homes(&shuffled));
        prop_assert_eq!(given.len(), all.iter().filter(|telling| telling.story.is_none()).count());
        // Each story is opened by one of its own, which stands before the others.
        let mut seen = BTreeSet::new();
        for (post, home) in given {
            seen.insert(post);
            if let Home::OpenedBy(opener) = home {
                prop_assert!(seen.contains(&opener));
            }
        }
    }
}

/// A post of a source of its own: its title and its text.
fn post(place: i64, (title, text): (&str, &str)) -> Telling {
    Telling {
        post: PostId(place),
        tie: 0,
        source: SourceId(place),
        at: Moment(place * Moment::HOUR),
        keys: Vec::new(),
        links: Vec::new(),
        gist: Gist::of(title, text, Some("en")),
        story: None,
    }
}

#[test]
fn who_writes_of_a_program_and_names_no_version_tells_nothing_of_its_release() {
    let release = (
        "Larkspur Mail 2.3.1 is out",
        "Larkspur Mail 2.3.1, the mail client, was released today. It opens old archives faster, keeps the place of its \
         window and no longer forgets drafts when the network goes.",
    );
    let question = (
        "Larkspur Mail forgets its window on a fresh install",
        "I use Larkspur Mail, the mail client, every day. It keeps no place of its window and forgets drafts when the \
         network goes. Which settings are right for old archives?",
    );
    assert_eq!(stories_of(release, question), 2);
    let telling = (
        "Larkspur Mail opens old archives faster",
        "The mail client Larkspur Mail 2.3.1 was released today. It opens old archives faster.",
    );
    assert_eq!(stories_of(release, telling), 1);
}

#[test]
fn a_link_to_the_page_of_another_or_to_one_page_speaks_for_one_story() {
    let check = |links: [&[&str]; 2], expected: usize, why: &str| {
        let texts = [
            ("Gazette: harbour wall of Lima gives way", "A part of the harbour wall fell into the sea before dawn."),
            (
                "What went wrong with the wall in Lima",
                "Before dawn the harbour lost a part of what held it for a century, and nobody had looked.",
            ),
        ];
        let page = |name: &str| StoryKey::of_page(&format!("https://{name}.example/wall")).unwrap();
        let mut posts = [post(1, texts[0]), post(20, texts[1])];
        for (telling, links) in posts.iter_mut().zip(links) {
            telling.links = links.iter().map(|link| page(link)).collect();
        }
        posts[0].keys = vec![page("gazette")];
        let homes = fold(&posts, &[], &[], &Frequencies::default()).homes;
        let stories = homes.iter().filter(|(post, home)| *home == Home::OpenedBy(*post)).count();
        assert_eq!(stories, expected, "{why}");
    };
    check([&[], &[]], 2, "words alone");
    check([&[], &["gazette"]], 1, "it links to the other");
    check([&["report"], &["report"]], 1, "both link to one page");
    check([&["report"], &["weather"]], 2, "each to another");
}

/// How many stories two posts are, of two sources and an hour apart; each a title and a text.
fn stories_of(one: (&str, &str), other: (&str, &str)) -> usize {
    let homes = fold(&[post(1, one), post(2, other)], &[], &[], &Frequencies::default()).homes;
    homes.iter().filter(|(post, home)| *home == Home::OpenedBy(*post)).count()
}

#[test]
fn an_instalment_of_a_tale_is_nobody_elses_story() {
    const TOLD: &str = "The planks came up one after the other, wet and black, and the keel lay bare in the mud.";
    const TOO: &str =
        "Forty oak planks and a keel: what such a wreck in the mud costs who wants to raise it, and who pays.";
    let other = ("Plank by plank out of the mud", TOO);
    assert_eq!(stories_of(("The boat in the mud, plank by plank", TOLD), other), 1, "else nothing is shown");
    for title in ["The boat in the mud, plank by plank (3)", "The boat in the mud, plank by plank (3/9)"] {
        assert_eq!(stories_of((title, TOLD), other), 2, "{title}");
    }
    assert_eq!(stories_of(("The boat in the mud, plank by plank, part 3", TOLD), other), 2);
    // Its copies are the same story, and a year or an amount makes none of it.
    let third = "The boat in the mud, plank by plank (3)";
    assert_eq!(stories_of((third, TOLD), (third, TOLD)), 1);
    assert_eq!(stories_of(("The boat in the mud, plank by plank (1923)", TOLD), other), 1);
}

#[test]
fn a_subject_in_common_counts_less_than_a_name_a_number_or_a_day_in_common() {
    let counts = |wren: &str, other: &str| {
        let one =
            post(1, ("A hedge in winter", &format!("Behind the pond the {wren} sang, and frost lay on the gate.")));
        let other = post(2, ("Small birds", other));
        between(&Witness::of(&one), &Witness::of(&other), 0.5, 3)
    };
    let subject = counts("wren", "The wren likes a hedge: there is no frost in there.");
    assert!(subject > 0.0);
    for (word, other) in [
        ("Beatrix", "The old Beatrix likes a hedge: there is no frost in there."),
        ("monday", "On Monday she likes a hedge: there is no frost in there."),
        ("17", "All 17 of them like a hedge: there is no frost in there."),
    ] {
        assert!(counts(word, other) > 1.5 * subject, "{word}: {} and {subject}", counts(word, other));
    }
    // Of a headline alone it is not known what is a name.
    let headline = |text: &str| {
        let (one, other) =
            (post(1, ("Wrens sing in a winter hedge", text)), post(2, ("A winter hedge full of wrens", text)));
        between(&Witness::of(&one), &Witness::of(&other), 0.5, 3)
    };
    assert!(headline("") > 1.5 * headline("The wrens are in the hedge."));
}
