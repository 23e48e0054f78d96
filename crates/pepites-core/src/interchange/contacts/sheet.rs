//! Takes a table and what each of its columns holds, gives a card a row. The one reader of every table; a dialect says
//! only how to tell its files.

use super::{
    Book, Place,
    columns::{self, Column, plain},
    draft::{Draft, Gather, Network},
};
use crate::{
    interchange::table::{Row, Table},
    model::Phrase,
};

/// Google joins several values of one cell so.
const SEVERAL: &str = ":::";
/// LinkedIn writes up to a dozen lines of notes before its header; some programs a title.
const HEADER_WITHIN_ROWS: usize = 40;

/// The first row that has every one of `wanted`, each alternative as [`plain`] gives it.
pub(super) fn header(text: &str, wanted: &[&[&str]]) -> Option<Row> {
    let has = |row: &Row| {
        let plains: Vec<String> = row.cells.iter().map(|cell| plain(cell)).collect();
        wanted.iter().all(|alternatives| plains.iter().any(|plain| alternatives.contains(&plain.as_str())))
    };
    rows(text).take(HEADER_WITHIN_ROWS).find(has)
}

/// Its rows, with the delimiter that its header suggests: notes of one line before it mislead who counts cells.
pub(super) fn rows(text: &str) -> Table<'_> {
    Table::new(text)
}

/// Reads all rows below the header that has `wanted`.
pub(super) fn read(text: &str, wanted: &[&[&str]]) -> Book {
    let Some(header) = header(text, wanted) else { return Book::default() };
    let columns = columns::of_header(&header.cells);
    read_as(text, &header.cells, &columns, header.line + 1)
}

/// Reads all rows from line `first` on.
pub(super) fn read_as(text: &str, headers: &[String], columns: &[Column], first: u32) -> Book {
    let pairs = pairs(headers);
    let mut gather = Gather::default();
    for row in rows(text) {
        if row.line < first {
            continue;
        }
        if row.open_quote {
            gather.damaged(row.line, Phrase::new("flaw.file_cut_off"));
        }
        let mut draft = gather.draft(row.line);
        take(&mut draft, &row, columns, &pairs);
        draft.done();
        if gather.is_full() {
            break;
        }
    }
    gather.finish()
}

/// For each column of values, the column that says of what sort they are: `Custom Field 1 - Label` and `… - Value`.
fn pairs(headers: &[String]) -> Vec<Option<usize>> {
    let plains: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let label_of = |value: &String| {
        let stem = value.strip_suffix(" value")?;
        let labels = [" label", " type", " service"].map(|end| format!("{stem}{end}"));
        // Old ones of Google have both a type (Home) and a service (Jabber): the service says more.
        labels.iter().rev().find_map(|label| plains.iter().position(|plain| plain == label))
    };
    plains.iter().map(label_of).collect()
}

fn take(draft: &mut Draft<'_>, row: &Row, columns: &[Column], pairs: &[Option<usize>]) {
    let cell = |at: usize| row.cells.get(at).map(|cell| plainly(cell)).unwrap_or_default();
    let of = |column: Column| {
        let mut found = columns.iter().enumerate().filter(move |(_, kind)| **kind == column);
        found.find_map(|(at, _)| Some(cell(at)).filter(|cell| !cell.is_empty())).unwrap_or_default()
    };
    draft.name(of(Column::Name));
    draft.name_of(&[of(Column::Given), of(Column::Middle), of(Column::Family)]);
    for (at, text) in row.cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let text = plainly(text);
        let kind = columns.get(at).copied().unwrap_or(Column::Other);
        let label = pairs.get(at).copied().flatten().map(cell).unwrap_or_default();
        let network = Network::of(label);
        let values = || text.split(SEVERAL).map(str::trim);
        match kind {
            Column::Name | Column::Given | Column::Middle | Column::Family | Column::Nothing => {}
            Column::Nickname => draft.other_name(text),
            Column::Email => values().for_each(|value| draft.email(value)),
            // `Website 3 - Label: Mastodon` holds an account as people write it.
            Column::Website => values().for_each(|value| match network {
                Some(network) => draft.handle(value, network),
                None => draft.url(value, Place::Website),
            }),
            Column::Organisation => draft.organisation(text),
            Column::Notes => draft.note(text),
            Column::Group => {
                text.split([';']).flat_map(|part| part.split(SEVERAL)).for_each(|value| draft.group(value))
            }
            Column::Other => match network {
                Some(network) => values().for_each(|value| draft.handle(value, network)),
                // A field that the reader has named is theirs; one that a program has is for anything.
                None if !label.is_empty() => draft.free(text, Place::Account),
                None => draft.free(text, Place::Notes),
            },
            Column::Account | Column::Mastodon | Column::Bluesky | Column::X => {
                let network = kind.network().unwrap_or(Network::Some);
                values().for_each(|value| draft.handle(value, network));
            }
        }
    }
}

/// `'@ada`: an apostrophe keeps a spreadsheet from running a cell, and is no part of it.
fn plainly(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}
