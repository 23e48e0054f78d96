//! Takes the library, gives it as a file of its own; takes such a file, puts it in the library's place. What is there is
//! never lost by it.

use std::{
    path::{Path, PathBuf},
    sync::PoisonError,
};

use pepites_core::model::Phrase;
use pepites_store::{Backup, Store, StoreError};

use crate::{
    Desk, Engine,
    catalogue::Language,
    contract::{BackupView, Code, CopyView, Left, Problem, RestoreReport, WholeExport},
    pictures,
    refresh::lock::{self, Sole},
};

#[cfg(test)]
mod tests;

impl Engine {
    /// Writes a backup of the library: one file that [`Engine::restore`] takes, of one moment, whoever writes meanwhile. A
    /// file that is there is replaced once the new one is whole. Logins stay in the keychain.
    pub fn back_up(&self, to: &Path) -> Result<BackupView, Problem> {
        let made = self.store.back_up(to).map_err(|error| unwritable(to, error))?;
        Ok(view(to, &made))
    }

    /// Looks at a backup from end to end, and says what is in it. Nothing is changed.
    pub fn look_at_backup(&self, from: &Path) -> Result<BackupView, Problem> {
        let found = Store::look_at_backup(from).map_err(|error| unusable(from, error))?;
        Ok(view(from, &found))
    }

    /// Puts the library of a backup in the place of this one, after a look at all of it. What is here is kept beside it.
    /// Waits for a refresh and a search to end, and holds them off meanwhile.
    pub async fn restore(&self, from: &Path) -> Result<RestoreReport, Problem> {
        if self.is_sample()? {
            return Err(Problem { code: Code::BadInput, detail: Phrase::new("problem.backup.sample") });
        }
        self.stop(None);
        let _no_refresh = lock::take(&self.place, Sole::Refresh).await?;
        let _no_search = lock::take(&self.place, Sole::Search).await?;
        let from = from.to_owned();
        self.apart(move |engine| {
            let backup = engine.look_at_backup(&from)?;
            let kept = engine.store.restore(&from, engine.now()).map_err(|error| unusable(&from, error))?;
            engine.obey()?;
            // Of the library that was there.
            *engine.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
            Ok(RestoreReport { backup, kept: kept.display().to_string() })
        })
        .await
    }

    /// The copies of the library that are kept beside it, newest first.
    pub fn copies(&self) -> Result<Vec<CopyView>, Problem> {
        let copies = self.store.kept_copies()?.into_iter();
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(copies
            .map(|copy| CopyView {
                name: name(&copy.path),
                file: copy.path.display().to_string(),
                bytes: copy.bytes,
                made: copy.made,
            })
            .collect())
    }

    /// Erases one of [`Engine::copies`] by its name, for good.
    pub fn erase_copy(&self, name: &str) -> Result<(), Problem> {
        Ok(self.store.erase_copy(name)?)
    }

    /// Erases the pictures that posts showed; those that are shown again are fetched again.
    pub fn erase_pictures(&self) -> Result<(), Problem> {
        pictures::erase(&self.place).map_err(|error| Problem::unreadable("cache", &error))
    }
}

impl Desk {
    /// [`Engine::back_up`] of the library on the desk.
    pub async fn back_up(&self, to: PathBuf) -> Result<BackupView, Problem> {
        self.engine().await?.apart(move |engine| engine.back_up(&to)).await
    }

    /// [`Engine::export_whole`] of the library on the desk.
    pub async fn export_whole(&self, to: PathBuf, language: Language) -> Result<WholeExport, Problem> {
        self.engine().await?.apart(move |engine| engine.export_whole(&to, language)).await
    }

    /// What is left of the day's digest of the library on the desk; None while there is none.
    pub async fn left(&self) -> Option<Left> {
        self.engine().await.ok()?.apart(Engine::left_today).await.ok().flatten()
    }
}

fn view(file: &Path, backup: &Backup) -> BackupView {
    let Backup { bytes, posts, sources, starred, newest } = *backup;
    BackupView { file: file.display().to_string(), bytes, posts, sources, starred, newest }
}

/// What is wrong with the file that was chosen, and not with the library.
fn unusable(file: &Path, error: StoreError) -> Problem {
    let named = |key: &str, code| Problem { code, detail: Phrase::new(key) }.with("file", file.display().to_string());
    match error {
        StoreError::Damaged { path, how, .. } if path == file => {
            let key = match how {
                pepites_store::Damage::Foreign | pepites_store::Damage::NoLibrary => "problem.backup.no_library",
                pepites_store::Damage::CutOff | pepites_store::Damage::Broken => "problem.backup.damaged",
            };
            named(key, Code::FileUnreadable)
        }
        StoreError::Newer { path } if path == file => named("problem.backup.newer", Code::FileUnreadable),
        StoreError::ReadOnly { path, detail, .. } if path != file && file.starts_with(&path) => {
            named("problem.backup.unreadable", Code::FileUnreadable).with("detail", detail)
        }
        error => error.into(),
    }
}

/// What is wrong with the place that was chosen, and not with the library's.
fn unwritable(file: &Path, error: StoreError) -> Problem {
    match error {
        StoreError::ReadOnly { detail, .. } => {
            let phrase = Phrase::new("problem.file_unwritable").with("file", file.display().to_string());
            Problem { code: Code::FileUnreadable, detail: phrase.with("detail", detail) }
        }
        error => error.into(),
    }
}
