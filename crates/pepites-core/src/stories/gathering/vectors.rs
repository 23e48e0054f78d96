//! Takes the gists of posts, gives what each word of them weighs, and how alike two posts are in their words.
//! Never looks at anything but words.

use std::collections::HashMap;

use super::super::{
    frequencies::{Frequencies, Learnt},
    gist::{Class, Gist, Word},
};

/// A word in the title counts like so many in the text: measured, flat from 2 to 4.
const TITLE: f32 = 3.0;

/// What two texts share counts up to so many times what their titles share: events of one subject share its words, and
/// writers have stock sentences. Measured: at 2, tellings whose titles differ are lost; from 3 to 6 it is flat.
const SUPPORT: f32 = 4.0;

/// A word in the title of one and the text of the other bears half as much.
const IN_ONE_TITLE: f32 = 0.5;

/// The weighed words of posts, each post's squares adding up to 1.
pub(super) struct Vectors {
    /// The hash of each word, by word.
    words: Vec<u32>,
    /// Where each post's words begin in `entries`; one more at the end.
    starts: Vec<usize>,
    entries: Vec<Entry>,
}

/// One word of one post.
#[derive(Clone, Copy)]
struct Entry {
    word: u32,
    /// How often it stands there, flattened.
    often: f32,
    weight: f32,
    /// It stands in the title and is a word: a number tells which one, not of what ("5.5 released").
    heads: bool,
}

/// What two posts have in common.
#[derive(Clone, Copy, Default)]
pub(super) struct Shared {
    all: f32,
    titles: f32,
    /// How many words.
    pub(super) words: u32,
}

impl Shared {
    fn add(&mut self, one: Entry, other: Entry) {
        let both = one.weight * other.weight;
        self.words += 1;
        self.all += both;
        self.titles += match (one.heads, other.heads) {
            (true, true) => both,
            (false, false) => 0.0,
            _ => IN_ONE_TITLE * both,
        };
    }

    /// How alike they are: 1 when they have the same words as often.
    pub(super) fn likeness(self) -> f32 {
        self.all.min(SUPPORT * self.titles)
    }
}

fn heads(word: Word) -> bool {
    word.in_title() > 0 && word.class() != Class::Number && !word.is_mark()
}

impl Vectors {
    /// Weighs words by how rare they are in the library and, each post for itself, among the new ones.
    pub(super) fn new<'a>(
        gists: impl Iterator<Item = &'a Gist> + Clone,
        frequencies: &Frequencies,
        is_new: impl Fn(usize) -> bool,
    ) -> Self {
        let mut words: Vec<u32> = gists.clone().flat_map(|gist| gist.words().iter().map(|word| word.hash())).collect();
        words.sort_unstable();
        words.dedup();
        let (mut starts, mut entries) = (vec![0], Vec::new());
        for gist in gists {
            for word in gist.words() {
                let Ok(place) = words.binary_search(&word.hash()) else { continue };
                #[expect(clippy::cast_precision_loss, reason = "counts up to three")]
                let often = (TITLE * word.in_title() as f32 + word.in_text() as f32).ln_1p();
                let place = u32::try_from(place).unwrap_or(u32::MAX);
                entries.push(Entry { word: place, often, weight: 0.0, heads: heads(*word) });
            }
            starts.push(entries.len());
        }
        let mut vectors = Self { words, starts, entries };
        let (mut new, mut counts) = (0, vec![0; vectors.words.len()]);
        for post in (0..vectors.posts()).filter(|&post| is_new(post)) {
            new += 1;
            vectors.of(post).iter().for_each(|entry| increase(&mut counts, entry.word));
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
                if let Some(last) = counted_for.get_mut(entry.word as usize)
                    && *last != story
                {
                    *last = story;
                    increase(&mut counts, entry.word);
                }
            }
        }
        let stories = u32::try_from(told.chunk_by(|one, other| one.0 == other.0).count()).unwrap_or(u32::MAX);
        (stories, counts)
    }

    fn weigh(&mut self, frequencies: &Frequencies, counts: &[u32], new: u32) {
        let rarities: Vec<f32> =
            self.words.iter().zip(counts).map(|(&word, &more)| frequencies.rarity(word, more, new)).collect();
        for bounds in self.starts.windows(2) {
            let &[from, to] = bounds else { continue };
            let Some(entries) = self.entries.get_mut(from..to) else { continue };
            let mut squares = 0.0;
            for entry in &mut *entries {
                entry.weight = entry.often * rarities.get(entry.word as usize).copied().unwrap_or(0.0);
                squares += entry.weight * entry.weight;
            }
            let length = f32::sqrt(squares);
            entries.iter_mut().for_each(|entry| entry.weight /= length);
        }
    }

    fn posts(&self) -> usize {
        self.starts.len() - 1
    }

    fn of(&self, post: usize) -> &[Entry] {
        match (self.starts.get(post), self.starts.get(post + 1)) {
            (Some(&from), Some(&to)) => self.entries.get(from..to).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Different words of a post.
    #[expect(clippy::cast_precision_loss, reason = "words of a post")]
    pub(super) fn length(&self, post: usize) -> f32 {
        self.of(post).len() as f32
    }

    /// How alike two posts are.
    pub(super) fn likeness(&self, one: usize, other: usize) -> f32 {
        self.shared(one, other).likeness()
    }

    /// What two posts have in common: a walk along both.
    fn shared(&self, one: usize, other: usize) -> Shared {
        let (mut ones, mut others) = (self.of(one), self.of(other));
        let mut shared = Shared::default();
        while let ([a, rest_a @ ..], [b, rest_b @ ..]) = (ones, others) {
            if a.word == b.word {
                shared.add(*a, *b);
            }
            (ones, others) =
                (if a.word <= b.word { rest_a } else { ones }, if b.word <= a.word { rest_b } else { others });
        }
        shared
    }

    /// Gives each pair of posts that is alike by `least` or more, the later first, with what they share: pairs of which
    /// one at least is new, and those of one party. Posts of the library do not meet each other: they are many where
    /// much came before.
    pub(super) fn each_pair(
        &self,
        least: f32,
        is_new: impl Fn(usize) -> bool,
        party: &[usize],
        mut give: impl FnMut(usize, usize, Shared),
    ) {
        let mut with: Vec<With> = vec![With::default(); self.words.len()];
        let mut sums = vec![Shared::default(); self.posts()];
        let mut met: Vec<u32> = Vec::new();
        let mut known_of: HashMap<usize, Vec<u32>> = HashMap::new();
        for post in 0..self.posts() {
            let (new, place) = (is_new(post), u32::try_from(post).unwrap_or(u32::MAX));
            for entry in self.of(post) {
                let Some(with) = with.get_mut(entry.word as usize) else { continue };
                let known = if new { with.known.as_slice() } else { &[] };
                for &(other, its) in known.iter().chain(&with.new) {
                    if let Some(shared) = sums.get_mut(other as usize) {
                        if shared.words == 0 {
                            met.push(other);
                        }
                        shared.add(*entry, its);
                    }
                }
                let list = if new { &mut with.new } else { &mut with.known };
                list.push((place, *entry));
            }
            if let Some(&party) = party.get(post).filter(|_| !new) {
                let others = known_of.entry(party).or_default();
                for &other in &*others {
                    if let Some(shared) = sums.get_mut(other as usize) {
                        *shared = self.shared(post, other as usize);
                        met.push(other);
                    }
                }
                others.push(place);
            }
            // Most pairs share a word that is everywhere and nothing more: to put them in order would cost most of all.
            met.retain(|&other| {
                let Some(shared) = sums.get_mut(other as usize) else { return false };
                let kept = shared.likeness() >= least;
                if !kept {
                    *shared = Shared::default();
                }
                kept
            });
            met.sort_unstable();
            for other in met.drain(..) {
                if let Some(shared) = sums.get_mut(other as usize).map(std::mem::take) {
                    give(post, other as usize, shared);
                }
            }
        }
    }
}

/// The posts met so far that have a word: those of the library, and new ones.
#[derive(Clone, Default)]
struct With {
    known: Vec<(u32, Entry)>,
    new: Vec<(u32, Entry)>,
}

fn increase(counts: &mut [u32], word: u32) {
    if let Some(count) = counts.get_mut(word as usize) {
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Posts about little, so that they share much: some words in every one, titles of one to four.
    fn gists() -> Vec<Gist> {
        let word = |seed: usize| {
            ["harbour", "lima", "storm", "bridge", "sank", "ferry", "mayor", "12", "vote", "tram"][seed % 10]
        };
        let of = |n: usize| {
            let title: Vec<&str> = (0..=n % 4).map(|at| word(n / (at + 1) + 3 * at)).collect();
            let text: Vec<&str> = (0..n % 9).map(|at| word(n * 7 + at * at)).collect();
            Gist::of(&title.join(" "), &format!("everywhere known {} x{}", text.join(" "), n % 30), None)
        };
        (0..300).map(of).collect()
    }

    #[test]
    fn the_pairs_that_are_met_are_those_that_looking_at_each_finds() {
        let gists = gists();
        let vectors = Vectors::new(gists.iter(), &Frequencies::default(), |_| true);
        // The parties of the library come first, as they do at the table.
        let is_new = |post: usize| post >= 100;
        let party: Vec<usize> = (0..gists.len()).map(|post| if is_new(post) { post } else { post % 20 }).collect();
        let wanted = |one: usize, other: usize| is_new(one) || is_new(other) || party[one] == party[other];
        for least in [0.0001, 0.03, 0.2, 0.6] {
            let mut found = Vec::new();
            vectors.each_pair(least, is_new, &party, |one, other, shared| {
                found.push((one, other, shared.likeness(), shared.words))
            });
            let all = (0..gists.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
            let likely = all
                .filter(|&(one, other)| wanted(one, other))
                .map(|(one, other)| (one, other, vectors.shared(one, other)));
            let expected: Vec<(usize, usize, f32, u32)> = likely
                .filter(|(_, _, shared)| shared.likeness() >= least)
                .map(|(one, other, shared)| (one, other, shared.likeness(), shared.words))
                .collect();
            assert!(expected.len() > 50, "{least}: {}", expected.len());
            assert_eq!(found, expected, "{least}");
        }
    }
}
