//! Takes the sizes of the bodies of one conversation as they come, lets it go on: few conversations hold large bodies
//! at once. Never lets one wait that holds what another waits for: a conversation waits once, before it is large.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes that any conversation may hold. 19 of 20 feeds have less; 48 conversations of so much are 48 MB.
const SMALL: usize = 1 << 20;
/// Conversations that may hold more, at once.
const LARGE_AT_ONCE: usize = 4;

/// Who may hold large bodies.
#[derive(Clone, Debug)]
pub struct Rooms(Arc<Semaphore>);

/// What one conversation holds, until it is dropped.
#[derive(Debug)]
pub struct Room {
    rooms: Rooms,
    held: AtomicUsize,
    large: Mutex<Option<OwnedSemaphorePermit>>,
}

impl Default for Rooms {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(LARGE_AT_ONCE)))
    }
}

impl Rooms {
    /// Room for one conversation.
    #[must_use]
    pub fn room(&self) -> Room {
        Room { rooms: self.clone(), held: AtomicUsize::new(0), large: Mutex::default() }
    }
}

impl Room {
    /// Counts so many bytes more; waits while they would make one large conversation too many.
    pub async fn take(&self, bytes: usize) {
        let held = self.held.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if held <= SMALL || self.is_large() {
            return;
        }
        // Never closed; if it were, there would be nothing to wait for.
        let leave = Arc::clone(&self.rooms.0).acquire_owned().await.ok();
        *self.large.lock().unwrap_or_else(PoisonError::into_inner) = leave;
    }

    fn is_large(&self) -> bool {
        self.large.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[test]
    fn only_few_conversations_are_large_at_once_and_none_waits_twice() {
        let rooms = Rooms::default();
        let goes_on = |room: &Room, bytes: usize| room.take(bytes).now_or_never().is_some();
        let large: Vec<Room> = (0..LARGE_AT_ONCE).map(|_| rooms.room()).collect();
        assert!(large.iter().all(|room| goes_on(room, SMALL) && goes_on(room, 1) && goes_on(room, 99 * SMALL)));
        let next = rooms.room();
        assert!(goes_on(&next, SMALL), "a small one never waits");
        assert!(!goes_on(&next, 1), "a large one waits");
        drop(large);
        assert!(goes_on(&next, 1), "until another is over");
    }
}
