//! Which sources are one person, and what the reader said of it: kept for ever, taken back at will.

use std::collections::BTreeMap;

use pepites_core::model::{Moment, SourceId};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use crate::{
    Store, StoreError,
    error::{Trouble, missing},
    events::{Event, log},
    facts::people::{COLUMNS, first_of_each, known, ties},
    store::Durability,
};

/// What the reader said of two sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The one that was followed first.
    pub one: SourceId,
    /// The other.
    pub other: SourceId,
    /// They are one person; else they are not.
    pub together: bool,
}

/// Who is one person, among what is followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// The sources of each person who has several, by the first.
    pub together: Vec<Vec<SourceId>>,
    /// What the reader said of followed sources, their last word first.
    pub said: Vec<Tie>,
}

impl Store {
    /// Which followed sources are one person.
    pub fn people(&self) -> Result<People, StoreError> {
        self.read(|library| {
            let mut statement = library
                .prepare_cached(&format!("SELECT {COLUMNS} FROM sources WHERE unfollowed IS NULL ORDER BY id"))?;
            let all = statement.query_map([], known)?.collect::<Result<Vec<_>, _>>()?;
            let said = ties(library)?;
            let mut people: BTreeMap<i64, Vec<SourceId>> = BTreeMap::new();
            for (source, first) in first_of_each(&all, &said) {
                people.entry(first).or_default().push(SourceId(source));
            }
            let is_followed = |source: SourceId| all.iter().any(|known| known.source == source.0);
            let said = said.into_iter().filter(|tie| is_followed(tie.one) && is_followed(tie.other)).collect();
            Ok(People { together: people.into_values().filter(|sources| sources.len() > 1).collect(), said })
        })
    }

    /// Keeps what the reader says of two sources: one person, two, or (None) nothing any more. Gives what they had said
    /// before, so that it can be taken back.
    pub fn tie(
        &self,
        one: SourceId,
        other: SourceId,
        together: Option<bool>,
        now: Moment,
    ) -> Result<Option<bool>, StoreError> {
        self.write(Durability::Power, move |library| {
            let (one, other) = (one.min(other), one.max(other));
            let names = [address(library, one)?, address(library, other)?];
            let before = library
                .prepare_cached("SELECT together FROM person_verdicts WHERE one = ?1 AND other = ?2")?
                .query_row(params![one.0, other.0], |row| row.get(0))
                .optional()?;
            match together {
                Some(together) => library
                    .prepare_cached(
                        "INSERT OR REPLACE INTO person_verdicts (one, other, together, at) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![one.0, other.0, together, now.0])?,
                None => library
                    .prepare_cached("DELETE FROM person_verdicts WHERE one = ?1 AND other = ?2")?
                    .execute(params![one.0, other.0])?,
            };
            let [_, with] = names;
            let value = json!({ "with": with, "together": together });
            log(library, now, &Event { what: "person", source: Some(one), value, ..Event::default() })?;
            Ok(before)
        })
    }
}

/// What other devices know a source by.
fn address(library: &Connection, source: SourceId) -> Result<[String; 2], Trouble> {
    library
        .prepare_cached("SELECT kind, locator FROM sources WHERE id = ?1")?
        .query_row([source.0], |row| Ok([row.get(0)?, row.get(1)?]))
        .optional()?
        .ok_or_else(|| missing("source", source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{NOW, everywhere, follow, number};

    #[test]
    fn what_the_reader_says_of_two_sources_holds_until_they_take_it_back() {
        everywhere(|store| {
            let [ada, bo, countess] = ["ada", "bo", "countess"].map(|name| follow(store, name));
            assert_eq!(store.people().unwrap(), People::default());
            assert_eq!(store.tie(countess, ada, Some(true), NOW).unwrap(), None);
            let tie = Tie { one: ada, other: countess, together: true };
            let joined = People { together: vec![vec![ada, countess]], said: vec![tie] };
            assert_eq!(store.people().unwrap(), joined);
            assert_eq!(store.tie(ada, countess, Some(false), NOW.plus(1)).unwrap(), Some(true));
            let parted = People { together: Vec::new(), said: vec![Tie { together: false, ..tie }] };
            assert_eq!(store.people().unwrap(), parted);
            assert_eq!(store.tie(ada, countess, None, NOW.plus(2)).unwrap(), Some(false));
            assert_eq!(store.people().unwrap(), People::default());
            assert_eq!(number(store, "SELECT count(*) FROM events WHERE what = 'person'"), 3);
            store.tie(ada, bo, Some(true), NOW).unwrap();
            store.unfollow(bo, NOW).unwrap();
            assert_eq!(store.people().unwrap(), People::default(), "who left is nobody's other account");
            assert!(matches!(store.tie(ada, SourceId(99), Some(true), NOW), Err(StoreError::Missing { .. })));
        });
    }
}
