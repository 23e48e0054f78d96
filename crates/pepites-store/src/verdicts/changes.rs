//! What the reader's word on two posts changes beside their stories: what is down, what is news, what the next digest may
//! show, which story goes on with which. Never touches what the reader read or skipped.

use std::collections::BTreeSet;

use pepites_core::model::Moment;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::Move;
use crate::{error::Trouble, relations::touched};

/// What a verdict changed, so that it can be taken back.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Changed {
    /// Posts put down, as they came to a story that was read.
    down: Vec<i64>,
    /// Posts that came back, each with since when it was down.
    lifted: Vec<(i64, i64)>,
    /// Posts that are no news of a story read any more.
    news: Vec<i64>,
    /// Posts that may enter the next digest.
    freed: Vec<i64>,
    /// Stories that go on with another one than before: which, before, now.
    earlier: Vec<(i64, Option<i64>, Option<i64>)>,
    /// Stories that know otherwise of tellings that were let go: which, since when these were read and skipped, before, now.
    kept: Vec<(i64, Kept, Kept)>,
}

/// Since when a telling that was let go was read, and skipped.
type Kept = (Option<i64>, Option<i64>);

/// What of a story would be a relay if a telling of it was read now.
const UNTOUCHED: &str = "
    SELECT posts.id, posts.source FROM posts LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.story = ?1 AND posts.news = 0
      AND marks.read IS NULL AND marks.skipped IS NULL AND marks.relay IS NULL
    ORDER BY posts.id";

const RELAYS: &str = "
    SELECT posts.id, marks.relay FROM posts JOIN marks ON marks.post = posts.id
    WHERE posts.story = ?1 AND marks.relay >= ?2 ORDER BY posts.id";

const NEWS: &str = "
    SELECT id FROM posts WHERE story = ?1 AND news ORDER BY id";

/// Whether no digest has shown that post as the face of its story, which was one of `?2` and `?3`, and the reader let it not go.
const UNSEEN: &str = "
    SELECT 1 FROM posts LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.id = ?1 AND marks.read IS NULL AND marks.skipped IS NULL
      AND NOT EXISTS (SELECT 1 FROM digest_entries JOIN digests ON digests.id = digest
                      WHERE story IN (?2, ?3) AND face = posts.id AND opened IS NOT NULL)";

/// But where its own story was read meanwhile.
const LIFT: &str = "
    UPDATE marks SET relay = NULL
    WHERE post = ?1
      AND NOT EXISTS (
          SELECT 1 FROM posts AS told CROSS JOIN marks AS theirs ON theirs.post = told.id
          WHERE told.story = (SELECT story FROM posts WHERE id = ?1) AND theirs.read IS NOT NULL)
      AND NOT EXISTS (
          SELECT 1 FROM stories
          WHERE stories.id = (SELECT story FROM posts WHERE posts.id = ?1) AND stories.read IS NOT NULL)";

const GOES_ON_WITH: &str = "
    SELECT id, earlier FROM stories WHERE earlier = ?1 OR id = ?1 OR id = ?2 ORDER BY id";

impl Changed {
    /// All tellings of one story are about to come to another one: where one of the two was read, what is untouched in the
    /// other stays down; and what goes on with the one goes on with the other.
    pub(super) fn before_joining(&mut self, library: &Connection, moves: &[Move], now: Moment) -> Result<(), Trouble> {
        let Some(&(_, goes, stays)) = moves.first() else { return Ok(()) };
        let side = match (is_read(library, goes)?, is_read(library, stays)?) {
            (true, false) => Some(stays),
            (false, true) => Some(goes),
            _ => None,
        };
        if let Some(side) = side {
            let mut down = library.prepare_cached(
                "INSERT INTO marks (post, source, relay) VALUES (?1, ?2, ?3)
                 ON CONFLICT (post) DO UPDATE SET relay = excluded.relay",
            )?;
            for (post, source) in pairs(library, UNTOUCHED, [side])? {
                down.execute([post, source, now.0])?;
                self.down.push(post);
            }
        }
        self.remember(library, goes, stays)?;
        self.go_on(library, goes, stays)
    }

    /// What `goes` knows of tellings that were let go, `stays` knows from now on.
    fn remember(&mut self, library: &Connection, goes: i64, stays: i64) -> Result<(), Trouble> {
        let (theirs, before) = (kept(library, goes)?, kept(library, stays)?);
        let now = (before.0.or(theirs.0), before.1.or(theirs.1));
        if now != before {
            set_kept(library, stays, before, now)?;
            self.kept.push((stays, before, now));
        }
        Ok(())
    }

    /// These posts have left their story for another: where nothing is read of either now, what is down (since `since`) or
    /// news because of a telling that is elsewhere comes back, and may enter the next digest; so may all that has `left`.
    pub(super) fn after_parting(
        &mut self,
        library: &Connection,
        moves: &[Move],
        (since, left): (Moment, bool),
        now: Moment,
    ) -> Result<(), Trouble> {
        let Some(&(_, from, to)) = moves.first() else { return Ok(()) };
        let mut back = BTreeSet::new();
        let (from_is_read, to_is_read) = (is_read(library, from)?, is_read(library, to)?);
        if !to_is_read {
            back.extend(self.bring_back(library, to, since)?);
            back.extend(moves.iter().filter(|_| left).map(|(post, ..)| *post));
        } else if !from_is_read {
            // The telling that was read is the one that left.
            back.extend(self.bring_back(library, from, since)?);
        }
        for post in back {
            if library.prepare_cached(UNSEEN)?.exists([post, from, to])? {
                library
                    .prepare_cached("INSERT OR REPLACE INTO freed (post, at) VALUES (?1, ?2)")?
                    .execute([post, now.0])?;
                self.freed.push(post);
            }
        }
        Ok(())
    }

    fn bring_back(&mut self, library: &Connection, story: i64, since: Moment) -> Result<BTreeSet<i64>, Trouble> {
        let mut back = BTreeSet::new();
        for (post, relay) in pairs(library, RELAYS, params![story, since.0])? {
            library.prepare_cached("UPDATE marks SET relay = NULL WHERE post = ?1")?.execute([post])?;
            self.lifted.push((post, relay));
            back.insert(post);
        }
        for post in super::ids(library, NEWS, story)? {
            library.prepare_cached("UPDATE posts SET news = 0 WHERE id = ?1")?.execute([post])?;
            self.news.push(post);
            back.insert(post);
        }
        Ok(back)
    }

    /// What went on with the story `goes`, or was gone on with by it, is linked to `stays`, as far as that leads nowhere in a circle.
    fn go_on(&mut self, library: &Connection, goes: i64, stays: i64) -> Result<(), Trouble> {
        let mut statement = library.prepare_cached(GOES_ON_WITH)?;
        let rows = statement.query_map([goes, stays], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let linked: Vec<(i64, Option<i64>)> = rows.collect::<Result<_, _>>()?;
        let of = |story: i64| linked.iter().find(|(id, _)| *id == story).and_then(|(_, earlier)| *earlier);
        for &(story, before) in &linked {
            let after = match story {
                _ if story == goes => continue,
                // It goes on with no part of itself, nor with what goes on with one, and with what its other half goes on
                // with where it had nothing.
                _ if story == stays => {
                    let mut after = None;
                    for to in [before, of(goes)].into_iter().flatten() {
                        if after.is_none() && !leads_to(library, to, [goes, stays])? {
                            after = Some(to);
                        }
                    }
                    after
                }
                _ => Some(stays),
            };
            if after != before {
                set_earlier(library, story, before, after)?;
                self.earlier.push((story, before, after));
            }
        }
        Ok(())
    }

    /// Lets up what it put down. To be called once everybody is back in their story, which may have been read meanwhile.
    pub(super) fn lift(&self, library: &Connection) -> Result<(), Trouble> {
        for post in &self.down {
            library.prepare_cached(LIFT)?.execute([post])?;
        }
        Ok(())
    }

    /// Puts back what else it says, where the reader touched nothing of it since.
    pub(super) fn take_back(&self, library: &Connection) -> Result<(), Trouble> {
        for (post, since) in &self.lifted {
            library
                .prepare_cached(
                    "UPDATE marks SET relay = ?2
                     WHERE post = ?1 AND relay IS NULL AND read IS NULL AND skipped IS NULL AND dropped = 0",
                )?
                .execute([post, since])?;
        }
        for post in &self.news {
            library.prepare_cached("UPDATE posts SET news = 1 WHERE id = ?1")?.execute([post])?;
        }
        for post in &self.freed {
            library.prepare_cached("DELETE FROM freed WHERE post = ?1")?.execute([post])?;
        }
        for &(story, before, after) in &self.earlier {
            set_earlier(library, story, after, before)?;
        }
        for &(story, before, after) in &self.kept {
            set_kept(library, story, after, before)?;
        }
        Ok(())
    }

    /// A post that was taken back by its source has come again as another.
    pub(super) fn rename(&mut self, old: i64, new: i64) {
        let lifted = self.lifted.iter_mut().map(|(post, _)| post);
        let posts = self.down.iter_mut().chain(&mut self.news).chain(&mut self.freed).chain(lifted);
        posts.filter(|post| **post == old).for_each(|post| *post = new);
    }
}

/// Whether that story is one of `ends`, or goes on with one, over however many.
fn leads_to(library: &Connection, story: i64, ends: [i64; 2]) -> Result<bool, Trouble> {
    let (mut seen, mut at) = (BTreeSet::new(), Some(story));
    while let Some(story) = at.filter(|story| seen.insert(*story)) {
        if ends.contains(&story) {
            return Ok(true);
        }
        let before: Option<Option<i64>> = library
            .prepare_cached("SELECT earlier FROM stories WHERE id = ?1")?
            .query_row([story], |row| row.get(0))
            .optional()?;
        at = before.flatten();
    }
    Ok(false)
}

fn kept(library: &Connection, story: i64) -> Result<Kept, Trouble> {
    let kept = library
        .prepare_cached("SELECT read, skipped FROM stories WHERE id = ?1")?
        .query_row([story], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(kept.unwrap_or_default())
}

/// Only where it is still so.
fn set_kept(library: &Connection, story: i64, from: Kept, to: Kept) -> Result<(), Trouble> {
    library
        .prepare_cached("UPDATE stories SET read = ?4, skipped = ?5 WHERE id = ?1 AND read IS ?2 AND skipped IS ?3")?
        .execute(params![story, from.0, from.1, to.0, to.1])?;
    Ok(())
}

/// Only where it is still so.
fn set_earlier(library: &Connection, story: i64, from: Option<i64>, to: Option<i64>) -> Result<(), Trouble> {
    library
        .prepare_cached("UPDATE stories SET earlier = ?3 WHERE id = ?1 AND earlier IS ?2")?
        .execute(params![story, from, to])?;
    Ok(())
}

fn is_read(library: &Connection, story: i64) -> Result<bool, Trouble> {
    Ok(touched(library, story)?.0)
}

fn pairs(library: &Connection, sql: &str, of: impl rusqlite::Params) -> Result<Vec<(i64, i64)>, Trouble> {
    let mut statement = library.prepare_cached(sql)?;
    Ok(statement.query_map(of, |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
}
