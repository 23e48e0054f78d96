//! Gives posts as they are kept, one by one or in pages.

use pepites_core::model::{Enclosure, Moment, PostId, PostKey, SafeHtml, SourceId, StoryId};
use rusqlite::{Connection, Params, Row};

use crate::{
    Marks, Store, StoreError, bodies,
    error::{Trouble, missing},
    marks::marks_in,
    modes::HELD_BACK,
};

#[cfg(test)]
mod tests;

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
    pub boosted_by: Option<String>,
    pub portrait: Option<String>,
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

const POST: &str = "
    SELECT posts.*, bodies.html, bodies.packed, marks.read, marks.starred, marks.skipped, marks.relay, marks.put_off,
           marks.starred_how
    FROM posts
    LEFT JOIN bodies ON bodies.post = posts.id
    LEFT JOIN marks ON marks.post = posts.id";

/// The index gives the newest first; only what is shown is read whole.
const OF_SOURCE: &str = "
    WHERE posts.source = ?1 ORDER BY posts.published DESC, posts.id DESC LIMIT ?2 OFFSET ?3";

/// Of the sources that are followed, or of one. By date and not by arrival: a list is read as a newspaper is.
const UNREAD: &str = "
    SELECT posts.*, bodies.html, bodies.packed, marks.read, marks.starred, marks.skipped, marks.relay, marks.put_off,
           marks.starred_how
    FROM posts INDEXED BY posts_published
    LEFT JOIN bodies ON bodies.post = posts.id
    LEFT JOIN marks ON marks.post = posts.id
    WHERE marks.read IS NULL AND marks.skipped IS NULL AND marks.relay IS NULL
        AND posts.source IN (SELECT id FROM sources WHERE unfollowed IS NULL)
        AND NOT ({HELD_BACK})
    ORDER BY posts.published DESC, posts.id DESC LIMIT ?1 OFFSET ?2";

const UNREAD_OF_SOURCE: &str = "
    WHERE posts.source = ?1 AND marks.read IS NULL AND marks.skipped IS NULL AND marks.relay IS NULL
    ORDER BY posts.published DESC, posts.id DESC LIMIT ?2 OFFSET ?3";

const STARRED: &str = "
    SELECT posts.*, bodies.html, bodies.packed, marks.read, marks.starred, marks.skipped, marks.relay, marks.put_off,
           marks.starred_how
    FROM marks
    JOIN posts ON posts.id = marks.post
    LEFT JOIN bodies ON bodies.post = posts.id
    WHERE marks.starred IS NOT NULL
    ORDER BY marks.starred DESC, posts.id DESC LIMIT ?1 OFFSET ?2";

impl Store {
    /// One post, whole.
    pub fn post(&self, id: PostId) -> Result<StoredPost, StoreError> {
        self.read(|library| {
            let found = posts(library, &format!("{POST} WHERE posts.id = ?1"), [id.0])?;
            found.into_iter().next().ok_or_else(|| missing("post", id))
        })
    }

    /// Posts of a source, newest first.
    pub fn posts_of(&self, source: SourceId, limit: u32, offset: u32) -> Result<Vec<StoredPost>, StoreError> {
        self.read(|library| posts(library, &format!("{POST} {OF_SOURCE}"), (source.0, limit, offset)))
    }

    /// Posts of a source that are neither read nor skipped, nor relays of a story read, newest first.
    pub fn unread_of(&self, source: SourceId, limit: u32, offset: u32) -> Result<Vec<StoredPost>, StoreError> {
        self.read(|library| posts(library, &format!("{POST} {UNREAD_OF_SOURCE}"), (source.0, limit, offset)))
    }

    /// Posts of followed sources that are neither read nor skipped, nor relays of a story read, newest first.
    pub fn unread(&self, limit: u32, offset: u32) -> Result<Vec<StoredPost>, StoreError> {
        self.read(|library| posts(library, &UNREAD.replace("{HELD_BACK}", HELD_BACK), (limit, offset)))
    }

    /// Starred posts, newest star first. Those of sources that are no longer followed are among them.
    pub fn starred(&self, limit: u32, offset: u32) -> Result<Vec<StoredPost>, StoreError> {
        self.read(|library| posts(library, STARRED, (limit, offset)))
    }
}

fn posts(library: &Connection, sql: &str, parameters: impl Params) -> Result<Vec<StoredPost>, Trouble> {
    let mut statement = library.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut posts = Vec::new();
    while let Some(row) = rows.next()? {
        posts.push(whole(row)?);
    }
    Ok(posts)
}

fn whole(row: &Row<'_>) -> Result<StoredPost, Trouble> {
    let (tags, enclosures): (String, String) = (row.get("tags")?, row.get("enclosures")?);
    let edited: Option<i64> = row.get("edited")?;
    let story: Option<i64> = row.get("story")?;
    Ok(StoredPost {
        id: PostId(row.get("id")?),
        key: PostKey(row.get("key")?),
        source: SourceId(row.get("source")?),
        story: story.map(StoryId),
        link: row.get("link")?,
        title: row.get("title")?,
        untitled: row.get("untitled")?,
        author: row.get("author")?,
        boosted_by: row.get("boosted_by")?,
        portrait: row.get("portrait")?,
        html: SafeHtml::from_library(bodies::html(row)?),
        lead: row.get("lead")?,
        words: row.get("words")?,
        language: row.get("language")?,
        published: Moment(row.get("published")?),
        dated: row.get("dated")?,
        arrived: Moment(row.get("arrived")?),
        edited: edited.map(Moment),
        tags: serde_json::from_str(&tags)?,
        enclosures: serde_json::from_str(&enclosures)?,
        marks: marks_in(row)?,
    })
}
