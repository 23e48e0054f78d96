//! Takes a source and how much of it is wanted, keeps that; the digest, the refresh and the counts obey.

use clap::{ArgMatches, Command};
use pepites_core::model::{MOST_DAILY, Mode, Phrase};

use super::{Entry, follow, trends};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "thin", arguments, run };

/// Modes as they are typed; a number is "at most so many a day".
const MODES: [(&str, Mode); 5] = [
    ("all", Mode::All),
    ("digest", Mode::Digest),
    ("nuggets", Mode::Nuggets),
    ("no-relays", Mode::NoRelays),
    ("muted", Mode::Muted),
];

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("source", "source").required(true).display_order(0))
        .arg(words.operand("mode", "mode").required(true).value_parser(mode))
}

/// A mode as it is typed.
fn mode(typed: &str) -> Result<Mode, String> {
    let named = MODES.iter().find(|(name, _)| *name == typed).map(|(_, mode)| *mode);
    let daily = || typed.parse().ok().filter(|posts| (1..=MOST_DAILY).contains(posts)).map(Mode::Daily);
    named.or_else(daily).ok_or_else(|| typed.to_owned())
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let source = follow::source(&engine, matches)?;
    let mode = matches.get_one::<Mode>("mode").copied().unwrap_or_default();
    engine.set_mode(source.id, mode)?;
    let source = follow::again(&engine, source.id)?;
    session.give(&source, |look| {
        let phrase = Phrase::new("cli.thin.done").with("title", source.title.as_str());
        format!("{}\n", clean::line(&look.say(&phrase.with("mode", look.say(&trends::mode(source.mode))))))
    })?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_a_word_or_a_number_a_day() {
        for (typed, expected) in [
            ("all", Some(Mode::All)),
            ("no-relays", Some(Mode::NoRelays)),
            ("3", Some(Mode::Daily(3))),
            ("0", None),
            ("101", None),
            ("some", None),
        ] {
            assert_eq!(mode(typed).ok(), expected, "{typed}");
        }
    }
}
