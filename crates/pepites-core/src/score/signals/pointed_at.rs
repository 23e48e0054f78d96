//! Gives more to a page that other sources link to: each of them vouches for it once, however often it links.

use crate::{
    model::Phrase,
    score::{Signal, measures::halving},
};

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "pointed_at",
    default_weight: 2.0,
    value: |facts| halving(facts.pointed_at_by),
    reason: |facts| {
        (facts.pointed_at_by > 0).then(|| Phrase::new("reason.pointed_at").with("count", facts.pointed_at_by))
    },
};
