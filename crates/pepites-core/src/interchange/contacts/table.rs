//! Takes a table of people that no known program wrote, guesses by headers and contents what its columns hold, or is told
//! by the reader, gives the people in it. Never takes a table without names or mail addresses for one of people by itself.

use super::{
    Book, Dialect, archive,
    columns::{self, Column, TablePreview},
    dialect_of,
    draft::is_email,
    sheet,
};
use crate::interchange::{
    Head,
    address::{Likeness, likeness},
    addresses_list, decode,
    table::Row,
};

pub(super) const DIALECT: Dialect = Dialect { name: "contacts_table", of_people: false, recognise, read };

/// Rows that are looked at to tell what a column holds, and shown to the reader.
const SAMPLE_ROWS: usize = 200;
const SHOWN_ROWS: usize = 5;
/// A header is within so many rows.
const HEADER_WITHIN_ROWS: usize = 30;
/// A cell that is shown is cut there.
const SHOWN_CHARS: usize = 80;

/// What was found of a table.
struct Guess {
    header: Option<Row>,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

impl Guess {
    /// Its header says in known words who is meant and where they are to be found.
    fn is_told(&self) -> bool {
        let told = self.header.as_ref().map(|header| columns::of_header(&header.cells)).unwrap_or_default();
        let found = |column: &Column| matches!(column, Column::Email | Column::Website) || column.network().is_some();
        told.iter().any(|column| column.names()) && told.iter().any(found)
    }
}

fn recognise(head: &Head<'_>) -> bool {
    let Some(guess) = guess(head.start()) else { return false };
    let of_people = guess.columns.iter().any(|column| column.names());
    let found = guess.columns.iter().any(|column| {
        matches!(column, Column::Email | Column::Website) || column.network().is_some() || guess.header.is_some()
    });
    of_people && found && !addresses_list::leads(head)
}

fn read(head: &Head<'_>) -> Book {
    let Some(guess) = guess(head.start()) else { return Book::default() };
    read_by(head, &guess, &guess.columns)
}

/// Reads it as the reader says.
pub(super) fn read_as(head: &Head<'_>, columns: &[Column]) -> Book {
    let Some(guess) = guess(head.start()) else { return Book::default() };
    read_by(head, &guess, columns)
}

fn read_by(head: &Head<'_>, guess: &Guess, columns: &[Column]) -> Book {
    let first = guess.header.as_ref().map_or(1, |header| header.line + 1);
    let headers = guess.header.as_ref().map(|header| header.cells.clone()).unwrap_or_default();
    sheet::read_as(head.text, &headers, columns, first)
}

/// A table as it would be read; None when the file is none, or is read without columns.
#[must_use]
pub fn preview(name: &str, bytes: &[u8]) -> Option<TablePreview> {
    if let Ok(Some(inner)) = archive::of(name, bytes) {
        return preview(&inner.name, &inner.bytes);
    }
    let text = decode::decode(bytes);
    let head = Head { name, text: &text };
    let guess = guess(head.start())?;
    let dialect = dialect_of(&head).map_or(DIALECT.name, |dialect| dialect.name).to_owned();
    let cut = |cell: &String| cell.chars().take(SHOWN_CHARS).collect();
    let shown = |row: &Row| row.cells.iter().map(cut).collect();
    let headers = guess.header.as_ref().map(shown).unwrap_or_default();
    let rows = guess.rows.iter().take(SHOWN_ROWS).map(shown).collect();
    let guessed = dialect == DIALECT.name && !guess.is_told();
    Some(TablePreview { dialect, headers, columns: guess.columns, rows, guessed })
}

fn guess(text: &str) -> Option<Guess> {
    let mut rows: Vec<Row> = sheet::rows(text).take(SAMPLE_ROWS).collect();
    let width = rows.iter().map(|row| row.cells.len()).max().filter(|width| *width > 1)?;
    let header = rows.iter().take(HEADER_WITHIN_ROWS).position(is_header).or_else(|| strange_header(&rows));
    let header = header.map(|at| rows.drain(..=at).next_back()).unwrap_or_default();
    let mut columns = header.as_ref().map(|header| columns::of_header(&header.cells)).unwrap_or_default();
    columns.resize(width, Column::Other);
    for (at, column) in columns.iter_mut().enumerate().filter(|(_, column)| **column == Column::Other) {
        *column = of_content(&rows, at);
    }
    let named = columns.iter().any(|column| matches!(column, Column::Name | Column::Given | Column::Family));
    if !named
        && let Some(at) = (0..width).find(|at| columns.get(*at) == Some(&Column::Other) && is_of_names(&rows, *at))
    {
        columns.splice(at..=at, [Column::Name]);
    }
    Some(Guess { header, columns, rows })
}

/// A header names a column that is known, and has no address in it.
fn is_header(row: &Row) -> bool {
    let known = columns::of_header(&row.cells);
    let address = |cell: &String| likeness(cell) == Likeness::Strong || is_email(cell);
    row.cells.len() > 1
        && known.iter().any(|column| !matches!(column, Column::Other | Column::Nothing))
        && !row.cells.iter().any(address)
}

/// The first row, when it has no address in a column where the others have: a header in words that are not known here.
fn strange_header(rows: &[Row]) -> Option<usize> {
    let (first, others) = rows.split_first()?;
    let address = |cell: &str| is_email(cell) || likeness(cell) == Likeness::Strong;
    let has = |row: &Row, at: usize| row.cells.get(at).is_some_and(|cell| address(cell));
    let strange = |at: usize| !has(first, at) && others.iter().filter(|row| has(row, at)).count() * 2 > others.len();
    (0..first.cells.len()).any(strange).then_some(0)
}

fn of_content(rows: &[Row], at: usize) -> Column {
    let cells: Vec<&String> = rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_empty()).collect();
    let most = |is: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| is(cell)).count() * 2 > cells.len();
    if most(&|cell| is_email(cell)) {
        Column::Email
    } else if most(&|cell| cell.starts_with('@') && likeness(cell) != Likeness::None) {
        Column::Account
    } else if most(&|cell| likeness(cell) == Likeness::Strong) {
        Column::Website
    } else {
        Column::Other
    }
}

/// Most cells are of letters, two to five words.
fn is_of_names(rows: &[Row], at: usize) -> bool {
    let cells: Vec<&String> = rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_empty()).collect();
    let name = |cell: &str| {
        let words = cell.split_whitespace().count();
        (2..=5).contains(&words) && !cell.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '/' | '='))
    };
    cells.iter().filter(|cell| name(cell)).count() * 2 > cells.len()
}
