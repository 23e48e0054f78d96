//! Takes the progress of long work, shows it on the error output: a bar on a terminal, a line for every tenth in a
//! pipe, the last one with what it came to. Never on the standard output, and never more than eleven lines.

use std::{
    io::IsTerminal,
    sync::{Mutex, PoisonError},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pepites_core::model::Phrase;
use pepites_engine::{
    catalogue::Language,
    contract::{Progress, Work},
};

use crate::{clean, session::Session, session::say_aside};

/// Lines that a pipe gets, besides that of the beginning.
const STEPS: u32 = 10;

/// An import of fewer rows is over before anybody could read how far it is.
const LONG_IMPORT: u32 = 1_000;

/// Shows how far long work is.
pub(crate) struct Meter {
    language: Language,
    shown: Shown,
    /// What is smaller shows nothing.
    least: u32,
}

enum Shown {
    Nothing,
    Bar(ProgressBar),
    Lines(Mutex<Told>),
}

/// What a pipe was told.
#[derive(Default)]
struct Told {
    /// Tenths, plus one.
    steps: u32,
    /// The line of the end, which is told last: posts are kept after their sources have answered.
    end: Option<Progress>,
}

impl Meter {
    /// The meter that suits the session.
    pub(crate) fn new(session: &Session) -> Self {
        let shown = if session.quiet || session.json {
            Shown::Nothing
        } else if std::io::stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template("{bar:24} {msg}") {
                bar.set_style(style.progress_chars("━╸─"));
            }
            Shown::Bar(bar)
        } else {
            Shown::Lines(Mutex::default())
        };
        Self { language: session.language(), shown, least: 0 }
    }

    /// The same for the import of a file, where it is long.
    pub(crate) fn of_import(session: &Session) -> Self {
        Self { least: LONG_IMPORT, ..Self::new(session) }
    }

    /// Shows this.
    pub(crate) fn tell(&self, progress: &Progress) {
        if progress.total < self.least {
            return;
        }
        match &self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => {
                bar.set_length(u64::from(progress.total));
                bar.set_position(u64::from(progress.done));
                let current = progress.current.as_deref().map(clean::line).unwrap_or_default();
                bar.set_message(format!("{}  {current}", line(self.language, progress)));
            }
            Shown::Lines(told) => {
                if told.lock().unwrap_or_else(PoisonError::into_inner).is_new_step(progress) {
                    say_aside(&format!("{}\n", line(self.language, progress)));
                }
            }
        }
    }

    /// Clears the bar away; a pipe gets the line of the end.
    pub(crate) fn end(&self) {
        match &self.shown {
            Shown::Nothing => {}
            Shown::Bar(bar) => bar.finish_and_clear(),
            Shown::Lines(told) => {
                if let Some(end) = told.lock().unwrap_or_else(PoisonError::into_inner).end.take() {
                    say_aside(&format!("{}\n", line(self.language, &end)));
                }
            }
        }
    }
}

fn line(language: Language, progress: &Progress) -> String {
    if progress.work == Work::Import {
        let phrase = Phrase::new("cli.import.progress").with("done", progress.done).with("total", progress.total);
        return language.say(&phrase);
    }
    let new = match progress.silent {
        true => language.say(&Phrase::new("cli.refresh.silent")),
        false => language.say(&Phrase::new("cli.refresh.new").with("count", progress.new_posts)),
    };
    let phrase = Phrase::new("cli.refresh.progress").with("done", progress.done).with("total", progress.total);
    language.say(&phrase.with("new", new))
}

impl Told {
    /// A tenth more is done than was told. When all is done, the line waits for [`Meter::end`].
    fn is_new_step(&mut self, progress: &Progress) -> bool {
        if progress.total == 0 {
            return false;
        }
        let tenths = u64::from(progress.done) * u64::from(STEPS) / u64::from(progress.total);
        let step = u32::try_from(tenths).unwrap_or(STEPS) + 1;
        if step > STEPS {
            self.end = Some(progress.clone());
            return false;
        }
        let is_new = self.steps < step;
        self.steps = self.steps.max(step);
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(done: u32, total: u32) -> Progress {
        Progress { work: Work::Refresh, done, total, current: None, new_posts: 1500, failed: 0, silent: false }
    }

    #[test]
    fn a_pipe_gets_a_line_for_every_tenth_and_no_more() {
        for (total, lines) in [(0, 0), (1, 2), (3, 4), (155, 11), (5000, 11)] {
            let mut told = Told::default();
            let count = (0..=total).filter(|done| told.is_new_step(&at(*done, total))).count();
            assert_eq!(count + usize::from(told.end.is_some()), lines, "of {total}");
        }
    }

    #[test]
    fn the_last_line_has_what_was_kept_after_the_last_answer() {
        let mut told = Told::default();
        assert!(told.is_new_step(&at(0, 3)));
        assert!(!told.is_new_step(&at(3, 3)), "it waits");
        assert!(!told.is_new_step(&Progress { new_posts: 1_600, ..at(3, 3) }));
        assert_eq!(told.end.map(|end| (end.done, end.new_posts)), Some((3, 1_600)));
    }

    #[test]
    fn progress_is_said_in_words() {
        assert_eq!(line(Language::English, &at(31, 155)), "31 / 155, 1,500 new posts");
        let silent = Progress { silent: true, ..at(31, 155) };
        assert_eq!(line(Language::English, &silent), "31 / 155, nothing answers: there seems to be no network");
        let import = Progress { work: Work::Import, ..at(31, 1_550) };
        assert_eq!(line(Language::English, &import), "31 of 1,550 rows");
        assert_eq!(line(Language::French, &at(31, 155)), "31 / 155, 1\u{202f}500 nouveaux billets");
    }
}
