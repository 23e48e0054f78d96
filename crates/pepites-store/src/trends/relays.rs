//! Gives who told a story after whom, and how much later. Never decides what a story is: grouping did.

use pepites_core::model::{Moment, PostId, SourceId};

use crate::{Store, StoreError};

/// A post whose story another source had told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relay {
    /// The post.
    pub post: PostId,
    /// Its source.
    pub source: SourceId,
    /// The post that told it first. It may have been dropped since.
    pub first: PostId,
    /// The source of that one.
    pub first_source: SourceId,
    /// Milliseconds between the two.
    pub after: i64,
}

/// Between followed sources only: what nobody tells the reader any more was not told before.
const RELAYS: &str = "
    SELECT post, source, first, first_source, after FROM relays
    WHERE published >= ?1 AND published < ?2
      AND source IN (SELECT id FROM sources WHERE unfollowed IS NULL)
      AND first_source IN (SELECT id FROM sources WHERE unfollowed IS NULL)
    ORDER BY published, post";

/// From the index alone, for what is counted and not named.
const COUNTS: &str = "
    SELECT source, first_source, count(*) FROM relays
    WHERE published >= ?1 AND published < ?2
      AND source IN (SELECT id FROM sources WHERE unfollowed IS NULL)
      AND first_source IN (SELECT id FROM sources WHERE unfollowed IS NULL)
    GROUP BY source, first_source";

impl Store {
    /// Relays published since `since` and before `until`, oldest first.
    pub fn relays(&self, since: Moment, until: Moment) -> Result<Vec<Relay>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(RELAYS)?;
            let rows = statement.query_map([since.0, until.0], |row| {
                Ok(Relay {
                    post: PostId(row.get(0)?),
                    source: SourceId(row.get(1)?),
                    first: PostId(row.get(2)?),
                    first_source: SourceId(row.get(3)?),
                    after: row.get(4)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// How many of its posts each source told after which other, by source.
    pub fn relay_counts(&self, since: Moment, until: Moment) -> Result<Vec<(SourceId, SourceId, u64)>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(COUNTS)?;
            let rows = statement.query_map([since.0, until.0], |row| {
                let count: i64 = row.get(2)?;
                Ok((SourceId(row.get(0)?), SourceId(row.get(1)?), count.unsigned_abs()))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
