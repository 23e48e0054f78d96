//! Gives the figures of all sources together over a span of days, from months where they are whole and days at the ends.

use rusqlite::Connection;

use super::{FIGURES, Tally, tally};
use crate::{Store, StoreError, error::Trouble};

impl Store {
    /// Everything together from day `first` to day `last`.
    pub fn trend_sum(&self, first: i64, last: i64) -> Result<Tally, StoreError> {
        self.read(|library| sum(library, "trend_days WHERE day BETWEEN ?1 AND ?2", first, last))
    }

    /// Everything together in the months from `first` to `last` (202611).
    pub fn trend_sum_of_months(&self, first: i64, last: i64) -> Result<Tally, StoreError> {
        self.read(|library| sum(library, "trend_months WHERE month BETWEEN ?1 AND ?2", first, last))
    }
}

fn sum(library: &Connection, of: &str, first: i64, last: i64) -> Result<Tally, Trouble> {
    let summed: Vec<String> = FIGURES.split(',').map(|figure| format!("coalesce(sum({}), 0)", figure.trim())).collect();
    let mut statement = library.prepare_cached(&format!("SELECT {} FROM {of}", summed.join(", ")))?;
    let mut rows = statement.query([first, last])?;
    Ok(match rows.next()? {
        Some(row) => tally(row, 0)?,
        None => Tally::default(),
    })
}
