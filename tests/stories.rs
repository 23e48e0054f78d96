//! Holds what the grouping makes of hard pairs of titles: tests/pairs/hard.txt, written for this. Floors may only rise.

use std::collections::BTreeMap;

use pepites_core::{
    model::{Moment, PostId, SourceId, StoryId},
    stories::{Gist, Shelf, StoryKey, Telling},
};

/// One line of the table.
struct Pair {
    section: String,
    sign: char,
    hours: i64,
    one_source: bool,
    titles: [String; 2],
}

fn pairs() -> Vec<Pair> {
    let table = std::fs::read_to_string(crate::tree::root().join("tests/pairs/hard.txt")).unwrap();
    let mut section = String::new();
    let mut pairs = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty()) {
        let sign = line.chars().next().unwrap();
        let mut rest = line.strip_prefix(sign).unwrap_or_default().trim();
        if sign == '#' {
            section = rest.to_owned();
            continue;
        }
        let (mut hours, mut one_source) = (0, false);
        while let Some((word, after)) = rest.split_once(' ') {
            match word.strip_suffix('h').and_then(|number| number.parse().ok()) {
                Some(number) => hours = number,
                None if word == "one" => one_source = true,
                None => break,
            }
            rest = after;
        }
        let (one, other) = rest.split_once(" | ").unwrap();
        let titles = [one.to_owned(), other.to_owned()];
        pairs.push(Pair { section: section.clone(), sign, hours, one_source, titles });
    }
    pairs
}

/// Both posts of a pair, alone or with others around them.
fn tellings(place: usize, pair: &Pair) -> Vec<Telling> {
    in_languages(place, pair, pair.sign == 'x')
}

/// `known`: it is known that the first is in English and the second in French.
fn in_languages(place: usize, pair: &Pair, known: bool) -> Vec<Telling> {
    let number = i64::try_from(place).unwrap() * 2;
    let telling = |turn: i64, title: &str| Telling {
        post: PostId(number + turn),
        tie: 0,
        source: SourceId(number + if pair.one_source { 0 } else { turn }),
        at: Moment(1_800_000_000_000 + turn * pair.hours * Moment::HOUR),
        keys: StoryKey::of_title(title, "").into_iter().collect(),
        links: Vec::new(),
        gist: Gist::of(title, "", known.then_some(if turn == 0 { "en" } else { "fr" })),
        story: None,
    };
    pair.titles.iter().zip(0..).map(|(title, turn)| telling(turn, title)).collect()
}

/// Whether each pair is one story: when all of the table comes at once, and when each pair is all that there is.
fn joined(pairs: &[Pair]) -> [Vec<bool>; 2] {
    let same = |stories: &BTreeMap<PostId, StoryId>, place: usize| {
        let number = i64::try_from(place).unwrap() * 2;
        stories[&PostId(number)] == stories[&PostId(number + 1)]
    };
    let all = pairs.iter().enumerate().flat_map(|(place, pair)| tellings(place, pair)).collect();
    let crowd: BTreeMap<PostId, StoryId> = Shelf::new().arrive(all).into_iter().collect();
    let alone =
        |(place, pair): (usize, &Pair)| same(&Shelf::new().arrive(tellings(place, pair)).into_iter().collect(), place);
    [(0..pairs.len()).map(|place| same(&crowd, place)).collect(), pairs.iter().enumerate().map(alone).collect()]
}

#[test]
fn hard_pairs_are_told_apart_and_together() {
    let pairs = pairs();
    assert!(pairs.len() >= 300, "only {} pairs", pairs.len());
    for (how, joined) in ["in a crowd", "alone"].into_iter().zip(joined(&pairs)) {
        let mut counts: BTreeMap<char, (u32, u32)> = BTreeMap::new();
        for (pair, joined) in pairs.iter().zip(joined) {
            let (together, all) = counts.entry(pair.sign).or_default();
            *together += u32::from(joined);
            *all += 1;
            if pair.sign == '!' && joined {
                println!("{how}, wrongly one story: {} | {}", pair.titles[0], pair.titles[1]);
                // What comes back is never one story; the rest is held by its floor.
                assert!(!pair.section.ends_with("never one story"), "{}: {:?}", pair.section, pair.titles);
            }
        }
        let share = |sign: char| f64::from(counts[&sign].0) / f64::from(counts[&sign].1);
        assert_eq!(counts[&'x'].1, 30);
        crate::quality::hold("pairs.together", share('='));
        crate::quality::hold("pairs.apart", 1.0 - share('!'));
        crate::quality::hold("pairs.across", share('x'));
    }
}

#[test]
fn a_post_of_another_language_joins_no_other_event() {
    let pairs: Vec<Pair> = pairs().into_iter().filter(|pair| pair.sign == 'x').collect();
    // Short headlines often do not say their language.
    for known in [true, false] {
        let all = pairs.iter().enumerate().flat_map(|(place, pair)| in_languages(place, pair, known)).collect();
        let mut events: BTreeMap<StoryId, i64> = BTreeMap::new();
        for (post, story) in Shelf::new().arrive(all) {
            let event = *events.entry(story).or_insert(post.0 / 2);
            assert_eq!(event, post.0 / 2, "{:?} with {:?}", pairs[usize::try_from(event).unwrap()].titles, post);
        }
    }
}
