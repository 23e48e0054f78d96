//! Gives more to what has something to read, with less and less for each further page, and less to what comes from a
//! mill: press releases, announcements of versions, teasers.

use crate::{
    model::Phrase,
    score::{Facts, Signal, measures},
    text,
};

/// So many words bring the value to two thirds: a page and a half.
const PAGE: f64 = 350.0;

/// A picture, a recording or a listing of code counts as this many words.
const ILLUSTRATION_WORDS: f64 = 60.0;

/// Illustrations that count: a gallery is no essay.
const MOST_ILLUSTRATIONS: u32 = 2;

/// What is left of its worth when a text comes from a mill.
const MILLED: f64 = 0.5;

/// From here on, length is worth a word.
const LONG_READ: u32 = 800;

/// With more words it is a text, whatever its first words end with.
const TEASER_WORDS: u32 = 80;

/// From here on it is for a note.
const LONG_NOTE: u32 = 45;

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "substance",
    default_weight: 1.0,
    value: |facts| {
        let illustrations = f64::from(facts.illustrations.min(MOST_ILLUSTRATIONS));
        let full = 1.0 - (-(f64::from(measures::prose(facts)) + illustrations * ILLUSTRATION_WORDS) / PAGE).exp();
        if is_milled(facts) { full * MILLED } else { full }
    },
    reason,
};

fn is_milled(facts: &Facts) -> bool {
    if facts.untitled {
        return false;
    }
    // What is short is a teaser at worst, and what is long a press release.
    let milled = match facts.words <= TEASER_WORDS {
        true => text::is_teaser(&facts.lead),
        false => text::is_press_release(&facts.title, &facts.lead),
    };
    milled || text::announces_release(&facts.title)
}

fn reason(facts: &Facts) -> Option<Phrase> {
    let long = facts.words >= if facts.untitled { LONG_NOTE } else { LONG_READ };
    let key = if facts.untitled { "reason.substance_note" } else { "reason.substance" };
    (long && !is_milled(facts)).then(|| Phrase::new(key).with("count", facts.words))
}
