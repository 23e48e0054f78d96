//! Gives every row that the reader's programs of tomorrow could want, as JSON. Never what is computed from the rest: the
//! words of the search, counts, gists.

use rusqlite::{Row, types::ValueRef};
use serde_json::{Map, Value};

use crate::{Store, StoreError, bodies, error::Trouble};

#[cfg(test)]
mod tests;

/// Tables that are computed from others: a program that reads the rest can make its own.
const COMPUTED: &[&str] = &[
    "device",
    "freed",
    "gists",
    "post_identities",
    "post_links",
    "post_words",
    "posts_turn",
    "reading_pace",
    "relay_months",
    "ruled",
    "story_keys",
    "story_words",
    "trend_days",
    "trend_hours",
    "trend_months",
    "trend_totals",
    "unrelated",
    "word_counts",
];

/// The shadow tables of the search.
const SHADOW: &str = "post_words_";

/// One row of a table: its columns by name.
pub type Dumped = Map<String, Value>;

impl Store {
    /// Tells every table and every row of it to `tell`, all of one moment, tables by name. The HTML of posts is unpacked.
    /// Ends when `tell` gives an error, with it.
    pub fn dump<E: From<StoreError>>(&self, mut tell: impl FnMut(&str, Dumped) -> Result<(), E>) -> Result<(), E> {
        // What is no trouble of the library's goes around it.
        let mut stopped = None;
        let told = self.read(|library| {
            let mut tables = library.prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
            )?;
            let tables = tables.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            for table in tables.iter().filter(|name| !COMPUTED.contains(&name.as_str()) && !name.starts_with(SHADOW)) {
                // A name from the schema, and not from anybody's hand.
                let mut statement = library.prepare(&format!("SELECT * FROM \"{table}\""))?;
                let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    if let Err(why) = tell(table, as_json(row, &names)?) {
                        stopped = Some(why);
                        return Ok(());
                    }
                }
            }
            Ok(())
        });
        match stopped {
            Some(why) => Err(why),
            None => Ok(told?),
        }
    }
}

fn as_json(row: &Row<'_>, names: &[String]) -> Result<Dumped, Trouble> {
    let packed = names.iter().any(|name| name == "packed");
    let mut object = Dumped::new();
    for (at, name) in names.iter().enumerate() {
        let value = match (row.get_ref(at)?, name.as_str()) {
            (_, "packed") => continue,
            (_, "html") if packed => Value::from(bodies::html(row)?),
            (ValueRef::Null, _) => Value::Null,
            (ValueRef::Integer(number), _) => Value::from(number),
            (ValueRef::Real(number), _) => Value::from(number),
            (ValueRef::Text(text), _) => Value::from(String::from_utf8_lossy(text)),
            // No table that is told has bytes; one that gains some must say how they are written.
            (ValueRef::Blob(bytes), _) => Value::from(bytes.to_vec()),
        };
        object.insert(name.clone(), value);
    }
    Ok(object)
}
