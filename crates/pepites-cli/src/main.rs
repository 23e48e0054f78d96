//! `pepites`: the same engine without a window. Takes a command line, gives text or JSON and an exit code.

use std::process::ExitCode;

use anyhow::Context;

mod arguments;
mod clean;
mod clock;
mod commands;
mod exit;
mod failure;
mod look;
mod page;
mod progress;
mod run;
mod session;
mod sheet;
mod stop;
mod tongue;
mod transport;
mod usage;
mod wrap;

fn main() -> anyhow::Result<ExitCode> {
    let arguments = std::env::args_os().collect();
    let exit = run::run(arguments, &|name| std::env::var(name).ok()).context("the output cannot be written")?;
    Ok(ExitCode::from(exit.code()))
}
