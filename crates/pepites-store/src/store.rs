//! Takes a folder, gives the library in it: opens, migrates after a copy, refuses what is newer or damaged.
use crate::StoreError;
use std::{path::Path, time::Duration};
/// The library. Cheap to clone; every clone shares the one writer.
#[derive(Clone)]
pub struct Store {}
impl Store {
    /// Opens (or makes) `dir/library.db`. `wait` bounds how long a command waits for another process.
    pub fn open(dir: &Path, wait: Duration) -> Result<Self, StoreError> {
        let _ = (dir, wait);
        todo!()
    }
    /// A library in memory, for tests.
    pub fn memory() -> Result<Self, StoreError> {
        todo!()
    }
}
