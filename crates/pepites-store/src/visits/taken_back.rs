//! Takes what a source still has of a time, drops what was taken back there. Never drops what the reader starred, and
//! never a mark: who deleted their words did not delete what the reader did with them.

use std::collections::BTreeSet;

use pepites_core::model::SourceId;
use rusqlite::{Connection, params};

use super::StillThere;
use crate::{error::Trouble, retention::DROP};

/// A date that was made up says nothing of when a post was there. Nor does the very moment at which the page ends: of
/// several posts of one second, some may stand on the page before it.
const KEPT_OF_THAT_TIME: &str = "
    SELECT id, story FROM posts LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.source = ?1 AND published > ?2 AND dated AND marks.starred IS NULL";

/// What the reader never touched, if it was a mistake of the server, comes again. What was read or skipped does not: it
/// would come without its mark.
const FORGET: &str = "
    DELETE FROM post_identities
    WHERE post = ?1 AND NOT EXISTS (
        SELECT 1 FROM marks WHERE marks.post = ?1 AND (read IS NOT NULL OR skipped IS NOT NULL))";

/// What is known of `source` since then and is not there any more goes.
pub(super) fn drop_posts(library: &Connection, source: SourceId, whole: &StillThere) -> Result<(), Trouble> {
    let there: BTreeSet<i64> = whole.identities.iter().copied().collect();
    let mut statement = library.prepare_cached(KEPT_OF_THAT_TIME)?;
    let kept = statement.query_map(params![source.0, whole.since.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let kept: Vec<(i64, Option<i64>)> = kept.collect::<Result<_, _>>()?;
    for (post, story) in kept {
        if identities(library, post)?.iter().any(|identity| there.contains(identity)) {
            continue;
        }
        library.prepare_cached(FORGET)?.execute([post])?;
        for sql in DROP {
            library.prepare_cached(sql)?.execute([post])?;
        }
        library
            .prepare_cached("DELETE FROM stories WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM posts WHERE story = ?1)")?
            .execute([story])?;
    }
    Ok(())
}

fn identities(library: &Connection, post: i64) -> Result<Vec<i64>, Trouble> {
    let mut statement = library.prepare_cached("SELECT hash FROM post_identities WHERE post = ?1")?;
    let identities = statement.query_map([post], |row| row.get(0))?;
    Ok(identities.collect::<Result<_, _>>()?)
}
