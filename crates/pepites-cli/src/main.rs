//! `pepites`: the same engine without a window. Takes a command line, gives text or JSON and an exit code.

use std::process::ExitCode;

mod arguments;
mod clean;
mod commands;
mod exit;
mod failure;
mod look;
mod page;
mod progress;
mod run;
mod session;
mod shapes;
mod sheet;
mod stop;
mod taking;
mod tongue;
mod transport;
mod usage;
mod wrap;

fn main() -> ExitCode {
    pepites_engine::outlive_file_limit();
    let arguments = std::env::args_os().collect();
    ExitCode::from(run::run(arguments, &|name| std::env::var(name).ok()).code())
}
