//! Gives what can go wrong with the library, by what someone does about it.

use std::path::PathBuf;

/// Why the library did not do what it was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another program wrote for longer than the bound: try again.
    #[error("the library is busy: waited {waited_seconds} s")]
    Busy {
        /// How long was waited.
        waited_seconds: u64,
    },
    /// The disk is full: make room.
    #[error("no room left on the disk of {path}")]
    Full {
        /// The library folder.
        path: PathBuf,
    },
    /// The folder or the file cannot be written: change its rights or choose another.
    #[error("{path} cannot be written: {detail}")]
    ReadOnly {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// The file is not a sound library: go back to a copy.
    #[error("{path} is damaged: {detail}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        detail: String,
    },
    /// The library was made by a newer version of this program: update it.
    #[error("{path} was made by a newer version")]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// There is no such row.
    #[error("no {noun} {id}")]
    Missing {
        /// `post`, `source`, `digest`.
        noun: &'static str,
        /// Which.
        id: String,
    },
    /// Anything else: a fault of ours.
    #[error("the library failed: {0}")]
    Fault(String),
}
