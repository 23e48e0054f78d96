//! Takes numbers of posts and a mark, sets or takes it away, says how many and which are missing.

use clap::{ArgAction, ArgMatches, Command, value_parser};
use pepites_core::model::{Phrase, PostId};
use pepites_engine::contract::{Code, MarkReport, MarkView, Problem};

use crate::{arguments::Words, exit::Exit, failure::Failure, session::Session};

/// Numbers and `--undo`.
pub(super) fn arguments(command: Command, words: &Words) -> Command {
    let number = value_parser!(i64).range(1..);
    command
        .arg(words.operand("ids", "id").required(true).action(ArgAction::Append).num_args(1..).value_parser(number))
        .arg(words.flag("undo"))
}

/// The numbers given.
pub(super) fn numbers(matches: &ArgMatches) -> Vec<PostId> {
    matches.get_many::<i64>("ids").unwrap_or_default().copied().map(PostId).collect()
}

/// Sets the mark, or takes it away with `--undo`.
pub(super) fn run(session: &Session, matches: &ArgMatches, mark: MarkView) -> Result<Exit, Failure> {
    let on = !matches.get_flag("undo");
    let report = session.library()?.mark(&numbers(matches), mark, on)?;
    tell(session, &report, mark, on)?;
    for id in &report.missing {
        session.tell(&missing(*id));
    }
    Ok(ending(&report, numbers(matches).len()))
}

/// Says how many were marked.
pub(super) fn tell(session: &Session, report: &MarkReport, mark: MarkView, on: bool) -> Result<(), Failure> {
    session.give(report, |look| match u32::try_from(report.changed.len()).unwrap_or(u32::MAX) {
        0 => format!("{}\n", look.text("cli.mark.nothing")),
        count => format!("{}\n", look.count(key(mark, on), count)),
    })
}

/// The problem of a number that no post has.
pub(super) fn missing(id: PostId) -> Problem {
    let detail = Phrase::new("problem.missing.post").with("noun", "post").with("id", id.to_string());
    Problem { code: Code::Missing, detail }
}

fn key(mark: MarkView, on: bool) -> &'static str {
    match (mark, on) {
        (MarkView::Read, true) => "cli.mark.read",
        (MarkView::Read, false) => "cli.mark.read.undone",
        (MarkView::Starred, true) => "cli.mark.starred",
        (MarkView::Starred, false) => "cli.mark.starred.undone",
        (MarkView::Skipped, true) => "cli.mark.skipped",
        (MarkView::Skipped, false) => "cli.mark.skipped.undone",
        (MarkView::Relay, true) => "cli.mark.relay",
        (MarkView::Relay, false) => "cli.mark.relay.undone",
        (MarkView::PutOff, true) => "cli.mark.put_off",
        (MarkView::PutOff, false) => "cli.mark.put_off.undone",
    }
}

fn ending(report: &MarkReport, asked: usize) -> Exit {
    match report.missing.len() {
        0 => Exit::Done,
        missing if missing >= asked => Exit::Input,
        _ => Exit::InPart,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_numbers_decide_the_ending() {
        for (missing, asked, exit) in [(0, 2, Exit::Done), (1, 2, Exit::InPart), (2, 2, Exit::Input)] {
            let report = MarkReport { changed: Vec::new(), relays: Vec::new(), missing: vec![PostId(9); missing] };
            assert_eq!(ending(&report, asked), exit);
        }
    }
}
