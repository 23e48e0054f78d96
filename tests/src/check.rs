//! Gives evaluation and outside checks: each runs the real program, or the engine, on material and prints figures.
//! Never part of `cargo test`: these may take minutes and look at clocks.

pub mod ablate;
pub mod agreement;
pub mod baseline;
pub mod bench;
pub mod book;
pub mod captured;
pub mod compared;
pub mod contacts;
pub mod crowd;
pub mod discovery;
pub mod extract;
pub mod feeds;
pub mod floor;
pub mod floors;
pub mod fuzz;
pub mod kill;
pub mod library;
pub mod load;
pub mod many_people;
pub mod measure;
pub mod microblogs;
pub mod nuggets;
pub mod opml;
pub mod program;
pub mod ranking;
pub mod relations;
pub mod relays;
pub mod sanitise;
pub mod speed;
pub mod stories;
pub mod survivors;
pub mod taste;
pub mod texts;
pub mod times;
pub mod trends;
