//! Takes `Connections.csv` of LinkedIn, with its notes before the header or without, gives the people in it. Never counts
//! on how many lines of notes there are.

use super::{Book, Dialect, sheet};
use crate::interchange::Head;

pub(super) const DIALECT: Dialect = Dialect { name: "contacts_linkedin", of_people: true, recognise, read };

const HEADER: &[&[&str]] =
    &[&["first name"], &["last name"], &["connected on"], &["company", "position", "email address", "url"]];

fn recognise(head: &Head<'_>) -> bool {
    below_the_notes(head.start()).is_some()
}

fn read(head: &Head<'_>) -> Book {
    let Some((lines, table)) = below_the_notes(head.text) else { return Book::default() };
    let mut book = sheet::read(table, HEADER);
    // Rows are named by their lines in the file.
    for card in &mut book.cards {
        card.row += lines;
    }
    for flaw in book.flaws.iter_mut().chain(&mut book.partial) {
        flaw.line = flaw.line.map(|line| line + lines);
    }
    book
}

/// The text from the header on, and how many lines stand before it: a note in quotes has commas of its own.
fn below_the_notes(text: &str) -> Option<(u32, &str)> {
    let mut rest = text;
    for lines in 0..40 {
        let line = rest.lines().next()?;
        if sheet::header(line, HEADER).is_some() {
            return Some((lines, rest));
        }
        rest = rest.split_once('\n')?.1;
    }
    None
}
