//! Takes numbers of posts, puts them off: the next day's digest has a place for them.

use clap::{ArgMatches, Command};
use pepites_engine::contract::MarkView;

use super::{Entry, mark};
use crate::{arguments::Words, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "tomorrow", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    mark::arguments(command, words)
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    mark::run(session, matches, MarkView::PutOff)
}
