//! Gives the views of searches: what was understood of one, how it may go on, and those that are kept.

use pepites_core::model::{Phrase, SearchId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A search that is being typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnderstandAsk {
    /// As it is typed.
    pub words: String,
    /// The language whose names of operators are offered: `fr`, else English. All are understood.
    pub language: String,
}

/// What was understood of a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct UnderstoodView {
    /// Its filters, in the order in which they were typed.
    pub filters: Vec<FilterView>,
    /// What was not understood, and what became of it.
    pub notes: Vec<Phrase>,
    /// How its last word may go on, best first.
    pub completions: Vec<CompletionView>,
}

/// A filter of a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FilterView {
    /// What it asks for. A value `day` is a date.
    pub said: Phrase,
    /// It asks for all but that.
    pub not: bool,
    /// The search without it.
    pub without: String,
}

/// How a search may go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct CompletionView {
    /// The whole search then.
    pub words: String,
    /// The piece that is offered.
    pub shown: String,
    /// What its operator looks at.
    pub said: Phrase,
}

/// An operator of searches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct OperatorView {
    /// With its colon.
    pub name: String,
    /// What may stand after it.
    pub example: String,
    /// What it looks at.
    pub said: Phrase,
}

/// A search to keep, or to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeepSearchAsk {
    /// The one to change; null makes one.
    pub id: Option<SearchId>,
    /// What it is called; empty: as it was typed.
    pub name: String,
    /// As it was typed.
    pub words: String,
    /// What it finds has a section of its own in digests.
    pub section: bool,
}

/// A search that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedSearch {
    /// Its row.
    pub id: SearchId,
    /// What it is called.
    pub name: String,
    /// As it was typed.
    pub words: String,
    /// What it finds has a section of its own in digests.
    pub section: bool,
}
