//! Takes what a person typed, gives an expression that the full-text index understands, whatever was typed.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// More terms than anyone types; the index refuses expressions that are very deep.
const TERMS: usize = 32;

/// One thing to look for: words that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// Folded, see [`fold`].
    pub(super) words: Vec<String>,
    /// The last word may go on.
    pub(super) prefix: bool,
}

/// What was typed, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// All of these.
    pub(super) with: Vec<Term>,
    /// None of these.
    pub(super) without: Vec<Term>,
}

impl Query {
    pub(super) fn read(typed: &str) -> Self {
        let mut query = Self::default();
        for (without, text) in pieces(typed).into_iter().take(TERMS) {
            let words = words(&text);
            if words.is_empty() {
                continue;
            }
            let term = Term { words, prefix: text.ends_with('*') };
            if without { &mut query.without } else { &mut query.with }.push(term);
        }
        if query.with.is_empty() {
            // "Everything but this" finds nothing in particular: the words themselves are meant.
            query.with = std::mem::take(&mut query.without);
        }
        query
    }

    /// None: there is nothing to look for.
    pub(super) fn expression(&self) -> Option<String> {
        let all = |terms: &[Term], between| terms.iter().map(Term::expression).collect::<Vec<_>>().join(between);
        match (self.with.is_empty(), self.without.is_empty()) {
            (true, _) => None,
            (false, true) => Some(all(&self.with, " AND ")),
            (false, false) => Some(format!("({}) NOT ({})", all(&self.with, " AND "), all(&self.without, " OR "))),
        }
    }
}

impl Term {
    /// Words hold letters and digits only: nothing in them can be taken for an operator.
    fn expression(&self) -> String {
        format!("\"{}\"{}", self.words.join(" "), if self.prefix { " *" } else { "" })
    }
}

/// What stands between blanks, or between quotes where both are there; and whether it is to be left out.
fn pieces(typed: &str) -> Vec<(bool, String)> {
    let mut pieces = Vec::new();
    let mut rest: Vec<char> = typed.chars().map(plain).rev().collect();
    while let Some(first) = rest.pop() {
        if first.is_whitespace() {
            continue;
        }
        let without = first == '-' && rest.last().is_some_and(|next| !next.is_whitespace());
        if !without {
            rest.push(first);
        }
        let quoted = rest.last() == Some(&'"') && rest.iter().filter(|char| **char == '"').count() > 1;
        if quoted {
            rest.pop();
        }
        let mut text = String::new();
        while let Some(char) = rest.pop() {
            if (quoted && char == '"') || (!quoted && char.is_whitespace()) {
                break;
            }
            text.push(char);
        }
        if quoted && rest.last() == Some(&'*') {
            rest.pop();
            text.push('*');
        }
        pieces.push((without, text));
    }
    pieces
}

fn plain(char: char) -> char {
    match char {
        '“' | '”' | '„' | '«' | '»' => '"',
        char if char.is_control() => ' ',
        char => char,
    }
}

/// The words of a text as the index sees them: runs of letters and digits, folded.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|char| !is_in_word(char)).map(fold).filter(|word| !word.is_empty()).collect()
}

/// As `unicode61` cuts words: accents that stand by themselves belong to the letter before them.
pub(super) fn is_in_word(char: char) -> bool {
    char.is_alphanumeric() || is_combining_mark(char)
}

/// Without case and accents, as `unicode61 remove_diacritics 2` folds them.
pub(super) fn fold(word: &str) -> String {
    word.nfd().filter(|char| !is_combining_mark(*char)).flat_map(char::to_lowercase).collect()
}
