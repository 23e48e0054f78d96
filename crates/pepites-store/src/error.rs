//! Gives what can go wrong with the library, by what someone does about it.

use std::{io::ErrorKind, path::PathBuf, time::Duration};

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
        /// Why, for a sentence.
        cause: Refusal,
        /// What the system said, in its own words.
        detail: String,
    },
    /// The file is not a sound library: go back to a copy.
    #[error("{path} is damaged: {detail}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How, for a sentence.
        how: Damage,
        /// The newest copy beside it, made before a migration.
        copy: Option<PathBuf>,
        /// What SQLite said, in its own words.
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
    /// Who asked stopped it.
    #[error("it was stopped")]
    Stopped,
    /// Anything else: a fault of ours.
    #[error("the library failed: {0}")]
    Fault(String),
}

/// Why something cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The rights of the file or folder do not allow it.
    Denied,
    /// The disk can only be read.
    Disk,
    /// A part of the path is a file where a folder must be, or the other way round.
    Path,
    /// It is of an older version, which would have to be migrated first.
    Outdated,
    /// The system allows no file to become as large (`ulimit -f`, or what the disk can hold in one file).
    Limit,
    /// The disk, or the quota on it, does not do what it is asked.
    Failing,
    /// Anything else.
    Other,
}

/// How a file is not a sound library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Its end is missing.
    CutOff,
    /// It is the database of another program.
    Foreign,
    /// It is no database at all.
    NoLibrary,
    /// Its inside does not hold together.
    Broken,
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

/// The most by which SQLite lets one of its files grow at once: a region of the file that connections share.
const GROWTH: u64 = 32 * 1024;

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
            ErrorCode::SystemIoFailure if self.is_at_limit() => {
                StoreError::ReadOnly { path: self.file.clone(), cause: Refusal::Limit, detail }
            }
            ErrorCode::SystemIoFailure if inner.extended_code == NO_ROOM_TO_SHARE => {
                StoreError::Full { path: self.folder.clone() }
            }
            ErrorCode::SystemIoFailure => {
                StoreError::ReadOnly { path: self.file.clone(), cause: Refusal::Failing, detail }
            }
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
                let cause = if self.file.is_dir() { Refusal::Path } else { Refusal::Denied };
                StoreError::ReadOnly { path: self.file.clone(), cause, detail }
            }
            ErrorCode::DatabaseCorrupt => self.damaged(Damage::Broken, detail),
            ErrorCode::NotADatabase => self.damaged(Damage::NoLibrary, detail),
            _ => StoreError::Fault(detail),
        }
    }

    /// The same for what the system says of files and folders.
    pub(crate) fn explain_file(&self, error: &std::io::Error) -> StoreError {
        let cause = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                return StoreError::Full { path: self.folder.clone() };
            }
            ErrorKind::PermissionDenied => Refusal::Denied,
            ErrorKind::ReadOnlyFilesystem => Refusal::Disk,
            ErrorKind::NotADirectory | ErrorKind::IsADirectory | ErrorKind::AlreadyExists => Refusal::Path,
            ErrorKind::FileTooLarge => Refusal::Limit,
            _ => Refusal::Other,
        };
        StoreError::ReadOnly { path: self.folder.clone(), cause, detail: error.to_string() }
    }

    /// SQLite does not say which error the system gave: a file as long as the longest of the library's, and a little
    /// longer, is tried. It is empty inside, so that it takes no room, and is gone at once.
    fn is_at_limit(&self) -> bool {
        let length = |end: &str| {
            let mut name = self.file.clone().into_os_string();
            name.push(end);
            std::fs::metadata(name).map_or(0, |about| about.len())
        };
        let longest = ["", "-wal", "-shm"].map(length).into_iter().max().unwrap_or_default();
        let probe = self.folder.join(format!("library.probe-{}", std::process::id()));
        let tried = std::fs::File::create_new(&probe).and_then(|file| file.set_len(longest + GROWTH));
        let _gone = std::fs::remove_file(&probe);
        tried.is_err_and(|error| error.kind() == ErrorKind::FileTooLarge)
    }

    /// The file is not a sound library.
    pub(crate) fn damaged(&self, how: Damage, detail: impl Into<String>) -> StoreError {
        StoreError::Damaged { path: self.file.clone(), how, copy: self.newest_copy(), detail: detail.into() }
    }

    /// Copies are numbered: the last by name is the newest.
    fn newest_copy(&self) -> Option<PathBuf> {
        let names = std::fs::read_dir(&self.folder).ok()?.flatten().map(|entry| entry.file_name());
        let copies = names.filter_map(|name| name.into_string().ok()).filter(|name| is_copy(name));
        copies.max().map(|name| self.folder.join(name))
    }
}

/// The name of a copy of the library as it was before the migration of that number.
pub(crate) fn copy_name(migration: usize) -> String {
    format!("library.before-{migration:04}.db")
}

/// Whether a file of that name is such a copy.
pub(crate) fn is_copy(name: &str) -> bool {
    name.strip_prefix("library.before-")
        .and_then(|rest| rest.strip_suffix(".db"))
        .is_some_and(|number| number.len() >= 4 && number.chars().all(|digit| digit.is_ascii_digit()))
}

/// There is no such row.
pub(crate) fn missing(noun: &'static str, id: impl std::fmt::Display) -> Trouble {
    Trouble::Told(StoreError::Missing { noun, id: id.to_string() })
}
