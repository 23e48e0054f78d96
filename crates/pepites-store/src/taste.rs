//! What the reader took out of their taste. What was learned itself is kept nowhere: it is learned from the marks.

use std::collections::BTreeSet;

use pepites_core::{model::Moment, score::taste::Trait};
use rusqlite::params;

use crate::{
    Store, StoreError,
    events::{Event, log},
    rules::{named, text},
    store::Durability,
};

#[cfg(test)]
mod tests;

impl Store {
    /// The traits that were taken out.
    pub fn removed_from_taste(&self) -> Result<BTreeSet<Trait>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached("SELECT kind, name FROM taste_removed")?;
            let rows =
                statement.query_map([], |row| Ok(Trait { kind: named(row, "kind")?, name: row.get("name")? }))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Takes a trait out, or (`out` is false) lets it be learned again. Gives whether that changed anything.
    pub fn remove_from_taste(&self, one: &Trait, out: bool, now: Moment) -> Result<bool, StoreError> {
        let one = one.clone();
        self.write(Durability::Power, move |library| {
            let kind = text(&one.kind)?;
            let changed = if out {
                library
                    .prepare_cached("INSERT OR IGNORE INTO taste_removed (kind, name, at) VALUES (?1, ?2, ?3)")?
                    .execute(params![kind, one.name, now.0])?
            } else {
                library
                    .prepare_cached("DELETE FROM taste_removed WHERE kind = ?1 AND name = ?2")?
                    .execute(params![kind, one.name])?
            };
            if changed > 0 {
                let value = serde_json::json!({ "kind": one.kind, "name": one.name, "out": out });
                log(library, now, &Event { what: "taste", value, ..Event::default() })?;
            }
            Ok(changed > 0)
        })
    }
}
