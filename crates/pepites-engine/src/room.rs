//! Takes the room that the reader wants, gives the cheapest plan with all that it would have cost; applies it as one
//! step, and takes it back as one.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{Mode, Moment, Phrase, PlanId, PostId, SourceId},
    room::{self, Brought, Change, Goal, LOOKED_BACK_DAYS, Step},
    text::secret::masked,
};
use pepites_store::{Becomes, Promise, Wanted};

use crate::{
    Engine,
    contract::{AppliedView, Code, PostLine, Problem, RoomOption, RoomStep, RoomView, SourceChange, SourceName},
    modes,
};

mod brought;
mod notes;
#[cfg(test)]
pub(crate) mod tests;

/// What a plan looks back over.
const LOOKED_BACK: i64 = LOOKED_BACK_DAYS as i64 * Moment::DAY;

/// Posts opened in these thirty days from which on reading says what is missed: one a day.
const KNOWN_FROM: usize = 30;

/// A larger goal, whose plan says what would come next: three times as much room.
const FURTHER: u32 = 3;

/// Posts named for one change; the page asks for the others when the reader does.
const NAMED: usize = 50;

/// Lines given for one question at most.
const MOST_LINES: usize = 500;

/// Room that is asked for is no more than this: posts a week, or minutes a day.
const MOST_ROOM: u32 = 10_000;

impl Engine {
    /// The cheapest plan for a goal.
    pub fn room(&self, goal: Goal) -> Result<RoomView, Problem> {
        let (amount, lowest) = match goal {
            Goal::PostsAWeek(amount) | Goal::MinutesADay(amount) => (amount, 1),
            Goal::InAll(amount) => (amount, 0),
        };
        if !(lowest..=MOST_ROOM).contains(&amount) {
            return Err(bad("problem.bad_input.room", MOST_ROOM));
        }
        let brought = self.brought(self.now().plus(-LOOKED_BACK))?;
        let read = brought.iter().flat_map(|brought| &brought.posts).filter(|told| told.read).count();
        let known = read >= KNOWN_FROM;
        let plan = room::plan(&brought, goal, known);
        let chosen: BTreeSet<SourceId> = plan.steps.iter().map(|step| step.source).collect();
        let larger = room::plan(&brought, further(goal), known);
        let by_id: BTreeMap<SourceId, &Brought> = brought.iter().map(|brought| (brought.source, brought)).collect();
        let steps = |steps: &[Step]| -> Result<Vec<RoomStep>, Problem> {
            steps.iter().filter_map(|step| Some(self.step(step, by_id.get(&step.source)?))).collect()
        };
        let beyond: Vec<Step> = larger.steps.into_iter().filter(|step| !chosen.contains(&step.source)).collect();
        Ok(RoomView {
            goal,
            posts_a_week: a_week(coming(&brought)),
            minutes_a_day: a_day(room::seconds_now(&brought)),
            begun: self.begun(&brought)?,
            reached: plan.reached,
            known,
            steps: steps(&plan.steps)?,
            further: steps(&beyond)?,
        })
    }

    /// Whether there was ever a post: who was quiet for thirty days is not new here.
    fn begun(&self, brought: &[Brought]) -> Result<bool, Problem> {
        let now = brought.iter().any(|brought| !brought.posts.is_empty());
        Ok(now || self.store.trend_totals()?.iter().any(|total| total.tally.published > 0))
    }

    /// Applies changes as one step. `noted`: they make room, and thirty days later a note says what came of it.
    pub fn apply_room(&self, changes: &[SourceChange], noted: bool) -> Result<AppliedView, Problem> {
        for SourceChange { change, .. } in changes {
            if let Change::Thin(mode) = change {
                modes::check(*mode)?;
            }
        }
        let brought: BTreeMap<SourceId, Brought> = match noted {
            true => self.brought(self.now().plus(-LOOKED_BACK))?.into_iter().map(|of| (of.source, of)).collect(),
            false => BTreeMap::new(),
        };
        let followed: BTreeSet<SourceId> = self.store.sources()?.iter().map(|source| source.id).collect();
        let mut wanted = Vec::with_capacity(changes.len());
        for SourceChange { source, change } in changes {
            let promised = brought.get(source).map(|brought| {
                let step = room::step(brought, *change);
                step.map_or(Promise::default(), |step| Promise { posts: step.posts, seconds: step.seconds })
            });
            let to = match change {
                Change::Thin(mode) => Becomes::Followed(*mode),
                Change::Leave | Change::Replace(_) => Becomes::Left,
            };
            wanted.push(Wanted { source: *source, to, promised });
            if let Change::Replace(by) = change
                && !followed.contains(by)
            {
                wanted.push(Wanted { source: *by, to: Becomes::Followed(Mode::All), promised: None });
            }
        }
        let applied = self.store.apply_plan(&wanted, noted, self.now())?;
        Ok(match applied {
            Some((plan, turns)) => {
                AppliedView { plan: Some(plan), changed: u32::try_from(turns.len()).unwrap_or(u32::MAX) }
            }
            None => AppliedView { plan: None, changed: 0 },
        })
    }

    /// Takes a plan back, but for what the reader changed since. Gives how many sources changed.
    pub fn undo_room(&self, plan: PlanId) -> Result<AppliedView, Problem> {
        let turns = self.store.take_plan_back(plan, self.now())?;
        Ok(AppliedView { plan: Some(plan), changed: u32::try_from(turns.len()).unwrap_or(u32::MAX) })
    }

    /// The lines of posts that were only counted, in the order given; those that are gone are left out, and so is what is
    /// more than one question may ask.
    pub fn lines(&self, posts: &[PostId]) -> Result<Vec<PostLine>, Problem> {
        self.lines_by_id(posts.get(..MOST_LINES).unwrap_or(posts))
    }

    fn step(&self, step: &Step, brought: &Brought) -> Result<RoomStep, Problem> {
        let known = self.store.source(step.source)?;
        let mut options = Vec::new();
        for change in room::every_change(brought) {
            let Some(option) = room::step(brought, change) else { continue };
            let (keeps, keeps_more) = self.named(&option.keeps)?;
            let (misses, misses_more) = self.named(&option.misses)?;
            options.push(RoomOption {
                change,
                posts_a_week: a_week(u64::from(option.posts)),
                minutes_a_day: a_day(option.seconds),
                keeps,
                keeps_more,
                misses,
                misses_more,
                read: option.read,
                carried: option.carried,
            });
        }
        let instead = match brought.instead {
            Some(source) => Some(SourceName { source, title: masked(self.store.source(source)?.shown()).into_owned() }),
            None => None,
        };
        Ok(RoomStep {
            source: step.source,
            title: masked(known.shown()).into_owned(),
            mode: known.mode,
            posts_a_week: a_week(coming(std::slice::from_ref(brought))),
            change: step.change,
            instead,
            options,
        })
    }

    /// The lines of the first of these posts, and the others by their ids: none goes uncounted.
    fn named(&self, posts: &[PostId]) -> Result<(Vec<PostLine>, Vec<PostId>), Problem> {
        let (first, more) = posts.split_at(NAMED.min(posts.len()));
        Ok((self.lines_by_id(first)?, more.to_vec()))
    }
}

fn further(goal: Goal) -> Goal {
    match goal {
        Goal::PostsAWeek(posts) => Goal::PostsAWeek(posts.saturating_mul(FURTHER)),
        Goal::MinutesADay(minutes) => Goal::MinutesADay(minutes.saturating_mul(FURTHER)),
        Goal::InAll(minutes) => Goal::InAll(minutes / FURTHER),
    }
}

/// Posts of thirty days that come.
fn coming(brought: &[Brought]) -> u64 {
    let of = |brought: &Brought| room::comes(&brought.posts, brought.mode).into_iter().filter(|comes| *comes).count();
    brought.iter().map(|brought| of(brought) as u64).sum()
}

/// Of thirty days' posts, to a tenth.
#[expect(clippy::cast_precision_loss, reason = "counts of posts")]
fn a_week(posts: u64) -> f64 {
    (posts as f64 * 70.0 / f64::from(LOOKED_BACK_DAYS)).round() / 10.0
}

/// Of thirty days' seconds, minutes to a tenth.
#[expect(clippy::cast_precision_loss, reason = "seconds of reading")]
fn a_day(seconds: u64) -> f64 {
    (seconds as f64 / 6.0 / f64::from(LOOKED_BACK_DAYS)).round() / 10.0
}

fn bad(key: &str, most: u32) -> Problem {
    Problem { code: Code::BadInput, detail: Phrase::new(key).with("most", most) }
}
