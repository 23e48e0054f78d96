//! What the reader did: an append-only log of events, and the state that it makes.

use std::collections::BTreeSet;

use pepites_core::model::{Moment, PostId, PostKey, SourceId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    Store, StoreError,
    error::Trouble,
    events::{Event, log},
    store::Durability,
};

pub(crate) mod relays;
#[cfg(test)]
mod tests;

/// What a post can be marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Read.
    Read,
    /// Starred: kept for ever.
    Starred,
    /// Let go without reading.
    Skipped,
    /// Down because another telling of its story was read: set by itself when that is; the reader lifts it, or puts it
    /// back.
    Relay,
    /// Put off until the next day's digest, which has a place for it.
    PutOff,
}

/// How it came to be marked: different things in the trends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By opening the post.
    Opened,
    /// By a command on this post alone.
    ByHand,
    /// By a command on many posts at once.
    InBulk,
}

/// Since when a post is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Marks {
    pub read: Option<Moment>,
    pub starred: Option<Moment>,
    pub skipped: Option<Moment>,
    /// Another telling of its story was read: it is not, and stays down all the same.
    pub relay: Option<Moment>,
    pub put_off: Option<Moment>,
    /// A rule starred it, and the reader did not.
    pub starred_by_rule: bool,
}

/// What a marking did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Posts whose mark changed; the others had it already.
    pub changed: Vec<PostId>,
    /// Other tellings of their stories, which are relays of a story read from now on.
    pub relays: Vec<PostId>,
    /// Ids that the library does not have.
    pub missing: Vec<PostId>,
}

impl Mark {
    /// What the log calls it.
    fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Starred => "starred",
            Self::Skipped => "skipped",
            Self::Relay => "relay",
            Self::PutOff => "put_off",
        }
    }

    /// Since `?3`, or (NULL) no longer; does nothing, and counts as nothing, where it was so already.
    fn sql(self) -> &'static str {
        match self {
            Self::Read => {
                "INSERT INTO marks (post, source, read, read_how) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (post) DO UPDATE SET read = excluded.read, read_how = excluded.read_how
                 WHERE (read IS NULL) <> (excluded.read IS NULL)"
            }
            Self::Starred => {
                "INSERT INTO marks (post, source, starred, starred_how) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (post) DO UPDATE
                 SET starred = excluded.starred, starred_how = excluded.starred_how,
                     starred_rule = iif(excluded.starred IS NULL AND starred_how = 'rule', starred_rule, NULL)
                 WHERE (starred IS NULL) <> (excluded.starred IS NULL)"
            }
            Self::Skipped => {
                "INSERT INTO marks (post, source, skipped, skipped_how) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (post) DO UPDATE SET skipped = excluded.skipped, skipped_how = excluded.skipped_how
                 WHERE (skipped IS NULL) <> (excluded.skipped IS NULL)"
            }
            Self::Relay => {
                "INSERT INTO marks (post, source, relay) VALUES (?1, ?2, ?3)
                 ON CONFLICT (post) DO UPDATE SET relay = excluded.relay
                 WHERE (relay IS NULL) <> (excluded.relay IS NULL)"
            }
            Self::PutOff => {
                "INSERT INTO marks (post, source, put_off) VALUES (?1, ?2, ?3)
                 ON CONFLICT (post) DO UPDATE SET put_off = excluded.put_off
                 WHERE (put_off IS NULL) <> (excluded.put_off IS NULL)"
            }
        }
    }
}

impl How {
    fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::ByHand => "by_hand",
            Self::InBulk => "in_bulk",
        }
    }
}

impl Store {
    /// Marks (`on`) or unmarks posts, in one transaction that has reached the disk when this returns. The other tellings
    /// of a story of which one is read become relays of a story read: they stay down without being read. To unmark one
    /// brings back that one alone, whether it was read or a relay.
    /// `offset_minutes`: the reader's time zone, east of Greenwich.
    pub fn mark(
        &self,
        posts: &[PostId],
        mark: Mark,
        on: bool,
        how: How,
        now: Moment,
        offset_minutes: i32,
    ) -> Result<Marked, StoreError> {
        let posts: Vec<PostId> = posts.to_vec();
        self.write(Durability::Power, move |library| {
            let mut marked = Marked { changed: Vec::new(), relays: Vec::new(), missing: Vec::new() };
            let mut seen = BTreeSet::new();
            for post in posts.into_iter().filter(|post| seen.insert(*post)) {
                let Some((source, key)) = named(library, post)? else {
                    marked.missing.push(post);
                    continue;
                };
                let mut changed = set(library, post, source, mark, on.then_some((now, how)))?;
                if mark == Mark::Read {
                    changed |= relays::lift(library, post)?;
                }
                if changed {
                    marked.changed.push(post);
                    if mark == Mark::Read && on {
                        marked.relays.extend(relays::of_read(library, post, now)?);
                    }
                }
                // What a rule starred is theirs from now on: nothing that is seen changes, and no undo takes it away.
                let adopted = !changed && mark == Mark::Starred && on && adopt(library, post)?;
                let after_all = mark == Mark::Read && on && how == How::Opened;
                if changed || adopted || (after_all && opened_after_all(library, post)?) {
                    let event = Event {
                        what: mark.name(),
                        how: Some(how.name()),
                        offset_minutes: Some(offset_minutes),
                        source: Some(source),
                        post: Some(&key),
                        value: on.into(),
                    };
                    log(library, now, &event)?;
                    if mark == Mark::Read && ended(library, post, &key)? == Some(!on) {
                        log(library, now, &Event { what: "finished", how: None, ..event })?;
                    }
                }
            }
            let changed: BTreeSet<PostId> = marked.changed.iter().copied().collect();
            marked.relays.retain(|relay| !changed.contains(relay));
            Ok(marked)
        })
    }

    /// The marks of these posts, in the same order.
    pub fn marks(&self, posts: &[PostId]) -> Result<Vec<Marks>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(
                "SELECT read, starred, skipped, relay, put_off, starred_how FROM marks WHERE post = ?1",
            )?;
            posts
                .iter()
                .map(|post| Ok(statement.query_row([post.0], marks_in).optional()?.unwrap_or_default()))
                .collect()
        })
    }
}

/// The marks in a row that has their columns.
pub(crate) fn marks_in(row: &Row<'_>) -> rusqlite::Result<Marks> {
    let moment = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Moment));
    Ok(Marks {
        read: moment("read")?,
        starred: moment("starred")?,
        skipped: moment("skipped")?,
        relay: moment("relay")?,
        put_off: moment("put_off")?,
        starred_by_rule: row.get::<_, Option<String>>("starred_how")?.as_deref() == Some("rule"),
    })
}

/// The post as other devices know it.
fn named(library: &Connection, post: PostId) -> Result<Option<(SourceId, PostKey)>, Trouble> {
    let named = library
        .prepare_cached("SELECT source, key FROM posts WHERE id = ?1")?
        .query_row([post.0], |row| Ok((SourceId(row.get(0)?), PostKey(row.get(1)?))))
        .optional()?;
    Ok(named)
}

/// Gives whether it changed anything.
fn set(
    library: &Connection,
    post: PostId,
    source: SourceId,
    mark: Mark,
    on: Option<(Moment, How)>,
) -> Result<bool, Trouble> {
    let mut statement = library.prepare_cached(mark.sql())?;
    let since = on.map(|(since, _)| since.0);
    let changed = match (mark, on) {
        // Nothing to take away from a post that was never marked.
        (_, None) if !exists(library, post)? => 0,
        (Mark::Read | Mark::Skipped, _) => {
            statement.execute(params![post.0, source.0, since, on.map(|(_, how)| how.name())])?
        }
        // What the reader takes the star off, no rule stars again; which rule had is kept, for the undo.
        (Mark::Starred, _) => statement.execute(params![post.0, source.0, since, on.is_none().then_some("refused")])?,
        _ => statement.execute(params![post.0, source.0, since])?,
    };
    Ok(changed > 0)
}

/// A star that a rule gave becomes the reader's own.
fn adopt(library: &Connection, post: PostId) -> Result<bool, Trouble> {
    let changed = library
        .prepare_cached(
            "UPDATE marks SET starred_how = NULL, starred_rule = NULL WHERE post = ?1 AND starred_how = 'rule'",
        )?
        .execute([post.0])?;
    Ok(changed > 0)
}

/// A post swept away with many others and opened later was chosen by the reader: the trends count that, once.
fn opened_after_all(library: &Connection, post: PostId) -> Result<bool, Trouble> {
    let changed = library
        .prepare_cached("UPDATE marks SET read_how = 'opened' WHERE post = ?1 AND read_how = 'in_bulk'")?
        .execute([post.0])?;
    Ok(changed > 0)
}

/// Whether the log has it as read to its end now, of what ever was. What is marked unread is not, and is again when that is
/// taken back: the mark itself stays, and counts while it is read.
fn ended(library: &Connection, post: PostId, key: &PostKey) -> Result<Option<bool>, Trouble> {
    const ENDED: &str = "
        SELECT value = 'true' FROM events
        WHERE post_key = ?2 AND what = 'finished' AND EXISTS (SELECT 1 FROM marks WHERE post = ?1 AND finished IS NOT NULL)
        ORDER BY id DESC LIMIT 1";
    Ok(library.prepare_cached(ENDED)?.query_row(params![post.0, key.0], |row| row.get(0)).optional()?)
}

fn exists(library: &Connection, post: PostId) -> Result<bool, Trouble> {
    Ok(library.prepare_cached("SELECT 1 FROM marks WHERE post = ?1")?.exists([post.0])?)
}
