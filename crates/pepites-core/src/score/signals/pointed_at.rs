//! Gives more to a page that other sources link to: each of them vouches for it once, however often it links,
//! and weighs less the more they share.

use crate::{
    model::Phrase,
    score::{Signal, measures::halving_of},
};

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "pointed_at",
    default_weight: 2.0,
    value: |facts| halving_of(facts.pointed_weight),
    reason: |facts| {
        (facts.pointed_at_by > 0).then(|| Phrase::new("reason.pointed_at").with("count", facts.pointed_at_by))
    },
};
