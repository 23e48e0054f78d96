//! Takes a title, a folder name or a list of folders as a file writes it, gives it fit to be kept: one line, no
//! control characters, no blanks around it. Never changes a letter.

use std::borrow::Cow;

use crate::model::Folder;

/// A longer title or folder name is no name; seen: a whole article in `text`.
const LONGEST_NAME: usize = 1_000;

/// A name, or None when nothing is left of it.
pub(super) fn name(raw: &str) -> Option<String> {
    let line: String = raw.chars().filter_map(fit).collect();
    let name: String = line.trim().chars().take(LONGEST_NAME).collect();
    let name = name.trim_end();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The same without HTML entities: `Q&amp;A`, and also `Q&A`, `&raquo;`.
pub(super) fn unescaped(raw: &str) -> Cow<'_, str> {
    if raw.contains('&') { html_escape::decode_html_entities(raw) } else { Cow::Borrowed(raw) }
}

/// The folders of a `category` attribute or a cell: `/a/b,c` is the folder b in a, and the folder c (OPML 2.0 says
/// so; newsboat and Miniflux write plain tags, which are folders at the top).
pub(super) fn folders(list: &str) -> impl Iterator<Item = Folder> {
    list.split([',', ';']).filter_map(|path| {
        let names: Vec<String> = path.split('/').filter_map(name).collect();
        (!names.is_empty()).then_some(Folder(names))
    })
}

/// A header word as it is compared: lower case, without accents (`Étiquettes` and `etiquettes`).
pub(super) fn plain(word: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    word.trim().nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

fn fit(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Old Windows programs wrote `&#146;` for an apostrophe: the number of Windows-1252, not of Unicode.
        '\u{80}'..='\u{9f}' => {
            let byte = [u8::try_from(u32::from(c)).ok()?];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next().filter(|c| !c.is_control())
        }
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => None,
        _ => (!c.is_control()).then_some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_without_control_characters() {
        let check = |raw: &str, expect: Option<&str>| assert_eq!(name(raw).as_deref(), expect, "{raw:?}");
        check("  Le Monde  ", Some("Le Monde"));
        check("two\r\nlines", Some("two  lines"));
        check("L\u{92}Équipe", Some("L’Équipe"));
        check("bell\u{7}", Some("bell"));
        check("\u{feff} \t", None);
        check("", None);
        check(&"a".repeat(5_000), Some(&"a".repeat(1_000)));
    }

    #[test]
    fn a_category_is_a_list_of_paths() {
        let check = |list: &str, expect: &[&[&str]]| {
            let got: Vec<Vec<String>> = folders(list).map(|folder| folder.0).collect();
            assert_eq!(got, expect, "{list:?}");
        };
        check("/a/b,c", &[&["a", "b"], &["c"]]);
        check("Tech ; Vie locale/Lyon", &[&["Tech"], &["Vie locale", "Lyon"]]);
        check(",/,;", &[]);
    }

    #[test]
    fn header_words_are_compared_without_accents() {
        assert_eq!(plain(" Étiquettes "), "etiquettes");
    }
}
