//! Takes what each source brought in the last thirty days, gives the cheapest plan that makes the room asked for.
//! Never hides a cost: every nugget and star that a plan would have missed is named.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{Mode, Moment, PostId, SourceId};

mod cheapest;
#[cfg(test)]
mod tests;

/// What a plan looks back over, in days: what the trends page shows first.
pub const LOOKED_BACK_DAYS: u32 = 30;

/// Room to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// So many posts a week less: as many as the people bring whom the reader would follow instead.
    PostsAWeek(u32),
    /// So many minutes of reading a day less.
    MinutesADay(u32),
    /// So many minutes of reading a day in all, and no more.
    InAll(u32),
}

/// One post of the last thirty days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub post: PostId,
    /// When it was published.
    pub published: Moment,
    /// The reader's day of that, in days since 1970-01-01.
    pub day: i64,
    /// What reading it takes.
    pub seconds: u32,
    /// It was, or would have been, shown as a nugget.
    pub nugget: bool,
    /// It is starred.
    pub starred: bool,
    /// The reader opened it, or marked it read by itself.
    pub read: bool,
    /// A digest that the reader saw showed it.
    pub shown: bool,
    /// Another source had told it before.
    pub relay: bool,
    /// Which: the first that tells the reader.
    pub told_by: Option<SourceId>,
    /// Told first here, and by others after.
    pub carried: bool,
}

/// What a source brought.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// Which source.
    pub source: SourceId,
    /// How much of it the reader has now.
    pub mode: Mode,
    /// Its posts of the last thirty days.
    pub posts: Vec<Told>,
    /// Who told first most of what it tells, where that is most of it: what can be read in its place.
    pub instead: Option<SourceId>,
    /// Digests were seen on enough of these days to say what they alone would bring.
    pub digests_tell: bool,
}

/// What is to become of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is thinned.
    Thin(Mode),
    /// It is left, and this one is read in its place.
    Replace(SourceId),
    /// It is left.
    Leave,
}

/// One change, with what it frees and what it would have cost over the last thirty days.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Which source.
    pub source: SourceId,
    /// What is to become of it.
    pub change: Change,
    /// Posts of thirty days that no longer come.
    pub posts: u32,
    /// What reading these took, in seconds.
    pub seconds: u64,
    /// Nuggets and starred posts that would still have come, from here or from what replaces it, in the order given.
    pub keeps: Vec<PostId>,
    /// Nuggets and starred posts that would have been missed.
    pub misses: Vec<PostId>,
    /// Of the other posts missed, how many the reader had read.
    pub read: u32,
    /// Of the other posts missed, how many were told first here and then by others.
    pub carried: u32,
}

/// A plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The cheapest for what it frees first.
    pub steps: Vec<Step>,
    /// The goal is reached.
    pub reached: bool,
}

/// Each source that changes is a habit that changes, so that one change is better than five that free as much.
const TOUCHED: u64 = 4;
/// A star is what the reader kept for ever: nothing that is freed pays for it.
const STARRED: u64 = 60;
/// A nugget is what the source is kept for.
const NUGGET: u64 = 20;
/// A post that was read was worth the time.
const READ: u64 = 3;
/// What others tell after it still comes, later.
const CARRIED: u64 = 1;
/// Leaving is for good: without reading to go by, to thin says as much and loses nothing that comes later.
const LEFT_UNREAD: u64 = 6;
/// "At most so many a day" is proposed for these.
const DAILY: [u32; 3] = [1, 3, 5];

impl Step {
    /// What it costs, in points that only compare.
    fn cost(&self, known: bool, starred: u32) -> u64 {
        let nuggets = u32::try_from(self.misses.len()).unwrap_or(u32::MAX).saturating_sub(starred);
        let left = matches!(self.change, Change::Leave | Change::Replace(_));
        let unknown = if known || !left { 0 } else { LEFT_UNREAD };
        TOUCHED
            + unknown
            + STARRED * u64::from(starred)
            + NUGGET * u64::from(nuggets)
            + READ * u64::from(self.read)
            + CARRIED * u64::from(self.carried)
    }
}

/// Whether each post of a source comes to the reader under `mode`, in the order of `posts`. Under "at most so many a
/// day" nuggets come first, then what is longest: the digest chooses by rank, of which both are parts. What is read in
/// digests alone comes where one showed it.
#[must_use]
pub fn comes(posts: &[Told], mode: Mode) -> Vec<bool> {
    match mode {
        Mode::All => vec![true; posts.len()],
        Mode::Digest => posts.iter().map(|told| told.nugget || told.shown).collect(),
        Mode::Nuggets => posts.iter().map(|told| told.nugget).collect(),
        Mode::NoRelays => posts.iter().map(|told| !told.relay).collect(),
        Mode::Muted => vec![false; posts.len()],
        Mode::Daily(most) => {
            let mut best: Vec<usize> = (0..posts.len()).collect();
            let order = |told: &Told| (!told.nugget, std::cmp::Reverse(told.seconds), told.post);
            best.sort_by_key(|&at| posts.get(at).map(order));
            let mut days: BTreeMap<i64, u32> = BTreeMap::new();
            let mut comes = vec![false; posts.len()];
            for at in best {
                let (Some(told), Some(comes)) = (posts.get(at), comes.get_mut(at)) else { continue };
                let taken = days.entry(told.day).or_default();
                *comes = *taken < most;
                *taken += 1;
            }
            comes
        }
    }
}

/// What changing a source so would free and cost; None when it frees nothing, and of digests alone where nothing says what
/// these would show.
#[must_use]
pub fn step(brought: &Brought, change: Change) -> Option<Step> {
    if change == Change::Thin(Mode::Digest) && !brought.digests_tell {
        return None;
    }
    let now = comes(&brought.posts, brought.mode);
    let then = match change {
        Change::Thin(mode) => comes(&brought.posts, mode),
        Change::Replace(_) | Change::Leave => vec![false; brought.posts.len()],
    };
    let mut step = Step {
        source: brought.source,
        change,
        posts: 0,
        seconds: 0,
        keeps: Vec::new(),
        misses: Vec::new(),
        read: 0,
        carried: 0,
    };
    for ((told, now), then) in brought.posts.iter().zip(now).zip(then) {
        let dear = told.nugget || told.starred;
        let elsewhere = matches!(change, Change::Replace(by) if told.told_by == Some(by));
        if dear && (then || elsewhere) {
            step.keeps.push(told.post);
        }
        if !now || then {
            continue;
        }
        step.posts += 1;
        step.seconds += u64::from(told.seconds);
        match elsewhere {
            true => {}
            false if dear => step.misses.push(told.post),
            false if told.read => step.read += 1,
            false => step.carried += u32::from(told.carried),
        }
    }
    (step.posts > 0).then_some(step)
}

/// The cheapest changes that make room for `goal`; where all of them together do not, as much as they can. `known`: the
/// reader has read here long enough for that to say what is missed.
#[must_use]
pub fn plan(brought: &[Brought], goal: Goal, known: bool) -> Plan {
    let choices: Vec<Vec<(Step, u64)>> = brought.iter().map(|brought| choices(brought, known)).collect();
    let frees = |step: &Step| match goal {
        Goal::PostsAWeek(_) => u64::from(step.posts),
        Goal::MinutesADay(_) | Goal::InAll(_) => step.seconds,
    };
    let wanted = wanted(brought, goal);
    let priced: Vec<Vec<(u64, u64)>> =
        choices.iter().map(|choices| choices.iter().map(|(step, cost)| (frees(step), *cost)).collect()).collect();
    let chosen = cheapest::cheapest(&priced, wanted);
    let mut steps: Vec<(Step, u64)> = choices
        .into_iter()
        .zip(chosen)
        .filter_map(|(choices, chosen)| chosen.and_then(|chosen| choices.into_iter().nth(chosen)))
        .collect();
    let freed: u64 = steps.iter().map(|(step, _)| frees(step)).sum();
    // Cost for what is freed, by cross multiplication: no rounding decides the order.
    steps.sort_by(|(a, cost_a), (b, cost_b)| {
        let (a_pays, b_pays) = (u128::from(*cost_a) * u128::from(frees(b)), u128::from(*cost_b) * u128::from(frees(a)));
        a_pays.cmp(&b_pays).then(frees(b).cmp(&frees(a))).then(a.source.cmp(&b.source))
    });
    Plan { steps: steps.into_iter().map(|(step, _)| step).collect(), reached: freed >= wanted }
}

/// What is to be freed of thirty days: posts, or seconds.
fn wanted(brought: &[Brought], goal: Goal) -> u64 {
    let days = u64::from(LOOKED_BACK_DAYS);
    match goal {
        Goal::PostsAWeek(posts) => (u64::from(posts) * days).div_ceil(7),
        Goal::MinutesADay(minutes) => u64::from(minutes) * 60 * days,
        Goal::InAll(minutes) => seconds_now(brought).saturating_sub(u64::from(minutes) * 60 * days),
    }
}

/// What reading all that comes takes now, in seconds of thirty days.
#[must_use]
pub fn seconds_now(brought: &[Brought]) -> u64 {
    let of = |brought: &Brought| -> u64 {
        let come = brought.posts.iter().zip(comes(&brought.posts, brought.mode)).filter(|(_, comes)| *comes);
        come.map(|(told, _)| u64::from(told.seconds)).sum()
    };
    brought.iter().map(of).sum()
}

/// Every change that is offered for a source.
pub fn every_change(brought: &Brought) -> impl Iterator<Item = Change> {
    let mode = brought.mode;
    let thin = [Mode::Nuggets, Mode::NoRelays].into_iter().chain(DAILY.map(Mode::Daily));
    let thin = thin.chain([Mode::Digest, Mode::Muted]).filter(move |thin| *thin != mode);
    thin.map(Change::Thin).chain(brought.instead.map(Change::Replace)).chain([Change::Leave])
}

/// Who told first most of what these posts tell, where that is more than half of them.
#[must_use]
pub fn instead(posts: &[Told]) -> Option<SourceId> {
    let mut firsts: BTreeMap<SourceId, usize> = BTreeMap::new();
    for first in posts.iter().filter_map(|told| told.told_by) {
        *firsts.entry(first).or_default() += 1;
    }
    let relays: usize = firsts.values().sum();
    let most = firsts.into_iter().max_by_key(|(first, count)| (*count, std::cmp::Reverse(*first)));
    most.filter(|_| relays * 2 > posts.len()).map(|(first, _)| first)
}

/// What can be done with a source, each with its cost. Of two that cost the same the one that frees more stands alone.
fn choices(brought: &Brought, known: bool) -> Vec<(Step, u64)> {
    let mut choices: Vec<(Step, u64)> = Vec::new();
    // To mute is for a while: no plan rests on it.
    for change in every_change(brought).filter(|change| *change != Change::Thin(Mode::Muted)) {
        let Some(step) = step(brought, change) else { continue };
        let missed = |told: &&Told| told.starred && step.misses.contains(&told.post);
        let starred = u32::try_from(brought.posts.iter().filter(missed).count()).unwrap_or(u32::MAX);
        let cost = step.cost(known, starred);
        let beaten =
            |(other, price): &(Step, u64)| *price <= cost && other.posts >= step.posts && other.seconds >= step.seconds;
        if !choices.iter().any(beaten) {
            choices.push((step, cost));
        }
    }
    choices
}
