//! Gives what a page is shown on: language, width, colour, now. Pages are pure functions of a view and a look.

use std::io::IsTerminal;

use pepites_core::{
    digest::WORDS_PER_MINUTE,
    model::{Moment, Phrase},
};
use pepites_engine::{Clock, catalogue::Language};

use crate::tongue::Environment;

/// Beyond this, lines are hard to follow back to the left.
const WIDEST: usize = 80;
/// Below this, nothing can be laid out; a line is then simply cut by the terminal.
const NARROWEST: usize = 24;

/// How and when a page is looked at.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// The reader's language.
    pub(crate) language: Language,
    /// Columns to fill with running text.
    pub(crate) width: usize,
    /// Columns that a row of a list may take; None in a pipe, where nothing is cut.
    pub(crate) columns: Option<usize>,
    /// Escape sequences for weight and colour are understood and wanted.
    pub(crate) colour: bool,
    /// What a command that is shown begins with: the program, and the library when it is not the usual one.
    pub(crate) program: String,
    /// Now.
    pub(crate) now: Moment,
    /// The reader's time zone, in minutes east of Greenwich.
    pub(crate) offset_minutes: i32,
    /// How fast the reader reads: the usual speed until the library was asked.
    pub(crate) words_per_minute: u32,
}

impl Look {
    /// The look of the standard output.
    pub(crate) fn of_stdout(language: Language, clock: &Clock, environment: Environment<'_>) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let columns = terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0));
        let now = (clock.now)();
        Self {
            language,
            width: if terminal { columns.clamp(NARROWEST, WIDEST) } else { WIDEST },
            columns: terminal.then_some(columns),
            colour: terminal && wants_colour(environment),
            program: "pepites".to_owned(),
            now,
            offset_minutes: (clock.offset_minutes)(now),
            words_per_minute: WORDS_PER_MINUTE,
        }
    }

    /// The sentence of a phrase.
    pub(crate) fn say(&self, phrase: &Phrase) -> String {
        self.language.say(phrase)
    }

    /// The sentence of what is wrong with a source or a line, and what to type about it, where there is something.
    pub(crate) fn told(&self, phrase: &Phrase) -> String {
        let remedy = Phrase { key: format!("cli.remedy.{}", phrase.key), values: phrase.values.clone() };
        let said = self.say(phrase);
        if self.language.knows(&remedy) { format!("{said} {}", self.say(&remedy)) } else { said }
    }

    /// The sentence of a key with a count.
    pub(crate) fn count(&self, key: &str, count: u32) -> String {
        self.say(&Phrase::new(key).with("count", count))
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// The sentence of a key that names a command to type next (`today --again`).
    pub(crate) fn hint(&self, key: &str, command: &str) -> String {
        self.say(&Phrase::new(key).with("command", self.command(command)))
    }

    /// A command as it is to be typed.
    pub(crate) fn command(&self, command: &str) -> String {
        format!("{} {command}", self.program)
    }
}

/// A path or an address as a shell takes it for one word.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@,=%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// As <https://no-color.org> has it: set and not empty means none.
fn wants_colour(environment: Environment<'_>) -> bool {
    environment("NO_COLOR").is_none_or(|value| value.is_empty())
        && environment("TERM").is_none_or(|term| term != "dumb")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// 80 columns without colour at 2026-11-23T08:00:00Z, one hour east.
    pub(crate) fn look(language: Language) -> Look {
        let now = Moment(1_795_420_800_000);
        Look {
            language,
            width: 80,
            columns: None,
            colour: false,
            program: "pepites".to_owned(),
            now,
            offset_minutes: 60,
            words_per_minute: WORDS_PER_MINUTE,
        }
    }

    #[test]
    fn a_word_that_a_shell_would_split_is_quoted() {
        for (word, expected) in
            [("/a/b-c.opml", "/a/b-c.opml"), ("a b", "'a b'"), ("l'été", r"'l'\''été'"), ("a;b", "'a;b'"), ("", "''")]
        {
            assert_eq!(quoted(word), expected);
        }
    }

    #[test]
    fn no_color_and_dumb_terminals_are_obeyed() {
        for (name, value, colour) in
            [("NO_COLOR", "1", false), ("NO_COLOR", "", true), ("TERM", "dumb", false), ("TERM", "xterm", true)]
        {
            let environment = |asked: &str| (asked == name).then(|| value.to_owned());
            assert_eq!(wants_colour(&environment), colour, "{name}={value}");
        }
    }
}
