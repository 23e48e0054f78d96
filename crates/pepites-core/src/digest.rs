//! Takes ranked stories, gives a digest that fits a budget and ends.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    model::StoryId,
    score::{Facts, Rank},
};

/// How much the reader has time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// So many stories: a story counts once, as its face; its relays are free.
    Posts(u32),
    /// So many minutes of reading, at [`WORDS_PER_MINUTE`].
    Minutes(u32),
}

/// Reading speed for plain prose. 230 is what other readers count with for adults in French and English.
pub const WORDS_PER_MINUTE: u32 = 230;

/// Where a story stands in the digest, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Rare posts worth reading, found nowhere else.
    Nuggets,
    /// Told by several sources.
    Covered,
    /// From people on microblogs.
    People,
    /// The rest.
    Others,
}

/// A story that may enter.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its facts.
    pub facts: Facts,
    /// Its rank.
    pub rank: Rank,
}

/// A story that entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// Which.
    pub story: StoryId,
    /// Where.
    pub section: Section,
    /// Its place in `candidates`.
    pub index: usize,
    /// What it costs, in seconds of reading.
    pub seconds: u32,
}

/// The choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// In reading order.
    pub chosen: Vec<Chosen>,
    /// Stories left out, best first, as places in `candidates`.
    pub left_out: Vec<usize>,
}

/// The best of `candidates` that fit `budget`. Does not depend on their order.
#[must_use]
pub fn choose(candidates: &[Candidate], budget: Budget) -> Choice {
    let _ = (candidates, budget);
    Choice { chosen: Vec::new(), left_out: Vec::new() }
}
