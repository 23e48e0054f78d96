//! What the reader said of two posts: "these are not the same", "these belong together". Kept for ever, undone at will.

use pepites_core::model::{Moment, PostId, PostKey};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Store, StoreError,
    error::{Trouble, missing},
    events::{Event, log},
    store::Durability,
};

#[cfg(test)]
mod tests;

/// What can be said of two posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They tell the same story.
    Together,
    /// They do not.
    Apart,
}

/// A post that a verdict moved: from which story, to which.
type Move = (i64, i64, i64);

const LAST: &str = "
    SELECT id, moved FROM story_verdicts
    WHERE ((one = ?1 AND other = ?2) OR (one = ?2 AND other = ?1)) AND together = ?3 AND undone IS NULL
    ORDER BY id DESC LIMIT 1";

const OF_STORY: &str = "
    SELECT id FROM posts WHERE story = ?1 ORDER BY published, id";

impl Store {
    /// Keeps what the reader says of two posts and moves them accordingly: together, every telling of the later story
    /// comes to the other; apart, `other` leaves for a story of its own. Gives the posts that moved; none when it was
    /// so already. Stories are never brought together again but by the reader, so later posts obey.
    pub fn say(&self, one: PostId, other: PostId, verdict: Verdict, now: Moment) -> Result<Vec<PostId>, StoreError> {
        self.write(Durability::Power, move |library| {
            let (mine, theirs) = (story_of(library, one)?, story_of(library, other)?);
            let moves = match verdict {
                Verdict::Together if mine == theirs => Vec::new(),
                Verdict::Together => {
                    let (stays, goes) = if mine < theirs { (mine, theirs) } else { (theirs, mine) };
                    members(library, goes)?.into_iter().map(|post| (post, goes, stays)).collect()
                }
                Verdict::Apart if mine != theirs => Vec::new(),
                Verdict::Apart => {
                    library.prepare_cached("INSERT INTO stories (opened) VALUES (?1)")?.execute([other.0])?;
                    vec![(other.0, theirs, library.last_insert_rowid())]
                }
            };
            library
                .prepare_cached(
                    "INSERT INTO story_verdicts (one, other, together, at, moved) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    one.0,
                    other.0,
                    verdict == Verdict::Together,
                    now.0,
                    serde_json::to_string(&moves)?
                ])?;
            tell(library, one, other, verdict, true, now)?;
            moved(library, &moves)
        })
    }

    /// Takes the last such verdict on two posts back: what it moved returns, unless it was moved again since. Gives the
    /// posts that moved; None when there is no such verdict.
    pub fn unsay(
        &self,
        one: PostId,
        other: PostId,
        verdict: Verdict,
        now: Moment,
    ) -> Result<Option<Vec<PostId>>, StoreError> {
        self.write(Durability::Power, move |library| {
            let found: Option<(i64, String)> = library
                .prepare_cached(LAST)?
                .query_row(params![one.0, other.0, verdict == Verdict::Together], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let Some((id, moves)) = found else { return Ok(None) };
            let moves: Vec<Move> = serde_json::from_str(&moves)?;
            library
                .prepare_cached("UPDATE story_verdicts SET undone = ?2 WHERE id = ?1")?
                .execute(params![id, now.0])?;
            for &(post, from, _) in &moves {
                // The story may have gone with its last post.
                library
                    .prepare_cached("INSERT OR IGNORE INTO stories (id, opened) VALUES (?1, ?2)")?
                    .execute([from, post])?;
            }
            tell(library, one, other, verdict, false, now)?;
            let back: Vec<Move> = moves.into_iter().map(|(post, from, to)| (post, to, from)).collect();
            moved(library, &back).map(Some)
        })
    }
}

/// The story of a post; a post that waits for one is as good as missing.
fn story_of(library: &Connection, post: PostId) -> Result<i64, Trouble> {
    let story: Option<Option<i64>> = library
        .prepare_cached("SELECT story FROM posts WHERE id = ?1")?
        .query_row([post.0], |row| row.get(0))
        .optional()?;
    story.flatten().ok_or_else(|| missing("post", post.0))
}

fn members(library: &Connection, story: i64) -> Result<Vec<i64>, Trouble> {
    let mut statement = library.prepare_cached(OF_STORY)?;
    Ok(statement.query_map([story], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Moves each post that is still where it is to be moved from.
fn moved(library: &Connection, moves: &[Move]) -> Result<Vec<PostId>, Trouble> {
    let mut moved = Vec::new();
    for &(post, from, to) in moves {
        let sql = "UPDATE posts SET story = ?3 WHERE id = ?1 AND story = ?2";
        if library.prepare_cached(sql)?.execute([post, from, to])? > 0 {
            moved.push(PostId(post));
        }
    }
    Ok(moved)
}

/// The log names both posts as other devices know them.
fn tell(
    library: &Connection,
    one: PostId,
    other: PostId,
    verdict: Verdict,
    holds: bool,
    now: Moment,
) -> Result<(), Trouble> {
    let key = |post: PostId| -> Result<Option<PostKey>, Trouble> {
        Ok(library
            .prepare_cached("SELECT key FROM posts WHERE id = ?1")?
            .query_row([post.0], |row| row.get(0).map(PostKey))
            .optional()?)
    };
    let (one, other) = (key(one)?, key(other)?);
    let what = match verdict {
        Verdict::Together => "together",
        Verdict::Apart => "apart",
    };
    let value = serde_json::json!({ "other": other.map(|key| key.0), "holds": holds });
    log(library, now, &Event { what, post: one.as_ref(), value, ..Event::default() })
}
