//! Takes finished visits, keeps many of them in one transaction: the disk is waited for seldom, the writer's lock is
//! held shortly, and a kill loses at most what came in the last moments.

use std::time::Duration;

use pepites_store::{Kept, Outcome, Store, StoreError, Visited};
use tokio::{task::JoinHandle, time::Instant};

use crate::contract::Problem;

/// Visits in one transaction.
const VISITS: usize = 64;
/// Posts in one transaction: about a tenth of a second of the writer's time, index included.
const POSTS: usize = 1_000;
/// How long a finished visit waits for company.
const LINGER: Duration = Duration::from_millis(300);
/// While so many posts wait, no new source is asked: the disk is slower than the net.
const FULL: usize = 4 * POSTS;

/// What waits to be kept, and what is being kept.
pub(super) struct Keeper {
    store: Store,
    waiting: Vec<Visited>,
    posts: usize,
    since: Instant,
    writing: Option<JoinHandle<Result<Vec<Kept>, StoreError>>>,
}

impl Keeper {
    pub(super) fn new(store: Store) -> Self {
        Self { store, waiting: Vec::new(), posts: 0, since: Instant::now(), writing: None }
    }

    pub(super) fn take(&mut self, visited: Visited) {
        if self.waiting.is_empty() {
            self.since = Instant::now();
        }
        self.posts += match &visited.outcome {
            Outcome::Read { posts, .. } => posts.len(),
            Outcome::Unchanged(_) | Outcome::Failed { .. } => 0,
        };
        self.waiting.push(visited);
    }

    pub(super) fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.writing.is_none()
    }

    pub(super) fn is_full(&self) -> bool {
        self.posts >= FULL
    }

    /// Waits until something was kept. With `last`, nothing more is coming. May be dropped at any await: nothing is
    /// lost by it.
    pub(super) async fn kept(&mut self, last: bool) -> Result<Vec<Kept>, Problem> {
        let writing = match &mut self.writing {
            Some(writing) => writing,
            None => {
                if !last && self.waiting.len() < VISITS && self.posts < POSTS {
                    tokio::time::sleep_until(self.since + LINGER).await;
                }
                let (store, visits) = (self.store.clone(), std::mem::take(&mut self.waiting));
                self.posts = 0;
                self.writing.insert(tokio::task::spawn_blocking(move || store.keep_visits(visits)))
            }
        };
        let kept = writing.await;
        self.writing = None;
        Ok(kept.map_err(Problem::fault)??)
    }
}
