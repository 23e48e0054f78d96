//! What a visit to a source brought, kept in one transaction with its posts.

use pepites_core::{
    model::{Moment, Phrase, Post, Quiet, SourceId, Validators},
    schedule,
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Store, StoreError, bodies::Packer, error::Trouble, store::Durability};

mod incoming;
mod rows;
mod taken_back;
#[cfg(test)]
mod tests;
mod words;

use incoming::{Arrival, keep_posts};
use words::Words;

/// One visit.
#[derive(Clone, Debug)]
pub struct Visited {
    /// Of which source.
    pub source: SourceId,
    /// When it ended.
    pub at: Moment,
    /// What came of it.
    pub outcome: Outcome,
    /// What the server asked for about the next one.
    pub pace: Pace,
}
/// What the server asked for.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// `ttl`, `sy:updatePeriod`, in minutes.
    pub every_minutes: Option<u32>,
    /// `skipHours`, `skipDays`.
    pub quiet: Quiet,
    /// `Cache-Control: max-age` or `Expires`, in seconds.
    pub fresh_seconds: Option<u64>,
    /// Until when it must not be asked.
    pub hold_until: Option<Moment>,
    /// Where it says that it has moved for good (301, 308). Believed once it has said so for [`MOVE_HOLDS`].
    pub moved: Option<String>,
}
/// What came of a visit.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// 304, or the same bytes as last time. New validators are kept where they were given.
    Unchanged(Validators),
    /// Read.
    Read {
        /// Its own title.
        title: Option<String>,
        /// Its page for people.
        site: Option<String>,
        /// A small picture that stands for it.
        portrait: Option<String>,
        /// Pages that are proven to be of the same person; None where nothing was said of any.
        pages: Option<Vec<String>>,
        /// The address of its own small picture.
        icon: Option<String>,
        /// Where its feed now is, when that changed (found by discovery, moved for good).
        feed: Option<String>,
        /// For the next conditional request.
        validators: Validators,
        /// Of the body that was read.
        body_hash: Option<u64>,
        /// Its posts.
        posts: Vec<Post>,
        /// What the reader should know though all was read.
        notice: Option<Box<Phrase>>,
        /// How to tell what was taken back there.
        whole: Option<Box<StillThere>>,
    },
    /// Its server asked in the middle of the conversation to be left alone: nothing was read, and nothing is wrong.
    Held,
    /// Nothing could be had.
    Failed {
        /// Why, for the reader.
        trouble: Phrase,
        /// It answered 410.
        gone: bool,
    },
    /// There was no network: that is noted, and nothing is held against the source.
    Unreached,
}
/// All that a source has of a time: what the library keeps of that time and is not of it was taken back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StillThere {
    /// Since when.
    pub since: Moment,
    /// Identities of what is there.
    pub identities: Vec<i64>,
}
/// What was new in a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Of which source.
    pub source: SourceId,
    /// Posts seen for the first time.
    pub new: u32,
    /// Posts whose title or body changed.
    pub edited: u32,
}
/// A move for good is believed when it was still so after this long: a wrong line in a server's configuration is mended
/// within days, and a hotel's network is left. Until then the old address is asked, and leads there.
pub const MOVE_HOLDS: i64 = 2 * Moment::DAY;

/// The schedule looks at so many of a source's last posts. The limit is written out: SQLite compiles a statement anew
/// whose limit is bound.
const RECENT_POSTS: &str = "
    SELECT published FROM posts WHERE source = ?1 ORDER BY published DESC LIMIT 50";

/// What holds for every visit. A hold that was not repeated has passed.
const VISITED: &str = "
    UPDATE sources
    SET visited = ?2, next_visit = ?3, hold_until = ?4, failures = ?5, trouble = ?6, next_why = ?7, unreached = NULL
    WHERE id = ?1";

/// A source followed again that has nothing new has no backlog either: its next post is news.
const UNCHANGED: &str = "
    UPDATE sources
    SET gone = 0, first_read = coalesce(first_read, ?4), etag = coalesce(?2, etag), last_modified = coalesce(?3, last_modified)
    WHERE id = ?1";

/// The reader's own name stays, even when the source takes it for a while: a feed could erase it by calling itself the
/// same once.
const READ: &str = "
    UPDATE sources
    SET gone = 0, etag = ?2, last_modified = ?3, body_hash = ?4, every_minutes = ?5,
        title = coalesce(?6, title), site = coalesce(?7, site), portrait = coalesce(?11, portrait),
        pages = coalesce(?12, pages),
        feed = coalesce(?8, feed), first_read = coalesce(first_read, ?9),
        last_new = CASE WHEN ?10 THEN ?9 ELSE last_new END, quiet = ?13, icon = coalesce(?14, icon)
    WHERE id = ?1";

/// The first time, it is noted; the same again after long enough, it is where the feed is; otherwise, what was noted
/// goes on counting.
const MOVING: &str = "
    UPDATE sources
    SET feed = CASE WHEN moving_to = ?2 AND moving_since <= ?3 THEN ?2 ELSE feed END,
        moving_since = CASE WHEN moving_to = ?2 THEN moving_since ELSE ?4 END,
        moving_to = ?2
    WHERE id = ?1";

const SETTLED: &str = "
    UPDATE sources SET moving_to = NULL, moving_since = NULL WHERE id = ?1 AND moving_to IS NOT NULL";

impl Store {
    /// Keeps `visits` in the order given, each whole, and all in one transaction where the reader does nothing meanwhile: a
    /// mark has its turn after the visit that is being kept. Computes each next visit with `schedule::next`. A visit to a
    /// source that the library does not have is left out, and so is its [`Kept`].
    ///
    /// # Errors
    /// When the library cannot be written: the visits before the last mark are kept then, and the others are not.
    pub fn keep_visits(&self, visits: Vec<Visited>) -> Result<Vec<Kept>, StoreError> {
        let (mut all, mut left) = (Vec::with_capacity(visits.len()), visits);
        loop {
            let queue = self.queue();
            // What is lost with the power is fetched again: no wait for the disk.
            let (kept, more) = self.write_in_small_steps(Durability::Process, move |library| {
                let (mut words, mut packer) = (Words::default(), Packer::new());
                let (mut kept, mut visits) = (Vec::with_capacity(left.len()), left.into_iter());
                for visit in visits.by_ref() {
                    kept.extend(keep(library, visit, &mut words, &mut packer)?);
                    if queue.is_waited_for() {
                        break;
                    }
                }
                words.write(library)?;
                Ok((kept, visits.collect::<Vec<_>>()))
            })?;
            all.extend(kept);
            left = more;
            if left.is_empty() {
                return Ok(all);
            }
        }
    }
}

/// What the library knew of a source before the visit.
struct Before {
    /// What it called itself.
    title: String,
    failures: u32,
    trouble: Option<String>,
    every_minutes: Option<u32>,
    quiet: Quiet,
    was_read: bool,
}

fn keep(library: &Connection, visit: Visited, words: &mut Words, packer: &mut Packer) -> Result<Option<Kept>, Trouble> {
    let Visited { source, at, outcome, pace } = visit;
    let Some(before) = before(library, source)? else {
        tracing::warn!(%source, "a visit to a source that the library does not have");
        return Ok(None);
    };
    let mut kept = Kept { source, new: 0, edited: 0 };
    // What it asked for when it was last read holds until it is read again.
    let (mut every_minutes, mut quiet) = (pace.every_minutes.or(before.every_minutes), before.quiet);
    if !matches!(outcome, Outcome::Failed { .. } | Outcome::Held | Outcome::Unreached) {
        note_move(library, source, pace.moved.as_deref(), at)?;
    }
    let (failures, trouble) = match outcome {
        Outcome::Unreached => {
            library.prepare_cached("UPDATE sources SET unreached = ?2 WHERE id = ?1")?.execute([source.0, at.0])?;
            return Ok(Some(kept));
        }
        Outcome::Unchanged(validators) => {
            library.prepare_cached(UNCHANGED)?.execute(params![
                source.0,
                validators.etag,
                validators.last_modified,
                at.0
            ])?;
            (0, None)
        }
        Outcome::Read { title, site, portrait, pages, icon, feed, validators, body_hash, posts, notice, whole } => {
            let title = title.as_deref().map(str::trim).filter(|title| !title.is_empty());
            let source_title = title.unwrap_or(&before.title);
            let arrival = Arrival { source, source_title, at, backlog: !before.was_read };
            kept = keep_posts(library, arrival, posts, words, packer)?;
            if let Some(whole) = whole {
                taken_back::drop_posts(library, source, &whole)?;
            }
            (every_minutes, quiet) = (pace.every_minutes, pace.quiet);
            library.prepare_cached(READ)?.execute(params![
                source.0,
                validators.etag,
                validators.last_modified,
                body_hash.map(u64::cast_signed),
                every_minutes,
                title,
                site,
                feed,
                at.0,
                kept.new > 0,
                portrait,
                pages.as_ref().map(serde_json::to_string).transpose()?,
                quiet.bits(),
                icon,
            ])?;
            (0, notice.map(|notice| serde_json::to_string(&notice)).transpose()?)
        }
        Outcome::Held => (before.failures, before.trouble),
        Outcome::Failed { trouble, gone } => {
            if gone {
                library.prepare_cached("UPDATE sources SET gone = 1 WHERE id = ?1")?.execute([source.0])?;
            }
            (before.failures.saturating_add(1), Some(serde_json::to_string(&trouble)?))
        }
    };
    let next = schedule::next(&schedule::Visit {
        at,
        failures,
        recent: recent(library, source)?,
        every_minutes,
        fresh_seconds: pace.fresh_seconds,
        quiet,
        hold_until: pace.hold_until,
        seed: source.0,
    });
    let why = serde_json::to_string(&next.why)?;
    let hold_until = pace.hold_until.map(|until| until.0);
    library.prepare_cached(VISITED)?.execute(params![source.0, at.0, next.at.0, hold_until, failures, trouble, why])?;
    Ok(Some(kept))
}

/// A failure says nothing of a move; anything read at the old address says that there is none.
fn note_move(library: &Connection, source: SourceId, moved: Option<&str>, at: Moment) -> Result<(), Trouble> {
    match moved {
        Some(moved) => {
            library.prepare_cached(MOVING)?.execute(params![source.0, moved, at.plus(-MOVE_HOLDS).0, at.0])?
        }
        None => library.prepare_cached(SETTLED)?.execute([source.0])?,
    };
    Ok(())
}

fn before(library: &Connection, source: SourceId) -> Result<Option<Before>, Trouble> {
    let before = library
        .prepare_cached(
            "SELECT coalesce(title, ''), failures, every_minutes, quiet, first_read IS NOT NULL, trouble
             FROM sources WHERE id = ?1",
        )?
        .query_row([source.0], |row| {
            Ok(Before {
                title: row.get(0)?,
                failures: row.get(1)?,
                every_minutes: row.get(2)?,
                quiet: Quiet::from_bits(row.get::<_, Option<u32>>(3)?.unwrap_or_default()),
                was_read: row.get(4)?,
                trouble: row.get(5)?,
            })
        })
        .optional()?;
    Ok(before)
}

fn recent(library: &Connection, source: SourceId) -> Result<Vec<Moment>, Trouble> {
    let mut statement = library.prepare_cached(RECENT_POSTS)?;
    let recent = statement.query_map([source.0], |row| row.get(0).map(Moment))?;
    Ok(recent.collect::<Result<_, _>>()?)
}
