//! Gives what can go wrong with the library, by what someone does about it.

use std::{path::PathBuf, time::Duration};

use rusqlite::ErrorCode;

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

/// What a piece of SQL met: SQLite's own word, explained at the edge of the crate, or ours.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// SQLite's.
    Sql(rusqlite::Error),
    /// Ours.
    Told(StoreError),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}
impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Told(error)
    }
}
impl From<serde_json::Error> for Trouble {
    fn from(error: serde_json::Error) -> Self {
        Self::Told(StoreError::Fault(format!("JSON: {error}")))
    }
}

/// Where a library is, for its errors to name.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// The file in it.
    pub(crate) file: PathBuf,
    /// How long a command waits for another process.
    pub(crate) wait: Duration,
}

/// The disk was too full to grow the file that connections share (SQLITE_IOERR_SHMSIZE).
const NO_ROOM_TO_SHARE: i32 = 4874;

impl Place {
    /// What someone can do about it: the one place where SQLite's codes are read.
    pub(crate) fn explain(&self, trouble: Trouble) -> StoreError {
        let error = match trouble {
            Trouble::Told(told) => return told,
            Trouble::Sql(error) => error,
        };
        let detail = error.to_string();
        let Some(inner) = error.sqlite_error() else { return StoreError::Fault(detail) };
        match inner.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
                StoreError::Busy { waited_seconds: self.wait.as_secs() }
            }
            ErrorCode::DiskFull => StoreError::Full { path: self.folder.clone() },
            ErrorCode::SystemIoFailure if inner.extended_code == NO_ROOM_TO_SHARE => {
                StoreError::Full { path: self.folder.clone() }
            }
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
                StoreError::ReadOnly { path: self.file.clone(), detail }
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => self.damaged(detail),
            _ => StoreError::Fault(detail),
        }
    }

    /// The same for what the system says of files and folders.
    pub(crate) fn explain_file(&self, error: &std::io::Error) -> StoreError {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                StoreError::Full { path: self.folder.clone() }
            }
            _ => StoreError::ReadOnly { path: self.folder.clone(), detail: error.to_string() },
        }
    }

    /// The file is not a sound library.
    pub(crate) fn damaged(&self, detail: impl Into<String>) -> StoreError {
        StoreError::Damaged { path: self.file.clone(), detail: detail.into() }
    }
}

/// There is no such row.
pub(crate) fn missing(noun: &'static str, id: impl std::fmt::Display) -> Trouble {
    Trouble::Told(StoreError::Missing { noun, id: id.to_string() })
}
