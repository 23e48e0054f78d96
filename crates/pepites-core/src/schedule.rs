//! Takes what a visit taught, gives when to come again: as often as the source posts, as seldom as it asks.
//! Never looks at the reader: a source that is read more is not asked more.

use crate::model::{Moment, Phrase, Quiet};

/// What the schedule looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// When the visit ended.
    pub at: Moment,
    /// The visit failed; `failures` counts this one.
    pub failures: u32,
    /// Moments at which the source's last posts were published, newest first, at most 50.
    pub recent: Vec<Moment>,
    /// `ttl`, `sy:updatePeriod` in minutes.
    pub every_minutes: Option<u32>,
    /// `Cache-Control: max-age` or `Expires`, in seconds from `at`.
    pub fresh_seconds: Option<u64>,
    /// When it asks not to be visited (`skipHours`, `skipDays`).
    pub quiet: Quiet,
    /// Until when the server asked to be left alone (`Retry-After`); whoever read it from the reply has bounded it.
    pub hold_until: Option<Moment>,
    /// Of the source, always the same: spreads the visits of those that were visited together. 0 spreads nothing.
    pub seed: i64,
}

/// When to come again, and why then.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// When.
    pub at: Moment,
    /// Why, for the person who follows it.
    pub why: Phrase,
}

/// Between two visits of a source that posts all day: what comes more often is banned by servers with limits.
const SHORTEST: i64 = 10 * Moment::MINUTE;

/// Between two visits of a source that posts once a month: the digest is daily, and its post must not miss the next.
const LONGEST: i64 = Moment::DAY;

/// When no post has a believable date: nothing is known of the rhythm.
const UNKNOWN: i64 = 3 * Moment::HOUR;

/// Posts older than this say nothing of how a source posts now.
const MEMORY: i64 = 30 * Moment::DAY;

/// Visits per gap between posts: with two, a post waits a quarter of a gap on average.
const VISITS_PER_GAP: i64 = 2;

/// After the first failure; doubled with each one that follows.
const AFTER_FAILURE: i64 = 30 * Moment::MINUTE;

/// Failures after which the pause no longer grows: 30 minutes doubled six times is more than a day.
const MOST_DOUBLINGS: u32 = 6;

/// Between two tries of a source that fails: it may come back any day.
const LONGEST_AFTER_FAILURE: i64 = Moment::DAY;

/// The longest `ttl` or period that is obeyed: feeds of daily blogs that ask for a month have been seen.
const LONGEST_PACE: i64 = Moment::DAY;

/// The longest freshness that is obeyed: a `max-age` of 16 years has been seen on a feed that changes every day.
const LONGEST_FRESHNESS: i64 = 5 * Moment::HOUR;

/// The longest that is waited for the end of quiet hours: a weekend. Who names six days of the week means "once a
/// week", and the digest is daily.
const LONGEST_QUIET: i64 = 2 * Moment::DAY;

/// Visits are spread over so long after quiet hours, which end at the same moment for all.
const AFTER_QUIET: i64 = 10 * Moment::MINUTE;

/// The part of a pause by which two sources of the same rhythm come apart, at most: after a night's sleep all are due
/// at once, and would stay so.
const SPREAD: i64 = 10;

/// When to visit next, if nothing else happens, and why then. What the source asks for is never cut short.
#[must_use]
pub fn next(visit: &Visit) -> Next {
    let (pause, why) = match visit.failures {
        0 => rhythm(visit),
        failures => (after_failures(failures), Phrase::new("next.failed")),
    };
    // Sooner by its share: the longest pause is the longest for all.
    let pause = (pause - share(visit.seed, pause / SPREAD)).max(SHORTEST);
    let paced = i64::from(visit.every_minutes.unwrap_or(0)) * Moment::MINUTE;
    let fresh = i64::try_from(visit.fresh_seconds.unwrap_or(0)).unwrap_or(i64::MAX).saturating_mul(Moment::SECOND);
    let held = visit.hold_until.map_or(0, |until| until.since(visit.at));
    let asked =
        [(paced.min(LONGEST_PACE), "next.paced"), (fresh.min(LONGEST_FRESHNESS), "next.fresh"), (held, "next.held")];
    let next = match asked.into_iter().max_by_key(|(least, _)| *least) {
        // Later by its share, as it must not be sooner.
        Some((least, key)) if least > pause => {
            let late = share(visit.seed, least.min(Moment::HOUR) / SPREAD);
            Next { at: visit.at.plus(least + late), why: Phrase::new(key) }
        }
        _ => Next { at: visit.at.plus(pause), why },
    };
    after_quiet(next, visit)
}

/// The same, or the end of the hours and days at which it asks not to be visited.
fn after_quiet(next: Next, visit: &Visit) -> Next {
    let wait = visit.quiet.ends(next.at).since(next.at);
    if wait <= 0 {
        return next;
    }
    let late = share(visit.seed, AFTER_QUIET);
    Next { at: next.at.plus(wait.min(LONGEST_QUIET) + late), why: Phrase::new("next.quiet_hours") }
}

/// Between 0 and `most`, always the same for one source (the finaliser of SplitMix64).
fn share(seed: i64, most: i64) -> i64 {
    let mut mixed = seed.cast_unsigned();
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    (mixed >> 1).cast_signed() % most.max(1)
}

/// A part of the mean gap between recent posts; of the silence since the last one, when that is longer already.
fn rhythm(visit: &Visit) -> (i64, Phrase) {
    let recent: Vec<i64> =
        visit.recent.iter().map(|post| visit.at.since(*post)).filter(|age| (0..=MEMORY).contains(age)).collect();
    let (Some(newest), Some(oldest)) = (recent.iter().min(), recent.iter().max()) else {
        return match visit.recent.is_empty() {
            true => (UNKNOWN, Phrase::new("next.unknown")),
            false => (LONGEST, Phrase::new("next.quiet")),
        };
    };
    let gaps = i64::try_from(recent.len()).unwrap_or(i64::MAX) - 1;
    // One post in the memory says that a gap is at least as long as the silence around it.
    let gap = if gaps == 0 { MEMORY } else { (oldest - newest) / gaps };
    ((gap.max(*newest) / VISITS_PER_GAP).clamp(SHORTEST, LONGEST), Phrase::new("next.rhythm"))
}

fn after_failures(failures: u32) -> i64 {
    let doublings = failures.saturating_sub(1).min(MOST_DOUBLINGS);
    (AFTER_FAILURE << doublings).min(LONGEST_AFTER_FAILURE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_795_390_200_000);

    fn asked(posts: &[i64], asked: Visit) -> Next {
        let recent = posts.iter().map(|hours| NOW.plus(-hours * Moment::HOUR)).collect();
        next(&Visit { at: NOW, recent, ..asked })
    }

    /// `posts` are ages in hours; the answer is in minutes from now, with the key of its reason.
    #[track_caller]
    fn check(posts: &[i64], visit: Visit, minutes: i64, why: &str) {
        let next = asked(posts, visit.clone());
        assert_eq!((next.at.since(NOW) / Moment::MINUTE, next.why.key.as_str()), (minutes, why), "{visit:?}");
    }

    #[test]
    fn a_source_is_visited_as_often_as_it_posts() {
        let none = Visit::default;
        check(&[], none(), 180, "next.unknown");
        check(&[0, 0, 0, 0], none(), 10, "next.rhythm");
        check(&[0, 1, 2, 3, 4], none(), 30, "next.rhythm");
        check(&[1, 3, 5, 7], none(), 60, "next.rhythm");
        check(&[2, 10, 18], none(), 240, "next.rhythm");
        check(&[3, 27, 51], none(), 720, "next.rhythm");
        check(&[20, 120, 220], none(), 1440, "next.rhythm");
        check(&[5], none(), 1440, "next.rhythm");
        check(&[24 * 400, 24 * 500], none(), 1440, "next.quiet");
    }

    #[test]
    fn a_firehose_that_fell_silent_is_visited_less_and_less() {
        check(&[8, 9, 10], Visit::default(), 240, "next.rhythm");
        check(&[80, 81, 82], Visit::default(), 1440, "next.rhythm");
    }

    #[test]
    fn posts_dated_in_the_future_say_nothing() {
        check(&[-100, -50, 1, 3, 5], Visit::default(), 60, "next.rhythm");
    }

    #[test]
    fn failures_make_the_pause_longer_up_to_a_day_and_a_good_visit_ends_it() {
        for (failures, minutes) in
            [(1, 30), (2, 60), (3, 120), (4, 240), (5, 480), (6, 960), (7, 1440), (u32::MAX, 1440)]
        {
            check(&[0, 1], Visit { failures, ..Visit::default() }, minutes, "next.failed");
        }
        check(&[0, 1], Visit::default(), 30, "next.rhythm");
    }

    #[test]
    fn what_the_source_asks_for_is_obeyed_within_reason() {
        let hourly = [0, 1, 2, 3];
        let hold = |pause: i64| Visit { hold_until: Some(NOW.plus(pause)), ..Visit::default() };
        let cases = [
            (Visit { every_minutes: Some(90), ..Visit::default() }, 90, "next.paced"),
            (Visit { every_minutes: Some(5), ..Visit::default() }, 30, "next.rhythm"),
            (Visit { every_minutes: Some(u32::MAX), ..Visit::default() }, 1440, "next.paced"),
            (Visit { fresh_seconds: Some(7_200), ..Visit::default() }, 120, "next.fresh"),
            (Visit { fresh_seconds: Some(u64::MAX), ..Visit::default() }, 300, "next.fresh"),
            (hold(3 * Moment::DAY), 3 * 1440, "next.held"),
            (hold(-Moment::DAY), 30, "next.rhythm"),
            (Visit { failures: 1, every_minutes: Some(90), ..Visit::default() }, 90, "next.paced"),
        ];
        for (visit, minutes, why) in cases {
            check(&hourly, visit, minutes, why);
        }
    }

    #[test]
    fn hours_and_days_at_which_it_asks_not_to_be_visited_are_obeyed_up_to_a_weekend() {
        // NOW is a Sunday, half past eleven at night; hourly posts would bring the next visit at midnight.
        let quiet = |hours: &[u32], days: &[u32]| Visit {
            quiet: Quiet::of(hours.iter().copied(), days.iter().copied()),
            ..Visit::default()
        };
        let hourly = [0, 1, 2, 3];
        check(&hourly, quiet(&[5], &[6]), 30, "next.rhythm");
        check(&hourly, quiet(&[0, 1], &[]), 150, "next.quiet_hours");
        check(&hourly, quiet(&[], &[0]), 30 + 1440, "next.quiet_hours");
        check(&hourly, quiet(&[], &[0, 1, 2, 3]), 30 + 2 * 1440, "next.quiet_hours");
        let held = Visit { hold_until: Some(NOW.plus(Moment::HOUR)), ..quiet(&[0], &[]) };
        check(&hourly, held, 90, "next.quiet_hours");
        let apart: std::collections::BTreeSet<i64> =
            (0..50).map(|seed| asked(&hourly, Visit { seed, ..quiet(&[0, 1], &[]) }).at.0).collect();
        assert!(apart.len() > 20, "all at once when the quiet hours end: {apart:?}");
    }

    #[test]
    fn sources_visited_together_come_apart_each_by_its_own_share_and_none_before_it_may() {
        let daily: Vec<i64> = (0..300)
            .map(|seed| asked(&[3, 27, 51], Visit { seed, ..Visit::default() }).at.since(NOW) / Moment::MINUTE)
            .collect();
        assert!(daily.iter().all(|minutes| (648..=720).contains(minutes)), "{daily:?}");
        let mut apart = daily.clone();
        apart.sort_unstable();
        apart.dedup();
        assert!(apart.len() > 50, "only {} different moments", apart.len());
        let again = asked(&[3, 27, 51], Visit { seed: 7, ..Visit::default() });
        assert_eq!(again, asked(&[3, 27, 51], Visit { seed: 7, ..Visit::default() }), "the same each time");
        for seed in 0..300 {
            let held = Visit { seed, hold_until: Some(NOW.plus(Moment::DAY)), ..Visit::default() };
            let late = asked(&[0, 1], held).at.since(NOW) - Moment::DAY;
            assert!((0..Moment::HOUR).contains(&late), "{late} ms late");
        }
    }
}
