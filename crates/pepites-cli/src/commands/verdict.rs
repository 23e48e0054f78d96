//! Takes two numbers of posts and what is to be said of them, says how many posts moved.

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::PostId;
use pepites_engine::{
    Engine,
    contract::{Problem, VerdictReport},
};

use crate::{arguments::Words, exit::Exit, failure::Failure, session::Session};

/// What says it to the engine.
pub(super) type Say = fn(&Engine, PostId, PostId, bool) -> Result<VerdictReport, Problem>;

/// Two numbers and `--undo`.
pub(super) fn arguments(command: Command, words: &Words) -> Command {
    pair(command, words).arg(words.flag("undo"))
}

/// Two numbers.
pub(super) fn pair(command: Command, words: &Words) -> Command {
    let number = || value_parser!(i64).range(1..);
    command
        .arg(words.operand("one", "id").required(true).value_parser(number()))
        .arg(words.operand("other", "id").required(true).value_parser(number()))
}

/// The numbers given.
pub(super) fn numbers(matches: &ArgMatches) -> (PostId, PostId) {
    let number = |name: &str| PostId(matches.get_one::<i64>(name).copied().unwrap_or_default());
    (number("one"), number("other"))
}

/// Says it, or takes it back with `--undo`.
pub(super) fn run(session: &Session, matches: &ArgMatches, say: Say) -> Result<Exit, Failure> {
    let (one, other) = numbers(matches);
    let report = say(&session.library()?, one, other, matches.get_flag("undo"))?;
    session.give(&report, |look| match u32::try_from(report.moved.len()).unwrap_or(u32::MAX) {
        _ if !report.found => format!("{}\n", look.text("cli.verdict.none")),
        0 => format!("{}\n", look.text("cli.verdict.nothing")),
        count => format!("{}\n", look.count("cli.verdict.moved", count)),
    })?;
    Ok(Exit::Done)
}
