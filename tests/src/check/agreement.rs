//! Takes a grouping and the true one, gives how far they agree: B-cubed, and by pairs.
//! Never looks at what is grouped.

use std::{collections::BTreeMap, fmt};

/// Precision, recall, and their harmonic mean.
#[derive(Clone, Copy, Debug, Default)]
struct Figure {
    precision: f64,
    recall: f64,
}

impl Figure {
    fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// How far two groupings agree.
#[derive(Clone, Copy, Debug, Default)]
pub struct Agreement {
    cubed: Figure,
    pairs: Figure,
    cubed_f1: f64,
    pairs_f1: f64,
}

impl Agreement {
    /// The head of the columns that `Display` gives.
    pub const HEAD: &'static str = "B-cubed: P     R     F1    pairs: P     R     F1";

    /// Compares what was `found` with the truth, item by item.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        clippy::indexing_slicing,
        reason = "pairs of a file of posts; every item was counted just above"
    )]
    pub fn of<A: Ord, B: Ord>(found: &[A], truth: &[B]) -> Self {
        let mut groups: BTreeMap<&A, u64> = BTreeMap::new();
        let mut stories: BTreeMap<&B, u64> = BTreeMap::new();
        let mut both: BTreeMap<(&A, &B), u64> = BTreeMap::new();
        for (group, story) in found.iter().zip(truth) {
            *groups.entry(group).or_default() += 1;
            *stories.entry(story).or_default() += 1;
            *both.entry((group, story)).or_default() += 1;
        }
        let items = found.len().max(1) as f64;
        let square = |count: &u64| (count * count) as f64;
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 1.0 };
        let cubed = Figure {
            precision: both.iter().map(|((group, _), count)| square(count) / groups[group] as f64).sum::<f64>() / items,
            recall: both.iter().map(|((_, story), count)| square(count) / stories[story] as f64).sum::<f64>() / items,
        };
        let pairs = |count: &u64| (count * (count - 1) / 2) as f64;
        let right: f64 = both.values().map(pairs).sum();
        let pairs = Figure {
            precision: share(right, groups.values().map(pairs).sum()),
            recall: share(right, stories.values().map(pairs).sum()),
        };
        Self { cubed, pairs, cubed_f1: cubed.f1(), pairs_f1: pairs.f1() }
    }

    /// Each figure's mean.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few files")]
    pub fn mean(all: &[Self]) -> Self {
        let mean = |figure: fn(&Self) -> f64| all.iter().map(figure).sum::<f64>() / all.len().max(1) as f64;
        Self {
            cubed: Figure { precision: mean(|one| one.cubed.precision), recall: mean(|one| one.cubed.recall) },
            pairs: Figure { precision: mean(|one| one.pairs.precision), recall: mean(|one| one.pairs.recall) },
            cubed_f1: mean(|one| one.cubed_f1),
            pairs_f1: mean(|one| one.pairs_f1),
        }
    }

    /// Precision and recall by pairs.
    #[must_use]
    pub fn by_pairs(&self) -> (f64, f64) {
        (self.pairs.precision, self.pairs.recall)
    }

    /// The harmonic means: B-cubed, by pairs.
    #[must_use]
    pub fn f1(&self) -> (f64, f64) {
        (self.cubed_f1, self.pairs_f1)
    }
}

impl fmt::Display for Agreement {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cubed, pairs, cubed_f1, pairs_f1 } = self;
        write!(to, "      {:.3} {:.3} {cubed_f1:.3}", cubed.precision, cubed.recall)?;
        write!(to, "        {:.3} {:.3} {pairs_f1:.3}", pairs.precision, pairs.recall)
    }
}
