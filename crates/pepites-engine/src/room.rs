//! Takes the room that the reader wants, gives the cheapest plan with all that it would have cost; applies it as one
//! step, takes it back as one, and says thirty days later what came of it.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    digest::seconds,
    model::{Moment, Phrase, PlanId, PostId, SourceId},
    room::{self, Brought, Change, Goal, LOOKED_BACK_DAYS, Step, Told},
    score::{self, Weights},
    text::secret::masked,
    trends::day_of,
};
use pepites_store::{Becomes, KeptPlan, Turn};

use crate::{
    Engine,
    contract::{AppliedView, Code, Problem, RoomNote, RoomOption, RoomStep, RoomView, SourceChange, SourceName},
    modes,
};

#[cfg(test)]
pub(crate) mod tests;

/// What a plan looks back over.
const LOOKED_BACK: i64 = LOOKED_BACK_DAYS as i64 * Moment::DAY;

/// Posts opened in these thirty days from which on reading says what is missed: one a day.
const KNOWN_FROM: usize = 30;

/// A larger goal, whose plan says what would come next: three times as much room.
const FURTHER: u32 = 3;

/// Posts named for one change: more are counted by the page that lists them.
const MOST_NAMED: usize = 50;

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
        let instead = self.instead(&by_id)?;
        let steps = |steps: &[Step]| -> Result<Vec<RoomStep>, Problem> {
            let step = |step: &Step| {
                let known = self.step(step, by_id.get(&step.source)?);
                Some(known.map(|known| RoomStep { instead: instead.get(&step.source).cloned(), ..known }))
            };
            steps.iter().filter_map(step).collect()
        };
        let beyond: Vec<Step> = larger.steps.into_iter().filter(|step| !chosen.contains(&step.source)).collect();
        Ok(RoomView {
            goal,
            posts_a_week: a_week(coming(&brought)),
            minutes_a_day: a_day(room::seconds_now(&brought)),
            reached: plan.reached,
            known,
            steps: steps(&plan.steps)?,
            further: steps(&beyond)?,
        })
    }

    /// Applies changes as one step.
    pub fn apply_room(&self, changes: &[SourceChange]) -> Result<AppliedView, Problem> {
        let mut wanted = Vec::with_capacity(changes.len());
        for SourceChange { source, change } in changes {
            wanted.push((*source, becomes(*change)?));
        }
        let applied = self.store.apply_plan(&wanted, self.now())?;
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

    /// What came of each plan that holds, newest first.
    pub fn room_notes(&self) -> Result<Vec<RoomNote>, Problem> {
        let mut notes = Vec::new();
        for KeptPlan { plan, made, turns, told } in self.store.plans()? {
            let brought: BTreeMap<SourceId, Brought> =
                self.brought(made)?.into_iter().map(|brought| (brought.source, brought)).collect();
            let mut note = RoomNote {
                plan,
                made,
                thinned: Vec::new(),
                left: Vec::new(),
                freed: 0,
                minutes: 0,
                missed: Vec::new(),
                due: !told && self.now().since(made) >= LOOKED_BACK,
            };
            let (mut missed, mut seconds) = (Vec::new(), 0);
            for Turn { source, to, .. } in turns {
                let known = self.store.source(source)?;
                let title = masked(known.shown()).into_owned();
                match (to, brought.get(&source)) {
                    (Becomes::Left, _) => note.left.push(title),
                    (Becomes::Followed(mode), Some(brought)) if brought.mode == mode => {
                        note.thinned.push(title);
                        for (told, _) in
                            brought.posts.iter().zip(room::comes(&brought.posts, mode)).filter(|(_, comes)| !comes)
                        {
                            note.freed += 1;
                            seconds += u64::from(told.seconds);
                            missed.extend((told.nugget || told.starred || told.read).then_some(told.post));
                        }
                    }
                    (Becomes::Followed(mode), _) if known.mode == mode => note.thinned.push(title),
                    // The reader has changed it since.
                    (Becomes::Followed(_), _) => {}
                }
            }
            note.minutes = u32::try_from(seconds / 60).unwrap_or(u32::MAX);
            missed.truncate(MOST_NAMED);
            note.missed = self.lines_by_id(&missed)?;
            notes.push(note);
        }
        Ok(notes)
    }

    /// Notes that the reader has seen what came of a plan.
    pub fn room_told(&self, plan: PlanId) -> Result<(), Problem> {
        Ok(self.store.plan_told(plan, self.now())?)
    }

    /// What every followed source brought since then.
    fn brought(&self, since: Moment) -> Result<Vec<Brought>, Problem> {
        let (now, offset) = self.here();
        self.group()?;
        let mut nuggets = self.store.nuggets_shown(since)?;
        let words_per_minute = self.settings()?.words_per_minute;
        let weights = Weights::new();
        for story in self.store.every_fact(since, now)? {
            if score::rank(&story.facts, &weights).nugget {
                nuggets.insert(story.facts.face);
            }
        }
        let carried: BTreeSet<PostId> = self.store.relays(since, now)?.into_iter().map(|relay| relay.first).collect();
        let mut by_source: BTreeMap<SourceId, Vec<Told>> = BTreeMap::new();
        for post in self.store.room_posts(since, now)? {
            by_source.entry(post.source).or_default().push(Told {
                post: post.post,
                day: day_of(post.published, offset),
                seconds: seconds(post.words, words_per_minute).saturating_add(post.listening),
                nugget: nuggets.contains(&post.post),
                starred: post.starred,
                read: post.read,
                relay: post.relay,
                carried: carried.contains(&post.post),
            });
        }
        let sources = self.store.sources()?;
        let of = |source: SourceId| by_source.get(&source).cloned().unwrap_or_default();
        Ok(sources
            .iter()
            .map(|source| Brought { source: source.id, mode: source.mode, posts: of(source.id) })
            .collect())
    }

    /// Of each source that mostly tells what others told before: who told most of it first, and is followed already.
    fn instead(&self, brought: &BTreeMap<SourceId, &Brought>) -> Result<BTreeMap<SourceId, SourceName>, Problem> {
        let now = self.now();
        let mut most: BTreeMap<SourceId, (SourceId, u64)> = BTreeMap::new();
        for (source, first, posts) in self.store.relay_counts(now.plus(-LOOKED_BACK), now)? {
            if most.get(&source).is_none_or(|(_, most)| posts > *most) {
                most.insert(source, (first, posts));
            }
        }
        let mut instead = BTreeMap::new();
        for (source, (first, _)) in most {
            let relays =
                |brought: &&Brought| brought.posts.iter().filter(|told| told.relay).count() * 2 > brought.posts.len();
            if brought.get(&source).is_some_and(relays) {
                let title = masked(self.store.source(first)?.shown()).into_owned();
                instead.insert(source, SourceName { source: first, title });
            }
        }
        Ok(instead)
    }

    fn step(&self, step: &Step, brought: &Brought) -> Result<RoomStep, Problem> {
        let known = self.store.source(step.source)?;
        let mut options = Vec::new();
        for change in room::every_change(brought.mode) {
            let Some(option) = room::step(brought, change) else { continue };
            let named =
                |posts: &[PostId]| self.lines_by_id(posts.get(..MOST_NAMED.min(posts.len())).unwrap_or_default());
            options.push(RoomOption {
                change,
                posts_a_week: a_week(u64::from(option.posts)),
                minutes_a_day: a_day(option.seconds),
                keeps: named(&option.keeps)?,
                misses: named(&option.misses)?,
                read: option.read,
                carried: option.carried,
            });
        }
        Ok(RoomStep {
            source: step.source,
            title: masked(known.shown()).into_owned(),
            mode: known.mode,
            posts_a_week: a_week(coming(std::slice::from_ref(brought))),
            change: step.change,
            instead: None,
            options,
        })
    }
}

fn becomes(change: Change) -> Result<Becomes, Problem> {
    Ok(match change {
        Change::Leave => Becomes::Left,
        Change::Thin(mode) => {
            modes::check(mode)?;
            Becomes::Followed(mode)
        }
    })
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
