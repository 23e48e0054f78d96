//! Takes the hour at which the reader wants their digest and the clock where they are, gives which day's digest it is
//! time for, and when the next one is due. Never asks a clock.
//!
//! A day's digest begins at that hour and lasts until the next one: before it, yesterday's paper is today's. So an hour
//! that was slept through is made up for at the first look, and a day has one digest, wherever it was read.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};
use ts_rs::TS;

use crate::model::{Day, Moment};

/// A time of day where the reader is: `07:30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, TS)]
#[ts(type = "string")]
pub struct Hour {
    /// Minutes since midnight, less than a day's.
    minutes: u16,
}

/// What is no time of day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no time of day: {0}")]
pub struct HourError(pub String);

/// What it is time for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The day whose digest is the reader's now.
    pub day: Day,
    /// When that of the next day is due.
    pub next: Moment,
}

/// Minutes in an hour, and in a day.
const HOUR: u16 = 60;
const DAY: u16 = 24 * HOUR;

/// No zone has ever been further from Greenwich, in milliseconds.
const FURTHEST: i64 = 26 * Moment::HOUR;

impl Hour {
    /// What it is time for at `now`. `offset`: the reader's time zone at a moment, in minutes east of Greenwich; where
    /// they are now, when they travel.
    #[must_use]
    pub fn due(self, now: Moment, offset: &dyn Fn(Moment) -> i32) -> Due {
        let today = days_since_1970(now, offset(now));
        let at = |day: i64| self.on(day, offset);
        // A change of zone moves the hour by less than a day.
        let day = (today - 1..=today + 1).rev().find(|day| at(*day) <= now).unwrap_or(today - 2);
        Due { day: Day::of(Moment(day.saturating_mul(Moment::DAY)), 0), next: at(day + 1) }
    }

    /// When the digest of the day after `day` is due.
    #[must_use]
    pub fn after(self, day: &Day, offset: &dyn Fn(Moment) -> i32) -> Moment {
        self.on(day.number() + 1, offset)
    }

    /// When it is that hour on a day. An hour that the clock jumps over in spring is so much later; of one that comes
    /// twice in autumn, the first.
    fn on(self, day: i64, offset: &dyn Fn(Moment) -> i32) -> Moment {
        let wall = Moment(day.saturating_mul(Moment::DAY)).plus(i64::from(self.minutes) * Moment::MINUTE);
        let by = |offset: i32| wall.plus(-i64::from(offset) * Moment::MINUTE);
        let (before, after) = (offset(wall.plus(-FURTHEST)), offset(wall.plus(FURTHEST)));
        // West of a change first: the earlier of two moments on the same wall clock.
        let mut moments = [(by(before), before), (by(after), after)];
        moments.sort();
        let right = moments.into_iter().find(|(moment, said)| offset(*moment) == *said);
        right.map_or(by(before), |(moment, _)| moment)
    }
}

fn days_since_1970(moment: Moment, offset: i32) -> i64 {
    moment.plus(i64::from(offset) * Moment::MINUTE).0.div_euclid(Moment::DAY)
}

impl FromStr for Hour {
    type Err = HourError;
    fn from_str(text: &str) -> Result<Self, HourError> {
        let number = |text: &str| (1..=2).contains(&text.len()).then(|| text.parse::<u16>().ok()).flatten();
        let minutes = text
            .trim()
            .split_once([':', 'h'])
            .and_then(|(hours, minutes)| {
                let minutes = if minutes.is_empty() { Some(0) } else { number(minutes) };
                Some((number(hours)?, minutes.filter(|minutes| *minutes < HOUR)?))
            })
            .and_then(|(hours, minutes)| hours.checked_mul(HOUR)?.checked_add(minutes));
        match minutes.filter(|minutes| *minutes < DAY) {
            Some(minutes) => Ok(Self { minutes }),
            None => Err(HourError(text.to_owned())),
        }
    }
}

impl fmt::Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / HOUR, self.minutes % HOUR)
    }
}

impl Serialize for Hour {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hour {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};

    use super::*;

    /// Rules of zones, written out, so that no machine's tables are needed.
    const PARIS: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
    const NEW_YORK: &str = "EST5EDT,M3.2.0,M11.1.0";
    const TOKYO: &str = "JST-9";
    const LORD_HOWE: &str = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0";

    fn check(zone: &str, hour: &str, now: &str, day: &str, next: &str) {
        let zone = TimeZone::posix(zone).unwrap();
        let offset = |moment: Moment| zone.to_offset(Timestamp::from_millisecond(moment.0).unwrap()).seconds() / 60;
        let moment = |text: &str| Moment(text.parse::<Timestamp>().unwrap().as_millisecond());
        let due = hour.parse::<Hour>().unwrap().due(moment(now), &offset);
        let said = Timestamp::from_millisecond(due.next.0).unwrap().to_string();
        assert_eq!((due.day.0.as_str(), said.as_str()), (day, next), "{hour} at {now}");
    }

    #[test]
    fn a_day_begins_at_its_hour() {
        // Seven in Paris in winter is six in Greenwich.
        check(PARIS, "07:00", "2026-11-23T05:59:59Z", "2026-11-22", "2026-11-23T06:00:00Z");
        check(PARIS, "07:00", "2026-11-23T06:00:00Z", "2026-11-23", "2026-11-24T06:00:00Z");
        check(PARIS, "07:00", "2026-11-23T22:30:00Z", "2026-11-23", "2026-11-24T06:00:00Z");
        check(PARIS, "00:00", "2026-11-22T23:00:00Z", "2026-11-23", "2026-11-23T23:00:00Z");
        check(PARIS, "23:59", "2026-11-23T06:00:00Z", "2026-11-22", "2026-11-23T22:59:00Z");
        check(TOKYO, "07:00", "2026-11-22T22:00:00Z", "2026-11-23", "2026-11-23T22:00:00Z");
    }

    #[test]
    fn an_hour_that_spring_jumps_over_is_so_much_later() {
        // On 29 March 2026 the clock in Paris goes from two to three: half past two is half past three.
        check(PARIS, "02:30", "2026-03-29T01:29:00Z", "2026-03-28", "2026-03-29T01:30:00Z");
        check(PARIS, "02:30", "2026-03-29T01:30:00Z", "2026-03-29", "2026-03-30T00:30:00Z");
        check(PARIS, "07:00", "2026-03-28T06:00:00Z", "2026-03-28", "2026-03-29T05:00:00Z");
        check(NEW_YORK, "02:30", "2026-03-08T07:29:00Z", "2026-03-07", "2026-03-08T07:30:00Z");
    }

    #[test]
    fn of_an_hour_that_autumn_has_twice_the_first_counts_and_the_second_brings_nothing() {
        // On 25 October 2026 the clock in Paris goes from three back to two.
        check(PARIS, "02:30", "2026-10-25T00:29:00Z", "2026-10-24", "2026-10-25T00:30:00Z");
        check(PARIS, "02:30", "2026-10-25T00:30:00Z", "2026-10-25", "2026-10-26T01:30:00Z");
        check(PARIS, "02:30", "2026-10-25T01:30:00Z", "2026-10-25", "2026-10-26T01:30:00Z");
        check(NEW_YORK, "01:30", "2026-11-01T06:30:00Z", "2026-11-01", "2026-11-02T06:30:00Z");
        // Half an hour, on Lord Howe Island: from two back to half past one.
        check(LORD_HOWE, "01:45", "2026-04-04T14:45:00Z", "2026-04-05", "2026-04-05T15:15:00Z");
        check(LORD_HOWE, "01:45", "2026-04-04T15:15:00Z", "2026-04-05", "2026-04-05T15:15:00Z");
    }

    #[test]
    fn the_hour_travels_with_the_reader() {
        // One moment, three places: the paper of the 23rd is out in Tokyo alone.
        let now = "2026-11-22T22:30:00Z";
        check(TOKYO, "07:00", now, "2026-11-23", "2026-11-23T22:00:00Z");
        check(PARIS, "07:00", now, "2026-11-22", "2026-11-23T06:00:00Z");
        check(NEW_YORK, "07:00", now, "2026-11-22", "2026-11-23T12:00:00Z");
    }

    #[test]
    fn a_time_of_day_reads_as_it_is_typed() {
        let said = |text: &str| text.parse::<Hour>().map(|hour| hour.to_string()).ok();
        for (text, expected) in [
            ("07:30", Some("07:30")),
            ("7:30", Some("07:30")),
            ("7h30", Some("07:30")),
            ("7h", Some("07:00")),
            (" 23:59 ", Some("23:59")),
            ("0:00", Some("00:00")),
            ("24:00", None),
            ("7:60", None),
            ("7", None),
            ("-1:00", None),
            ("007:00", None),
            ("65535:59", None),
            ("seven", None),
            ("", None),
        ] {
            assert_eq!(said(text).as_deref(), expected, "{text:?}");
        }
        let hour: Hour = serde_json::from_str("\"06:05\"").unwrap();
        assert_eq!(serde_json::to_string(&hour).unwrap(), "\"06:05\"");
        assert!(serde_json::from_str::<Hour>("\"25:00\"").is_err());
    }
}
