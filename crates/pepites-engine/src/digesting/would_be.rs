//! Takes weights, says what today's digest would be with them, whatever of it was read since it was made.
//! Never keeps anything.

use std::collections::BTreeMap;

use pepites_core::{
    digest::{self, Closing, Opening},
    model::{PostId, StoryId},
    score::Weights,
};
use pepites_store::{StoryFacts, Window};

use super::{Absence, Making, views, weighed};
use crate::{Engine, contract::Problem};

/// A story as it would be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) story: StoryId,
    pub(crate) face: PostId,
    pub(crate) nugget: bool,
}

impl Engine {
    /// Today's digest with each of these weights, in reading order: made of the same stories, with the same budget.
    pub(crate) fn would_be<const N: usize>(&self, weights: [&Weights; N]) -> Result<[Vec<Shown>; N], Problem> {
        let (making, stories, absence) = self.as_of_today()?;
        let taste = self.taste(&stories, making.now)?;
        let modes = self.modes()?;
        Ok(weights.map(|weights| {
            let candidates = weighed(stories.clone(), taste.as_ref(), weights, absence);
            let candidates = digest::admitted(candidates, &modes, &BTreeMap::new(), making.budget);
            let chosen = digest::choose(&candidates, &making.plan()).chosen.into_iter();
            chosen
                .filter_map(|chosen| {
                    let candidate = candidates.get(chosen.index)?;
                    Some(Shown { story: chosen.story, face: candidate.facts.face, nugget: candidate.rank.nugget })
                })
                .collect()
        }))
    }

    /// What the day's digest is made of: what tells which words are common for who looks at the taste, and what an
    /// evaluation ranks in other ways.
    pub fn at_hand(&self) -> Result<Vec<StoryFacts>, Problem> {
        Ok(self.as_of_today()?.1)
    }

    /// The window of today's last edition, else the one that it would have, with all that was in it.
    fn as_of_today(&self) -> Result<(Making, Vec<StoryFacts>, Option<Absence>), Problem> {
        let now = self.now();
        let day = self.day_at(&self.settings()?, now)?.day;
        let latest = self.store.digest_of(&day)?.map(|kept| kept.line);
        let budget = match &latest {
            Some(line) => views::budget_of(line)?,
            None => self.settings()?.budget,
        };
        self.group()?;
        let making = self.making(now, day, budget, latest)?;
        let (opening, absence) = match &making.latest {
            Some(line) => {
                let previous = self.previous(&making)?.map(|line| Closing { made: line.made, seen: line.seen });
                let absence = (line.away > 0).then_some(Absence { days: line.away, posts: line.posts });
                (Opening::again(line.since, previous), absence)
            }
            None => {
                let filled = self.fill(&making)?;
                (filled.opening, filled.absence)
            }
        };
        let window = Window {
            since: opening.since,
            after: opening.after,
            undated: opening.undated,
            day: making.day.clone(),
            not_shown_today: false,
            settled_too: making.latest.is_some(),
        };
        let found = self.store.facts(&window, &making.wishes.rules, now)?;
        Ok((making, found.stories, absence))
    }
}
