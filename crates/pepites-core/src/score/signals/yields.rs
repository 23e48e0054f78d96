//! Gives more to sources of whose posts the reader read or starred many among those shown.

use crate::{
    model::Phrase,
    score::{Facts, Signal},
};

/// The share of shown posts that an unknown source is taken to bring to reading.
const EXPECTED: f64 = 0.3;

/// How many shown posts the expectation counts for: one post read of one shown proves nothing.
const DOUBT: f64 = 10.0;

/// A star counts like so many further posts read: it is rare and never made in passing.
const STAR: f64 = 2.0;

/// Stars that count: fifty of years ago must not carry a source for ever.
const MOST_STARS: u32 = 10;

/// With fewer shown posts, or a lower share of them read, the share is not worth a word.
const ENOUGH_SHOWN: u32 = 5;
const GOOD_SHARE: f64 = 0.5;

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "yield",
    default_weight: 1.5,
    value: |facts| {
        let stars = f64::from(facts.source_starred.min(MOST_STARS)) * STAR;
        let liked = read(facts) + stars + EXPECTED * DOUBT;
        (liked / (shown(facts) + DOUBT)).min(1.0)
    },
    reason: |facts| match facts.source_starred {
        0 if facts.source_shown_90d >= ENOUGH_SHOWN && read(facts) / shown(facts) >= GOOD_SHARE => {
            Some(Phrase::new("reason.yield").with("count", read(facts)).with("shown", facts.source_shown_90d))
        }
        0 => None,
        stars => Some(Phrase::new("reason.yield_stars").with("count", stars)),
    },
};

fn shown(facts: &Facts) -> f64 {
    f64::from(facts.source_shown_90d)
}

/// Posts read outside of digests, from the list of a source, say nothing about those shown.
fn read(facts: &Facts) -> f64 {
    f64::from(facts.source_read_90d.min(facts.source_shown_90d))
}
