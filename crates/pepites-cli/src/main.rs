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

/// What threads of a refresh free goes back to the system soon: glibc keeps it for each thread apart, and held more than a third more.
#[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    pepites_engine::outlive_file_limit();
    let arguments = std::env::args_os().collect();
    ExitCode::from(run::run(arguments, &|name| std::env::var(name).ok()).code())
}
