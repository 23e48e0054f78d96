//! Takes the facts of a story, gives its rank: a pure function of facts, weights and `now` that carries its parts.
//! A signal is one file and two adjacent lines here. Never stored, but as it was in a digest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::model::{Moment, Phrase, PostId, SourceId, StoryId};

/// What a signal may look at, for one story seen from its face.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The story.
    pub story: StoryId,
    /// The telling that stands for it.
    pub face: PostId,
    /// The source of the face.
    pub source: SourceId,
    /// The `kind` of that source.
    pub kind: String,
    /// When the face was published.
    pub published: Moment,
    /// When the ranking is made.
    pub now: Moment,
    /// Posts of the face's source in the last 30 days.
    pub source_posts_30d: u32,
    /// Days since the first post of that source that the library knows, at most 30: what the rate is taken over.
    pub source_days: u32,
    /// Posts by the face's author in the last 30 days, over all sources; None without an author.
    pub author_posts_30d: Option<u32>,
    /// Distinct sources that tell the story, the face's included.
    pub sources: u32,
    /// Tellings, the face included.
    pub tellings: u32,
    /// The face was the first telling.
    pub first: bool,
    /// Distinct other sources whose posts link to the face's address.
    pub pointed_at_by: u32,
    /// Words of the face's body.
    pub words: u32,
    /// Links that the face's body makes to other sites.
    pub links_out: u32,
    /// Of these, how many no other post of the library links to.
    pub rare_links: u32,
    /// The face has pictures or other enclosures.
    pub enclosures: u32,
    /// The face's title was made from its first words (a microblog post).
    pub untitled: bool,
    /// The face's title and lead, for signals that read.
    pub title: String,
    /// Its lead.
    pub lead: String,
    /// Posts of the source that the reader opened or read in the last 90 days.
    pub source_read_90d: u32,
    /// Posts of the source that the reader starred, ever.
    pub source_starred: u32,
    /// Posts of the source that were shown in digests in the last 90 days.
    pub source_shown_90d: u32,
}

/// One reason to put a story higher.
pub struct Signal {
    /// Stable: weights in the settings and parts in digests name it. Its label is `signal.<name>` in the catalogue.
    pub name: &'static str,
    /// Its weight until the reader moves it.
    pub default_weight: f64,
    /// How strongly it speaks, 0..=1.
    pub value: fn(&Facts) -> f64,
    /// Why, when its value is worth a word.
    pub reason: fn(&Facts) -> Option<Phrase>,
}

/// Every signal.
#[rustfmt::skip]
pub const SIGNALS: &[&Signal] = &[
];

/// The reader's weights by signal name; a missing one is the default.
pub type Weights = BTreeMap<String, f64>;

/// What one signal gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Part {
    /// The signal's name.
    pub signal: String,
    /// What it said, 0..=1.
    pub value: f64,
    /// The weight that it had.
    pub weight: f64,
    /// `value × weight`: the parts' points sum to the rank.
    pub points: f64,
    /// Why, in words, when it was worth a word.
    pub reason: Option<Phrase>,
}

/// Where a story stands and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Rank {
    /// The sum of the parts' points.
    pub total: f64,
    /// One part a signal, in the order of [`SIGNALS`].
    pub parts: Vec<Part>,
    /// Rare, worth reading, found nowhere else.
    pub nugget: bool,
}

/// The rank of a story.
#[must_use]
pub fn rank(facts: &Facts, weights: &Weights) -> Rank {
    let _ = (facts, weights);
    Rank { total: 0.0, parts: Vec::new(), nugget: false }
}
