//! Holds what is learned of a taste, and that it can be seen, taken out and forgotten.

use proptest::prelude::*;

use super::*;

const GARDEN: &[&str] =
    &["Pruning pears in winter", "A compost heap that works", "Pears on a north wall", "Winter compost"];
const NEWS: &[&str] =
    &["Council votes on parking", "Minister resigns at noon", "Parking fines rise", "Council at noon"];

fn of(title: &str) -> BTreeSet<Trait> {
    traits(title, "", None, None, &[])
}

fn word(name: &str) -> Trait {
    Trait::new(Kind::Word, name)
}

/// So many stars on gardens, as many news passed over.
fn log(stars: usize) -> Vec<(BTreeSet<Trait>, Verdict)> {
    let pair = |at: usize| [(of(GARDEN[at % 4]), Verdict::Starred), (of(NEWS[at % 4]), Verdict::PassedOver)];
    (0..stars).flat_map(pair).collect()
}

fn counted(log: &[(BTreeSet<Trait>, Verdict)]) -> Frequencies {
    let mut frequencies = Frequencies::default();
    log.iter().for_each(|(traits, _)| frequencies.add(traits));
    frequencies
}

fn taste(log: &[(BTreeSet<Trait>, Verdict)], removed: &[Trait]) -> Taste {
    let log = log.iter().map(|(traits, verdict)| (traits, *verdict));
    Taste::of(counted(&self::log(10)), removed.iter().cloned().collect(), log)
}

fn value(taste: &Taste, title: &str) -> f64 {
    taste.opinion(&of(title), 3).unwrap().value
}

#[test]
fn nothing_is_said_before_the_tenth_star() {
    assert_eq!(taste(&log(9), &[]).opinion(&of("Pears"), 3), None);
    assert!(taste(&log(10), &[]).opinion(&of("Pears"), 3).is_some());
}

#[test]
fn what_was_only_read_does_not_stand_for_a_star() {
    let read = (0..50).map(|at| (of(GARDEN[at % 4]), Verdict::Read));
    let with_read = |stars| read.clone().chain(log(stars)).collect::<Vec<_>>();
    assert_eq!(taste(&with_read(9), &[]).opinion(&of("Pears"), 3), None);
    assert!(taste(&with_read(10), &[]).opinion(&of("Pears"), 3).is_some());
}

#[test]
fn what_was_starred_is_liked_and_the_words_say_why() {
    let taste = taste(&log(12), &[]);
    let pears = taste.opinion(&of("Pears for the parking"), 3).unwrap();
    assert!(value(&taste, "Compost and pears") > 0.6 && value(&taste, "Council votes at noon") < 0.4);
    assert_eq!(pears.because, [word("pears")]);
    let (against, for_it): (Vec<_>, Vec<_>) = taste.learned().into_iter().partition(|(_, weight)| *weight < 0.0);
    assert!(for_it.iter().any(|(one, _)| **one == word("compost")), "{for_it:?}");
    assert!(against.iter().any(|(one, _)| **one == word("council")), "{against:?}");
}

#[test]
fn people_sources_and_tags_are_learned_too() {
    let by =
        |author: &str, tag: &str| traits("Untitled", "", Some(author), Some("https://a.example"), &[tag.to_owned()]);
    let pair = [(by("Harriet", "pears"), Verdict::Starred), (by("Desk", "votes"), Verdict::Skipped)];
    let log: Vec<_> = pair.iter().cycle().take(24).cloned().collect();
    let opinion = taste(&log, &[]).opinion(&by("Harriet", "pears"), 2).unwrap();
    assert_eq!(opinion.because, [Trait::new(Kind::Person, "harriet"), Trait::new(Kind::Tag, "pears")]);
}

#[test]
fn a_trait_that_was_taken_out_says_nothing_any_more() {
    let without = taste(&log(12), &[word("pears")]);
    assert!(without.learned().iter().all(|(one, _)| **one != word("pears")));
    assert_eq!(value(&without, "Pears"), value(&without, "Anything"));
}

proptest! {
    #[test]
    fn forgetting_an_event_leaves_nothing_of_it(at in 0..30_usize, asked in 0..4_usize) {
        let whole = log(15);
        let mut rest = whole.clone();
        rest.remove(at);
        // Learned with it, then forgotten: learned again from the log without it, where it left no place either.
        let forgotten = taste(&rest, &[]);
        let mut never = Taste::new(counted(&log(10)), BTreeSet::new());
        for (at_now, (traits, verdict)) in whole.iter().enumerate() {
            if at_now != at {
                never.learn(traits, *verdict);
            }
        }
        prop_assert_eq!(forgotten.learned(), never.learned());
        prop_assert_eq!(value(&forgotten, NEWS[asked]).to_bits(), value(&never, NEWS[asked]).to_bits());
    }

    #[test]
    fn opinions_are_sound_whatever_is_learned(
        words in prop::collection::vec(("[a-e]{0,3}( [a-e]{1,2}){0,6}", any::<bool>()), 0..60),
    ) {
        let verdict = |liked: &bool| if *liked { Verdict::Starred } else { Verdict::Skipped };
        let log: Vec<_> = words.iter().map(|(title, liked)| (of(title), verdict(liked))).collect();
        let taste = taste(&log, &[]);
        for (title, _) in &words {
            if let Some(opinion) = taste.opinion(&of(title), 3) {
                prop_assert!((0.0..=1.0).contains(&opinion.value));
                prop_assert!(opinion.because.len() <= 3);
            }
        }
        prop_assert!(taste.learned().iter().all(|(_, weight)| weight.is_finite()));
    }
}
