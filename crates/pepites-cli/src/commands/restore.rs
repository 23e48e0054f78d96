//! Puts the library of a backup in the place of this one, after a look at all of it, and says where this one is kept.

use std::path::PathBuf;

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::Phrase;

use super::{Entry, backup::said};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, look::quoted, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "restore", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("file", "file").value_parser(value_parser!(PathBuf)).required(true))
        .arg(words.flag("check"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let Some(path) = matches.get_one::<PathBuf>("file") else { return Ok(Exit::Usage) };
    if matches.get_flag("check") {
        let found = engine.look_at_backup(path)?;
        session.give(&found, |look| said("cli.restore.checked", &found, look))?;
        return Ok(Exit::Done);
    }
    let report = session.runtime()?.block_on(engine.restore(path))?;
    session.give(&report, |look| {
        let back = format!("{} restore {}", look.program, quoted(&report.kept));
        let kept = Phrase::new("cli.restore.kept").with("file", report.kept.clone()).with("command", back);
        format!("{}{}\n", said("cli.restore.done", &report.backup, look), clean::line(&look.say(&kept)))
    })?;
    Ok(Exit::Done)
}
