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

mod accounts;
mod adding;
mod contacts;
mod digesting;
mod engine;
mod exporting;
#[cfg(test)]
mod fixture;
mod full_texts;
mod grouping;
mod hourly;
mod importing;
mod keeping;
mod limits;
mod lines;
mod logins;
mod marking;
mod modes;
mod ordering;
mod people;
mod placing;
mod previewing;
mod quietly;
mod refresh;
mod room;
mod ruling;
mod sampling;
mod searching;
mod settings;
mod shortened;
mod sourcing;
mod tasting;
mod tellings;
mod trends;
mod verdicts;
mod watching;
mod weighing;

pub use contacts::stage as contact_stage;
pub use desk::Desk;
pub use engine::{Cancel, Clock, Engine, Place};
pub use exporting::ExportFormat;
pub use importing::Watch;
pub use limits::outlive_file_limit;
pub use refresh::visit::busy_threads;
