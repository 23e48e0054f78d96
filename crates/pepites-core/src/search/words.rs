//! Takes a text, gives its words as the full-text index cuts and folds them.
//! Never drops a word but an elided article: what the index holds must be found by the same words.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::text::is_elided;

/// Words that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Folded, see [`fold`]. Never empty.
    pub words: Vec<String>,
    /// The last word may go on.
    pub prefix: bool,
}

impl Term {
    /// The words of `text`; None when it has none. Unless they are `exact`, an article that French elides does not count:
    /// `l'eau` finds `eau`, as `eau` finds `l'eau`.
    #[must_use]
    pub fn of(text: &str, exact: bool) -> Option<Self> {
        let words = if exact { words(text) } else { without_elisions(text) };
        (!words.is_empty()).then(|| Self { words, prefix: text.ends_with('*') })
    }
}

/// The words of a text as the index sees them: runs of letters and digits, folded.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    text.split(|char| !is_in_word(char)).map(fold).filter(|word| !word.is_empty()).collect()
}

fn without_elisions(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text;
    // In "rock'n'roll" nothing is elided.
    let mut joined = false;
    while let Some(end) = rest.find(|char| !is_in_word(char)) {
        let (word, tail) = rest.split_at(end);
        let apostrophe = tail.starts_with(['\'', '’', 'ʼ']);
        let elides = apostrophe && !joined && is_elided(&fold(word));
        let goes_on = tail.chars().nth(1).is_some_and(is_in_word);
        if !(elides && goes_on) {
            words.push(fold(word));
        }
        joined = apostrophe;
        rest = tail.trim_start_matches(|char| !is_in_word(char));
    }
    words.push(fold(rest));
    words.retain(|word| !word.is_empty());
    words
}

/// As the index (`unicode61`) cuts words: accents that stand by themselves belong to the letter before them.
#[must_use]
pub fn is_in_word(char: char) -> bool {
    char.is_alphanumeric() || is_combining_mark(char)
}

/// Without case and accents, as `unicode61 remove_diacritics 2` folds them.
#[must_use]
pub fn fold(word: &str) -> String {
    word.nfd().filter(|char| !is_combining_mark(*char)).flat_map(char::to_lowercase).collect()
}
