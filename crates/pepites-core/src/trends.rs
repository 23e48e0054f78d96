//! Takes counts of what came and what was done with it, gives what they say: shares, yields, what rose.
//! Never counts anything itself: the store does, with each write.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{Moment, SourceId};

#[cfg(test)]
mod tests;

/// How far back a page of trends looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Range {
    /// A week.
    Week,
    /// Thirty days.
    #[default]
    Month,
    /// Ninety days.
    Quarter,
    /// A year of 365 days.
    Year,
    /// Since the first day.
    All,
}

impl Range {
    /// Every range, the shortest first.
    pub const EVERY: [Self; 5] = [Self::Week, Self::Month, Self::Quarter, Self::Year, Self::All];

    /// Its days; None: as many as there are.
    #[must_use]
    pub fn days(self) -> Option<i64> {
        match self {
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::Quarter => Some(90),
            Self::Year => Some(365),
            Self::All => None,
        }
    }

    /// A chart of it has a bar a month, and not a day: more bars than a page has room for say nothing.
    #[must_use]
    pub fn by_month(self) -> bool {
        self.days().is_none_or(|days| days > 90)
    }
}

/// The reader's day of a moment, in days since 1970-01-01; the first day for all that is before.
#[must_use]
pub fn day_of(moment: Moment, offset_minutes: i32) -> i64 {
    moment.plus(i64::from(offset_minutes) * Moment::MINUTE).0.max(0) / Moment::DAY
}

/// A part of a whole, in percent to a tenth; None of nothing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of posts")]
    (whole > 0).then(|| (part as f64 * 1000.0 / whole as f64).round() / 10.0)
}

/// What a source is in the trends: which tabs show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceStanding {
    /// It brings posts, and says what others do not.
    Active,
    /// Most of what it brings was told by others before.
    Relays,
    /// It brings a post now and then.
    Quiet,
    /// It has brought nothing for long, or cannot be had.
    Inactive,
}

/// Half of what it brings was told before: it could go with little lost.
const RELAYS_SHARE: u64 = 2;
/// One relay in a handful of posts is a chance.
const RELAYS_LEAST: u64 = 4;
/// Up to so many posts in thirty days a source is quiet: about one a week.
const QUIET_MONTHLY: f64 = 4.5;
/// After so many days without a post a source is inactive: three months.
const INACTIVE_DAYS: i64 = 90;

/// What a source is, from its posts in `days` days, those of them that were told before, the age of its last post in
/// days (None: it never had one) and whether it can be had at all.
#[must_use]
pub fn standing(posts: u64, relays: u64, days: i64, last_post_days: Option<i64>, broken: bool) -> SourceStanding {
    if broken || last_post_days.is_none_or(|age| age > INACTIVE_DAYS) {
        return SourceStanding::Inactive;
    }
    if relays >= RELAYS_LEAST && relays * RELAYS_SHARE > posts {
        return SourceStanding::Relays;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of posts and days")]
    let monthly = posts as f64 * 30.0 / days.max(1) as f64;
    if monthly <= QUIET_MONTHLY { SourceStanding::Quiet } else { SourceStanding::Active }
}

/// How often something was met: in so many posts, by these sources.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Met {
    /// Posts.
    pub posts: u32,
    /// Sources that had it.
    pub sources: BTreeSet<SourceId>,
}

/// Something that was met more often than before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Risen {
    /// The word, folded, or the name as it is written.
    pub what: String,
    /// Posts of this span.
    pub now: u32,
    /// Posts of the span before.
    pub before: u32,
}

/// Fewer posts than this are chance.
const RISEN_LEAST: u32 = 3;
/// What rose by less than this is as common as it was.
const RISEN_TIMES: f64 = 1.5;

/// What rose, the most telling first, at most `most`. `scale`: how many posts there are now for each one before. With
/// `several`, only what more than one source had: a column's own heading is no news.
#[must_use]
pub fn risen(
    now: &BTreeMap<String, Met>,
    before: &BTreeMap<String, Met>,
    scale: f64,
    several: bool,
    most: usize,
) -> Vec<Risen> {
    let mut rising: Vec<(f64, Risen)> = now
        .iter()
        .filter(|(_, met)| met.posts >= RISEN_LEAST && (!several || met.sources.len() > 1))
        .filter_map(|(what, met)| {
            let earlier = before.get(what).map_or(0, |met| met.posts);
            // Half a post more on both sides: what is new did not rise without end.
            let times = (f64::from(met.posts) + 0.5) / (f64::from(earlier) * scale + 0.5);
            let risen = Risen { what: what.clone(), now: met.posts, before: earlier };
            (times >= RISEN_TIMES).then(|| (f64::from(met.posts) * times.ln(), risen))
        })
        .collect();
    rising.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.what.cmp(&other.what)));
    rising.truncate(most);
    rising.into_iter().map(|(_, risen)| risen).collect()
}

/// The middle of some numbers; of two, the lower. None of none.
#[must_use]
pub fn median(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}
