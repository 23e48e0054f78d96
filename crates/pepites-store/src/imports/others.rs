//! Takes an import and a source, gives what other imports did with the source: which files name it too, and the folders
//! that they put it into. Hands a source over to another import that names it.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::model::{Folder, ImportId, SourceId};
use rusqlite::{Connection, params};

use super::{Brought, BroughtSource, Was};
use crate::error::Trouble;

/// What other imports that are still known did.
pub(super) struct Others {
    import: ImportId,
    /// Of each source that they changed: by which import, whether it is taken back, the folders that came.
    changes: BTreeMap<i64, Vec<(i64, bool, Vec<Folder>)>>,
    /// What other imports have brought from now on, by import and source.
    heirs: BTreeMap<i64, BTreeMap<i64, BroughtSource>>,
}

/// The next import after this one that names a source and can still be taken back, or else the last before.
const NAMED: &str = "
    SELECT coalesce(min(imports.id) FILTER (WHERE imports.id > ?2), max(imports.id)) FROM import_names JOIN imports ON imports.id = import_names.import
    WHERE import_names.source = ?1 AND imports.id <> ?2 AND imports.undone IS NULL";

impl Others {
    pub(super) fn of(library: &Connection, import: ImportId) -> Result<Self, Trouble> {
        let mut statement = library
            .prepare_cached("SELECT id, undone IS NOT NULL, brought FROM imports WHERE id <> ?1 AND people = 0")?;
        let mut rows = statement.query([import.0])?;
        let mut changes: BTreeMap<i64, Vec<(i64, bool, Vec<Folder>)>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (id, undone): (i64, bool) = (row.get(0)?, row.get(1)?);
            let brought: Brought = serde_json::from_str(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
            for change in brought.sources {
                changes.entry(change.source.0).or_default().push((id, undone, change.came()));
            }
        }
        Ok(Self { import, changes, heirs: BTreeMap::new() })
    }

    /// The folders that a source would be in had the reader moved it nowhere since: without those of `change` if it is
    /// `back`.
    pub(super) fn expected(&self, change: &BroughtSource, back: bool) -> BTreeSet<Folder> {
        let none = Vec::new();
        let others = self.changes.get(&change.source.0).unwrap_or(&none);
        let mut folders: BTreeSet<Folder> = match &change.was {
            Was::Followed(folders) => folders.iter().cloned().collect(),
            Was::Unknown | Was::Left { .. } => BTreeSet::new(),
        };
        for (_, _, came) in others.iter().filter(|(id, undone, _)| *id < self.import.0 && *undone) {
            folders.retain(|folder| !came.contains(folder));
        }
        if !back {
            folders.extend(change.came());
        }
        folders.extend(self.came_after(change.source, self.import.0));
        folders
    }

    /// The folders that a source came into by imports after `import` that still stand.
    pub(super) fn came_after(&self, source: SourceId, import: i64) -> BTreeSet<Folder> {
        let changes = self.changes.get(&source.0).into_iter().flatten();
        changes
            .filter(|(id, undone, _)| *id > import && !undone)
            .flat_map(|(_, _, came)| came.iter().cloned())
            .collect()
    }

    /// Another import that names a source and can still be taken back: a file that brought nothing holds nothing.
    pub(super) fn naming(&self, library: &Connection, source: SourceId) -> Result<Option<i64>, Trouble> {
        Ok(library.prepare_cached(NAMED)?.query_row([source.0, self.import.0], |row| row.get(0))?)
    }

    /// From now on it is `import` that brought the source: who takes that back too has it as it was before both. Kept by
    /// [`Self::keep_heirs`].
    pub(super) fn hand_over(&mut self, import: i64, change: BroughtSource) {
        self.heirs.entry(import).or_default().insert(change.source.0, change);
    }

    /// Keeps what was handed over, each import once: of two long lists that share most, it is thousands of sources.
    pub(super) fn keep_heirs(self, library: &Connection) -> Result<(), Trouble> {
        let mut read = library.prepare_cached("SELECT brought FROM imports WHERE id = ?1")?;
        let mut keep = library.prepare_cached("UPDATE imports SET brought = ?2 WHERE id = ?1")?;
        for (import, changes) in self.heirs {
            let found: String = read.query_row([import], |row| row.get(0))?;
            let mut brought: Brought = serde_json::from_str(&found)?;
            brought.sources.retain(|change| !changes.contains_key(&change.source.0));
            brought.sources.extend(changes.into_values());
            keep.execute(params![import, serde_json::to_string(&brought)?])?;
        }
        Ok(())
    }
}

/// The reader had left these sources before an import brought them again: what earlier ones named of them has ended.
pub(super) fn forget(library: &Connection, sources: impl Iterator<Item = SourceId>) -> Result<(), Trouble> {
    let mut statement = library.prepare_cached("DELETE FROM import_names WHERE source = ?1")?;
    for source in sources {
        statement.execute([source.0])?;
    }
    Ok(())
}

/// Notes that an import names these sources.
pub(super) fn name(
    library: &Connection,
    import: ImportId,
    sources: impl Iterator<Item = SourceId>,
) -> Result<(), Trouble> {
    let mut statement =
        library.prepare_cached("INSERT OR IGNORE INTO import_names (source, import) VALUES (?1, ?2)")?;
    for source in sources {
        statement.execute([source.0, import.0])?;
    }
    Ok(())
}
