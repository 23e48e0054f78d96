//! Takes what a person typed into a search, gives what they ask for: words, and filters by operators such as `source:`.
//! Never fails: what is no operator is told in words, and searched as text. Never looks at a post.

use std::ops::Range;

use crate::model::{Moment, Phrase};

mod completing;
mod dates;
mod naming;
mod operators;
mod pieces;
mod saying;
mod words;

pub use completing::{Completion, complete};
pub use naming::{Named, can_be_named, named};
pub use operators::{OPERATORS, Operator};
pub use words::{Term, fold, is_in_word, words};

use operators::{Medium as M, State as S};
use pieces::{Cut, is_blank};

/// More pieces than anyone types; the index refuses expressions that are very deep.
const PIECES: usize = 32;

/// When something is searched: relative dates are reckoned from it.
#[derive(Clone, Copy)]
pub struct When<'a> {
    /// Now.
    pub now: Moment,
    /// Minutes east of Greenwich where the reader is, at any moment.
    pub offset_minutes: &'a dyn Fn(Moment) -> i32,
}

/// Which of what was found stands first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, ts_rs::TS,
)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// What the words fit best, the newest of equals; the newest where there are no words.
    #[default]
    Relevance,
    /// What was published last.
    Newest,
    /// What was published first.
    Oldest,
}

impl Sort {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Newest, Self::Oldest];

    /// As it is typed, and kept.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}

/// What a post was marked as, or is.
pub type State = S;

/// What a post brings beside its text.
pub type Medium = M;

/// One thing that is asked of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Want {
    /// It holds these words, one after the other.
    Words(Term),
    /// Who wrote it is called so.
    Person(Term),
    /// It has a tag that holds these words.
    Tag(Term),
    /// It is from a source called so, or at such an address: see [`named`].
    Source(String),
    /// Its source is in a folder called so, or in one within: see [`named`].
    Folder(String),
    /// It is in the language of these two letters.
    Language(String),
    /// It is so.
    Is(State),
    /// It brings that.
    Has(Medium),
    /// It was published before this moment.
    Before(Moment),
    /// It was published at this moment or later.
    After(Moment),
}

/// A piece of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands in what was typed, in bytes.
    pub at: Range<usize>,
    /// It must not be so.
    pub not: bool,
    /// What.
    pub want: Want,
}

/// What was typed, understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// In the order in which they were typed.
    pub pieces: Vec<Piece>,
    /// What was not understood, and what became of it.
    pub notes: Vec<Phrase>,
}

impl Search {
    /// Reads what was typed.
    #[must_use]
    pub fn read(typed: &str, when: &When<'_>) -> Self {
        let mut search = Self::default();
        for cut in pieces::cut(typed).into_iter().take(PIECES) {
            let want = match operators::read(&cut, when) {
                Ok(want) => Some(want),
                Err(operators::Not::Operator) => words_of(&cut),
                Err(operators::Not::Known(note)) => {
                    search.notes.push(note);
                    words_of(&cut)
                }
                Err(operators::Not::Filled(note)) => {
                    search.notes.push(note);
                    None
                }
            };
            search.pieces.extend(want.map(|want| Piece { at: cut.at, not: cut.not, want }));
        }
        if search.pieces.iter().all(|piece| piece.not && piece.is_words()) {
            // "Everything but this" finds nothing in particular: the words themselves are meant.
            search.pieces.iter_mut().for_each(|piece| piece.not = false);
        }
        search
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The words that are shown where they were found.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.pieces.iter().filter(|piece| !piece.not).filter_map(|piece| match &piece.want {
            Want::Words(term) => Some(term),
            _ => None,
        })
    }
}

impl Piece {
    /// Whether it asks for words, and not by an operator.
    #[must_use]
    pub fn is_words(&self) -> bool {
        matches!(self.want, Want::Words(_))
    }
}

/// What was typed without the piece that stands at `at`: what a press on the cross of a filter leaves.
#[must_use]
pub fn without(typed: &str, at: &Range<usize>) -> String {
    let before = typed.get(..at.start).unwrap_or(typed).trim_end_matches(is_blank);
    let after = typed.get(at.end..).unwrap_or_default().trim_start_matches(is_blank);
    let between = if before.is_empty() || after.is_empty() { "" } else { " " };
    format!("{before}{between}{after}")
}

fn words_of(cut: &Cut) -> Option<Want> {
    Term::of(&cut.text, cut.quoted).map(Want::Words)
}

#[cfg(test)]
mod tests;
