//! Takes a source, gives its posts, newest first, one line each.

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::Phrase;

use super::{Entry, follow, posts};
use crate::{arguments::Words, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "posts", arguments, run };

/// Lines, unless `--limit` says otherwise. `help.posts.limit` names it.
const DEFAULT_LIMIT: u32 = 200;

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("source", "source").required(true))
        .arg(words.flag("unread"))
        .arg(words.option("limit", "number").value_parser(value_parser!(u32).range(1..)))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let source = follow::meant(&engine, matches)?;
    let limit = matches.get_one::<u32>("limit").copied().unwrap_or(DEFAULT_LIMIT);
    let unread = matches.get_flag("unread");
    let found = if unread { engine.unread_of(source.id, limit, 0)? } else { engine.posts_of(source.id, limit, 0)? };
    session.give(&found, |look| posts::rows(look, &found))?;
    if posts::is_cut(found.len(), limit) {
        posts::tell_more(session, found.len(), || Ok(if unread { source.unread } else { source.posts }))?;
    }
    if found.is_empty() {
        let key = if unread && source.posts > 0 { "cli.posts.none_unread" } else { "cli.posts.none" };
        session.note(&session.look.say(&Phrase::new(key).with("title", source.title)));
    }
    Ok(Exit::Done)
}
