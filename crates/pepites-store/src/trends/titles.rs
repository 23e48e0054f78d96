//! Gives titles and authors of the posts of a time, for what rose in it. Never gives a text.

use pepites_core::model::{Moment, SourceId};

use crate::{Store, StoreError};

/// A post, as what is talked about is found.
#[derive(Clone, Debug, PartialEq)]
pub struct TitleLine {
    /// Of which source.
    pub source: SourceId,
    /// Its title.
    pub title: String,
    /// Its author.
    pub author: Option<String>,
}

/// More posts than this say nothing more of what is talked about: those that were published last are looked at.
const MOST: u32 = 20_000;

const TITLES: &str = "
    SELECT source, title, author FROM posts
    WHERE published >= ?1 AND published < ?2 AND (dated OR NOT backlog) AND boosted_by IS NULL
      AND source IN (SELECT id FROM sources WHERE unfollowed IS NULL)
    ORDER BY published DESC LIMIT ?3";

impl Store {
    /// Titles and authors of what followed sources wrote since `since` and before `until`, newest first; bounded.
    pub fn titles(&self, since: Moment, until: Moment) -> Result<Vec<TitleLine>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(TITLES)?;
            let rows = statement.query_map((since.0, until.0, MOST), |row| {
                Ok(TitleLine { source: SourceId(row.get(0)?), title: row.get(1)?, author: row.get(2)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
