//! Relays of a story read: what stays down because another telling of its story was read.
//! Never touches a mark that the reader made, nor a post that they read or skipped.

use pepites_core::model::{Moment, PostId};
use rusqlite::{Connection, params};

use crate::error::Trouble;

/// The other tellings of the story of `?1` that have no mark of their own. What adds much to it (`news`) waits to be read.
const OTHERS: &str = "
    SELECT other.id, other.source
    FROM posts AS mine JOIN posts AS other ON other.story = mine.story AND other.id <> mine.id
    LEFT JOIN marks ON marks.post = other.id
    WHERE mine.id = ?1 AND other.news = 0
      AND marks.read IS NULL AND marks.skipped IS NULL AND marks.relay IS NULL
    ORDER BY other.id";

const DOWN: &str = "
    INSERT INTO marks (post, source, relay) VALUES (?1, ?2, ?3)
    ON CONFLICT (post) DO UPDATE SET relay = excluded.relay";

/// `post` was read: the others of its story are relays of a story read. Gives those that were none before.
pub(crate) fn of_read(library: &Connection, post: PostId, now: Moment) -> Result<Vec<PostId>, Trouble> {
    let mut statement = library.prepare_cached(OTHERS)?;
    let others = statement.query_map([post.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let others: Vec<(i64, i64)> = others.collect::<Result<_, _>>()?;
    let mut down = library.prepare_cached(DOWN)?;
    for (other, source) in &others {
        down.execute(params![other, source, now.0])?;
    }
    Ok(others.into_iter().map(|(other, _)| PostId(other)).collect())
}

/// `post` came to a story that was read, and stays down.
pub(crate) fn put_down(library: &Connection, post: PostId, now: Moment) -> Result<(), Trouble> {
    let source: i64 =
        library.prepare_cached("SELECT source FROM posts WHERE id = ?1")?.query_row([post.0], |row| row.get(0))?;
    library.prepare_cached(DOWN)?.execute(params![post.0, source, now.0])?;
    Ok(())
}

/// `post` is no relay any more: it was read itself, or the reader wants it back. Gives whether it was one.
pub(crate) fn lift(library: &Connection, post: PostId) -> Result<bool, Trouble> {
    let lifted = library
        .prepare_cached("UPDATE marks SET relay = NULL WHERE post = ?1 AND relay IS NOT NULL")?
        .execute([post.0])?;
    Ok(lifted > 0)
}
