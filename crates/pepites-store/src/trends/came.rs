//! Gives what came day by day or month by month, and what the reader did with each source: rows by the hundred thousand,
//! so that only the columns that a page adds up are read.

use pepites_core::model::SourceId;
use rusqlite::{Connection, Row};

use super::counted;
use crate::{Store, StoreError, error::Trouble};

/// A piece of time, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Days since 1970-01-01 where the reader was.
    Days(i64, i64),
    /// Months (202611).
    Months(i64, i64),
}

/// What came from a source on a day or in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Came {
    /// The day or the month.
    pub when: i64,
    /// Which source.
    pub source: SourceId,
    /// Posts of these dates.
    pub published: u64,
    /// What these take, in seconds.
    pub seconds: u64,
    /// Of these, backlog.
    pub backlog: u64,
    /// Posts that came, without backlogs.
    pub arrived: u64,
}

/// What the reader had of a source on a day or in a month: those of its figures that a row of the table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acted {
    /// Which source.
    pub source: SourceId,
    /// Nuggets in digests.
    pub nuggets: u64,
    /// Posts opened.
    pub opened: u64,
    /// Posts read to their end, or marked read one by one.
    pub read: u64,
    /// Posts starred.
    pub starred: u64,
}

/// As the indexes of what was done say it: word for word, or they are not used.
const DONE: &str = "(nuggets OR opened OR finished OR by_hand OR starred)";

impl Piece {
    fn of(self) -> (&'static str, &'static str, [i64; 2]) {
        match self {
            Self::Days(first, last) => ("trend_days", "day", [first, last]),
            Self::Months(first, last) => ("trend_months", "month", [first, last]),
        }
    }
}

impl Store {
    /// What came in a piece of time, in its order.
    pub fn came(&self, piece: Piece) -> Result<Vec<Came>, StoreError> {
        let (table, when, ends) = piece.of();
        let sql = format!(
            "SELECT {when}, source, published, seconds, backlog, arrived FROM {table} WHERE {when} BETWEEN ?1 AND ?2"
        );
        self.read(|library| {
            rows(library, &sql, ends, |row| {
                let (when, source) = (row.get(0)?, SourceId(row.get(1)?));
                let [published, seconds] = [counted(row, 2)?, counted(row, 3)?];
                Ok(Came { when, source, published, seconds, backlog: counted(row, 4)?, arrived: counted(row, 5)? })
            })
        })
    }

    /// What the reader did in a piece of time, where they did something.
    pub fn acted(&self, piece: Piece) -> Result<Vec<Acted>, StoreError> {
        let (table, when, ends) = piece.of();
        let sql = format!(
            "SELECT source, nuggets, opened, finished + by_hand, starred FROM {table}
             WHERE {when} BETWEEN ?1 AND ?2 AND {DONE}"
        );
        self.read(|library| {
            rows(library, &sql, ends, |row| {
                let [nuggets, opened] = [counted(row, 1)?, counted(row, 2)?];
                let (read, starred) = (counted(row, 3)?, counted(row, 4)?);
                Ok(Acted { source: SourceId(row.get(0)?), nuggets, opened, read, starred })
            })
        })
    }

    /// Posts of each day from `first` to `last`, by source.
    pub fn published_on(&self, first: i64, last: i64) -> Result<Vec<(i64, SourceId, u64)>, StoreError> {
        let sql = "SELECT day, source, published FROM trend_days WHERE day BETWEEN ?1 AND ?2";
        self.read(|library| {
            rows(library, sql, [first, last], |row| Ok((row.get(0)?, SourceId(row.get(1)?), counted(row, 2)?)))
        })
    }
}

pub(super) fn rows<T>(
    library: &Connection,
    sql: &str,
    ends: [i64; 2],
    read: impl Fn(&Row<'_>) -> Result<T, Trouble>,
) -> Result<Vec<T>, Trouble> {
    let mut statement = library.prepare_cached(sql)?;
    let mut found = statement.query(ends)?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(read(row)?);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sealed page of figures must not read every row for the few in which something was done.
    #[test]
    fn what_was_done_is_read_from_an_index_of_its_own() {
        let store = Store::memory().unwrap();
        for (table, when) in [("trend_days", "day"), ("trend_months", "month")] {
            let sql = format!(
                "EXPLAIN QUERY PLAN SELECT source, nuggets, opened, finished + by_hand, starred FROM {table}
                 WHERE {when} BETWEEN 1 AND 2 AND {DONE}"
            );
            let plan: String = store.read(|library| Ok(library.query_row(&sql, [], |row| row.get("detail"))?)).unwrap();
            assert!(plan.contains(&format!("COVERING INDEX {table}_acted")), "{plan}");
        }
    }
}
