//! Takes the library folder, gives the right to refresh it, or to search for people: one of each at a time, across processes.
//! The system takes it back when a process ends, even by kill -9, so it is never left behind.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    time::{Duration, Instant},
};

use pepites_core::model::Phrase;

use crate::{
    Place,
    contract::{Code, Problem},
};

/// Long work of which one runs at a time on a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sole {
    /// Sources are asked for what is new.
    Refresh,
    /// People of the contacts are looked for.
    Search,
}

impl Sole {
    fn file(self) -> &'static str {
        match self {
            Self::Refresh => "refresh.lock",
            Self::Search => "contacts.lock",
        }
    }

    /// Where it says how far it is; written anew beside it first.
    pub(super) fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Refresh => ("refresh.progress", "refresh.progress.new"),
            Self::Search => ("contacts.progress", "contacts.progress.new"),
        }
    }

    fn running(self) -> Code {
        match self {
            Self::Refresh => Code::RefreshRunning,
            Self::Search => Code::SearchRunning,
        }
    }
}

/// How often who waits looks whether the other one has ended.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Waits for the right to do it, as long as `place.wait`.
pub(crate) async fn take(place: &Place, work: Sole) -> Result<File, Problem> {
    let path = place.folder.join(work.file());
    let opened = OpenOptions::new().create(true).write(true).truncate(false).open(&path);
    let file = opened.map_err(|error| refused(&error, place))?;
    let end = Instant::now() + place.wait;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < end => tokio::time::sleep(LOOK_EVERY).await,
            Err(TryLockError::WouldBlock) => return Err(Problem::new(work.running())),
            Err(TryLockError::Error(error)) => {
                // Some network drives have no locks; a reader who keeps a library there refreshes all the same.
                tracing::warn!(%error, path = %path.display(), "no lock on this drive");
                return Ok(file);
            }
        }
    }
}

/// Whether another has the right now. Takes it for an instant when none has: not to be asked without a sign
/// of one.
pub(super) fn is_taken(place: &Place, work: Sole) -> bool {
    let opened = OpenOptions::new().write(true).open(place.folder.join(work.file()));
    opened.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

fn refused(error: &io::Error, place: &Place) -> Problem {
    let path = place.folder.display().to_string();
    let read_only = |detail| {
        let problem = Problem { code: Code::LibraryReadOnly, detail };
        problem.with("path", path.clone()).with("detail", error.to_string())
    };
    match error.kind() {
        io::ErrorKind::PermissionDenied => read_only(Phrase::new("problem.library_read_only.denied")),
        io::ErrorKind::ReadOnlyFilesystem => read_only(Phrase::new("problem.library_read_only.disk")),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Problem::new(Code::DiskFull).with("path", path),
        _ => Problem::fault(format!("{path}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_second_refresh_waits_for_the_first_and_then_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), wait: Duration::from_millis(60) };
        for (work, running) in [(Sole::Refresh, Code::RefreshRunning), (Sole::Search, Code::SearchRunning)] {
            let first = take(&place, work).await.unwrap();
            assert_eq!(take(&place, work).await.unwrap_err().code, running);
            drop(first);
            assert!(take(&place, work).await.is_ok());
        }
        let _refresh = take(&place, Sole::Refresh).await.unwrap();
        assert!(take(&place, Sole::Search).await.is_ok(), "a search and a refresh do not wait for each other");
    }

    #[tokio::test]
    async fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().join("gone"), wait: Duration::ZERO };
        let problem = take(&place, Sole::Refresh).await.unwrap_err();
        assert!(problem.code == Code::Fault && problem.to_string().contains("gone"), "{problem}");
    }
}
