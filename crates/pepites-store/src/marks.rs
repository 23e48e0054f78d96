//! What the reader did: an append-only log of events, and the state that it makes.
use crate::{Store, StoreError};
use pepites_core::model::{Moment, PostId};
/// What a post can be marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Read.
    Read,
    /// Starred: kept for ever.
    Starred,
    /// Let go without reading.
    Skipped,
}
/// How it came to be marked: different things in the trends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By opening the post.
    Opened,
    /// By a command on this post alone.
    ByHand,
    /// By a command on many posts at once.
    InBulk,
}
/// Since when a post is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Marks {
    pub read: Option<Moment>,
    pub starred: Option<Moment>,
    pub skipped: Option<Moment>,
}
/// What a marking did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Posts whose mark changed; the others had it already.
    pub changed: Vec<PostId>,
    /// Ids that the library does not have.
    pub missing: Vec<PostId>,
}
impl Store {
    /// Marks (`on`) or unmarks posts, in one transaction that has reached the disk when this returns.
    /// `offset_minutes`: the reader's time zone, east of Greenwich.
    pub fn mark(
        &self,
        posts: &[PostId],
        mark: Mark,
        on: bool,
        how: How,
        now: Moment,
        offset_minutes: i32,
    ) -> Result<Marked, StoreError> {
        let _ = (posts, mark, on, how, now, offset_minutes);
        todo!()
    }
    /// The marks of these posts, in the same order.
    pub fn marks(&self, posts: &[PostId]) -> Result<Vec<Marks>, StoreError> {
        let _ = posts;
        todo!()
    }
}
