//! Takes what the reader wants to follow, leave, rename or move, changes it, and writes it into the log.

use pepites_core::model::{Folder, Moment, SourceId};
use rusqlite::{Connection, params};
use serde_json::json;

use super::{Added, NewSource, folders_of, known, known_by_id};
use crate::{
    Store, StoreError,
    error::Trouble,
    events::{Event, log},
    store::Durability,
};

const ADD: &str = "
    INSERT INTO sources (kind, locator, feed, title, name, site, added)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// After so long, what a source published meanwhile is a backlog again; within it, leaving was a slip of the hand.
const LEFT: i64 = Moment::DAY;

/// Followed anew, a source gets a new chance at once, but for what its server asked for (`hold_until`).
const AGAIN: &str = "
    UPDATE sources
    SET unfollowed = NULL, gone = 0, failures = 0, trouble = NULL, next_visit = NULL, name = ?2,
        feed = coalesce(?3, feed), title = coalesce(title, ?4), site = coalesce(site, ?5),
        first_read = CASE WHEN unfollowed < ?6 THEN NULL ELSE first_read END
    WHERE id = ?1";

/// What it said to who was not logged in says nothing of who is: validators would make it say "nothing new".
const LOGIN: &str = "
    UPDATE sources
    SET login = ?2, next_visit = NULL, failures = 0, etag = NULL, last_modified = NULL, body_hash = NULL
    WHERE id = ?1";

const UNDO: &str = "
    UPDATE sources
    SET unfollowed = NULL, first_read = CASE WHEN unfollowed < ?2 THEN NULL ELSE first_read END
    WHERE id = ?1";

impl Store {
    /// Follows all of `sources` in one transaction. A source unfollowed before is followed again, with its marks,
    /// in the folders given (in its old ones when none is). One that is followed keeps its name and gets only the
    /// folders that it lacks; it is asked again if it had gone (410). Its address stays as it was first written: http and
    /// https are two spellings of one source.
    pub fn add_sources(&self, sources: &[NewSource], now: Moment) -> Result<Vec<Added>, StoreError> {
        let sources = sources.to_vec();
        self.write(Durability::Power, move |library| sources.iter().map(|source| add(library, source, now)).collect())
    }

    /// Gives a source the reader's own name, or (None) its own title back.
    pub fn rename_source(&self, id: SourceId, name: Option<&str>, now: Moment) -> Result<(), StoreError> {
        let name = name.map(str::to_owned);
        self.write(Durability::Power, move |library| {
            let known = known_by_id(library, id)?;
            let name = own_name(name.as_deref());
            if name == known.name.as_deref() {
                return Ok(());
            }
            library.prepare_cached("UPDATE sources SET name = ?2 WHERE id = ?1")?.execute(params![id.0, name])?;
            log(library, now, &Event { what: "rename", source: Some(id), value: json!(name), ..Event::default() })
        })
    }

    /// Puts a source into exactly these folders.
    pub fn move_source(&self, id: SourceId, folders: &[Folder], now: Moment) -> Result<(), StoreError> {
        self.move_sources(&[(id, folders.to_vec())], now)
    }

    /// Puts each source into exactly its folders: all of them, or none.
    pub fn move_sources(&self, moves: &[(SourceId, Vec<Folder>)], now: Moment) -> Result<(), StoreError> {
        let moves = moves.to_vec();
        self.write(Durability::Power, move |library| {
            for (id, folders) in &moves {
                put_elsewhere(library, *id, folders, now)?;
            }
            drop_empty_folders(library)
        })
    }

    /// Notes how one logs in at a source, or (None) that one does not; it is asked again at once.
    pub fn set_login(&self, id: SourceId, kind: Option<&str>, now: Moment) -> Result<(), StoreError> {
        let kind = kind.map(str::to_owned);
        self.write(Durability::Power, move |library| {
            known_by_id(library, id)?;
            library.prepare_cached(LOGIN)?.execute(params![id.0, kind])?;
            // Of the secret itself nothing is here.
            log(library, now, &Event { what: "login", source: Some(id), value: json!(kind), ..Event::default() })
        })
    }

    /// Prefers a source, or no longer: of a story that several tell, the telling of a preferred one is shown.
    pub fn set_preferred(&self, id: SourceId, on: bool, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Power, move |library| {
            known_by_id(library, id)?;
            let changed = library
                .prepare_cached("UPDATE sources SET preferred = ?2 WHERE id = ?1 AND (preferred IS NULL) = ?3")?
                .execute(params![id.0, on.then_some(now.0), on])?;
            if changed == 0 {
                return Ok(());
            }
            log(library, now, &Event { what: "prefer", source: Some(id), value: json!(on), ..Event::default() })
        })
    }

    /// Stops following; posts, stars and marks stay, so that [`Store::follow_again`] undoes it whole.
    pub fn unfollow(&self, id: SourceId, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Power, move |library| leave(library, id, now))
    }

    /// Stops following all of these, or none.
    pub fn unfollow_many(&self, ids: &[SourceId], now: Moment) -> Result<(), StoreError> {
        let ids = ids.to_vec();
        self.write(Durability::Power, move |library| ids.iter().try_for_each(|id| leave(library, *id, now)))
    }

    /// Undoes [`Store::unfollow_many`].
    pub fn follow_many_again(&self, ids: &[SourceId], now: Moment) -> Result<(), StoreError> {
        let ids = ids.to_vec();
        self.write(Durability::Power, move |library| ids.iter().try_for_each(|id| come_back(library, *id, now)))
    }

    /// Undoes [`Store::unfollow`].
    pub fn follow_again(&self, id: SourceId, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Power, move |library| come_back(library, id, now))
    }
}

/// What [`Store::unfollow`] does, within another change.
pub(crate) fn leave(library: &Connection, id: SourceId, now: Moment) -> Result<(), Trouble> {
    if !known_by_id(library, id)?.followed {
        return Ok(());
    }
    library.prepare_cached("UPDATE sources SET unfollowed = ?2 WHERE id = ?1")?.execute(params![id.0, now.0])?;
    log(library, now, &Event { what: "unfollow", source: Some(id), ..Event::default() })
}

/// What [`Store::follow_again`] does, within another change.
pub(crate) fn come_back(library: &Connection, id: SourceId, now: Moment) -> Result<(), Trouble> {
    if known_by_id(library, id)?.followed {
        return Ok(());
    }
    library.prepare_cached(UNDO)?.execute(params![id.0, now.plus(-LEFT).0])?;
    log_follow(library, id, now)
}

/// Follows it, as [`Store::add_sources`] does, within another change.
pub(crate) fn add(library: &Connection, new: &NewSource, now: Moment) -> Result<Added, Trouble> {
    let title = new.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let Some(known) = known(library, &new.address)? else {
        let name = own_name(new.name.as_deref());
        library.prepare_cached(ADD)?.execute(params![
            new.address.kind,
            new.address.locator,
            new.feed,
            title,
            name,
            new.site,
            now.0
        ])?;
        let id = SourceId(library.last_insert_rowid());
        put_into(library, id, &new.folders)?;
        log_follow(library, id, now)?;
        return Ok(Added { id, already: false, folders_added: 0 });
    };
    let id = SourceId(known.id);
    if known.followed {
        library
            .prepare_cached("UPDATE sources SET gone = 0, next_visit = NULL WHERE id = ?1 AND gone <> 0")?
            .execute([id.0])?;
        let folders_added = put_into(library, id, &new.folders)?;
        if folders_added > 0 {
            log_folders(library, id, now)?;
        }
        return Ok(Added { id, already: true, folders_added });
    }
    let name = own_name(new.name.as_deref().or(known.name.as_deref()));
    let left = now.plus(-LEFT).0;
    library.prepare_cached(AGAIN)?.execute(params![id.0, name, new.feed, title, new.site, left])?;
    if !new.folders.is_empty() {
        library.prepare_cached("DELETE FROM source_folders WHERE source = ?1")?.execute([id.0])?;
        put_into(library, id, &new.folders)?;
        drop_empty_folders(library)?;
    }
    log_follow(library, id, now)?;
    Ok(Added { id, already: false, folders_added: 0 })
}

/// A name that says nothing is none.
fn own_name(name: Option<&str>) -> Option<&str> {
    name.map(str::trim).filter(|name| !name.is_empty())
}

/// Moves one source; folders that are empty then are dropped by who moves.
pub(crate) fn put_elsewhere(
    library: &Connection,
    id: SourceId,
    folders: &[Folder],
    now: Moment,
) -> Result<(), Trouble> {
    known_by_id(library, id)?;
    let before = folders_of(library, id.0)?;
    library.prepare_cached("DELETE FROM source_folders WHERE source = ?1")?.execute([id.0])?;
    put_into(library, id, folders)?;
    if folders_of(library, id.0)? == before {
        return Ok(());
    }
    log_folders(library, id, now)
}

/// Gives how many of the folders it was not in before.
pub(crate) fn put_into(library: &Connection, source: SourceId, folders: &[Folder]) -> Result<u32, Trouble> {
    let mut added = 0;
    // The top level is no folder.
    for folder in folders.iter().filter(|folder| !folder.0.is_empty()) {
        let path = serde_json::to_string(folder)?;
        library.prepare_cached("INSERT OR IGNORE INTO folders (path) VALUES (?1)")?.execute([&path])?;
        let put = library
            .prepare_cached(
                "INSERT OR IGNORE INTO source_folders (source, place, folder)
                 SELECT ?1, (SELECT coalesce(max(place), 0) + 1 FROM source_folders WHERE source = ?1), id
                 FROM folders WHERE path = ?2",
            )?
            .execute(params![source.0, path])?;
        added += u32::try_from(put).unwrap_or(0);
    }
    Ok(added)
}

/// A folder without a source is none.
pub(crate) fn drop_empty_folders(library: &Connection) -> Result<(), Trouble> {
    library.prepare_cached("DELETE FROM folders WHERE id NOT IN (SELECT folder FROM source_folders)")?.execute([])?;
    Ok(())
}

fn log_folders(library: &Connection, source: SourceId, now: Moment) -> Result<(), Trouble> {
    let value = json!(folders_of(library, source.0)?);
    log(library, now, &Event { what: "move", source: Some(source), value, ..Event::default() })
}

fn log_follow(library: &Connection, source: SourceId, now: Moment) -> Result<(), Trouble> {
    let known = known_by_id(library, source)?;
    let value = json!({ "name": known.name, "folders": folders_of(library, source.0)? });
    log(library, now, &Event { what: "follow", source: Some(source), value, ..Event::default() })
}
