//! Takes the window's configuration, gives its permissions: a command that is not named here cannot be called.

use tauri_build::{AppManifest, Attributes};

/// Every command of the window; each needs its `allow-…` in `capabilities/window.json` too.
const COMMANDS: &[&str] = &[
    "call",
    "desk",
    "enter_sample",
    "leave_sample",
    "opened",
    "pick_file",
    "print",
    "quit",
    "save_digest",
    "save_file",
    "save_picture",
    "speak",
    "open_link",
    "zoom",
    "save_backup",
    "save_whole",
    "write_mail",
    "manners",
    "set_tray",
    "set_at_login",
];

fn main() {
    if let Err(error) = tauri_build::try_build(Attributes::new().app_manifest(AppManifest::new().commands(COMMANDS))) {
        // Cargo shows it and stops.
        println!("cargo::error={error:#}");
    }
}
