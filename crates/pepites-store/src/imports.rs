//! Takes the sources and people of a file, all or none; keeps what they brought, so that it can be taken back but for what
//! the reader has made their own since. Never drops a source: one that is taken back is left, with its posts and marks.

use std::collections::BTreeSet;

use pepites_core::{
    interchange::contacts::Card,
    model::{ContactId, Folder, ImportId, Moment, SourceId},
};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::{
    Added, Carded, NewSource, Store, StoreError,
    error::{Trouble, missing},
    sources,
    store::Durability,
};

mod cards;
mod others;
#[cfg(test)]
mod tests;

pub(crate) use cards::{Carding, Replaced};
use others::Others;

/// Told how many rows were taken so far; false stops the import, and nothing of it is kept.
pub type Step = Box<dyn FnMut(usize) -> bool + Send>;

/// Imports that can be taken back: who comes later does so by hand. As many as an evening of trying files.
const KEPT: i64 = 20;

/// What an import did.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported<T> {
    /// What became of each row, or of all.
    pub what: T,
    /// Takes it back; None where nothing came that was not there.
    pub import: Option<ImportId>,
}

/// An import that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptImport {
    /// Its row.
    pub import: ImportId,
    /// When it was.
    pub at: Moment,
    /// The file's name.
    pub file: String,
}

/// What the reader did since with a source that an import brought: it is theirs, and stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// They starred a post of it, or put one off.
    Starred,
    /// They put it into other folders.
    Moved,
    /// They gave it another name.
    Renamed,
    /// They said something else of it: how much of it they want, how it is read, whose it is, how one logs in, a rule, that
    /// it is followed again.
    Set,
    /// Nothing, but another file that was imported names it too.
    Named,
}

/// What taking an import back did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// Sources that are followed no more.
    pub sources: u32,
    /// Sources that are followed as before, and are back in only the folders that they were in.
    pub folders: u32,
    /// People who are gone.
    pub people: u32,
    /// Rows that are gone of people who were there before.
    pub rows: u32,
    /// Sources that stay, and why.
    pub kept: Vec<(SourceId, Touch)>,
    /// People who stay because the reader changed them, refused a source for them, joined or parted them.
    pub kept_people: Vec<ContactId>,
}

/// What an import brought.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Brought {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<BroughtSource>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cards: Vec<Carding>,
}

/// A source that an import changed.
#[derive(Debug, Serialize, Deserialize)]
struct BroughtSource {
    source: SourceId,
    was: Was,
    /// What it was right after.
    became: State,
}

impl BroughtSource {
    /// The folders that it was not in before.
    fn came(&self) -> Vec<Folder> {
        let before = match &self.was {
            Was::Followed(folders) => folders.as_slice(),
            Was::Unknown | Was::Left { .. } => &[],
        };
        self.became.folders.iter().filter(|folder| !before.contains(folder)).cloned().collect()
    }
}

/// What a source was before.
#[derive(Debug, Serialize, Deserialize)]
enum Was {
    Unknown,
    Left {
        since: i64,
        state: State,
        site: Option<String>,
        gone: bool,
    },
    /// Followed, in these folders.
    Followed(Vec<Folder>),
}

/// What the reader says of a source.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct State {
    name: Option<String>,
    folders: Vec<Folder>,
    mode: Option<String>,
    preferred: bool,
    full_text: bool,
    unlimited: bool,
}

/// A source as it is.
struct Now {
    left: Option<i64>,
    site: Option<String>,
    gone: bool,
    state: State,
}

impl Store {
    /// [`Store::add_sources`], of a file: what it brings can be taken back. `step` is told of each.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `step` said so. Nothing was changed.
    pub fn import_sources(
        &self,
        file: &str,
        sources: Vec<NewSource>,
        now: Moment,
        mut step: Step,
    ) -> Result<Imported<Vec<Added>>, StoreError> {
        let file = file.to_owned();
        self.write(Durability::Power, move |library| {
            let (mut what, mut brought) = (Vec::with_capacity(sources.len()), Brought::default());
            for (done, new) in sources.iter().enumerate() {
                go_on(&mut step, done)?;
                let (added, change) = bring(library, new, now)?;
                what.push(added);
                brought.sources.extend(change);
            }
            let import = keep(library, &file, &brought, now)?;
            if let Some(import) = import {
                let left = brought.sources.iter().filter(|change| matches!(change.was, Was::Left { .. }));
                others::forget(library, left.map(|change| change.source))?;
                others::name(library, import, what.iter().map(|added| added.id))?;
            }
            Ok(Imported { what, import })
        })
    }

    /// [`Store::add_cards`], of a file: what it brings can be taken back. `step` is told of each.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] when `step` said so. Nothing was changed.
    pub fn import_cards(
        &self,
        file: &str,
        cards: Vec<Card>,
        now: Moment,
        mut step: Step,
    ) -> Result<Imported<Carded>, StoreError> {
        let file = file.to_owned();
        self.write(Durability::Power, move |library| {
            let (what, cards) = crate::contacts::add(library, &file, cards, now, &mut |done| go_on(&mut step, done))?;
            let import = keep(library, &file, &Brought { cards, ..Brought::default() }, now)?;
            Ok(Imported { what, import })
        })
    }

    /// The import that was made last and not taken back.
    pub fn last_import(&self) -> Result<Option<KeptImport>, StoreError> {
        let sql = "SELECT id, at, file FROM imports WHERE undone IS NULL ORDER BY id DESC LIMIT 1";
        self.read(|library| {
            let found = library.prepare_cached(sql)?.query_row([], |row| {
                Ok(KeptImport { import: ImportId(row.get(0)?), at: Moment(row.get(1)?), file: row.get(2)? })
            });
            Ok(found.optional()?)
        })
    }

    /// Takes an import back: what it added goes, what the reader has touched since stays and is named. Gives None when it
    /// was taken back before.
    pub fn take_import_back(&self, import: ImportId, now: Moment) -> Result<Option<TakenBack>, StoreError> {
        self.write(Durability::Power, move |library| {
            let found: Option<(String, i64, bool)> = library
                .prepare_cached("SELECT brought, at, undone IS NOT NULL FROM imports WHERE id = ?1")?
                .query_row([import.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()?;
            let (brought, at, undone) = found.ok_or_else(|| missing("import", import))?;
            if undone {
                return Ok(None);
            }
            library.prepare_cached("UPDATE imports SET undone = ?2 WHERE id = ?1")?.execute([import.0, now.0])?;
            let brought: Brought = serde_json::from_str(&brought)?;
            let mut back = TakenBack::default();
            let said = said_since(library, at)?;
            let mut others = Others::of(library, import)?;
            // The last that came is the first that goes: of a source that stood in the file twice, each step is undone.
            for change in brought.sources.into_iter().rev() {
                take_back(library, change, &said, &mut others, now, &mut back)?;
            }
            others.keep_heirs(library)?;
            library.prepare_cached("DELETE FROM import_names WHERE import = ?1")?.execute([import.0])?;
            sources::drop_empty_folders(library)?;
            cards::take_back(library, &brought.cards, &mut back)?;
            Ok(Some(back))
        })
    }
}

fn go_on(step: &mut Step, done: usize) -> Result<(), Trouble> {
    if step(done) { Ok(()) } else { Err(StoreError::Stopped.into()) }
}

/// Notes what came; nothing is noted where nothing did.
fn keep(library: &Connection, file: &str, brought: &Brought, now: Moment) -> Result<Option<ImportId>, Trouble> {
    if brought.sources.is_empty() && brought.cards.is_empty() {
        return Ok(None);
    }
    let people = i64::try_from(brought.cards.len()).unwrap_or(i64::MAX);
    library
        .prepare_cached("INSERT INTO imports (at, file, brought, people) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![now.0, file, serde_json::to_string(brought)?, people])?;
    let import = library.last_insert_rowid();
    library.prepare_cached("DELETE FROM imports WHERE id <= ?1")?.execute([import - KEPT])?;
    library.prepare_cached("DELETE FROM import_names WHERE import <= ?1")?.execute([import - KEPT])?;
    Ok(Some(ImportId(import)))
}

/// Follows a source of a file; what that changed, where it changed anything that can be taken back.
fn bring(library: &Connection, new: &NewSource, now: Moment) -> Result<(Added, Option<BroughtSource>), Trouble> {
    let before = match sources::known(library, &new.address)? {
        Some(known) => is_now(library, SourceId(known.id))?,
        None => None,
    };
    let added = sources::add(library, new, now)?;
    let was = match before {
        None => Was::Unknown,
        Some(Now { left: Some(since), state, site, gone }) => Was::Left { since, state, site, gone },
        Some(Now { state, .. }) if added.folders_added > 0 => Was::Followed(state.folders),
        Some(_) => return Ok((added, None)),
    };
    let became = is_now(library, added.id)?.map(|now| now.state);
    let change = became.map(|became| BroughtSource { source: added.id, was, became });
    Ok((added, change))
}

fn is_now(library: &Connection, source: SourceId) -> Result<Option<Now>, Trouble> {
    let found = library
        .prepare_cached(
            "SELECT unfollowed, site, gone, name, mode, preferred IS NOT NULL, full_text, unlimited
             FROM sources WHERE id = ?1",
        )?
        .query_row([source.0], |row| {
            let state = State {
                name: row.get(3)?,
                folders: Vec::new(),
                mode: row.get(4)?,
                preferred: row.get(5)?,
                full_text: row.get(6)?,
                unlimited: row.get(7)?,
            };
            Ok(Now { left: row.get(0)?, site: row.get(1)?, gone: row.get(2)?, state })
        })
        .optional()?;
    let Some(mut now) = found else { return Ok(None) };
    now.state.folders = sources::folders_of(library, source.0)?;
    Ok(Some(now))
}

/// What the reader said since.
struct Said {
    /// Sources of which they starred or put off a post. What a rule starred is not theirs.
    starred: BTreeSet<i64>,
    /// Sources of which they said whose they are, how one logs in, or a rule, and those that they left and followed again, by
    /// hand or with another file.
    told: BTreeSet<i64>,
}

fn said_since(library: &Connection, at: i64) -> Result<Said, Trouble> {
    let ids = |sql: &str| -> Result<BTreeSet<i64>, Trouble> {
        let mut statement = library.prepare_cached(sql)?;
        let rows = statement.query_map([at], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    Ok(Said {
        starred: ids("
            SELECT source FROM marks WHERE starred >= ?1 AND starred_how IS NOT 'rule'
            UNION SELECT source FROM marks WHERE put_off >= ?1")?,
        // The passwords of the file itself are noted at its own moment.
        told: ids("
            SELECT one FROM person_verdicts WHERE at >= ?1 UNION SELECT other FROM person_verdicts WHERE at >= ?1
            UNION SELECT CAST(name AS INTEGER) FROM rules WHERE kind = 'source' AND dropped IS NULL AND made >= ?1
            UNION
            SELECT sources.id FROM events
            JOIN sources ON sources.kind = events.source_kind AND sources.locator = events.source_locator
            WHERE events.what IN ('login', 'follow') AND events.at > ?1")?,
    })
}

fn take_back(
    library: &Connection,
    change: BroughtSource,
    said: &Said,
    others: &mut Others,
    now: Moment,
    back: &mut TakenBack,
) -> Result<(), Trouble> {
    let source = change.source;
    // What the reader left since is gone already, and comes back as they had it.
    let Some(Now { left: None, state, .. }) = is_now(library, source)? else { return Ok(()) };
    let folders: BTreeSet<Folder> = state.folders.iter().cloned().collect();
    let moved = folders != others.expected(&change, false);
    // In the order in which they are.
    let without = others.expected(&change, true);
    let without: Vec<Folder> = state.folders.iter().filter(|folder| without.contains(folder)).cloned().collect();
    let BroughtSource { was, became, .. } = change;
    if let Was::Followed(_) = was {
        if moved {
            back.kept.push((source, Touch::Moved));
        } else {
            sources::put_elsewhere(library, source, &without, now)?;
            back.folders += 1;
        }
        return Ok(());
    }
    let said_otherwise = |state: &State| {
        (&state.mode, state.preferred, state.full_text, state.unlimited)
            != (&became.mode, became.preferred, became.full_text, became.unlimited)
    };
    let touch = match &state {
        _ if said.starred.contains(&source.0) => Some(Touch::Starred),
        _ if moved => Some(Touch::Moved),
        state if state.name != became.name => Some(Touch::Renamed),
        state if said_otherwise(state) => Some(Touch::Set),
        _ if said.told.contains(&source.0) => Some(Touch::Set),
        _ => None,
    };
    if let Some(touch) = touch {
        back.kept.push((source, touch));
        return Ok(());
    }
    if let Some(other) = others.naming(library, source)? {
        sources::put_elsewhere(library, source, &without, now)?;
        let later = others.came_after(source, other);
        let folders = without.into_iter().filter(|folder| !later.contains(folder)).collect();
        others.hand_over(other, BroughtSource { source, was, became: State { folders, ..state } });
        back.kept.push((source, Touch::Named));
        return Ok(());
    }
    sources::leave(library, source, now)?;
    back.sources += 1;
    if let Was::Left { since, state, site, gone } = was {
        library
            .prepare_cached("UPDATE sources SET unfollowed = ?2, name = ?3, site = ?4, gone = ?5 WHERE id = ?1")?
            .execute(params![source.0, since, state.name, site, gone])?;
        library.prepare_cached("DELETE FROM source_folders WHERE source = ?1")?.execute([source.0])?;
        sources::put_into(library, source, &state.folders)?;
    }
    Ok(())
}
