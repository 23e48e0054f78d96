//! Takes from what leads to pages that the reader has seen: a list of last week's links has little left to give.
//! A story that was itself shown on another day, or read, is not ranked at all: the window leaves it out.

use crate::{
    model::Phrase,
    score::{Facts, Signal, measures::LINK_WORDS},
};

/// Below this part of a post, what was seen is beside the point.
const WORTH_A_WORD: f64 = 0.25;

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "seen_before",
    default_weight: -1.0,
    value: part_seen,
    reason: |facts| {
        let count = facts.seen_links;
        (part_seen(facts) >= WORTH_A_WORD).then(|| Phrase::new("reason.seen_before").with("count", count))
    },
};

/// The part of the post that leads to what was seen.
fn part_seen(facts: &Facts) -> f64 {
    let leading = f64::from(facts.seen_links) * f64::from(LINK_WORDS);
    (leading / f64::from(facts.words).max(leading).max(1.0)).min(1.0)
}
