//! Gives more to a story that several sources tell.

use crate::{
    model::Phrase,
    score::{Signal, measures::halving},
};

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "covered",
    default_weight: 1.5,
    value: |facts| halving(facts.sources.saturating_sub(1)),
    reason: |facts| (facts.sources > 1).then(|| Phrase::new("reason.covered").with("count", facts.sources)),
};
