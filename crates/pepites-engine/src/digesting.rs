//! Takes what the library has, gives the day's digest: made once, kept as it was, read again with today's marks.
//! Never changes a digest that was made; a new wish makes a new edition.

use std::collections::BTreeMap;

use pepites_core::{
    digest::{self, Budget, Candidate, Choice, Closing, Opening, USUAL_BUDGET},
    model::{Day, DigestId, Moment, Phrase, PostId, StoryId},
    score::{self, Weights, taste::Taste},
};
use pepites_store::{Candidates, DigestLine, NewDigest, StoreError, StoryFacts, TellingLine, Unless, Window};

use crate::{
    Engine,
    contract::{Code, DigestAsk, DigestLineView, DigestView, PostLine, Problem},
    lines, settings,
};

mod taste;
mod views;

/// Digests looked through at first for that of an earlier day: more editions than anybody makes in one.
const EDITIONS_A_DAY: u32 = 32;

impl Engine {
    /// Today's digest: as it was made, or made now and kept.
    pub fn today(&self, ask: &DigestAsk) -> Result<DigestView, Problem> {
        if let Some(budget) = ask.budget {
            settings::check_budget(budget)?;
        }
        let now = (self.clock.now)();
        let day = Day::of(now, (self.clock.offset_minutes)(now));
        let latest = self.store.digest_of(&day)?;
        if let Some(kept) = &latest
            && !ask.again
            && !ask.more
            && (ask.budget.is_none() || ask.budget == Some(views::budget_of(&kept.line)?))
        {
            return self.digest_view(kept);
        }
        let budget = match ask.budget {
            Some(budget) => budget,
            None => self.settings()?.budget,
        };
        self.group()?;
        let unless = if ask.again || ask.more {
            None
        } else {
            let budget = ask.budget.as_ref().map(views::to_json).transpose()?;
            Some(Unless { later_than: latest.as_ref().map_or(0, |kept| kept.line.edition), budget })
        };
        let making = Making { now, day, budget, latest: latest.map(|kept| kept.line), more: ask.more, unless };
        self.make(&making)
    }

    /// The latest edition of a past day.
    pub fn digest_of(&self, day: &Day) -> Result<DigestView, Problem> {
        let missing = || StoreError::Missing { noun: "digest", id: day.0.clone() };
        self.digest_view(&self.store.digest_of(day)?.ok_or_else(missing)?)
    }

    /// One edition of a day, the first being 1.
    pub fn edition_of(&self, day: &Day, edition: u32) -> Result<DigestView, Problem> {
        let missing = || StoreError::Missing { noun: "edition", id: edition.to_string() };
        let line = self.store.edition_of(day, edition)?.ok_or_else(missing)?;
        self.digest(line)
    }

    /// One digest.
    pub fn digest(&self, id: DigestId) -> Result<DigestView, Problem> {
        self.digest_view(&self.store.digest(id)?)
    }

    /// Digests, newest first.
    pub fn digests(&self, limit: u32) -> Result<Vec<DigestLineView>, Problem> {
        self.store.digests(limit)?.iter().map(views::line).collect()
    }

    /// What a digest left out, best first. A post that the keep rule dropped since is passed over.
    pub fn left_out(&self, id: DigestId, limit: u32, offset: u32) -> Result<Vec<PostLine>, Problem> {
        self.store.digest(id)?;
        let left_out = self.store.left_out(id, limit, offset)?;
        let stories: Vec<StoryId> = left_out.iter().map(|(story, _)| *story).collect();
        let tellings = self.store.tellings_of(&stories)?;
        let mut by_post: BTreeMap<PostId, PostLine> =
            tellings.into_iter().map(|telling| (telling.post, lines::of_telling(telling))).collect();
        let mut found = Vec::with_capacity(left_out.len());
        for (_, face) in left_out {
            // Not among the tellings when its source is not followed any more.
            let line = match by_post.remove(&face) {
                Some(line) => Some(line),
                None => self.line_if_kept(face)?,
            };
            found.extend(line);
        }
        self.mark_lines(&mut found.iter_mut().collect::<Vec<_>>())?;
        Ok(found)
    }

    fn make(&self, making: &Making) -> Result<DigestView, Problem> {
        let filled = self.fill(making)?;
        let Filled { opening, candidates, seen, choice } = &filled;
        let stories: Vec<StoryId> = choice.chosen.iter().map(|chosen| chosen.story).collect();
        let mut tellings: BTreeMap<StoryId, Vec<TellingLine>> = BTreeMap::new();
        for telling in self.store.tellings_of(&stories)? {
            tellings.entry(telling.story).or_default().push(telling);
        }
        let mut entries = Vec::with_capacity(choice.chosen.len());
        for chosen in &choice.chosen {
            let tellings = tellings.remove(&chosen.story).unwrap_or_default();
            // No face: its source was left by another process a moment ago.
            entries
                .extend(candidates.get(chosen.index).and_then(|candidate| views::entry(chosen, candidate, tellings)));
        }
        if entries.is_empty() {
            return self.nothing(making, &filled);
        }
        let left_out = choice.left_out.iter().filter_map(|&index| candidates.get(index));
        let digest = NewDigest {
            day: making.day.clone(),
            made: making.now,
            since: opening.since,
            seen: *seen,
            budget: views::to_json(&making.budget)?,
            seconds: entries.iter().fold(0, |sum: u32, entry| sum.saturating_add(entry.seconds)),
            candidates: u32::try_from(candidates.len()).unwrap_or(u32::MAX),
            entries: entries.iter().map(views::row).collect::<Result<_, _>>()?,
            left_out: left_out.map(|candidate| (candidate.facts.story, candidate.facts.face)).collect(),
        };
        let id = self.store.keep_digest(&digest, making.unless.as_ref())?;
        self.digest(id)
    }

    /// The first window that fills the budget, else the longest. On a first day, another edition does not lose by a
    /// smaller budget what an earlier one had within reach.
    fn fill(&self, making: &Making) -> Result<Filled, Problem> {
        let previous = self.previous(making)?.map(|line| Closing { made: line.made, seen: line.seen });
        let mut openings = match &making.latest {
            // What today's editions left out is in their window.
            Some(line) if making.more => vec![Opening::again(line.since, previous)],
            _ => digest::openings(previous, making.now),
        };
        // Once that is read, the older posts that no window had room for.
        if let Some(widest) = openings.last().copied().filter(|_| making.more) {
            openings.extend(digest::further(widest, making.now));
        }
        let mut longest = None;
        let modes = self.modes()?;
        // Of an edition that is made anew, nothing was shown yet.
        let shown = if making.more { self.shown_on(making.now)? } else { BTreeMap::new() };
        // Once for all windows: it takes longer than to rank one, and a story has the same rank in each.
        let mut learned = None;
        for opening in openings {
            let found = self.found(making, opening)?;
            let taste = match learned.take() {
                Some(taste) => taste,
                None => self.taste(&found.stories, making.now)?,
            };
            let candidates = digest::admitted(ranked(found.stories, taste.as_ref()), &modes, &shown);
            let seen = found.seen;
            learned = Some(taste);
            let choice = digest::choose(&candidates, making.budget);
            let full = choice.fills(making.budget) && !is_narrowed(making, opening, &candidates);
            longest = Some(Filled { opening, candidates, seen, choice });
            if full {
                break;
            }
        }
        longest.ok_or_else(|| fault(&"no window to choose from"))
    }

    /// Every story that may enter, and the last post that was seen.
    fn found(&self, making: &Making, opening: Opening) -> Result<Candidates, Problem> {
        let window = Window {
            since: opening.since,
            after: opening.after,
            undated: opening.undated,
            day: making.day.clone(),
            not_shown_today: making.more,
        };
        Ok(self.store.facts(&window, making.now)?)
    }

    /// The last digest of another day; one made while the clock was ahead is passed over for the one before it.
    fn previous(&self, making: &Making) -> Result<Option<DigestLine>, Problem> {
        let mut limit = EDITIONS_A_DAY;
        loop {
            let lines = self.store.digests(limit)?;
            let all = lines.len() < limit as usize;
            let found = lines.into_iter().find(|line| line.day != making.day && line.made <= making.now);
            if found.is_some() || all {
                return Ok(found);
            }
            limit = limit.saturating_mul(8);
        }
    }
}

/// Another edition of the day reached further back than `opening` does, and not for the archive: what a day's reading
/// reaches for is the most that is reached for again.
fn is_narrowed(making: &Making, opening: Opening, candidates: &[Candidate]) -> bool {
    let reached = making.latest.as_ref().map_or(0, |line| line.made.since(line.since));
    making.now.since(opening.since) < reached && !digest::choose(candidates, USUAL_BUDGET).fills(USUAL_BUDGET)
}

/// The stories with their ranks.
fn ranked(stories: Vec<StoryFacts>, taste: Option<&Taste>) -> Vec<Candidate> {
    let weights = Weights::new();
    let tasted = stories.into_iter().map(|story| taste::tasted(story.facts, taste));
    tasted.map(|facts| Candidate { rank: score::rank(&facts, &weights), facts }).collect()
}

/// A digest to be made.
struct Making {
    now: Moment,
    day: Day,
    budget: Budget,
    /// Today's last edition, when there is one.
    latest: Option<DigestLine>,
    /// From what today's editions left out.
    more: bool,
    /// When another process's edition will do; None when a new one was asked for.
    unless: Option<Unless>,
}

/// A window, and what fits the budget of what is in it.
struct Filled {
    opening: Opening,
    candidates: Vec<Candidate>,
    /// The last post that could enter.
    seen: PostId,
    choice: Choice,
}

/// A fault of ours, with what it says of itself.
pub(crate) fn fault(error: &dyn std::fmt::Display) -> Problem {
    Problem { code: Code::Fault, detail: Phrase::new("problem.fault").with("detail", error.to_string()) }
}

#[cfg(test)]
mod tests;
