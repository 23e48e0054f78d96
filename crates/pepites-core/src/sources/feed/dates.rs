//! Takes a date as a feed writes it, gives the instant it means: RFC 3339, RFC 822 and what people make of them.
//! Never guesses a date out of nothing: a text without day, month and year gives none.

use jiff::{civil::DateTime, tz::TimeZone};

use crate::model::Moment;

/// Longer than any date; what is longer is a text that stands in the wrong place.
const LONGEST: usize = 80;

/// The beginnings of the names of months, without accents, in English, French, German, Spanish, Italian and Portuguese.
#[rustfmt::skip]
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1), ("ene", 1), ("gen", 1),
    ("feb", 2), ("fev", 2),
    ("mar", 3), ("mrz", 3), ("maer", 3),
    ("apr", 4), ("avr", 4), ("abr", 4),
    ("may", 5), ("mai", 5), ("mag", 5), ("mayo", 5),
    ("jun", 6), ("juin", 6), ("giu", 6),
    ("jul", 7), ("juil", 7), ("lug", 7),
    ("aug", 8), ("aou", 8), ("ago", 8),
    ("sep", 9), ("set", 9),
    ("oct", 10), ("okt", 10), ("ott", 10), ("out", 10),
    ("nov", 11),
    ("dec", 12), ("dez", 12), ("dic", 12),
];

/// Tuesdays that begin like March.
const TUESDAYS: &[&str] = &["mar", "mardi", "martes", "martedi"];

/// Names of time zones and their minutes east of Greenwich, as feeds mean them (IST is India's, BST Britain's summer).
#[rustfmt::skip]
const ZONES: &[(&str, i32)] = &[
    ("z", 0), ("ut", 0), ("utc", 0), ("gmt", 0), ("wet", 0),
    ("bst", 60), ("ist", 330), ("west", 60), ("cet", 60), ("met", 60), ("mez", 60),
    ("cest", 120), ("mest", 120), ("mesz", 120), ("eet", 120), ("sast", 120),
    ("eest", 180), ("msk", 180),
    ("pkt", 300), ("ict", 420), ("wib", 420), ("hkt", 480), ("sgt", 480), ("awst", 480),
    ("jst", 540), ("kst", 540), ("acst", 570), ("aest", 600), ("acdt", 630), ("aedt", 660), ("nzst", 720), ("nzdt", 780),
    ("nst", -210), ("ndt", -150), ("brt", -180), ("adt", -180), ("ast", -240),
    ("edt", -240), ("est", -300), ("et", -300), ("cdt", -300), ("cst", -360), ("ct", -360),
    ("mdt", -360), ("mst", -420), ("mt", -420), ("pdt", -420), ("pst", -480), ("pt", -480),
    ("akdt", -480), ("akst", -540), ("hst", -600),
];

/// The instant that `text` means. Without a zone it is taken as Greenwich's.
pub(in crate::sources) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return stamp(text);
    }
    Parts::of(text)?.moment()
}

/// Seconds or milliseconds since 1970, or `20190125143300`.
fn stamp(digits: &str) -> Option<Moment> {
    let number: i64 = digits.parse().ok()?;
    match digits.len() {
        9 | 10 => Some(Moment(number.saturating_mul(Moment::SECOND))),
        12 | 13 => Some(Moment(number)),
        14 => {
            let two = |at: usize| digits.get(at..at + 2).and_then(|two| two.parse().ok());
            let parts = Parts {
                year: digits.get(..4).and_then(|year| year.parse().ok())?,
                month: two(4)?,
                day: two(6)?,
                clock: [two(8)?, two(10)?, two(12)?],
                ..Parts::default()
            };
            parts.moment()
        }
        _ => None,
    }
}

#[derive(Default)]
struct Parts {
    year: i16,
    month: i8,
    day: i8,
    clock: [i8; 3],
    millis: i64,
    zone: Option<i32>,
    afternoon: Option<bool>,
}

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let text = plain(text);
        let mut parts = Self::default();
        let (mut numbers, mut months) = (Vec::new(), Vec::new());
        for word in text.split([' ', ',', '(', ')', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
            if parts.year == 0 && numbers.is_empty() && parts.whole_date(word) {
                continue;
            }
            if let Some(clock) = word.strip_prefix('t').filter(|clock| clock.contains(':')) {
                parts.clock(clock);
            } else if word.contains(':') && !word.starts_with(['+', '-']) && !word.starts_with(char::is_alphabetic) {
                parts.clock(word);
            } else {
                parts.word(word, &mut numbers, &mut months);
            }
        }
        // « mar. 3 févr. »: mardi is not March when another month is named.
        let named = months.iter().find(|(name, _)| !TUESDAYS.contains(name)).or(months.first());
        if let Some((_, month)) = named.filter(|_| parts.year == 0) {
            parts.month = *month;
            parts.day_and_year(&numbers)?;
        }
        (parts.year != 0).then_some(parts)
    }

    /// `2019-01-25`, `2020/1/10`, `20190125`, `25.01.2019`, `01/25/2019`, with or without a time behind a `T`.
    fn whole_date(&mut self, word: &str) -> bool {
        let (date, clock) = match word.split_once('t') {
            Some((date, clock)) if date.bytes().all(|byte| byte.is_ascii_digit() || b"-/.".contains(&byte)) => {
                (date, clock)
            }
            Some(_) => return false,
            None => (word, ""),
        };
        let date = date.strip_suffix('z').unwrap_or(date);
        let fields: Option<Vec<i16>> = date.split(['-', '/', '.']).map(|field| field.parse().ok()).collect();
        let found = match fields.as_deref() {
            Some([year, month, day]) if *year > 31 => Some((*year, *month, *day)),
            Some([day, month, year]) if *year > 31 && (date.contains(['.', '-']) || *day > 12) => {
                Some((*year, *month, *day))
            }
            Some([month, day, year]) if *year > 31 => Some((*year, *month, *day)),
            Some([year, month]) if *year > 999 => Some((*year, *month, 1)),
            Some([year]) if date.len() == 4 && !clock.is_empty() => Some((*year, 1, 1)),
            _ if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) => {
                let number =
                    |at: std::ops::Range<usize>| date.get(at).and_then(|digits| digits.parse().ok()).unwrap_or(0);
                Some((number(0..4), number(4..6), number(6..8)))
            }
            _ => None,
        };
        let Some((year, month, day)) = found else { return false };
        self.year = century(year);
        self.month = i8::try_from(month).unwrap_or(0);
        self.day = i8::try_from(day).unwrap_or(0);
        self.clock(clock);
        true
    }

    /// `14:33`, `14:33:00.123456789`, with a zone attached or not.
    fn clock(&mut self, word: &str) {
        let end = word.find(|letter: char| !letter.is_ascii_digit() && !":.".contains(letter)).unwrap_or(word.len());
        let (clock, zone) = word.split_at_checked(end).unwrap_or((word, ""));
        let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
        // `T120000` is the basic form of ISO 8601.
        let digits = clock.as_bytes();
        let fields: Vec<&[u8]> =
            if clock.contains(':') { digits.split(|byte| *byte == b':').collect() } else { digits.chunks(2).collect() };
        for (field, text) in self.clock.iter_mut().zip(fields) {
            *field = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
        }
        let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
        self.millis = thousandths.parse().unwrap_or(0);
        match zone {
            "" => {}
            "am" | "pm" => self.afternoon = Some(zone == "pm"),
            zone => self.zone = offset(zone).or(self.zone),
        }
    }

    fn word<'a>(&mut self, word: &'a str, numbers: &mut Vec<(&'a str, i16)>, months: &mut Vec<(&'a str, i8)>) {
        // `12-Mar-2010`, `12/mars/2010`: three words.
        if word.contains(['-', '/']) && word.starts_with(|first: char| first.is_ascii_digit()) {
            word.split(['-', '/']).for_each(|piece| self.word(piece, numbers, months));
            return;
        }
        let word = word.trim_end_matches('.');
        // `3rd`, `1er`: no number is followed by such an ending otherwise.
        let number = ["st", "nd", "rd", "th", "er"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        if let Ok(number) = number.parse::<i16>()
            && !word.starts_with(['+', '-'])
        {
            numbers.push((word, number));
        } else if matches!(word, "am" | "pm") {
            self.afternoon = Some(word == "pm");
        } else if let Some((_, month)) = MONTHS.iter().find(|(name, _)| word.starts_with(name)) {
            months.push((word, *month));
        } else if let Some(zone) = offset(word) {
            // In `GMT+0200` split in two the number counts; in `+0000 (UTC)` both say the same.
            if self.zone.is_none_or(|known| known == 0) {
                self.zone = Some(zone);
            }
        }
    }

    fn day_and_year(&mut self, numbers: &[(&str, i16)]) -> Option<()> {
        let year = numbers
            .iter()
            .position(|(digits, number)| digits.len() == 4 || *number > 31)
            .or_else(|| (numbers.len() > 1).then_some(1))?;
        let day = (0..numbers.len()).find(|place| *place != year);
        self.year =
            numbers.get(year).map(|(digits, number)| if digits.len() > 2 { *number } else { century(*number) })?;
        self.day = day.and_then(|place| numbers.get(place)).map_or(1, |(_, number)| i8::try_from(*number).unwrap_or(0));
        Some(())
    }

    fn moment(&self) -> Option<Moment> {
        let [mut hour, minute, second] = self.clock;
        match self.afternoon {
            Some(true) if hour < 12 => hour += 12,
            Some(false) if hour == 12 => hour = 0,
            _ => {}
        }
        // `24:00` is the end of the day, and leap seconds are written as 60.
        let late = if hour == 24 { Moment::DAY } else { 0 };
        let civil = DateTime::new(self.year, self.month, self.day, hour % 24, minute, second.min(59), 0).ok()?;
        let there = Moment(civil.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond());
        Some(there.plus(late + self.millis - i64::from(self.zone.unwrap_or(0)) * Moment::MINUTE))
    }
}

/// Minutes east of Greenwich of `+0200`, `-05:00`, `+2`, `gmt+0200`, `pst`, `z`.
fn offset(word: &str) -> Option<i32> {
    let word = word.trim_end_matches('.');
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == word) {
        return Some(*minutes);
    }
    let word = ["utc", "gmt", "z"].iter().find_map(|name| word.strip_prefix(name)).unwrap_or(word);
    let sign = if word.starts_with('-') || word.starts_with('\u{2212}') { -1 } else { 1 };
    let digits = word.strip_prefix(['+', '-', '\u{2212}'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let total = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    (total <= 18 * 60).then_some(sign * total)
}

/// Two digits of a year: RSS of 2004 wrote `04`.
fn century(year: i16) -> i16 {
    match year {
        0..=69 => 2000 + year,
        70..=99 => 1900 + year,
        _ => year,
    }
}

/// In lower case, without the accents that months carry.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'é' | 'è' | 'ê' => plain.push('e'),
            'û' | 'ù' => plain.push('u'),
            'ç' => plain.push('c'),
            'ä' => plain.push_str("ae"),
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = moment(text)
            .map_or("none".to_owned(), |moment| jiff::Timestamp::from_millisecond(moment.0).unwrap().to_string());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_mean_what_feeds_mean_by_them() {
        for (text, expected) in [
            ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z"),
            ("01 Jan 04 19:48 EST", "2004-01-02T00:48:00Z"),
            ("Thu,  1 Jan 2004 19:48:21 +0100", "2004-01-01T18:48:21Z"),
            ("Sat, 24 Jul 2010 09:15:00 BST", "2010-07-24T08:15:00Z"),
            ("Wed, 17 Jan 2018 15:50:00 PST", "2018-01-17T23:50:00Z"),
            ("Fri 29 Oct 2010", "2010-10-29T00:00:00Z"),
            ("Sat Oct 06 2018 00:00:00 GMT", "2018-10-06T00:00:00Z"),
            ("Sat Oct 06 2018 02:00:00 GMT+0200 (heure d’été d’Europe centrale)", "2018-10-06T00:00:00Z"),
            ("Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z"),
            ("Monday, January 5th, 2009 10:20 PM", "2009-01-05T22:20:00Z"),
            ("12-Mar-2010 08:00", "2010-03-12T08:00:00Z"),
            ("2019-01-25 00:00:00", "2019-01-25T00:00:00Z"),
            ("2020/1/10 14:33:00", "2020-01-10T14:33:00Z"),
            ("2019-01-25T12:00+00:00", "2019-01-25T12:00:00Z"),
            ("2019-01-25T12:00:00.5-05:00", "2019-01-25T17:00:00.5Z"),
            ("2019-01-25T12:00:00.123456789Z", "2019-01-25T12:00:00.123Z"),
            ("20190125T120000Z", "2019-01-25T12:00:00Z"),
            ("2003-12-31T24:00:00Z", "2004-01-01T00:00:00Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
            ("2003-12", "2003-12-01T00:00:00Z"),
            ("25.01.2019 18:05", "2019-01-25T18:05:00Z"),
            ("1/31/2019 3:05:00 PM", "2019-01-31T15:05:00Z"),
            ("31/01/2019", "2019-01-31T00:00:00Z"),
            ("mardi 3 février 2026 à 18:30", "2026-02-03T18:30:00Z"),
            ("mar. 3 févr. 2026 18:30:00 +0100", "2026-02-03T17:30:00Z"),
            ("mar, 03 mar 2026 18:30:00 +0100", "2026-03-03T17:30:00Z"),
            ("1er août 2025", "2025-08-01T00:00:00Z"),
            ("15 décembre 2025", "2025-12-15T00:00:00Z"),
            ("Seg, 24 Set 2018 19:42:40 -0300", "2018-09-24T22:42:40Z"),
            ("1548417600", "2019-01-25T12:00:00Z"),
            ("1548417600000", "2019-01-25T12:00:00Z"),
            ("20190125143300", "2019-01-25T14:33:00Z"),
            ("2019-02-30", "none"),
            ("yesterday", "none"),
            ("", "none"),
            ("Jan", "none"),
            ("12:30", "none"),
        ] {
            check(text, expected);
        }
    }
}
