//! How long posts are kept, and what the library weighs.
use crate::{Store, StoreError};
use pepites_core::model::Moment;
/// How long posts are kept. Starred posts are kept for ever whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct KeepRule {
    /// Read or skipped posts, in days from their arrival; None: for ever.
    pub read_days: Option<u32>,
    /// Unread posts, in days from their arrival; None: for ever.
    pub unread_days: Option<u32>,
}
/// What was dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trimmed {
    /// Posts.
    pub posts: u32,
}
/// What the library weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Size {
    pub bytes: u64,
    pub posts: u64,
    pub sources: u64,
    pub starred: u64,
}
impl Store {
    /// Drops what the rule no longer keeps. A dropped post that its feed still carries does not come back as new.
    pub fn trim(&self, rule: KeepRule, now: Moment) -> Result<Trimmed, StoreError> {
        let _ = (rule, now);
        todo!()
    }
    /// Bytes on the disk (database, log, copies), posts, sources.
    pub fn size(&self) -> Result<Size, StoreError> {
        todo!()
    }
}
