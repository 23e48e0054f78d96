//! Gives the posts of the last weeks as a plan looks at them: what each takes, what the reader did with it, who told it
//! before. Never ranks: whether one is a nugget is asked elsewhere.

use std::collections::BTreeMap;

use pepites_core::model::{Moment, PostId, SourceId};

use crate::{Store, StoreError, facts::listening, modes::RELAYED};

/// A post of the last weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomPost {
    /// Which.
    pub post: PostId,
    /// Of which source.
    pub source: SourceId,
    /// When it was published.
    pub published: Moment,
    /// Words in it.
    pub words: u32,
    /// What listening to it takes, in seconds, where its source says so.
    pub listening: u32,
    /// The reader opened it, or marked it read by itself.
    pub read: bool,
    /// The reader starred it: what a rule stars comes all the same.
    pub starred: bool,
    /// Another source that tells the reader had told it before.
    pub relay: bool,
}

const POSTS: &str = "
    SELECT posts.id, posts.source, posts.published, words, coalesce(marks.read IS NOT NULL AND read_how <> 'in_bulk', 0),
           marks.starred IS NOT NULL AND marks.starred_how IS NOT 'rule', {RELAYED}, enclosures
    FROM posts
    LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.published >= ?1 AND posts.published <= ?2 AND (dated OR NOT backlog)
      AND posts.source IN (SELECT id FROM sources WHERE unfollowed IS NULL)
    ORDER BY posts.source, posts.published, posts.id";

impl Store {
    /// Posts of followed sources published from `since` to `until`, by source, oldest first.
    pub fn room_posts(&self, since: Moment, until: Moment) -> Result<Vec<RoomPost>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(&POSTS.replace("{RELAYED}", RELAYED))?;
            let rows = statement.query_map([since.0, until.0], |row| {
                Ok(RoomPost {
                    post: PostId(row.get(0)?),
                    source: SourceId(row.get(1)?),
                    published: Moment(row.get(2)?),
                    words: row.get(3)?,
                    read: row.get(4)?,
                    starred: row.get(5)?,
                    relay: row.get(6)?,
                    listening: listening::of(row.get_ref(7)?).0,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Posts that digests made since `since` showed to somebody who looked, and whether one did as a nugget.
    pub fn faces_shown(&self, since: Moment) -> Result<BTreeMap<PostId, bool>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(
                "SELECT face, max(nugget) FROM digests CROSS JOIN digest_entries ON digest_entries.digest = digests.id
                 WHERE made >= ?1 AND opened IS NOT NULL GROUP BY face",
            )?;
            let shown = statement.query_map([since.0], |row| Ok((PostId(row.get(0)?), row.get(1)?)))?;
            Ok(shown.collect::<Result<_, _>>()?)
        })
    }
}
