//! Keeps how much of a source the reader wants, one by one or as a plan that is applied and taken back whole; gives what
//! that holds back. Never drops a post: what is held back is still in the list of its source.

use pepites_core::model::{Mode, Moment, SourceId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    error::{Trouble, missing},
    events::{Event, log},
    store::Durability,
};

mod plans;
#[cfg(test)]
mod tests;

pub use plans::{Freed, KeptPlan, Wanted};

/// What a source is, or is to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Becomes {
    /// Followed so.
    Followed(Mode),
    /// Left.
    Left,
}

/// A change of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Which.
    pub source: SourceId,
    /// What it was.
    pub from: Becomes,
    /// What it became.
    pub to: Becomes,
    /// What that was to free in thirty days, as the thirty days before had it; None where nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<Promise>,
}

/// Room of thirty days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Posts that no longer come.
    pub posts: u32,
    /// What reading these takes, in seconds.
    pub seconds: u64,
}

/// The reader's day, for "at most so many a day": where the reader is now.
const OFFSET: &str = "coalesce((SELECT offset_minutes FROM zones ORDER BY since DESC LIMIT 1), 0) * 60000";

/// Whether another source had told the story of a row of `posts` before, and tells the reader: it is followed, and not
/// muted. What the reader left or muted tells them nothing, so that who told it next is the first. What was told first and
/// dropped since was told all the same.
macro_rules! relayed {
    () => {
        "EXISTS (
            SELECT 1 FROM relays WHERE relays.post = posts.id AND (
                relays.first_source IN (SELECT id FROM sources WHERE unfollowed IS NULL AND mode IS NOT 'muted')
                OR posts.source <> (
                    SELECT told.source FROM posts AS told JOIN sources AS teller ON teller.id = told.source
                    WHERE told.story = posts.story
                      AND (told.source = posts.source OR (teller.unfollowed IS NULL AND teller.mode IS NOT 'muted'))
                    ORDER BY told.published, told.id LIMIT 1)))"
    };
}

/// The same, for the queries of others.
pub(crate) const RELAYED: &str = relayed!();

/// Whether the mode of its source holds back a row of `posts`.
pub(crate) const HELD_BACK: &str = concat!(
    "
    EXISTS (
        SELECT 1 FROM sources WHERE sources.id = posts.source AND mode IS NOT NULL AND (
            mode IN ('digest', 'nuggets', 'muted')
            OR (mode = 'no_relays' AND ",
    relayed!(),
    ")
            OR (mode LIKE 'daily:%' AND CAST(substr(mode, 7) AS INTEGER) <= (
                SELECT count(*) FROM posts AS earlier
                WHERE earlier.source = posts.source
                  AND (earlier.published, earlier.id) < (posts.published, posts.id)
                  AND earlier.published >= (
                      SELECT (posts.published + zone) / 86400000 * 86400000 - zone
                      FROM (SELECT coalesce((SELECT offset_minutes FROM zones ORDER BY since DESC LIMIT 1), 0) * 60000 AS zone))))))"
);

/// How many of a source's posts its mode lets through unread, of `unread` in all.
pub(crate) fn unread(library: &Connection, source: SourceId, mode: Mode, unread: u32) -> Result<u32, Trouble> {
    match mode {
        Mode::All => Ok(unread),
        Mode::Digest | Mode::Nuggets | Mode::Muted => Ok(0),
        Mode::NoRelays => {
            let relayed: u32 = library
                .prepare_cached(concat!(
                    "SELECT count(*) FROM posts LEFT JOIN marks ON marks.post = posts.id
                     WHERE posts.source = ?1 AND marks.read IS NULL AND marks.skipped IS NULL AND ",
                    relayed!()
                ))?
                .query_row([source.0], |row| row.get(0))?;
            Ok(unread.saturating_sub(relayed))
        }
        Mode::Daily(most) => {
            let sql = format!(
                "SELECT count(*) FROM (
                     SELECT id, row_number() OVER (PARTITION BY (published + {OFFSET}) / 86400000 ORDER BY published, id) AS place
                     FROM posts WHERE source = ?1) AS placed
                 LEFT JOIN marks ON marks.post = placed.id
                 WHERE place <= ?2 AND marks.read IS NULL AND marks.skipped IS NULL"
            );
            Ok(library.prepare_cached(&sql)?.query_row((source.0, most), |row| row.get(0))?)
        }
    }
}

impl Store {
    /// Sets how much of a source the reader wants; on the disk when it returns. Gives what it was.
    pub fn set_mode(&self, source: SourceId, mode: Mode, now: Moment) -> Result<Mode, StoreError> {
        self.write(Durability::Power, move |library| {
            let before = mode_of(library, source)?;
            turn(library, source, Becomes::Followed(mode), now)?;
            Ok(before)
        })
    }
}

fn mode_of(library: &Connection, source: SourceId) -> Result<Mode, Trouble> {
    let kept: Option<Option<String>> = library
        .prepare_cached("SELECT mode FROM sources WHERE id = ?1")?
        .query_row([source.0], |row| row.get(0))
        .optional()?;
    kept.map(|kept| Mode::from_kept(kept.as_deref())).ok_or_else(|| missing("source", source))
}

/// What a source is now.
fn now_is(library: &Connection, source: SourceId) -> Result<Becomes, Trouble> {
    let left = library
        .prepare_cached("SELECT unfollowed IS NOT NULL FROM sources WHERE id = ?1")?
        .query_row([source.0], |row| row.get::<_, bool>(0))
        .optional()?
        .ok_or_else(|| missing("source", source))?;
    Ok(if left { Becomes::Left } else { Becomes::Followed(mode_of(library, source)?) })
}

/// Makes a source what it is to become, and writes into the log what changed.
fn turn(library: &Connection, source: SourceId, to: Becomes, now: Moment) -> Result<(), Trouble> {
    let is = now_is(library, source)?;
    match (is, to) {
        (Becomes::Followed(_), Becomes::Left) => crate::sources::leave(library, source, now)?,
        (Becomes::Left, Becomes::Followed(_)) => crate::sources::come_back(library, source, now)?,
        _ => {}
    }
    if let Becomes::Followed(mode) = to
        && mode_of(library, source)? != mode
    {
        library
            .prepare_cached("UPDATE sources SET mode = ?2 WHERE id = ?1")?
            .execute(params![source.0, mode.kept()])?;
        // Muted, it was asked once a day: what it has is wanted at once.
        if mode != Mode::Muted {
            library
                .prepare_cached("UPDATE sources SET next_visit = NULL WHERE id = ?1 AND ?2 = 'muted'")?
                .execute(params![source.0, matches!(is, Becomes::Followed(Mode::Muted)).then_some("muted")])?;
        }
        log(
            library,
            now,
            &Event { what: "mode", source: Some(source), value: mode.kept().into(), ..Event::default() },
        )?;
    }
    Ok(())
}
