//! Holds what ranks above what and why, as sentences.

use proptest::prelude::*;

use super::{
    taste::{Kind, Trait},
    *,
};

/// A post of 200 words, a day old, of a source that posts daily, which nobody else tells.
pub(crate) fn plain() -> Facts {
    Facts {
        story: StoryId(1),
        face: PostId(1),
        source: SourceId(1),
        kind: "feed".to_owned(),
        published: Moment(0),
        now: Moment(Moment::DAY),
        source_posts_30d: 30,
        source_days: 30,
        author_posts_30d: None,
        sources: 1,
        tellings: 1,
        first: true,
        pointed_at_by: 0,
        relayed: false,
        pointed_weight: 0.0,
        words: 200,
        paragraphs: 1,
        usual_words: 150,
        links_out: 0,
        rare_links: 0,
        seen_links: 0,
        illustrations: 0,
        untitled: false,
        title: "Harbour reopens after winter storm".to_owned(),
        lead: "The harbour is open again.".to_owned(),
        author: None,
        tags: Vec::new(),
        taste: None,
        asked: Asked::default(),
        source_read_90d: 0,
        source_starred: 0,
        source_shown_90d: 0,
    }
}

type Change = fn(&mut Facts);

fn facts(change: Change) -> Facts {
    let mut facts = plain();
    change(&mut facts);
    facts
}

fn total(change: Change) -> f64 {
    rank(&facts(change), &Weights::new()).total
}

fn part_of(change: Change, signal: &str) -> Part {
    rank(&facts(change), &Weights::new()).parts.into_iter().find(|part| part.signal == signal).unwrap()
}

#[test]
fn each_signal_lifts_what_it_is_for() {
    let check = |signal: &str, more: Change, less: Change| {
        let (more, less) = (part_of(more, signal).value, part_of(less, signal).value);
        assert!(more > less, "{signal}: {more} is not above {less}");
    };
    let same: Change = |_| ();
    check("covered", |f| f.sources = 4, |f| f.sources = 2);
    check("covered", |f| f.sources = 2, same);
    check("freshness", |f| f.now = Moment(Moment::HOUR), same);
    check("only_here", same, |f| f.sources = 2);
    check("only_here", |f| f.rare_links = 2, same);
    check("origin", |f| f.sources = 3, same);
    check("origin", |f| f.sources = 3, |f| (f.sources, f.first) = (3, false));
    check("disliked", |f| f.asked.less = names(&["golf"]), same);
    check("liked", |f| f.asked.more = names(&["harbour"]), same);
    check("pointed_at", |f| f.pointed_weight = 3.0, |f| f.pointed_weight = 1.0);
    check("seen_before", |f| f.seen_links = 4, |f| f.seen_links = 1);
    check("seen_before", |f| (f.seen_links, f.words) = (2, 30), |f| (f.seen_links, f.words) = (2, 900));
    check("rare_voice", |f| f.source_posts_30d = 2, |f| f.source_posts_30d = 12);
    check("rare_voice", |f| f.source_posts_30d = 12, same);
    check("rare_voice", |f| f.author_posts_30d = Some(3), same);
    check("substance", |f| f.words = 900, same);
    check("substance", |f| (f.words, f.illustrations) = (5, 1), |f| f.words = 5);
    check("taste", |f| f.taste = opinion(0.9), |f| f.taste = opinion(0.2));
    check("yield", |f| (f.source_read_90d, f.source_shown_90d) = (8, 10), same);
    check("yield", same, |f| f.source_shown_90d = 10);
    check("yield", |f| f.source_starred = 1, same);
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn what_the_reader_asked_for_leads_the_reasons_and_a_like_lifts_a_dislike() {
    let check = |more: &[&str], less: &[&str], expected: Phrase, lifts: bool| {
        let facts = Facts { asked: Asked { more: names(more), less: names(less), ..Asked::default() }, ..plain() };
        let (rank, usual) = (rank(&facts, &Weights::new()), rank(&plain(), &Weights::new()));
        assert_eq!(rank.reasons(2).first(), Some(&expected));
        assert_eq!(rank.total > usual.total, lifts, "{more:?} {less:?}");
    };
    check(&["sea", "Ada"], &[], Phrase::new("reason.liked").with("names", "sea, Ada"), true);
    check(&["Ada"], &["sea"], Phrase::new("reason.liked_lifts").with("names", "Ada").with("less", "sea"), true);
    check(&[], &["sea"], Phrase::new("reason.disliked").with("names", "sea"), false);
}

#[test]
fn what_the_reader_wants_less_of_is_no_nugget() {
    let check = |more: &[&str], expected: bool| {
        let facts = Facts {
            asked: Asked { more: names(more), less: names(&["sea"]), ..Asked::default() },
            ..facts(|f| f.source_posts_30d = 3)
        };
        assert_eq!(rank(&facts, &Weights::new()).nugget, expected, "{more:?}");
    };
    check(&[], false);
    check(&["Ada"], true);
}

#[test]
fn a_vote_weighs_less_the_more_its_voter_passes_on() {
    assert_eq!([0, 30, 120].map(vote), [1.0, 1.0, 0.5]);
    assert!(vote(u32::MAX) > 0.0 && vote(u32::MAX) < vote(3_000));
}

fn opinion(value: f64) -> Option<Opinion> {
    let because =
        vec![Trait::new(Kind::Word, "harbour"), Trait::new(Kind::Source, "7"), Trait::new(Kind::Word, "storm")];
    Some(Opinion { value, against: 0.0, because })
}

#[test]
fn what_is_liked_says_by_which_words() {
    let reason = |value: f64| {
        let facts = Facts { taste: opinion(value), ..plain() };
        rank(&facts, &Weights::new()).parts.into_iter().find(|part| part.signal == "taste").unwrap().reason
    };
    assert_eq!(reason(0.9), Some(Phrase::new("reason.taste").with("words", "harbour, storm")));
    assert_eq!(reason(0.3), None);
}

#[test]
fn a_stranger_in_a_firehose_is_no_rare_voice() {
    let value = part_of(|f| (f.source_posts_30d, f.author_posts_30d) = (500, Some(1)), "rare_voice").value;
    assert_eq!(value, 0.0);
}

#[test]
fn a_source_met_yesterday_is_not_taken_for_a_daily_one() {
    let value = part_of(|f| (f.source_posts_30d, f.source_days) = (1, 1), "rare_voice").value;
    assert!(value > 0.5, "{value}");
}

#[test]
fn one_post_read_of_one_shown_proves_little() {
    let value = |change| part_of(change, "yield").value;
    let unknown = value(|_| ());
    let once = value(|f| (f.source_read_90d, f.source_shown_90d) = (1, 1));
    let often = value(|f| (f.source_read_90d, f.source_shown_90d) = (30, 30));
    assert!(once - unknown < 0.1 && often > 0.8, "{unknown} {once} {often}");
}

#[test]
fn a_friend_who_writes_once_a_month_stands_above_a_firehose() {
    assert!(total(|f| f.source_posts_30d = 1) > total(|f| f.source_posts_30d = 500) + 1.0);
}

#[test]
fn what_four_sources_tell_stands_above_what_one_firehose_tells() {
    assert!(total(|f| (f.source_posts_30d, f.sources) = (500, 4)) > total(|f| f.source_posts_30d = 500));
}

#[test]
fn a_rare_good_morning_stands_below_news() {
    let morning: Change = |f| (f.untitled, f.words, f.source_posts_30d) = (true, 4, 2);
    assert!(total(morning) < total(|f| f.source_posts_30d = 500));
}

#[test]
fn reasons_are_words_with_values() {
    let check = |signal: &str, change: Change, expected: Option<(&str, f64)>| {
        let reason = part_of(change, signal).reason;
        let expected = expected.map(|(key, count)| Phrase::new(key).with("count", count));
        assert_eq!(reason, expected, "{signal}");
    };
    check("covered", |_| (), None);
    check("covered", |f| f.sources = 4, Some(("reason.covered", 4.0)));
    check("origin", |f| f.sources = 4, Some(("reason.origin", 3.0)));
    check("pointed_at", |f| (f.pointed_at_by, f.pointed_weight) = (3, 2.5), Some(("reason.pointed_at", 3.0)));
    check("rare_voice", |f| f.source_posts_30d = 2, Some(("reason.rare_source", 2.0)));
    check("rare_voice", |f| f.author_posts_30d = Some(2), Some(("reason.rare_voice", 2.0)));
    check("rare_voice", |_| (), None);
    check("only_here", |f| f.rare_links = 2, Some(("reason.only_here_links", 2.0)));
    check("only_here", |f| f.source_posts_30d = 500, None);
    let told = |change: Change| part_of(change, "only_here").reason.map(|reason| reason.key);
    let passed_on: [Change; 2] = [|f| (f.rare_links, f.tellings) = (2, 2), |f| f.pointed_at_by = 1];
    for change in passed_on {
        assert_eq!(
            told(change).as_deref(),
            Some("reason.only_told_here"),
            "it is not here alone that the reader sees it"
        );
    }
    check("substance", |f| f.words = 900, Some(("reason.substance", 900.0)));
    check("substance", |f| (f.words, f.untitled) = (60, true), Some(("reason.substance_note", 60.0)));
    check("freshness", |f| f.now = Moment(90 * Moment::MINUTE), Some(("reason.freshness", 2.0)));
    check("freshness", |_| (), None);
    check("yield", |f| f.source_starred = 4, Some(("reason.yield_stars", 4.0)));
    check("yield", |f| (f.source_read_90d, f.source_shown_90d) = (1, 4), None);
    let read = part_of(|f| (f.source_read_90d, f.source_shown_90d) = (6, 9), "yield").reason;
    assert_eq!(read, Some(Phrase::new("reason.yield").with("count", 6.0).with("shown", 9.0)));
    assert_eq!(part_of(|_| (), "only_here").reason, Some(Phrase::new("reason.only_here")));
}

#[test]
fn reasons_come_strongest_first_and_no_more_than_asked() {
    let facts = facts(|f| (f.source_posts_30d, f.pointed_at_by, f.words, f.sources, f.first) = (1, 1, 900, 2, false));
    let facts = Facts { pointed_weight: 1.0, ..facts };
    let keys: Vec<String> = rank(&facts, &Weights::new()).reasons(2).into_iter().map(|reason| reason.key).collect();
    assert_eq!(keys, ["reason.rare_source", "reason.pointed_at"]);
}

#[test]
fn a_nugget_is_rare_told_only_here_and_worth_the_time_and_says_so() {
    let check = |change: Change, expected: &str, why: &str| {
        let rank = rank(&facts(change), &Weights::new());
        assert_eq!(rank.nugget, !expected.is_empty(), "{why}");
        let keys: Vec<String> = rank.nugget_reasons.iter().map(|reason| reason.key.replace("reason.", "")).collect();
        assert_eq!(keys.join(" "), expected, "{why}");
        assert!(!rank.nugget || rank.reasons(3) == rank.nugget_reasons[..rank.nugget_reasons.len().min(3)], "{why}");
    };
    let monthly: Change = |f| f.source_posts_30d = 3;
    check(monthly, "rare_source page only_here", "a page of a blog that writes three times a month");
    check(|f| f.source_posts_30d = 8, "", "a page of a blog that writes twice a week");
    check(|_| (), "", "a daily blog");
    let relayed: Change = |f| (f.source_posts_30d, f.sources) = (3, 3);
    check(relayed, "rare_source page origin", "told here first, and carried by two");
    check(|f| (f.source_posts_30d, f.sources) = (3, 4), "", "told by everyone");
    check(|f| (f.source_posts_30d, f.sources, f.first) = (3, 2, false), "", "told elsewhere first");
    check(|f| (f.source_posts_30d, f.sources, f.words) = (3, 2, 120), "", "carried by another, and less than a page");
    check(|f| f.sources = 2, "", "a daily blog's post that another carries");
    check(|f| (f.source_posts_30d, f.words, f.links_out) = (3, 300, 20), "", "a list of links");
    check(|f| (f.source_posts_30d, f.words) = (3, 120), "", "less than a page");
    check(|f| f.author_posts_30d = Some(2), "rare_voice page only_here", "the rare author of a daily blog");
    let excerpt: Change = |f| (f.source_posts_30d, f.words, f.pointed_at_by) = (3, 90, 1);
    check(excerpt, "rare_source pointed_at only_told_here", "a rare excerpt that someone points at");
    check(|f| f.pointed_at_by = 1, "", "a daily blog's post that someone points at");
    check(|f| f.pointed_at_by = 2, "pointed_at page only_told_here", "a daily blog's page that two point at");
    check(|f| (f.pointed_at_by, f.words) = (2, 90), "", "a daily blog's few words that two point at");
    check(|f| f.source_posts_30d = 500, "", "a post of a firehose");
    check(|f| (f.source_posts_30d, f.words, f.links_out) = (500, 600, 50), "", "a firehose's long list of links");
    check(|f| (f.source_posts_30d, f.words) = (500, 600), "longer", "a firehose's post of four times its usual length");
    check(|f| (f.source_posts_30d, f.words, f.usual_words) = (500, 600, 400), "", "a firehose of long posts");
}

#[test]
fn a_note_is_a_nugget_when_it_was_written_with_care_or_brings_a_link_by_a_rare_voice() {
    let check = |words: u32, usual: u32, change: Change, expected: &str, why: &str| {
        let mut note = facts(|f| f.untitled = true);
        (note.words, note.usual_words) = (words, usual);
        change(&mut note);
        let keys: Vec<String> = rank(&note, &Weights::new())
            .nugget_reasons
            .iter()
            .map(|reason| reason.key.replace("reason.", ""))
            .collect();
        assert_eq!(keys.join(" "), expected, "{why}");
    };
    check(60, 30, |_| (), "longer only_here", "twice as long as usual");
    check(60, 45, |_| (), "", "as long as usual");
    check(50, 25, |_| (), "", "twice as long as usual, in one breath");
    let text: Change = |f| f.paragraphs = 2;
    check(31, 25, text, "composed only_here", "a text of two paragraphs");
    check(31, 40, text, "", "two paragraphs, shorter than usual");
    check(20, 10, text, "", "two remarks");
    check(31, 25, |f| (f.paragraphs, f.source_posts_30d) = (2, 160), "", "a text of someone who writes all day");
    check(30, 10, |_| (), "", "three times nothing");
    check(60, 30, |f| f.source_posts_30d = 200, "", "one note of two hundred");
    check(60, 60, |f| f.source_posts_30d = 2, "rare_source page only_here", "one of two notes a month");
    let link: Change = |f| (f.source_posts_30d, f.rare_links) = (2, 1);
    check(25, 25, link, "rare_source only_here_links", "one of two, with a link nobody else carries");
    check(25, 25, |f| f.rare_links = 1, "", "a link nobody else carries, as everybody brings every day");
    check(4, 4, link, "", "a bare link");
}

#[test]
fn a_version_that_is_out_is_no_nugget() {
    for title in ["Copeau 4.2.1 released", "Sortie de Copeau 42"] {
        let mut facts = facts(|f| (f.source_posts_30d, f.words, f.pointed_at_by) = (2, 700, 2));
        assert!(rank(&facts, &Weights::new()).nugget);
        facts.title = title.to_owned();
        assert!(!rank(&facts, &Weights::new()).nugget, "{title}");
    }
}

#[test]
fn weights_move_the_rank_but_neither_values_nor_nuggets() {
    let facts = facts(|f| f.source_posts_30d = 3);
    let weights = Weights::from([("rare_voice".to_owned(), 0.3), ("covered".to_owned(), f64::NAN)]);
    let (plain, moved) = (rank(&facts, &Weights::new()), rank(&facts, &weights));
    assert!(moved.total < plain.total && moved.nugget == plain.nugget);
    assert_eq!(moved.parts[0].weight, 1.5, "a weight that is no number is the default");
    for (one, other) in plain.parts.iter().zip(&moved.parts) {
        assert_eq!((&one.signal, one.value), (&other.signal, other.value));
    }
}

fn some(asked: bool) -> Vec<String> {
    if asked { names(&["harbour"]) } else { Vec::new() }
}

fn any_facts() -> impl Strategy<Value = Facts> {
    let count = || prop_oneof![0..5_u32, 0..2_000_u32, any::<u32>()];
    let time = (any::<i64>(), any::<i64>());
    let source = (count(), count(), prop::option::of(count()));
    let story = (count(), count(), any::<bool>(), count());
    let face = (count(), count(), count(), count(), any::<bool>(), count());
    let reading = (count(), count(), count());
    let asked = (any::<bool>(), any::<bool>(), 0.0..=1.0_f64, count());
    (time, source, story, face, reading, asked).prop_map(|(time, source, story, face, reading, asked)| Facts {
        published: Moment(time.0),
        now: Moment(time.1),
        source_posts_30d: source.0,
        source_days: source.1,
        author_posts_30d: source.2,
        sources: story.0,
        tellings: story.1,
        first: story.2,
        pointed_at_by: story.3,
        relayed: false,
        pointed_weight: f64::from(story.3) * asked.2,
        words: face.0,
        links_out: face.1,
        rare_links: face.2,
        seen_links: asked.3,
        illustrations: face.3,
        untitled: face.4,
        usual_words: face.5,
        paragraphs: asked.3,
        asked: Asked { more: some(asked.0), less: some(asked.1), ..Asked::default() },
        source_read_90d: reading.0,
        source_starred: reading.1,
        source_shown_90d: reading.2,
        ..plain()
    })
}

proptest! {
    #[test]
    fn a_copy_never_stands_above_the_original(facts in any_facts()) {
        // The same words from the same kind of source: what came after has no more than what was first.
        let copy = Facts { first: false, ..facts.clone() };
        let original = Facts { first: true, ..facts };
        let (copy, original) = (rank(&copy, &Weights::new()), rank(&original, &Weights::new()));
        prop_assert!(copy.total <= original.total);
        prop_assert!(original.nugget || !copy.nugget);
    }

    #[test]
    fn whatever_the_facts_values_are_sound_and_points_sum_to_the_rank(
        facts in any_facts(),
        weights in prop::collection::vec(prop_oneof![-3.0..9.0_f64, any::<f64>()], SIGNALS.len()),
    ) {
        for signal in SIGNALS {
            let value = (signal.value)(&facts);
            prop_assert!((0.0..=1.0).contains(&value), "{}: {}", signal.name, value);
        }
        let weights = SIGNALS.iter().zip(weights).map(|(signal, weight)| (signal.name.to_owned(), weight)).collect();
        for weights in [Weights::new(), weights] {
            let rank = rank(&facts, &weights);
            prop_assert!(rank.total.is_finite());
            let backwards = rank.parts.iter().rev().fold(0.0, |sum, part| sum + part.points);
            prop_assert_eq!(rank.total, backwards, "exact in any order");
            // What JSON gives back is the same number, to the last bit.
            let again: Rank = serde_json::from_str(&serde_json::to_string(&rank).unwrap()).unwrap();
            prop_assert_eq!(again.total.to_bits(), rank.total.to_bits());
            for (part, again) in rank.parts.iter().zip(&again.parts) {
                prop_assert_eq!(part.points.to_bits(), again.points.to_bits());
                prop_assert_eq!(part.value.to_bits(), again.value.to_bits());
            }
        }
    }

    #[test]
    fn every_nugget_says_why(facts in any_facts()) {
        let rank = rank(&facts, &Weights::new());
        prop_assert_eq!(rank.nugget, !rank.nugget_reasons.is_empty());
        prop_assert!(!rank.reasons(3).is_empty());
    }
}

#[test]
fn every_signal_has_a_name_of_its_own_and_they_stand_in_order() {
    let names: Vec<&str> = SIGNALS.iter().map(|signal| signal.name).collect();
    assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
    assert!(SIGNALS.iter().all(|signal| signal.default_weight != 0.0 && signal.default_weight * 4.0 % 1.0 == 0.0));
}
