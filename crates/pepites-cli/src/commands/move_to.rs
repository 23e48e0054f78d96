//! Takes a source and folders, puts it into exactly these.

use clap::{ArgAction, ArgMatches, Command};
use pepites_core::model::Phrase;

use super::{Entry, follow};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "move", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("source", "source").required(true).display_order(0))
        .arg(words.operand("folders", "folder").action(ArgAction::Append).num_args(0..))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let source = follow::source(&engine, matches)?;
    engine.move_to(source.id, &follow::folders(matches, "folders"))?;
    let source = follow::again(&engine, source.id)?;
    session.give(&source, |look| {
        let folders: Vec<String> = source.folders.iter().map(|folder| follow::path(folder)).collect();
        let key = if folders.is_empty() { "cli.source.at_top" } else { "cli.source.moved" };
        let phrase = Phrase::new(key).with("title", source.title.as_str()).with("folders", folders.join(", "));
        format!("{}\n", clean::line(&look.say(&phrase)))
    })?;
    Ok(Exit::Done)
}
