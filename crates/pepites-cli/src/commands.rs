//! Gives the commands. A command is one file and two adjacent lines here; it brings its arguments and what it does.

use clap::{ArgMatches, Command};

use crate::{arguments::Words, exit::Exit, failure::Failure, session::Session};

mod accounts;
mod add;
mod always;
mod apart;
mod backup;
mod completions;
mod contacts;
mod digests;
mod dislike;
mod export;
mod export_digest;
mod file;
mod follow;
mod follows;
mod full_text;
mod help;
pub(crate) mod import;
mod keep;
mod library;
mod like;
mod login;
mod man;
mod mark;
mod move_to;
mod mute;
mod notify;
mod of_source;
mod people;
mod posts;
mod prefer;
mod preview;
mod read;
mod refresh;
mod relays;
mod rename;
mod restore;
mod room;
mod rules;
mod sample;
mod search;
mod searches;
mod settings;
mod sign_in;
mod sign_out;
mod skip;
mod sources;
mod star;
mod starred;
mod taste;
mod thin;
mod today;
mod together;
mod tomorrow;
mod trends;
mod unfollow;
mod unlimited;
mod unread;
mod verdict;
mod weights;
mod why;
mod wish;

/// One command.
pub(crate) struct Entry {
    /// What is typed. Its texts are `help.<name>`, `help.<name>.more` and `help.<name>.<argument>`.
    pub(crate) name: &'static str,
    /// Adds its arguments.
    pub(crate) arguments: fn(Command, &Words) -> Command,
    /// Does it.
    pub(crate) run: fn(&Session, &ArgMatches) -> Result<Exit, Failure>,
}

/// Every command, in the order of the help: the main job first.
#[rustfmt::skip]
pub(crate) const COMMANDS: &[&Entry] = &[
    &import::ENTRY,
    &refresh::ENTRY,
    &today::ENTRY,
    &read::ENTRY,
    &star::ENTRY,
    &skip::ENTRY,
    &tomorrow::ENTRY,
    &starred::ENTRY,
    &relays::ENTRY,
    &why::ENTRY,
    &apart::ENTRY,
    &together::ENTRY,
    &mute::ENTRY,
    &always::ENTRY,
    &notify::ENTRY,
    &keep::ENTRY,
    &file::ENTRY,
    &like::ENTRY,
    &dislike::ENTRY,
    &rules::ENTRY,
    &weights::ENTRY,
    &taste::ENTRY,
    &search::ENTRY,
    &searches::ENTRY,
    &unread::ENTRY,
    &of_source::ENTRY,
    &add::ENTRY,
    &follows::ENTRY,
    &sign_in::ENTRY,
    &accounts::ENTRY,
    &sign_out::ENTRY,
    &contacts::ENTRY,
    &preview::ENTRY,
    &sources::ENTRY,
    &rename::ENTRY,
    &move_to::ENTRY,
    &full_text::ENTRY,
    &prefer::ENTRY,
    &unlimited::ENTRY,
    &people::ENTRY,
    &thin::ENTRY,
    &trends::ENTRY,
    &room::ENTRY,
    &unfollow::ENTRY,
    &login::ENTRY,
    &export::ENTRY,
    &export_digest::ENTRY,
    &backup::ENTRY,
    &restore::ENTRY,
    &settings::ENTRY,
    &library::ENTRY,
    &sample::ENTRY,
    &completions::ENTRY,
    &man::ENTRY,
    &help::ENTRY,
];
