//! Gives what each command is asked with. A command that needs nothing is asked with null.

use pepites_core::{
    model::{DigestId, PostId, SourceId},
    search::Sort,
    sources::list::Selectors,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CirclePerson, GivenLogin, MarkView};

/// A file to follow the sources of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportAsk {
    /// Where the file is, on this machine.
    pub path: String,
    /// Take what could be read of a damaged file.
    pub even_partial: bool,
}

/// An address to follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AddAsk {
    /// As it was typed or pasted.
    pub address: String,
    /// Which of the things found there, as a place in `found` of the report that asked to choose.
    pub choice: Option<u32>,
    /// Folders to put it into, each a path.
    pub folders: Vec<Vec<String>>,
    /// What logs in there; null where nothing is needed.
    pub login: Option<GivenLogin>,
}

/// Some of a circle, to follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FollowAllAsk {
    /// Those who were chosen.
    pub people: Vec<CirclePerson>,
    /// Folders to put them into, each a path.
    pub folders: Vec<Vec<String>>,
}

/// A page without a feed, and what to select of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewAsk {
    /// As it was typed or pasted.
    pub address: String,
    /// By which its entries are found.
    pub selectors: Selectors,
}

/// Which sources to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefreshAsk {
    /// Only those whose time has come.
    pub due: bool,
    /// Only these; null: all.
    pub only: Option<Vec<SourceId>>,
}

/// A new name for a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RenameAsk {
    /// Which.
    pub source: SourceId,
    /// The reader's name for it; null gives its own title back.
    pub name: Option<String>,
}

/// New folders for a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MoveAsk {
    /// Which.
    pub source: SourceId,
    /// Exactly these, each a path.
    pub folders: Vec<Vec<String>>,
}

/// How the posts of a source are opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FullTextAsk {
    /// Which.
    pub source: SourceId,
    /// With their full text.
    pub on: bool,
}

/// A piece of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PageAsk {
    /// So many at most.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

/// A piece of a source's posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PostsOfAsk {
    /// Which.
    pub source: SourceId,
    /// So many at most.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

/// A piece of what a digest left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftOutAsk {
    /// Which.
    pub digest: DigestId,
    /// So many at most.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

/// The minutes that there are for a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CutAsk {
    /// Which.
    pub digest: DigestId,
    /// How many.
    pub minutes: u32,
}

/// What becomes of all that a digest left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettleAsk {
    /// Which.
    pub digest: DigestId,
    /// Let go, or put off.
    pub mark: MarkView,
    /// Mark, or take back what was so marked last.
    pub on: bool,
}

/// Whether a source keeps to its share of a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnlimitedAsk {
    /// Which.
    pub source: SourceId,
    /// It does not.
    pub on: bool,
}

/// Words to look for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SearchAsk {
    /// As they were typed.
    pub words: String,
    /// Which of what is found stands first.
    #[serde(default)]
    #[ts(as = "Option<Sort>", optional)]
    pub sort: Sort,
    /// So many hits at most.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

/// Posts to mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkAsk {
    /// Which.
    pub posts: Vec<PostId>,
    /// As what.
    pub mark: MarkView,
    /// Mark, or take the mark off.
    pub on: bool,
    /// It takes back what the reader did last: a star that a rule gave is given back as the rule's, not as theirs.
    #[serde(default)]
    #[ts(as = "Option<bool>", optional)]
    pub undo: bool,
}
