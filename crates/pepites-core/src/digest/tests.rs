//! Holds what enters a digest and what is left out, as sentences.

use proptest::prelude::*;

use super::*;
use crate::{
    model::{Moment, PostId},
    score::tests::plain,
};

/// Story `story` of `source`, of so many words, with that rank; `nugget` or not.
fn candidate(story: i64, source: i64, words: u32, total: f64, nugget: bool) -> Candidate {
    let facts = Facts { story: StoryId(story), face: PostId(story), source: SourceId(source), words, ..plain() };
    Candidate { facts, rank: Rank { total, parts: Vec::new(), nugget, nugget_reasons: Vec::new() } }
}

/// `A5 B3*`: a story of source A with rank 5 and one of source B with rank 3, a nugget. Each takes a minute.
fn candidates(text: &str) -> Vec<Candidate> {
    let one = |(place, word): (usize, &str)| {
        let (source, rank) = word.split_at(1);
        let source = i64::from(source.as_bytes()[0]);
        let nugget = rank.ends_with('*');
        let total = rank.trim_end_matches('*').parse().unwrap();
        candidate(i64::try_from(place).unwrap(), source, WORDS_PER_MINUTE, total, nugget)
    };
    text.split_whitespace().enumerate().map(one).collect()
}

fn words_of(text: &str, places: impl Iterator<Item = usize>) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    places.map(|place| words[place]).collect::<Vec<_>>().join(" ")
}

fn check(text: &str, budget: Budget, chosen: &str, left_out: &str) {
    let choice = choose(&candidates(text), budget);
    let entered = words_of(text, choice.chosen.iter().map(|chosen| chosen.index));
    assert_eq!(entered, chosen, "chosen of {text}");
    assert_eq!(words_of(text, choice.left_out.into_iter()), left_out, "left out of {text}");
}

#[test]
fn the_best_enter_and_the_rest_is_left_out_best_first() {
    check("A1 B5 C3 D4 E2", Budget::Posts(3), "B5 D4 C3", "E2 A1");
    check("A1 B5 C3 D4 E2", Budget::Minutes(3), "B5 D4 C3", "E2 A1");
    check("A1 B5", Budget::Posts(9), "B5 A1", "");
    check("A1 B5", Budget::Posts(0), "", "B5 A1");
    check("", Budget::Posts(9), "", "");
}

#[test]
fn nuggets_have_a_quarter_of_the_room_and_come_first() {
    check("A9 B8 C7 D6 E1* F2*", Budget::Posts(4), "F2* A9 B8 C7", "D6 E1*");
    check("A9 B8 C7 D6 E1*", Budget::Minutes(4), "E1* A9 B8 C7", "D6");
    // Beyond their part they compete like the others.
    check("A9 B8* C7* D6", Budget::Posts(3), "B8* C7* A9", "D6");
}

#[test]
fn a_firehose_does_not_fill_the_digest_while_others_have_something() {
    check("A9 A8 A7 A6 A5 B1 C1", Budget::Posts(5), "A9 A8 A7 B1 C1", "A6 A5");
}

#[test]
fn a_firehose_fills_what_nobody_else_does() {
    check("A9 A8 A7 A6 A5 B1", Budget::Posts(6), "A9 A8 A7 A6 A5 B1", "");
    check("A9 A8 A7 A6 A5 B1", Budget::Posts(5), "A9 A8 A7 A6 B1", "A5");
    // The quieter of two firehoses goes first.
    check("A9 A9 A9 A9 A9 A9 A9 B1 B1 B1 B1", Budget::Posts(10), "A9 A9 A9 A9 A9 A9 B1 B1 B1 B1", "A9");
}

#[test]
fn of_equal_ranks_the_newer_enters_then_the_lower_story() {
    let mut all =
        vec![candidate(3, 1, 10, 1.0, false), candidate(2, 2, 10, 1.0, false), candidate(1, 3, 10, 1.0, false)];
    all[0].facts.published = Moment(9);
    let stories: Vec<i64> = choose(&all, Budget::Posts(2)).chosen.iter().map(|chosen| chosen.story.0).collect();
    assert_eq!(stories, [3, 1]);
}

#[test]
fn a_story_too_long_for_the_minutes_left_makes_room_for_a_shorter_one() {
    let all = [candidate(1, 1, 230, 9.0, false), candidate(2, 2, 2_300, 8.0, false), candidate(3, 3, 230, 1.0, false)];
    let choice = choose(&all, Budget::Minutes(2));
    assert_eq!(choice.chosen.iter().map(|chosen| chosen.index).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(choice.left_out, [1]);
}

#[test]
fn a_short_note_costs_the_time_to_let_it_go() {
    assert_eq!((seconds(0), seconds(230), seconds(231), seconds(u32::MAX)), (10, 60, 61, 1_120_426_251));
}

#[test]
fn a_story_stands_in_the_section_it_belongs_to() {
    let section = |nugget: bool, change: fn(&mut Facts)| {
        let mut one = candidate(1, 1, 10, 1.0, nugget);
        change(&mut one.facts);
        choose(&[one], Budget::Posts(1)).chosen[0].section
    };
    assert_eq!(section(true, |facts| facts.untitled = true), Section::Nuggets);
    assert_eq!(section(false, |facts| facts.sources = 2), Section::Covered);
    assert_eq!(section(false, |facts| facts.untitled = true), Section::People);
    assert_eq!(section(false, |_| ()), Section::Others);
}

#[test]
fn a_window_is_long_enough_when_it_fills_the_budget() {
    let check = |text: &str, budget: Budget, expected: bool| {
        assert_eq!(choose(&candidates(text), budget).fills(budget), expected, "{text}");
    };
    check("A1 B1", Budget::Posts(2), true);
    check("A1 B1", Budget::Posts(3), false);
    check("A1 B1", Budget::Minutes(1), true);
    check("A1 B1", Budget::Minutes(3), false);
    check("", Budget::Posts(1), false);
    let long = candidate(1, 1, 10 * WORDS_PER_MINUTE, 9.0, false);
    let choice = choose(&[long], Budget::Minutes(5));
    assert_eq!((choice.chosen.len(), choice.left_out.len()), (0, 1));
    assert!(!choice.fills(Budget::Minutes(5)), "nothing fitted: something older may");
}

type Row = (i64, u32, u8, bool);

fn any_rows() -> impl Strategy<Value = Vec<Candidate>> {
    let row = (0..5_i64, prop_oneof![0..3_000_u32, any::<u32>()], 0..6_u8, any::<bool>());
    prop::collection::vec(row, 0..60).prop_map(|rows: Vec<Row>| {
        let rows = rows.into_iter().zip(1..);
        rows.map(|((source, words, total, nugget), story)| candidate(story, source, words, f64::from(total), nugget))
            .collect()
    })
}

fn any_budget() -> impl Strategy<Value = Budget> {
    prop_oneof![(0..70_u32).prop_map(Budget::Posts), (0..90_u32).prop_map(Budget::Minutes)]
}

proptest! {
    #[test]
    fn whatever_the_order_the_same_stories_enter_within_the_budget(
        (all, shuffled) in any_rows().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        budget in any_budget(),
    ) {
        let stories = |all: &[Candidate]| {
            let choice = choose(all, budget);
            let chosen: Vec<_> = choice.chosen.iter().map(|chosen| (chosen.section, all[chosen.index].facts.story)).collect();
            let left_out: Vec<_> = choice.left_out.iter().map(|&index| all[index].facts.story).collect();
            (chosen, left_out)
        };
        let (chosen, left_out) = stories(&all);
        prop_assert_eq!((&chosen, &left_out), (&stories(&shuffled).0, &stories(&shuffled).1));
        prop_assert_eq!(chosen.len() + left_out.len(), all.len());
        let spent: u64 = choose(&all, budget).chosen.iter().map(|chosen| u64::from(chosen.seconds)).sum();
        match budget {
            Budget::Posts(posts) => prop_assert_eq!(chosen.len(), all.len().min(posts as usize), "filled, not exceeded"),
            Budget::Minutes(minutes) => {
                prop_assert!(spent <= u64::from(minutes) * 60);
                // Nothing that would still fit was left out.
                let shortest = left_out.iter().map(|story| seconds(all[story.0 as usize - 1].facts.words)).min();
                prop_assert!(shortest.is_none_or(|seconds| u64::from(seconds) + spent > u64::from(minutes) * 60));
            }
        }
    }

    #[test]
    fn a_thousand_posts_of_one_source_take_three_places_at_most(
        others in any_rows(), totals in prop::collection::vec(0..9_u8, 1_000), posts in 0..70_u32, nuggets in any::<bool>(),
    ) {
        let budget = Budget::Posts(posts);
        let places = |all: &[Candidate]| {
            let choice = choose(all, budget);
            choice.chosen.iter().filter(|chosen| all[chosen.index].facts.story.0 < 1_000).count()
        };
        let mut all = others.clone();
        let loud = |(total, story): (u8, i64)| candidate(story, 99, 50, f64::from(total), nuggets);
        all.extend(totals.into_iter().zip(1_000..).map(loud));
        let (before, after) = (places(&others), places(&all));
        prop_assert!(after + 3 >= before, "others had {before} places, then {after}");
    }
}

#[test]
fn a_mode_lets_in_what_it_says_and_the_best_first() {
    use crate::model::Mode;
    let text = "A9 A8* A1 B7 B6 B5 C4";
    let a = SourceId(i64::from(b'A'));
    let enter = |mode: Mode, shown: u32| {
        let mut all = candidates(text);
        all[0].facts.first = false;
        let (modes, shown) = (BTreeMap::from([(a, mode)]), BTreeMap::from([(a, shown)]));
        let entered = admitted(all, &modes, &shown);
        words_of(text, entered.iter().map(|candidate| usize::try_from(candidate.facts.story.0).unwrap()))
    };
    for (mode, shown, entered) in [
        (Mode::All, 9, text),
        (Mode::Digest, 9, text),
        (Mode::Nuggets, 0, "A8* B7 B6 B5 C4"),
        (Mode::NoRelays, 0, "A8* A1 B7 B6 B5 C4"),
        (Mode::Daily(2), 0, "A9 A8* B7 B6 B5 C4"),
        (Mode::Daily(2), 1, "A9 B7 B6 B5 C4"),
        (Mode::Muted, 0, "B7 B6 B5 C4"),
    ] {
        assert_eq!(enter(mode, shown), entered, "{mode:?}");
    }
}
