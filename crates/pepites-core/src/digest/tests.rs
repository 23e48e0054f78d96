//! Holds what enters a digest and what is left out, as sentences.

use proptest::prelude::*;

use super::*;
use crate::{
    model::{Moment, PostId},
    score::tests::plain,
};

/// Story `story` of `source`, of so many words, with that rank; `nugget` or not.
pub(super) fn candidate(story: i64, source: i64, words: u32, total: f64, nugget: bool) -> Candidate {
    let facts = Facts { story: StoryId(story), face: PostId(story), source: SourceId(source), words, ..plain() };
    let rank = Rank { total, parts: Vec::new(), nugget, nugget_reasons: Vec::new(), strength: total, outdone: false };
    Candidate { facts, rank, listening: 0, unmeasured: false, put_off: false }
}

/// A plan for who follows `followed` sources, reads at the usual speed and lifted nothing.
fn plan(budget: Budget, followed: u32) -> Plan<'static> {
    static NONE: BTreeSet<SourceId> = BTreeSet::new();
    Plan { budget, words_per_minute: WORDS_PER_MINUTE, followed, unlimited: &NONE, searches: &[] }
}

/// With so few sources that the budget is the only bound.
fn choose(candidates: &[Candidate], budget: Budget) -> Choice {
    super::choose(candidates, &plan(budget, 0))
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
    assert_eq!(words_of(text, choice.left_out.into_iter().map(|out| out.index)), left_out, "left out of {text}");
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
    assert_eq!(choice.left_out, [LeftOut { index: 1, why: Why::TooLong(10), seconds: 600 }]);
}

#[test]
fn a_short_note_costs_the_time_to_let_it_go() {
    let usual = |words| seconds(words, WORDS_PER_MINUTE);
    assert_eq!((usual(0), usual(230), usual(231), usual(u32::MAX)), (10, 60, 61, 1_120_426_251));
    assert_eq!((seconds(230, 460), seconds(230, 115), seconds(0, 60)), (30, 120, 10));
    assert_eq!((seconds(1_000, 0), seconds(1_000, u32::MAX)), (1_000, 60), "no speed is beyond what can be set");
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
    assert_eq!(section(false, |facts| facts.words = LONG_WORDS), Section::Long);
    assert_eq!(section(false, |facts| (facts.words, facts.sources) = (LONG_WORDS, 2)), Section::Covered);
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
    check("A3 B2 C1", Budget::Minutes(2), true);
    check("", Budget::Posts(1), false);
    let long = candidate(1, 1, 10 * WORDS_PER_MINUTE, 9.0, false);
    let choice = choose(&[long], Budget::Minutes(5));
    assert_eq!((choice.chosen.len(), choice.left_out.len()), (0, 1));
    assert!(!choice.fills(Budget::Minutes(5)), "nothing fitted: something older may");
    let fills = |budget| super::choose(&candidates("A9 A8 A7 A6 B1"), &plan(budget, 3)).fills(budget);
    assert!(fills(Budget::Posts(5)), "four stories: the share of a source is no reason to look further back");
    assert!(!fills(Budget::Posts(6)));
}

#[test]
fn a_source_keeps_to_its_share_where_there_are_others_to_fill_the_day() {
    let stories = |followed: u32, unlimited: &BTreeSet<SourceId>| {
        let all = candidates("A9 A8 A7 A6 A5 B1 C1");
        let choice = super::choose(&all, &Plan { unlimited, ..plan(Budget::Posts(7), followed) });
        let why: Vec<Why> = choice.left_out.into_iter().map(|out| out.why).collect();
        (choice.chosen.len(), why)
    };
    let (none, lifted) = (BTreeSet::new(), BTreeSet::from([SourceId(i64::from(b'A'))]));
    assert_eq!(stories(2, &none), (7, vec![]), "two sources bring six: that is no day");
    assert_eq!(stories(3, &none), (5, vec![Why::Source, Why::Source]));
    assert_eq!(stories(3, &lifted), (7, vec![]));
}

#[test]
fn what_was_put_off_has_a_place_whatever_its_rank_and_its_source() {
    let mut all = candidates("A9 A8 A7 A1 B6* C5");
    all[3].put_off = true;
    let choice = super::choose(&all, &plan(Budget::Posts(4), 10));
    let entered: Vec<usize> = choice.chosen.iter().map(|chosen| chosen.index).collect();
    assert_eq!(entered, [4, 0, 1, 3], "and counts for its source");
    let budget_of_one = super::choose(&all, &plan(Budget::Posts(1), 10));
    assert_eq!(budget_of_one.chosen.iter().map(|chosen| chosen.index).collect::<Vec<_>>(), [3]);
}

#[test]
fn what_was_put_off_leaves_half_of_the_room() {
    let text = "A9 B8* C7 D4 E3 F2 G1";
    let mut all = candidates(text);
    all[3..].iter_mut().for_each(|one| one.put_off = true);
    let entered = |budget: Budget| {
        let choice = super::choose(&all, &plan(budget, 10));
        let mut entered: Vec<usize> = choice.chosen.iter().map(|chosen| chosen.index).collect();
        entered.sort_unstable();
        words_of(text, entered.into_iter())
    };
    assert_eq!(entered(Budget::Posts(4)), "A9 B8* D4 E3", "and today's paper keeps the rest");
    assert_eq!(entered(Budget::Minutes(4)), "A9 B8* D4 E3");
    assert_eq!(entered(Budget::Posts(7)), text, "with room enough for all of it");
    all[3].facts.words = 3 * WORDS_PER_MINUTE;
    let choice = super::choose(&all, &plan(Budget::Minutes(4), 10));
    assert!(choice.chosen.iter().any(|chosen| chosen.index == 3), "one has its place however long it is");
}

#[test]
fn listening_takes_its_time_too() {
    let mut podcast = candidate(1, 1, 230, 9.0, false);
    podcast.listening = 540;
    let choice = choose(&[podcast.clone()], Budget::Minutes(10));
    assert_eq!(choice.chosen[0].seconds, 600);
    podcast.listening = 541;
    let choice = choose(&[podcast], Budget::Minutes(10));
    assert_eq!(choice.left_out, [LeftOut { index: 0, why: Why::TooLong(11), seconds: 601 }]);
}

#[test]
fn a_story_that_is_like_another_gives_way_to_one_that_is_not() {
    let titled = |story: i64, total: f64, title: &str| {
        let mut one = candidate(story, story, 50, total, false);
        one.facts.title = title.to_owned();
        one
    };
    let all = [
        titled(1, 5.0, "Storm over the harbour"),
        titled(2, 4.9, "Harbour after the storm"),
        titled(3, 4.6, "Beekeeping in winter"),
        titled(4, 4.2, "Old maps of the valley"),
    ];
    let choice = choose(&all, Budget::Posts(2));
    assert_eq!(choice.chosen.iter().map(|chosen| chosen.index).collect::<Vec<_>>(), [0, 2]);
    let alike = Why::Alike("Storm over the harbour".to_owned());
    let why: Vec<(usize, Why)> = choice.left_out.into_iter().map(|out| (out.index, out.why)).collect();
    assert_eq!(why, [(1, alike), (3, Why::Room)]);
    // Not what is much better: likeness costs, it does not forbid.
    let mut all = all;
    all[1].rank.total = 9.0;
    all[0].rank.total = 8.9;
    assert_eq!(choose(&all, Budget::Posts(2)).chosen.iter().map(|chosen| chosen.index).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn a_digest_is_not_filled_up_with_what_is_like_a_story_in_it() {
    let titled = |story: i64, words: u32, total: f64, title: &str| {
        let plain = candidate(story, story, words, total, false);
        Candidate { facts: Facts { title: title.to_owned(), ..plain.facts }, ..plain }
    };
    // Ten minutes; after the first two nothing long fits, and either of the last two fills it.
    let all = [
        titled(1, 5 * WORDS_PER_MINUTE, 5.0, "The ferry to Lindholm stops"),
        titled(2, 4 * WORDS_PER_MINUTE, 3.0, "A library of seeds"),
        titled(3, 5 * WORDS_PER_MINUTE, 2.2, "The ferry to Lindholm stops again"),
        titled(4, 5 * WORDS_PER_MINUTE, 2.0, "Bread from acorns"),
    ];
    let chosen: Vec<usize> = choose(&all, Budget::Minutes(10)).chosen.iter().map(|chosen| chosen.index).collect();
    assert_eq!(chosen, [0, 3]);
}

#[test]
fn one_voice_does_not_speak_all_the_time() {
    let said = |story: i64, author: &str, total: f64| {
        let mut one = candidate(story, 1, 50, total, false);
        one.facts.author = Some(author.to_owned());
        one.facts.title = ["Storm over the harbour", "Beekeeping in winter", "Old maps"]
            [usize::try_from(story).unwrap() - 1]
            .to_owned();
        one
    };
    let all = [said(1, "Ana", 5.0), said(2, "Ana", 4.9), said(3, "Ben", 4.8)];
    assert_eq!(choose(&all, Budget::Posts(2)).chosen.iter().map(|chosen| chosen.index).collect::<Vec<_>>(), [0, 2]);
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
            let left_out: Vec<_> = choice.left_out.iter().map(|out| all[out.index].facts.story).collect();
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
                let shortest = left_out.iter().map(|story| seconds(all[story.0 as usize - 1].facts.words, WORDS_PER_MINUTE)).min();
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

/// Whether some of these costs add up to between `least` and `most`.
fn can_fill(costs: &[u64], least: u64, most: u64) -> bool {
    let mut sums = BTreeSet::from([0_u64]);
    for cost in costs {
        let more: Vec<u64> = sums.iter().map(|sum| sum + cost).filter(|sum| *sum <= most).collect();
        sums.extend(more);
    }
    sums.range(least..=most).next().is_some()
}

proptest! {
    // Each looks at every sum that its stories can have.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_digest_in_minutes_ends_at_most_a_twentieth_early_where_any_choice_could(
        rows in prop::collection::vec((0..4_000_u32, 1..9_u8, any::<bool>()), 0..30), minutes in 1..90_u32,
    ) {
        // A source each: no share is in the way.
        let all: Vec<Candidate> = rows.iter().zip(1..)
            .map(|((words, total, nugget), story)| candidate(story, story, *words, f64::from(*total), *nugget))
            .collect();
        let room = u64::from(minutes) * 60;
        let choice = choose(&all, Budget::Minutes(minutes));
        let spent: u64 = choice.chosen.iter().map(|chosen| u64::from(chosen.seconds)).sum();
        prop_assert!(spent <= room);
        let costs: Vec<u64> = all.iter().map(|one| u64::from(seconds(one.facts.words, WORDS_PER_MINUTE))).collect();
        let least = room - room / 20;
        // Longer budgets are filled in steps of more than a second.
        let step = room.div_ceil(4_096) * 40;
        prop_assert!(spent >= least || !can_fill(&costs, least, room - if room > 4_096 { step } else { 0 }), "{spent} of {room}: {costs:?}");
    }

    #[test]
    fn no_source_brings_more_than_its_share_and_every_left_out_story_has_its_reason(
        all in any_rows(), budget in any_budget(), lifted in 0..5_i64,
    ) {
        let unlimited = BTreeSet::from([SourceId(lifted)]);
        let choice = super::choose(&all, &Plan { unlimited: &unlimited, ..plan(budget, 1_000) });
        let mut counts: BTreeMap<SourceId, u32> = BTreeMap::new();
        for chosen in &choice.chosen {
            *counts.entry(all[chosen.index].facts.source).or_default() += 1;
        }
        prop_assert!(counts.iter().all(|(source, count)| unlimited.contains(source) || *count <= OF_A_SOURCE));
        prop_assert_eq!(choice.chosen.len() + choice.left_out.len(), all.len());
        for out in &choice.left_out {
            let source = all[out.index].facts.source;
            match (&out.why, budget) {
                (Why::TooLong(minutes), Budget::Minutes(budget)) => prop_assert!(*minutes > budget),
                (Why::Source, _) => prop_assert!(counts[&source] == OF_A_SOURCE && !unlimited.contains(&source)),
                (Why::TooLong(_) | Why::NoGap(_), Budget::Posts(_)) => prop_assert!(false, "no length counts in posts"),
                _ => {}
            }
        }
    }
}

#[test]
fn a_mode_lets_in_what_it_says_and_the_best_first() {
    use crate::model::Mode;
    let text = "A9 A8* A1 B7 B6 B5 C4";
    let a = SourceId(i64::from(b'A'));
    let enter = |mode: Mode, shown: u32| {
        let mut all = candidates(text);
        all[0].facts.relayed = true;
        let (modes, shown) = (BTreeMap::from([(a, mode)]), BTreeMap::from([(a, shown)]));
        let entered = admitted(all, &modes, &shown, Budget::Posts(9));
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

#[test]
fn what_was_put_off_enters_whatever_the_mode_and_is_counted_first() {
    use crate::model::Mode;
    let a = SourceId(i64::from(b'A'));
    for mode in [Mode::Daily(1), Mode::Nuggets, Mode::NoRelays] {
        let mut all = candidates("A9 A5");
        all.iter_mut().for_each(|one| one.facts.relayed = true);
        all[1].put_off = true;
        let entered = admitted(all, &BTreeMap::from([(a, mode)]), &BTreeMap::new(), Budget::Posts(9));
        let stories: Vec<i64> = entered.iter().map(|one| one.facts.story.0).collect();
        assert_eq!(stories, [1], "{mode:?}");
    }
}

#[test]
fn what_cannot_enter_takes_no_mark_of_a_nugget_from_what_can() {
    use crate::model::Mode;
    let a = SourceId(i64::from(b'A'));
    let text = "A99* A98* A97* A96* A95* A94* B9* C8* D7* E6* F5* G4* H3* I2*";
    let entered =
        admitted(candidates(text), &BTreeMap::from([(a, Mode::Daily(1))]), &BTreeMap::new(), Budget::Posts(20));
    assert_eq!((entered.len(), entered.iter().filter(|one| one.rank.nugget).count()), (9, 9));
}

#[test]
fn minutes_are_shared_among_sources_as_posts_are() {
    let all: Vec<Candidate> = (0..40).map(|story| candidate(story, story / 20, 115, 1.0, false)).collect();
    let choice = super::choose(&all, &plan(Budget::Minutes(120), 30));
    assert_eq!(choice.chosen.len(), 6, "thirty sources could fill two hours: none has more than its share");
}

#[test]
fn what_a_search_finds_has_a_quarter_of_the_room_and_a_section_of_its_own() {
    let all = candidates("A9 B8 C7 D6 E1 F2 G1*");
    let stories = |places: &[i64]| places.iter().map(|place| StoryId(*place)).collect::<BTreeSet<_>>();
    let chosen = |searches: &[BTreeSet<StoryId>]| -> Vec<(i64, Option<usize>)> {
        let choice = super::choose(&all, &Plan { searches, ..plan(Budget::Posts(4), 0) });
        assert!(choice.chosen.iter().all(|chosen| (chosen.section == Section::Searched) == chosen.search.is_some()));
        choice.chosen.iter().map(|chosen| (chosen.story.0, chosen.search)).collect()
    };
    assert_eq!(chosen(&[]), [(6, None), (0, None), (1, None), (2, None)]);
    // The best of what it finds has a place; a nugget stays one.
    assert_eq!(chosen(&[stories(&[4, 5, 6]), stories(&[5])]), [(6, None), (5, Some(0)), (0, None), (1, None)]);
    // More than a quarter enters by its rank alone, and each search has its own section.
    assert_eq!(chosen(&[stories(&[1, 3]), stories(&[0, 1, 2])]), [(6, None), (1, Some(0)), (0, Some(1)), (2, Some(1))]);
    assert_eq!(chosen(&[stories(&[99])]), chosen(&[]));
}
