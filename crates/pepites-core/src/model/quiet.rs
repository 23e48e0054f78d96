//! Gives the hours and days at which a source asks not to be visited.

use super::Moment;

/// Hours of a day, and days of a week.
const HOURS: u32 = 24;
const DAYS: u32 = 7;
/// 1970-01-01 was a Thursday: the fourth day from Monday.
const FIRST_DAY: i64 = 3;

/// Hours and days at which a source asks not to be visited (`skipHours`, `skipDays`), in Greenwich. Empty mostly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quiet(u32);

impl Quiet {
    /// With these hours (0 to 23) and days (0 is Monday). All hours, or all days, would mean never: then they mean
    /// nothing. Others are no hours and no days.
    #[must_use]
    pub fn of(hours: impl IntoIterator<Item = u32>, days: impl IntoIterator<Item = u32>) -> Self {
        let mask = |numbers: &mut dyn Iterator<Item = u32>, count: u32| {
            let mask = numbers.filter(|number| *number < count).fold(0, |mask, number| mask | 1 << number);
            if mask == (1_u32 << count) - 1 { 0 } else { mask }
        };
        Self(mask(&mut hours.into_iter(), HOURS) | mask(&mut days.into_iter(), DAYS) << HOURS)
    }

    /// As it is kept: bits 0 to 23 are the hours, 24 to 30 the days.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// From what was kept.
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        let of = |first: u32, count: u32| (0..count).filter(move |number| bits >> (first + number) & 1 == 1);
        Self::of(of(0, HOURS), of(HOURS, DAYS))
    }

    /// Whether it is quiet then.
    #[must_use]
    pub fn holds_at(self, at: Moment) -> bool {
        let hour = at.0.div_euclid(Moment::HOUR).rem_euclid(i64::from(HOURS));
        let day = (at.0.div_euclid(Moment::DAY) + FIRST_DAY).rem_euclid(i64::from(DAYS));
        self.0 >> hour & 1 == 1 || self.0 >> (i64::from(HOURS) + day) & 1 == 1
    }

    /// The first moment from `at` on at which it is not quiet.
    #[must_use]
    pub fn ends(self, at: Moment) -> Moment {
        let mut end = at;
        // One hour of one day is free at least, as neither is ever full: a week finds it.
        for _ in 0..HOURS * DAYS {
            if !self.holds_at(end) {
                break;
            }
            end = Moment((end.0.div_euclid(Moment::HOUR) + 1) * Moment::HOUR);
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 2026-11-23T09:30:00Z.
    const MONDAY: Moment = Moment(1_795_426_200_000);

    #[test]
    fn it_is_quiet_at_the_hours_and_on_the_days_that_were_named() {
        let check = |hours: &[u32], days: &[u32], minutes: i64| {
            let quiet = Quiet::of(hours.iter().copied(), days.iter().copied());
            assert_eq!(quiet.ends(MONDAY).since(MONDAY) / Moment::MINUTE, minutes, "{hours:?} {days:?}");
            assert_eq!(quiet.holds_at(MONDAY), minutes > 0);
            assert_eq!(Quiet::from_bits(quiet.bits()), quiet);
        };
        check(&[], &[], 0);
        check(&[8, 10], &[1, 6], 0);
        check(&[9], &[], 30);
        check(&[9, 10, 11, 40], &[], 150);
        check(&[], &[0, 9], 14 * 60 + 30);
        check(&[0, 1], &[0], 16 * 60 + 30);
        check(&[], &[0, 1, 2, 3, 4, 5], 6 * 24 * 60 - 9 * 60 - 30);
        let all: Vec<u32> = (0..24).collect();
        check(&all, &[0, 1, 2, 3, 4, 5, 6], 0);
    }
}
