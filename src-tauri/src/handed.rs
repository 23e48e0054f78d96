//! Takes the files and links that a start of the program names, keeps them until the window asks for them: it may not be
//! there yet, or be busy. Never imports or follows by itself.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager, State};

use crate::{arguments::Arguments, window};

/// The event that says that something waits.
const OPENED: &str = "opened";

/// What waits for the window.
#[derive(Default)]
pub(crate) struct Handed(Mutex<Waiting>);

/// Files to import, and what links ask to be followed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Waiting {
    files: Vec<PathBuf>,
    asked: Vec<String>,
}

impl Handed {
    /// What the first start named.
    pub(crate) fn new(files: Vec<PathBuf>, asked: Vec<String>) -> Self {
        Self(Mutex::new(Waiting { files, asked }))
    }

    fn add(&self, files: Vec<PathBuf>, asked: Vec<String>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.files.extend(files);
        waiting.asked.extend(asked);
    }

    fn take(&self) -> Waiting {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Gives what waits, once.
#[tauri::command]
pub(crate) fn opened(handed: State<'_, Handed>) -> Waiting {
    handed.take()
}

/// Links and files that the system hands over as addresses.
#[cfg(target_os = "macos")]
pub(crate) fn arrived(app: &AppHandle, urls: &[tauri::Url]) {
    let line = std::iter::once(String::new()).chain(urls.iter().map(ToString::to_string));
    second_start(app, line.collect(), "");
}

/// A second start: its files and links are handed over, and the window comes to the front.
pub(crate) fn second_start(app: &AppHandle, line: Vec<String>, folder: &str) {
    let words = line.into_iter().skip(1).map(Into::into);
    // A line that is not understood still means that the reader wants to see the window.
    let Arguments { files, asked, hidden, .. } = Arguments::read(words, Some(folder.as_ref())).unwrap_or_default();
    if !files.is_empty() || !asked.is_empty() {
        app.state::<Handed>().add(files, asked);
        let _closing = app.emit(OPENED, ());
    }
    // A start with the session while the window is open is nobody's wish to see it.
    if !hidden {
        window::to_front(app);
    }
}
