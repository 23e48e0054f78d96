//! Gives the manual, made from the same command line that is read: one page on the standard output, or all in a folder.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::{ArgMatches, Command, value_parser};
use clap_mangen::Man;
use pepites_core::model::Phrase;
use pepites_engine::catalogue::Language;

use super::{Entry, export};
use crate::{
    arguments::{self, Words},
    clean,
    exit::Exit,
    failure::Failure,
    session::Session,
};

pub(super) const ENTRY: Entry = Entry { name: "man", arguments, run };

/// Headings that clap_mangen writes in English, and the keys that they are said with.
const HEADINGS: [(&str, &str); 5] = [
    ("NAME", "man.name"),
    ("SYNOPSIS", "man.synopsis"),
    ("DESCRIPTION", "man.description"),
    ("EXTRA", "man.extra"),
    ("VERSION", "man.version"),
];

fn arguments(command: Command, words: &Words) -> Command {
    command.arg(words.operand("folder", "dir").value_parser(value_parser!(PathBuf)))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let pages = pages(session.language())?;
    let Some(folder) = matches.get_one::<PathBuf>("folder") else {
        let main = pages.into_iter().next().map(|(_, page)| page).unwrap_or_default();
        session.write(&main)?;
        return Ok(Exit::Done);
    };
    write_all(folder, &pages, session.language())?;
    let told = Phrase::new("cli.man.wrote").with("count", pages.len()).with("folder", folder.display().to_string());
    session.note(&clean::line(&session.look.say(&told)));
    Ok(Exit::Done)
}

fn write_all(folder: &Path, pages: &[(String, String)], language: Language) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| export::unwritable(folder, &error, language))?;
    for (file, page) in pages {
        export::write(&folder.join(file), page, true, language)?;
    }
    Ok(())
}

/// File names and pages, the main one first.
fn pages(language: Language) -> Result<Vec<(String, String)>, Failure> {
    let mut tree = arguments::tree(language);
    tree.build();
    let commands = std::iter::once(tree.clone()).chain(tree.get_subcommands().cloned());
    commands.map(|command| page(command, language).map_err(Failure::fault)).collect()
}

fn page(command: Command, language: Language) -> io::Result<(String, String)> {
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page)?;
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for (heading, key) in HEADINGS {
        page = page.replace(&format!("\n.SH {heading}\n"), &format!("\n.SH \"{}\"\n", language.text(key)));
    }
    Ok((man.get_filename(), page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::COMMANDS;

    #[test]
    fn every_command_has_a_page_in_both_languages() {
        for (language, name, codes) in
            [(Language::English, "NAME", "Exit codes:"), (Language::French, "NOM", "Codes de sortie\u{a0}:")]
        {
            let pages = pages(language).unwrap();
            assert_eq!(pages.len(), COMMANDS.len() + 1);
            let (file, main) = &pages[0];
            assert_eq!(file, "pepites.1");
            assert!(main.contains(&format!(".SH \"{name}\"")) && main.contains(codes), "{main}");
            for entry in COMMANDS {
                let file = format!("pepites-{}.1", entry.name);
                assert!(pages.iter().any(|(name, _)| *name == file), "{file}");
            }
        }
    }

    #[test]
    fn the_pages_are_written_to_a_folder_that_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("man/man1");
        write_all(&folder, &pages(Language::French).unwrap(), Language::French).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), COMMANDS.len() + 1);
    }
}
