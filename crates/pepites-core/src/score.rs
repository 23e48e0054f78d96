//! Takes the facts of a story, gives its rank: a pure function of facts, weights and `now` that carries its parts.
//! A signal is one file and two adjacent lines here. Never stored, but as it was in a digest.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::{rules::Asked, taste::Opinion};
use crate::model::{Moment, Phrase, PostId, SourceId, StoryId};

mod blind;
mod measures;
mod nugget;
mod presets;
pub mod rules;
pub mod taste;

pub use blind::blind;
pub use measures::vote;
pub use presets::{PRESETS, Preset, preset, preset_of};

#[rustfmt::skip]
mod signals {
    pub(super) mod covered;
    pub(super) mod disliked;
    pub(super) mod freshness;
    pub(super) mod liked;
    pub(super) mod only_here;
    pub(super) mod origin;
    pub(super) mod pointed_at;
    pub(super) mod rare_voice;
    pub(super) mod seen_before;
    pub(super) mod substance;
    pub(super) mod taste;
    pub(super) mod yields;
}

/// Every signal.
#[rustfmt::skip]
pub const SIGNALS: &[&Signal] = &[
    &signals::covered::SIGNAL,
    &signals::disliked::SIGNAL,
    &signals::freshness::SIGNAL,
    &signals::liked::SIGNAL,
    &signals::only_here::SIGNAL,
    &signals::origin::SIGNAL,
    &signals::pointed_at::SIGNAL,
    &signals::rare_voice::SIGNAL,
    &signals::seen_before::SIGNAL,
    &signals::substance::SIGNAL,
    &signals::taste::SIGNAL,
    &signals::yields::SIGNAL,
];

/// The signals that carry out what the reader asked for: their reasons come first, even where they speak against it.
const ASKED: [&str; 2] = [signals::disliked::SIGNAL.name, signals::liked::SIGNAL.name];

/// Values are kept to this fraction. A power of two: sums are exact in any order, and so short in decimals that JSON
/// gives back the same number ("reads the same tomorrow").
const VALUE_GRAIN: f64 = 1024.0;

/// Points are kept to this fraction: exactly `value × weight` for weights in quarters.
const POINTS_GRAIN: f64 = 4096.0;

/// Weights beyond this are taken as this: sums stay exact.
const MOST_WEIGHT: f64 = 100.0;

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
    /// Posts of the face's source in the last 30 days: what it wrote, and what it passed on too where the face is such.
    pub source_posts_30d: u32,
    /// Days since the first post of that source that the library knows, at most 30: what the rate is taken over.
    pub source_days: u32,
    /// Posts by the face's author in the last 30 days, over all sources; None without an author, and where the source
    /// passed it on: a stranger's count says nothing.
    pub author_posts_30d: Option<u32>,
    /// Distinct sources that tell the story themselves, the face's included; a note that only points to it does not.
    pub sources: u32,
    /// Tellings, the face and notes that only point to it included.
    pub tellings: u32,
    /// The face was the first telling, of those by sources that were left or are muted too.
    pub first: bool,
    /// Another source that tells the reader told it before: one that is followed, and not muted.
    pub relayed: bool,
    /// Distinct other sources whose posts link to a page of the story without telling it themselves.
    pub pointed_at_by: u32,
    /// What their votes weigh together, as [`vote`] has it: who passes on much says less by it.
    pub pointed_weight: f64,
    /// Words of the face's body.
    pub words: u32,
    /// Paragraphs of a face without a title that say something; 1 for what is not looked at: a note of a few words, and
    /// what has a title.
    pub paragraphs: u32,
    /// Words that a post of the face's source has on average, over its last 30 days; 0 without posts.
    pub usual_words: u32,
    /// Links that the face's body makes to other sites.
    pub links_out: u32,
    /// Of these, how many no other post of the library links to.
    pub rare_links: u32,
    /// Of these, how many lead to a page that was read, or shown in a digest of the last 30 days.
    pub seen_links: u32,
    /// Pictures, recordings and listings of code of the face.
    pub illustrations: u32,
    /// The face's title was made from its first words (a microblog post).
    pub untitled: bool,
    /// The face's title and lead, for signals that read.
    pub title: String,
    /// Its lead.
    pub lead: String,
    /// Who wrote the face.
    pub author: Option<String>,
    /// The tags that it carries.
    pub tags: Vec<String>,
    /// What the reader would make of it, by what was learned of their taste.
    pub taste: Option<Opinion>,
    /// What the reader asked for outright that speaks of it. What they muted is not ranked at all.
    pub asked: Asked,
    /// Posts of the source that the reader opened or read in the last 90 days.
    pub source_read_90d: u32,
    /// Posts of the source that the reader starred, ever.
    pub source_starred: u32,
    /// Posts of the source that were shown in digests in the last 90 days.
    pub source_shown_90d: u32,
}

/// One reason to put a story higher, or lower where its weight is below 0.
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

/// The reader's weights by signal name; a missing one is the default.
pub type Weights = BTreeMap<String, f64>;

/// What one signal gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Part {
    /// The signal's name: borrowed where it was just ranked, so that a hundred thousand stories copy none.
    #[ts(type = "string")]
    pub signal: Cow<'static, str>,
    /// What it said, 0..=1.
    pub value: f64,
    /// The weight that it had.
    pub weight: f64,
    /// `value × weight`: the parts' points sum to the rank, to the last bit.
    pub points: f64,
    /// Why, in words, when it was worth a word.
    pub reason: Option<Phrase>,
}

/// Where a story stands and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Rank {
    /// The sum of the parts' points.
    pub total: f64,
    /// One part a signal, in the order of [`SIGNALS`]; none of a story that was only weighed.
    pub parts: Vec<Part>,
    /// Rare, worth reading, found nowhere else.
    pub nugget: bool,
    /// Why it is a nugget, the most telling first; empty when it is none.
    pub nugget_reasons: Vec<Phrase>,
    /// How much of one it is, from 0 to 1: what decides on a day that has too many.
    pub strength: f64,
    /// It is one, but the day had stronger ones.
    pub outdone: bool,
}

impl Rank {
    /// What the reader asked for that speaks of it, then why a nugget is one, else why the story stands where it does,
    /// strongest first: at least one reason, at most `most`.
    #[must_use]
    pub fn reasons(&self, most: usize) -> Vec<Phrase> {
        let asked = self.parts.iter().filter(|part| ASKED.contains(&part.signal.as_ref()) && part.points != 0.0);
        let asked: Vec<Phrase> = asked.filter_map(|part| part.reason.clone()).collect();
        let outdone = self.outdone.then(|| Phrase::new("reason.outdone"));
        let why = outdone.into_iter().chain(self.why(most)).filter(|reason| !asked.contains(reason));
        asked.iter().cloned().chain(why).take(most).collect()
    }

    fn why(&self, most: usize) -> Vec<Phrase> {
        if !self.nugget_reasons.is_empty() {
            return self.nugget_reasons.iter().take(most).cloned().collect();
        }
        let mut parts: Vec<&Part> = self.parts.iter().filter(|part| part.points > 0.0).collect();
        parts.sort_by(|a, b| b.points.total_cmp(&a.points));
        let reasons: Vec<Phrase> = parts.into_iter().filter_map(|part| part.reason.clone()).take(most).collect();
        // Nothing about it was worth a word: it is here because nothing better wanted its place.
        if reasons.is_empty() { vec![Phrase::new("reason.room")] } else { reasons }
    }
}

/// The rank of a story.
#[must_use]
pub fn rank(facts: &Facts, weights: &Weights) -> Rank {
    let explained = |signal: &&Signal| Part { reason: (signal.reason)(facts), ..part(signal, facts, weights) };
    Rank { parts: SIGNALS.iter().map(explained).collect(), ..weigh(facts, weights) }
}

/// The same without its parts: a digest is chosen among a hundred thousand stories, and tells the parts of a hundred.
#[must_use]
pub fn weigh(facts: &Facts, weights: &Weights) -> Rank {
    let total = SIGNALS.iter().fold(0.0, |sum, signal| sum + part(signal, facts, weights).points);
    let nugget_reasons = nugget::reasons(facts);
    let nugget = !nugget_reasons.is_empty();
    let strength = if nugget { to_grain(nugget::strength(facts), VALUE_GRAIN) } else { 0.0 };
    Rank { total, parts: Vec::new(), nugget, nugget_reasons, strength, outdone: false }
}

fn part(signal: &Signal, facts: &Facts, weights: &Weights) -> Part {
    let weight = weights.get(signal.name).copied().filter(|weight| weight.is_finite());
    let weight = weight.unwrap_or(signal.default_weight).clamp(-MOST_WEIGHT, MOST_WEIGHT);
    let value = to_grain((signal.value)(facts).clamp(0.0, 1.0), VALUE_GRAIN);
    let points = to_grain(value * weight, POINTS_GRAIN);
    Part { signal: Cow::Borrowed(signal.name), value, weight, points, reason: None }
}

/// Never NaN, never minus zero.
fn to_grain(number: f64, grain: f64) -> f64 {
    let rounded = (number * grain).round() / grain;
    if rounded.is_finite() { rounded + 0.0 } else { 0.0 }
}

#[cfg(test)]
pub(crate) mod tests;
