//! Gives the command line: global options here, those of each command in its own file, every text from the catalogue.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};
use pepites_core::model::{Moment, Phrase};
use pepites_engine::catalogue::Language;

use crate::commands::COMMANDS;

/// Wider than this, help is hard to read.
const WIDEST_HELP: usize = 100;

/// The whole command line in a language.
pub(crate) fn tree(language: Language) -> Command {
    let words = Words { language, command: "pepites" };
    let root = words
        .dress(Command::new("pepites"))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_required(true)
        .subcommand_help_heading(language.text("help.heading.commands"))
        .subcommand_value_name(language.text("help.value.command"))
        .max_term_width(WIDEST_HELP)
        .args(global(&words));
    COMMANDS.iter().fold(root, |root, entry| {
        let words = Words { language, command: entry.name };
        root.subcommand((entry.arguments)(words.dress(Command::new(entry.name)), &words))
    })
}

fn global(words: &Words) -> Vec<Arg> {
    let version = words.named("version").short('V').action(ArgAction::Version);
    let help = words.named("help").short('h').action(ArgAction::Help);
    let shared = [
        words.option("library", "dir").value_parser(value_parser!(PathBuf)),
        words.flag("json"),
        words.option("lang", "lang").value_parser(["fr", "en"]).hide_possible_values(true),
        words.option("via", "url").long_help(words.text("via")).hide_short_help(true),
        words.option("wait", "seconds").value_parser(value_parser!(u64)),
        words.named("verbose").short('v').action(ArgAction::Count),
        words.flag("quiet").short('q'),
        // For tests, which must come out the same at midnight: no help names it.
        Arg::new("now").long("now").value_name("RFC3339").hide(true).value_parser(moment),
        help,
    ];
    let heading = words.language.text("help.heading.global");
    shared
        .into_iter()
        .map(|arg| arg.global(true))
        .chain([version])
        .map(|arg| arg.help_heading(heading.clone()))
        .collect()
}

/// `2026-11-23T09:00:00Z`.
fn moment(text: &str) -> Result<Moment, String> {
    text.parse::<jiff::Timestamp>().map(|stamp| Moment(stamp.as_millisecond())).map_err(|error| error.to_string())
}

/// Gives the arguments of one command their texts: `help.<command>` and `help.<command>.<argument>`.
pub(crate) struct Words {
    language: Language,
    command: &'static str,
}

impl Words {
    /// An option with a value; `value` names it, `help.value.<value>`.
    pub(crate) fn option(&self, name: &'static str, value: &str) -> Arg {
        self.named(name).value_name(self.value(value)).action(ArgAction::Set)
    }

    /// An option without a value.
    pub(crate) fn flag(&self, name: &'static str) -> Arg {
        self.named(name).action(ArgAction::SetTrue)
    }

    /// An operand: told by its place.
    pub(crate) fn operand(&self, name: &'static str, value: &str) -> Arg {
        Arg::new(name)
            .help(self.text(name))
            .value_name(self.value(value))
            .help_heading(self.language.text("help.heading.arguments"))
    }

    fn named(&self, name: &'static str) -> Arg {
        Arg::new(name).long(name).help(self.text(name)).help_heading(self.language.text("help.heading.options"))
    }

    fn text(&self, name: &str) -> String {
        self.language.text(&format!("help.{}.{name}", self.command))
    }

    fn value(&self, value: &str) -> String {
        self.language.text(&format!("help.value.{value}"))
    }

    /// What every command has: its explanation, short and long, and a layout without clap's own English.
    fn dress(&self, command: Command) -> Command {
        let usage = self.language.text("usage.usage");
        let more = Phrase::new(format!("help.{}.more", self.command));
        let command = command
            .about(self.language.text(&format!("help.{}", self.command)))
            .disable_help_flag(true)
            // An alias may hold `--library DIR`; what is typed after it wins.
            .args_override_self(true)
            .help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"));
        if self.language.knows(&more) { command.after_long_help(self.language.say(&more)) } else { command }
    }
}

#[cfg(test)]
#[path = "arguments/tests.rs"]
mod tests;
