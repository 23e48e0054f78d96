//! Remembers how many posts there were, so that who asks again counts only those that came since: a digest is opened many
//! times, and while thousands of sources are refreshed there are more posts each time. Gives the same as counting anew: a
//! counter that triggers keep (`migrations/0035_turn.sql`) tells when it would not.

use std::sync::{MutexGuard, PoisonError};

use pepites_core::model::{Moment, PostId};
use rusqlite::{Connection, params};

use crate::{Store, StoreError, error::Trouble};

/// Counts of each kind that are remembered: a reader has few digests before them.
const REMEMBERED: usize = 8;

/// No source that is muted or asked for nuggets alone: what it brings waits for nobody.
const ARRIVED: &str = "
    SELECT count(*) FROM posts NOT INDEXED CROSS JOIN sources ON sources.id = posts.source
    WHERE posts.id > ?1 AND posts.id <= ?2
      AND sources.unfollowed IS NULL AND coalesce(sources.mode, '') NOT IN ('muted', 'nuggets')";

const AS_IT_IS: &str = "
    SELECT turn, (SELECT coalesce(max(id), 0) FROM posts) FROM posts_turn";

/// What was counted while the library was at one turn.
#[derive(Default)]
pub(crate) struct Counted {
    turn: i64,
    arrived: Vec<Arrived>,
    older: Vec<Older>,
}

/// So many posts of followed sources came after one, up to another.
#[derive(Clone, Copy)]
struct Arrived {
    after: PostId,
    up_to: i64,
    posts: u32,
}

/// So many posts that a window opened at `since` does not reach, none later than `seen`.
#[derive(Clone, Copy)]
struct Older {
    since: Moment,
    seen: PostId,
    posts: u32,
}

/// The turn of a library, and the number of its last post.
#[derive(Clone, Copy)]
pub(super) struct AsItIs {
    turn: i64,
    pub(super) last: i64,
}

impl AsItIs {
    pub(super) fn of(library: &Connection) -> Result<Self, Trouble> {
        let row = |row: &rusqlite::Row<'_>| Ok(Self { turn: row.get(0)?, last: row.get(1)? });
        Ok(library.prepare_cached(AS_IT_IS)?.query_row([], row)?)
    }
}

impl Store {
    /// Posts of followed sources that the library got after that one.
    pub fn arrived_after(&self, post: PostId) -> Result<u32, StoreError> {
        self.read(|library| {
            let now = AsItIs::of(library)?;
            let known = self.counted_at(now.turn).arrived.iter().find(|known| known.after == post).copied();
            // Whoever counted may have looked at the library later than this.
            let known = known.filter(|known| known.up_to <= now.last);
            let (from, counted) = known.map_or((post.0, 0), |known| (known.up_to.max(post.0), known.posts));
            let more: u32 = library.prepare_cached(ARRIVED)?.query_row(params![from, now.last], |row| row.get(0))?;
            let posts = counted + more;
            let mut counted = self.counted_at(now.turn);
            counted.arrived.retain(|known| known.after != post);
            counted.arrived.push(Arrived { after: post, up_to: now.last, posts });
            forget_first(&mut counted.arrived);
            Ok(posts)
        })
    }

    /// What `count` counts, or counted before: posts of followed sources, none later than `seen`, that a window opened at
    /// `since` does not reach.
    pub(super) fn older(
        &self,
        now: AsItIs,
        since: Moment,
        seen: PostId,
        count: impl FnOnce() -> Result<u32, Trouble>,
    ) -> Result<u32, Trouble> {
        let known = |older: &&Older| older.since == since && older.seen == seen;
        // What comes later has a higher number.
        if let Some(older) = self.counted_at(now.turn).older.iter().find(known)
            && seen.0 <= now.last
        {
            return Ok(older.posts);
        }
        let posts = count()?;
        if seen.0 <= now.last {
            let mut counted = self.counted_at(now.turn);
            counted.older.push(Older { since, seen, posts });
            forget_first(&mut counted.older);
        }
        Ok(posts)
    }

    /// What was counted at that turn; nothing where it is another one.
    fn counted_at(&self, turn: i64) -> MutexGuard<'_, Counted> {
        let mut counted = self.counted().lock().unwrap_or_else(PoisonError::into_inner);
        if counted.turn != turn {
            *counted = Counted { turn, ..Counted::default() };
        }
        counted
    }
}

fn forget_first<T>(counts: &mut Vec<T>) {
    if counts.len() > REMEMBERED {
        counts.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use pepites_core::model::Mode;

    use crate::{
        How, KeepRule, Mark, Store,
        digests::tests::{digest, entry},
        tests::{NOW, ago, follow, group, item, on_disk, read, titled},
    };

    use super::*;

    #[test]
    fn what_is_remembered_is_what_is_counted_anew_whatever_happens() {
        let (folder, store) = on_disk();
        // To SQLite, another process: what it does is heard of too.
        let other = Store::open(folder.path(), std::time::Duration::from_secs(10)).unwrap();
        let sources = ["ana", "ben", "eva"].map(|name| follow(&store, name));
        let bring = |store: &Store, from: i64| {
            for (place, source) in sources.into_iter().enumerate() {
                let items = (from..from + 6).map(|n| {
                    let name = format!("{place}-{n}");
                    // Some came without a date.
                    let mut item = item(&name, &name, "<p>x</p>", ago(n % 9));
                    if n % 4 == 0 {
                        item.published = None;
                    }
                    item
                });
                read(store, source, NOW, items.collect());
            }
        };
        let counts = |store: &Store| {
            let mut counts = Vec::new();
            for seen in [0, 9, 18, 36, 1_000].map(PostId) {
                counts.push(store.arrived_after(seen).unwrap());
                for since in [ago(8), ago(3), NOW] {
                    counts.push(store.older_unread(since, seen, None).unwrap());
                }
            }
            counts
        };
        let mut before = Vec::new();
        let mut agree = |what: &str, moved: bool| {
            let anew = counts(&Store::open(folder.path(), std::time::Duration::from_secs(10)).unwrap());
            assert_eq!(counts(&store), anew, "{what}");
            assert_eq!(counts(&store), anew, "{what}, again");
            assert_eq!(counts(&other), anew, "{what}, elsewhere");
            assert_eq!(anew != before, moved, "{what}");
            before = anew;
        };
        agree("an empty library", true);
        bring(&store, 0);
        agree("posts came", true);
        bring(&other, 6);
        agree("posts came to another process", true);
        store.set_mode(sources[0], Mode::Muted, NOW).unwrap();
        agree("a source was muted", true);
        other.set_mode(sources[0], Mode::All, NOW).unwrap();
        agree("and is not any more", true);
        other.unfollow(sources[1], NOW).unwrap();
        agree("a source was left", true);
        store.mark(&[titled(&store, "2-5")], Mark::Read, true, How::ByHand, NOW, 0).unwrap();
        agree("a post was read", true);
        other.mark(&[titled(&store, "2-5")], Mark::Read, false, How::ByHand, NOW, 0).unwrap();
        agree("and unread", true);
        group(&store);
        agree("all have their stories", false);
        let post = titled(&store, "2-7");
        let story = store.stories_of(&[post]).unwrap()[&post];
        store.keep_digest(&digest("2026-11-23", vec![entry(story, post)]), None).unwrap();
        agree("a digest was shown", true);
        bring(&store, 12);
        let file = folder.path().join("elsewhere.db");
        store.back_up(&file).unwrap();
        agree("and a copy was made", true);
        let dropped = other.trim(KeepRule { read_days: None, unread_days: Some(0) }, NOW.plus(Moment::DAY)).unwrap();
        assert!(dropped.posts > 20);
        agree("posts were dropped", true);
        store.restore(&file, NOW).unwrap();
        agree("the copy took its place", true);
    }
}
