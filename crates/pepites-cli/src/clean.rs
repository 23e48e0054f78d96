//! Takes text that others wrote, gives text that a terminal only shows: no escape sequences, no reversed order, one
//! line. Never changes what is kept or what JSON says.

/// A character that does something to a terminal, or hides or reorders what stands around it.
pub(crate) fn is_hostile(c: char) -> bool {
    // C0, DEL and C1: U+009B alone begins an escape sequence in some terminals.
    c.is_control()
        || matches!(c,
            // Marks, embeddings, overrides and isolates of direction: "gpj.exe" reads as "exe.jpg".
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Line and paragraph separators.
            | '\u{2028}' | '\u{2029}'
            // Soft hyphen, byte order mark, interlinear marks: no width, or another one in each terminal.
            | '\u{00ad}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            // Private use: the library marks search matches with U+E000 and U+E001, nobody else may.
            | '\u{e000}'..='\u{f8ff}'
            // Tags: invisible text.
            | '\u{e0000}'..='\u{e007f}')
}

/// The text on one line, without what is hostile; line ends and tabs become spaces.
pub(crate) fn line(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            hostile if is_hostile(hostile) => None,
            fine => Some(fine),
        })
        .collect()
}

/// A JSON document with what is hostile written as `\u…`: it says the same, and a terminal shows it.
pub(crate) fn json(document: &str) -> String {
    let mut safe = String::with_capacity(document.len());
    for c in document.chars() {
        // Outside of strings only line ends occur, and inside of strings they are escaped already.
        if c == '\n' || !is_hostile(c) {
            safe.push(c);
        } else {
            let mut units = [0_u16; 2];
            for unit in c.encode_utf16(&mut units) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_gone() {
        for (given, shown) in [
            ("plain, « français », 日本語 👩‍🚀", "plain, « français », 日本語 👩‍🚀"),
            ("\u{1b}[31mred\u{1b}[0m", "[31mred[0m"),
            ("\u{1b}]0;title\u{7}after", "]0;titleafter"),
            ("\u{9b}2Jcleared", "2Jcleared"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("\u{2066}isolated\u{2069}\u{200f}", "isolated"),
            ("over\rwritten\u{8}\u{7f}", "overwritten"),
            ("two\nlines\tand a tab\u{2028}more", "two lines and a tab more"),
            ("match\u{e000}ed\u{e001}", "matched"),
            ("in\u{e0041}visible soft\u{ad}ly", "invisible softly"),
        ] {
            assert_eq!(line(given), shown, "{given:?}");
        }
    }

    #[test]
    fn json_says_the_same_with_escapes() {
        let given = "\u{9b}2J\u{202e}\u{1b}[0m\u{e0041} é\n\"\\";
        let document = serde_json::to_string_pretty(&serde_json::json!({ "title": given })).unwrap();
        let safe = json(&document);
        assert!(!safe.chars().any(|c| c != '\n' && is_hostile(c)), "{safe:?}");
        let back: serde_json::Value = serde_json::from_str(&safe).unwrap();
        assert_eq!(back["title"], given);
    }
}
