//! Takes the text of a CSV file of any program, gives its rows with their lines: commas, semicolons or tabs, quoted
//! cells that hold line ends. Never fails.
//!
//! Written here because the report names lines: the csv crate places a row at the blank lines before it, and does not
//! tell a quote that is never closed, which is how a file that was cut off shows.

/// One row.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Row {
    /// Where it begins, counted from 1.
    pub(super) line: u32,
    /// At most [`MOST_CELLS`], without blanks around them.
    pub(super) cells: Vec<String>,
    /// A quote in it is never closed: the file ends too early.
    pub(super) open_quote: bool,
}

/// Exports of address books have 150 columns; ten thousand are an accident with the delimiter.
const MOST_CELLS: usize = 512;
/// Enough rows to tell what a table consists of.
pub(super) const SAMPLE_ROWS: usize = 500;
/// What separates cells; the first wins a draw.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// A table, read from its beginning row by row. Blank lines are passed over.
#[derive(Clone)]
pub(super) struct Table<'a> {
    rest: &'a str,
    line: u32,
    delimiter: char,
}

impl<'a> Table<'a> {
    /// Finds out what separates the cells: that which gives most rows the same number of cells, two at least.
    pub(super) fn new(text: &'a str) -> Self {
        let first = text.lines().next().unwrap_or_default();
        // Excel writes `sep=;` so that Excel reads the file.
        if let Some(delimiter) = first.trim_end().strip_prefix("sep=").and_then(|rest| rest.chars().next()) {
            let rest = text.split_once('\n').map(|(_, rest)| rest).unwrap_or_default();
            return Self { rest, line: 2, delimiter };
        }
        let tables = DELIMITERS.map(|delimiter| Self { rest: text, line: 1, delimiter });
        let [comma, others @ ..] = tables;
        others
            .into_iter()
            .fold((comma.agreement(), comma), |best, table| {
                let score = table.agreement();
                if score > best.0 { (score, table) } else { best }
            })
            .1
    }

    /// How many rows have the most frequent number of cells, and that number.
    fn agreement(&self) -> (usize, usize) {
        let mut widths = std::collections::BTreeMap::<usize, usize>::new();
        for row in self.clone().take(SAMPLE_ROWS) {
            *widths.entry(row.cells.len()).or_default() += 1;
        }
        widths.into_iter().filter(|(width, _)| *width > 1).map(|(width, rows)| (rows, width)).max().unwrap_or_default()
    }

    /// Passes over rows that hold nothing but blanks and delimiters: a file may have millions, and each would be a row first.
    fn pass_empty(&mut self) {
        let empty = |byte: u8| matches!(byte, b' ' | b'\r' | b'\n') || char::from(byte) == self.delimiter;
        let said = self.rest.bytes().position(|byte| !empty(byte)).unwrap_or(self.rest.len());
        let passed = self.rest.get(..said).unwrap_or_default();
        let whole = if said == self.rest.len() { said } else { passed.rfind('\n').map_or(0, |end| end + 1) };
        self.advance(whole);
    }

    fn advance(&mut self, bytes: usize) {
        let passed = self.rest.get(..bytes).unwrap_or_default();
        let lines = passed.bytes().filter(|byte| *byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// The next cell, and whether the row goes on after it. None for the text of a cell whose quote stays open.
    fn cell(&mut self) -> (Option<String>, bool) {
        let mut cell = String::new();
        let mut closed = true;
        let blank = |c: char| (c == ' ' || c == '\u{a0}' || c == '\u{feff}') && c != self.delimiter;
        let quoted = self.rest.trim_start_matches(blank).strip_prefix('"');
        if let Some(mut inner) = quoted {
            closed = loop {
                let Some(quote) = inner.find('"') else { break false };
                cell.push_str(inner.get(..quote).unwrap_or_default());
                inner = inner.get(quote + 1..).unwrap_or_default();
                match inner.strip_prefix('"') {
                    Some(more) => inner = more,
                    None => break true,
                }
                cell.push('"');
            };
            if closed {
                self.advance(self.rest.len() - inner.len());
            } else {
                cell.clear();
            }
        }
        let end = self.rest.find([self.delimiter, '\n']).unwrap_or(self.rest.len());
        cell.push_str(self.rest.get(..end).unwrap_or_default());
        let goes_on = self.rest.get(end..).is_some_and(|rest| rest.starts_with(self.delimiter));
        self.advance((end + 1).min(self.rest.len()));
        let text = cell.trim().trim_start_matches('\u{feff}').to_owned();
        (closed.then_some(text), goes_on)
    }
}

impl Iterator for Table<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        while !self.rest.is_empty() {
            self.pass_empty();
            if self.rest.is_empty() {
                break;
            }
            let mut row = Row { line: self.line, ..Row::default() };
            loop {
                let (cell, goes_on) = self.cell();
                row.open_quote |= cell.is_none();
                if row.cells.len() < MOST_CELLS {
                    row.cells.push(cell.unwrap_or_default());
                }
                if !goes_on {
                    break;
                }
            }
            if row.open_quote || row.cells.iter().any(|cell| !cell.is_empty()) {
                return Some(row);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(u32, &[&str])]) {
        let rows: Vec<(u32, Vec<String>)> = Table::new(text).map(|row| (row.line, row.cells)).collect();
        let expect: Vec<(u32, Vec<String>)> =
            expect.iter().map(|(line, cells)| (*line, cells.iter().map(|&cell| cell.to_owned()).collect())).collect();
        assert_eq!(rows, expect, "{text:?}");
    }

    #[test]
    fn the_delimiter_is_that_on_which_the_rows_agree() {
        check("a,b\nc,d", &[(1, &["a", "b"]), (2, &["c", "d"])]);
        check("a;b\n1,5;2,5", &[(1, &["a", "b"]), (2, &["1,5", "2,5"])]);
        check("a\tb\nx, y\tz", &[(1, &["a", "b"]), (2, &["x, y", "z"])]);
        check("sep=;\na;b", &[(2, &["a", "b"])]);
    }

    #[test]
    fn a_row_is_named_by_the_line_that_it_begins_on() {
        check(
            "a,b\r\n\r\n\"two\r\nlines\",c\r\n\r\nd,e\r\n",
            &[(1, &["a", "b"]), (3, &["two\r\nlines", "c"]), (6, &["d", "e"])],
        );
    }

    #[test]
    fn quotes_hold_delimiters_and_doubled_quotes() {
        check("\"a, \"\"b\"\"\" ,c\n,\"\"\n", &[(1, &["a, \"b\"", "c"])]);
        check("a \"b\" c,d", &[(1, &["a \"b\" c", "d"])]);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_cell() {
        let rows: Vec<Row> = Table::new("a,b\nc,\"d\ne,f\n").collect();
        assert_eq!(
            rows.iter().map(|row| (row.line, row.open_quote)).collect::<Vec<_>>(),
            [(1, false), (2, true), (3, false)]
        );
        assert_eq!(rows[2].cells, ["e", "f"]);
    }
}
