//! Says thirty days after a plan what came of it: counted once, when these days are over, and kept.
//! Never says of a source that was left what it told since: that is not known, only what it was to free.

use std::collections::BTreeMap;

use pepites_core::{
    model::{Mode, Moment, PlanId, Source, SourceId},
    room::{self, Brought, Told},
    text::secret::masked,
};
use pepites_store::{Becomes, Freed, KeptPlan, Promise, Turn};

use super::LOOKED_BACK;
use crate::{
    Engine,
    contract::{Foreseen, Problem, RoomNote},
};

impl Engine {
    /// The plans that made room and hold, newest first, with what came of those that are thirty days old.
    pub fn room_notes(&self) -> Result<Vec<RoomNote>, Problem> {
        let plans = self.store.plans()?;
        let to_count = |plan: &&KeptPlan| plan.came.is_none() && !plan.told && self.is_over(plan.made);
        // What came is counted once for all plans, and once in the life of a plan.
        let brought: BTreeMap<SourceId, Brought> = match plans.iter().filter(to_count).map(|plan| plan.made).min() {
            Some(since) => self.brought(since)?.into_iter().map(|brought| (brought.source, brought)).collect(),
            None => BTreeMap::new(),
        };
        let followed: BTreeMap<SourceId, Source> =
            self.store.sources()?.into_iter().map(|source| (source.id, source)).collect();
        let mut notes = Vec::with_capacity(plans.len());
        for plan in plans {
            let came = match &plan.came {
                None if to_count(&&plan) => {
                    let came = came_of(&plan, &brought);
                    self.store.keep_what_came(plan.plan, &came)?;
                    Some(came)
                }
                known => known.clone(),
            };
            notes.push(self.note(plan, came, &followed)?);
        }
        Ok(notes)
    }

    /// Notes that the reader has seen what came of a plan.
    pub fn room_told(&self, plan: PlanId) -> Result<(), Problem> {
        Ok(self.store.plan_told(plan, self.now())?)
    }

    fn is_over(&self, made: Moment) -> bool {
        self.now().since(made) >= LOOKED_BACK
    }

    fn note(
        &self,
        plan: KeptPlan,
        came: Option<Vec<Freed>>,
        followed: &BTreeMap<SourceId, Source>,
    ) -> Result<RoomNote, Problem> {
        let (mut thinned, mut left, mut held) = (Vec::new(), Vec::new(), Vec::new());
        for turn in &plan.turns {
            let is = followed.get(&turn.source);
            match (turn.from, turn.to, is) {
                // It was followed to stand in for another.
                (Becomes::Left, ..) => {}
                (_, Becomes::Left, None) => left.push(turn),
                (_, Becomes::Followed(mode), Some(is)) if is.mode == mode => thinned.push(turn),
                // The reader has changed it since.
                _ => {}
            }
        }
        let counted = came.is_some();
        for freed in came.into_iter().flatten() {
            if thinned.iter().any(|turn| turn.source == freed.source) {
                held.push(freed);
            }
        }
        let seconds: u64 = held.iter().map(|freed| freed.room.seconds).sum();
        let missed: Vec<_> = held.iter().flat_map(|freed| freed.missed.iter().copied()).collect();
        let (missed, missed_more) = self.named(&missed)?;
        let names = |turns: &[&Turn]| -> Result<Vec<String>, Problem> {
            turns.iter().map(|turn| Ok(masked(self.store.source(turn.source)?.shown()).into_owned())).collect()
        };
        Ok(RoomNote {
            plan: plan.plan,
            made: plan.made,
            until: plan.made.plus(LOOKED_BACK),
            thinned: names(&thinned)?,
            left: names(&left)?,
            counted,
            freed: held.iter().fold(0, |sum: u32, freed| sum.saturating_add(freed.room.posts)),
            minutes: u32::try_from(seconds / 60).unwrap_or(u32::MAX),
            missed,
            missed_more,
            foreseen: foreseen(left.iter().chain(thinned.iter().filter(|_| !counted)).copied()),
            due: !plan.told && self.is_over(plan.made) && !(thinned.is_empty() && left.is_empty()),
        })
    }
}

/// What these were to free together; None where that was not asked of one, and where nothing came of them before: that says
/// nothing of what would have come.
fn foreseen<'a>(turns: impl Iterator<Item = &'a Turn>) -> Option<Foreseen> {
    let promised: Option<Vec<Promise>> = turns.map(|turn| turn.promised).collect();
    let promised = promised?;
    let posts = promised.iter().fold(0, |sum: u32, promise| sum.saturating_add(promise.posts));
    let seconds: u64 = promised.iter().map(|promise| promise.seconds).sum();
    (posts > 0).then(|| Foreseen { posts, minutes: u32::try_from(seconds / 60).unwrap_or(u32::MAX) })
}

/// What did not come in the thirty days after a plan, of each source that is still as the plan thinned it.
fn came_of(plan: &KeptPlan, brought: &BTreeMap<SourceId, Brought>) -> Vec<Freed> {
    let until = plan.made.plus(LOOKED_BACK);
    let mut came = Vec::new();
    for turn in &plan.turns {
        let (Becomes::Followed(mode), Some(brought)) = (turn.to, brought.get(&turn.source)) else { continue };
        if brought.mode != mode {
            continue;
        }
        let in_these = |told: &&Told| told.published >= plan.made && told.published <= until;
        let posts: Vec<Told> = brought.posts.iter().filter(in_these).copied().collect();
        let before = match turn.from {
            Becomes::Followed(before) => before,
            Becomes::Left => continue,
        };
        came.push(freed(turn.source, (before, mode), &posts));
    }
    came
}

/// What came before the plan, and under it no more.
fn freed(source: SourceId, (before, mode): (Mode, Mode), posts: &[Told]) -> Freed {
    let mut freed = Freed { source, room: Promise::default(), missed: Vec::new() };
    let came = room::comes(posts, before).into_iter().zip(room::comes(posts, mode));
    for (told, _) in posts.iter().zip(came).filter(|(_, (before, now))| *before && !now) {
        freed.room.posts += 1;
        freed.room.seconds += u64::from(told.seconds);
        freed.missed.extend((told.nugget || told.starred || told.read).then_some(told.post));
    }
    freed
}
