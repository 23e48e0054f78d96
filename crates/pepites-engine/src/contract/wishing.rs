//! Gives the views of what the reader asks for: rules, weights, and what was learned of their taste.

use pepites_core::{
    model::{Day, Moment, RuleId},
    score::{
        Weights,
        rules::{Matter, Wish},
        taste::Kind,
    },
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PostLine;

/// A rule to make, or to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleAsk {
    /// The rule to change; null makes one. One about the same thing in the same folder is changed, not doubled.
    pub id: Option<RuleId>,
    /// What is asked.
    pub wish: Wish,
    /// What it looks at.
    pub kind: Matter,
    /// As it was typed; of a source, its number; of minutes, how many.
    pub name: String,
    /// The folder that it is for, as its path, and those within; null: everywhere.
    pub folder: Option<Vec<String>>,
    /// Of what is to be filed, the folder that it goes into, as its path.
    #[serde(default)]
    pub into: Option<Vec<String>>,
    /// The last day that it holds; null: for ever.
    pub until: Option<Day>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleView {
    /// Its row.
    pub id: RuleId,
    /// What is asked.
    pub wish: Wish,
    /// What it looks at.
    pub kind: Matter,
    /// What it is about, as it is asked for again; of a source, its number.
    pub name: String,
    /// What it is about, as it is shown; of a source, its title.
    pub shown: String,
    /// The folder that it is for; null: everywhere.
    pub folder: Option<Vec<String>>,
    /// The folder that it puts posts into; null where it puts them into none.
    pub into: Option<Vec<String>>,
    /// The last day that it holds; null: for ever.
    pub until: Option<Day>,
    /// Its last day is over.
    pub over: bool,
    /// Posts of the last 30 days that it speaks of.
    pub posts_30d: u32,
    /// Posts that it starred and that are starred still, or that are in its folder.
    pub done: u32,
}

/// What a rule would have spoken of, had it held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RulePreview {
    /// Posts of the last 30 days.
    pub posts_30d: u32,
    /// The newest of them.
    pub examples: Vec<PostLine>,
}

/// One thing that was learned of the reader's taste, or taken out of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct LearnedView {
    /// What it is.
    pub kind: Kind,
    /// Its name, as it is taken out.
    pub name: String,
    /// Its name, as it is shown; of a source, its title.
    pub shown: String,
    /// From -1 (speaks most against a post) to 1 (speaks most for it); 0 for what was taken out.
    pub weight: f64,
}

/// What was learned of the reader's taste.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TasteView {
    /// Posts starred that it could learn from.
    pub starred: u32,
    /// As many are needed before it says anything.
    pub needed: u32,
    /// Nothing from before is learned from; null: everything is.
    pub since: Option<Moment>,
    /// What was learned, the heaviest first.
    pub learned: Vec<LearnedView>,
    /// What was taken out.
    pub removed: Vec<LearnedView>,
}

/// A trait to take out of the taste, or to let in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TraitAsk {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Out, or in again.
    pub out: bool,
}

/// The weight of one signal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WeightView {
    /// The signal's name.
    pub signal: String,
    /// What it weighs; below 0, it speaks against.
    pub weight: f64,
    /// What it weighs by itself.
    pub usual: f64,
}

/// The weights of all signals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WeightsView {
    /// As they are kept.
    pub weights: Vec<WeightView>,
    /// The preset that they are; null: the reader's own.
    pub preset: Option<String>,
    /// Every preset, the usual one first.
    pub presets: Vec<PresetView>,
}

/// A set of weights to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PresetView {
    /// Its name: its label is `preset.<name>` in the catalogue.
    pub name: String,
    /// Its weight of every signal.
    pub weights: Weights,
}

/// What other weights would change in today's digest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct WeighReport {
    /// Stories that it has, and would have.
    pub stories: u32,
    /// What would enter, then what would leave, then what would move, the farthest first.
    pub shifts: Vec<ShiftView>,
}

/// A story that would enter, leave or move.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ShiftView {
    /// Its face.
    pub line: PostLine,
    /// It is a nugget.
    pub nugget: bool,
    /// Its place now, 1 being the first; null: it enters.
    pub from: Option<u32>,
    /// Its place then; null: it leaves.
    pub to: Option<u32>,
}
