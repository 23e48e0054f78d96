//! Full-text search.
use crate::{Marks, Store, StoreError};
use pepites_core::model::{Moment, PostId, SourceId};
/// A post that matches.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Hit {
    pub post: PostId,
    pub source: SourceId,
    pub source_title: String,
    pub title: String,
    pub link: Option<String>,
    pub published: Moment,
    pub marks: Marks,
    /// Words around the match; matches stand between U+E000 and U+E001.
    pub snippet: String,
}
impl Store {
    /// Posts whose title, body, author or tags hold all `words` ("quoted phrases" together, -word without, word* as a
    /// beginning), best first. Never fails on odd input: what is not a query is searched as words.
    pub fn search(&self, words: &str, limit: u32, offset: u32) -> Result<Vec<Hit>, StoreError> {
        let _ = (words, limit, offset);
        todo!()
    }
}
