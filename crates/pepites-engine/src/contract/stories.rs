//! What windows and terminals see of a story: who tells it, what each adds, what it goes on with.

use pepites_core::model::{PostId, SourceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PostLine;

/// A story, told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StoryView {
    /// The telling that stands for it.
    pub face: PostId,
    /// Its tellings in time order, copies under what they are copies of.
    pub tellings: Vec<TellingView>,
    /// Of stories of days before that it goes on with, the one that stands for each, latest first.
    pub earlier: Vec<PostLine>,
    /// Of stories that go on with it, the one that stands for each, first first.
    pub later: Vec<PostLine>,
}

/// One telling of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TellingView {
    /// The post.
    pub line: PostLine,
    /// The same text elsewhere.
    pub also: Vec<PostLine>,
    /// A passage that says what neither the face nor any telling before does, new words between U+E000 and U+E001;
    /// null for the face, and where it adds nothing worth a line.
    pub adds: Option<String>,
    /// It came after the reader read the story, or else saw it in a digest, and adds something.
    pub is_new: bool,
}

/// A source to prefer, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreferAsk {
    /// Which.
    pub source: SourceId,
    /// Prefer it, or no longer.
    pub on: bool,
}
