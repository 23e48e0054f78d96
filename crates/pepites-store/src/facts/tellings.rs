//! Takes a window, gives the tellings of every story in it, and who points at them. Never weighs them.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, Row, params};

use super::{LATE, SourceFacts, Window};
use crate::error::Trouble;

/// Every telling of every candidate, by story, oldest first. What the reader put off before the first digest of this day
/// is among them, though an earlier digest showed it before that, but not what a day since had no room for; and what the
/// reader's word made a story of its own, until a digest of a day could show it. Of a story that was read, what is news of
/// it or was marked unread may enter. A digest that nobody looked at showed nothing.
/// The indexes are named because the union tempts SQLite to read every story of the library in order.
const TELLINGS: &str = "
    WITH offered AS MATERIALIZED (
        SELECT digest_left_out.story, (SELECT min(made) FROM digests AS first WHERE first.day = digests.day) AS first
        FROM digests CROSS JOIN digest_left_out ON digest_left_out.digest = digests.id
        WHERE day <> ?3 AND opened IS NOT NULL
          AND made > (SELECT min(put_off) FROM marks WHERE put_off IS NOT NULL)
    ),
    awaited AS MATERIALIZED (
        SELECT story, max(put_off) AS since FROM marks CROSS JOIN posts ON posts.id = marks.post
        WHERE put_off IS NOT NULL AND story IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM digests WHERE day = ?3 AND made <= marks.put_off)
          AND NOT EXISTS (SELECT 1 FROM offered WHERE offered.story = posts.story AND first > marks.put_off)
        GROUP BY story
    ),
    free AS MATERIALIZED (
        SELECT story FROM freed CROSS JOIN posts ON posts.id = freed.post
        WHERE story IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM digests WHERE day <> ?3 AND made > freed.at AND opened IS NOT NULL)
    ),
    inside AS MATERIALIZED (
        SELECT story FROM posts INDEXED BY posts_published JOIN sources ON sources.id = posts.source
        WHERE published >= ?1 AND (dated OR NOT backlog OR ?5) AND story IS NOT NULL AND sources.unfollowed IS NULL
          AND sources.mode IS NOT 'muted'
        UNION
        SELECT story FROM posts NOT INDEXED JOIN sources ON sources.id = posts.source
        WHERE posts.id > ?2 AND published >= ?6 AND backlog = 0 AND story IS NOT NULL AND sources.unfollowed IS NULL
          AND sources.mode IS NOT 'muted'
        UNION SELECT story FROM awaited UNION SELECT story FROM free
    )
    SELECT posts.story, posts.id, posts.source, posts.published, posts.page, posts.untitled,
           sources.unfollowed IS NULL AND sources.mode IS NOT 'muted' AS followed,
           EXISTS (SELECT 1 FROM marks WHERE marks.post = posts.id AND marks.relay IS NOT NULL) AS relay,
           awaited.since IS NOT NULL AS put_off
    FROM inside
    CROSS JOIN stories ON stories.id = inside.story
    CROSS JOIN posts ON posts.story = inside.story
    CROSS JOIN sources ON sources.id = posts.source
    LEFT JOIN awaited ON awaited.story = inside.story
    WHERE ((?7 OR (stories.read IS NULL AND stories.skipped IS NULL AND NOT EXISTS (
              SELECT 1 FROM posts AS told CROSS JOIN marks ON marks.post = told.id
              WHERE told.story = inside.story AND (marks.read IS NOT NULL OR marks.skipped IS NOT NULL)))
            OR (stories.skipped IS NULL AND EXISTS (
                  SELECT 1 FROM posts AS told CROSS JOIN marks ON marks.post = told.id
                  WHERE told.story = inside.story AND marks.read IS NULL AND marks.skipped IS NULL AND marks.relay IS NULL)
                AND NOT EXISTS (
                  SELECT 1 FROM posts AS told CROSS JOIN marks ON marks.post = told.id
                  WHERE told.story = inside.story AND marks.skipped IS NOT NULL)))
           AND NOT EXISTS (
              SELECT 1 FROM digest_entries CROSS JOIN digests ON digests.id = digest_entries.digest
              WHERE digest_entries.story = inside.story AND (digests.day <> ?3 OR ?4) AND opened IS NOT NULL
                AND digests.made > coalesce(awaited.since, -1)))
       OR (stories.skipped IS NULL AND EXISTS (
              SELECT 1 FROM posts AS told LEFT JOIN marks ON marks.post = told.id
              WHERE told.story = inside.story AND told.news
                AND marks.read IS NULL AND marks.skipped IS NULL AND marks.relay IS NULL
                AND NOT EXISTS (
                    SELECT 1 FROM digest_entries CROSS JOIN digests ON digests.id = digest_entries.digest
                    WHERE digest_entries.story = inside.story AND digest_entries.face = told.id
                      AND (digests.day <> ?3 OR ?4) AND opened IS NOT NULL))
           AND NOT EXISTS (
              SELECT 1 FROM posts AS told CROSS JOIN marks ON marks.post = told.id
              WHERE told.story = inside.story AND marks.skipped IS NOT NULL))
    ORDER BY posts.story, posts.published, posts.id";

/// Posts that may point at a page, looked at no further: a page that all of the web links to would take as long as
/// all others together, and is not better for the hundredth. The limit is written out: SQLite compiles a statement anew
/// whose limit is bound.
const POINTING_AT: &str = "
    SELECT post, source FROM post_links WHERE link = ?1 LIMIT 100";

/// One telling of a candidate.
pub(super) struct Telling {
    pub(super) story: i64,
    pub(super) post: i64,
    pub(super) source: i64,
    pub(super) published: i64,
    pub(super) page: Option<i64>,
    pub(super) untitled: bool,
    pub(super) followed: bool,
    /// It stays down, as another telling of its story was read.
    pub(super) relay: bool,
    pub(super) put_off: bool,
}

/// The tellings of each candidate.
pub(super) fn candidates(library: &Connection, window: &Window) -> Result<Vec<Vec<Telling>>, Trouble> {
    let after = window.after.map_or(i64::MAX, |post| post.0);
    let mut statement = library.prepare_cached(TELLINGS)?;
    let mut rows = statement.query(params![
        window.since.0,
        after,
        window.day.0,
        window.not_shown_today,
        window.undated,
        window.since.plus(-LATE).0,
        window.settled_too,
    ])?;
    let mut stories: Vec<Vec<Telling>> = Vec::new();
    while let Some(row) = rows.next()? {
        let telling = telling(row)?;
        match stories.last_mut() {
            Some(story) if story.first().is_some_and(|first| first.story == telling.story) => story.push(telling),
            _ => stories.push(vec![telling]),
        }
    }
    Ok(stories)
}

pub(super) fn telling(row: &Row<'_>) -> rusqlite::Result<Telling> {
    Ok(Telling {
        story: row.get(0)?,
        post: row.get(1)?,
        source: row.get(2)?,
        published: row.get(3)?,
        page: row.get(4)?,
        untitled: row.get(5)?,
        followed: row.get(6)?,
        relay: row.get(7)?,
        put_off: row.get(8)?,
    })
}

/// A timeline carries what stands in its author's own source too, or in an earlier timeline: that is one telling of one
/// page.
pub(super) fn carries_again(telling: &Telling, tellings: &[Telling], sources: &HashMap<i64, SourceFacts>) -> bool {
    let gathers = |source: i64| sources.get(&source).is_some_and(|facts| facts.gathers);
    let stands = |other: &Telling| {
        let same = other.followed && other.post != telling.post && other.page == telling.page;
        same && (!gathers(other.source) || other.post < telling.post)
    };
    telling.page.is_some() && gathers(telling.source) && tellings.iter().any(stands)
}

/// Posts that link to a page of the story told by another source, each with its source.
pub(super) fn pointing_at(library: &Connection, tellings: &[Telling]) -> Result<BTreeMap<i64, i64>, Trouble> {
    let mut statement = library.prepare_cached(POINTING_AT)?;
    let mut pointing = BTreeMap::new();
    for telling in tellings {
        let mut rows = statement.query([telling.page])?;
        while let Some(row) = rows.next()? {
            let (post, source): (i64, i64) = (row.get(0)?, row.get(1)?);
            if source != telling.source {
                pointing.insert(post, source);
            }
        }
    }
    Ok(pointing)
}
