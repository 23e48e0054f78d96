//! Takes the files that a start of the program names, keeps them until the window asks for them: it may not be there
//! yet, or be busy. Never imports by itself.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use tauri::{AppHandle, Emitter, Manager, State};

use crate::{arguments::Arguments, window};

/// The event that says that files wait.
const OPENED: &str = "opened";

/// Files that wait for the window.
#[derive(Default)]
pub(crate) struct Handed(Mutex<Vec<PathBuf>>);

impl Handed {
    /// Files of the first start.
    pub(crate) fn new(files: Vec<PathBuf>) -> Self {
        Self(Mutex::new(files))
    }

    fn add(&self, files: Vec<PathBuf>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(files);
    }

    fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Gives the files that wait, once.
#[tauri::command]
pub(crate) fn opened(handed: State<'_, Handed>) -> Vec<PathBuf> {
    handed.take()
}

/// A second start: its files are handed over, and the window comes to the front.
pub(crate) fn second_start(app: &AppHandle, line: Vec<String>, folder: &str) {
    let words = line.into_iter().skip(1).map(Into::into);
    // A line that is not understood still means that the reader wants to see the window.
    let files = Arguments::read(words, Some(folder.as_ref())).unwrap_or_default().files;
    if !files.is_empty() {
        app.state::<Handed>().add(files);
        let _closing = app.emit(OPENED, ());
    }
    window::to_front(app);
}
