//! Posts.
use crate::{Marks, Store, StoreError};
use pepites_core::model::{Enclosure, Moment, PostId, PostKey, SafeHtml, SourceId, StoryId};
/// A post as it is kept.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of PostParts")]
pub struct StoredPost {
    pub id: PostId,
    pub key: PostKey,
    pub source: SourceId,
    pub story: Option<StoryId>,
    pub link: Option<String>,
    pub title: String,
    pub untitled: bool,
    pub author: Option<String>,
    pub html: SafeHtml,
    pub lead: String,
    pub words: u32,
    pub language: Option<String>,
    pub published: Moment,
    pub dated: bool,
    pub arrived: Moment,
    pub edited: Option<Moment>,
    pub tags: Vec<String>,
    pub enclosures: Vec<Enclosure>,
    pub marks: Marks,
}
impl Store {
    /// One post, whole.
    pub fn post(&self, id: PostId) -> Result<StoredPost, StoreError> {
        let _ = id;
        todo!()
    }
    /// Posts of a source, newest first.
    pub fn posts_of(&self, source: SourceId, limit: u32, offset: u32) -> Result<Vec<StoredPost>, StoreError> {
        let _ = (source, limit, offset);
        todo!()
    }
    /// Starred posts, newest star first.
    pub fn starred(&self, limit: u32, offset: u32) -> Result<Vec<StoredPost>, StoreError> {
        let _ = (limit, offset);
        todo!()
    }
    /// Posts of followed sources that arrived after `since`.
    pub fn arrived_since(&self, since: Moment) -> Result<u32, StoreError> {
        let _ = since;
        todo!()
    }
}
