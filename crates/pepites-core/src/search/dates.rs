//! Takes a date as one types it, gives the moment where it begins: `2026-11-23`, `2026-11`, `2026`, `7d`, `2w`, `yesterday`.
//! Days are those of the reader; `7d` is seven times twenty-four hours ago.

use super::{When, words::fold};
use crate::model::{Day, Moment};

/// Days in a month and a year that are counted back from now: nobody means one day more or less.
const MONTH: i64 = 30;
const YEAR: i64 = 365;

/// Further back than that there are no posts, and dates end.
const MOST_DAYS: i64 = 200 * YEAR;

/// Units by their letters, in days: English, French. `m` is a month in both; `s` a week in French (`semaine`).
const UNITS: &[(&str, i64)] = &[("d", 1), ("j", 1), ("w", 7), ("s", 7), ("m", MONTH), ("y", YEAR), ("a", YEAR)];

pub(super) fn read(typed: &str, when: &When<'_>) -> Option<Moment> {
    let typed = fold(typed);
    let today = Day::of(when.now, (when.offset_minutes)(when.now));
    match typed.as_str() {
        "today" | "aujourd'hui" | "aujourd’hui" | "aujourdhui" => return begins(&today, when),
        "yesterday" | "hier" => return begins(&before(&today, 1)?, when),
        _ => {}
    }
    ago(&typed, when).or_else(|| begins(&day(&typed)?, when))
}

/// `7d`: so long ago.
fn ago(typed: &str, when: &When<'_>) -> Option<Moment> {
    let digits = typed.find(|char: char| !char.is_ascii_digit())?;
    let (count, unit) = typed.split_at(digits);
    let days = UNITS.iter().find(|(name, _)| *name == unit)?.1.checked_mul(count.parse().ok()?)?;
    (days <= MOST_DAYS).then(|| when.now.plus(-days * Moment::DAY))
}

/// The first day of what is written: a day, a month, a year. Days may stand first, as Europe writes them.
fn day(typed: &str) -> Option<Day> {
    let parts: Vec<&str> = typed.split(['-', '/', '.']).collect();
    let text = match parts.as_slice() {
        [year] => format!("{}-01-01", of(year, 4)?),
        [year, month] if year.len() == 4 => format!("{}-{}-01", of(year, 4)?, of(month, 2)?),
        [month, year] => format!("{}-{}-01", of(year, 4)?, of(month, 2)?),
        [year, month, day] if year.len() == 4 => format!("{}-{}-{}", of(year, 4)?, of(month, 2)?, of(day, 2)?),
        [day, month, year] => format!("{}-{}-{}", of(year, 4)?, of(month, 2)?, of(day, 2)?),
        _ => return None,
    };
    Some(Day(text)).filter(|day| day.begins().is_some())
}

/// A number of at most so many digits, written with as many.
fn of(digits: &str, width: usize) -> Option<String> {
    let number = !digits.is_empty() && digits.len() <= width && digits.chars().all(|char| char.is_ascii_digit());
    // 26 is no year: it may be a day.
    (number && (width == 2 || digits.len() == width)).then(|| format!("{digits:0>width$}"))
}

fn before(day: &Day, days: i64) -> Option<Day> {
    // Noon, so that no change of the clocks makes it another day.
    Some(Day::of(day.begins()?.plus(Moment::DAY / 2 - days * Moment::DAY), 0))
}

/// The first moment of a day where the reader is.
fn begins(day: &Day, when: &When<'_>) -> Option<Moment> {
    let midnight = day.begins()?;
    let offset = (when.offset_minutes)(midnight);
    Some(midnight.plus(-i64::from(offset) * Moment::MINUTE))
}
