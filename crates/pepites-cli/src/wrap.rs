//! Takes text and a width in columns, gives lines. Never breaks at a non-breaking space: French puts them before « : ».

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Lines of at most `width` columns. A word that is wider is broken (Japanese has no spaces), an address is not (it is
/// there to be copied).
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        if !line.is_empty() && columns(&line) + 1 + columns(word) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        if columns(word) <= width || word.contains("://") {
            line.push_str(word);
            continue;
        }
        for c in word.chars() {
            if columns(&line) + c.width().unwrap_or(0) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text in at most `width` columns, with an ellipsis where something is missing.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    if width == 0 {
        return String::new();
    }
    let mut shown = String::new();
    for c in text.chars() {
        if columns(&shown) + c.width().unwrap_or(0) + 1 > width {
            break;
        }
        shown.push(c);
    }
    format!("{}…", shown.trim_end_matches(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_their_width() {
        for (text, width, lines) in [
            ("", 10, vec![]),
            ("one two three", 7, vec!["one two", "three"]),
            ("  spaces   and\nlines ", 20, vec!["spaces and lines"]),
            ("oui\u{a0}: non", 5, vec!["oui\u{a0}:", "non"]),
            ("il dit\u{a0}: non", 6, vec!["il", "dit\u{a0}:", "non"]),
            ("日本語の見出し", 6, vec!["日本語", "の見出", "し"]),
            ("see https://example.org/a/long/path now", 10, vec!["see", "https://example.org/a/long/path", "now"]),
            ("incomprehensible", 8, vec!["incompre", "hensible"]),
        ] {
            assert_eq!(wrap(text, width), lines, "{text}");
        }
    }

    #[test]
    fn a_cut_text_says_that_it_was_cut() {
        assert_eq!(cut("whole", 5), "whole");
        assert_eq!(cut("too long by far", 8), "too lon…");
        assert_eq!(cut("too long by far", 9), "too long…");
        assert_eq!(cut("日本語", 4), "日…");
    }
}
