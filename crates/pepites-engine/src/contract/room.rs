//! Gives the views of making room: what each change frees, and what it would have cost.

use pepites_core::{
    model::{Mode, Moment, PlanId, PostId, SourceId},
    room::{Change, Goal},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{PostLine, SourceName};

/// The cheapest plan that makes the room asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RoomView {
    /// The room asked for.
    pub goal: Goal,
    /// Posts a week that come now.
    pub posts_a_week: f64,
    /// What reading them takes a day, in minutes.
    pub minutes_a_day: f64,
    /// Something came once, in these thirty days or before.
    pub begun: bool,
    /// The plan makes that room.
    pub reached: bool,
    /// The reader has read here for long enough to say what would be missed.
    pub known: bool,
    /// The plan, the cheapest for what it frees first.
    pub steps: Vec<RoomStep>,
    /// What would come next, for a larger goal.
    pub further: Vec<RoomStep>,
}

/// One source that changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RoomStep {
    /// Which.
    pub source: SourceId,
    /// What the reader calls it.
    pub title: String,
    /// How much of it comes now.
    pub mode: Mode,
    /// Its posts a week now.
    pub posts_a_week: f64,
    /// What becomes of it, in this plan.
    pub change: Change,
    /// Who told first most of what it tells, where that is most of it: what could be read in its place.
    pub instead: Option<SourceName>,
    /// Every change that there is for it, that one included.
    pub options: Vec<RoomOption>,
}

/// One change of a source: what it frees, and what it would have cost over the last thirty days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RoomOption {
    /// What becomes of the source.
    pub change: Change,
    /// Posts a week less.
    pub posts_a_week: f64,
    /// Minutes of reading a day less.
    pub minutes_a_day: f64,
    /// Nuggets and starred posts that would still have come: the first of them.
    pub keeps: Vec<PostLine>,
    /// The others of these.
    pub keeps_more: Vec<PostId>,
    /// Nuggets and starred posts that would have been missed: the first of them.
    pub misses: Vec<PostLine>,
    /// The others of these.
    pub misses_more: Vec<PostId>,
    /// Of the others missed, how many were read.
    pub read: u32,
    /// Of the others missed, how many were told first here and by others later.
    pub carried: u32,
}

/// Room to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RoomAsk {
    /// How much.
    pub goal: Goal,
}

/// Changes to apply as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ApplyAsk {
    /// Which.
    pub changes: Vec<SourceChange>,
    /// They make room: a note says thirty days later what came of it.
    pub noted: bool,
}

/// A source, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceChange {
    /// Which.
    pub source: SourceId,
    /// What.
    pub change: Change,
}

/// What a plan did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppliedView {
    /// Its row, by which it is taken back; null when all was so already.
    pub plan: Option<PlanId>,
    /// Sources that changed.
    pub changed: u32,
}

/// A plan that holds, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RoomNote {
    /// Its row.
    pub plan: PlanId,
    /// When it was applied.
    pub made: Moment,
    /// When the thirty days are over that it is judged by.
    pub until: Moment,
    /// Sources that it thinned, and that are so to this day.
    pub thinned: Vec<String>,
    /// Sources that it left, and that are so to this day. What they told since is not known.
    pub left: Vec<String>,
    /// These days are over, and what came of them was counted: once, and kept.
    pub counted: bool,
    /// Posts of these days, of those thinned, that did not come.
    pub freed: u32,
    /// What reading them takes, in minutes.
    pub minutes: u32,
    /// Of these, nuggets, and posts that the reader starred or opened all the same: the first of them.
    pub missed: Vec<PostLine>,
    /// The others of these.
    pub missed_more: Vec<PostId>,
    /// What thirty days were to free when it was applied, judged by the thirty before: of those left, and of those thinned
    /// until that is counted. Null where it was not asked.
    pub foreseen: Option<Foreseen>,
    /// It was applied thirty days ago or more, something of it holds, and the reader was not told yet.
    pub due: bool,
}

/// Room that was to come of a plan in thirty days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Foreseen {
    /// Posts less.
    pub posts: u32,
    /// What reading them takes, in minutes.
    pub minutes: u32,
}
