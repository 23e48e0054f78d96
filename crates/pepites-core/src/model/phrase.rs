//! Gives a sentence that is not written yet: a key of the catalogue and its values.
//! Never holds a word of any language; whoever shows it looks the key up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A key of the catalogue (`ui/src/lib/i18n/en.json`) and the values that its sentence names in braces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Phrase {
    /// The key, for example `reason.rare_voice`.
    pub key: String,
    /// What the sentence's `{names}` stand for. `count`, where there is one, chooses between `.one` and `.other`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[ts(as = "BTreeMap<String, Value>")]
    pub values: BTreeMap<String, Value>,
}

/// One value of a phrase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Value {
    /// Shown with the separators of the reader's language.
    Number(f64),
    /// Shown as it is.
    Text(String),
}

impl Phrase {
    /// A phrase without values.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), values: BTreeMap::new() }
    }

    /// The same phrase with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Value {
    #[expect(clippy::cast_precision_loss, reason = "counts shown to a person stay far below 2^52")]
    fn from(count: usize) -> Self {
        Self::Number(count as f64)
    }
}
impl From<u32> for Value {
    fn from(count: u32) -> Self {
        Self::Number(f64::from(count))
    }
}
