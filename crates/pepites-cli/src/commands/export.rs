//! Gives every followed source as OPML, on the standard output or in a file. Never replaces a file unasked.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::Phrase;
use pepites_engine::{Engine, catalogue::Language, contract::Code};
use serde::Serialize;

use super::Entry;
use crate::{
    arguments::Words,
    clean,
    exit::Exit,
    failure::{self, Failure},
    session::Session,
};

pub(super) const ENTRY: Entry = Entry { name: "export", arguments, run };

/// What `--json` gives: the file and how many sources, or the OPML itself when no file was named.
#[derive(Serialize)]
struct Exported {
    file: Option<String>,
    sources: usize,
    opml: Option<String>,
}

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("file", "file").value_parser(value_parser!(PathBuf)))
        .arg(words.flag("force").requires("file"))
        .arg(words.flag("accounts"))
        .arg(words.flag("everything").requires("file").conflicts_with("accounts"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    if let Some(path) = matches.get_one::<PathBuf>("file").filter(|_| matches.get_flag("everything")) {
        return everything(session, &engine, path, matches.get_flag("force"));
    }
    let opml = if matches.get_flag("accounts") { engine.export_accounts()? } else { engine.export()? };
    let file = matches.get_one::<PathBuf>("file").filter(|path| path.as_path() != Path::new("-"));
    let Some(path) = file else {
        if !session.json {
            session.write(&opml)?;
            warn(session, &engine)?;
            return Ok(Exit::Done);
        }
        let sources = engine.sources()?.len();
        session.give(&Exported { file: None, sources, opml: Some(opml) }, |_| String::new())?;
        return Ok(Exit::Done);
    };
    write(path, &opml, matches.get_flag("force"), session.language())?;
    let name = path.display().to_string();
    let exported = Exported { file: Some(name.clone()), sources: engine.sources()?.len(), opml: None };
    session.give(&exported, |look| {
        let phrase = Phrase::new("cli.export.done").with("count", exported.sources).with("file", name);
        format!("{}\n", clean::line(&look.say(&phrase)))
    })?;
    warn(session, &engine)?;
    Ok(Exit::Done)
}

/// Everything that the library holds, in one archive.
fn everything(session: &Session, engine: &Engine, path: &Path, replace: bool) -> Result<Exit, Failure> {
    if path.exists() && !replace {
        let detail = Phrase::new("problem.file_exists").with("file", path.display().to_string());
        return Err(Failure::ending(Code::BadInput, detail, Exit::Input));
    }
    let whole = engine.export_whole(path, session.language())?;
    session.give(&whole, |look| {
        let size = look.language.size(whole.bytes);
        let phrase = Phrase::new("cli.export.whole").with("file", whole.file.clone()).with("size", size);
        format!("{}\n", clean::line(&look.say(&phrase)))
    })?;
    Ok(Exit::Done)
}

/// A list that is given to a friend must not give a password away unnoticed.
fn warn(session: &Session, engine: &Engine) -> Result<(), Failure> {
    let count = u32::try_from(engine.passwords()?).unwrap_or(u32::MAX);
    if count > 0 {
        session.note(&session.look.count("cli.export.passwords", count));
    }
    Ok(())
}

/// Writes the file whole or not at all: a full disk must not cost the export that was there before.
pub(super) fn write(path: &Path, text: impl AsRef<[u8]>, replace: bool, language: Language) -> Result<(), Failure> {
    let told = |error: io::Error| {
        let detail = |key: &str| Phrase::new(key).with("file", path.display().to_string());
        match error.kind() {
            io::ErrorKind::AlreadyExists => Failure::ending(Code::BadInput, detail("problem.file_exists"), Exit::Input),
            io::ErrorKind::StorageFull => Failure::ending(
                Code::DiskFull,
                Phrase::new("problem.disk_full").with("path", path.display().to_string()),
                Exit::Input,
            ),
            _ => unwritable(path, &error, language),
        }
    };
    if path.exists() && !replace {
        return Err(told(io::ErrorKind::AlreadyExists.into()));
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = OpenOptions::new().write(true).create_new(true).open(&beside).and_then(|mut file| {
        file.write_all(text.as_ref())?;
        file.sync_all()?;
        if replace {
            return fs::rename(&beside, path);
        }
        match fs::hard_link(&beside, path) {
            // A file system without hard links: the check above must do.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => fs::rename(&beside, path),
            linked => linked,
        }
    });
    let _gone_already = fs::remove_file(&beside);
    written.map_err(told)
}

/// The problem of a file or folder that cannot be written.
pub(super) fn unwritable(path: &Path, error: &io::Error, language: Language) -> Failure {
    let detail = Phrase::new("problem.file_unwritable").with("file", path.display().to_string());
    Failure::new(Code::FileUnreadable, detail.with("detail", failure::system(error, language)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ending(outcome: Result<(), Failure>) -> Option<Exit> {
        match outcome {
            Ok(()) => None,
            Err(Failure::Problem { exit, .. }) => Some(exit),
            Err(Failure::Output(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn a_file_that_exists_is_replaced_only_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.opml");
        assert_eq!(ending(write(&path, "one", false, Language::English)), None);
        assert_eq!(ending(write(&path, "two", false, Language::English)), Some(Exit::Input));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(ending(write(&path, "two", true, Language::English)), None);
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(ending(write(&folder.path().join("no/such/dir"), "x", true, Language::English)), Some(Exit::Input));
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["out.opml"], "nothing is left beside it");
    }
}
