//! Takes a source, has its tellings stand for the stories that others tell too, or no longer.

use clap::{ArgMatches, Command};
use pepites_core::model::Phrase;

use super::{Entry, follow};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "prefer", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command.arg(words.operand("source", "source").required(true).display_order(0)).arg(words.flag("undo"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let source = follow::source(&engine, matches)?;
    engine.set_preferred(source.id, !matches.get_flag("undo"))?;
    let source = follow::again(&engine, source.id)?;
    session.give(&source, |look| {
        let key = if source.preferred { "cli.source.preferred" } else { "cli.source.preferred.undone" };
        format!("{}\n", clean::line(&look.say(&Phrase::new(key).with("title", source.title.as_str()))))
    })?;
    Ok(Exit::Done)
}
