//! Gives the figures of all sources together day by day; keeps what reading takes at the reader's pace.

use super::{FIGURES, Tally, came::rows, counted, tally};
use crate::{Store, StoreError, store::Durability};

/// A day of all sources together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// Days since 1970-01-01 where the reader was.
    pub day: i64,
    /// What there was.
    pub tally: Tally,
    /// What reading the posts opened or marked read one by one on that day took, in seconds, as it was then.
    pub read_seconds: u64,
}

/// What changes where each kept post takes as long as another pace says. What was dropped keeps the pace of its day.
const PACED: &str = "
    INSERT INTO trend_days (day, source, seconds)
    SELECT max(0, published + coalesce((SELECT offset_minutes FROM zones WHERE since <= published
                                        ORDER BY since DESC LIMIT 1), 0) * 60000) / 86400000,
           source,
           sum(max(10, (words * 60 + ?1 - 1) / ?1) - max(10, (words * 60 + ?2 - 1) / ?2)) AS change
    FROM posts WHERE dated OR NOT backlog
    GROUP BY 1, 2 HAVING change <> 0
    ON CONFLICT (day, source) DO UPDATE SET seconds = seconds + excluded.seconds";

impl Store {
    /// Every day of which there is a figure, in order.
    pub fn trend_totals(&self) -> Result<Vec<Total>, StoreError> {
        let sql =
            format!("SELECT day, {FIGURES}, read_seconds FROM trend_totals WHERE day BETWEEN ?1 AND ?2 ORDER BY day");
        self.read(|library| {
            rows(library, &sql, [i64::MIN, i64::MAX], |row| {
                Ok(Total { day: row.get(0)?, tally: tally(row, 1)?, read_seconds: counted(row, 15)? })
            })
        })
    }

    /// Counts the time that posts take at this many words a minute, from now on and for every post that is kept.
    pub fn set_pace(&self, words_per_minute: u32) -> Result<(), StoreError> {
        let is = |library: &rusqlite::Connection| -> Result<u32, crate::error::Trouble> {
            let mut statement = library.prepare_cached("SELECT words_per_minute FROM reading_pace")?;
            Ok(statement.query_row([], |row| row.get(0))?)
        };
        if self.read(is)? == words_per_minute {
            return Ok(());
        }
        self.write(Durability::Process, move |library| {
            let before = is(library)?;
            library.prepare_cached(PACED)?.execute([words_per_minute, before])?;
            library.prepare_cached("UPDATE reading_pace SET words_per_minute = ?1")?.execute([words_per_minute])?;
            Ok(())
        })
    }
}
