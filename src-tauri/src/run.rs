//! Takes the arguments, puts the parts together, runs until the window is closed.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use pepites_core::model::Moment;
use tauri_plugin_single_instance as single_instance;
use tauri_plugin_window_state::{self as window_state, StateFlags};

use crate::{arguments::Arguments, call, handed, language::Speech, library, notice, pictures, shell, window};

/// Opens the window, and gives back when it is closed.
pub(crate) fn run(arguments: Arguments) -> Result<(), String> {
    let desk = library::desk(&arguments)?;
    let Arguments { library, now, files, .. } = arguments;
    tauri::Builder::default()
        // First, so that a second start goes no further.
        .plugin(
            single_instance::Builder::new()
                .dbus_id(name(library.as_deref()))
                .callback(|app, line, folder| handed::second_start(app, line, &folder))
                .build(),
        )
        .plugin(window_state::Builder::new().with_state_flags(remembered()).build())
        .plugin(tauri_plugin_dialog::init())
        .manage(desk.clone())
        .manage(handed::Handed::new(files))
        .manage(Speech::default())
        .register_asynchronous_uri_scheme_protocol(pictures::SCHEME, pictures::answer)
        .invoke_handler(tauri::generate_handler![
            call::call,
            handed::opened,
            shell::desk,
            shell::enter_sample,
            shell::leave_sample,
            shell::pick_file,
            shell::print,
            shell::save_digest,
            shell::save_picture,
            shell::save_file,
            shell::open_link,
            shell::speak,
        ])
        .setup(move |app| {
            call::forward(app.handle(), &desk);
            let visiting = desk.clone();
            tauri::async_runtime::spawn(async move { visiting.keep_visits().await });
            let own = app.handle().clone();
            tauri::async_runtime::spawn(async move { desk.keep_hours(|digest| notice::tell(&own, digest)).await });
            window::open(app, now.map(same_time))?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .map_err(|error| error.to_string())
}

/// What is remembered of the window. Not that it was hidden: it would never be seen again.
fn remembered() -> StateFlags {
    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN
}

/// What starts of one library find each other by. Another library has a window of its own.
fn name(library: Option<&Path>) -> String {
    const USUAL: &str = "app.pepites.desktop";
    match library {
        Some(folder) => {
            let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
            // A path would be too long for a name; every start of this program hashes alike.
            let mut hasher = DefaultHasher::new();
            folder.hash(&mut hasher);
            format!("{USUAL}.library{:016x}", hasher.finish())
        }
        None => USUAL.to_owned(),
    }
}

/// With `--now`, the page's clock says what the engine's does.
fn same_time(Moment(now): Moment) -> String {
    format!("{{ const real = Date.now.bind(Date), shift = {now} - real(); Date.now = () => real() + shift; }}")
}
