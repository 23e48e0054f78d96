//! Gives the completions of a shell, made from the same command line that is read.

use clap::{ArgMatches, Command, value_parser};
use clap_complete::Shell;
use pepites_engine::catalogue::Language;

use super::Entry;
use crate::{
    arguments::{self, Words},
    exit::Exit,
    failure::Failure,
    session::Session,
};

pub(super) const ENTRY: Entry = Entry { name: "completions", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    let shell = words.operand("shell", "shell").required(true).value_parser(value_parser!(Shell));
    command.arg(shell.hide_possible_values(true))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let Some(shell) = matches.get_one::<Shell>("shell") else { return Ok(Exit::Usage) };
    session.write(&script(*shell, session.language()))?;
    Ok(Exit::Done)
}

fn script(shell: Shell, language: Language) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::tree(language), "pepites", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::COMMANDS;

    #[test]
    fn every_shell_learns_every_command() {
        for shell in [Shell::Bash, Shell::Elvish, Shell::Fish, Shell::PowerShell, Shell::Zsh] {
            for language in Language::ALL {
                let script = script(shell, language);
                for entry in COMMANDS {
                    assert!(script.contains(entry.name), "{shell} does not know {}", entry.name);
                }
                assert!(script.contains("left-out"), "{shell} does not know --left-out");
            }
        }
    }
}
