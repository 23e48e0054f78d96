//! Takes what the reader chose for this computer's desktop (the tray, the start with the session), keeps it beside the
//! window's place, and not in the library: another computer has another desktop.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use pepites_core::model::Phrase;
use pepites_engine::contract::{Code, Problem};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager};

use crate::{at_login, tray};

/// Where it is kept, in the folder of the window's settings.
const FILE: &str = "manners.json";

/// What the reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Chosen {
    tray: bool,
}

/// What is chosen now, for the close of the window to ask.
#[derive(Default)]
pub(crate) struct Manners(Mutex<Chosen>);

/// What is shown of it.
#[derive(Serialize)]
pub(crate) struct Shown {
    /// The window stays in the tray when it is closed.
    tray: bool,
    /// This desktop has a tray.
    tray_possible: bool,
    /// The program starts with the session.
    at_login: bool,
}

impl Manners {
    /// As they were kept; what cannot be read is not chosen.
    pub(crate) fn kept(app: &AppHandle) -> Self {
        let text = file(app).and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
        Self(Mutex::new(serde_json::from_str(&text).unwrap_or_default()))
    }

    /// The reader wants the tray.
    pub(crate) fn tray(&self) -> bool {
        self.now().tray
    }

    fn now(&self) -> Chosen {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, chosen: Chosen) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = chosen;
    }
}

/// Tells what is chosen and what this desktop can.
#[tauri::command]
pub(crate) async fn manners(app: AppHandle) -> Shown {
    let possible = tauri::async_runtime::spawn_blocking(tray::is_possible).await.unwrap_or(false);
    Shown { tray: app.state::<Manners>().tray(), tray_possible: possible, at_login: at_login::is_on() }
}

/// Shows the tray from now on, or no longer.
#[tauri::command]
pub(crate) async fn set_tray(app: AppHandle, on: bool) -> Result<Shown, Problem> {
    let chosen = Chosen { tray: on };
    keep(&app, chosen).map_err(|error| unkept(&error))?;
    app.state::<Manners>().set(chosen);
    tray::follow(&app).await;
    Ok(manners(app).await)
}

/// Starts the program with the session from now on, or no longer.
#[tauri::command]
pub(crate) async fn set_at_login(app: AppHandle, on: bool) -> Result<Shown, Problem> {
    at_login::set(on).map_err(|error| unkept(&error))?;
    Ok(manners(app).await)
}

fn keep(app: &AppHandle, chosen: Chosen) -> std::io::Result<()> {
    let file = file(app).ok_or(std::io::ErrorKind::NotFound)?;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let part = file.with_extension("part");
    std::fs::write(&part, serde_json::to_vec(&chosen)?)?;
    std::fs::rename(&part, &file)
}

fn file(app: &AppHandle) -> Option<PathBuf> {
    app.path().app_config_dir().ok().map(|folder| folder.join(FILE))
}

fn unkept(error: &dyn std::fmt::Display) -> Problem {
    let detail = Phrase::new("problem.desktop_refused").with("detail", error.to_string());
    Problem { code: Code::FileUnreadable, detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_not_chosen() {
        for (text, tray) in [("", false), ("{}", false), ("[1]", false), (r#"{"tray":true,"x":1}"#, true)] {
            assert_eq!(serde_json::from_str::<Chosen>(text).unwrap_or_default().tray, tray, "{text}");
        }
    }
}
