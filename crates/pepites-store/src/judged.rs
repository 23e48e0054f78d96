//! Gives what the reader made of posts, in order: what a taste is learned from.
//! Never gives what was swept away with many others: it says nothing of the post.

use pepites_core::{
    model::{Moment, SourceId},
    score::taste::Verdict,
};
use rusqlite::{Row, params, types::ValueRef};

use crate::{Store, StoreError};

#[cfg(test)]
mod tests;

/// Posts that are learned from at most, the latest: a taste changes, and a digest must not wait.
pub const MOST_JUDGED: u32 = 5_000;

/// A post shown in a digest that long ago and left alone was passed over; before, the reader may still come to it.
const PASSED_OVER_AFTER: i64 = Moment::DAY;

/// A post and what the reader made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Its title.
    pub title: String,
    /// Its first words.
    pub lead: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where.
    pub source: SourceId,
    /// Its tags.
    pub tags: Vec<String>,
    /// What was made of it.
    pub verdict: Verdict,
}

/// A star says more than a skip, and a skip more than having opened it. A story of which any telling was marked was not
/// passed over: a relay may be read in place of the face.
const JUDGED: &str = "
    SELECT title, lead, author, posts.source AS source, tags, verdict FROM (
        SELECT post, CASE WHEN starred IS NOT NULL THEN 'starred' WHEN skipped IS NOT NULL THEN 'skipped' ELSE 'read' END
                     AS verdict, coalesce(starred, skipped, read) AS at
        FROM marks
        WHERE dropped = 0
          AND (starred IS NOT NULL OR skipped IS NOT NULL OR (read IS NOT NULL AND read_how <> 'in_bulk'))
          AND coalesce(starred, skipped, read) > ?3
        UNION ALL
        SELECT face, 'passed_over', min(made)
        FROM digests CROSS JOIN digest_entries ON digest_entries.digest = digests.id
        WHERE made <= ?1 AND made > ?3 AND face NOT IN (SELECT post FROM marks)
          AND NOT EXISTS (
              SELECT 1 FROM posts AS shown
              CROSS JOIN posts AS told ON told.story = shown.story
              CROSS JOIN marks ON marks.post = told.id
              WHERE shown.id = digest_entries.face)
        GROUP BY face
        ORDER BY at DESC, post DESC LIMIT ?2
    ) AS judged CROSS JOIN posts ON posts.id = judged.post
    ORDER BY at, posts.id";

impl Store {
    /// The latest posts that the reader made something of after `since`, at most [`MOST_JUDGED`], oldest verdict first.
    pub fn judged(&self, since: Moment, now: Moment) -> Result<Vec<Judged>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(JUDGED)?;
            let judged = statement.query_map(params![now.plus(-PASSED_OVER_AFTER).0, MOST_JUDGED, since.0], judged)?;
            Ok(judged.collect::<Result<_, _>>()?)
        })
    }
}

fn judged(row: &Row<'_>) -> rusqlite::Result<Judged> {
    let verdict = match row.get_ref("verdict")?.as_str()? {
        "starred" => Verdict::Starred,
        "skipped" => Verdict::Skipped,
        "read" => Verdict::Read,
        _ => Verdict::PassedOver,
    };
    Ok(Judged {
        title: row.get("title")?,
        lead: row.get("lead")?,
        author: row.get("author")?,
        source: SourceId(row.get("source")?),
        tags: tags(row.get_ref("tags")?),
        verdict,
    })
}

/// The tags of a post; none where they cannot be read.
pub(crate) fn tags(column: ValueRef<'_>) -> Vec<String> {
    column.as_str().ok().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}
