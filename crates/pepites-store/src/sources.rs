//! Sources and their folders.

use pepites_core::model::{Address, Folder, Mode, Moment, Phrase, Source, SourceId, Validators};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    Store, StoreError,
    error::{Trouble, missing},
    modes,
};

mod changes;
pub(crate) use changes::{add, come_back, drop_empty_folders, leave, put_elsewhere, put_into};
#[cfg(test)]
mod tests;

/// Something to follow.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSource {
    /// Where it is.
    pub address: Address,
    /// Where its feed was found, when that is known to be elsewhere.
    pub feed: Option<String>,
    /// The title it gives itself, when known.
    pub title: Option<String>,
    /// The reader's own name for it (an imported title).
    pub name: Option<String>,
    /// Its page for people.
    pub site: Option<String>,
    /// Every folder it goes into.
    pub folders: Vec<Folder>,
}

/// What became of a [`NewSource`].
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// Its row.
    pub id: SourceId,
    /// It was followed before this call (or earlier in it).
    pub already: bool,
    /// Folders that it was put into by this call, when it was already followed.
    pub folders_added: u32,
}

/// What a source holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceCounts {
    /// Posts kept.
    pub posts: u32,
    /// Of these, neither read nor skipped, nor relays of a story read, and not held back by the mode of the source.
    pub unread: u32,
    /// Of these, starred.
    pub starred: u32,
    /// Posts that arrived in the last 30 days and were published in them.
    pub posts_30d: u32,
}

/// What "the last 30 days" are, everywhere in this crate.
pub(crate) const MONTH: i64 = 30 * Moment::DAY;

/// In the order in which [`whole`] takes them.
const SOURCE: &str = "
    SELECT id, kind, locator, feed, title, name, site, portrait, added, etag, last_modified, body_hash,
           visited, unreached, last_new, next_visit, hold_until, gone, failures, trouble, next_why,
           full_text, login, icon, preferred IS NOT NULL AS preferred, mode
    FROM sources";

const FOLDERS: &str = "
    SELECT path FROM source_folders JOIN folders ON folders.id = folder
    WHERE source = ?1 ORDER BY place";

/// Marks outlive the posts that the keep rule dropped: only those of kept posts count, and starred ones are never
/// dropped. By indexes alone: a window shows this when it opens, and asking each of a million marks for its post took
/// seconds.
const COUNTS: &str = "
    SELECT sources.id,
           (SELECT count(*) FROM posts WHERE posts.source = sources.id),
           (SELECT count(*) FROM marks INDEXED BY marks_settled
            WHERE marks.source = sources.id AND dropped = 0
              AND (read IS NOT NULL OR skipped IS NOT NULL OR relay IS NOT NULL)),
           coalesce(stars.starred, 0),
           (SELECT count(*) FROM posts
            WHERE posts.source = sources.id AND published >= ?1 AND arrived >= ?1),
           mode
    FROM sources
    LEFT JOIN (
        SELECT source, count(*) AS starred FROM marks WHERE starred IS NOT NULL GROUP BY source
    ) AS stars ON stars.source = sources.id
    WHERE unfollowed IS NULL
    ORDER BY sources.id";

impl Store {
    /// Every followed source, by id.
    pub fn sources(&self) -> Result<Vec<Source>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(&format!("{SOURCE} WHERE unfollowed IS NULL ORDER BY id"))?;
            let mut rows = statement.query([])?;
            let mut sources = Vec::new();
            while let Some(row) = rows.next()? {
                sources.push(whole(library, row)?);
            }
            Ok(sources)
        })
    }

    /// One source, followed or not.
    pub fn source(&self, id: SourceId) -> Result<Source, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(&format!("{SOURCE} WHERE id = ?1"))?;
            let mut rows = statement.query([id.0])?;
            let row = rows.next()?.ok_or_else(|| missing("source", id))?;
            whole(library, row)
        })
    }

    /// Counts of every followed source, in the order of [`Store::sources`].
    pub fn source_counts(&self, now: Moment) -> Result<Vec<(SourceId, SourceCounts)>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(COUNTS)?;
            let mut rows = statement.query([now.plus(-MONTH).0])?;
            let mut counts = Vec::new();
            while let Some(row) = rows.next()? {
                let (source, posts, settled) = (SourceId(row.get(0)?), row.get(1)?, row.get(2)?);
                let mode = Mode::from_kept(row.get_ref(5)?.as_str_or_null().map_err(rusqlite::Error::from)?);
                let unread = modes::unread(library, source, mode, u32::saturating_sub(posts, settled))?;
                counts.push((source, SourceCounts { posts, unread, starred: row.get(3)?, posts_30d: row.get(4)? }));
            }
            Ok(counts)
        })
    }
}

/// Its folders as they are now, in the order in which it was put into them.
pub(crate) fn folders_of(library: &Connection, source: i64) -> Result<Vec<Folder>, Trouble> {
    let mut statement = library.prepare_cached(FOLDERS)?;
    let mut rows = statement.query([source])?;
    let mut folders = Vec::new();
    while let Some(row) = rows.next()? {
        folders.push(Folder(serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?));
    }
    Ok(folders)
}

/// By the place of each column in [`SOURCE`]: by name, each of 2,000 rows would look up 26 names.
fn whole(library: &Connection, row: &Row<'_>) -> Result<Source, Trouble> {
    let id: i64 = row.get(0)?;
    let locator: String = row.get(2)?;
    let title: Option<String> = row.get(4)?;
    let name: Option<String> = row.get(5)?;
    let trouble: Option<String> = row.get(19)?;
    let next_why: Option<String> = row.get(20)?;
    let phrase = |json: Option<String>| json.map(|json| serde_json::from_str::<Phrase>(&json)).transpose();
    let body_hash: Option<i64> = row.get(11)?;
    let moment = |column: usize| row.get::<_, Option<i64>>(column).map(|at| at.map(Moment));
    Ok(Source {
        id: SourceId(id),
        feed: row.get(3)?,
        // A name that says only what the source says of itself is shown as none, and kept: the title may change later.
        name: name.filter(|name| title.as_ref() != Some(name)),
        title: title.unwrap_or_else(|| locator.clone()),
        address: Address { kind: row.get(1)?, locator },
        site: row.get(6)?,
        portrait: row.get(7)?,
        folders: folders_of(library, id)?,
        added: Moment(row.get(8)?),
        validators: Validators { etag: row.get(9)?, last_modified: row.get(10)? },
        body_hash: body_hash.map(i64::cast_unsigned),
        visited: moment(12)?,
        unreached: moment(13)?,
        last_new: moment(14)?,
        next_visit: moment(15)?,
        hold_until: moment(16)?,
        gone: row.get(17)?,
        failures: row.get(18)?,
        trouble: phrase(trouble)?,
        next_why: phrase(next_why)?,
        full_text: row.get(21)?,
        login: row.get(22)?,
        icon: row.get(23)?,
        preferred: row.get(24)?,
        mode: Mode::from_kept(row.get_ref(25)?.as_str_or_null().map_err(rusqlite::Error::from)?),
    })
}

/// What a change looks at before it changes anything.
pub(crate) struct Known {
    pub(crate) id: i64,
    followed: bool,
    name: Option<String>,
}

/// Under the other of http and https it is the same source. A library may hold both: the one that is followed counts.
const KNOWN: &str = "
    SELECT id, unfollowed IS NULL, name FROM sources WHERE kind = ?1 AND locator IN (?2, ?3)
    ORDER BY unfollowed IS NOT NULL, locator <> ?2 LIMIT 1";

pub(crate) fn known(library: &Connection, address: &Address) -> Result<Option<Known>, Trouble> {
    let known = library
        .prepare_cached(KNOWN)?
        .query_row(params![address.kind, address.locator, address.other_spelling()], |row| {
            Ok(Known { id: row.get(0)?, followed: row.get(1)?, name: row.get(2)? })
        })
        .optional()?;
    Ok(known)
}

fn known_by_id(library: &Connection, id: SourceId) -> Result<Known, Trouble> {
    library
        .prepare_cached("SELECT id, unfollowed IS NULL, name FROM sources WHERE id = ?1")?
        .query_row([id.0], |row| Ok(Known { id: row.get(0)?, followed: row.get(1)?, name: row.get(2)? }))
        .optional()?
        .ok_or_else(|| missing("source", id))
}
