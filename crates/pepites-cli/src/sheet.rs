//! Takes pieces of text, gives a page: wrapped, weighed, coloured. Everything that goes onto it is cleaned here, so that
//! no page can forget to.

use crate::{clean, look::Look, wrap};

/// How a piece looks where colour is understood; nothing is said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// As it is.
    Plain,
    /// Headlines.
    Strong,
    /// What is read already, and what stands around.
    Faint,
    /// Nuggets and matches.
    Gold,
    /// Trouble.
    Red,
}

impl Ink {
    fn start(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Strong => "\u{1b}[1m",
            Self::Faint => "\u{1b}[2m",
            Self::Gold => "\u{1b}[33m",
            Self::Red => "\u{1b}[31m",
        }
    }
}

/// A page in the making.
pub(crate) struct Sheet<'a> {
    look: &'a Look,
    text: String,
}

impl<'a> Sheet<'a> {
    /// An empty page.
    pub(crate) fn new(look: &'a Look) -> Self {
        Self { look, text: String::new() }
    }

    /// An empty line, unless the page is empty or ends with one.
    pub(crate) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// One line, however long.
    pub(crate) fn line(&mut self, pieces: &[(Ink, &str)]) {
        for (ink, text) in pieces {
            self.piece(*ink, &clean::line(text));
        }
        self.text.push('\n');
    }

    /// One line, cut to the terminal's width; whole in a pipe.
    pub(crate) fn row(&mut self, pieces: &[(Ink, &str)]) {
        let pieces: Vec<(Ink, String)> = pieces.iter().map(|(ink, text)| (*ink, clean::line(text))).collect();
        let mut room = match self.look.columns {
            Some(columns) if pieces.iter().map(|(_, text)| wrap::columns(text)).sum::<usize>() > columns => columns,
            _ => usize::MAX,
        };
        for (ink, text) in &pieces {
            if wrap::columns(text) >= room {
                // More than its last column: what is cut must say so.
                self.piece(*ink, &wrap::cut(&format!("{text} …"), room));
                break;
            }
            room -= wrap::columns(text);
            self.piece(*ink, text);
        }
        self.text.push('\n');
    }

    /// Wrapped text, every line indented.
    pub(crate) fn paragraph(&mut self, indent: usize, ink: Ink, text: &str) {
        self.hanging(&" ".repeat(indent), ink, text);
    }

    /// Wrapped text: `first` before the first line, as many spaces before the others.
    pub(crate) fn hanging(&mut self, first: &str, ink: Ink, text: &str) {
        let first = clean::line(first);
        let indent = wrap::columns(&first);
        let lines = wrap::wrap(&clean::line(text), self.look.width.saturating_sub(indent).max(1));
        for (place, line) in lines.iter().enumerate() {
            if place == 0 {
                self.text.push_str(&first);
            } else {
                self.text.push_str(&" ".repeat(indent));
            }
            self.piece(ink, line);
            self.text.push('\n');
        }
    }

    /// The page, with its last line end.
    pub(crate) fn done(self) -> String {
        self.text
    }

    fn piece(&mut self, ink: Ink, text: &str) {
        if self.look.colour && ink != Ink::Plain && !text.is_empty() {
            self.text.push_str(ink.start());
            self.text.push_str(text);
            self.text.push_str("\u{1b}[0m");
        } else {
            self.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    #[test]
    fn what_stands_on_a_page_can_only_be_shown() {
        let mut look = look(Language::English);
        look.colour = true;
        let mut sheet = Sheet::new(&look);
        sheet.line(&[(Ink::Strong, "a\u{1b}[2Jb"), (Ink::Plain, "\u{9b}c\nd")]);
        sheet.hanging("\u{1b}* ", Ink::Red, "e\u{202e}f");
        assert_eq!(sheet.done(), "\u{1b}[1ma[2Jb\u{1b}[0mc d\n* \u{1b}[31mef\u{1b}[0m\n");
    }

    #[test]
    fn a_paragraph_hangs_under_its_beginning() {
        let mut look = look(Language::English);
        look.width = 12;
        let mut sheet = Sheet::new(&look);
        sheet.blank();
        sheet.hanging("12  ", Ink::Strong, "one two three");
        sheet.blank();
        sheet.blank();
        sheet.paragraph(4, Ink::Plain, "four");
        assert_eq!(sheet.done(), "12  one two\n    three\n\n    four\n");
    }
}
