//! Settings: a name and a JSON value.

use pepites_core::model::Moment;
use rusqlite::OptionalExtension;

use crate::{
    Store, StoreError,
    events::{Event, log},
    store::Durability,
};

impl Store {
    /// The JSON kept under `name`.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        self.read(|library| {
            let value = library
                .prepare_cached("SELECT value FROM settings WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()?;
            Ok(value)
        })
    }

    /// Keeps JSON under `name`; on the disk when it returns. What is not JSON is refused as a fault.
    pub fn set_setting(&self, name: &str, json: &str) -> Result<(), StoreError> {
        let value: serde_json::Value = serde_json::from_str(json)
            .map_err(|error| StoreError::Fault(format!("the setting {name} is no JSON: {error}")))?;
        let (name, json) = (name.to_owned(), json.to_owned());
        self.write(Durability::Power, move |library| {
            let changed = library
                .prepare_cached(
                    "INSERT INTO settings (name, value) VALUES (?1, ?2)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
                )?
                .execute([&name, &json])?;
            if changed > 0 {
                let value = serde_json::json!({ "name": name, "value": value });
                log(library, now(), &Event { what: "setting", value, ..Event::default() })?;
            }
            Ok(())
        })
    }
}

/// A setting has no moment of its own: only its event does.
fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
