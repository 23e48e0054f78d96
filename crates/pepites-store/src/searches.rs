//! The searches that the reader keeps, by name. Kept until the reader takes them back.

use pepites_core::model::{Moment, SearchId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    Store, StoreError,
    error::{Trouble, missing},
    events::{Event, log},
    store::Durability,
};

/// A search to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSearch {
    /// What the reader calls it.
    pub name: String,
    /// What is searched, as it was typed.
    pub words: String,
    /// What it finds has a section of its own in digests.
    pub section: bool,
}

/// A search as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSearch {
    /// Its row.
    pub id: SearchId,
    /// The search.
    pub search: NewSearch,
    /// When it was made, or changed last.
    pub made: Moment,
}

const ALL: &str = "
    SELECT id, name, words, section, made FROM searches ORDER BY id";

const ONE: &str = "
    SELECT id, name, words, section, made FROM searches WHERE id = ?1";

const KEEP: &str = "
    INSERT INTO searches (name, words, section, made) VALUES (?1, ?2, ?3, ?4) RETURNING id";

const CHANGE: &str = "
    UPDATE searches SET name = ?1, words = ?2, section = ?3, made = ?4 WHERE id = ?5 RETURNING id";

impl Store {
    /// Every search that is kept, oldest first.
    pub fn searches(&self) -> Result<Vec<KeptSearch>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(ALL)?;
            let searches = statement.query_map([], kept)?;
            Ok(searches.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a search, in the place of the one `change` where there is one. Gives its row.
    pub fn keep_search(
        &self,
        change: Option<SearchId>,
        search: &NewSearch,
        now: Moment,
    ) -> Result<SearchId, StoreError> {
        let search = search.clone();
        self.write(Durability::Power, move |library| {
            let NewSearch { name, words, section } = &search;
            let id = match change {
                None => {
                    library.prepare_cached(KEEP)?.query_row(params![name, words, section, now.0], |row| row.get(0))?
                }
                Some(id) => library
                    .prepare_cached(CHANGE)?
                    .query_row(params![name, words, section, now.0, id.0], |row| row.get(0))
                    .optional()?
                    .ok_or_else(|| missing("search", id.0))?,
            };
            tell(library, &search, true, now)?;
            Ok(SearchId(id))
        })
    }

    /// Takes a search back, and gives it.
    pub fn drop_search(&self, id: SearchId, now: Moment) -> Result<KeptSearch, StoreError> {
        self.write(Durability::Power, move |library| {
            let found = library.prepare_cached(ONE)?.query_row([id.0], kept).optional()?;
            let found = found.ok_or_else(|| missing("search", id.0))?;
            library.prepare_cached("DELETE FROM searches WHERE id = ?1")?.execute([id.0])?;
            tell(library, &found.search, false, now)?;
            Ok(found)
        })
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptSearch> {
    Ok(KeptSearch {
        id: SearchId(row.get("id")?),
        search: NewSearch { name: row.get("name")?, words: row.get("words")?, section: row.get("section")? },
        made: Moment(row.get("made")?),
    })
}

fn tell(library: &Connection, search: &NewSearch, holds: bool, now: Moment) -> Result<(), Trouble> {
    let NewSearch { name, words, section } = search;
    let value = serde_json::json!({ "name": name, "words": words, "section": section, "holds": holds });
    log(library, now, &Event { what: "search", value, ..Event::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{NOW, ago, everywhere, number};

    #[test]
    fn a_search_is_kept_changed_and_taken_back() {
        everywhere(|store| {
            let search =
                |name: &str, section| NewSearch { name: name.to_owned(), words: "lima is:starred".to_owned(), section };
            let id = store.keep_search(None, &search("Lima", false), ago(1)).unwrap();
            let other = store.keep_search(None, &search("Lima", false), ago(1)).unwrap();
            assert_ne!(other, id, "two of the same name are two");
            store.drop_search(other, NOW).unwrap();
            assert_eq!(store.searches().unwrap(), [KeptSearch { id, search: search("Lima", false), made: ago(1) }]);
            assert_eq!(store.keep_search(Some(id), &search("Peru", true), NOW).unwrap(), id);
            assert_eq!(store.drop_search(id, NOW).unwrap().search, search("Peru", true));
            assert_eq!(store.searches().unwrap(), []);
            assert!(matches!(store.drop_search(id, NOW), Err(StoreError::Missing { noun: "search", .. })));
            let again = store.keep_search(Some(id), &search("Peru", true), NOW);
            assert!(matches!(again, Err(StoreError::Missing { noun: "search", .. })));
            assert_eq!(number(store, "SELECT count(*) FROM events WHERE what = 'search'"), 5);
        });
    }
}
