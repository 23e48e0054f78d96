//! Takes ranked stories, gives a digest that fits a budget and ends.

use std::{cmp::Ordering, collections::BTreeMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    model::{SourceId, StoryId},
    score::{Facts, Rank},
};

mod thin;
mod window;

pub use thin::admitted;
pub use window::{Closing, Opening, further, openings};

/// How much the reader has time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// So many stories: a story counts once, as its face; its relays are free.
    Posts(u32),
    /// So many minutes of reading, at [`WORDS_PER_MINUTE`].
    Minutes(u32),
}

/// As many posts as one person could read in a day, measured over a month: what a digest has unless the reader wishes
/// otherwise.
pub const USUAL_BUDGET: Budget = Budget::Posts(100);

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

/// The shortest reading time of a story, in seconds: to see a note and let it go takes that long too.
pub const SHORTEST_SECONDS: u32 = 10;

/// The part of the budget that is kept for nuggets while there are any: a quarter, so that a day of big news cannot
/// push them all out. Nuggets beyond it compete like any other story.
const NUGGETS_SHARE: u64 = 4;

/// Stories that one source may bring while others have something left, however large the budget. A source that posts
/// a thousand times a day takes three places from the others, and no more.
const OF_A_SOURCE: u32 = 3;

/// What reading so many words takes, in seconds.
#[must_use]
pub fn seconds(words: u32) -> u32 {
    let seconds = (u64::from(words) * 60).div_ceil(u64::from(WORDS_PER_MINUTE));
    u32::try_from(seconds).unwrap_or(u32::MAX).max(SHORTEST_SECONDS)
}

impl Choice {
    /// Whether there was enough to fill `budget`: a longer window would only have more to leave out. Where nothing
    /// fitted, it may have something shorter.
    #[must_use]
    pub fn fills(&self, budget: Budget) -> bool {
        let full = match budget {
            Budget::Posts(posts) => self.chosen.len() >= posts as usize,
            Budget::Minutes(minutes) => minutes == 0,
        };
        full || (!self.chosen.is_empty() && !self.left_out.is_empty())
    }
}

/// The best of `candidates` that fit `budget`, which is never exceeded. Does not depend on their order.
#[must_use]
pub fn choose(candidates: &[Candidate], budget: Budget) -> Choice {
    let mut best: Vec<(usize, &Candidate)> = candidates.iter().enumerate().collect();
    best.sort_by(|(_, a), (_, b)| better(a, b));

    let mut filling = Filling::new(budget, candidates.len());
    let room = filling.room;
    let keep = room - room.div_ceil(NUGGETS_SHARE).min(room);
    filling.fill(&best, keep, OF_A_SOURCE, &|candidate| candidate.rank.nugget);
    filling.fill(&best, 0, OF_A_SOURCE, &|_| true);
    // With few sources the budget must be filled all the same. The quietest goes first: what the loudest adds, however
    // much that is, only takes what nobody else wanted.
    for source in quietest_first(&best) {
        if filling.room == 0 {
            break;
        }
        filling.fill(&best, 0, u32::MAX, &|candidate| candidate.facts.source == source);
    }

    let (chosen, left_out): (Vec<_>, Vec<_>) = best.into_iter().partition(|(index, _)| filling.has(*index));
    let mut chosen: Vec<Chosen> = chosen.into_iter().map(|(index, candidate)| entered(index, candidate)).collect();
    // Stable: within a section the best comes first.
    chosen.sort_by_key(|chosen| chosen.section);
    Choice { chosen, left_out: left_out.into_iter().map(|(index, _)| index).collect() }
}

/// The higher rank first, then the newer, then the lower story: no two stories are equal.
fn better(a: &Candidate, b: &Candidate) -> Ordering {
    (b.rank.total.total_cmp(&a.rank.total))
        .then(b.facts.published.cmp(&a.facts.published))
        .then(a.facts.story.cmp(&b.facts.story))
}

fn entered(index: usize, candidate: &Candidate) -> Chosen {
    let facts = &candidate.facts;
    let section = match candidate.rank.nugget {
        true => Section::Nuggets,
        false if facts.sources > 1 => Section::Covered,
        false if facts.untitled => Section::People,
        false => Section::Others,
    };
    Chosen { story: facts.story, section, index, seconds: seconds(facts.words) }
}

/// The sources that have more than their share, those with the fewest stories first.
fn quietest_first(best: &[(usize, &Candidate)]) -> Vec<SourceId> {
    let mut counts: BTreeMap<SourceId, u32> = BTreeMap::new();
    for (_, candidate) in best {
        *counts.entry(candidate.facts.source).or_default() += 1;
    }
    let mut more: Vec<(u32, SourceId)> =
        counts.into_iter().filter(|(_, count)| *count > OF_A_SOURCE).map(|(source, count)| (count, source)).collect();
    more.sort_unstable();
    more.into_iter().map(|(_, source)| source).collect()
}

/// A digest under way.
struct Filling {
    budget: Budget,
    /// Stories or seconds left.
    room: u64,
    taken: Vec<bool>,
    by_source: BTreeMap<SourceId, u32>,
}

impl Filling {
    fn new(budget: Budget, candidates: usize) -> Self {
        let room = match budget {
            Budget::Posts(posts) => u64::from(posts),
            Budget::Minutes(minutes) => u64::from(minutes) * 60,
        };
        Self { budget, room, taken: vec![false; candidates], by_source: BTreeMap::new() }
    }

    /// Takes the best that are `wanted`, at most `share` of each source, as long as `keep` of the room is left.
    /// What does not fit any more is passed over: something shorter may.
    fn fill(&mut self, best: &[(usize, &Candidate)], keep: u64, share: u32, wanted: &dyn Fn(&Candidate) -> bool) {
        for &(index, candidate) in best {
            if self.room <= keep {
                return;
            }
            let cost = self.cost(candidate);
            let of_source = self.by_source.entry(candidate.facts.source).or_default();
            let Some(taken) = self.taken.get_mut(index) else { continue };
            if *taken || !wanted(candidate) || *of_source >= share || self.room < cost.saturating_add(keep) {
                continue;
            }
            *taken = true;
            *of_source += 1;
            self.room -= cost;
        }
    }

    fn cost(&self, candidate: &Candidate) -> u64 {
        match self.budget {
            Budget::Posts(_) => 1,
            Budget::Minutes(_) => u64::from(seconds(candidate.facts.words)),
        }
    }

    fn has(&self, index: usize) -> bool {
        self.taken.get(index).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests;
