//! Gives more to what has something to read, with less and less for each further page.

use crate::{
    model::Phrase,
    score::{Facts, Signal, measures},
};

/// So many words bring the value to two thirds: a page and a half.
const PAGE: f64 = 350.0;

/// A picture or a recording counts as this many words.
const ENCLOSURE_WORDS: f64 = 60.0;

/// Pictures and recordings that count: a gallery is no essay.
const MOST_ENCLOSURES: u32 = 2;

/// From here on, length is worth a word.
const LONG_READ: u32 = 800;

/// From here on it is for a note.
const LONG_NOTE: u32 = 45;

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "substance",
    default_weight: 1.0,
    value: |facts| {
        let enclosures = f64::from(facts.enclosures.min(MOST_ENCLOSURES));
        1.0 - (-(f64::from(measures::prose(facts)) + enclosures * ENCLOSURE_WORDS) / PAGE).exp()
    },
    reason,
};

fn reason(facts: &Facts) -> Option<Phrase> {
    match facts.untitled {
        true if facts.words >= LONG_NOTE => Some(Phrase::new("reason.substance_note").with("count", facts.words)),
        _ if facts.words >= LONG_READ => Some(Phrase::new("reason.substance").with("count", facts.words)),
        _ => None,
    }
}
