//! Takes a command's name, gives its long help: what people type who do not know of `--help`. Of `json`, gives
//! the shapes that `--json` writes.

use clap::{ArgMatches, Command};

use super::{COMMANDS, Entry};
use crate::{
    arguments::{self, Words},
    exit::Exit,
    failure::Failure,
    session::Session,
    shapes,
};

pub(super) const ENTRY: Entry = Entry { name: "help", arguments, run };

/// What can be asked about besides the commands.
const JSON: &str = "json";

fn arguments(command: Command, words: &Words) -> Command {
    let names = COMMANDS.iter().map(|entry| entry.name).chain([JSON]).collect::<Vec<_>>();
    command.arg(words.operand("command", "command").value_parser(names).hide_possible_values(true))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let asked = matches.get_one::<String>("command");
    if asked.is_some_and(|name| name == JSON) {
        session.write(&shapes::document(&session.look.text("cli.json")))?;
        return Ok(Exit::Done);
    }
    let mut tree = arguments::tree(session.language());
    tree.build();
    let command = match asked.and_then(|name| tree.find_subcommand_mut(name)) {
        Some(command) => command,
        None => &mut tree,
    };
    let help = command.render_long_help();
    session.write(&if session.look.colour { help.ansi().to_string() } else { help.to_string() })?;
    Ok(Exit::Done)
}
