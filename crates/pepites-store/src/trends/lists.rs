//! Gives the posts that a figure counts, newest first. What was dropped since is counted and no longer listed.

use pepites_core::model::PostId;
use rusqlite::params;

use crate::{Store, StoreError};

/// What a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Posts that came, without backlogs.
    Arrived,
    /// Faces in digests.
    Digested,
    /// Of these, nuggets.
    Nuggets,
    /// What the reader did and did not take back: `read` with how (`opened`, `by_hand`), `finished`, `skipped`, …
    Done(&'static [(&'static str, Option<&'static str>)]),
}

/// On its day where the reader was then, as it was counted; no zone is a day away from Greenwich.
const ARRIVED: &str = "
    SELECT id FROM posts
    WHERE NOT backlog AND arrived >= (?1 - 1) * 86400000 AND arrived < (?2 + 2) * 86400000
      AND max(0, arrived + coalesce((SELECT offset_minutes FROM zones WHERE since <= arrived
                                     ORDER BY since DESC LIMIT 1), 0) * 60000) / 86400000 BETWEEN ?1 AND ?2
    ORDER BY arrived DESC, id DESC LIMIT ?3 OFFSET ?4";

const DIGESTED: &str = "
    SELECT face FROM digest_entries JOIN digests ON digests.id = digest_entries.digest JOIN posts ON posts.id = face
    WHERE digests.day BETWEEN date(?1 * 86400, 'unixepoch') AND date(?2 * 86400, 'unixepoch') AND (nugget OR NOT ?5)
      AND opened IS NOT NULL
    GROUP BY digests.day, digest_entries.story, face ORDER BY digests.day DESC, min(place) LIMIT ?3 OFFSET ?4";

/// What was read to its end is listed on the day of that, and not on the day that it was marked. By id, which sorts by time, within a day around what is asked for; the reader's day decides.
const DONE: &str = "
    SELECT posts.id FROM events JOIN posts ON posts.key = post_key
    WHERE value = 'true' AND (what || ':' || coalesce(how, '') IN (SELECT value FROM json_each(?5)))
      AND max(0, at + coalesce(offset_minutes, 0) * 60000) / 86400000 BETWEEN ?1 AND ?2
      AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = events.post_key AND back.what = events.what
                                                     AND back.value = 'false' AND back.id > events.id)
      AND (what <> 'read' OR how <> 'by_hand' OR NOT EXISTS (
          SELECT 1 FROM events AS ended
          WHERE ended.post_key = events.post_key AND ended.what = 'finished' AND ended.value = 'true'
            AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = events.post_key AND back.what = 'finished'
                                                           AND back.value = 'false' AND back.id > ended.id)))
    GROUP BY posts.id ORDER BY max(events.id) DESC LIMIT ?3 OFFSET ?4";

impl Store {
    /// The posts that a figure of the days from `first` to `last` counts, each once.
    pub fn listed(
        &self,
        what: Listed,
        first: i64,
        last: i64,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<PostId>, StoreError> {
        self.read(|library| {
            let ids = |row: &rusqlite::Row<'_>| row.get(0).map(PostId);
            match what {
                Listed::Arrived => {
                    let mut statement = library.prepare_cached(ARRIVED)?;
                    Ok(statement.query_map(params![first, last, limit, offset], ids)?.collect::<Result<_, _>>()?)
                }
                Listed::Digested | Listed::Nuggets => {
                    let mut statement = library.prepare_cached(DIGESTED)?;
                    let only = what == Listed::Nuggets;
                    Ok(statement
                        .query_map(params![first, last, limit, offset, only], ids)?
                        .collect::<Result<_, _>>()?)
                }
                Listed::Done(acts) => {
                    let acts: Vec<String> =
                        acts.iter().map(|(what, how)| format!("{what}:{}", how.unwrap_or_default())).collect();
                    let acts = serde_json::to_string(&acts)?;
                    let mut statement = library.prepare_cached(DONE)?;
                    Ok(statement
                        .query_map(params![first, last, limit, offset, acts], ids)?
                        .collect::<Result<_, _>>()?)
                }
            }
        })
    }
}
