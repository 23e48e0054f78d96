//! Takes what a visit taught, gives when to come again: as often as the source posts, as seldom as it asks.
//! Never looks at the reader: a source that is read more is not asked more.

use crate::model::Moment;

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
    /// Until when the server asked to be left alone (`Retry-After`); whoever read it from the reply has bounded it.
    pub hold_until: Option<Moment>,
}

/// Between two visits of a source that posts all day: the digest is daily, and servers with limits ban what comes
/// more often than this without need.
const SHORTEST: i64 = 30 * Moment::MINUTE;

/// Between two visits of a source that posts once a month: its post is the nugget that the reader keeps it for, and
/// must not wait for a day.
const LONGEST: i64 = 12 * Moment::HOUR;

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

/// When to visit next, if nothing else happens.
#[must_use]
pub fn next(visit: &Visit) -> Moment {
    let pause = if visit.failures > 0 { after_failures(visit.failures) } else { rhythm(visit) };
    let paced = i64::from(visit.every_minutes.unwrap_or(0)) * Moment::MINUTE;
    let fresh = i64::try_from(visit.fresh_seconds.unwrap_or(0)).unwrap_or(i64::MAX).saturating_mul(Moment::SECOND);
    let held = visit.hold_until.map_or(0, |until| until.since(visit.at));
    let least = paced.min(LONGEST_PACE).max(fresh.min(LONGEST_FRESHNESS)).max(held);
    visit.at.plus(pause.max(least))
}

/// A part of the mean gap between recent posts; of the silence since the last one, when that is longer already.
fn rhythm(visit: &Visit) -> i64 {
    let recent: Vec<i64> =
        visit.recent.iter().map(|post| visit.at.since(*post)).filter(|age| (0..=MEMORY).contains(age)).collect();
    let (Some(newest), Some(oldest)) = (recent.iter().min(), recent.iter().max()) else {
        return if visit.recent.is_empty() { UNKNOWN } else { LONGEST };
    };
    let gaps = i64::try_from(recent.len()).unwrap_or(i64::MAX) - 1;
    // One post in the memory says that a gap is at least as long as the silence around it.
    let gap = if gaps == 0 { MEMORY } else { (oldest - newest) / gaps };
    (gap.max(*newest) / VISITS_PER_GAP).clamp(SHORTEST, LONGEST)
}

fn after_failures(failures: u32) -> i64 {
    let doublings = failures.saturating_sub(1).min(MOST_DOUBLINGS);
    (AFTER_FAILURE << doublings).min(LONGEST_AFTER_FAILURE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_795_390_200_000);

    /// `posts` are ages in hours; the answer is in minutes from now.
    #[track_caller]
    fn check(posts: &[i64], asked: Visit, minutes: i64) {
        let recent = posts.iter().map(|hours| NOW.plus(-hours * Moment::HOUR)).collect();
        let visit = Visit { at: NOW, recent, ..asked };
        assert_eq!(next(&visit).since(NOW) / Moment::MINUTE, minutes, "{visit:?}");
    }

    #[test]
    fn a_source_is_visited_as_often_as_it_posts() {
        let none = Visit::default;
        check(&[], none(), 180);
        check(&[0, 0, 0, 0], none(), 30);
        check(&[0, 1, 2, 3, 4], none(), 30);
        check(&[1, 3, 5, 7], none(), 60);
        check(&[2, 10, 18], none(), 240);
        check(&[3, 27, 51], none(), 720);
        check(&[5], none(), 720);
        check(&[24 * 400, 24 * 500], none(), 720);
    }

    #[test]
    fn a_firehose_that_fell_silent_is_visited_less_and_less() {
        check(&[8, 9, 10], Visit::default(), 240);
        check(&[80, 81, 82], Visit::default(), 720);
    }

    #[test]
    fn posts_dated_in_the_future_say_nothing() {
        check(&[-100, -50, 1, 3, 5], Visit::default(), 60);
    }

    #[test]
    fn failures_make_the_pause_longer_up_to_a_day() {
        for (failures, minutes) in
            [(1, 30), (2, 60), (3, 120), (4, 240), (5, 480), (6, 960), (7, 1440), (u32::MAX, 1440)]
        {
            check(&[0, 1], Visit { failures, ..Visit::default() }, minutes);
        }
    }

    #[test]
    fn what_the_source_asks_for_is_obeyed_within_reason() {
        let hourly = [0, 1, 2, 3];
        check(&hourly, Visit { every_minutes: Some(90), ..Visit::default() }, 90);
        check(&hourly, Visit { every_minutes: Some(5), ..Visit::default() }, 30);
        check(&hourly, Visit { every_minutes: Some(u32::MAX), ..Visit::default() }, 1440);
        check(&hourly, Visit { fresh_seconds: Some(7_200), ..Visit::default() }, 120);
        check(&hourly, Visit { fresh_seconds: Some(u64::MAX), ..Visit::default() }, 300);
        check(&hourly, Visit { hold_until: Some(NOW.plus(3 * Moment::DAY)), ..Visit::default() }, 3 * 1440);
        check(&hourly, Visit { hold_until: Some(NOW.plus(-Moment::DAY)), ..Visit::default() }, 30);
        check(&hourly, Visit { failures: 1, every_minutes: Some(90), ..Visit::default() }, 90);
    }
}
