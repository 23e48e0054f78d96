//! Gives more to the telling that the others came after: the origin rather than a relay.

use crate::{
    model::Phrase,
    score::{Facts, Signal, measures::halving},
};

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "origin",
    default_weight: 0.5,
    value: |facts| if facts.first { halving(followers(facts)) } else { 0.0 },
    reason: |facts| {
        let first = facts.first && facts.sources > 1;
        first.then(|| Phrase::new("reason.origin").with("count", facts.sources.saturating_sub(1)))
    },
};

/// Other sources that told it afterwards, or pointed to it.
fn followers(facts: &Facts) -> u32 {
    facts.sources.saturating_sub(1).max(facts.pointed_at_by)
}
