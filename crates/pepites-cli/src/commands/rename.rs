//! Takes a source and a name, calls it so; without a name gives its own title back.

use clap::{ArgAction, ArgMatches, Command};
use pepites_core::model::Phrase;

use super::{Entry, follow};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "rename", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("source", "source").required(true).display_order(0))
        .arg(words.operand("name", "name").action(ArgAction::Append).num_args(0..))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let source = follow::source(&engine, matches)?;
    let words: Vec<&str> = matches.get_many::<String>("name").unwrap_or_default().map(String::as_str).collect();
    let name = words.join(" ");
    let name = Some(name.trim()).filter(|name| !name.is_empty());
    engine.rename(source.id, name)?;
    let source = follow::again(&engine, source.id)?;
    session.give(&source, |look| {
        let phrase =
            Phrase::new("cli.source.renamed").with("id", source.id.to_string()).with("title", source.title.as_str());
        format!("{}\n", clean::line(&look.say(&phrase)))
    })?;
    Ok(Exit::Done)
}
