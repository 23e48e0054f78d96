//! Gives the commands. A command is one file and two adjacent lines here; it brings its arguments and what it does.

use clap::{ArgMatches, Command};

use crate::{arguments::Words, exit::Exit, failure::Failure, session::Session};

mod add;
mod apart;
mod completions;
mod digests;
mod export;
mod follow;
mod follows;
mod full_text;
mod help;
mod import;
mod library;
mod login;
mod man;
mod mark;
mod move_to;
mod of_source;
mod posts;
mod preview;
mod read;
mod refresh;
mod rename;
mod room;
mod sample;
mod search;
mod settings;
mod skip;
mod sources;
mod star;
mod starred;
mod thin;
mod today;
mod together;
mod trends;
mod unfollow;
mod unread;
mod verdict;
mod why;

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
    &starred::ENTRY,
    &why::ENTRY,
    &apart::ENTRY,
    &together::ENTRY,
    &search::ENTRY,
    &unread::ENTRY,
    &of_source::ENTRY,
    &add::ENTRY,
    &follows::ENTRY,
    &preview::ENTRY,
    &sources::ENTRY,
    &rename::ENTRY,
    &move_to::ENTRY,
    &full_text::ENTRY,
    &thin::ENTRY,
    &trends::ENTRY,
    &room::ENTRY,
    &unfollow::ENTRY,
    &login::ENTRY,
    &export::ENTRY,
    &settings::ENTRY,
    &library::ENTRY,
    &sample::ENTRY,
    &completions::ENTRY,
    &man::ENTRY,
    &help::ENTRY,
];
