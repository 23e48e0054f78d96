//! Takes what the library has, gives the day's digest: made once, kept as it was, read again with today's marks.
//! Never changes a digest that was made; a new wish makes a new edition.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    digest::{self, Budget, Candidate, Choice, Closing, Opening, Plan, USUAL_BUDGET},
    model::{Day, DigestId, Moment, Phrase, PostId, SourceId, StoryId},
    score::{
        self, Facts, Weights,
        rules::{Rules, Told},
        taste::Taste,
    },
};
use pepites_store::{
    Candidates, DigestLine, LeftOutRow, NewDigest, StoreError, StoryFacts, TellingLine, Unless, Window,
};

use crate::{
    Engine,
    contract::{Code, DigestAsk, DigestLineView, DigestView, Problem, Settings},
    settings,
};

mod leaving;
mod left;
mod of_days;
mod searched;
mod taste;
mod views;
mod would_be;

use searched::Searches;
pub(crate) use would_be::Shown;

/// Digests looked through at first for that of an earlier day: more editions than anybody makes in one.
const EDITIONS_A_DAY: u32 = 32;

impl Engine {
    /// Today's digest: as it was made, or made now and kept. The reader sees it.
    pub fn today(&self, ask: &DigestAsk) -> Result<DigestView, Problem> {
        self.seen(self.of_today(ask, true)?)
    }

    /// The same; not `opened` when it is only prepared.
    pub(crate) fn of_today(&self, ask: &DigestAsk, opened: bool) -> Result<DigestView, Problem> {
        if let Some(budget) = ask.budget {
            settings::check_budget(budget)?;
        }
        let now = (self.clock.now)();
        let settings = self.settings()?;
        let Today { day, next } = self.day_at(&settings, now)?;
        let latest = self.store.digest_of(&day)?;
        if let Some(kept) = &latest
            && !ask.again
            && !ask.more
            && (ask.budget.is_none() || ask.budget == Some(views::budget_of(&kept.line)?))
        {
            return Ok(DigestView { next, ..self.digest_view(kept)? });
        }
        let budget = ask.budget.unwrap_or(settings.budget);
        self.group()?;
        let unless = if ask.again || ask.more {
            None
        } else {
            let budget = ask.budget.as_ref().map(views::to_json).transpose()?;
            Some(Unless { later_than: latest.as_ref().map_or(0, |kept| kept.line.edition), budget })
        };
        let latest = latest.map(|kept| kept.line);
        let making = Making { more: ask.more, unless, opened, ..self.making(now, day, budget, latest)? };
        Ok(DigestView { next, ..self.make(&making)? })
    }

    /// A digest to be made anew, as the reader's settings and wishes are now.
    fn making(&self, now: Moment, day: Day, budget: Budget, latest: Option<DigestLine>) -> Result<Making, Problem> {
        Ok(Making {
            now,
            day,
            budget,
            words_per_minute: self.settings()?.words_per_minute,
            followed: self.store.followed()?,
            unlimited: self.store.unlimited()?,
            latest,
            more: false,
            unless: None,
            opened: false,
            searches: self.section_searches()?,
            wishes: Wishes { rules: self.rules_at(now)?, weights: self.weights()? },
        })
    }

    /// The reader's day: that whose digest is theirs now.
    pub fn day(&self) -> Result<Day, Problem> {
        Ok(self.day_at(&self.settings()?, self.now())?.day)
    }

    /// The reader's day, and when the next begins where they set an hour for it: by the clock where they are, but never
    /// before a day whose digest they have. Who flies west keeps the paper that they were reading.
    pub(crate) fn day_at(&self, settings: &Settings, now: Moment) -> Result<Today, Problem> {
        let due = settings.digest_at.map(|hour| (hour, hour.due(now, &*self.clock.offset_minutes)));
        let by_clock = match &due {
            Some((_, due)) => due.day.clone(),
            None => Day::of(now, (self.clock.offset_minutes)(now)),
        };
        let latest = self.store.digests(EDITIONS_A_DAY)?.into_iter().filter(|line| line.made <= now);
        let day = latest.map(|line| line.day).max().filter(|day| *day > by_clock).unwrap_or(by_clock);
        let next = due.map(|(hour, due)| match due.day == day {
            true => due.next,
            false => hour.after(&day, &*self.clock.offset_minutes),
        });
        Ok(Today { day, next })
    }

    /// The latest edition of a past day.
    pub fn digest_of(&self, day: &Day) -> Result<DigestView, Problem> {
        let missing = || StoreError::Missing { noun: "digest", id: day.0.clone() };
        self.seen(self.digest_view(&self.store.digest_of(day)?.ok_or_else(missing)?)?)
    }

    /// One edition of a day, the first being 1.
    pub fn edition_of(&self, day: &Day, edition: u32) -> Result<DigestView, Problem> {
        let missing = || StoreError::Missing { noun: "edition", id: edition.to_string() };
        let line = self.store.edition_of(day, edition)?.ok_or_else(missing)?;
        self.digest(line)
    }

    /// One digest. The reader sees it.
    pub fn digest(&self, id: DigestId) -> Result<DigestView, Problem> {
        self.seen(self.unseen_digest(id)?)
    }

    fn unseen_digest(&self, id: DigestId) -> Result<DigestView, Problem> {
        self.digest_view(&self.store.digest(id)?)
    }

    /// Notes that the reader sees it: what a digest showed to nobody is news still.
    fn seen(&self, view: DigestView) -> Result<DigestView, Problem> {
        if let Some(id) = view.line.id {
            self.store.open_digest(id, self.now())?;
        }
        Ok(view)
    }

    /// Digests, newest first.
    pub fn digests(&self, limit: u32) -> Result<Vec<DigestLineView>, Problem> {
        self.store.digests(limit)?.iter().map(views::line).collect()
    }

    fn make(&self, making: &Making) -> Result<DigestView, Problem> {
        let filled = self.fill(making)?;
        let Filled { opening, candidates, seen, choice, .. } = &filled;
        let stories: Vec<StoryId> = choice.chosen.iter().map(|chosen| chosen.story).collect();
        let mut tellings: BTreeMap<StoryId, Vec<TellingLine>> = BTreeMap::new();
        let told = self.store.tellings_of(&stories)?;
        for telling in told.into_iter().filter(|telling| !is_muted(telling, &making.wishes.rules)) {
            tellings.entry(telling.story).or_default().push(telling);
        }
        let mut entries = Vec::with_capacity(choice.chosen.len());
        for chosen in &choice.chosen {
            let tellings = tellings.remove(&chosen.story).unwrap_or_default();
            let Some(candidate) = candidates.get(chosen.index) else { continue };
            let parts = score::rank(&candidate.facts, &making.wishes.weights).parts;
            // No face: its source was left by another process a moment ago.
            entries.extend(views::entry(chosen, candidate, parts, tellings, &making.searches));
        }
        self.tell_news(&mut entries)?;
        if entries.is_empty() {
            return self.nothing(making, &filled);
        }
        let left_out = choice.left_out.iter().filter_map(|out| {
            let facts = &candidates.get(out.index)?.facts;
            let why = views::to_json(&out.why.phrase()).ok();
            Some(LeftOutRow { story: facts.story, face: facts.face, why })
        });
        let digest = NewDigest {
            day: making.day.clone(),
            made: making.now,
            since: opening.since,
            seen: *seen,
            budget: views::to_json(&making.budget)?,
            seconds: entries.iter().fold(0, |sum: u32, entry| sum.saturating_add(entry.seconds)),
            candidates: u32::try_from(candidates.len()).unwrap_or(u32::MAX),
            entries: entries.iter().map(views::row).collect::<Result<_, _>>()?,
            away: filled.absence.map_or(0, |absence| absence.days),
            posts: filled.absence.map_or(0, |absence| absence.posts),
            muted: filled.muted,
            opened: making.opened,
            left_out: left_out.collect(),
        };
        let id = self.store.keep_digest(&digest, making.unless.as_ref())?;
        self.unseen_digest(id)
    }

    /// The first window that fills the budget, else the longest. On a first day, another edition does not lose by a
    /// smaller budget what an earlier one had within reach.
    fn fill(&self, making: &Making) -> Result<Filled, Problem> {
        let previous = self.previous(making)?;
        let absence = match &previous {
            Some(line) => match digest::away(&line.day, &making.day) {
                Some(days) => Some(Absence { days, posts: self.store.arrived_after(line.seen)? }),
                None => None,
            },
            None => None,
        };
        let previous = previous.map(|line| Closing { made: line.made, seen: line.seen });
        let plan = making.plan();
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
        let shown = if making.more { self.shown_on(&making.day)? } else { BTreeMap::new() };
        // Once for all windows: it takes longer than to rank one, and a story has the same rank in each.
        let mut learned = None;
        for opening in openings {
            let found = self.found(making, opening)?;
            let taste = match learned.take() {
                Some(taste) => taste,
                None => self.taste(&found.stories, making.now)?,
            };
            let ranked = ranked(found.stories, taste.as_ref(), making, absence);
            let (seen, muted) = (found.seen, found.muted);
            let candidates = digest::admitted(ranked, &modes, &shown, making.budget);
            learned = Some(taste);
            let choice = digest::choose(&candidates, &plan);
            let full = choice.fills(making.budget) && !is_narrowed(making, opening, &candidates, &plan);
            longest = Some(Filled { opening, candidates, seen, muted, choice, absence });
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
            settled_too: false,
        };
        Ok(self.store.facts(&window, &making.wishes.rules, making.now)?)
    }

    /// The last digest of another day that the reader saw; one made while the clock was ahead is passed over for the one
    /// before it.
    fn previous(&self, making: &Making) -> Result<Option<DigestLine>, Problem> {
        let mut limit = EDITIONS_A_DAY;
        loop {
            let lines = self.store.digests(limit)?;
            let all = lines.len() < limit as usize;
            let closes = |line: &DigestLine| line.day != making.day && line.made <= making.now && line.opened.is_some();
            let found = lines.into_iter().find(closes);
            if found.is_some() || all {
                return Ok(found);
            }
            limit = limit.saturating_mul(8);
        }
    }
}

/// Another edition of the day reached further back than `opening` does, and not for the archive: what a day's reading
/// reaches for is the most that is reached for again.
fn is_narrowed(making: &Making, opening: Opening, candidates: &[Candidate], plan: &Plan<'_>) -> bool {
    let reached = making.latest.as_ref().map_or(0, |line| line.made.since(line.since));
    let usual = Plan { budget: USUAL_BUDGET, ..*plan };
    making.now.since(opening.since) < reached && !digest::choose(candidates, &usual).fills(USUAL_BUDGET)
}

/// The stories with their ranks.
fn ranked(
    stories: Vec<StoryFacts>,
    taste: Option<&Taste>,
    making: &Making,
    absence: Option<Absence>,
) -> Vec<Candidate> {
    weighed(stories, taste, &making.wishes.weights, absence)
}

/// The same with any weights.
fn weighed(
    stories: Vec<StoryFacts>,
    taste: Option<&Taste>,
    weights: &Weights,
    absence: Option<Absence>,
) -> Vec<Candidate> {
    let candidate = |story: StoryFacts| {
        let facts = taste::tasted(on_its_day(story.facts, absence), taste);
        let rank = score::weigh(&facts, weights);
        let put_off = story.put_off || !facts.asked.always.is_empty();
        Candidate { facts, rank, listening: story.listening, unmeasured: story.unmeasured, put_off }
    };
    stories.into_iter().map(candidate).collect()
}

/// A digest for a whole absence weighs each story as the digest of its own day would have: else the last day would fill
/// it alone.
fn on_its_day(facts: Facts, absence: Option<Absence>) -> Facts {
    match absence {
        Some(_) => Facts { now: facts.published.plus(Moment::DAY / 2), ..facts },
        None => facts,
    }
}

/// Whether a telling is not even listed beside the others. Its tags were looked at before: one that is muted for them
/// takes its story with it.
fn is_muted(telling: &TellingLine, rules: &Rules) -> bool {
    let TellingLine { source, author, title, lead, language, words, relay, .. } = telling;
    let (author, language) = (author.as_deref(), language.as_deref());
    let told = Told { source: *source, author, title, lead, tags: &[], language, words: *words, relay: *relay };
    rules.mute(&told).is_some()
}

/// The day whose digest is the reader's now.
pub(crate) struct Today {
    pub(crate) day: Day,
    /// When that of the next day is due; None where the reader set no hour.
    pub(crate) next: Option<Moment>,
}

/// What the reader asked for, at the moment that a digest is made.
struct Wishes {
    rules: Rules,
    weights: Weights,
}

/// A digest to be made.
struct Making {
    now: Moment,
    day: Day,
    budget: Budget,
    words_per_minute: u32,
    followed: u32,
    unlimited: BTreeSet<SourceId>,
    /// Today's last edition, when there is one.
    latest: Option<DigestLine>,
    /// From what today's editions left out.
    more: bool,
    /// When another process's edition will do; None when a new one was asked for.
    unless: Option<Unless>,
    /// The reader sees it as it is made.
    opened: bool,
    searches: Searches,
    wishes: Wishes,
}

impl Making {
    fn plan(&self) -> Plan<'_> {
        Plan {
            budget: self.budget,
            words_per_minute: self.words_per_minute,
            followed: self.followed,
            unlimited: &self.unlimited,
            searches: &self.searches.found,
        }
    }
}

/// A window, and what fits the budget of what is in it.
struct Filled {
    opening: Opening,
    candidates: Vec<Candidate>,
    /// The last post that could enter.
    seen: PostId,
    /// Stories that the reader's rules kept out.
    muted: u32,
    choice: Choice,
    /// The reader was away before it.
    absence: Option<Absence>,
}

/// Days without a digest.
#[derive(Clone, Copy)]
struct Absence {
    days: u32,
    /// Posts that came meanwhile.
    posts: u32,
}

/// A fault of ours, with what it says of itself.
pub(crate) fn fault(error: &dyn std::fmt::Display) -> Problem {
    Problem { code: Code::Fault, detail: Phrase::new("problem.fault").with("detail", error.to_string()) }
}

#[cfg(test)]
mod tests;
