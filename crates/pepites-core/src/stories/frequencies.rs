//! Takes the words of stories as they go by, says how rare each is.
//! Never counts a post twice for one story: a story told by a hundred does not make its own words common.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// With fewer stories behind it a word is not rare, only new: what an empty library is taken to have seen.
const PRIOR: u32 = 100;

/// In how many stories each word was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frequencies {
    stories: u32,
    of: ByWord<u32>,
}

/// Something for each word. A word is a hash already, and hashing it as a stranger's bytes are cost more than the look-up.
/// No crowd of words can be made to fall into one place: of 25 bits, 64 at most share a
/// place in a table for half a million.
pub(super) type ByWord<T> = HashMap<u32, T, BuildHasherDefault<Spread>>;

/// Spreads the bits of a word over 64.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u32(u32::from(byte)));
    }

    fn write_u32(&mut self, word: u32) {
        self.0 = (self.0 ^ u64::from(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(26);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Frequencies {
    /// As a library keeps them: how many stories there were, and each word with how many of them it was in.
    #[must_use]
    pub fn new(stories: u32, of: impl IntoIterator<Item = (u32, u32)>) -> Self {
        Self { stories, of: of.into_iter().collect() }
    }

    /// Stories counted.
    #[must_use]
    pub fn stories(&self) -> u32 {
        self.stories
    }

    /// Adds what a fold learnt.
    pub fn learn(&mut self, learnt: &Learnt) {
        self.stories = self.stories.saturating_add(learnt.stories);
        for &(word, stories) in &learnt.words {
            let count = self.of.entry(word).or_default();
            *count = count.saturating_add(stories);
        }
    }

    /// How many stories had this word.
    pub(super) fn of(&self, word: u32) -> u32 {
        self.of.get(&word).copied().unwrap_or(0)
    }

    /// What a word is worth that was in so many stories, and in `more` others than those counted here, of `new` that came.
    #[expect(clippy::cast_precision_loss, reason = "counts of stories")]
    pub(super) fn rarity_of(&self, stories: u32, more: u32, new: u32) -> f32 {
        let all = self.stories.saturating_add(new).max(PRIOR);
        (1.0 + all as f32 / stories.saturating_add(more).max(1) as f32).ln()
    }

    /// The same of a word.
    pub(super) fn rarity(&self, word: u32, more: u32, new: u32) -> f32 {
        self.rarity_of(self.of(word), more, new)
    }
}

/// What a fold learnt of words: to be added to the frequencies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learnt {
    /// New stories.
    pub stories: u32,
    /// Words, and in how many new stories each is; by word.
    pub words: Vec<(u32, u32)>,
}
