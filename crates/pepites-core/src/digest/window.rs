//! Takes when the last digest was made and what it saw, gives where the window of the next one opens.
//! Never looks at what is in the window.

use crate::model::{Day, Moment, PostId};

/// How far a first digest reaches back, in days, until it has enough to fill its budget; then to the beginning. A new
/// library holds years: the reader wants this morning's paper, not the archive.
const FIRST_REACHES: [i64; 4] = [1, 3, 7, 30];

/// Before any feed: what is dated earlier is dated wrongly.
const BEGINNING: Moment = Moment(0);

/// Where a digest closed the window that the next one opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// When it was made.
    pub made: Moment,
    /// Every post up to this one could enter it.
    pub seen: PostId,
}

/// Where a window opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Posts published since.
    pub since: Moment,
    /// Or kept after this post, whenever a slow source published them.
    pub after: Option<PostId>,
    /// What a source gave without a date on its first visit is in it too. It counts as published just then, and the
    /// archive of a site without dates is no news: only the window of everything has it.
    pub undated: bool,
}

impl Opening {
    /// The window of an edition that opened at `since`, for another edition of its day.
    #[must_use]
    pub fn again(since: Moment, previous: Option<Closing>) -> Self {
        Self { since, after: previous.map(|previous| previous.seen), undated: since <= BEGINNING }
    }
}

/// The windows to try in this order, until one fills the budget (the last is kept if none does). `previous`: where
/// the last digest of an earlier day closed; everything after it is news to the reader, so that it is the only
/// window, and the same for every edition of the day.
#[must_use]
pub fn openings(previous: Option<Closing>, now: Moment) -> Vec<Opening> {
    // A digest of the future was made before the clock was set back: it says nothing of what came since, and a window
    // that opened where it closed would stay empty until the clock is there again.
    if let Some(previous) = previous.filter(|previous| previous.made <= now) {
        return vec![Opening::again(previous.made, Some(previous))];
    }
    // Everything in a new library arrived just now: only what it says of itself tells it apart.
    let reaches = FIRST_REACHES.iter().map(|days| now.plus(-days * Moment::DAY));
    reaches.chain([BEGINNING]).map(|since| Opening::again(since, None)).collect()
}

/// A digest that many days after the last one is for the whole absence, and says so: a day without one in between.
const AWAY_FROM: i64 = 2;

/// The days that a digest of `day` makes up for, when the last one before it was of `previous`; None when the reader was
/// not away. A day that cannot be read is no absence.
#[must_use]
pub fn away(previous: &Day, day: &Day) -> Option<u32> {
    let date = |day: &Day| day.0.parse::<jiff::civil::Date>().ok();
    let days = i64::from(date(previous)?.until(date(day)?).ok()?.get_days());
    u32::try_from(days).ok().filter(|_| days >= AWAY_FROM)
}

/// The windows to try after `narrow` for the reader who wants more than is in it: further back each time, and at last
/// everything. What an earlier window was too narrow for waits there, and nothing else would ever bring it.
#[must_use]
pub fn further(narrow: Opening, now: Moment) -> Vec<Opening> {
    let reaches = FIRST_REACHES.iter().map(|days| now.plus(-days * Moment::DAY)).chain([BEGINNING]);
    let wider = reaches.filter(|since| *since < narrow.since);
    wider.map(|since| Opening { since, undated: since <= BEGINNING, ..narrow }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(made: i64) -> Option<Closing> {
        Some(Closing { made: Moment(made), seen: PostId(77) })
    }

    #[test]
    fn a_window_opens_where_the_previous_digest_closed() {
        let opening = |since| Opening { since: Moment(since), after: Some(PostId(77)), undated: false };
        assert_eq!(openings(closed(5), Moment(9)), [opening(5)]);
        assert_eq!(openings(closed(9), Moment(9)), [opening(9)]);
    }

    #[test]
    fn who_missed_a_day_was_away() {
        let check = |previous: &str, day: &str, expected: Option<u32>| {
            assert_eq!(away(&Day(previous.to_owned()), &Day(day.to_owned())), expected, "{previous} {day}");
        };
        check("2026-11-22", "2026-11-23", None);
        check("2026-11-20", "2026-11-23", Some(3));
        check("2026-11-11", "2026-11-23", Some(12));
        check("2025-12-31", "2026-03-01", Some(60));
        check("2026-11-24", "2026-11-23", None);
        check("2026-11-23", "2026-11-23", None);
        check("yesterday", "2026-11-23", None);
    }

    #[test]
    fn a_digest_of_the_future_closes_no_window() {
        assert_eq!(openings(closed(9), Moment(5)), openings(None, Moment(5)), "the clock was set back");
    }

    #[test]
    fn a_first_digest_reaches_back_a_day_and_then_further() {
        let now = Moment(1_000 * Moment::DAY);
        let days: Vec<i64> = openings(None, now).iter().map(|opening| now.since(opening.since) / Moment::DAY).collect();
        assert_eq!(days, [1, 3, 7, 30, 1_000], "at last to the beginning");
        assert!(openings(None, now).iter().all(|opening| opening.after.is_none()));
        let undated: Vec<bool> = openings(None, now).iter().map(|opening| opening.undated).collect();
        assert_eq!(undated, [false, false, false, false, true], "an archive without dates is no news");
    }

    #[test]
    fn more_reaches_back_from_where_the_window_opens_to_the_beginning() {
        let now = Moment(1_000 * Moment::DAY);
        let days = |since: i64| -> Vec<i64> {
            let narrow = Opening::again(now.plus(-since * Moment::DAY), closed(5));
            let wider = further(narrow, now);
            assert!(wider.iter().all(|opening| opening.after == Some(PostId(77))));
            wider.iter().map(|opening| now.since(opening.since) / Moment::DAY).collect()
        };
        assert_eq!(days(2), [3, 7, 30, 1_000]);
        assert_eq!(days(1), [3, 7, 30, 1_000]);
        assert_eq!(days(90), [1_000]);
        assert_eq!(days(1_000), Vec::<i64>::new());
        assert!(further(Opening::again(now, None), now).last().is_some_and(|opening| opening.undated));
    }
}
