//! Gives what is said of backups, copies and exports of the whole library.

use pepites_core::model::Moment;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is in a backup, before or after it takes the library's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// Its file.
    pub file: String,
    /// Its bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Posts in it.
    #[ts(type = "number")]
    pub posts: u64,
    /// Sources that are followed in it.
    #[ts(type = "number")]
    pub sources: u64,
    /// Posts that are starred in it.
    #[ts(type = "number")]
    pub starred: u64,
    /// When its newest post arrived; None where it has none.
    pub newest: Option<Moment>,
}

/// What a restoring did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RestoreReport {
    /// What is in the library now.
    pub backup: BackupView,
    /// The file where the library is kept that was there before: restoring it takes this back.
    pub kept: String,
}

/// A copy of the library that is kept beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CopyView {
    /// The name of its file, by which it is erased.
    pub name: String,
    /// Its whole path, by which it is restored.
    pub file: String,
    /// Its bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// When it was made.
    pub made: Moment,
}

/// What was written of the whole library in open formats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WholeExport {
    /// The file.
    pub file: String,
    /// Its bytes.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Rows of all tables.
    #[ts(type = "number")]
    pub rows: u64,
}

/// What is left of the day's digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Stories that are neither read, let go nor put off.
    pub stories: u32,
    /// Minutes that they take.
    pub minutes: u32,
}
