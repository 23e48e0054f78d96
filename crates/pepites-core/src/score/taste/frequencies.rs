//! Counts in how many posts of a library each trait stands, read or not, and says how much it tells of one.

use std::collections::{BTreeSet, HashMap};

use super::Trait;

/// How often each trait is met in a library.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    posts: u32,
    with: HashMap<Trait, u32>,
}

impl Frequencies {
    /// Counts one more post.
    pub fn add(&mut self, traits: &BTreeSet<Trait>) {
        self.posts = self.posts.saturating_add(1);
        for one in traits {
            match self.with.get_mut(one) {
                Some(count) => *count = count.saturating_add(1),
                None => {
                    self.with.insert(one.clone(), 1);
                }
            }
        }
    }

    /// How much a trait tells: 1 for what every post has, and one more each time it is rarer by a factor of e
    /// (smoothed inverse document frequency).
    pub(super) fn rarity(&self, one: &Trait) -> f64 {
        let with = self.with.get(one).copied().unwrap_or(0);
        1.0 + ((1.0 + f64::from(self.posts)) / (1.0 + f64::from(with))).ln()
    }
}
