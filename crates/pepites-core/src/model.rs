//! Gives the nouns that every stage shares: moments, ids, phrases, sources, requests, replies, items, posts.
//! Never decides anything: the stages do.

mod full_text;
mod item;
mod mode;
mod moment;
mod order;
mod phrase;
mod post;
mod quiet;
mod source;

pub use full_text::FullText;
pub use item::{Batch, Enclosure, Flaw, Item, Note, Unreadable, Whole};
pub use mode::{MOST_DAILY, Mode};
pub use moment::{Day, Moment};
pub use order::FolderOrder;
pub use phrase::{Phrase, Value};
pub use post::{Post, PostKey, PostParts, SafeHtml};
pub use quiet::Quiet;
pub use source::{Address, Folder, Reply, Request, Source, Validators};

/// Declares the id of one noun: the row number of its table, unique within one library only.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, ts_rs::TS,
        )]
        #[serde(transparent)]
        pub struct $name(#[ts(type = "number")] pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    )*};
}

ids! {
    /// A source in this library.
    SourceId,
    /// A post in this library.
    PostId,
    /// A story in this library.
    StoryId,
    /// A person of the reader’s contacts.
    ContactId,
    /// A digest, kept once made.
    DigestId,
    /// A rule of the reader's in this library.
    RuleId,
    /// A search that the reader kept.
    SearchId,
    /// A plan that made room, kept once applied.
    PlanId,
    /// An import, kept as long as it can be taken back.
    ImportId,
}
