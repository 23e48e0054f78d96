//! Takes a digest that was made, writes it as a file for elsewhere. Never replaces a file unasked, never asks a network.

use std::path::PathBuf;

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::{Day, Phrase};
use pepites_engine::{
    Engine, ExportFormat,
    contract::{Code, DigestView},
};
use serde::Serialize;

use super::{Entry, export, today};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "export-digest", arguments, run };

/// The formats as they are typed.
const FORMATS: [(&str, ExportFormat); 4] = [
    ("html", ExportFormat::Html),
    ("markdown", ExportFormat::Markdown),
    ("epub", ExportFormat::Epub),
    ("atom", ExportFormat::Atom),
];

/// What `--json` gives.
#[derive(Serialize)]
struct Exported {
    file: String,
    format: ExportFormat,
    stories: u32,
}

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("file", "file").required(true).value_parser(value_parser!(PathBuf)))
        .arg(words.option("format", "format").value_parser(FORMATS.map(|(name, _)| name)).hide_possible_values(true))
        .arg(words.option("date", "date").value_parser(today::day))
        .arg(words.option("edition", "number").value_parser(value_parser!(u32).range(1..)))
        .arg(words.flag("force"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    // Required by the arguments.
    let path = matches.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let name = path.display().to_string();
    let typed = matches.get_one::<String>("format");
    let format = match typed {
        Some(typed) => FORMATS.iter().find(|(name, _)| name == typed).map(|(_, format)| *format),
        None => ExportFormat::of_file(&name),
    };
    let Some(format) = format else {
        return Err(Failure::new(Code::BadInput, Phrase::new("cli.export_digest.format").with("file", name)));
    };
    let view = asked(session, &engine, matches)?;
    let Some(id) = view.line.id else {
        let command = session.look.command("today");
        let none = Phrase::new("cli.export_digest.none").with("command", command);
        return Err(Failure::new(Code::Missing, none));
    };
    let bytes = engine.export_digest(id, format, session.language())?;
    export::write(&path, &bytes, matches.get_flag("force"), session.language())?;
    let exported = Exported { file: name.clone(), format, stories: view.line.stories };
    session.give(&exported, |look| {
        let phrase = Phrase::new("cli.export_digest.done").with("count", exported.stories).with("file", name);
        format!("{}\n", clean::line(&look.say(&phrase)))
    })?;
    Ok(Exit::Done)
}

/// The edition that is asked for: of a past day, or of today; none is made for it.
fn asked(session: &Session, engine: &Engine, matches: &ArgMatches) -> Result<DigestView, Failure> {
    let today = || Day::of(session.look.now, session.look.offset_minutes);
    let day = matches.get_one::<Day>("date").cloned();
    if let Some(edition) = matches.get_one::<u32>("edition") {
        return Ok(engine.edition_of(&day.unwrap_or_else(today), *edition)?);
    }
    match day {
        Some(day) => Ok(engine.digest_of(&day)?),
        // The last one, whatever its day: before its hour, today's is yesterday's.
        None => match engine.digests(1)?.first().and_then(|line| line.id) {
            Some(id) => Ok(engine.digest(id)?),
            None => Ok(engine.today(&Default::default())?),
        },
    }
}
