//! Gives the problem: what an edge tells a person when something could not be done. Never a sentence: a code, and the
//! phrase that the catalogue has for it.

use pepites_core::model::{Phrase, Value};
use pepites_store::{Damage, Refusal, StoreError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an edge tells a person when something could not be done: one translated sentence (`problem.<code>`) and at
/// most one remedy (`problem.<code>.remedy`) each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Another program wrote to the library for longer than the bound.
    LibraryBusy,
    /// No room on the disk.
    DiskFull,
    /// The library cannot be written.
    LibraryReadOnly,
    /// The library is damaged.
    LibraryDamaged,
    /// The library was made by a newer version.
    LibraryNewer,
    /// A refresh runs in another process.
    RefreshRunning,
    /// A search for people runs in another process.
    SearchRunning,
    /// There is no such post, source or digest.
    Missing,
    /// The file cannot be read at all.
    FileUnreadable,
    /// Nothing to follow in the file.
    FileEmpty,
    /// The file is of no kind that is known.
    FileUnknown,
    /// The file is larger than what is read.
    FileTooLarge,
    /// The address is not one that can be followed.
    AddressUnknown,
    /// Nothing to follow was found at the address.
    NothingFound,
    /// The network, or the server at the address, did not answer.
    NoAnswer,
    /// The full text of a post cannot be had.
    NoFullText,
    /// There is no keychain to keep a login in, or it stays shut.
    NoKeychain,
    /// An account could not be signed in, or is not let in any more.
    SignIn,
    /// Nothing on this computer opens pages.
    NoBrowser,
    /// The reader stopped it before anything was done.
    Stopped,
    /// What was asked makes no sense (a bad date, a bad number).
    BadInput,
    /// A fault of the program.
    Fault,
}

/// A problem: the code and its sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{code:?}: {detail:?}")]
pub struct Problem {
    /// Which.
    pub code: Code,
    /// Its sentence: the key is [`Code::key`], or a more precise one under it (`problem.no_answer.slow`).
    pub detail: Phrase,
}

impl Code {
    /// The key of its sentence; that of its remedy, where it has one, is the same with `.remedy`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::LibraryBusy => "problem.library_busy",
            Self::DiskFull => "problem.disk_full",
            Self::LibraryReadOnly => "problem.library_read_only",
            Self::LibraryDamaged => "problem.library_damaged",
            Self::LibraryNewer => "problem.library_newer",
            Self::RefreshRunning => "problem.refresh_running",
            Self::SearchRunning => "problem.search_running",
            Self::Missing => "problem.missing",
            Self::FileUnreadable => "problem.file_unreadable",
            Self::FileEmpty => "problem.file_empty",
            Self::FileUnknown => "problem.file_unknown",
            Self::FileTooLarge => "problem.file_too_large",
            Self::AddressUnknown => "problem.address_unknown",
            Self::NothingFound => "problem.nothing_found",
            Self::NoAnswer => "problem.no_answer",
            Self::NoFullText => "problem.no_full_text",
            Self::NoKeychain => "problem.no_keychain",
            Self::SignIn => "problem.sign_in",
            Self::NoBrowser => "problem.no_browser",
            Self::Stopped => "problem.stopped",
            Self::BadInput => "problem.bad_input",
            Self::Fault => "problem.fault",
        }
    }
}

impl Problem {
    /// A problem with the sentence of its code.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, detail: Phrase::new(code.key()) }
    }

    /// The same problem with one more value for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.detail = self.detail.with(name, value);
        self
    }

    /// A file that the system does not give, by what it says about it.
    #[must_use]
    pub fn unreadable(file: &str, error: &std::io::Error) -> Self {
        let key = match error.kind() {
            std::io::ErrorKind::NotFound => "problem.file_unreadable.missing",
            std::io::ErrorKind::PermissionDenied => "problem.file_unreadable.denied",
            std::io::ErrorKind::IsADirectory => "problem.file_unreadable.folder",
            _ => Code::FileUnreadable.key(),
        };
        Self { code: Code::FileUnreadable, detail: Phrase::new(key) }
            .with("file", file)
            .with("detail", error.to_string())
    }

    /// A fault of the program, with what is worth reporting about it.
    #[must_use]
    pub fn fault(what: impl std::fmt::Display) -> Self {
        Self::new(Code::Fault).with("detail", what.to_string())
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let path = |path: std::path::PathBuf| path.display().to_string();
        match error {
            #[expect(clippy::cast_precision_loss, reason = "a wait in seconds stays far below 2^52")]
            StoreError::Busy { waited_seconds } => Self::new(Code::LibraryBusy).with("count", waited_seconds as f64),
            StoreError::Full { path: at } => Self::new(Code::DiskFull).with("path", path(at)),
            StoreError::ReadOnly { path: at, cause, detail } => {
                let key = match cause {
                    Refusal::Denied => "problem.library_read_only.denied",
                    Refusal::Disk => "problem.library_read_only.disk",
                    Refusal::Path => "problem.library_read_only.path",
                    Refusal::Outdated => "problem.library_read_only.outdated",
                    Refusal::Limit => "problem.library_read_only.limit",
                    Refusal::Failing => "problem.library_read_only.failing",
                    Refusal::Other => Code::LibraryReadOnly.key(),
                };
                let problem = Self { code: Code::LibraryReadOnly, detail: Phrase::new(key) };
                problem.with("path", path(at)).with("detail", detail)
            }
            StoreError::Damaged { path: at, how, copy, detail } => {
                let key = match how {
                    Damage::CutOff => "problem.library_damaged.cut_off",
                    Damage::Foreign => "problem.library_damaged.foreign",
                    Damage::NoLibrary => "problem.library_damaged.no_library",
                    Damage::Broken => Code::LibraryDamaged.key(),
                };
                let problem = Self { code: Code::LibraryDamaged, detail: Phrase::new(key) };
                let problem = problem.with("path", path(at)).with("detail", detail);
                match copy {
                    Some(copy) => problem.with("noun", "copy").with("copy", path(copy)),
                    None => problem,
                }
            }
            StoreError::Newer { path: at } => Self::new(Code::LibraryNewer).with("path", path(at)),
            StoreError::Missing { noun, id } => Self::new(Code::Missing).with("noun", noun).with("id", id),
            StoreError::Stopped => Self::new(Code::Stopped),
            StoreError::Fault(detail) => Self::fault(detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_of_the_library_has_the_sentence_of_its_code() {
        let at = || std::path::PathBuf::from("/books");
        let detail = || "why".to_owned();
        let cases = [
            (StoreError::Busy { waited_seconds: 5 }, Code::LibraryBusy, "count"),
            (StoreError::Full { path: at() }, Code::DiskFull, "path"),
            (
                StoreError::ReadOnly { path: at(), cause: Refusal::Other, detail: detail() },
                Code::LibraryReadOnly,
                "detail",
            ),
            (
                StoreError::Damaged { path: at(), how: Damage::Broken, copy: Some(at()), detail: detail() },
                Code::LibraryDamaged,
                "copy",
            ),
            (StoreError::Newer { path: at() }, Code::LibraryNewer, "path"),
            (StoreError::Missing { noun: "post", id: "7".to_owned() }, Code::Missing, "id"),
            (StoreError::Fault(detail()), Code::Fault, "detail"),
        ];
        for (error, code, value) in cases {
            let problem = Problem::from(error);
            assert_eq!((problem.code, problem.detail.key.as_str()), (code, code.key()));
            assert!(problem.detail.values.contains_key(value), "{problem}");
        }
    }

    #[test]
    fn the_key_of_a_code_is_its_name_on_the_wire() {
        for code in [Code::LibraryBusy, Code::FileTooLarge, Code::NoAnswer, Code::Fault] {
            let name = serde_json::to_value(code).unwrap();
            assert_eq!(Some(code.key()), name.as_str().map(|name| format!("problem.{name}")).as_deref());
        }
    }
}
