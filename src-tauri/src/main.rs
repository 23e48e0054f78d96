//! The window of Pépites. Takes a command line, gives a window over the engine; decides nothing itself.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::{io::Write, process::ExitCode};

mod arguments;
mod asked;
mod at_login;
mod call;
#[cfg(target_os = "linux")]
mod drawing;
mod handed;
mod language;
mod library;
mod mail;
mod manners;
mod notice;
mod openers;
mod pictures;
mod run;
mod sealed;
mod shell;
#[cfg(target_os = "linux")]
mod told;
mod tray;
mod window;

use arguments::Arguments;

/// What a shell gives for a wrong command line.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    pepites_engine::outlive_file_limit();
    #[cfg(target_os = "linux")]
    told::tell();
    let arguments = match Arguments::read(std::env::args_os().skip(1), std::env::current_dir().ok().as_deref()) {
        Ok(arguments) => arguments,
        Err(why) => {
            say(&why);
            return ExitCode::from(USAGE);
        }
    };
    match run::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            say(&format!("the window could not be opened: {why}"));
            ExitCode::FAILURE
        }
    }
}

/// Says it where the program was started; when that is closed there is nobody to tell.
pub(crate) fn say(text: &str) {
    let _closed = writeln!(std::io::stderr().lock(), "pepites-desktop: {text}");
}
