//! Takes a source, stops following it; with `--undo` follows it again.

use clap::{ArgMatches, Command};
use pepites_core::model::Phrase;

use super::{Entry, follow};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "unfollow", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command.arg(words.operand("source", "source").required(true)).arg(words.flag("undo"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let undo = matches.get_flag("undo");
    let source = if undo {
        // What is no longer followed is no longer listed: only its number can be known.
        let id = follow::number(matches)?;
        engine.follow_again(id)?;
        follow::again(&engine, id)?
    } else {
        let source = follow::source(&engine, matches)?;
        engine.unfollow(source.id)?;
        source
    };
    session.give(&source, |look| {
        let key = if undo { "cli.source.followed" } else { "cli.source.unfollowed" };
        let command = look.command(&format!("unfollow --undo {}", source.id));
        let phrase = Phrase::new(key).with("title", source.title.as_str()).with("command", command);
        format!("{}\n", clean::line(&look.say(&phrase)))
    })?;
    Ok(Exit::Done)
}
