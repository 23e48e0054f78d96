//! Takes pieces of work, does them one after the other on a thread of its own, each in one transaction.
//! Never ends because one of them panicked.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread::JoinHandle,
    time::Duration,
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Durability, Steps, opening::patiently};
use crate::{StoreError, error::Trouble};

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

pub(super) struct Writer {
    connection: Arc<Mutex<Connection>>,
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    /// How long a transaction waits for those of other processes.
    wait: Duration,
    queue: Queue,
}

/// What the reader did, of the pieces of work that wait for their turn: what must outlast the power. Cheap to clone: every
/// clone is the same.
#[derive(Clone, Default)]
pub(crate) struct Queue(Arc<AtomicUsize>);

impl Queue {
    /// The reader waits: who has much to write ends its transaction and comes again.
    pub(crate) fn is_waited_for(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }

    /// One for which the reader waits all the time.
    #[cfg(test)]
    pub(crate) fn always() -> Self {
        Self(Arc::new(AtomicUsize::new(1)))
    }
}

impl Writer {
    pub(super) fn start(connection: Connection, wait: Duration) -> Result<Self, StoreError> {
        connection.busy_timeout(Duration::ZERO).map_err(|error| StoreError::Fault(error.to_string()))?;
        let connection = Arc::new(Mutex::new(connection));
        let (jobs, queue) = channel();
        let hands = Arc::clone(&connection);
        let thread = std::thread::Builder::new()
            .name("library writer".to_owned())
            .spawn(move || work_through(&queue, &hands))
            .map_err(|error| StoreError::Fault(format!("the writer did not start: {error}")))?;
        Ok(Self { connection, jobs: Some(jobs), thread: Some(thread), wait, queue: Queue::default() })
    }

    pub(super) fn queue(&self) -> Queue {
        self.queue.clone()
    }

    /// The one connection that writes; a library in memory reads with it too.
    pub(super) fn connection(&self) -> Arc<Mutex<Connection>> {
        Arc::clone(&self.connection)
    }

    /// Waits its turn and does `work` outside of any transaction: for what SQLite does to a whole file at once.
    pub(super) fn alone<T, W>(&self, work: W) -> Result<T, Trouble>
    where
        T: Send + 'static,
        W: FnOnce(&mut Connection) -> Result<T, Trouble> + Send + 'static,
    {
        self.hand_over(Durability::Process, work)
    }

    /// Waits its turn, does `work`, and returns once it is as safe as `durability` says.
    pub(super) fn run<T, W>(&self, durability: Durability, steps: Steps, work: W) -> Result<T, Trouble>
    where
        T: Send + 'static,
        W: FnOnce(&Transaction<'_>) -> Result<T, Trouble> + Send + 'static,
    {
        let wait = self.wait;
        self.hand_over(durability, move |connection| in_transaction(connection, (durability, steps), wait, work))
    }

    fn hand_over<T, W>(&self, durability: Durability, work: W) -> Result<T, Trouble>
    where
        T: Send + 'static,
        W: FnOnce(&mut Connection) -> Result<T, Trouble> + Send + 'static,
    {
        let (reply, replied) = channel();
        let Queue(waiting) = self.queue();
        let of_the_reader = usize::from(matches!(durability, Durability::Power));
        waiting.fetch_add(of_the_reader, Ordering::Relaxed);
        let job: Job = Box::new(move |connection| {
            waiting.fetch_sub(of_the_reader, Ordering::Relaxed);
            let done = catch_unwind(AssertUnwindSafe(|| work(connection)));
            let done = done.unwrap_or_else(|panic| Err(StoreError::Fault(said(&*panic)).into()));
            // Who asked may have gone away: the work is done all the same.
            reply.send(done).unwrap_or(());
        });
        let ended = || StoreError::Fault("the writer has ended".to_owned());
        self.jobs.as_ref().ok_or_else(ended)?.send(job).map_err(|_unsent| ended())?;
        replied.recv().map_err(|_closed| ended())?
    }
}

impl Drop for Writer {
    /// Waits for what was asked, so that a process that ends right after leaves a closed file.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer thread had panicked");
        }
    }
}

fn work_through(queue: &Receiver<Job>, connection: &Mutex<Connection>) {
    for job in queue {
        job(&mut connection.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    (durability, steps): (Durability, Steps),
    wait: Duration,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let synchronous = match durability {
        Durability::Process => "NORMAL",
        Durability::Power => "FULL",
    };
    // SQLite keeps there what a statement needs to be undone; nothing of the library has a temporary table.
    let undoing = match steps {
        Steps::Small => "MEMORY",
        Steps::Any => "FILE",
    };
    let connection = &*connection;
    // The lock at once, so that two processes wait for each other at the start and never in the middle.
    let transaction = patiently(wait, || {
        connection.pragma_update(None, "synchronous", synchronous)?;
        connection.pragma_update(None, "temp_store", undoing)?;
        Ok(Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?)
    })?;
    let value = work(&transaction)?;
    transaction.commit()?;
    Ok(value)
}

fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panic: {}", text.unwrap_or("without a word"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Store,
        tests::{number, on_disk},
    };

    /// Where SQLite keeps what a statement needs to be undone (2: in memory), and whether one that fails at its second row
    /// leaves nothing of its first.
    fn told(library: &Transaction<'_>) -> Result<(i64, bool), Trouble> {
        library.execute("INSERT INTO settings VALUES ('kept', '1')", [])?;
        let failed = library.execute("INSERT INTO settings VALUES ('first', '1'), ('kept', '2')", []).is_err();
        let kept = library.query_row("PRAGMA temp_store", [], |row| row.get(0))?;
        Ok((kept, failed))
    }

    #[test]
    fn a_statement_that_fails_half_way_is_undone_alone_in_memory_where_all_are_small() {
        let (_folder, store) = on_disk();
        let kept = |store: &Store| number(store, "SELECT count(*) FROM settings WHERE name IN ('kept', 'first')");
        assert_eq!(store.write_in_small_steps(Durability::Process, told).unwrap(), (2, true));
        assert_eq!(kept(&store), 1);
        store.write(Durability::Process, |library| Ok(library.execute("DELETE FROM settings", [])?)).unwrap();
        assert_eq!(store.write(Durability::Process, told).unwrap(), (1, true), "what may be large goes to a file");
        assert_eq!(kept(&store), 1);
    }
}
