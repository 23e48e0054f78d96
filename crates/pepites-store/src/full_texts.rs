//! Takes the full text of posts, keeps a bounded number of them, gives them back. A post that is dropped takes its own
//! with it. Never one that was not cleaned: only `normalise` makes a `FullText`.

use pepites_core::model::{FullText, Moment, PostId, SafeHtml, SourceId};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use crate::{
    Store, StoreError,
    bodies::{self, Packer},
    error::{Trouble, missing},
    events::{Event, log},
    store::Durability,
};

#[cfg(test)]
mod tests;

/// Kept at most: about 20 MB packed, half a year of ten a day. The oldest make room, those of starred posts last.
const MOST_KEPT: u32 = 2_000;

const KEEP: &str = "
    INSERT OR REPLACE INTO full_texts (post, words, at, html, packed) VALUES (?1, ?2, ?3, ?4, ?5)";

const MAKE_ROOM: &str = "
    DELETE FROM full_texts WHERE post IN (
        SELECT full_texts.post FROM full_texts LEFT JOIN marks ON marks.post = full_texts.post
        ORDER BY marks.starred IS NOT NULL, full_texts.at, full_texts.post
        LIMIT max(0, (SELECT count(*) FROM full_texts) - ?1))";

/// The full text of a post as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFullText {
    /// Its body.
    pub html: SafeHtml,
    /// Words in it.
    pub words: u32,
    /// When it was fetched.
    pub at: Moment,
}

impl Store {
    /// The full text of a post, if it is kept.
    pub fn full_text(&self, post: PostId) -> Result<Option<StoredFullText>, StoreError> {
        self.read(|library| {
            let mut statement =
                library.prepare_cached("SELECT words, at, html, packed FROM full_texts WHERE post = ?1")?;
            let mut rows = statement.query([post.0])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let html = SafeHtml::from_library(bodies::html(row)?);
            Ok(Some(StoredFullText { html, words: row.get("words")?, at: Moment(row.get("at")?) }))
        })
    }

    /// Keeps the full text of a post, in place of the one that it had. A post that was dropped meanwhile keeps none.
    pub fn keep_full_text(&self, post: PostId, text: &FullText, at: Moment) -> Result<(), StoreError> {
        let text = text.clone();
        self.write(Durability::Process, move |library| keep(library, post, &text, at, MOST_KEPT))
    }

    /// Whether the posts of a source are opened with their full text.
    pub fn set_full_text(&self, source: SourceId, on: bool, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Power, move |library| {
            let before = library
                .prepare_cached("SELECT full_text FROM sources WHERE id = ?1")?
                .query_row([source.0], |row| row.get::<_, bool>(0))
                .optional()?;
            if before.ok_or_else(|| missing("source", source))? == on {
                return Ok(());
            }
            library
                .prepare_cached("UPDATE sources SET full_text = ?2 WHERE id = ?1")?
                .execute(params![source.0, on])?;
            log(library, now, &Event { what: "full_text", source: Some(source), value: json!(on), ..Event::default() })
        })
    }
}

fn keep(library: &Connection, post: PostId, text: &FullText, at: Moment, most: u32) -> Result<(), Trouble> {
    let there = library.prepare_cached("SELECT 1 FROM posts WHERE id = ?1")?.exists([post.0])?;
    if !there {
        return Ok(());
    }
    let mut packer = Packer::new();
    let (html, packed) = packer.columns(text.html.as_str());
    library.prepare_cached(KEEP)?.execute(params![post.0, text.words, at.0, html, packed])?;
    library.prepare_cached(MAKE_ROOM)?.execute([most])?;
    Ok(())
}
