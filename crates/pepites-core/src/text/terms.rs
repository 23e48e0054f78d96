//! Takes text, gives the words that tell what it is about, each once.
//! Never weighs them: how rare a word is, is for whoever has a library.

use std::collections::BTreeSet;

use super::{is_stop_word, words};

/// A longer word is an address or noise: it will not be met again.
const LONGEST: usize = 40;

/// The telling words of `text`, each once, sorted, as [`words`] gives them.
#[must_use]
pub fn terms(text: &str) -> BTreeSet<String> {
    words(text).into_iter().filter(|word| word.len() <= LONGEST && !is_stop_word(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_telling_words_each_once() {
        let check = |text: &str, expected: &str| {
            assert_eq!(terms(text).into_iter().collect::<Vec<_>>().join(" "), expected, "{text}");
        };
        check("", "");
        check("The harbour and the Harbour’s pier", "harbour pier");
        check("L’été, c’est l’été d’Anaïs", "anais ete");
        check(&"x".repeat(41), "");
    }
}
