//! Gives what is neither read nor skipped, of every source, newest first, one line each.

use clap::{ArgMatches, Command, value_parser};

use super::{Entry, posts};
use crate::{arguments::Words, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "unread", arguments, run };

/// Lines, unless `--limit` says otherwise. `help.unread.limit` names it.
const DEFAULT_LIMIT: u32 = 200;

fn arguments(command: Command, words: &Words) -> Command {
    command.arg(words.option("limit", "number").value_parser(value_parser!(u32).range(1..)))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let limit = matches.get_one::<u32>("limit").copied().unwrap_or(DEFAULT_LIMIT);
    let engine = session.library()?;
    let unread = engine.unread(limit, 0)?;
    session.give(&unread, |look| posts::rows(look, &unread))?;
    if posts::is_cut(unread.len(), limit) {
        let all = || Ok(engine.sources()?.iter().map(|source| source.unread).sum());
        posts::tell_more(session, unread.len(), all)?;
    }
    if unread.is_empty() {
        session.note(&session.look.text("cli.unread.none"));
    }
    Ok(Exit::Done)
}
