//! Gives followed sources as a page of trends names them, in two passes: a thousand of them read whole, each with a look
//! for its folders, take longer than all figures.

use pepites_core::model::{Folder, Mode, SourceId};

use crate::{Store, StoreError};

/// A followed source by name.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendSource {
    /// Which.
    pub id: SourceId,
    /// What the reader calls it, else what it calls itself, else where it is.
    pub title: String,
    /// Its folders, in the order in which it was put into them.
    pub folders: Vec<Folder>,
    /// How much of it the reader wants.
    pub mode: Mode,
    /// It said that it is gone.
    pub gone: bool,
    /// Visits in a row that failed.
    pub failures: u32,
}

const FOLDERS: &str =
    "SELECT source, path FROM source_folders JOIN folders ON folders.id = folder ORDER BY source, place";

impl Store {
    /// Every followed source, by id.
    pub fn trend_sources(&self) -> Result<Vec<TrendSource>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(
                "SELECT id, coalesce(name, title, locator), mode, gone, failures FROM sources
                 WHERE unfollowed IS NULL ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            let mut sources = Vec::new();
            while let Some(row) = rows.next()? {
                let mode = row.get_ref(2)?.as_str_or_null().map_err(rusqlite::Error::from)?;
                sources.push(TrendSource {
                    id: SourceId(row.get(0)?),
                    title: row.get(1)?,
                    folders: Vec::new(),
                    mode: Mode::from_kept(mode),
                    gone: row.get(3)?,
                    failures: row.get(4)?,
                });
            }
            let mut statement = library.prepare_cached(FOLDERS)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let id = SourceId(row.get(0)?);
                let Ok(at) = sources.binary_search_by_key(&id, |source| source.id) else { continue };
                let folder = Folder(serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?);
                if let Some(source) = sources.get_mut(at) {
                    source.folders.push(folder);
                }
            }
            Ok(sources)
        })
    }
}
