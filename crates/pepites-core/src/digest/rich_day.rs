//! Takes the candidates of a digest, keeps the mark of a nugget for the strongest where there are too many.
//! Never gives the mark to what has not earned it: a poor day has none.

use std::cmp::Ordering;

use super::{Budget, Candidate};

/// Nuggets of a day at most, of which one still looks at each; but a quarter of a larger budget, which has room for them.
const HANDFUL: usize = 12;

/// The share of the budget's stories.
const SHARE: u32 = 4;

/// Raises the threshold on a rich day: beyond a handful, the weaker are stories like any other, and say so.
pub(super) fn keep_strongest(candidates: &mut [Candidate], budget: Budget) {
    let most = HANDFUL.max((budget.stories() / SHARE) as usize);
    let mut nuggets: Vec<&mut Candidate> = candidates.iter_mut().filter(|one| one.rank.nugget).collect();
    nuggets.sort_by(|a, b| stronger(a, b));
    for outdone in nuggets.into_iter().skip(most) {
        outdone.rank.nugget = false;
        outdone.rank.nugget_reasons.clear();
        outdone.rank.outdone = true;
    }
}

/// The stronger first, then as in the digest: no two are equal.
fn stronger(a: &Candidate, b: &Candidate) -> Ordering {
    b.rank.strength.total_cmp(&a.rank.strength).then_with(|| super::better(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::tests::candidate;

    fn marked(strengths: &[f64], budget: Budget) -> Vec<usize> {
        let one = |(place, strength): (usize, &f64)| {
            let mut one = candidate(i64::try_from(place).unwrap(), 1, 10, 1.0, true);
            one.rank.strength = *strength;
            one
        };
        let mut all: Vec<Candidate> = strengths.iter().enumerate().map(one).collect();
        keep_strongest(&mut all, budget);
        assert!(all.iter().all(|one| one.rank.nugget != one.rank.outdone), "marked, or says why not");
        all.iter().enumerate().filter(|(_, one)| one.rank.nugget).map(|(place, _)| place).collect()
    }

    #[test]
    fn a_rich_day_keeps_the_strongest_and_a_usual_one_all() {
        let rising: Vec<f64> = (0..15_u8).map(f64::from).collect();
        assert_eq!(marked(&rising, Budget::Posts(20)), (3..15).collect::<Vec<_>>());
        assert_eq!(marked(&rising, Budget::Posts(100)), (0..15).collect::<Vec<_>>());
        assert_eq!(marked(&rising, Budget::Minutes(30)), (3..15).collect::<Vec<_>>());
        assert_eq!(marked(&rising[..5], Budget::Posts(1)), (0..5).collect::<Vec<_>>());
        assert_eq!(marked(&[], Budget::Posts(9)), Vec::<usize>::new());
        // Of equals, those that stand higher in the digest.
        assert_eq!(marked(&[1.0; 13], Budget::Posts(20)), (0..12).collect::<Vec<_>>());
    }
}
