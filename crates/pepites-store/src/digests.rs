//! Digests, kept as they were when made.

use pepites_core::model::{Day, DigestId, Moment, PostId, StoryId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    Store, StoreError,
    error::{Trouble, missing},
    store::Durability,
};

pub(crate) mod counted;
mod older;
#[cfg(test)]
pub(crate) mod tests;

/// A digest to keep.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewDigest {
    pub day: Day,
    pub made: Moment,
    pub since: Moment,
    /// [`Candidates::seen`](crate::Candidates::seen) of what it was chosen from.
    pub seen: PostId,
    pub budget: String,
    pub seconds: u32,
    pub candidates: u32,
    /// Days since the digest before, where the reader was away; else 0.
    pub away: u32,
    /// Posts that came in those days.
    pub posts: u32,
    /// Stories that the reader's rules kept out.
    pub muted: u32,
    /// The reader sees it as it is made; else it is prepared for them, and shows nothing yet.
    pub opened: bool,
    pub entries: Vec<EntryRow>,
    /// Best first. All are counted, the first [`LEFT_OUT_KEPT`] are kept.
    pub left_out: Vec<LeftOutRow>,
}
/// One story that a digest left out.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOutRow {
    /// The story.
    pub story: StoryId,
    /// Its face.
    pub face: PostId,
    /// Why, in JSON; None in digests that were made before that was kept.
    pub why: Option<String>,
}
/// When a digest need not be kept: another process made one in the meantime that will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unless {
    /// The day has an edition later than this, the last that was seen (0: none).
    pub later_than: u32,
    /// And of this budget, where the reader asked for one.
    pub budget: Option<String>,
}
/// Of what a digest left out, so much can be looked at later: more than anybody scrolls through. A first digest of a
/// million posts would else keep as many rows, each day anew.
pub const LEFT_OUT_KEPT: usize = 3_000;
/// One story in a digest.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// The story.
    pub story: StoryId,
    /// Its face.
    pub face: PostId,
    /// Every post that the entry shows, face first.
    pub posts: Vec<PostId>,
    /// It was marked as a nugget.
    pub nugget: bool,
    /// The entry as it was made, in JSON: words, parts, reasons, relays.
    pub snapshot: String,
}
/// A digest in a list.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct DigestLine {
    pub id: DigestId,
    pub day: Day,
    pub edition: u32,
    pub made: Moment,
    pub since: Moment,
    pub seen: PostId,
    pub budget: String,
    pub seconds: u32,
    pub stories: u32,
    pub nuggets: u32,
    pub left_out: u32,
    pub away: u32,
    pub posts: u32,
    /// Stories that the reader's rules kept out.
    pub muted: u32,
    /// When the reader first saw it; None: it was prepared, and nobody looked yet.
    pub opened: Option<Moment>,
}
/// A digest, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptDigest {
    /// Its line.
    pub line: DigestLine,
    /// Its entries in reading order.
    pub entries: Vec<EntryRow>,
}
const KEEP: &str = "
    INSERT INTO digests (day, edition, made, since, seen, budget, seconds, candidates, stories, nuggets, left_out, away,
                         posts, muted, opened)
    SELECT ?1, coalesce(max(edition), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, iif(?14, ?2, NULL)
    FROM digests WHERE day = ?1";

/// A story that was put off and then shown on a later day has had its place; or its chance, where that day had no room
/// for all that was put off. A day that began before it was put off was none.
const HAD_ITS_PLACE: &str = "
    UPDATE marks SET put_off = NULL
    WHERE put_off IS NOT NULL AND EXISTS (
        SELECT 1 FROM posts CROSS JOIN digest_entries ON digest_entries.story = posts.story
                 CROSS JOIN digests ON digests.id = digest_entries.digest
        WHERE posts.id = marks.post AND digests.made > marks.put_off AND digests.day < ?1 AND opened IS NOT NULL
        UNION ALL
        SELECT 1 FROM digests CROSS JOIN digest_left_out ON digest_left_out.digest = digests.id
        WHERE digests.day < ?1 AND opened IS NOT NULL
          AND digest_left_out.story = (SELECT story FROM posts WHERE posts.id = marks.post)
          AND marks.put_off < (SELECT min(made) FROM digests AS first WHERE first.day = digests.day))";

/// Since when it was seen stays as it is.
const OPEN: &str = "
    UPDATE digests SET opened = ?2 WHERE id = ?1 AND opened IS NULL";

const KEEP_ENTRY: &str = "
    INSERT INTO digest_entries (digest, place, story, face, source, nugget, snapshot)
    VALUES (?1, ?2, ?3, ?4, (SELECT source FROM posts WHERE id = ?4), ?5, ?6)";

const LINE: &str = "
    SELECT id, day, edition, made, since, seen, budget, seconds, stories, nuggets, left_out, away, posts,
           muted, opened
    FROM digests";

/// Each by its face: what the list of them shows.
const LEFT_OUT_UNREAD: &str = "
    SELECT left_out - (
        SELECT count(*) FROM digest_left_out CROSS JOIN marks ON marks.post = face
        WHERE digest = digests.id
          AND (read IS NOT NULL OR skipped IS NOT NULL OR relay IS NOT NULL OR put_off IS NOT NULL))
    FROM digests WHERE id = ?1";

impl Store {
    /// Stories that a digest left out, without those whose face was read, skipped, put off or told by another since.
    pub fn left_out_unread(&self, id: DigestId) -> Result<u32, StoreError> {
        self.read(|library| Ok(library.prepare_cached(LEFT_OUT_UNREAD)?.query_row([id.0], |row| row.get(0))?))
    }

    /// One edition of a day.
    pub fn edition_of(&self, day: &Day, edition: u32) -> Result<Option<DigestId>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached("SELECT id FROM digests WHERE day = ?1 AND edition = ?2")?;
            Ok(statement.query_row(params![day.0, edition], |row| row.get(0).map(DigestId)).optional()?)
        })
    }

    /// Keeps a digest; its edition is one more than the last of its day. With `unless`, gives the last of its day
    /// instead where that one will do: two processes that are asked at once show the same. On the disk when it returns.
    pub fn keep_digest(&self, digest: &NewDigest, unless: Option<&Unless>) -> Result<DigestId, StoreError> {
        let (digest, unless) = (digest.clone(), unless.cloned());
        // It must read the same tomorrow, whatever happens to the power.
        self.write(Durability::Power, move |library| {
            // Inside the transaction that keeps it: nobody can make one between the look and the keeping.
            if let Some(unless) = unless
                && let Some(last) = last_of(library, &digest.day)?
                && last.edition > unless.later_than
                && unless.budget.is_none_or(|budget| budget == last.budget)
            {
                return Ok(last.id);
            }
            library.prepare_cached(KEEP)?.execute(params![
                digest.day.0,
                digest.made.0,
                digest.since.0,
                digest.seen.0,
                digest.budget,
                digest.seconds,
                digest.candidates,
                count(digest.entries.len()),
                count(digest.entries.iter().filter(|entry| entry.nugget).count()),
                count(digest.left_out.len()),
                digest.away,
                digest.posts,
                digest.muted,
                digest.opened,
            ])?;
            library.prepare_cached(HAD_ITS_PLACE)?.execute([&digest.day.0])?;
            let id = DigestId(library.last_insert_rowid());
            for (place, entry) in (0..).zip(&digest.entries) {
                keep_entry(library, id, place, entry)?;
            }
            let mut left_out = library.prepare_cached(
                "INSERT INTO digest_left_out (digest, place, story, face, why) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (place, row) in (0_i64..).zip(digest.left_out.iter().take(LEFT_OUT_KEPT)) {
                left_out.execute(params![id.0, place, row.story.0, row.face.0, row.why])?;
            }
            Ok(id)
        })
    }

    /// Notes that the reader sees a digest, the first time that they do.
    pub fn open_digest(&self, id: DigestId, now: Moment) -> Result<(), StoreError> {
        let unseen = "SELECT 1 FROM digests WHERE id = ?1 AND opened IS NULL";
        if self.read(|library| Ok(library.prepare_cached(unseen)?.exists([id.0])?))? {
            self.write(Durability::Process, move |library| {
                library.prepare_cached(OPEN)?.execute(params![id.0, now.0])?;
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The latest edition of a day.
    pub fn digest_of(&self, day: &Day) -> Result<Option<KeptDigest>, StoreError> {
        self.read(|library| last_of(library, day)?.map(|line| whole(library, line)).transpose())
    }

    /// One digest.
    pub fn digest(&self, id: DigestId) -> Result<KeptDigest, StoreError> {
        self.read(|library| {
            let line = library
                .prepare_cached(&format!("{LINE} WHERE id = ?1"))?
                .query_row([id.0], line)
                .optional()?
                .ok_or_else(|| missing("digest", id))?;
            whole(library, line)
        })
    }

    /// Digests, newest first.
    pub fn digests(&self, limit: u32) -> Result<Vec<DigestLine>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(&format!("{LINE} ORDER BY day DESC, edition DESC LIMIT ?1"))?;
            let lines = statement.query_map([limit], line)?;
            Ok(lines.collect::<Result<_, _>>()?)
        })
    }

    /// What a digest left out, best first, at most [`LEFT_OUT_KEPT`] of it. Posts among it may have been dropped since.
    pub fn left_out(&self, id: DigestId, limit: u32, offset: u32) -> Result<Vec<LeftOutRow>, StoreError> {
        self.read(|library| {
            if !library.prepare_cached("SELECT 1 FROM digests WHERE id = ?1")?.exists([id.0])? {
                return Err(missing("digest", id));
            }
            let mut statement = library.prepare_cached(
                "SELECT story, face, why FROM digest_left_out WHERE digest = ?1 ORDER BY place LIMIT ?2 OFFSET ?3",
            )?;
            let left_out = statement.query_map(params![id.0, limit, offset], |row| {
                Ok(LeftOutRow { story: StoryId(row.get(0)?), face: PostId(row.get(1)?), why: row.get(2)? })
            })?;
            Ok(left_out.collect::<Result<_, _>>()?)
        })
    }

    /// Why stories are among what a digest left out, as it was kept, and how many for each.
    pub fn left_out_whys(&self, id: DigestId) -> Result<Vec<(Option<String>, u32)>, StoreError> {
        self.read(|library| {
            let sql = "SELECT why, count(*) FROM digest_left_out WHERE digest = ?1 GROUP BY why ORDER BY min(place)";
            let mut statement = library.prepare_cached(sql)?;
            let whys = statement.query_map([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(whys.collect::<Result<_, _>>()?)
        })
    }
}

fn last_of(library: &Connection, day: &Day) -> Result<Option<DigestLine>, Trouble> {
    let last = library
        .prepare_cached(&format!("{LINE} WHERE day = ?1 ORDER BY edition DESC LIMIT 1"))?
        .query_row([&day.0], line)
        .optional()?;
    Ok(last)
}

fn keep_entry(library: &Connection, digest: DigestId, place: i64, entry: &EntryRow) -> Result<(), Trouble> {
    library.prepare_cached(KEEP_ENTRY)?.execute(params![
        digest.0,
        place,
        entry.story.0,
        entry.face.0,
        entry.nugget,
        entry.snapshot
    ])?;
    let mut shown =
        library.prepare_cached("INSERT INTO digest_posts (digest, place, turn, post) VALUES (?1, ?2, ?3, ?4)")?;
    for (turn, post) in (0_i64..).zip(&entry.posts) {
        shown.execute(params![digest.0, place, turn, post.0])?;
    }
    Ok(())
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn line(row: &Row<'_>) -> rusqlite::Result<DigestLine> {
    Ok(DigestLine {
        id: DigestId(row.get("id")?),
        day: Day(row.get("day")?),
        edition: row.get("edition")?,
        made: Moment(row.get("made")?),
        since: Moment(row.get("since")?),
        seen: PostId(row.get("seen")?),
        budget: row.get("budget")?,
        seconds: row.get("seconds")?,
        stories: row.get("stories")?,
        nuggets: row.get("nuggets")?,
        left_out: row.get("left_out")?,
        away: row.get("away")?,
        posts: row.get("posts")?,
        muted: row.get("muted")?,
        opened: row.get::<_, Option<i64>>("opened")?.map(Moment),
    })
}

fn whole(library: &Connection, line: DigestLine) -> Result<KeptDigest, Trouble> {
    let mut posts =
        library.prepare_cached("SELECT post FROM digest_posts WHERE digest = ?1 AND place = ?2 ORDER BY turn")?;
    let mut statement = library.prepare_cached(
        "SELECT place, story, face, nugget, snapshot FROM digest_entries WHERE digest = ?1 ORDER BY place",
    )?;
    let mut rows = statement.query([line.id.0])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let place: i64 = row.get("place")?;
        entries.push(EntryRow {
            story: StoryId(row.get("story")?),
            face: PostId(row.get("face")?),
            posts: posts.query_map([line.id.0, place], |row| row.get(0).map(PostId))?.collect::<Result<_, _>>()?,
            nugget: row.get("nugget")?,
            snapshot: row.get("snapshot")?,
        });
    }
    Ok(KeptDigest { line, entries })
}
