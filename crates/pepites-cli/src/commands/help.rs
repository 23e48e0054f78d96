//! Takes a command's name, gives its long help: what people type who do not know of `--help`.

use clap::{ArgMatches, Command};

use super::{COMMANDS, Entry};
use crate::{
    arguments::{self, Words},
    exit::Exit,
    failure::Failure,
    session::Session,
};

pub(super) const ENTRY: Entry = Entry { name: "help", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    let names = COMMANDS.iter().map(|entry| entry.name).collect::<Vec<_>>();
    command.arg(words.operand("command", "command").value_parser(names).hide_possible_values(true))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let mut tree = arguments::tree(session.language());
    tree.build();
    let command = match matches.get_one::<String>("command").and_then(|name| tree.find_subcommand_mut(name)) {
        Some(command) => command,
        None => &mut tree,
    };
    let help = command.render_long_help();
    session.write(&if session.look.colour { help.ansi().to_string() } else { help.to_string() })?;
    Ok(Exit::Done)
}
