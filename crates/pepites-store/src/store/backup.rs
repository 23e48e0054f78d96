//! Takes a library that is open, gives a whole copy of it as it is at one moment, whoever writes meanwhile; takes such a
//! copy, puts it in the library's place. Never before the copy was checked and what was there is kept beside it.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use pepites_core::model::Moment;
use rusqlite::{
    Connection, ErrorCode, OpenFlags,
    backup::{Backup as Copying, StepResult},
};

use super::{
    Store,
    migrations::{STEPS, migrate, sync, version},
    opening,
    scratch::Scratch,
};
use crate::{
    StoreError,
    error::{Damage, Place, Refusal, Trouble},
};

#[cfg(test)]
mod tests;

/// Files that are kept when another library takes their place begin so; what follows is when.
const KEPT: &str = "library.kept-";
const END: &str = ".db";

/// What is in a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Bytes of the file.
    pub bytes: u64,
    /// Posts in it.
    pub posts: u64,
    /// Sources that are followed in it.
    pub sources: u64,
    /// Posts that are starred in it.
    pub starred: u64,
    /// When its newest post arrived; None where it has none.
    pub newest: Option<Moment>,
}

/// A copy of the library that lies beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCopy {
    /// The file.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: u64,
    /// When it was made.
    pub made: Moment,
}

impl Store {
    /// Writes the library as it is now to `to`, whole or not at all; a file that is there is replaced. Others may write
    /// meanwhile: what they do from now on is not in it.
    pub fn back_up(&self, to: &Path) -> Result<Backup, StoreError> {
        if self.is_in_memory() {
            return Err(StoreError::Fault("a library in memory has no backup".to_owned()));
        }
        let there = place_of(to, self.place().wait);
        self.is_elsewhere(to, &there)?;
        self.copy_to(to).and_then(|()| look(&there)).map_err(|trouble| there.explain(trouble))
    }

    /// Looks at a backup from end to end and says what is in it. What is damaged, foreign or newer than this program is
    /// an error; nothing is changed, and no file is left beside it.
    pub fn look_at_backup(from: &Path) -> Result<Backup, StoreError> {
        let there = place_of(from, Duration::ZERO);
        look(&there).map_err(|trouble| there.explain(trouble))
    }

    /// Puts the library in `from` in the place of this one, for every process that has it open, in one step: a power cut
    /// leaves the one or the other. Gives the file beside the library where what was there is kept; `now` is in its name.
    ///
    /// # Errors
    ///
    /// Those of [`Store::look_at_backup`]; the library is as it was then.
    pub fn restore(&self, from: &Path, now: Moment) -> Result<PathBuf, StoreError> {
        Self::look_at_backup(from)?;
        let place = self.place().clone();
        let told = |trouble| place.explain(trouble);
        let scratch = Scratch::make(&place).map_err(told)?;
        let page = self.read(opening::page_size)?;
        let fresh = prepared(from, scratch.folder(), place.wait, page).map_err(told)?;
        let (kept, wait) = (free_name(&place.folder, now), place.wait);
        let (at, store) = (kept.clone(), self.clone());
        self.alone(move |library| replace(library, &fresh, wait, || store.copy_to(&at)))?;
        Ok(kept)
    }

    /// The copies beside the library, newest first: those that a restoring kept, and those of before a migration.
    pub fn kept_copies(&self) -> Result<Vec<KeptCopy>, StoreError> {
        let place = self.place();
        let mut copies = Vec::new();
        for entry in std::fs::read_dir(&place.folder).map_err(|error| place.explain_file(&error))?.flatten() {
            let name = entry.file_name();
            if !name.to_str().is_some_and(is_copy) {
                continue;
            }
            let Ok(about) = entry.metadata() else { continue };
            let since = about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
            let made = Moment(since.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or_default());
            copies.push(KeptCopy { path: entry.path(), bytes: about.len(), made });
        }
        copies.sort_by(|one, other| (other.made, &other.path).cmp(&(one.made, &one.path)));
        Ok(copies)
    }

    /// Erases one of [`Store::kept_copies`], by its name.
    pub fn erase_copy(&self, name: &str) -> Result<(), StoreError> {
        let missing = || StoreError::Missing { noun: "copy", id: name.to_owned() };
        if !is_copy(name) {
            return Err(missing());
        }
        std::fs::remove_file(self.place().folder.join(name)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => missing(),
            _ => self.place().explain_file(&error),
        })
    }

    /// Says whether a file may be written there.
    ///
    /// # Errors
    ///
    /// When it is the library itself, what SQLite keeps beside it, or one of its copies.
    pub fn check_elsewhere(&self, to: &Path) -> Result<(), StoreError> {
        self.is_elsewhere(to, &place_of(to, self.place().wait))
    }

    /// A backup over the library itself, or over what SQLite keeps beside it, would be the end of it.
    fn is_elsewhere(&self, to: &Path, there: &Place) -> Result<(), StoreError> {
        let whole = |path: &Path| std::fs::canonicalize(path).ok();
        let named = to.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let ours =
            whole(&there.folder) == whole(&self.place().folder) && (named.starts_with(opening::FILE) || is_copy(named));
        if ours || (to.exists() && whole(to) == whole(&self.place().file)) {
            let detail = "it is the library itself".to_owned();
            return Err(StoreError::ReadOnly { path: to.to_owned(), cause: Refusal::Path, detail });
        }
        Ok(())
    }

    /// One snapshot, written beside its place and then given its name.
    fn copy_to(&self, to: &Path) -> Result<(), Trouble> {
        // Not one of the readers: they may write nowhere, not even elsewhere.
        let access = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let place = self.place();
        let library = match self.shared.writer {
            Ok(_) => Connection::open_with_flags(&place.file, access)?,
            Err(_) => open_to_read(&place.file)?,
        };
        library.busy_timeout(place.wait)?;
        vacuum_into(&library, to)
    }
}

/// Takes the write lock of the library first, so that nobody can write between the copy that `keep` makes and its end.
fn replace(
    library: &mut Connection,
    fresh: &Connection,
    wait: Duration,
    keep: impl FnOnce() -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    library.pragma_update(None, "synchronous", "FULL")?;
    let copying = Copying::new(fresh, library)?;
    let busy = || rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None);
    let step = |pages| match copying.step(pages)? {
        StepResult::Busy | StepResult::Locked => Err(Trouble::from(busy())),
        done => Ok(done),
    };
    // No page yet: only the lock.
    opening::patiently(wait, || step(0))?;
    keep()?;
    match step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Fault("the library was not put in place to its end".to_owned()).into()),
    }
}

/// The backup as this version has libraries, in a file of its own: what it is migrated from stays as it is. Its pages are
/// as large as those of the library: SQLite puts no others in their place.
fn prepared(from: &Path, scratch: &Path, wait: Duration, page: i64) -> Result<Connection, Trouble> {
    let place = Place { folder: scratch.to_owned(), file: scratch.join(opening::FILE), wait };
    vacuum_into(&open_to_read(from)?, &place.file)?;
    let mut fresh = Connection::open(&place.file)?;
    if opening::page_size(&fresh)? != page {
        // Not on the way: to SQLite, a file that is read without locks is one in memory, whose pages stay as they are. Nor in
        // its place, which takes a copy where the system has its temporary files, and a journal.
        fresh.pragma_update(None, "page_size", page)?;
        let paged = scratch.join("paged.db");
        vacuum_into(&fresh, &paged)?;
        fresh = Connection::open(&paged)?;
        std::fs::remove_file(&place.file).map_err(|error| place.explain_file(&error))?;
    }
    migrate(&mut fresh, &place, STEPS)?;
    // Whoever counted posts did not count these.
    fresh.execute("UPDATE posts_turn SET turn = abs(random() / 2)", [])?;
    Ok(fresh)
}

fn vacuum_into(library: &Connection, to: &Path) -> Result<(), Trouble> {
    let there = place_of(to, Duration::ZERO);
    let told = |error: &std::io::Error| Trouble::Told(there.explain_file(error));
    let mut part = to.as_os_str().to_owned();
    part.push(format!(".{}.part", std::process::id()));
    let part = PathBuf::from(part);
    // Left by a process of the same number that was killed here.
    if part.exists() {
        std::fs::remove_file(&part).map_err(|error| told(&error))?;
    }
    let name = part.to_str().ok_or_else(|| StoreError::Fault(format!("{} is no text", part.display())))?;
    let written = library.execute("VACUUM INTO ?1", [name]).map_err(|error| match error.sqlite_error_code() {
        // SQLite's own word would be taken for the library's.
        Some(ErrorCode::DiskFull | ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure) => {
            Trouble::Told(there.explain(error.into()))
        }
        _ => error.into(),
    });
    let named = written.and_then(|_| {
        std::fs::File::options()
            .write(true)
            .open(&part)
            .and_then(|file| file.sync_all())
            .and_then(|()| std::fs::rename(&part, to))
            .and_then(|()| sync(&there.folder))
            .map_err(|error| told(&error))
    });
    if named.is_err() {
        std::fs::remove_file(&part).unwrap_or(());
    }
    named
}

fn look(there: &Place) -> Result<Backup, Trouble> {
    let bytes = std::fs::metadata(&there.file).map_err(|error| there.explain_file(&error))?.len();
    opening::look(there)?;
    let library = open_to_read(&there.file)?;
    opening::recognise(&library, there)?;
    if version(&library)? == 0 {
        return Err(there.damaged(Damage::NoLibrary, "there is nothing in it").into());
    }
    let said: String = library.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(there.damaged(Damage::Broken, said).into());
    }
    let count = |sql: &str| library.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs);
    Ok(Backup {
        bytes,
        posts: count("SELECT count(*) FROM posts")?,
        sources: count("SELECT count(*) FROM sources WHERE unfollowed IS NULL")?,
        starred: count("SELECT count(*) FROM marks WHERE starred IS NOT NULL")?,
        newest: library
            .query_row("SELECT max(arrived) FROM posts", [], |row| row.get::<_, Option<i64>>(0))?
            .map(Moment),
    })
}

/// As it lies there, without a lock or a file beside it; with its log where somebody copied that too.
fn open_to_read(file: &Path) -> Result<Connection, Trouble> {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        let access = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        return Ok(Connection::open_with_flags(file, access)?);
    }
    let whole = std::path::absolute(file).map_err(|error| StoreError::Fault(error.to_string()))?;
    opening::open_immutable_file(&whole)
}

/// `library.kept-1764444444000.db`, or the next number that no file has: none is ever written over.
fn free_name(folder: &Path, now: Moment) -> PathBuf {
    let named = |number: i64| folder.join(format!("{KEPT}{number}{END}"));
    (now.0.max(0)..).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(now.0))
}

fn is_copy(name: &str) -> bool {
    let kept = name.strip_prefix(KEPT).and_then(|rest| rest.strip_suffix(END));
    kept.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
        || crate::error::is_copy(name)
}

fn place_of(file: &Path, wait: Duration) -> Place {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Place { folder: folder.to_owned(), file: file.to_owned(), wait }
}
