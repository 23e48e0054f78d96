//! Takes days and moments, gives them in words. Never asks a clock: `now` is handed in.

use pepites_core::model::{Day, Moment, Phrase};

use super::Language;

/// An age of more than a week is a date: "23 days ago" makes the reader count.
const DATED_AFTER: i64 = 7 * Moment::DAY;

/// Seconds in a minute, for reading times.
const MINUTE: u32 = 60;

impl Language {
    /// A day in full: "Monday 23 November 2026", « lundi 23 novembre 2026 ». What is no date is given back.
    #[must_use]
    pub fn long_date(self, day: &Day) -> String {
        self.date("date.long", day)
    }

    /// A day without its weekday: "23 November 2026".
    #[must_use]
    pub fn short_date(self, day: &Day) -> String {
        self.date("date.short", day)
    }

    /// A moment to the minute, where the reader is: "23 November 2026 at 14:30".
    #[must_use]
    pub fn date_and_time(self, at: Moment, offset_minutes: i32) -> String {
        let local = at.plus(i64::from(offset_minutes) * Moment::MINUTE).0.rem_euclid(Moment::DAY);
        let (hour, minute) = (local / Moment::HOUR, local % Moment::HOUR / Moment::MINUTE);
        let phrase = Phrase::new("date.time")
            .with("date", self.short_date(&Day::of(at, offset_minutes)))
            .with("hour", format!("{hour:02}"))
            .with("minute", format!("{minute:02}"));
        self.say(&phrase)
    }

    /// How long ago, or the day when that is long ago: "3 h ago", « il y a 3 h ». What lies ahead is "just now", as a
    /// source's clock may be fast.
    #[must_use]
    pub fn age(self, then: Moment, now: Moment, offset_minutes: i32) -> String {
        let millis = now.since(then).max(0);
        if millis >= DATED_AFTER {
            return self.short_date(&Day::of(then, offset_minutes));
        }
        let (key, unit) = if millis < Moment::MINUTE {
            return self.text("age.now");
        } else if millis < Moment::HOUR {
            ("age.minutes", Moment::MINUTE)
        } else if millis < Moment::DAY {
            ("age.hours", Moment::HOUR)
        } else {
            ("age.days", Moment::DAY)
        };
        let count = u32::try_from(millis / unit).unwrap_or(u32::MAX);
        self.say(&Phrase::new(key).with("count", count))
    }

    /// A reading time in whole minutes, at least one: "4 min".
    #[must_use]
    pub fn reading_time(self, seconds: u32) -> String {
        self.say(&Phrase::new("time.minutes").with("count", seconds.div_ceil(MINUTE).max(1)))
    }

    fn date(self, key: &str, day: &Day) -> String {
        let Ok(date) = day.0.parse::<jiff::civil::Date>() else { return day.0.clone() };
        let number = if date.day() == 1 { self.text("date.first") } else { date.day().to_string() };
        let weekday = format!("date.weekday.{}", date.weekday().to_monday_one_offset());
        let phrase = Phrase::new(key)
            .with("weekday", self.text(&weekday))
            .with("day", number)
            .with("month", self.text(&format!("date.month.{:02}", date.month())))
            .with("year", date.year().to_string());
        self.say(&phrase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_each_language_writes_them() {
        for (day, english, french) in [
            ("2026-11-23", "Monday 23 November 2026", "lundi 23 novembre 2026"),
            ("2026-08-01", "Saturday 1 August 2026", "samedi 1er août 2026"),
            ("not a day", "not a day", "not a day"),
        ] {
            assert_eq!(Language::English.long_date(&Day(day.to_owned())), english);
            assert_eq!(Language::French.long_date(&Day(day.to_owned())), french);
        }
    }

    #[test]
    fn ages_grow_from_now_to_a_date() {
        let now = Moment(1_795_390_200_000); // 2026-11-22T23:30:00Z
        for (ago, english, french) in [
            (-Moment::HOUR, "just now", "à l’instant"),
            (0, "just now", "à l’instant"),
            (Moment::MINUTE, "1 min ago", "il y a 1\u{a0}min"),
            (59 * Moment::MINUTE, "59 min ago", "il y a 59\u{a0}min"),
            (3 * Moment::HOUR, "3 h ago", "il y a 3\u{a0}h"),
            (Moment::DAY, "1 day ago", "il y a 1\u{a0}jour"),
            (6 * Moment::DAY, "6 days ago", "il y a 6\u{a0}jours"),
            (7 * Moment::DAY, "16 November 2026", "16 novembre 2026"),
        ] {
            assert_eq!(Language::English.age(now.plus(-ago), now, 60), english);
            assert_eq!(Language::French.age(now.plus(-ago), now, 60), french);
        }
    }

    #[test]
    fn a_moment_is_told_to_the_minute_where_the_reader_is() {
        let at = Moment(1_795_390_200_000); // 2026-11-22T23:30:00Z
        assert_eq!(Language::English.date_and_time(at, 60), "23 November 2026 at 00:30");
        assert_eq!(Language::French.date_and_time(at, -90), "22 novembre 2026 à 22\u{a0}h\u{a0}00");
    }

    #[test]
    fn a_reading_time_is_never_nothing() {
        assert_eq!(Language::English.reading_time(0), "1 min");
        assert_eq!(Language::English.reading_time(61), "2 min");
    }
}
