//! Takes text in any language, gives its words one after the other without keeping them.
//! Never looks at what they mean. As [`crate::text::words`] would give them, at a fifth of the cost.

use unicode_normalization::char::decompose_compatible;

/// One word where it stands.
pub(super) struct Token<'a> {
    /// Lower case, without accents, elisions and possessives.
    pub(super) folded: &'a str,
    /// It begins with a capital.
    pub(super) capital: bool,
    /// All its letters are capitals.
    pub(super) shouted: bool,
    /// It begins a sentence.
    pub(super) begins: bool,
    /// The sign that it follows: `#` in "#45".
    pub(super) sign: char,
}

/// What drops a vowel before an apostrophe in French and Italian: "l’eau", "dell’acqua".
const ELIDED: &[&str] = &[
    "l", "d", "j", "c", "s", "n", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "un", "all", "dall", "dell",
    "nell", "sull", "quest", "coll",
];

/// The word under way.
#[derive(Default)]
struct Under {
    folded: String,
    capital: bool,
    capitals: u32,
    letters: u32,
    begins: bool,
    sign: char,
}

/// Gives each word of `text` to `take`, until it has enough (false).
pub(super) fn tokens(text: &str, mut take: impl FnMut(&Token<'_>) -> bool) {
    let mut under = Under::default();
    let mut begins = true;
    let mut before = ' ';
    let mut spaceless = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if is_written_without_spaces(c) {
            if !end(&mut under, &mut take) {
                return;
            }
            // By twos: one character alone is in half of all texts.
            if let Some(previous) = spaceless.replace(c) {
                let pair: String = [previous, c].iter().collect();
                if !take(&Token { folded: &pair, capital: false, shouted: false, begins: false, sign: ' ' }) {
                    return;
                }
            }
            (before, begins) = (c, false);
            continue;
        }
        spaceless = None;
        if c.is_alphanumeric() {
            if under.folded.is_empty() {
                under.capital = c.is_uppercase();
                under.sign = before;
                under.begins = begins;
                begins = false;
            }
            under.letters += 1;
            under.capitals += u32::from(c.is_uppercase() || c.is_numeric());
            push_folded(&mut under.folded, c);
        } else if is_mark(c) {
            under.folded.extend((!is_accent(c)).then_some(c));
        } else if matches!(c, '\'' | '’' | 'ʼ' | '‘') && before.is_alphanumeric() && after.is_alphanumeric() {
            if ELIDED.contains(&under.folded.as_str()) {
                (under.capital, under.capitals, under.letters) = (false, 0, 0);
                under.folded.clear();
                // What follows the elision begins the sentence in its place.
                begins = under.begins;
            } else {
                under.folded.push('\'');
            }
        } else if !joins(&mut under, before, c, after) {
            if !end(&mut under, &mut take) {
                return;
            }
            begins |= matches!(c, '.' | '!' | '?' | ':' | '"' | '«' | '“' | '|');
        }
        before = c;
    }
    end(&mut under, &mut take);
}

/// Whether `c` belongs to the word that it stands in, though it is no letter: `1.95.0`, `15 000`, `U.S.`, `AT&T`.
fn joins(under: &mut Under, before: char, c: char, after: char) -> bool {
    let between_digits = before.is_ascii_digit() && after.is_ascii_digit();
    match c {
        '.' | ',' if between_digits => under.folded.push(c),
        '\u{a0}' | '\u{202f}' | '\u{2009}' if between_digits => under.folded.push(','),
        '.' if before.is_uppercase() && after.is_uppercase() && under.letters == under.capitals => {}
        '&' if before.is_alphabetic() && after.is_alphabetic() => under.folded.push(c),
        '+' | '#'
            if (before.is_alphabetic() || before == c) && !under.folded.is_empty() && !after.is_alphanumeric() =>
        {
            under.folded.push(c)
        }
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {} // invisible inside words
        _ => return false,
    }
    true
}

fn end(under: &mut Under, take: &mut impl FnMut(&Token<'_>) -> bool) -> bool {
    if under.folded.contains('\'') {
        let bare = under.folded.strip_suffix("'s").unwrap_or(&under.folded).replace('\'', "");
        under.folded = bare;
    }
    let goes_on = under.folded.is_empty()
        || take(&Token {
            folded: &under.folded,
            capital: under.capital,
            shouted: under.letters > 1 && under.letters == under.capitals,
            begins: under.begins,
            sign: under.sign,
        });
    under.folded.clear();
    (under.capitals, under.letters) = (0, 0);
    goes_on
}

fn push_folded(folded: &mut String, c: char) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    match c {
        'œ' | 'Œ' => folded.push_str("oe"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'ß' => folded.push_str("ss"),
        'ø' | 'Ø' => folded.push('o'),
        'ł' | 'Ł' => folded.push('l'),
        'đ' | 'Đ' => folded.push('d'),
        c => decompose_compatible(c, |part| {
            if !is_accent(part) {
                folded.extend(part.to_lowercase());
            }
        }),
    }
}

/// The accents of Latin, Greek and Cyrillic letters; in Indic scripts a mark is a vowel.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Han and kana: a sentence is one run of characters. Hangul has blanks, but its particles hang on to what they follow.
fn is_written_without_spaces(c: char) -> bool {
    !c.is_ascii()
        && matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_that_the_texts_of_the_library_have() {
        for text in [
            "Élections : le Sénat vote, « enfin » !",
            "L’été d'Anaïs qu’il n’aime pas",
            "Cœur de Nævus, Straße, Łódź ＦＵＬＬ ﬁne",
            "Apple's and O'Brien don't",
            "Rust 1.95.0, out. C++ at AT&T",
            "co\u{ad}operate zero\u{200b}width हिन्दी",
        ] {
            let mut found = Vec::new();
            tokens(text, |token| {
                found.push(token.folded.to_owned());
                true
            });
            assert_eq!(found, crate::text::words(text), "{text}");
        }
    }

    #[test]
    fn a_reader_that_has_enough_is_given_no_more() {
        let mut count = 0;
        tokens("one two three four", |_| {
            count += 1;
            count < 2
        });
        assert_eq!(count, 2);
    }
}
