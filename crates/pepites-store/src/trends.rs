//! Gives figures of days, months and hours from the rollups that the library keeps with each write; erases what the
//! reader did from them. Never reads the posts for a figure that a rollup has.

use pepites_core::model::{Moment, PostId, PostKey, SourceId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    Store, StoreError,
    error::Trouble,
    events::{Event, log},
    store::Durability,
};

mod came;
mod lists;
mod relays;
mod room;
mod sources;
mod sums;
#[cfg(test)]
mod tests;
mod titles;

pub use came::{Acted, Came, Piece};
pub use lists::Listed;
pub use relays::Relay;
pub use room::RoomPost;
pub use sources::TrendSource;
pub use sums::Total;
pub use titles::TitleLine;

/// What came from a source in some days, and what the reader did with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Posts of these dates. A date that was made up for a backlog is none.
    pub published: u64,
    /// What reading these takes, in seconds.
    pub seconds: u64,
    /// Of these, those that came with the first visit of their source.
    pub backlog: u64,
    /// Posts that came on these days, without backlogs.
    pub arrived: u64,
    /// Stories that it stood for in digests of these days.
    pub digested: u64,
    /// Of these, nuggets.
    pub nuggets: u64,
    /// Posts opened.
    pub opened: u64,
    /// Posts read to their end, or long enough.
    pub finished: u64,
    /// Posts marked read one by one, but for those read to their end.
    pub by_hand: u64,
    /// Posts marked read with many others.
    pub in_bulk: u64,
    /// Posts seen in a list and passed by.
    pub skimmed: u64,
    /// Posts let go.
    pub skipped: u64,
    /// Posts starred.
    pub starred: u64,
    /// Posts shared.
    pub shared: u64,
}

/// A piece of figures: a day or a month, a source, what there was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Days since 1970-01-01 where the reader was, or a month (202611).
    pub when: i64,
    /// Of which source.
    pub source: SourceId,
    /// What there was.
    pub tally: Tally,
}

/// What the reader did with a post beyond marking it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Read to its end, or long enough.
    Finished,
    /// Seen in a list and passed by.
    Skimmed,
    /// Shared.
    Shared,
}

impl Act {
    fn name(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Skimmed => "skimmed",
            Self::Shared => "shared",
        }
    }

    /// Beside the event, what a taste is learned from.
    fn kept(self) -> Option<&'static str> {
        match self {
            Self::Finished => Some(
                "INSERT INTO marks (post, source, finished) VALUES (?1, ?2, ?3)
                 ON CONFLICT (post) DO UPDATE SET finished = coalesce(finished, excluded.finished)",
            ),
            Self::Shared => Some(
                "INSERT INTO marks (post, source, shared) VALUES (?1, ?2, ?3)
                 ON CONFLICT (post) DO UPDATE SET shared = coalesce(shared, excluded.shared)",
            ),
            Self::Skimmed => None,
        }
    }
}

const FIGURES: &str =
    "published, seconds, backlog, arrived, digested, nuggets, opened, finished, by_hand, in_bulk, skimmed,
    skipped, starred, shared";

/// Events that the figures of the reader's acts are made of, and that go when they are erased.
const ACTS: &str = "('read', 'finished', 'skimmed', 'skipped', 'starred', 'shared')";

impl Tally {
    /// This and that together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            published: self.published + other.published,
            seconds: self.seconds + other.seconds,
            backlog: self.backlog + other.backlog,
            arrived: self.arrived + other.arrived,
            digested: self.digested + other.digested,
            nuggets: self.nuggets + other.nuggets,
            opened: self.opened + other.opened,
            finished: self.finished + other.finished,
            by_hand: self.by_hand + other.by_hand,
            in_bulk: self.in_bulk + other.in_bulk,
            skimmed: self.skimmed + other.skimmed,
            skipped: self.skipped + other.skipped,
            starred: self.starred + other.starred,
            shared: self.shared + other.shared,
        }
    }

    /// Posts that the reader read: to their end, long enough, or marked so one by one. Never those swept away in bulk.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.finished + self.by_hand
    }
}

impl Store {
    /// Notes where the reader is, for what comes from now on. The first time, for all that was before too, unless the
    /// library has posts whose days are counted already.
    pub fn note_zone(&self, now: Moment, offset_minutes: i32) -> Result<(), StoreError> {
        let last = self.read(last_zone)?;
        if last.is_some_and(|(_, offset)| offset == offset_minutes) {
            return Ok(());
        }
        self.write(Durability::Process, move |library| {
            let last = last_zone(library)?;
            let begun = library.prepare_cached("SELECT 1 FROM trend_days")?.exists([])?;
            let since = match last {
                Some((_, offset)) if offset == offset_minutes => return Ok(()),
                // A clock that was set back must not change where the reader was before.
                Some((since, _)) => now.0.max(since + 1),
                None if begun => now.0,
                None => i64::MIN,
            };
            library
                .prepare_cached("INSERT INTO zones (since, offset_minutes) VALUES (?1, ?2)")?
                .execute([since, i64::from(offset_minutes)])?;
            Ok(())
        })
    }

    /// The first day of which there is a figure; None without any.
    pub fn first_trend_day(&self) -> Result<Option<i64>, StoreError> {
        self.read(|library| {
            Ok(library.prepare_cached("SELECT min(day) FROM trend_days")?.query_row([], |row| row.get(0))?)
        })
    }

    /// The first day on which something came that was no backlog, or the reader did something: since when the figures
    /// of coming and reading go.
    pub fn first_lived_day(&self) -> Result<Option<i64>, StoreError> {
        self.read(|library| {
            Ok(library.prepare_cached("SELECT min(day) FROM trend_hours")?.query_row([], |row| row.get(0))?)
        })
    }

    /// The figures of every source on every day from `first` to `last`, in order of days.
    pub fn trend_days(&self, first: i64, last: i64) -> Result<Vec<Cell>, StoreError> {
        self.read(|library| {
            cells(
                library,
                &format!("SELECT day, source, {FIGURES} FROM trend_days WHERE day BETWEEN ?1 AND ?2"),
                first,
                last,
            )
        })
    }

    /// The figures of one source from `first` to `last`, in order; days without any are left out. Each day is looked up by
    /// itself: those of two thousand other sources stand between them.
    pub fn trend_days_of(&self, source: SourceId, first: i64, last: i64) -> Result<Vec<(i64, Tally)>, StoreError> {
        let sql = format!(
            "WITH RECURSIVE every(at) AS (SELECT ?2 UNION ALL SELECT at + 1 FROM every WHERE at < ?3)
             SELECT day, {FIGURES} FROM every CROSS JOIN trend_days ON day = at AND source = ?1 ORDER BY at"
        );
        self.read(|library| {
            let mut statement = library.prepare_cached(&sql)?;
            let mut rows = statement.query([source.0, first, last])?;
            let mut days = Vec::new();
            while let Some(row) = rows.next()? {
                days.push((row.get(0)?, tally(row, 1)?));
            }
            Ok(days)
        })
    }

    /// Posts that came, and posts read, from `first` to `last`, by day of the week (from Monday) and hour.
    pub fn trend_hours(&self, first: i64, last: i64) -> Result<[[(u64, u64); 24]; 7], StoreError> {
        self.read(|library| {
            let mut hours = [[(0, 0); 24]; 7];
            // Added up here: the library would sort them by day of the week first.
            let mut statement = library
                .prepare_cached("SELECT day, hour, arrived, read FROM trend_hours WHERE day BETWEEN ?1 AND ?2")?;
            let mut rows = statement.query([first, last])?;
            while let Some(row) = rows.next()? {
                let (day, hour): (i64, i64) = (row.get(0)?, row.get(1)?);
                // 1970-01-01 was a Thursday.
                let place = usize::try_from((day + 3).rem_euclid(7)).ok().zip(usize::try_from(hour).ok());
                let day = place.and_then(|(weekday, hour)| hours.get_mut(weekday)?.get_mut(hour));
                if let Some((arrived, read)) = day {
                    *arrived += counted(row, 2)?;
                    *read += counted(row, 3)?;
                }
            }
            Ok(hours)
        })
    }

    /// When each followed source first and last published, of what the library has.
    pub fn published_spans(&self) -> Result<Vec<(SourceId, Moment, Moment)>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(
                "SELECT id, (SELECT min(published) FROM posts WHERE source = sources.id) AS first,
                        (SELECT max(published) FROM posts WHERE source = sources.id) AS last
                 FROM sources WHERE unfollowed IS NULL AND last IS NOT NULL ORDER BY id",
            )?;
            let rows =
                statement.query_map([], |row| Ok((SourceId(row.get(0)?), Moment(row.get(1)?), Moment(row.get(2)?))))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Notes what the reader did with posts; each once until it is taken back, but for sharing. A post that is gone is left out. Gives how many
    /// were new.
    pub fn note_acts(&self, posts: &[PostId], act: Act, now: Moment, offset_minutes: i32) -> Result<u32, StoreError> {
        let posts = posts.to_vec();
        self.write(Durability::Process, move |library| {
            let mut new = 0;
            for post in posts {
                new += u32::from(note(library, post, act, now, offset_minutes)?);
            }
            Ok(new)
        })
    }

    /// Erases when and how the reader read: the events and every figure made of them. What is read, skipped and starred
    /// stays so; what came stays counted. Cannot be undone. Gives how many events went.
    pub fn erase_acts(&self, now: Moment) -> Result<u32, StoreError> {
        self.write(Durability::Power, move |library| {
            let erased =
                library.execute(&format!("DELETE FROM events WHERE post_key IS NOT NULL AND what IN {ACTS}"), [])?;
            library.execute(
                "UPDATE trend_days SET opened = 0, finished = 0, by_hand = 0, in_bulk = 0, skimmed = 0, skipped = 0,
                    starred = 0, shared = 0
                 WHERE opened OR finished OR by_hand OR in_bulk OR skimmed OR skipped OR starred OR shared",
                [],
            )?;
            library.execute("UPDATE trend_hours SET read = 0 WHERE read", [])?;
            library.execute("UPDATE marks SET finished = NULL, shared = NULL WHERE finished OR shared", [])?;
            library.execute("DELETE FROM readings", [])?;
            log(library, now, &Event { what: "erased", value: erased.into(), ..Event::default() })?;
            Ok(u32::try_from(erased).unwrap_or(u32::MAX))
        })
    }
}

fn note(library: &Connection, post: PostId, act: Act, now: Moment, offset_minutes: i32) -> Result<bool, Trouble> {
    let known: Option<(i64, String)> = library
        .prepare_cached("SELECT source, key FROM posts WHERE id = ?1")?
        .query_row([post.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((source, key)) = known else { return Ok(false) };
    let done = library
        .prepare_cached(
            "SELECT 1 FROM events AS done WHERE post_key = ?1 AND what = ?2 AND value = 'true'
             AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.post_key = ?1 AND back.what = ?2
                                                            AND back.value = 'false' AND back.id > done.id)",
        )?
        .exists(params![key, act.name()])?;
    if done && act != Act::Shared {
        return Ok(false);
    }
    let event = Event {
        what: act.name(),
        offset_minutes: Some(offset_minutes),
        source: Some(SourceId(source)),
        post: Some(&PostKey(key)),
        value: true.into(),
        ..Event::default()
    };
    log(library, now, &event)?;
    if let Some(keep) = act.kept() {
        library.prepare_cached(keep)?.execute(params![post.0, source, now.0])?;
    }
    Ok(true)
}

fn last_zone(library: &Connection) -> Result<Option<(i64, i32)>, Trouble> {
    let last = library
        .prepare_cached("SELECT since, offset_minutes FROM zones ORDER BY since DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last)
}

fn cells(library: &Connection, sql: &str, first: i64, last: i64) -> Result<Vec<Cell>, Trouble> {
    let mut statement = library.prepare_cached(sql)?;
    let mut rows = statement.query([first, last])?;
    let mut cells = Vec::new();
    while let Some(row) = rows.next()? {
        cells.push(Cell { when: row.get(0)?, source: SourceId(row.get(1)?), tally: tally(row, 2)? });
    }
    Ok(cells)
}

/// The figures in the columns from `at` on. By place: a page reads a hundred thousand of these rows.
fn tally(row: &Row<'_>, at: usize) -> Result<Tally, Trouble> {
    Ok(Tally {
        published: counted(row, at)?,
        seconds: counted(row, at + 1)?,
        backlog: counted(row, at + 2)?,
        arrived: counted(row, at + 3)?,
        digested: counted(row, at + 4)?,
        nuggets: counted(row, at + 5)?,
        opened: counted(row, at + 6)?,
        finished: counted(row, at + 7)?,
        by_hand: counted(row, at + 8)?,
        in_bulk: counted(row, at + 9)?,
        skimmed: counted(row, at + 10)?,
        skipped: counted(row, at + 11)?,
        starred: counted(row, at + 12)?,
        shared: counted(row, at + 13)?,
    })
}

fn counted(row: &Row<'_>, at: usize) -> Result<u64, Trouble> {
    Ok(u64::try_from(row.get::<_, i64>(at)?).unwrap_or(0))
}
