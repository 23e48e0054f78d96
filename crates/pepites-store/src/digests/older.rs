//! Counts the posts that wait from before a digest's window: asked for with each digest that is shown, so of a million
//! posts too it may take a moment only.

use pepites_core::model::{DigestId, Moment, PostId};
use rusqlite::{Connection, params};

use super::counted::AsItIs;
use crate::{Store, StoreError, error::Trouble, modes::RELAYED};

/// Posts that are told apart one by one. Beyond so many, counting every post is as quick as looking each of these up.
const FEW: u32 = 50_000;

/// What does not wait, by post and not by story: what was shown, left out by this digest, read or let go.
const AWAY: &str = "
    away AS MATERIALIZED (
        SELECT post FROM digest_posts WHERE digest NOT IN (SELECT id FROM digests WHERE opened IS NULL)
        UNION SELECT face FROM digest_left_out WHERE digest = ?3
        UNION SELECT post FROM marks
            WHERE dropped = 0 AND (read IS NOT NULL OR skipped IS NOT NULL OR relay IS NOT NULL)
        UNION SELECT posts.id FROM sources AS held CROSS JOIN posts INDEXED BY posts_of_source ON posts.source = held.id
            WHERE held.mode = 'no_relays' AND {RELAYED}
    )";

const FOLLOWED: &str = "
    followed AS MATERIALIZED (
        SELECT id FROM sources WHERE unfollowed IS NULL AND coalesce(mode, '') NOT IN ('muted', 'nuggets')
    )";

/// What came without a date with a backlog counts as published when it arrived, and is in no window but that of
/// everything.
const UNDATED: &str = "
    (SELECT count(*) FROM posts INDEXED BY posts_published
     WHERE published >= ?1 AND ?1 > 0 AND backlog AND NOT dated AND posts.id <= ?2 AND source IN followed {WAITING})";

/// Every post looked at, all of it in one index.
const COUNTED: &str = "
    (SELECT count(*) FROM followed CROSS JOIN posts INDEXED BY posts_of_source ON posts.source = followed.id
     WHERE published < ?1 AND posts.id <= ?2 {WAITING})";

/// The same number, of what does not wait too: all posts, which SQLite counts by pages, without those of sources that are not
/// followed, those in the window, and those that came later, which are looked up by their rows: SQLite would take an index of
/// all posts.
const INFERRED: &str = "
    (SELECT count(*) FROM posts)
  - (SELECT count(*) FROM sources CROSS JOIN posts INDEXED BY posts_of_source ON posts.source = sources.id
     WHERE sources.id NOT IN followed)
  - (SELECT count(*) FROM followed CROSS JOIN posts INDEXED BY posts_of_source ON posts.source = followed.id
     WHERE published >= ?1)
  - (SELECT count(*) FROM posts NOT INDEXED WHERE posts.id > ?2 AND published < ?1 AND source IN followed)";

/// Of what was counted, what does not wait.
const NOT_WAITING: &str = "
    SELECT count(*) FROM away CROSS JOIN posts NOT INDEXED ON posts.id = away.post
                              CROSS JOIN sources ON sources.id = posts.source
    WHERE posts.id <= ?2 AND (published < ?1 OR (?1 > 0 AND backlog AND NOT dated))
      AND sources.unfollowed IS NULL AND coalesce(sources.mode, '') NOT IN ('muted', 'nuggets')";

/// Whether few do not wait.
const ARE_FEW: &str = "
    SELECT (SELECT count(*) FROM (SELECT 1 FROM digest_posts LIMIT ?1 + 1)) <= ?1
       AND (SELECT count(*) FROM (
                SELECT 1 FROM marks INDEXED BY marks_settled
                WHERE dropped = 0 AND (read IS NOT NULL OR skipped IS NOT NULL OR relay IS NOT NULL)
                LIMIT ?1 + 1)) <= ?1";

impl Store {
    /// Posts of followed sources, none later than `seen`, that a window opened at `since` does not reach: neither read
    /// nor skipped nor a relay of a story read, in no digest, nor among what digest `id` left out.
    pub fn older_unread(&self, since: Moment, seen: PostId, id: Option<DigestId>) -> Result<u32, StoreError> {
        self.read(|library| {
            if !library.prepare_cached(ARE_FEW)?.query_row([FEW], |row| row.get(0))? {
                return waiting(library, since, seen, id);
            }
            let now = AsItIs::of(library)?;
            let few_later = now.last.saturating_sub(seen.0) <= i64::from(FEW);
            let how = if few_later { INFERRED } else { COUNTED };
            let all = self.older(now, since, seen, || all(library, how, since, seen))?;
            Ok(all.saturating_sub(not_waiting(library, since, seen, id)?))
        })
    }
}

/// How many posts there are, waiting or not.
fn all(library: &Connection, how: &str, since: Moment, seen: PostId) -> Result<u32, Trouble> {
    let sql = format!("WITH {FOLLOWED} SELECT {how} + {UNDATED}").replace("{WAITING}", "");
    Ok(library.prepare_cached(&sql)?.query_row(params![since.0, seen.0], |row| row.get(0))?)
}

fn not_waiting(library: &Connection, since: Moment, seen: PostId, id: Option<DigestId>) -> Result<u32, Trouble> {
    let sql = format!("WITH {AWAY} {NOT_WAITING}").replace("{RELAYED}", RELAYED);
    Ok(library.prepare_cached(&sql)?.query_row(params![since.0, seen.0, id.map(|id| id.0)], |row| row.get(0))?)
}

/// All that wait, looked at one by one.
fn waiting(library: &Connection, since: Moment, seen: PostId, id: Option<DigestId>) -> Result<u32, Trouble> {
    let sql = format!("WITH {AWAY}, {FOLLOWED} SELECT {COUNTED} + {UNDATED}");
    let sql = sql.replace("{RELAYED}", RELAYED).replace("{WAITING}", "AND posts.id NOT IN away");
    Ok(library.prepare_cached(&sql)?.query_row(params![since.0, seen.0, id.map(|id| id.0)], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use pepites_core::model::Mode;

    use super::*;
    use crate::{
        How, Mark,
        digests::tests::{digest, entry},
        tests::{NOW, ago, everywhere, follow, group, item, read},
    };

    #[test]
    fn it_is_the_same_counted_and_inferred() {
        everywhere(|store| {
            let names = ["all", "left", "muted", "nuggets", "no_relays", "daily"];
            let sources = names.map(|name| follow(store, name));
            for (place, source) in sources.into_iter().enumerate() {
                for days in 0..12 {
                    // Some tell what others told, and some came without a date.
                    let (name, title) = (format!("{}-{days}", place % 3), format!("{place} tells of {days}"));
                    let mut item = item(&name, &title, "<p>x</p>", ago(days));
                    if days % 5 == 0 {
                        item.published = None;
                    }
                    read(store, source, ago(days), vec![item]);
                }
            }
            group(store);
            let [_, left, muted, nuggets, no_relays, daily] = sources;
            store.unfollow(left, NOW).unwrap();
            let modes =
                [(muted, Mode::Muted), (nuggets, Mode::Nuggets), (no_relays, Mode::NoRelays), (daily, Mode::Daily(1))];
            for (source, mode) in modes {
                store.set_mode(source, mode, NOW).unwrap();
            }
            let posts: Vec<PostId> = (1..=72).map(PostId).collect();
            store.mark(&posts[3..9], Mark::Read, true, How::ByHand, NOW, 0).unwrap();
            store.mark(&posts[50..53], Mark::Skipped, true, How::ByHand, NOW, 0).unwrap();
            let story = store.stories_of(&posts[20..21]).unwrap()[&posts[20]];
            let id = store.keep_digest(&digest("2026-11-23", vec![entry(story, posts[20])]), None).unwrap();
            let (mut most, mut least) = (0, u32::MAX);
            for since in [Moment(0), ago(11), ago(6), ago(1), NOW.plus(1)] {
                for seen in [0, 20, 40, 72, i64::MAX] {
                    for id in [None, Some(id)] {
                        let seen = PostId(seen);
                        let [one_by_one, counted, inferred] = store
                            .read(|library| {
                                let away = not_waiting(library, since, seen, id)?;
                                let [counted, inferred] = [COUNTED, INFERRED].map(|how| all(library, how, since, seen));
                                Ok([waiting(library, since, seen, id)?, counted? - away, inferred? - away])
                            })
                            .unwrap();
                        assert_eq!([counted, inferred], [one_by_one; 2], "since {since:?}, {seen:?}, {id:?}");
                        (most, least) = (most.max(counted), least.min(counted));
                    }
                }
            }
            assert!(least == 0 && most > 10, "{least} to {most} prove nothing");
        });
    }
}
