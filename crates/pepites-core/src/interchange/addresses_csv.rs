//! Takes a table with a column of addresses (feeds or profiles), whatever its headers, gives the addresses with the
//! titles and folders beside them. Never takes a column of mail addresses for one: it names each of its lines.

mod columns;

use super::{
    Dialect, Harvest, Head, Refused, addresses_list, clean,
    gather::{Gather, Line},
    table::{Row, SAMPLE_ROWS, Table},
};
use crate::model::{Folder, Phrase};
use columns::Columns;

pub(super) const DIALECT: Dialect = Dialect { name: "addresses_csv", recognise, read };

/// Google joins several values of one cell so.
const SEVERAL: &str = " ::: ";

fn recognise(head: &Head<'_>) -> bool {
    columns_of(head.start()).is_some() && !addresses_list::leads(head)
}

/// Columns that are named when none of them holds addresses: enough to see which file it is.
const NAMED_COLUMNS: usize = 12;
/// Endings of tables: with one of these a first row is a header, whatever its words.
const ENDINGS: [&str; 2] = [".csv", ".tsv"];

/// The same file, as a table without addresses; None when it does not look like a table.
pub(super) fn refused(head: &Head<'_>) -> Option<Refused> {
    let rows: Vec<Row> = Table::new(head.start()).take(SAMPLE_ROWS).collect();
    let name = head.name.to_ascii_lowercase();
    let header = columns::header(&rows);
    let first = if ENDINGS.iter().any(|end| name.ends_with(end)) {
        header.unwrap_or_default()
    } else {
        // Prose has commas too ("Dear list, please read"), but not as many in each line.
        let width = rows.first()?.cells.len();
        header.filter(|at| *at == 0 && rows.iter().all(|row| row.cells.len() == width))?
    };
    let columns = rows.get(first)?.cells.iter().filter_map(|cell| clean::name(cell)).take(NAMED_COLUMNS).collect();
    Some(Refused::Table { columns, bare: rows.len() == first + 1 })
}

fn read(text: &str) -> Harvest {
    let mut gather = Gather::default();
    let Some(columns) = columns_of(text) else { return gather.finish() };
    for row in Table::new(text) {
        if row.open_quote {
            gather.damaged(row.line, Phrase::new("flaw.file_cut_off"));
        }
        if row.line >= columns.first_line {
            take(&mut gather, &columns, &row);
        }
    }
    gather.finish()
}

fn take(gather: &mut Gather, columns: &Columns, row: &Row) {
    let cell = |at: usize| row.cells.get(at).map(String::as_str).unwrap_or_default();
    if columns.mail {
        return gather.skip(row.line, cell(columns.address), Phrase::new("flaw.mail_address"));
    }
    let title: Vec<&str> = columns.title.iter().map(|at| cell(*at)).filter(|part| !part.is_empty()).collect();
    let title = clean::name(&title.join(" "));
    let folders: Vec<Folder> =
        columns.folder.iter().flat_map(|at| cell(*at).split(SEVERAL)).flat_map(clean::folders).collect();
    for address in cell(columns.address).split(SEVERAL) {
        let line = Line {
            line: row.line,
            address,
            title: title.clone(),
            site: columns.site.map(cell).filter(|site| !site.is_empty()),
            folders: folders.clone(),
            ..Line::default()
        };
        if columns.accounts && super::address::is_account(address) {
            gather.take_account(line);
        } else {
            gather.take(line);
        }
    }
}

fn columns_of(text: &str) -> Option<Columns> {
    let rows: Vec<Row> = Table::new(text).take(SAMPLE_ROWS).collect();
    Columns::find(&rows)
}

#[cfg(test)]
mod tests;
