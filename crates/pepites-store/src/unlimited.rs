//! Sources whose share of a digest the reader lifted.

use std::collections::BTreeSet;

use pepites_core::model::{Moment, SourceId};
use rusqlite::{OptionalExtension, params};
use serde_json::json;

use crate::{
    Store, StoreError,
    error::missing,
    events::{Event, log},
    store::Durability,
};

impl Store {
    /// Followed sources from which the reader wants everything that fits.
    pub fn unlimited(&self) -> Result<BTreeSet<SourceId>, StoreError> {
        self.read(|library| {
            let mut statement =
                library.prepare_cached("SELECT id FROM sources WHERE unlimited AND unfollowed IS NULL")?;
            let sources = statement.query_map([], |row| row.get(0).map(SourceId))?;
            Ok(sources.collect::<Result<_, _>>()?)
        })
    }

    /// How many sources are followed.
    pub fn followed(&self) -> Result<u32, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached("SELECT count(*) FROM sources WHERE unfollowed IS NULL")?;
            Ok(statement.query_row([], |row| row.get(0))?)
        })
    }

    /// Lifts the share of a source, or puts it back. On the disk when it returns.
    pub fn set_unlimited(&self, source: SourceId, on: bool, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Power, move |library| {
            let before = library
                .prepare_cached("SELECT unlimited FROM sources WHERE id = ?1")?
                .query_row([source.0], |row| row.get::<_, bool>(0))
                .optional()?;
            if before.ok_or_else(|| missing("source", source))? == on {
                return Ok(());
            }
            library
                .prepare_cached("UPDATE sources SET unlimited = ?2 WHERE id = ?1")?
                .execute(params![source.0, on])?;
            log(library, now, &Event { what: "unlimited", source: Some(source), value: json!(on), ..Event::default() })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{NOW, follow};

    #[test]
    fn a_share_is_lifted_and_put_back() {
        let store = Store::memory().unwrap();
        let (ana, ben) = (follow(&store, "ana"), follow(&store, "ben"));
        store.set_unlimited(ben, true, NOW).unwrap();
        store.set_unlimited(ben, true, NOW).unwrap();
        assert_eq!((store.unlimited().unwrap(), store.followed().unwrap()), (BTreeSet::from([ben]), 2));
        store.set_unlimited(ben, false, NOW).unwrap();
        assert_eq!(store.unlimited().unwrap(), BTreeSet::new());
        store.set_unlimited(ana, true, NOW).unwrap();
        assert!(matches!(store.set_unlimited(SourceId(99), true, NOW), Err(StoreError::Missing { .. })));
    }
}
