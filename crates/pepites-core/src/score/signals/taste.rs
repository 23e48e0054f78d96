//! Gives more to what is like the posts that the reader starred, by what was learned on this computer.

use crate::{
    model::Phrase,
    score::{Facts, Signal},
};

/// Below, it is not liked enough to be a reason.
const WORTH_A_WORD: f64 = 0.55;

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "taste",
    default_weight: 2.0,
    // Without an opinion (nothing was learned yet) every story has the same, and the order is what it was.
    value: |facts| facts.taste.as_ref().map_or(0.0, |opinion| opinion.value),
    reason,
};

fn reason(facts: &Facts) -> Option<Phrase> {
    let opinion = facts.taste.as_ref().filter(|opinion| opinion.value >= WORTH_A_WORD)?;
    let named: Vec<&str> = opinion.because.iter().filter(|one| one.is_named()).map(|one| one.name.as_str()).collect();
    (!named.is_empty()).then(|| Phrase::new("reason.taste").with("words", named.join(", ")))
}
