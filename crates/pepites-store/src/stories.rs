//! Story membership.
use crate::{Store, StoreError};
use pepites_core::{
    model::{Moment, PostId, SourceId, StoryId},
    stories::{Home, StoryKey, Telling},
};
/// One telling of a story, as a list shows it.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TellingLine {
    pub story: StoryId,
    pub post: PostId,
    pub source: SourceId,
    pub source_title: String,
    pub kind: String,
    pub title: String,
    pub untitled: bool,
    pub link: Option<String>,
    pub author: Option<String>,
    pub lead: String,
    pub words: u32,
    pub published: Moment,
    pub enclosures: u32,
}
impl Store {
    /// Posts that belong to no story yet, in order of publication, at most `limit`.
    pub fn ungrouped(&self, limit: u32) -> Result<Vec<Telling>, StoreError> {
        let _ = limit;
        todo!()
    }
    /// Tellings already grouped that share one of these keys, published since `since`.
    pub fn tellings_with(&self, keys: &[StoryKey], since: Moment) -> Result<Vec<Telling>, StoreError> {
        let _ = (keys, since);
        todo!()
    }
    /// Keeps where each post belongs.
    pub fn settle(&self, homes: &[(PostId, Home)]) -> Result<(), StoreError> {
        let _ = homes;
        todo!()
    }
    /// Every telling of these stories by followed sources, by story, then oldest first.
    pub fn tellings_of(&self, stories: &[StoryId]) -> Result<Vec<TellingLine>, StoreError> {
        let _ = stories;
        todo!()
    }
}
