//! Gives more to what the reader asked for outright.

use crate::{model::Phrase, score::Signal};

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "liked",
    // More than any one signal can give, less than all of them together: a wish is not lost among them, and "good
    // morning" by someone liked does not lead the paper.
    default_weight: 3.0,
    value: |facts| if facts.asked.more.is_empty() { 0.0 } else { 1.0 },
    reason: |facts| {
        let (more, less) = (facts.asked.more.join(", "), facts.asked.less.join(", "));
        match (more.is_empty(), less.is_empty()) {
            (true, _) => None,
            (false, true) => Some(Phrase::new("reason.liked").with("names", more)),
            (false, false) => Some(Phrase::new("reason.liked_lifts").with("names", more).with("less", less)),
        }
    },
};
