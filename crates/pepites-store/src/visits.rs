//! What a visit to a source brought, kept in one transaction with its posts.
use crate::{Store, StoreError};
use pepites_core::model::{Moment, Phrase, Post, SourceId, Validators};
/// One visit.
#[derive(Clone, Debug)]
pub struct Visited {
    /// Of which source.
    pub source: SourceId,
    /// When it ended.
    pub at: Moment,
    /// What came of it.
    pub outcome: Outcome,
    /// What the server asked for about the next one.
    pub pace: Pace,
}
/// What the server asked for.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// `ttl`, `sy:updatePeriod`, in minutes.
    pub every_minutes: Option<u32>,
    /// `Cache-Control: max-age` or `Expires`, in seconds.
    pub fresh_seconds: Option<u64>,
    /// Until when it must not be asked.
    pub hold_until: Option<Moment>,
}
/// What came of a visit.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// 304, or the same bytes as last time. New validators are kept where they were given.
    Unchanged(Validators),
    /// Read.
    Read {
        /// Its own title.
        title: Option<String>,
        /// Its page for people.
        site: Option<String>,
        /// Where its feed now is, when that changed (found by discovery, moved for good).
        feed: Option<String>,
        /// For the next conditional request.
        validators: Validators,
        /// Of the body that was read.
        body_hash: Option<u64>,
        /// Its posts.
        posts: Vec<Post>,
    },
    /// Nothing could be had.
    Failed {
        /// Why, for the reader.
        trouble: Phrase,
        /// It answered 410.
        gone: bool,
    },
}
/// What was new in a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Of which source.
    pub source: SourceId,
    /// Posts seen for the first time.
    pub new: u32,
    /// Posts whose title or body changed.
    pub edited: u32,
}
impl Store {
    /// Keeps all of `visits` in one transaction, in the order given; computes each next visit with `schedule::next`.
    pub fn keep_visits(&self, visits: Vec<Visited>) -> Result<Vec<Kept>, StoreError> {
        let _ = visits;
        todo!()
    }
}
