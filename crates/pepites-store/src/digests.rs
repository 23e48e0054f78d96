//! Digests, kept as they were when made.
use crate::{Store, StoreError};
use pepites_core::model::{Day, DigestId, Moment, PostId, StoryId};
/// A digest to keep.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewDigest {
    pub day: Day,
    pub made: Moment,
    pub since: Moment,
    pub budget: String,
    pub seconds: u32,
    pub candidates: u32,
    pub entries: Vec<EntryRow>,
    pub left_out: Vec<(StoryId, PostId)>,
}
/// One story in a digest.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// The story.
    pub story: StoryId,
    /// Its face.
    pub face: PostId,
    /// Every post that the entry shows, face first.
    pub posts: Vec<PostId>,
    /// It was marked as a nugget.
    pub nugget: bool,
    /// The entry as it was made, in JSON: words, parts, reasons, relays.
    pub snapshot: String,
}
/// A digest in a list.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DigestLine {
    pub id: DigestId,
    pub day: Day,
    pub edition: u32,
    pub made: Moment,
    pub since: Moment,
    pub budget: String,
    pub seconds: u32,
    pub stories: u32,
    pub nuggets: u32,
    pub left_out: u32,
}
/// A digest, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptDigest {
    /// Its line.
    pub line: DigestLine,
    /// Its entries in reading order.
    pub entries: Vec<EntryRow>,
}
impl Store {
    /// Keeps a digest; its edition is one more than the last of its day.
    pub fn keep_digest(&self, digest: &NewDigest) -> Result<DigestId, StoreError> {
        let _ = digest;
        todo!()
    }
    /// The latest edition of a day.
    pub fn digest_of(&self, day: &Day) -> Result<Option<KeptDigest>, StoreError> {
        let _ = day;
        todo!()
    }
    /// One digest.
    pub fn digest(&self, id: DigestId) -> Result<KeptDigest, StoreError> {
        let _ = id;
        todo!()
    }
    /// Digests, newest first.
    pub fn digests(&self, limit: u32) -> Result<Vec<DigestLine>, StoreError> {
        let _ = limit;
        todo!()
    }
    /// What a digest left out, best first.
    pub fn left_out(&self, id: DigestId, limit: u32, offset: u32) -> Result<Vec<(StoryId, PostId)>, StoreError> {
        let _ = (id, limit, offset);
        todo!()
    }
}
