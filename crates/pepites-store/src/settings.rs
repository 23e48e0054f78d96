//! Settings: a name and a JSON value.
use crate::{Store, StoreError};
impl Store {
    /// The JSON kept under `name`.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let _ = name;
        todo!()
    }
    /// Keeps JSON under `name`.
    pub fn set_setting(&self, name: &str, json: &str) -> Result<(), StoreError> {
        let _ = (name, json);
        todo!()
    }
}
