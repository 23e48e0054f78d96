//! Gives the starred posts, newest star first, one line each.

use clap::{ArgMatches, Command, value_parser};

use super::{Entry, posts};
use crate::{arguments::Words, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "starred", arguments, run };

/// Lines, unless `--limit` says otherwise. `help.starred.limit` names it.
const DEFAULT_LIMIT: u32 = 200;

fn arguments(command: Command, words: &Words) -> Command {
    command.arg(words.option("limit", "number").value_parser(value_parser!(u32).range(1..)))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let limit = matches.get_one::<u32>("limit").copied().unwrap_or(DEFAULT_LIMIT);
    let engine = session.library()?;
    let starred = engine.starred(limit, 0)?;
    session.give(&starred, |look| posts::rows(look, &starred))?;
    if posts::is_cut(starred.len(), limit) {
        let all = || Ok(u32::try_from(engine.library()?.starred).unwrap_or(u32::MAX));
        posts::tell_more(session, starred.len(), all)?;
    }
    if starred.is_empty() {
        session.note(&session.look.hint("cli.starred.none", &format!("star {}", session.look.text("help.value.id"))));
    }
    Ok(Exit::Done)
}
