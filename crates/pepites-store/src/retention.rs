//! How long posts are kept, and what the library weighs.

use std::collections::BTreeSet;

use pepites_core::model::Moment;
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Store, StoreError,
    error::Trouble,
    sources::MONTH,
    store::{Durability, page_size},
};

#[cfg(test)]
mod tests;

/// How long posts are kept. Starred posts are kept for ever whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct KeepRule {
    /// Read or skipped posts, in days from their arrival; None: for ever.
    pub read_days: Option<u32>,
    /// Unread posts, in days from their arrival; None: for ever.
    pub unread_days: Option<u32>,
}
/// What was dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trimmed {
    /// Posts.
    pub posts: u32,
}
/// What the library weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Size {
    pub bytes: u64,
    pub posts: u64,
    pub sources: u64,
    pub starred: u64,
}
/// Posts dropped in one transaction: a mark that the reader makes meanwhile waits for one of them.
const AT_ONCE: usize = 500;

/// Bytes given back to the disk in one transaction, in whole pages.
const BYTES_AT_ONCE: i64 = 4_000_000;

/// Free pages are filled again by the next refreshes: they go back to the disk only when they are this share of the
/// file, as after a change of the rule.
const FREE_SHARE: i64 = 4;

/// Read or skipped, and arrived before `?1`.
const SETTLED: &str = "
    SELECT posts.id FROM marks JOIN posts ON posts.id = marks.post
    WHERE (marks.read IS NOT NULL OR marks.skipped IS NOT NULL) AND posts.arrived < ?1";

/// Neither, nor put off until the next digest, and arrived before `?1`.
const UNREAD: &str = "
    SELECT posts.id FROM posts LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.arrived < ?1 AND marks.read IS NULL AND marks.skipped IS NULL AND marks.put_off IS NULL";

/// Its story, if post `?1` is there and the rule still does not keep it: not starred, and arrived before `?2` (read or
/// skipped) or `?3` (neither); NULL is for ever.
const STILL_PAST: &str = "
    SELECT posts.story FROM posts LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.id = ?1 AND marks.starred IS NULL
      AND posts.arrived < CASE WHEN marks.read IS NOT NULL OR marks.skipped IS NOT NULL THEN ?2
                               WHEN marks.put_off IS NULL THEN ?3 END";

const HELD_BY_DIGESTS: &str = "
    SELECT post FROM digest_posts JOIN digests ON digests.id = digest_posts.digest WHERE made >= ?1";

/// What goes with a post. Its marks and events stay as the reader made them, and so do its identities, which name no
/// post from then on; that it was read or skipped, its story knows for the others of it. The words by which it was found go by their age (`stories.rs`): until then they lead to nothing.
pub(crate) const DROP: &[&str] = &[
    "UPDATE stories
     SET read = nullif(max(coalesce(read, 0), coalesce((SELECT marks.read FROM marks WHERE post = ?1), 0)), 0),
         skipped = nullif(max(coalesce(skipped, 0), coalesce((SELECT marks.skipped FROM marks WHERE post = ?1), 0)), 0)
     WHERE id = (SELECT story FROM posts WHERE posts.id = ?1)
       AND EXISTS (SELECT 1 FROM marks WHERE post = ?1 AND (marks.read IS NOT NULL OR marks.skipped IS NOT NULL))",
    "DELETE FROM post_words WHERE rowid = ?1",
    "DELETE FROM bodies WHERE post = ?1",
    "DELETE FROM full_texts WHERE post = ?1",
    "DELETE FROM post_links WHERE post = ?1",
    "DELETE FROM story_keys WHERE post = ?1",
    "DELETE FROM gists WHERE post = ?1",
    "DELETE FROM freed WHERE post = ?1",
    "DELETE FROM unrelated WHERE post = ?1",
    "DELETE FROM filed WHERE post = ?1",
    "DELETE FROM places WHERE post = ?1",
    "UPDATE post_identities SET post = NULL WHERE post = ?1",
    "UPDATE marks SET dropped = 1 WHERE post = ?1",
    "DELETE FROM posts WHERE id = ?1",
];

impl Store {
    /// Drops what the rule no longer keeps. A dropped post that its feed still carries does not come back as new.
    pub fn trim(&self, rule: KeepRule, now: Moment) -> Result<Trimmed, StoreError> {
        let limits = Limits::of(rule, now);
        let past = self.read(|library| past(library, limits))?;
        let mut trimmed = Trimmed::default();
        for some in past.chunks(AT_ONCE) {
            let some = some.to_vec();
            trimmed.posts += self.write(Durability::Process, move |library| drop_posts(library, limits, &some))?;
            self.let_others_write();
        }
        if trimmed.posts > 0 && !self.is_in_memory() {
            self.give_room_back()?;
        }
        Ok(trimmed)
    }

    /// Bytes on the disk (database, log, copies), posts kept, sources followed.
    pub fn size(&self) -> Result<Size, StoreError> {
        let pages = |library: &Connection| {
            library.query_row("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", [], number)
        };
        self.read(|library| {
            let count = |sql: &str| library.query_row(sql, [], number);
            Ok(Size {
                bytes: if self.is_in_memory() { pages(library)? } else { self.bytes_on_disk()? },
                posts: count("SELECT count(*) FROM posts")?,
                sources: count("SELECT count(*) FROM sources WHERE unfollowed IS NULL")?,
                starred: count("SELECT count(*) FROM marks WHERE starred IS NOT NULL")?,
            })
        })
    }

    fn bytes_on_disk(&self) -> Result<u64, Trouble> {
        let place = self.place();
        let told = |error: std::io::Error| Trouble::Told(place.explain_file(&error));
        let mut bytes = 0;
        for file in std::fs::read_dir(&place.folder).map_err(told)? {
            let file = file.map_err(told)?;
            let ours = file.file_name().to_str().is_some_and(|name| name.starts_with("library."));
            // A log may go away between the listing and the look at it.
            if let Ok(known) = file.metadata()
                && ours
            {
                bytes += known.len();
            }
        }
        Ok(bytes)
    }

    fn give_room_back(&self) -> Result<(), StoreError> {
        let (free, pages): (i64, i64) = self.read(|library| {
            let sql = "SELECT freelist_count, page_count FROM pragma_freelist_count, pragma_page_count";
            Ok(library.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })?;
        if free * FREE_SHARE < pages {
            return Ok(());
        }
        let mut left = free;
        while left > 0 {
            left = self.write(Durability::Process, |library| {
                let pages = BYTES_AT_ONCE / page_size(library)?;
                let mut statement = library.prepare(&format!("PRAGMA incremental_vacuum({pages})"))?;
                // A page is given back at each step.
                let mut rows = statement.query([])?;
                while rows.next()?.is_some() {}
                Ok(library.query_row("PRAGMA freelist_count", [], |row| row.get::<_, i64>(0))?)
            })?;
            self.let_others_write();
        }
        Ok(())
    }
}

fn number(row: &rusqlite::Row<'_>) -> rusqlite::Result<u64> {
    row.get(0).map(i64::cast_unsigned)
}

/// The rule at a moment.
#[derive(Clone, Copy)]
struct Limits {
    /// Read or skipped posts that arrived earlier are past; None: none is.
    settled: Option<i64>,
    /// So are the others that arrived before this.
    unread: Option<i64>,
    /// But none that a digest made since then shows.
    digests: i64,
}

impl Limits {
    fn of(rule: KeepRule, now: Moment) -> Self {
        let before = |days: Option<u32>| days.map(|days| now.plus(-i64::from(days) * Moment::DAY).0);
        Self { settled: before(rule.read_days), unread: before(rule.unread_days), digests: now.plus(-MONTH).0 }
    }
}

/// Posts that the rule no longer keeps, in order.
fn past(library: &Connection, limits: Limits) -> Result<Vec<i64>, Trouble> {
    let mut past = Vec::new();
    for (sql, before) in [(SETTLED, limits.settled), (UNREAD, limits.unread)] {
        if let Some(before) = before {
            past.extend(ids::<Vec<i64>>(library, sql, before)?);
        }
    }
    past.sort_unstable();
    let held: BTreeSet<i64> = ids(library, HELD_BY_DIGESTS, limits.digests)?;
    past.retain(|post| !held.contains(post));
    Ok(past)
}

fn ids<C: FromIterator<i64>>(library: &Connection, sql: &str, moment: i64) -> Result<C, Trouble> {
    let mut statement = library.prepare_cached(sql)?;
    let ids = statement.query_map([moment], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Drops those of `posts` that are past to this day: the reader may have starred one or marked it unread, a digest may
/// show it, another process may have dropped it since the list was made.
fn drop_posts(library: &Connection, limits: Limits, posts: &[i64]) -> Result<u32, Trouble> {
    let held: BTreeSet<i64> = ids(library, HELD_BY_DIGESTS, limits.digests)?;
    let mut dropped = 0;
    for post in posts.iter().filter(|post| !held.contains(post)) {
        let story: Option<Option<i64>> = library
            .prepare_cached(STILL_PAST)?
            .query_row(params![post, limits.settled, limits.unread], |row| row.get(0))
            .optional()?;
        let Some(story) = story else { continue };
        for sql in DROP {
            library.prepare_cached(sql)?.execute([post])?;
        }
        library
            .prepare_cached("DELETE FROM stories WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM posts WHERE story = ?1)")?
            .execute(params![story])?;
        dropped += 1;
    }
    Ok(dropped)
}
