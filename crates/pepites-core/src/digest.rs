//! Takes ranked stories, gives a digest that fits a budget and ends.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::{
    filling::{Filling, Slot, Tier},
    variety::Look,
};
use crate::{
    model::{SourceId, StoryId},
    score::{Facts, Rank},
};

mod cutting;
mod filling;
mod fitting;
mod hour;
mod left_out;
mod rich_day;
mod thin;
mod variety;
mod window;

pub use cutting::{Held, cut};
pub use hour::{Due, Hour, HourError};
pub use left_out::Why;
pub use thin::admitted;
pub use window::{Closing, Opening, away, further, openings};

/// How much the reader has time for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// So many stories: a story counts once, as its face; its relays are free.
    Posts(u32),
    /// So many minutes of reading, at the reader's speed, and of listening.
    Minutes(u32),
}

/// As many posts as one person could read in a day, measured over a month: what a digest has unless the reader wishes
/// otherwise.
pub const USUAL_BUDGET: Budget = Budget::Posts(100);

/// Reading speed for plain prose, until the reader sets their own. 230 is what other readers count with for adults in
/// French and English.
pub const WORDS_PER_MINUTE: u32 = 230;

/// Speeds that can be set: who spells out a foreign language, and who skims.
pub const SPEEDS: std::ops::RangeInclusive<u32> = 60..=1_000;

/// Where a story stands in the digest, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Rare posts worth reading, found nowhere else.
    Nuggets,
    /// What a search finds that the reader keeps, and gave a section of its own.
    Searched,
    /// Told by several sources.
    Covered,
    /// From people on microblogs.
    People,
    /// Pages to sit down for.
    Long,
    /// The rest of what fits.
    Others,
}

/// A story that may enter.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its facts.
    pub facts: Facts,
    /// Its rank.
    pub rank: Rank,
    /// Seconds of audio or video attached to its face, where that says how long it is; else 0.
    pub listening: u32,
    /// Audio or video is attached whose length nobody says: it costs nothing here, and that is told.
    pub unmeasured: bool,
    /// The reader put it off until this digest: it has a place.
    pub put_off: bool,
}

/// What a digest has to fit.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// How much.
    pub budget: Budget,
    /// How fast the reader reads.
    pub words_per_minute: u32,
    /// How many sources they follow.
    pub followed: u32,
    /// Sources from which they want everything that fits.
    pub unlimited: &'a BTreeSet<SourceId>,
    /// The stories that each search finds which has a section of its own, in the order of these.
    pub searches: &'a [BTreeSet<StoryId>],
}

/// A story that entered.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// Which.
    pub story: StoryId,
    /// Where.
    pub section: Section,
    /// Of [`Section::Searched`]: which of the plan's searches found it.
    pub search: Option<usize>,
    /// Its place in `candidates`.
    pub index: usize,
    /// What it costs, in seconds of reading and listening.
    pub seconds: u32,
}

/// A story that did not.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// Its place in `candidates`.
    pub index: usize,
    /// Why.
    pub why: Why,
    /// What it would have cost, in seconds of reading and listening.
    pub seconds: u32,
}

/// The choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// In reading order.
    pub chosen: Vec<Chosen>,
    /// Stories left out, best first.
    pub left_out: Vec<LeftOut>,
}

/// The shortest reading time of a story, in seconds: to see a note and let it go takes that long too.
pub const SHORTEST_SECONDS: u32 = 10;

/// A page of so many words is a long read: what another reader that sorts its briefing counts with, three and a half
/// minutes at the usual speed.
const LONG_WORDS: u32 = 800;

/// Stories that one source may bring, however large the budget, unless the reader lifts it. A source that posts a
/// thousand times a day takes three places from the others, and no more.
pub const OF_A_SOURCE: u32 = 3;

/// So many minutes stand for a story where stories are counted: about what a reader gives to one.
const MINUTES_A_STORY: u32 = 2;

/// A digest in minutes may end so much before its budget, and no more, while something worthwhile would still fit.
const SLACK_SHARE: u64 = 20;

/// What reading so many words takes, in seconds, at `words_per_minute`.
#[must_use]
pub fn seconds(words: u32, words_per_minute: u32) -> u32 {
    let speed = words_per_minute.clamp(*SPEEDS.start(), *SPEEDS.end());
    let seconds = (u64::from(words) * 60).div_ceil(u64::from(speed));
    u32::try_from(seconds).unwrap_or(u32::MAX).max(SHORTEST_SECONDS)
}

impl Budget {
    /// What there is room for: stories, or seconds.
    fn room(self) -> u64 {
        match self {
            Self::Posts(posts) => u64::from(posts),
            Self::Minutes(minutes) => u64::from(minutes) * 60,
        }
    }

    /// About how many stories it holds.
    fn stories(self) -> u32 {
        match self {
            Self::Posts(posts) => posts,
            Self::Minutes(minutes) => minutes / MINUTES_A_STORY,
        }
    }

    /// How much of it may stay unused while something would fit.
    fn slack(self) -> u64 {
        match self {
            Self::Posts(_) => 0,
            Self::Minutes(_) => self.room() / SLACK_SHARE,
        }
    }
}

impl Plan<'_> {
    /// With few sources, three stories of each do not fill a day: the budget is the only bound then.
    fn shares(&self) -> bool {
        self.followed.saturating_mul(OF_A_SOURCE) >= self.budget.stories()
    }

    fn cost(&self, candidate: &Candidate) -> u64 {
        match self.budget {
            Budget::Posts(_) => 1,
            Budget::Minutes(_) => u64::from(self.seconds(candidate)),
        }
    }

    /// The first search that finds it of those with a section of their own.
    fn search_of(&self, candidate: &Candidate) -> Option<usize> {
        self.searches.iter().position(|found| found.contains(&candidate.facts.story))
    }

    /// What a story takes, in seconds of reading and listening.
    fn seconds(&self, candidate: &Candidate) -> u32 {
        seconds(candidate.facts.words, self.words_per_minute).saturating_add(candidate.listening)
    }
}

impl Choice {
    /// Whether there was enough for `budget`: it is full, or would be with what sources have beyond their share. A longer
    /// window would only have more to leave out then, and older news.
    #[must_use]
    pub fn fills(&self, budget: Budget) -> bool {
        let held_back = self.left_out.iter().filter(|out| out.why == Why::Source).map(|out| out.seconds);
        let all = self.chosen.iter().map(|chosen| chosen.seconds).chain(held_back);
        let cost: u64 = match budget {
            Budget::Posts(_) => all.count() as u64,
            Budget::Minutes(_) => all.map(u64::from).sum(),
        };
        cost + budget.slack() >= budget.room()
    }
}

/// The best of `candidates` that fit the plan, whose budget is never exceeded. Does not depend on their order.
#[must_use]
pub fn choose(candidates: &[Candidate], plan: &Plan<'_>) -> Choice {
    let mut best: Vec<(usize, &Candidate)> = candidates.iter().enumerate().collect();
    best.sort_by(|(_, a), (_, b)| better(a, b));

    let slots: Vec<Slot> = best.iter().map(|(_, candidate)| slot(candidate, plan)).collect();
    let look = |place: usize| best.get(place).map(|(_, candidate)| Look::of(&candidate.facts)).unwrap_or_default();
    let mut filling = Filling::new(&slots, &look, plan.budget);
    filling.fill_in_turn();
    // With few sources the budget must be filled all the same. The quietest goes first: what the loudest adds, however
    // much that is, only takes what nobody else wanted.
    let shares = plan.shares();
    if !shares {
        for source in quietest_first(&best) {
            filling.fill_from(source);
        }
    }
    filling.fit(shares);

    let why = left_out::of(&mut filling, &best, plan, shares);
    let mut chosen = Vec::new();
    let mut left_out = Vec::new();
    for (place, ((index, candidate), why)) in best.iter().zip(why).enumerate() {
        match why {
            None if filling.has(place) => chosen.push(entered(*index, candidate, plan)),
            why => {
                let why = why.unwrap_or(Why::Room);
                left_out.push(LeftOut { index: *index, why, seconds: plan.seconds(candidate) });
            }
        }
    }
    // Stable: within a section the best comes first.
    chosen.sort_by_key(|chosen| (chosen.section, chosen.search));
    Choice { chosen, left_out }
}

/// The higher rank first, then the newer, then the lower story: no two stories are equal.
fn better(a: &Candidate, b: &Candidate) -> Ordering {
    (b.rank.total.total_cmp(&a.rank.total))
        .then(b.facts.published.cmp(&a.facts.published))
        .then(a.facts.story.cmp(&b.facts.story))
}

fn slot(candidate: &Candidate, plan: &Plan<'_>) -> Slot {
    let tier = match candidate.rank.nugget {
        _ if candidate.put_off => Tier::PutOff,
        true => Tier::Nugget,
        false if plan.search_of(candidate).is_some() => Tier::Searched,
        false => Tier::Plain,
    };
    let source = candidate.facts.source;
    let limited = !plan.unlimited.contains(&source);
    Slot { cost: plan.cost(candidate), total: candidate.rank.total, tier, source, limited }
}

fn entered(index: usize, candidate: &Candidate, plan: &Plan<'_>) -> Chosen {
    let facts = &candidate.facts;
    // A nugget stays one: gold is worth more than a section.
    let search = plan.search_of(candidate).filter(|_| !candidate.rank.nugget);
    let section = match candidate.rank.nugget {
        true => Section::Nuggets,
        false if search.is_some() => Section::Searched,
        false if facts.sources > 1 => Section::Covered,
        false if facts.untitled => Section::People,
        false if facts.words >= LONG_WORDS => Section::Long,
        false => Section::Others,
    };
    Chosen { story: facts.story, section, search, index, seconds: plan.seconds(candidate) }
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

#[cfg(test)]
mod tests;
