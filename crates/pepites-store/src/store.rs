//! Takes a folder, gives the library in it: opens, migrates after a copy, refuses what is newer or damaged.
//! Every write of the crate goes through [`Store::write`] or [`Store::write_in_small_steps`], every read through [`Store::read`].

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, Transaction};

use crate::{
    StoreError,
    digests::counted::Counted,
    error::{Place, Refusal, Trouble},
};

mod backup;
mod elsewhere;
mod migrations;
mod opening;
mod scratch;
#[cfg(test)]
mod tests;
mod writer;

pub use backup::{Backup, KeptCopy};
pub use elsewhere::Elsewhere;
use opening::Opened;
pub(crate) use opening::page_size;
pub(crate) use writer::Queue;
use writer::Writer;

/// The library. Cheap to clone; every clone shares the one writer.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    place: Place,
    readers: Readers,
    // After the readers, so that the writer closes last, folds the log into the file and removes it.
    writer: Result<Writer, ReadOnly>,
    counted: Mutex<Counted>,
}

/// Why nothing can be written.
struct ReadOnly {
    cause: Refusal,
    detail: String,
}

enum Readers {
    /// Connections that rest; more are opened when all are at work.
    Pool { resting: Mutex<Vec<Connection>>, immutable: bool },
    /// A library in memory has one connection only: what reads takes turns with what writes.
    TheWriter(Arc<Mutex<Connection>>),
}

/// Readers that rest at most: a window asks for a few things at a time.
const RESTING_READERS: usize = 4;

/// How much must be safe when a write returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Survives the end of the process; can be fetched or computed again should the power fail.
    Process,
    /// Survives the end of the power too: what the reader did.
    Power,
}

/// How much a statement of a transaction changes at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Steps {
    /// A few dozen pages: they are copied in memory, so that it can be undone alone.
    Small,
    /// Perhaps much of the library: beyond a bound (`.cargo/config.toml`) its pages are copied to a file.
    Any,
}

impl Store {
    /// Opens (or makes) `dir/library.db`. `wait` bounds how long a command waits for another process.
    ///
    /// A library that cannot be written is opened for reading when it can be: every write then gives
    /// [`StoreError::ReadOnly`].
    pub fn open(dir: &Path, wait: Duration) -> Result<Self, StoreError> {
        let place = Place { folder: dir.to_path_buf(), file: dir.join(opening::FILE), wait };
        let opened = opening::open(&place).map_err(|trouble| place.explain(trouble))?;
        let rest = |connection, immutable| Readers::Pool { resting: Mutex::new(connection), immutable };
        let (readers, writer) = match opened {
            Opened::Writable(connection) => {
                scratch::sweep(&place);
                (rest(Vec::new(), false), Ok(Writer::start(connection, wait)?))
            }
            Opened::ReadOnly { connection, immutable, cause, detail } => {
                (rest(vec![connection], immutable), Err(ReadOnly { cause, detail }))
            }
        };
        Ok(Self { shared: Arc::new(Shared { place, readers, writer, counted: Mutex::default() }) })
    }

    /// A library in memory, for tests.
    pub fn memory() -> Result<Self, StoreError> {
        let place = Place { folder: ":memory:".into(), file: ":memory:".into(), wait: Duration::ZERO };
        let connection = opening::in_memory(&place).map_err(|trouble| place.explain(trouble))?;
        let writer = Writer::start(connection, place.wait)?;
        let readers = Readers::TheWriter(writer.connection());
        Ok(Self { shared: Arc::new(Shared { place, readers, writer: Ok(writer), counted: Mutex::default() }) })
    }

    /// Does `work` in one transaction of the writer: all of it, or nothing.
    pub(crate) fn write<T, W>(&self, durability: Durability, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Transaction<'_>) -> Result<T, Trouble> + Send + 'static,
    {
        self.write_by(durability, Steps::Any, work)
    }

    /// The same, for many statements of which each changes little, as a row or sixteen: none waits for a file.
    pub(crate) fn write_in_small_steps<T, W>(&self, durability: Durability, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Transaction<'_>) -> Result<T, Trouble> + Send + 'static,
    {
        self.write_by(durability, Steps::Small, work)
    }

    /// Does `work` on what is `left` in one transaction where the reader does nothing meanwhile. What it gives back, because they
    /// wait, has its turn after what they did, in another transaction. For what is found again after a loss of power.
    pub(crate) fn write_in_turns<L: Send + 'static>(
        &self,
        mut left: L,
        work: fn(&Transaction<'_>, L, &Queue) -> Result<Option<L>, Trouble>,
    ) -> Result<(), StoreError> {
        loop {
            let queue = self.queue();
            match self.write(Durability::Process, move |library| work(library, left, &queue))? {
                Some(more) => left = more,
                None => return Ok(()),
            }
        }
    }

    fn write_by<T, W>(&self, durability: Durability, steps: Steps, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&Transaction<'_>) -> Result<T, Trouble> + Send + 'static,
    {
        match &self.shared.writer {
            Ok(writer) => writer.run(durability, steps, work).map_err(|trouble| self.shared.place.explain(trouble)),
            Err(why) => Err(self.read_only(why)),
        }
    }

    /// Does `work` on the connection that writes, outside of any transaction.
    fn alone<T, W>(&self, work: W) -> Result<T, StoreError>
    where
        T: Send + 'static,
        W: FnOnce(&mut Connection) -> Result<T, Trouble> + Send + 'static,
    {
        match &self.shared.writer {
            Ok(writer) => writer.alone(work).map_err(|trouble| self.shared.place.explain(trouble)),
            Err(why) => Err(self.read_only(why)),
        }
    }

    /// Who waits to write.
    pub(crate) fn queue(&self) -> Queue {
        self.shared.writer.as_ref().map(Writer::queue).unwrap_or_default()
    }

    fn read_only(&self, ReadOnly { cause, detail }: &ReadOnly) -> StoreError {
        StoreError::ReadOnly { path: self.shared.place.file.clone(), cause: *cause, detail: detail.clone() }
    }

    /// Does `work` on one snapshot: everything that it reads is of the same moment.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Trouble>) -> Result<T, StoreError> {
        self.try_read(work).map_err(|trouble| self.shared.place.explain(trouble))
    }

    fn try_read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Trouble>) -> Result<T, Trouble> {
        match &self.shared.readers {
            Readers::TheWriter(connection) => work(&connection.lock().unwrap_or_else(PoisonError::into_inner)),
            Readers::Pool { resting, immutable } => {
                let rested = resting.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let connection = match rested {
                    Some(connection) => connection,
                    None => opening::reader(&self.shared.place, self.shared.writer.is_err(), *immutable)?,
                };
                let snapshot = connection.unchecked_transaction()?;
                let value = work(&snapshot)?;
                drop(snapshot);
                let mut resting = resting.lock().unwrap_or_else(PoisonError::into_inner);
                if resting.len() < RESTING_READERS {
                    resting.push(connection);
                }
                Ok(value)
            }
        }
    }

    /// To be called between two of many transactions in a row. What waits for the lock looks every few milliseconds
    /// (`opening::PAUSE`), and would find it taken for as long as one transaction follows the other.
    pub fn let_others_write(&self) {
        if !self.is_in_memory() {
            std::thread::sleep(2 * opening::PAUSE);
        }
    }

    /// What was counted of its posts.
    pub(crate) fn counted(&self) -> &Mutex<Counted> {
        &self.shared.counted
    }

    /// Where it is.
    pub(crate) fn place(&self) -> &Place {
        &self.shared.place
    }

    /// Nothing in it is on a disk.
    pub(crate) fn is_in_memory(&self) -> bool {
        matches!(self.shared.readers, Readers::TheWriter(_))
    }
}
