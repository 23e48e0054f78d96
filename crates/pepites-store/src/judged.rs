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

/// Posts that are learned from at most, the latest: a taste changes, and a digest must not wait. So many of those that
/// the reader starred or gave to someone, and so many of all others: who stars once a week passes over thousands of
/// posts between two stars, and must not be forgotten for them.
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

/// Marks that no reader made: a star that a rule gave, and nothing else.
const STARRED_BY_A_RULE: &str = "
    starred_how IS 'rule' AND read IS NULL AND skipped IS NULL AND relay IS NULL AND put_off IS NULL
    AND finished IS NULL AND shared IS NULL";

/// A star says more than a skip, and a skip more than having opened it. A story of which any telling was marked was not
/// passed over: a relay may be read in place of the face; nor is one in a digest that nobody looked at.
/// What a rule starred says nothing.
const JUDGED: &str = "
    SELECT title, lead, author, posts.source AS source, tags, verdict FROM (
        SELECT * FROM (
            SELECT post, 'starred' AS verdict, coalesce(iif(starred_how IS 'rule', NULL, starred), shared) AS at FROM marks
            WHERE dropped = 0 AND coalesce(iif(starred_how IS 'rule', NULL, starred), shared) > ?3
            ORDER BY at DESC, post DESC LIMIT ?2)
        UNION ALL
        SELECT * FROM (
            SELECT post,
                   CASE WHEN skipped IS NOT NULL AND skipped_how IS NOT 'in_bulk' THEN 'skipped'
                        WHEN finished IS NOT NULL THEN 'finished' ELSE 'read' END AS verdict,
                   coalesce(iif(skipped_how IS 'in_bulk', NULL, skipped), read) AS at
            FROM marks
            WHERE dropped = 0 AND (starred IS NULL OR starred_how IS 'rule') AND shared IS NULL
              AND ((skipped IS NOT NULL AND skipped_how IS NOT 'in_bulk')
                   OR (read IS NOT NULL AND read_how <> 'in_bulk'))
              AND coalesce(iif(skipped_how IS 'in_bulk', NULL, skipped), read) > ?3
            UNION ALL
            SELECT face, 'passed_over', min(opened)
            FROM digests CROSS JOIN digest_entries ON digest_entries.digest = digests.id
            WHERE opened <= ?1 AND opened > ?3 AND face NOT IN (SELECT post FROM marks WHERE NOT ({STARRED_BY_A_RULE}))
              AND NOT EXISTS (
                  SELECT 1 FROM posts AS shown
                  CROSS JOIN posts AS told ON told.story = shown.story
                  CROSS JOIN marks ON marks.post = told.id
                  WHERE shown.id = digest_entries.face AND NOT ({STARRED_BY_A_RULE}))
            GROUP BY face
            ORDER BY at DESC, post DESC LIMIT ?2)
    ) AS judged CROSS JOIN posts ON posts.id = judged.post
    ORDER BY at, posts.id";

impl Store {
    /// The latest posts that the reader made something of after `since`, at most [`MOST_JUDGED`] stars and as many
    /// others, oldest verdict first.
    pub fn judged(&self, since: Moment, now: Moment) -> Result<Vec<Judged>, StoreError> {
        self.judged_at_most(MOST_JUDGED, since, now)
    }

    fn judged_at_most(&self, most: u32, since: Moment, now: Moment) -> Result<Vec<Judged>, StoreError> {
        self.read(|library| {
            let sql = JUDGED.replace("{STARRED_BY_A_RULE}", STARRED_BY_A_RULE);
            let mut statement = library.prepare_cached(&sql)?;
            let judged = statement.query_map(params![now.plus(-PASSED_OVER_AFTER).0, most, since.0], judged)?;
            Ok(judged.collect::<Result<_, _>>()?)
        })
    }
}

fn judged(row: &Row<'_>) -> rusqlite::Result<Judged> {
    let verdict = match row.get_ref("verdict")?.as_str()? {
        "starred" => Verdict::Starred,
        "skipped" => Verdict::Skipped,
        "finished" => Verdict::Finished,
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
