//! Takes a text, gives its words where they stand, so that each can be shown as it is written.
//! Never says which are new.

use crate::stories::{
    gist::{Class, word_hash},
    reading::tokens,
    signs::resolve,
};

/// The room that a word takes, where a character that is written without blanks takes 1: what such a script says with two
/// characters, others say with a word.
pub(super) const WORD: usize = 2;

/// What is longer than two words (an address, a phrase of Thai, which has no blank between words) takes one more for so many
/// characters.
const LETTERS: usize = 8;

/// Of a text, 400 words are looked at: what comes after is background.
const LOOKED_AT: usize = 400 * WORD;

/// A word as it stands in a text, or one character of what is written without blanks.
pub(super) struct Standing<'a> {
    /// With the signs that are written around it.
    pub(super) written: &'a str,
    pub(super) hashes: Vec<u32>,
    pub(super) class: Class,
    pub(super) ends: bool,
    /// It is a character.
    pub(super) alone: bool,
    /// No blank stands before it.
    pub(super) joined: bool,
    /// What it takes of a passage.
    pub(super) room: usize,
}

/// The words of a text where they stand, read one by one so that each can be shown as it is written.
pub(super) fn standing<'a>(text: &'a str, language: Option<&str>) -> Vec<Standing<'a>> {
    let (mut words, mut scratch, mut before, mut begins) = (Vec::new(), String::new(), String::new(), true);
    let mut room = 0;
    for blank_to_blank in text.split_whitespace() {
        let from = words.len();
        for written in parts(blank_to_blank) {
            if room >= LOOKED_AT {
                break;
            }
            let (mut hashes, mut class, mut first) = (Vec::new(), Class::Plain, begins);
            tokens(written, |token| {
                if let Some(found) = resolve(token, &before, language, &mut scratch) {
                    hashes.push(word_hash(&scratch));
                    let named = found.class == Class::Plain && token.capital && !first;
                    class = if named { Class::Name } else { later(class, found.class) };
                }
                before.clear();
                before.push_str(token.folded);
                first = false;
                true
            });
            begins = ends(written);
            let alone = written.contains(stands_alone);
            let takes = if alone { 1 } else { WORD.max(written.chars().count() / LETTERS) };
            room += takes;
            let joined = words.len() > from;
            words.push(Standing { written, hashes, class, ends: begins, alone, joined, room: takes });
        }
        by_twos(words.get_mut(from..).unwrap_or_default(), language);
        if room >= LOOKED_AT {
            break;
        }
    }
    words
}

/// Gives each of the characters that stand side by side the two words that it is half of, as [`tokens`] reads them.
fn by_twos(characters: &mut [Standing<'_>], language: Option<&str>) {
    let mut scratch = String::new();
    for at in 1..characters.len() {
        let Some([one, other]) = characters.get_mut(at - 1..=at) else { continue };
        let (last, first) = (one.written.chars().next_back(), other.written.chars().next());
        let pair: String = last.into_iter().chain(first).filter(|c| stands_alone(*c)).collect();
        tokens(&pair, |token| {
            if resolve(token, "", language, &mut scratch).is_some() {
                let hash = word_hash(&scratch);
                one.hashes.push(hash);
                other.hashes.push(hash);
            }
            true
        });
    }
}

/// What stands between two blanks: a word with its signs, or each character of what is written without blanks with those
/// behind it.
fn parts(written: &str) -> Vec<&str> {
    let (mut parts, mut from, mut holds) = (Vec::new(), 0, None);
    for (at, c) in written.char_indices().filter(|(_, c)| c.is_alphanumeric() || stands_alone(*c)) {
        let alone = stands_alone(c);
        if holds.is_some_and(|held_alone: bool| held_alone || alone) {
            parts.extend(written.get(from..at));
            from = at;
        }
        holds = Some(alone);
    }
    parts.extend(written.get(from..));
    parts
}

/// Han and kana: a paragraph has no blank. Hangul has blanks between words.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// A sentence ends with it.
fn ends(written: &str) -> bool {
    let bare = written.trim_end_matches(['"', '”', '»', '’', ')', ']', '」', '』', '）']);
    bare.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '：'])
}

fn later(one: Class, other: Class) -> Class {
    if one == Class::Plain { other } else { one }
}

/// A word without the signs around it.
pub(super) fn bare(written: &str) -> &str {
    written.trim_matches(|c: char| !c.is_alphanumeric())
}
