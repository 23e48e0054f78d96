//! Takes a place, gives connections to the library there, checked and tuned.
//! Never overwrites a file that it does not know as a library.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags};

use super::migrations::{STEPS, migrate, version};
use crate::{
    StoreError,
    error::{Damage, Place, Refusal, Trouble},
};

/// The file in the library folder.
pub(super) const FILE: &str = "library.db";

/// `PEPI`: tells a library from any other SQLite file. The first migration writes it.
const APPLICATION: i64 = 0x5045_5049;

/// Pages in memory, in KiB: enough for the inner pages of a large library, small beside what a window takes.
const WRITER_CACHE_KIB: i64 = 16 * 1024;
const READER_CACHE_KIB: i64 = 4 * 1024;

/// Bytes of a page of a new library: twice SQLite's, as packed posts have two to four thousand and left much of a page
/// empty. Libraries of before keep theirs.
const PAGE: i64 = 8 * 1024;

/// The log is folded into the file when it has so many bytes: less often than SQLite's 1,000 pages, as a refresh writes
/// the same pages of the indexes many times.
const LOG_FOLDED_AT: i64 = 16 * 1024 * 1024;

/// A log that grew larger than this under a long reader is cut back once it is folded in.
const LOG_BYTES: i64 = 64 * 1024 * 1024;

/// Statements kept ready by a connection; the longest function uses about 25.
const STATEMENTS: usize = 64;

/// Between two tries at what another process holds. SQLite's own waiting grows to a tenth of a second between two
/// looks, and then misses every short gap between the transactions of who writes much.
pub(super) const PAUSE: Duration = Duration::from_millis(5);

/// Looks at a file before it is called damaged.
const LOOKS: u32 = 3;

pub(super) enum Opened {
    Writable(Connection),
    /// Can be read though not written. `immutable`: nobody can write it, so it is read without locks.
    ReadOnly {
        connection: Connection,
        immutable: bool,
        cause: Refusal,
        detail: String,
    },
}

pub(super) fn open(place: &Place) -> Result<Opened, Trouble> {
    std::fs::create_dir_all(&place.folder).map_err(|error| place.explain_file(&error))?;
    surely(|| look(place))?;
    match writable(place).map_err(|trouble| place.explain(trouble)) {
        Ok(connection) => Ok(Opened::Writable(connection)),
        Err(StoreError::ReadOnly { path, cause, detail }) => {
            match readable(place).map_err(|trouble| place.explain(trouble)) {
                Ok((connection, immutable)) => Ok(Opened::ReadOnly { connection, immutable, cause, detail }),
                Err(told @ (StoreError::Newer { .. } | StoreError::Damaged { .. })) => Err(told.into()),
                // It could be brought up to date, were it not for its rights; for want of room it is not a matter of age.
                Err(told @ StoreError::ReadOnly { cause: Refusal::Outdated, .. })
                    if !matches!(cause, Refusal::Limit | Refusal::Failing) =>
                {
                    Err(told.into())
                }
                Err(_unreadable) => Err(StoreError::ReadOnly { path, cause, detail }.into()),
            }
        }
        Err(told) => Err(told.into()),
    }
}

pub(super) fn in_memory(place: &Place) -> Result<Connection, Trouble> {
    let mut connection = Connection::open_in_memory()?;
    tune(&connection, WRITER_CACHE_KIB)?;
    migrate(&mut connection, place, STEPS)?;
    Ok(connection)
}

/// One more connection for reading.
pub(super) fn reader(place: &Place, read_only: bool, immutable: bool) -> Result<Connection, Trouble> {
    if immutable {
        return open_immutable(place);
    }
    // A reader of a log writes too: to the file that connections share, never to the library.
    let access = if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let connection = Connection::open_with_flags(&place.file, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(place.wait)?;
    tune(&connection, READER_CACHE_KIB)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn writable(place: &Place) -> Result<Connection, Trouble> {
    let access = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut connection = Connection::open_with_flags(&place.file, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(place.wait)?;
    // SQLite opens what it may not write for reading, without a word.
    if connection.is_readonly(MAIN_DB)? {
        let detail = "the file may be read only".to_owned();
        return Err(StoreError::ReadOnly { path: place.file.clone(), cause: Refusal::Denied, detail }.into());
    }
    recognise(&connection, place)?;
    if version(&connection)? == 0 {
        connection.pragma_update(None, "page_size", PAGE)?;
        // Before the first table: lets `trim` give room back to the disk.
        connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    }
    patiently(place.wait, || {
        Ok(connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?)
    })?;
    tune(&connection, WRITER_CACHE_KIB)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_FOLDED_AT / page_size(&connection)?)?;
    connection.pragma_update_and_check(None, "journal_size_limit", LOG_BYTES, |_| Ok(()))?;
    migrate(&mut connection, place, STEPS)?;
    probe(&connection, place)?;
    Ok(connection)
}

/// Bytes of a page.
pub(crate) fn page_size(connection: &Connection) -> Result<i64, Trouble> {
    Ok(connection.query_row("PRAGMA page_size", [], |row| row.get(0))?)
}

/// With its log where there is one: without it, a library shows an older state than the reader left. Where there is
/// none, nobody has it open, and it is read as it lies there: SQLite would leave a log behind with the rights of the
/// file, which would go on hindering who writes once the file may be written again.
fn readable(place: &Place) -> Result<(Connection, bool), Trouble> {
    let immutable = !has_log(place);
    let connection = reader(place, true, immutable)?;
    current(&connection, place)?;
    Ok((connection, immutable))
}

fn has_log(place: &Place) -> bool {
    let log = place.folder.join(format!("{FILE}-wal"));
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

fn open_immutable(place: &Place) -> Result<Connection, Trouble> {
    let connection =
        open_immutable_file(&std::path::absolute(&place.file).map_err(|error| place.explain_file(&error))?)?;
    tune(&connection, READER_CACHE_KIB)?;
    Ok(connection)
}

/// A file as it lies there, by its whole path: without locks, and without a file beside it.
pub(super) fn open_immutable_file(file: &Path) -> Result<Connection, Trouble> {
    let mut address = url_path(file);
    address.push_str("?immutable=1");
    let access = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(address, access)?)
}

/// As `file:` with every byte escaped that could mean something else.
fn url_path(path: &Path) -> String {
    let mut address = "file:".to_owned();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// A library that can only be read must be of this version already.
fn current(connection: &Connection, place: &Place) -> Result<(), Trouble> {
    recognise(connection, place)?;
    let version = version(connection)?;
    if version != STEPS.len() {
        let detail = format!("it is of version {version} and cannot be brought up to date");
        return Err(StoreError::ReadOnly { path: place.file.clone(), cause: Refusal::Outdated, detail }.into());
    }
    probe(connection, place)
}

fn tune(connection: &Connection, cache_kib: i64) -> Result<(), Trouble> {
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // No memory map: a disk that fails under one ends the process.
    connection.pragma_update_and_check(None, "mmap_size", 0, |_| Ok(())).or_else(nothing_said)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// A library in memory answers `mmap_size` with no row.
fn nothing_said(error: rusqlite::Error) -> Result<(), rusqlite::Error> {
    match error {
        rusqlite::Error::QueryReturnedNoRows => Ok(()),
        error => Err(error),
    }
}

/// Believes in damage when it is seen each time: who closes the library last folds the log into the file and removes
/// it, and who looks at the length, the head and the log one after the other may see half of that.
pub(super) fn surely(mut look: impl FnMut() -> Result<(), Trouble>) -> Result<(), Trouble> {
    for _ in 1..LOOKS {
        match look() {
            Err(Trouble::Told(StoreError::Damaged { .. })) => std::thread::sleep(PAUSE),
            seen => return seen,
        }
    }
    look()
}

/// Looks at the first bytes of the file before SQLite does, which would take a cut file for a shorter one.
pub(super) fn look(place: &Place) -> Result<(), Trouble> {
    const MAGIC: &[u8; 16] = b"SQLite format 3\0";
    let mut head = [0_u8; 100];
    let mut file = match File::open(&place.file) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(place.explain_file(&error).into()),
    };
    let length = file.metadata().map_err(|error| place.explain_file(&error))?.len();
    if length == 0 {
        return Ok(()); // a process ended between making the file and its first page
    }
    match file.read_exact(&mut head) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            return Err(place.damaged(Damage::NoLibrary, format!("{length} bytes are no library")).into());
        }
        Err(error) => return Err(place.explain_file(&error).into()),
    }
    if !head.starts_with(MAGIC) {
        return Err(place.damaged(Damage::NoLibrary, "it is not an SQLite file").into());
    }
    let number = |at: usize, bytes: usize| {
        head.iter().skip(at).take(bytes).fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    };
    // See "Database File Format" 1.3: page size (1 stands for 65,536), pages, and whether that count can be believed.
    let page = if number(16, 2) == 1 { 65_536 } else { number(16, 2) };
    let (pages, believed) = (number(28, 4), number(24, 4) == number(92, 4));
    if believed && !has_log(place) && length < page * pages {
        return Err(place.damaged(Damage::CutOff, format!("it is cut off: {length} of {} bytes", page * pages)).into());
    }
    Ok(())
}

/// A file of ours, or one with nothing in it.
pub(super) fn recognise(connection: &Connection, place: &Place) -> Result<(), Trouble> {
    // In one transaction: who makes the library meanwhile is seen whole or not at all.
    let seen = connection.unchecked_transaction()?;
    let application: i64 = seen.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = seen.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let version = version(&seen)?;
    seen.finish()?;
    if version > STEPS.len() && application == APPLICATION {
        return Err(StoreError::Newer { path: place.file.clone() }.into());
    }
    let empty = application == 0 && version == 0 && tables == 0;
    if application != APPLICATION && !empty {
        return Err(place.damaged(Damage::Foreign, "it belongs to another program").into());
    }
    Ok(())
}

/// A look at the small tables that everything needs: a full check reads the whole file, and whatever else is damaged
/// is told when it is met.
fn probe(connection: &Connection, place: &Place) -> Result<(), Trouble> {
    for table in ["sources", "settings"] {
        let said: String = connection.query_row(&format!("PRAGMA quick_check('{table}')"), [], |row| row.get(0))?;
        if said != "ok" {
            return Err(place.damaged(Damage::Broken, said).into());
        }
    }
    Ok(())
}

/// Tries again, for as long as a command may wait, what is refused at once while another process is at work.
pub(super) fn patiently<T>(wait: Duration, mut attempt: impl FnMut() -> Result<T, Trouble>) -> Result<T, Trouble> {
    let start = Instant::now();
    loop {
        match attempt() {
            Err(Trouble::Sql(error))
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && start.elapsed() < wait =>
            {
                std::thread::sleep(PAUSE);
            }
            done => return done,
        }
    }
}
