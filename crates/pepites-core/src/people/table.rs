//! Takes rows, gives a CSV that every program reads back and no spreadsheet runs. Never lets a cell begin like a formula.

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The rows as CSV (RFC 4180, lines ended by a carriage return and a line feed).
#[must_use]
pub fn csv(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| row.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",");
    rows.iter().map(|row| format!("{}\r\n", line(row))).collect()
}

fn cell(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    let text = if text.starts_with(FORMULA) { format!("'{text}") } else { text };
    if text.contains([',', ';', '"', '\n', '\'']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_cell_is_whole() {
        let rows = [["=HYPERLINK(\"x\")", "a, \"b\"", "-1"], ["@ada", "two\nlines", "é"]];
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect();
        assert_eq!(csv(&rows), "\"'=HYPERLINK(\"\"x\"\")\",\"a, \"\"b\"\"\",\"'-1\"\r\n\"'@ada\",\"two\nlines\",é\r\n");
    }
}
