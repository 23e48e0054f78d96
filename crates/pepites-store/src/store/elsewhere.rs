//! Takes a library that is open, tells whether other processes write to it. Never waits, and never keeps it open.

use std::sync::{Arc, TryLockError, Weak};

use super::{Shared, Store};

/// A look at a library from aside.
#[derive(Clone)]
pub struct Elsewhere(Weak<Shared>);

impl Store {
    /// A way to see what other processes do to this library.
    #[must_use]
    pub fn elsewhere(&self) -> Elsewhere {
        Elsewhere(Arc::downgrade(&self.shared))
    }
}

impl Elsewhere {
    /// Somebody has the library open in this process.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.strong_count() > 0
    }

    /// A number that is another one after another process has written. None while this process writes, or when the
    /// library is closed, or can only be read.
    #[must_use]
    pub fn writes(&self) -> Option<i64> {
        let shared = self.0.upgrade()?;
        // The writer's own connection: what is written through it does not count.
        let connection = shared.writer.as_ref().ok()?.connection();
        let connection = match connection.try_lock() {
            Ok(connection) => connection,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        connection.query_row("PRAGMA data_version", [], |row| row.get(0)).ok()
    }
}
