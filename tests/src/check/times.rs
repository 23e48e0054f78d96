//! Takes a time as any file may write it, gives its moment; None where it says none.
//! Never guesses: what names no day is no time.

use pepites_core::model::Moment;
use serde_json::Value;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Zones that RFC 2822 names, and the one of central Europe, in minutes east of Greenwich.
const ZONES: [(&str, i64); 13] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("cet", 60),
];

/// From here on a number counts milliseconds and not seconds: as seconds it would be the year 5138.
const IN_MILLIS: f64 = 1e11;

/// `2021-04-29T11:59:51+02:00`, `2014-03-10`, `20140310`, `Mon, 10 Mar 2014 10:00:00 GMT`, 1394445600, 1394445600000.
/// Without a zone, Greenwich.
#[must_use]
pub fn moment(value: &Value) -> Option<Moment> {
    match value {
        // `20140310` may be written as a number too.
        Value::Number(number) => of_text(&number.to_string()),
        Value::String(text) => of_text(text.trim()),
        _ => None,
    }
}

fn of_text(text: &str) -> Option<Moment> {
    if text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_digits(text);
    }
    if let Ok(number) = text.parse::<f64>() {
        return of_number(number);
    }
    of_iso(text).or_else(|| of_words(text))
}

#[expect(clippy::cast_possible_truncation, reason = "within the years that a file may name: see below")]
fn of_number(number: f64) -> Option<Moment> {
    let millis = if number.abs() >= IN_MILLIS { number } else { number * 1e3 };
    // Small numbers are a year or a count, large ones are finer than milliseconds or nothing.
    (number.abs() >= 1e8 && millis.abs() < 2.5e14).then_some(Moment(millis as i64))
}

/// `20140310`, `20140310100000`; ten digits and more are seconds, or milliseconds, since 1970.
fn of_digits(text: &str) -> Option<Moment> {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i64>().ok());
    match text.len() {
        8 | 14 => {
            let of_day = [number(8, 10), number(10, 12), number(12, 14)].map(Option::unwrap_or_default);
            at([number(0, 4)?, number(4, 6)?, number(6, 8)?], of_day, 0)
        }
        _ => text.parse().ok().and_then(of_number),
    }
}

/// `2014-03-10`, `2014/3/10 10:00`, `2014-03-10T10:00:00.5+01:00`.
fn of_iso(text: &str) -> Option<Moment> {
    let ends = text.char_indices().find(|(_, c)| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.'));
    let (date, rest) = text.split_at(ends.map_or(text.len(), |(at, _)| at));
    let mut numbers = date.split(['-', '/', '.']).map(|part| (part.len(), part.parse::<i64>().ok()));
    let (Some((4, Some(year))), Some((_, Some(month))), Some((_, Some(day)))) =
        (numbers.next(), numbers.next(), numbers.next())
    else {
        return None;
    };
    let rest = rest.trim_start_matches(['T', 't', ' ']);
    let ends = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',')).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(ends);
    at([year, month, day], of_clock(clock), of_zone(zone.trim()))
}

/// `Mon, 10 Mar 2014 10:00:00 +0100`, `Mon Mar 10 10:00:00 +0000 2014`, `10 March 2014`.
fn of_words(text: &str) -> Option<Moment> {
    let (mut year, mut month, mut day, mut clock, mut zone) = (None, None, None, [0; 3], 0);
    for word in text.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        if word.contains(':') {
            clock = of_clock(word);
        } else if digits && word.len() == 4 {
            year = word.parse().ok();
        } else if digits && word.len() <= 2 && day.is_none() {
            day = word.parse().ok();
        } else if word.starts_with(['+', '-']) || ZONES.iter().any(|(name, _)| *name == lower) {
            zone = of_zone(word);
        } else if month.is_none() {
            month = MONTHS.iter().position(|name| lower.starts_with(name)).and_then(|at| i64::try_from(at + 1).ok());
        }
    }
    at([year?, month?, day?], clock, zone)
}

/// Hours, minutes, seconds.
fn of_clock(text: &str) -> [i64; 3] {
    let mut parts = text.split(':').map(|part| {
        let whole = part.split(['.', ',']).next().unwrap_or_default();
        whole.parse().unwrap_or_default()
    });
    [0; 3].map(|zero: i64| parts.next().unwrap_or(zero))
}

/// Minutes east of Greenwich.
fn of_zone(text: &str) -> i64 {
    let lower = text.to_lowercase();
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == lower) {
        return *minutes;
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i64>().ok()).unwrap_or(0);
    match text.starts_with(['+', '-']) {
        true => sign * (number(0, 2) * 60 + number(2, 4)),
        false => 0,
    }
}

fn at([year, month, day]: [i64; 3], [hour, minute, second]: [i64; 3], zone: i64) -> Option<Moment> {
    let there = (1..=9_999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..=24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    if !there {
        return None;
    }
    // Days since 1970 by the civil calendar, years beginning in March.
    let (shifted, march) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * march + 2) / 5 + day - 1 - 719_468;
    Some(Moment((((days * 24 + hour) * 60 + minute - zone) * 60 + second) * 1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_however_it_is_written_and_what_is_none_is_none() {
        let check = |text: &str, expected: Option<i64>| {
            let value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()));
            assert_eq!(moment(&value), expected.map(|seconds| Moment(seconds * 1_000)), "{text}");
        };
        let ten = Some(1_394_445_600);
        let midnight = Some(1_394_409_600);
        for text in [
            "2014-03-10T10:00:00Z",
            "2014-03-10T11:00:00.250+01:00",
            "2014-03-10 10:00",
            "1394445600",
            "1394445600000",
            "\"1394445600\"",
            "Mon, 10 Mar 2014 10:00:00 GMT",
            "Mon, 10 Mar 2014 05:00:00 EST",
            "10 Mar 2014 11:00 +0100",
            "Mon Mar 10 10:00:00 +0000 2014",
            "20140310100000",
            "2014-03-10T05:00:00-0500",
        ] {
            check(text, ten);
        }
        for text in ["2014-03-10", "2014/3/10", "\"20140310\"", "10 March 2014", "20140310"] {
            check(text, midnight);
        }
        for text in ["", "null", "yesterday", "99999999999-01-01", "2014-13-01", "2014", "7", "[1]", "1e300"] {
            check(text, None);
        }
        check("1969-12-31T23:59:59Z", Some(-1));
    }
}
