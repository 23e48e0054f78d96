//! Takes commands, gives views: net, refresh, import, digest. Every window and terminal is a thin skin over `Engine`.

pub mod catalogue;
mod circles;
pub mod commands;
pub mod contract;
pub mod desk;
pub mod keychain;
pub mod net;
pub mod pictures;
pub mod sample;

mod adding;
mod digesting;
mod engine;
#[cfg(test)]
mod fixture;
mod full_texts;
mod grouping;
mod importing;
mod limits;
mod lines;
mod logins;
mod marking;
mod modes;
mod previewing;
mod refresh;
mod room;
mod sampling;
mod searching;
mod settings;
mod shortened;
mod sourcing;
mod trends;
mod verdicts;
mod watching;

pub use desk::Desk;
pub use engine::{Cancel, Clock, Engine, Place};
pub use limits::outlive_file_limit;
