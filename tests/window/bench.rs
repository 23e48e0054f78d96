//! Measures the real window, built for release, beside an empty window of the same framework and a plain list in the same
//! web view: how soon the first story is there, how soon a key is answered, how a long list scrolls, what it holds in
//! memory, what its package weighs. `make bench` runs it; each figure that has a bound in `tests/floors.json` keeps it.

use std::path::PathBuf;

mod figures;
mod frames;
mod keys;
mod long;
mod memory;
mod package;
mod processes;
mod start;

/// The program.
fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_pepites-desktop"))
}

/// The empty window; with a number it shows a plain list of so many rows.
fn empty() -> PathBuf {
    program().with_file_name("examples").join("empty")
}

/// The folder of a library of 1,000,000 posts: `make bench` makes it, and says where.
fn million() -> PathBuf {
    PathBuf::from(std::env::var_os("PEPITES_MILLION").expect("PEPITES_MILLION is missing: `make bench` sets it"))
}
