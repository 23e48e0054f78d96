//! Takes from what the reader asked to see less of, unless they asked for more of it too: a like lifts a dislike.

use crate::{
    model::Phrase,
    score::{Facts, Signal},
};

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "disliked",
    // As much as a like gives.
    default_weight: -3.0,
    value: |facts| if is_disliked(facts) { 1.0 } else { 0.0 },
    reason: |facts| {
        is_disliked(facts).then(|| Phrase::new("reason.disliked").with("names", facts.asked.less.join(", ")))
    },
};

/// Whether the reader asked for less of it, and for more of nothing in it.
pub(in crate::score) fn is_disliked(facts: &Facts) -> bool {
    facts.asked.more.is_empty() && !facts.asked.less.is_empty()
}
