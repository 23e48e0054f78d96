//! Takes what the reader made of posts, one after the other, gives what they would make of another, and why.
//! Never keeps a text: what was learned is a weight for each word, person, source and tag, and each can be taken out.
//!
//! A linear classifier with squared hinge loss, learned in its dual by coordinate descent (Hsieh et al., "A Dual
//! Coordinate Descent Method for Large-scale Linear SVM", ICML 2008). Each new verdict is a step of its own and a few
//! for verdicts before it, in turn: so it is as good as one learned from all at once, and never waits to be.

use std::collections::{BTreeSet, HashMap};

mod frequencies;
mod traits;
mod verdict;

pub use frequencies::Frequencies;
pub use traits::{Kind, Trait, traits, traits_of};
pub use verdict::Verdict;

/// Before this many posts were starred, nothing is said: a taste seen in three posts is a guess, and what was only opened
/// may have been opened by its title.
pub const ENOUGH_STARRED: u32 = 10;

/// How far one full verdict may move the weights against its like: low, so that no single star makes a taste.
const TRUST: f64 = 0.05;

/// Earlier verdicts that are gone over again with each new one.
const AGAIN: usize = 4;

/// Whether it leans to one side as a whole is learned like a trait that every post has.
const LEANING: f64 = 1.0;

/// What speaks less for a post than this is not worth naming.
const WORTH_NAMING: f64 = 0.02;

/// What is thought of a post.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    /// From 0 (would pass it over) to 1 (would star it).
    pub value: f64,
    /// How much its own traits speak against it, whatever the reader makes of posts as a whole: 0 (nothing does) to 1.
    pub against: f64,
    /// Its traits that speak for it, most first, at most as many as were asked for.
    pub because: Vec<Trait>,
}

/// One verdict as it is remembered.
#[derive(Clone, Debug)]
struct Lesson {
    /// Its traits, each with its share, in the order of the traits: sums come out the same however they were met.
    shares: Vec<(usize, f64)>,
    liked: bool,
    /// How much of a step it may make.
    slack: f64,
    /// How strongly it holds the weights.
    hold: f64,
}

/// What was learned of the reader's taste.
#[derive(Clone, Debug)]
pub struct Taste {
    frequencies: Frequencies,
    removed: BTreeSet<Trait>,
    places: HashMap<Trait, usize>,
    weights: Vec<f64>,
    leaning: f64,
    lessons: Vec<Lesson>,
    next: usize,
    starred: u32,
}

impl Taste {
    /// Nothing learned yet. `frequencies`: of the library's posts, read or not. `removed`: what the reader took out.
    #[must_use]
    pub fn new(frequencies: Frequencies, removed: BTreeSet<Trait>) -> Self {
        Self {
            frequencies,
            removed,
            places: HashMap::new(),
            weights: Vec::new(),
            leaning: 0.0,
            lessons: Vec::new(),
            next: 0,
            starred: 0,
        }
    }

    /// Learned from a whole log, in its order: what forgetting comes down to, as nothing else is left of an event that
    /// is not in the log.
    #[must_use]
    pub fn of<'a>(
        frequencies: Frequencies,
        removed: BTreeSet<Trait>,
        log: impl IntoIterator<Item = (&'a BTreeSet<Trait>, Verdict)>,
    ) -> Self {
        let mut taste = Self::new(frequencies, removed);
        for (traits, verdict) in log {
            taste.learn(traits, verdict);
        }
        taste
    }

    /// Learns from one verdict.
    pub fn learn(&mut self, traits: &BTreeSet<Trait>, verdict: Verdict) {
        let shares = self.shares(traits);
        let shares = shares.into_iter().map(|(one, share)| (self.place(one), share)).collect();
        let slack = 1.0 / (2.0 * TRUST * verdict.trust());
        self.starred += u32::from(verdict == Verdict::Starred);
        self.lessons.push(Lesson { shares, liked: verdict.liked(), slack, hold: 0.0 });
        self.go_over(self.lessons.len() - 1);
        for _ in 0..AGAIN {
            self.next = (self.next + 1) % self.lessons.len();
            self.go_over(self.next);
        }
    }

    /// Whether enough was starred to have an opinion.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.starred >= ENOUGH_STARRED
    }

    /// What the reader would make of a post with these traits, with at most `most` of them that speak for it; None
    /// until there is enough to go by.
    #[must_use]
    pub fn opinion(&self, traits: &BTreeSet<Trait>, most: usize) -> Option<Opinion> {
        if !self.is_ready() {
            return None;
        }
        let mut spoken: Vec<(f64, &Trait)> = Vec::new();
        let mut sum = 0.0;
        for (one, share) in self.shares(traits) {
            let weight = self.places.get(one).and_then(|&place| self.weights.get(place)).copied().unwrap_or(0.0);
            sum += weight * share;
            if weight * share >= WORTH_NAMING {
                spoken.push((weight * share, one));
            }
        }
        // Stable: of equals the first by name.
        spoken.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let because = spoken.into_iter().take(most).map(|(_, one)| one.clone()).collect();
        // What would be starred for certain is at 1, what would be passed over for certain at -1.
        let whole = (self.leaning * LEANING + sum).clamp(-1.0, 1.0);
        Some(Opinion { value: f64::midpoint(whole, 1.0), against: (-sum).clamp(0.0, 1.0), because })
    }

    /// What was learned, the heaviest first: the traits, each with its weight (below 0: it speaks against).
    #[must_use]
    pub fn learned(&self) -> Vec<(&Trait, f64)> {
        let weight = |place: &usize| self.weights.get(*place).copied().unwrap_or(0.0);
        let mut learned: Vec<(&Trait, f64)> = self.places.iter().map(|(one, place)| (one, weight(place))).collect();
        learned.retain(|(_, weight)| *weight != 0.0);
        learned.sort_by(|(one, a), (other, b)| b.abs().total_cmp(&a.abs()).then_with(|| one.cmp(other)));
        learned
    }

    /// Each trait's share of a post: the rarer it is in the library, the more it tells. Long posts tell no more than
    /// short ones.
    fn shares<'t>(&self, traits: &'t BTreeSet<Trait>) -> Vec<(&'t Trait, f64)> {
        let kept = traits.iter().filter(|one| !self.removed.contains(*one));
        let rare: Vec<(&Trait, f64)> = kept.map(|one| (one, self.frequencies.rarity(one))).collect();
        let length = rare.iter().map(|(_, rarity)| rarity * rarity).sum::<f64>().sqrt();
        rare.into_iter().map(|(one, rarity)| (one, rarity / length)).collect()
    }

    fn place(&mut self, one: &Trait) -> usize {
        if let Some(place) = self.places.get(one) {
            return *place;
        }
        self.weights.push(0.0);
        self.places.insert(one.clone(), self.weights.len() - 1);
        self.weights.len() - 1
    }

    /// The exact best that this one lesson can do, with all others held where they are.
    fn go_over(&mut self, at: usize) {
        let Some(lesson) = self.lessons.get_mut(at) else { return };
        let side = if lesson.liked { 1.0 } else { -1.0 };
        let weight = |place: usize| self.weights.get(place).copied().unwrap_or(0.0);
        let said =
            lesson.shares.iter().map(|&(place, share)| weight(place) * share).sum::<f64>() + self.leaning * LEANING;
        let size = lesson.shares.iter().map(|(_, share)| share * share).sum::<f64>() + LEANING * LEANING + lesson.slack;
        let wrong = side * said - 1.0 + lesson.slack * lesson.hold;
        let hold = (lesson.hold - wrong / size).max(0.0);
        let step = (hold - lesson.hold) * side;
        lesson.hold = hold;
        self.leaning += step * LEANING;
        for &(place, share) in &lesson.shares {
            if let Some(weight) = self.weights.get_mut(place) {
                *weight += step * share;
            }
        }
    }
}

#[cfg(test)]
mod tests;
