//! Gives a restoring, and the copy that is made before a library is changed, a folder of its own inside the library's, gone at
//! its end; takes away those that a killed one left.
//! Never one that is still worked in: who works in it holds the lock of a file in it, which the system takes back with the
//! process.

use std::{
    fs::{File, OpenOptions},
    io::ErrorKind,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use crate::error::{Place, Trouble};

/// What such a folder is called; the number of the process follows.
const NAMED: &str = "restore.";
/// The file in it that is locked.
const LOCK: &str = "lock";
/// A folder without that file, and half a copy beside the library, were made by an earlier version, or a moment ago.
const ABANDONED_AFTER: Duration = Duration::from_secs(60 * 60);

/// Processes of the same number that work beside each other.
const NAMESAKES: u32 = 64;

/// A folder on the disk of the library.
pub(super) struct Scratch {
    folder: PathBuf,
    /// Held as long as it is worked in; None where the disk knows no locks.
    held: Option<File>,
}

impl Scratch {
    pub(super) fn make(place: &Place) -> Result<Self, Trouble> {
        let told = |error: std::io::Error| Trouble::Told(place.explain_file(&error));
        // A process in another container, or on another machine that shares the disk, may have the same number.
        let named = |other: u32| match other {
            0 => format!("{NAMED}{}", std::process::id()),
            other => format!("{NAMED}{}{other:04}", std::process::id()),
        };
        let mut folders = (0..NAMESAKES).map(|other| place.folder.join(named(other)));
        let made = folders.find_map(|folder| {
            if is_abandoned(&folder) {
                std::fs::remove_dir_all(&folder).unwrap_or(());
            }
            // Whoever makes it has it: of two that see it free, one.
            match std::fs::create_dir(&folder) {
                Ok(()) => Some(Ok(folder)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => None,
                Err(error) => Some(Err(error)),
            }
        });
        let folder = made.unwrap_or_else(|| Err(ErrorKind::AlreadyExists.into())).map_err(told)?;
        let file = File::create(folder.join(LOCK)).map_err(told)?;
        let held = file.try_lock().is_ok().then_some(file);
        Ok(Self { folder, held })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Some systems remove no file that is open.
        drop(self.held.take());
        std::fs::remove_dir_all(&self.folder).unwrap_or(());
    }
}

/// Takes away what those left that were killed. What cannot be taken away is left, and tried again at the next start.
pub(super) fn sweep(place: &Place) {
    let Ok(entries) = std::fs::read_dir(&place.folder) else { return };
    for entry in entries.flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        let Some((name, kind)) = name.to_str().zip(entry.file_type().ok()) else { continue };
        if kind.is_dir() && name.strip_prefix(NAMED).is_some_and(is_number) && is_abandoned(&path) {
            std::fs::remove_dir_all(path).unwrap_or(());
        } else if kind.is_file() && is_half_a_copy(name) && is_of_long_ago(&path) {
            std::fs::remove_file(path).unwrap_or(());
        }
    }
}

/// As earlier versions called what they copied, beside the library: `library.before-NNNN.PROCESS.part`, and its journal.
fn is_half_a_copy(name: &str) -> bool {
    let part = name.strip_suffix("-journal").unwrap_or(name).strip_suffix(".part");
    let numbers = part.and_then(|name| name.strip_prefix("library.before-")?.split_once('.'));
    numbers.is_some_and(|(step, process)| is_number(step) && is_number(process))
}

fn is_number(rest: &str) -> bool {
    !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_abandoned(folder: &Path) -> bool {
    if let Ok(file) = OpenOptions::new().write(true).open(folder.join(LOCK)) {
        return file.try_lock().is_ok();
    }
    is_of_long_ago(folder)
}

fn is_of_long_ago(path: &Path) -> bool {
    let changed = std::fs::metadata(path).and_then(|about| about.modified());
    changed.is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|since| since > ABANDONED_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, tests::on_disk};

    #[test]
    fn what_a_killed_restoring_left_is_gone_at_the_next_start_and_what_is_worked_in_stays() {
        let (folder, store) = on_disk();
        let within = |name: &str| folder.path().join(name);
        let working = Scratch::make(store.place()).unwrap();
        let beside = Scratch::make(store.place()).unwrap();
        assert_ne!(beside.folder(), working.folder(), "who is at work is left alone");
        drop(beside);
        let left = within("restore.1");
        std::fs::create_dir(&left).unwrap();
        std::fs::write(left.join(LOCK), "").unwrap();
        std::fs::write(left.join("library.db"), "x").unwrap();
        for other in ["restore.2", "restore.me", "restores.3"] {
            std::fs::create_dir(within(other)).unwrap();
        }
        let long_ago = SystemTime::now() - 2 * ABANDONED_AFTER;
        std::fs::create_dir(within("restore.4")).unwrap();
        File::open(within("restore.4")).unwrap().set_modified(long_ago).unwrap();
        let copies =
            ["library.before-0029.71.part", "library.before-0029.71.part-journal", "library.before-0029.72.part"];
        for name in copies.into_iter().chain(["library.before-0029.db", "my.part"]) {
            std::fs::write(within(name), "x").unwrap();
            let at = if name.contains(".72.") { SystemTime::now() } else { long_ago };
            OpenOptions::new().write(true).open(within(name)).unwrap().set_modified(at).unwrap();
        }
        drop(Store::open(folder.path(), Duration::from_secs(10)).unwrap());
        let there = |name: &str| within(name).exists();
        assert!(!left.exists());
        assert!(!there("restore.4"), "an earlier version left it");
        assert!(there("restore.2"), "it may have been made a moment ago");
        assert!(there("restore.me") && there("restores.3") && there("my.part"), "another's");
        assert_eq!(copies.map(there), [false, false, true], "half a copy of long ago is of no use to anyone");
        assert!(there("library.before-0029.db"), "a whole copy is the reader's way back");
        assert!(working.folder().exists());
        drop(working);
        assert!(!there(&format!("restore.{}", std::process::id())));
    }
}
