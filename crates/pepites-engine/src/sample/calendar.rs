//! Takes days counted from 1970-01-01 and moments, gives the dates that feeds, pages and addresses write.
//! Never knows what day it is.

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use pepites_core::model::{Day, Moment};

/// The day's number, counted from 1970-01-01; that day for a date that does not exist.
pub(crate) fn number(day: &Day) -> i64 {
    let date: Date = day.0.parse().unwrap_or_default();
    date.to_zoned(TimeZone::UTC).map_or(0, |zoned| zoned.timestamp().as_second().div_euclid(86_400))
}

/// The moment in UTC, ready to be written.
pub(crate) fn zoned(at: Moment) -> Zoned {
    Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(TimeZone::UTC)
}

/// `2026`, `11`, `23` of a moment, for addresses.
pub(crate) fn ymd(at: Moment) -> (i16, i8, i8) {
    let date = zoned(at).date();
    (date.year(), date.month(), date.day())
}

/// `Mon, 23 Nov 2026 08:30:00 GMT`, as HTTP and most RSS feeds write it.
pub(crate) fn http(at: Moment) -> String {
    zoned(at).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The moment of an HTTP date.
pub(crate) fn parse_http(date: &str) -> Option<Moment> {
    let stamp = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(date.trim()).ok()?;
    Some(Moment(stamp.as_millisecond()))
}

/// The date as a source of that habit writes it: real feeds do not agree, and neither does the demo world.
pub(crate) fn feed(at: Moment, habit: usize) -> String {
    let zoned = zoned(at);
    match habit % 5 {
        0 => zoned.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        1 => zoned.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        2 => zoned.strftime("%d %b %Y %H:%M:%S Z"),
        3 => zoned.strftime("%a, %d %b %Y %H:%M UT"),
        _ => zoned.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    .to_string()
}

/// The date as Atom and JSON Feed want it, with an offset or with Z by habit.
pub(crate) fn iso(at: Moment, habit: usize) -> String {
    let zoned = zoned(at);
    if habit.is_multiple_of(2) {
        zoned.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    } else {
        zoned.strftime("%Y-%m-%dT%H:%M:%S.000+00:00").to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_from_1970() {
        assert_eq!(number(&Day("1970-01-02".to_owned())), 1);
        assert_eq!(number(&Day("2026-11-23".to_owned())), 20_780);
    }

    #[test]
    fn an_http_date_is_read_back() {
        let at = Moment(1_795_390_200_000);
        assert_eq!(http(at), "Sun, 22 Nov 2026 23:30:00 GMT");
        assert_eq!(parse_http(&http(at)), Some(at));
        assert_eq!(parse_http("yesterday"), None);
    }
}
