//! Gives what is lost when a signal is switched off: the same stories, ranked by who does not look at what it looks at.
//! Never keeps a digest: those of the trial stay as they were made.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use anyhow::Result;
use pepites_core::{
    digest::{self, Budget, Candidate, Plan},
    model::StoryId,
    score::{Facts, SIGNALS, Weights, blind, rank},
};
use pepites_engine::{Engine, sample::Key};
use pepites_store::Store;

use super::nuggets::share;

/// The row of all signals.
const ALL: &str = "";

/// What each way of looking came to, by the signal that was switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ablation {
    hidden: usize,
    rows: BTreeMap<&'static str, Row>,
}

/// Nuggets marked, those of them that were hidden ones, and hidden ones in the digest, marked or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Row {
    marked: usize,
    found: usize,
    shown: usize,
}

impl Ablation {
    /// Looks at one evening in every way.
    ///
    /// # Errors
    /// When the library fails.
    pub(super) fn look(
        &mut self,
        engine: &Engine,
        store: &Store,
        budget: u32,
        hidden: &BTreeMap<u32, &str>,
        keys: &BTreeMap<String, Key>,
    ) -> Result<()> {
        let facts: Vec<_> = engine.at_hand()?.into_iter().map(|story| story.facts).collect();
        let stories: Vec<StoryId> = facts.iter().map(|facts| facts.story).collect();
        let mut truths: BTreeMap<StoryId, BTreeSet<u32>> = BTreeMap::new();
        for telling in store.tellings_of(&stories)? {
            let key = telling.link.as_ref().and_then(|link| keys.get(link));
            truths.entry(telling.story).or_default().extend(key.map(|key| key.story));
        }
        self.hidden += hidden.len();
        let (followed, unlimited) = (store.followed()?, store.unlimited()?);
        let words_per_minute = engine.settings()?.words_per_minute;
        let plan =
            Plan { budget: Budget::Posts(budget), words_per_minute, followed, unlimited: &unlimited, searches: &[] };
        for off in std::iter::once(ALL).chain(SIGNALS.iter().map(|signal| signal.name)) {
            let weights = if off == ALL { Weights::new() } else { Weights::from([(off.to_owned(), 0.0)]) };
            let seen = facts.iter().map(|facts| blind(facts, off));
            let candidates: Vec<Candidate> = seen.map(|facts| candidate(facts, &weights)).collect();
            let candidates = digest::admitted(candidates, &BTreeMap::new(), &BTreeMap::new(), plan.budget);
            let row = self.rows.entry(off).or_default();
            let none = BTreeSet::new();
            let (mut found, mut shown) = (BTreeSet::new(), BTreeSet::new());
            for chosen in digest::choose(&candidates, &plan).chosen {
                let Some(candidate) = candidates.get(chosen.index) else { continue };
                let told: &BTreeSet<u32> = truths.get(&chosen.story).unwrap_or(&none);
                let truth: Option<u32> = told.iter().copied().find(|story| hidden.contains_key(story));
                row.marked += usize::from(candidate.rank.nugget);
                shown.extend(truth);
                found.extend(truth.filter(|_| candidate.rank.nugget));
            }
            row.found += found.len();
            row.shown += shown.len();
        }
        Ok(())
    }

    /// Adds the figures of another world.
    pub fn add(&mut self, other: &Self) {
        self.hidden += other.hidden;
        for (name, row) in &other.rows {
            let own = self.rows.entry(name).or_default();
            own.marked += row.marked;
            own.found += row.found;
            own.shown += row.shown;
        }
    }

    /// The table, as DESIGN.md has it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> Result<()> {
        writeln!(out, "| without | found | rightly marked | in the digest |")?;
        writeln!(out, "| --- | ---: | ---: | ---: |")?;
        for (name, row) in &self.rows {
            let name = if *name == ALL { "nothing" } else { name };
            let (found, right) = (share(row.found, self.hidden), share(row.found, row.marked));
            writeln!(out, "| {name} | {found:.3} | {right:.3} | {:.3} |", share(row.shown, self.hidden))?;
        }
        Ok(())
    }
}

/// What its source attached to it, and whether it was put off, is no matter here.
fn candidate(facts: Facts, weights: &Weights) -> Candidate {
    Candidate { rank: rank(&facts, weights), facts, listening: 0, unmeasured: false, put_off: false }
}
