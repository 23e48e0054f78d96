//! Gives the two measures of time: a moment (an instant) and a day (a date where the reader is).
//! Never asks a clock: `now` is always handed in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An instant, in milliseconds since 1970-01-01T00:00:00Z. What SQLite, JSON and TypeScript hold as a whole number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Moment(#[ts(type = "number")] pub i64);

impl Moment {
    /// One second, in milliseconds.
    pub const SECOND: i64 = 1_000;
    /// One minute, in milliseconds.
    pub const MINUTE: i64 = 60 * Self::SECOND;
    /// One hour, in milliseconds.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// Twenty-four hours, in milliseconds.
    pub const DAY: i64 = 24 * Self::HOUR;

    /// The moment that many milliseconds later (or earlier); stops at the ends of time rather than wrapping.
    #[must_use]
    pub fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this moment; negative when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A calendar day where the reader is, written `2026-11-23`. Days sort as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Day(pub String);

impl Day {
    /// Days since 1970-01-01; 0 for what is no day.
    #[must_use]
    pub fn number(&self) -> i64 {
        let date = self.0.parse::<jiff::civil::Date>().ok();
        let since = date.and_then(|date| jiff::civil::date(1970, 1, 1).until(date).ok());
        since.map_or(0, |since| i64::from(since.get_days()))
    }

    /// The day that `moment` falls on, `offset_minutes` east of Greenwich.
    #[must_use]
    pub fn of(moment: Moment, offset_minutes: i32) -> Self {
        let local = moment.plus(i64::from(offset_minutes) * Moment::MINUTE);
        let text = jiff::Timestamp::from_millisecond(local.0)
            .map(|stamp| stamp.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
            .unwrap_or_else(|_| "0000-00-00".to_owned());
        Self(text)
    }

    /// Midnight in Greenwich at the beginning of the day; None for what is no day.
    #[must_use]
    pub fn begins(&self) -> Option<Moment> {
        let date: jiff::civil::Date = self.0.parse().ok()?;
        let midnight = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(Moment(midnight.timestamp().as_millisecond()))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_where_the_reader_is() {
        let late = Moment(1_795_390_200_000); // 2026-11-22T23:30:00Z
        assert_eq!(Day::of(late, 0).0, "2026-11-22");
        assert_eq!(Day::of(late, 60).0, "2026-11-23");
        let begins = |day: &str| Day(day.to_owned()).begins();
        assert_eq!(begins("2026-11-22"), Some(late.plus(-(23 * 60 + 30) * Moment::MINUTE)));
        assert_eq!((begins("2026-02-30"), begins("soon")), (None, None));
    }
}
