//! Takes when the last digest was made, gives where the window of the next one opens.
//! Never looks at what is in the window.

use crate::model::Moment;

/// How far a first digest reaches back, in days, until it has enough to fill its budget; then to the beginning. A new
/// library holds years: the reader wants this morning's paper, not the archive.
const FIRST_REACHES: [i64; 4] = [1, 3, 7, 30];

/// Before any feed: what is dated earlier is dated wrongly.
const BEGINNING: Moment = Moment(0);

/// Where a window opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Posts published since.
    pub since: Moment,
    /// Or arrived since, whenever a slow source published them.
    pub arrived_since: Option<Moment>,
}

/// The windows to try in this order, until one fills the budget (the last is kept if none does). `previous`: when
/// the last digest of an earlier day was made; everything after it is news to the reader, so that it is the only
/// window, and the same for every edition of the day.
#[must_use]
pub fn openings(previous: Option<Moment>, now: Moment) -> Vec<Opening> {
    if let Some(previous) = previous {
        // A clock that was set back must not close the window.
        let since = previous.min(now);
        return vec![Opening { since, arrived_since: Some(since) }];
    }
    // Everything in a new library arrived just now: only what it says of itself tells it apart.
    let reaches = FIRST_REACHES.iter().map(|days| now.plus(-days * Moment::DAY));
    reaches.chain([BEGINNING]).map(|since| Opening { since, arrived_since: None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_opens_where_the_previous_digest_closed() {
        let opening = |since| Opening { since: Moment(since), arrived_since: Some(Moment(since)) };
        assert_eq!(openings(Some(Moment(5)), Moment(9)), [opening(5)]);
        assert_eq!(openings(Some(Moment(9)), Moment(5)), [opening(5)], "the clock was set back");
    }

    #[test]
    fn a_first_digest_reaches_back_a_day_and_then_further() {
        let now = Moment(1_000 * Moment::DAY);
        let days: Vec<i64> = openings(None, now).iter().map(|opening| now.since(opening.since) / Moment::DAY).collect();
        assert_eq!(days, [1, 3, 7, 30, 1_000], "at last to the beginning");
        assert!(openings(None, now).iter().all(|opening| opening.arrived_since.is_none()));
    }
}
