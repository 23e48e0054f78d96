//! Takes the gists of posts, gives what each word of them weighs, and how alike two posts are in their words.
//! Never looks at anything but words.

use std::{collections::HashSet, hash::BuildHasherDefault};

use super::super::{
    bounds::Common,
    frequencies::{Frequencies, Learnt, Spread},
    gist::{Class, Gist, Word},
};

/// A word in the title counts like so many in the text: measured, flat from 2 to 4.
const TITLE: f32 = 3.0;

/// What two texts share counts up to so many times what their titles share: events of one subject share its words, and
/// writers have stock sentences. Measured: at 2, tellings whose titles differ are lost; from 3 to 6 it is flat.
pub(super) const SUPPORT: f32 = 4.0;

/// A word in the title of one and the text of the other bears half as much.
const IN_ONE_TITLE: f32 = 0.5;

/// The words of posts, and what each weighs: each post's squares add up to 1.
pub(super) struct Vectors {
    /// The hash of each word, by word.
    words: Vec<u32>,
    /// In how many stories of the library each was, by word.
    seen: Vec<u32>,
    /// What each word is worth, by word.
    rarities: Vec<f32>,
    /// Where each post's words begin in `entries`; one more at the end.
    starts: Vec<usize>,
    entries: Vec<Entry>,
    /// What the weights of each post are divided by, so that their squares add up to 1.
    norms: Vec<f32>,
    /// How much a word counts that stands so often in a title and a text, by [`Entry::often`].
    often: [f32; OFTENS],
}

/// One word of one post, in 32 bits: a refresh has a million of them at a time. The word, then whether it is a number, and
/// whether it is more than a plain word, then whether it stands in the title and is a word (a number tells which one, not
/// of what: "5.5 released"), then how often it stands in the text and in the title.
#[derive(Clone, Copy)]
pub(super) struct Entry(u32);

/// Different counts of a word in title and text, both up to three.
const OFTENS: usize = 16;

impl Entry {
    const BELOW: u32 = 7;
    const NUMBER: u32 = 64;
    const ANCHORS: u32 = 32;
    const HEADS: u32 = 16;

    fn of(place: usize, word: Word) -> Self {
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        let heads =
            if word.in_title() > 0 && word.class() != Class::Number && !word.is_mark() { Self::HEADS } else { 0 };
        let class = match word.class() {
            Class::Plain => 0,
            Class::Name | Class::Day => Self::ANCHORS,
            Class::Number => Self::ANCHORS | Self::NUMBER,
        };
        Self(place << Self::BELOW | class | heads | word.in_text() << 2 | word.in_title())
    }

    /// Which word.
    pub(super) fn word(self) -> usize {
        (self.0 >> Self::BELOW) as usize
    }

    pub(super) fn heads(self) -> bool {
        self.0 & Self::HEADS != 0
    }

    /// How often, in both parts: below [`OFTENS`].
    pub(super) fn often(self) -> usize {
        (self.0 & (Self::HEADS - 1)) as usize
    }
}

/// How much a word in both counts as one of titles.
pub(super) fn of_titles(one: bool, other: bool) -> f32 {
    match (one, other) {
        (true, true) => 1.0,
        (false, false) => 0.0,
        _ => IN_ONE_TITLE,
    }
}

/// What two posts have in common.
#[derive(Clone, Copy, Default)]
pub(super) struct Shared {
    all: f32,
    titles: f32,
    /// How many words.
    pub(super) words: u32,
    /// How many of them head both.
    heading: u32,
    /// What the entries of these words say of them, in the one or the other.
    said: u32,
}

impl Shared {
    /// How alike they are: 1 when they have the same words as often.
    pub(super) fn likeness(self) -> f32 {
        self.all.min(SUPPORT * self.titles)
    }

    /// What bounds look at.
    pub(super) fn common(&self) -> Common {
        let said = |flag: u32| self.said & flag != 0;
        let (anchored, numbered) = (said(Entry::ANCHORS), said(Entry::NUMBER));
        Common { words: self.words, heading: self.heading, anchored, numbered }
    }
}

impl Vectors {
    /// Weighs words by how rare they are in the library and, each post for itself, among the new ones.
    pub(super) fn new<'a>(
        gists: impl Iterator<Item = &'a Gist> + Clone,
        frequencies: &Frequencies,
        is_new: impl Fn(usize) -> bool,
    ) -> Self {
        // Each once, then in order: half of all words have been met before, and sorting them would cost twice as much.
        let words: HashSet<u32, BuildHasherDefault<Spread>> = gists.clone().flat_map(Gist::hashes).collect();
        let mut words: Vec<u32> = words.into_iter().collect();
        words.sort_unstable();
        let all = gists.clone().map(|gist| gist.words().len()).sum();
        let (mut starts, mut entries) = (vec![0], Vec::with_capacity(all));
        let shelves = Shelves::of(&words);
        for gist in gists {
            for word in gist.words() {
                let Some(place) = shelves.place(&words, word.hash()) else { continue };
                entries.push(Entry::of(place, *word));
            }
            starts.push(entries.len());
        }
        let mut often = [0.0; OFTENS];
        for (counts, often) in (0_u8..).zip(&mut often) {
            *often = (TITLE * f32::from(counts & 3) + f32::from(counts >> 2)).ln_1p();
        }
        let (rarities, norms) = (vec![0.0; words.len()], vec![1.0; starts.len() - 1]);
        let seen = words.iter().map(|word| frequencies.of(*word)).collect();
        let mut vectors = Self { words, seen, rarities, starts, entries, norms, often };
        let (mut new, mut counts) = (0, vec![0; vectors.words.len()]);
        for post in (0..vectors.posts()).filter(|&post| is_new(post)) {
            new += 1;
            vectors.of(post).iter().for_each(|entry| increase(&mut counts, entry.word()));
        }
        vectors.weigh(frequencies, &counts, new);
        vectors
    }

    /// Weighs anew, each story (None: none that counts) counted once.
    pub(super) fn weigh_by_story(&mut self, frequencies: &Frequencies, story_of: impl Fn(usize) -> Option<usize>) {
        let (stories, counts) = self.counted(story_of);
        self.weigh(frequencies, &counts, stories);
    }

    /// What stories (None: none that counts) say of their words.
    pub(super) fn learn(&self, story_of: impl Fn(usize) -> Option<usize>) -> Learnt {
        let (stories, counts) = self.counted(story_of);
        let words = self.words.iter().copied().zip(counts).filter(|(_, count)| *count > 0).collect();
        Learnt { stories, words }
    }

    /// How many stories there are, and in how many of them each word is.
    fn counted(&self, story_of: impl Fn(usize) -> Option<usize>) -> (u32, Vec<u32>) {
        let mut told: Vec<(usize, usize)> =
            (0..self.posts()).filter_map(|post| Some((story_of(post)?, post))).collect();
        told.sort_unstable();
        let mut counts = vec![0; self.words.len()];
        // The story that each word was last counted for; stories come one after the other.
        let mut counted_for = vec![usize::MAX; self.words.len()];
        for &(story, post) in &told {
            for entry in self.of(post) {
                if let Some(last) = counted_for.get_mut(entry.word())
                    && *last != story
                {
                    *last = story;
                    increase(&mut counts, entry.word());
                }
            }
        }
        let stories = u32::try_from(told.chunk_by(|one, other| one.0 == other.0).count()).unwrap_or(u32::MAX);
        (stories, counts)
    }

    fn weigh(&mut self, frequencies: &Frequencies, counts: &[u32], new: u32) {
        let rarity = |(&seen, &more)| frequencies.rarity_of(seen, more, new);
        self.rarities = self.seen.iter().zip(counts).map(rarity).collect();
        self.norms = (0..self.posts())
            .map(|post| self.of(post).iter().map(|entry| self.unscaled(*entry).powi(2)).sum::<f32>().sqrt())
            // Without a word there is nothing to weigh.
            .map(|norm| if norm > 0.0 { norm } else { 1.0 })
            .collect();
    }

    fn unscaled(&self, entry: Entry) -> f32 {
        let often = self.often.get(entry.often()).copied().unwrap_or(0.0);
        often * self.rarities.get(entry.word()).copied().unwrap_or(0.0)
    }

    /// What a post's weights are divided by.
    pub(super) fn norm(&self, post: usize) -> f32 {
        self.norms.get(post).copied().unwrap_or(1.0)
    }

    /// What a word weighs in a post, before it is divided by its norm, for each way of [`Entry::often`].
    pub(super) fn each_often(&self, word: usize) -> [f32; OFTENS] {
        let rarity = self.rarities.get(word).copied().unwrap_or(0.0);
        self.often.map(|often| often * rarity)
    }

    /// How many posts there are.
    pub(super) fn posts(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many different words there are.
    pub(super) fn words(&self) -> usize {
        self.words.len()
    }

    /// The words of a post.
    pub(super) fn of(&self, post: usize) -> &[Entry] {
        match (self.starts.get(post), self.starts.get(post + 1)) {
            (Some(&from), Some(&to)) => self.entries.get(from..to).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The words of a post, each with its weight.
    pub(super) fn weighed(&self, post: usize) -> impl Iterator<Item = (Entry, f32)> {
        let norm = self.norm(post);
        self.of(post).iter().map(move |&entry| (entry, self.unscaled(entry) / norm))
    }

    /// What a post that was [`Sitter::seat`]ed has in common with another.
    pub(super) fn shared_with(&self, sitter: &Sitter, other: usize) -> Shared {
        let (mut all, mut titles, mut words, mut heading, mut said) = (0.0, 0.0, 0, 0, 0);
        for entry in self.of(other) {
            let Some(own) = sitter.entry(entry.word()) else { continue };
            let both = self.unscaled(own) * self.unscaled(*entry);
            words += 1;
            heading += u32::from(own.heads() && entry.heads());
            said |= own.0 | entry.0;
            all += both;
            titles += of_titles(own.heads(), entry.heads()) * both;
        }
        let norms = sitter.post.map_or(1.0, |post| self.norm(post)) * self.norm(other);
        Shared { all: all / norms, titles: titles / norms, words, heading, said }
    }

    /// The same by a walk along both, to be held against it.
    #[cfg(test)]
    pub(super) fn shared(&self, one: usize, other: usize) -> Shared {
        let (mut ones, mut others) = (self.of(one), self.of(other));
        let (mut all, mut titles, mut words, mut heading, mut said) = (0.0, 0.0, 0, 0, 0);
        while let ([a, rest_a @ ..], [b, rest_b @ ..]) = (ones, others) {
            let (in_one, in_other) = (a.word(), b.word());
            if in_one == in_other {
                let both = self.unscaled(*a) * self.unscaled(*b);
                words += 1;
                heading += u32::from(a.heads() && b.heads());
                said |= a.0 | b.0;
                all += both;
                titles += of_titles(a.heads(), b.heads()) * both;
            }
            (ones, others) =
                (if in_one <= in_other { rest_a } else { ones }, if in_other <= in_one { rest_b } else { others });
        }
        let norms = self.norm(one) * self.norm(other);
        Shared { all: all / norms, titles: titles / norms, words, heading, said }
    }
}

/// Where the words of each beginning stand: looking one up takes a step, and halving takes sixteen.
struct Shelves(Vec<u32>);

impl Shelves {
    /// Of the 25 bits of a word, these are looked along.
    const WITHIN: u32 = 9;

    /// `words`: in order.
    fn of(words: &[u32]) -> Self {
        let last = words.last().map_or(0, |word| word >> Self::WITHIN) as usize;
        let mut begins = vec![0_u32; last + 2];
        for word in words {
            increase(&mut begins, (word >> Self::WITHIN) as usize + 1);
        }
        let mut before = 0;
        for begin in &mut begins {
            before += *begin;
            *begin = before;
        }
        Self(begins)
    }

    fn place(&self, words: &[u32], word: u32) -> Option<usize> {
        let shelf = (word >> Self::WITHIN) as usize;
        let (from, to) = (*self.0.get(shelf)? as usize, *self.0.get(shelf + 1)? as usize);
        Some(from + words.get(from..to)?.iter().position(|its| *its == word)?)
    }
}

/// The post that others are compared with, its words found in one step.
pub(super) struct Sitter {
    post: Option<usize>,
    /// A bit for each word: it has it. Most words of another it does not have, and this is small enough to stay near.
    has: Vec<u64>,
    /// By word, its entry where it has it.
    entries: Vec<Entry>,
}

impl Sitter {
    /// Nobody yet.
    pub(super) fn new(vectors: &Vectors) -> Self {
        let words = vectors.words();
        Self { post: None, has: vec![0; words / 64 + 1], entries: vec![Entry(0); words] }
    }

    /// Another takes the seat; who has it keeps it.
    pub(super) fn seat(&mut self, vectors: &Vectors, post: usize) {
        if self.post == Some(post) {
            return;
        }
        for entry in self.post.iter().flat_map(|before| vectors.of(*before)) {
            if let Some(has) = self.has.get_mut(entry.word() / 64) {
                *has = 0;
            }
        }
        for entry in vectors.of(post) {
            if let (Some(has), Some(kept)) = (self.has.get_mut(entry.word() / 64), self.entries.get_mut(entry.word())) {
                *has |= 1 << (entry.word() % 64);
                *kept = *entry;
            }
        }
        self.post = Some(post);
    }

    fn entry(&self, word: usize) -> Option<Entry> {
        let has = self.has.get(word / 64).is_some_and(|has| has >> (word % 64) & 1 == 1);
        if has { self.entries.get(word).copied() } else { None }
    }
}

fn increase(counts: &mut [u32], word: usize) {
    if let Some(count) = counts.get_mut(word) {
        *count += 1;
    }
}
