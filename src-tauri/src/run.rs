//! Takes the arguments, puts the parts together, runs until the window is closed.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use pepites_core::model::Moment;
use tauri::Manager;
use tauri_plugin_single_instance as single_instance;
use tauri_plugin_window_state::{self as window_state, StateFlags};

use crate::{
    arguments::Arguments, call, handed, language::Speech, library, mail, manners, notice, pictures, shell, tray, window,
};

/// Opens the window, and gives back when it is closed.
pub(crate) fn run(arguments: Arguments) -> Result<(), String> {
    let desk = library::desk(&arguments)?;
    let Arguments { library, now, files, asked, hidden, .. } = arguments;
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
        .manage(handed::Handed::new(files, asked))
        .manage(tray::Lines::default())
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
            shell::quit,
            shell::save_digest,
            shell::save_picture,
            shell::save_file,
            shell::open_link,
            shell::speak,
            shell::zoom,
            shell::save_backup,
            shell::save_whole,
            mail::write_mail,
            manners::manners,
            manners::set_tray,
            manners::set_at_login,
        ])
        .setup(move |app| {
            call::forward(app.handle(), &desk);
            let soon = desk.clone();
            tauri::async_runtime::spawn(async move { soon.make_ready() });
            let visiting = desk.clone();
            let own = app.handle().clone();
            let teller = own.clone();
            let tell = move |came: Vec<(String, u32)>| notice::tell_came(&teller, &came);
            tauri::async_runtime::spawn(async move { visiting.keep_visits(tell).await });
            tauri::async_runtime::spawn(async move { desk.keep_hours(|digest| notice::tell(&own, digest)).await });
            app.manage(manners::Manners::kept(app.handle()));
            window::open(app, now.map(same_time), hidden)?;
            tray::begin(app.handle(), hidden);
            Ok(())
        })
        .build(tauri::generate_context!())
        .map_err(|error| error.to_string())?
        .run(|_app, _event| {
            // There, links and files come as a message to the one program that runs.
            #[cfg(target_os = "macos")]
            if let tauri::RunEvent::Opened { urls } = _event {
                handed::arrived(_app, &urls);
            }
        });
    Ok(())
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
