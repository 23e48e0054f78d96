//! Gives who told a story after whom, and how much later. Never decides what a story is: grouping did.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::model::{Moment, PostId, SourceId};
use rusqlite::params;

use super::counted;
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

/// Between sources that tell the reader: what is told by nobody but one that was left or muted was not told before, and
/// who told it next is the first.
const RELAYS: &str = "
    SELECT post, source, first, first_source, after, published FROM relays
    WHERE published >= ?1 AND published < ?2
      AND source IN (SELECT id FROM sources WHERE unfollowed IS NULL)
      AND first_source IN (SELECT id FROM sources WHERE unfollowed IS NULL AND mode IS NOT 'muted')
    UNION ALL {NEXT}
    ORDER BY 6, 1";

/// Relays of what was first told by a source that tells the reader nothing, after the first that does.
const NEXT: &str = "
    SELECT relays.post, relays.source, told.id, told.source, relays.published - told.published, relays.published
    FROM relays CROSS JOIN posts ON posts.id = relays.post
    CROSS JOIN posts AS told ON told.id = (
        SELECT earlier.id FROM posts AS earlier JOIN sources AS teller ON teller.id = earlier.source
        WHERE earlier.story = posts.story
          AND (earlier.source = posts.source OR (teller.unfollowed IS NULL AND teller.mode IS NOT 'muted'))
        ORDER BY earlier.published, earlier.id LIMIT 1)
    WHERE relays.published >= ?1 AND relays.published < ?2
      AND relays.source IN (SELECT id FROM sources WHERE unfollowed IS NULL)
      AND relays.first_source NOT IN (SELECT id FROM sources WHERE unfollowed IS NULL AND mode IS NOT 'muted')
      AND told.source <> relays.source";

/// The ends of the whole months between two moments, in milliseconds and as months. Without one the first is not before
/// the second.
const WHOLE: &str = "
    SELECT low * 1000, high * 1000, CAST(strftime('%Y%m', low, 'unixepoch') AS INTEGER),
           CAST(strftime('%Y%m', high, 'unixepoch') AS INTEGER)
    FROM (SELECT unixepoch(?1 / 1000, 'unixepoch', 'start of month', '+1 month') AS low,
                 unixepoch(?2 / 1000, 'unixepoch', 'start of month') AS high)";

const COUNTS: &str = "SELECT source, first_source FROM relays WHERE published >= ?1 AND published < ?2";

const MONTHS: &str = "SELECT source, first_source, posts FROM relay_months WHERE month >= ?1 AND month < ?2";

/// The index has all of it, in order.
const LAGS: &str = "
    SELECT source, first_source, after FROM relays WHERE published >= ?1 AND published < ?2
    ORDER BY published DESC LIMIT ?3";

impl Store {
    /// Of the latest `most` relays between two moments: who told it, who had told it first, and how many milliseconds
    /// before. Where the first tells the reader nothing, the next one that does.
    pub fn relay_lags(
        &self,
        since: Moment,
        until: Moment,
        most: u32,
    ) -> Result<Vec<(SourceId, SourceId, i64)>, StoreError> {
        self.read(|library| {
            let mut telling =
                library.prepare_cached("SELECT id FROM sources WHERE unfollowed IS NULL AND mode IS NOT 'muted'")?;
            let telling: BTreeSet<i64> = telling.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let mut lags = Vec::new();
            let mut silent = false;
            let mut statement = library.prepare_cached(LAGS)?;
            let mut rows = statement.query(params![since.0, until.0, most])?;
            while let Some(row) = rows.next()? {
                let (source, first): (i64, i64) = (row.get(0)?, row.get(1)?);
                match telling.contains(&first) {
                    true => lags.push((SourceId(source), SourceId(first), row.get(2)?)),
                    false => silent = true,
                }
            }
            if silent {
                let mut statement = library.prepare_cached(NEXT)?;
                let mut rows = statement.query([since.0, until.0])?;
                while let Some(row) = rows.next()? {
                    lags.push((SourceId(row.get(1)?), SourceId(row.get(3)?), row.get(4)?));
                }
            }
            Ok(lags)
        })
    }

    /// Relays published since `since` and before `until`, oldest first.
    pub fn relays(&self, since: Moment, until: Moment) -> Result<Vec<Relay>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(&RELAYS.replace("{NEXT}", NEXT))?;
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

    /// How many of its posts each source told after which other, by source, between sources that tell the reader: from
    /// months where they are whole, from the relays themselves at the ends, and where the first tells the reader nothing.
    pub fn relay_counts(&self, since: Moment, until: Moment) -> Result<Vec<(SourceId, SourceId, u64)>, StoreError> {
        self.read(|library| {
            let mut followed =
                library.prepare_cached("SELECT id, mode IS NOT 'muted' FROM sources WHERE unfollowed IS NULL")?;
            let followed: BTreeMap<i64, bool> =
                followed.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
            // Each month is in order: sorting them together is merging them.
            let mut counts: Vec<((i64, i64), u64)> = Vec::new();
            let mut silent = false;
            let mut add = |source: i64, first: i64, posts: u64| {
                let tells = followed.get(&first) == Some(&true);
                silent |= !tells;
                if tells && followed.contains_key(&source) {
                    counts.push(((source, first), posts));
                }
            };
            let whole: Option<(i64, i64, i64, i64)> = library
                .prepare_cached(WHOLE)?
                .query_row([since.0, until.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
                .ok();
            let (mut ends, mut months) = (vec![(since.0, until.0)], None);
            if let Some((low, high, first, last)) = whole.filter(|(low, high, ..)| low < high) {
                ends = vec![(since.0, low), (high, until.0)];
                months = Some([first, last]);
            }
            for (since, until) in ends {
                let mut statement = library.prepare_cached(COUNTS)?;
                let mut rows = statement.query([since, until])?;
                while let Some(row) = rows.next()? {
                    add(row.get(0)?, row.get(1)?, 1);
                }
            }
            if let Some(months) = months {
                let mut statement = library.prepare_cached(MONTHS)?;
                let mut rows = statement.query(months)?;
                while let Some(row) = rows.next()? {
                    add(row.get(0)?, row.get(1)?, counted(row, 2)?);
                }
            }
            if silent {
                let mut statement = library.prepare_cached(NEXT)?;
                let mut rows = statement.query([since.0, until.0])?;
                while let Some(row) = rows.next()? {
                    counts.push(((row.get(1)?, row.get(3)?), 1));
                }
            }
            let told = |((source, first), posts): ((i64, i64), u64)| (SourceId(source), SourceId(first), posts);
            counts.sort_by_key(|(pair, _)| *pair);
            counts.dedup_by(|(pair, posts), (before, sum)| {
                let same = pair == before;
                if same {
                    *sum += *posts;
                }
                same
            });
            Ok(counts.into_iter().filter(|(_, posts)| *posts > 0).map(told).collect())
        })
    }
}
