//! Takes finished visits, keeps many of them in one transaction: the disk is waited for seldom, the writer's lock is
//! held shortly, and a kill loses at most what came in the last moments.

use std::time::Duration;

use pepites_store::{Kept, Outcome, Store, StoreError, Visited};
use tokio::{sync::watch, task::JoinHandle, time::Instant};

use crate::contract::Problem;

/// Visits in one transaction.
const VISITS: usize = 64;
/// Posts in one transaction: about a tenth of a second of the writer's time, index included.
const POSTS: usize = 1_000;
/// Bytes of their texts in one transaction: 1,000 posts have about 5 MB, and one may have 2.
const BYTES: usize = 8 << 20;
/// How long a finished visit waits for company.
const LINGER: Duration = Duration::from_millis(300);
/// While so many transactions' worth waits beside the one that is written, no new source is asked and nothing that was
/// heard is read: the disk is slower than the net, and a feed that waits unread takes half of what its posts would.
const FULL: usize = 1;

/// What waits to be kept, and what is being kept.
pub(super) struct Keeper {
    store: Store,
    waiting: Vec<Visited>,
    posts: usize,
    bytes: usize,
    since: Instant,
    /// There is room for what is read next.
    room: watch::Sender<bool>,
    writing: Option<JoinHandle<Result<Vec<Kept>, StoreError>>>,
}

impl Keeper {
    pub(super) fn new(store: Store) -> Self {
        let room = watch::Sender::new(true);
        Self { store, waiting: Vec::new(), posts: 0, bytes: 0, since: Instant::now(), room, writing: None }
    }

    /// Tells parsers whether there is room for what they would read.
    pub(super) fn room(&self) -> watch::Receiver<bool> {
        self.room.subscribe()
    }

    pub(super) fn take(&mut self, visited: Visited) {
        if self.waiting.is_empty() {
            self.since = Instant::now();
        }
        if let Outcome::Read { posts, .. } = &visited.outcome {
            self.posts += posts.len();
            self.bytes += posts.iter().map(|post| post.html.as_str().len() + post.text.len()).sum::<usize>();
        }
        self.waiting.push(visited);
        self.room.send_replace(!self.is_full());
    }

    pub(super) fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.writing.is_none()
    }

    pub(super) fn is_full(&self) -> bool {
        self.posts >= FULL * POSTS || self.bytes >= FULL * BYTES
    }

    /// Waits until something was kept. With `last`, nothing more is coming. May be dropped at any await: nothing is
    /// lost by it.
    pub(super) async fn kept(&mut self, last: bool) -> Result<Vec<Kept>, Problem> {
        let writing = match &mut self.writing {
            Some(writing) => writing,
            None => {
                if !last && self.waiting.len() < VISITS && self.posts < POSTS && self.bytes < BYTES {
                    tokio::time::sleep_until(self.since + LINGER).await;
                }
                let (store, visits) = (self.store.clone(), std::mem::take(&mut self.waiting));
                (self.posts, self.bytes) = (0, 0);
                self.room.send_replace(true);
                self.writing.insert(tokio::task::spawn_blocking(move || {
                    let kept = store.keep_visits(visits);
                    // Another batch follows at once, and a window beside a refresh of the terminal would never have its turn.
                    if !last {
                        store.let_others_write();
                    }
                    kept
                }))
            }
        };
        let kept = writing.await;
        self.writing = None;
        Ok(kept.map_err(Problem::fault)??)
    }
}

#[cfg(test)]
mod tests {
    use pepites_core::{
        model::{Batch, Item, Moment, Validators},
        normalise::normalise,
    };
    use pepites_store::Pace;

    use super::*;
    use crate::refresh::verdict::tests::source;

    /// A visit that brought so many posts of so many bytes each.
    fn visited(posts: usize, bytes: usize) -> Visited {
        let source = source("http://a.example/feed");
        let item = |n: usize| Item {
            id: Some(n.to_string()),
            title: Some(format!("Post {n}")),
            html: Some("word ".repeat(bytes / 5)),
            ..Item::default()
        };
        let batch = Batch { items: (0..posts).map(item).collect(), ..Batch::default() };
        let outcome = Outcome::Read {
            title: None,
            site: None,
            portrait: None,
            pages: None,
            icon: None,
            feed: None,
            validators: Validators::default(),
            body_hash: None,
            posts: normalise(&source, batch, Moment(0)),
            notice: None,
            whole: None,
        };
        Visited { source: source.id, at: Moment(0), outcome, pace: Pace::default() }
    }

    #[tokio::test]
    async fn no_more_is_asked_while_many_posts_or_large_ones_wait() {
        for (visits, posts, bytes, full) in
            [(1, 10, 100, false), (1, 1_000, 10, true), (1, 999, 10, false), (1, 5, 900_000, true)]
        {
            let mut keeper = Keeper::new(Store::memory().unwrap());
            (0..visits).for_each(|_| keeper.take(visited(posts, bytes)));
            let what = format!("{visits} visits of {posts} posts of {bytes} bytes");
            assert_eq!((keeper.is_full(), *keeper.room().borrow()), (full, !full), "{what}");
            keeper.kept(true).await.unwrap();
            assert_eq!((keeper.is_full(), *keeper.room().borrow()), (false, true), "{what}, once kept");
        }
    }
}
