//! Writes the whole library to one file, of one moment, whoever writes meanwhile. Never replaces a file unasked.

use std::path::PathBuf;

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::Phrase;
use pepites_engine::contract::{BackupView, Code};

use super::Entry;
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, look::Look, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "backup", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("file", "file").value_parser(value_parser!(PathBuf)).required(true))
        .arg(words.flag("force"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let Some(path) = matches.get_one::<PathBuf>("file") else { return Ok(Exit::Usage) };
    if path.exists() && !matches.get_flag("force") {
        let detail = Phrase::new("problem.file_exists").with("file", path.display().to_string());
        return Err(Failure::ending(Code::BadInput, detail, Exit::Input));
    }
    let made = engine.back_up(path)?;
    session.give(&made, |look| said("cli.backup.done", &made, look))?;
    Ok(Exit::Done)
}

/// "…: 3,027 posts of 155 sources, 9 of them starred, 12.3 MB."
pub(super) fn said(key: &str, backup: &BackupView, look: &Look) -> String {
    #[expect(clippy::cast_precision_loss, reason = "posts shown to a person stay far below 2^52")]
    let number = |count: u64| look.language.number(count as f64);
    let phrase = Phrase::new(key)
        .with("file", backup.file.clone())
        .with("posts", number(backup.posts))
        .with("sources", number(backup.sources))
        .with("starred", number(backup.starred))
        .with("size", look.language.size(backup.bytes));
    format!("{}\n", clean::line(&look.say(&phrase)))
}
