//! Takes text in any language, gives its words and the key under which two titles are one title.
//! Never looks at where the text came from: the stages decide what a likeness means.

pub mod address;
mod boilerplate;
pub(crate) mod burden;
pub mod mail;
pub(crate) mod markup;
mod release;
pub mod secret;
pub mod shortened;
mod stop;
mod terms;

use std::{collections::HashMap, sync::LazyLock};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(crate) use boilerplate::{is_press_release, is_teaser};
pub(crate) use release::announce_release;
pub use release::announces_release;
pub use terms::terms;

use stop::{ELIDED, EMPTY_IN_RELEASES, EMPTY_IN_TITLES, STOP_WORDS};

/// With fewer telling words, two sources give the same title by accident ("Morning briefing", "Happy birthday").
const TELLING_WORDS: usize = 3;

/// A version makes a short title telling: "Rust 1.95.0" is the same news wherever it stands.
const TELLING_WORDS_WITH_VERSION: usize = 2;

/// What stands between a title and the name of its site.
const SEPARATORS: [char; 10] = ['-', '–', '—', '―', '|', '·', '•', '»', '›', '/'];

/// The words of `text`, in order: lower case, without accents, punctuation and French elisions ("L’été d’Anaïs" is
/// `ete`, `anais`). Versions and decimals stay whole (`1.95.0`), as do `c++`, `c#` and `at&t`. Languages written
/// without spaces give one word for each character, so that likeness can still be counted.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before = ' ';
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if is_written_without_spaces(c) {
            push(&mut words, &mut word);
            words.push(c.to_string());
        } else if c.is_alphanumeric() || is_combining_mark(c) || joins(before, c, after) {
            word.push(c);
        } else {
            push(&mut words, &mut word);
        }
        before = c;
    }
    push(&mut words, &mut word);
    words
}

/// Whether `word`, as [`words`] gives it, carries no meaning of its own in French or English.
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    LISTED.get(word).is_some_and(|listed| listed.stops)
}

/// What the lists say of a word.
#[derive(Clone, Copy, Default)]
struct Listed {
    stops: bool,
    empty_in_titles: bool,
}

/// One look for each word of each title. No stranger chooses these words, so that the quickest hash does.
static LISTED: LazyLock<HashMap<&str, Listed, foldhash::fast::FixedState>> = LazyLock::new(|| {
    let mut listed: HashMap<&str, Listed, _> = HashMap::default();
    STOP_WORDS.iter().for_each(|word| listed.entry(word).or_default().stops = true);
    EMPTY_IN_TITLES.iter().for_each(|word| listed.entry(word).or_default().empty_in_titles = true);
    listed
});

/// Whether `word`, folded, is what French elides before a vowel: the `l` of "l'eau".
#[must_use]
pub fn is_elided(word: &str) -> bool {
    ELIDED.contains(&word)
}

/// The key under which two titles are one title: its words, without the name of the site before or after it
/// (" - Reuters", " | Le Site"). None when the title says too little to fold by ("Links for Monday").
#[must_use]
pub fn title_key(title: &str, source_title: &str) -> Option<String> {
    title_key_of(title, words(title), source_title)
}

/// The same, for a title of these words.
pub(crate) fn title_key_of(title: &str, all: Vec<String>, source_title: &str) -> Option<String> {
    let bare = without_site(title, source_title);
    let words = if bare.len() == title.len() { all } else { words(bare) };
    let versioned = words.iter().any(|word| is_version(word));
    let empty = |word: &str| versioned && EMPTY_IN_RELEASES.contains(&word);
    let telling = words.iter().filter(|word| tells(word) && !empty(word)).count();
    let enough = if versioned { TELLING_WORDS_WITH_VERSION } else { TELLING_WORDS };
    (telling >= enough).then(|| words.join(" "))
}

/// `text` in lower case, without the accents of Latin, Greek and Cyrillic letters, ligatures spelt out.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    // Only these marks are accents: in Indic scripts a combining mark is a vowel, and dropping it makes another word.
    let bare = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase);
    for c in bare.nfc() {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            '’' | 'ʼ' | '‘' => folded.push('\''),
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {} // invisible inside words
            c => folded.push(c),
        }
    }
    folded
}

/// Whether `c` belongs to the word that it stands in, though it is no letter.
fn joins(before: char, c: char, after: char) -> bool {
    match c {
        '\'' => before.is_alphanumeric() && after.is_alphanumeric(),
        '.' | ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        '&' => before.is_alphabetic() && after.is_alphabetic(),
        '+' | '#' => (before.is_alphanumeric() || before == c) && !after.is_alphanumeric(),
        _ => false,
    }
}

/// Ends the word under way: elisions and the English possessive are cut off, other apostrophes are dropped.
fn push(words: &mut Vec<String>, word: &mut String) {
    let mut whole = std::mem::take(word);
    if whole.contains('\'') {
        let mut rest = whole.as_str();
        while let Some((head, tail)) = rest.split_once('\'')
            && is_elided(head)
        {
            rest = tail;
        }
        rest = rest.strip_suffix("'s").unwrap_or(rest);
        whole = rest.replace('\'', "");
    }
    if whole.chars().any(char::is_alphanumeric) {
        words.push(whole);
    }
}

/// Han and kana: a sentence is one run of characters.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a title of these words says next to nothing by itself: "Morning briefing, Monday 23 November", "Photo of the
/// day".
pub(crate) fn says_nothing(words: &[String]) -> bool {
    let empty = |word: &String| LISTED.get(word.as_str()).is_some_and(|listed| listed.empty_in_titles);
    match words.iter().filter(|word| tells(word)).count() {
        0 => !words.is_empty(),
        1 => words.iter().any(empty),
        _ => false,
    }
}

fn tells(word: &str) -> bool {
    let number = word.chars().all(|c| c.is_numeric() || c == ',');
    !number && !LISTED.contains_key(word)
}

/// `1.95.0`, `v2.1`: digits with a dot between them.
fn is_version(word: &str) -> bool {
    let bare = word.strip_prefix('v').unwrap_or(word);
    bare.contains('.') && bare.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// `title` without the name of its site at the end, else at the beginning, where a separator sets it apart.
fn without_site<'a>(title: &'a str, source_title: &str) -> &'a str {
    let set_apart = |at: usize, before: &str, after: &str| {
        // "Saint-Etienne" and "and/or" are words; a colon or a double sign may hug the name.
        let sign = title.get(at..).and_then(|rest| rest.chars().next());
        sign == Some(':') || sign == Some('|') || before.ends_with(' ') || after.starts_with(' ')
    };
    let is_sign = |c: char| c == ':' || SEPARATORS.contains(&c);
    if !title.contains(is_sign) {
        return title;
    }
    let site = &*words(source_title);
    if let Some((at, sign)) = title.char_indices().rfind(|(_, c)| is_sign(*c)) {
        let (before, after) = (title.get(..at).unwrap_or(""), title.get(at + sign.len_utf8()..).unwrap_or(""));
        if set_apart(at, before, after) && is_name(&words(after), site) {
            return before.trim_end_matches(|c: char| c.is_whitespace() || is_sign(c));
        }
    }
    if let Some((at, sign)) = title.char_indices().find(|(_, c)| is_sign(*c)) {
        let (before, after) = (title.get(..at).unwrap_or(""), title.get(at + sign.len_utf8()..).unwrap_or(""));
        if set_apart(at, before, after) && is_name(&words(before), site) {
            return after.trim_start_matches(|c: char| c.is_whitespace() || is_sign(c));
        }
    }
    title
}

/// Whether `part` names the site: one is how the other begins ("Reuters" and "Reuters: World News").
fn is_name(part: &[String], site: &[String]) -> bool {
    !part.is_empty() && !site.is_empty() && (site.starts_with(part) || part.starts_with(site))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_words(text: &str, expected: &str) {
        assert_eq!(words(text).join(" "), expected, "words of {text:?}");
    }

    #[test]
    fn words_are_lower_case_without_accents_and_punctuation() {
        check_words("", "");
        check_words("   … — !", "");
        check_words("Élections : le Sénat vote, « enfin » !", "elections le senat vote enfin");
        check_words("Cœur de Nævus, Straße, Łódź", "coeur de naevus strasse lodz");
        check_words("ＦＵＬＬ width ﬁne", "full width fine");
        check_words("Saint-Étienne", "saint etienne");
        check_words("co\u{ad}operate zero\u{200b}width", "cooperate zerowidth");
        check_words("Ελλάδα, Россия: чёрный", "ελλαδα россия черныи");
    }

    #[test]
    fn french_elisions_and_english_possessives_are_cut_off() {
        check_words("L’été d'Anaïs qu’il n’aime pas", "ete anais il aime pas");
        check_words("lorsqu'on s'l'dit", "on dit");
        check_words("aujourd’hui, presqu'île", "aujourdhui presquile");
        check_words("Apple's and O'Brien don't", "apple and obrien dont");
        check_words("'quoted' rock'n'roll", "quoted rocknroll");
    }

    #[test]
    fn versions_and_names_with_signs_stay_whole() {
        check_words("Rust 1.95.0, out. Now", "rust 1.95.0 out now");
        check_words("+3,5 % in 10,000", "3,5 in 10,000");
        check_words("C++ and C# at AT&T & R&D #rust", "c++ and c# at at&t r&d rust");
        check_words("a+b = #1", "a b 1");
    }

    #[test]
    fn languages_without_spaces_give_a_word_for_each_character() {
        check_words("東京 Rust会議", "東 京 rust 会 議");
        check_words("한국어 뉴스", "한국어 뉴스");
        check_words("हिन्दी समाचार", "हिन्दी समाचार");
    }

    #[test]
    fn stop_words_are_sorted_folded_and_known_in_both_languages() {
        for list in [STOP_WORDS, EMPTY_IN_TITLES] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "sorted, each once: {list:?}");
            for word in list {
                assert_eq!(words(word), [*word], "as `words` gives it");
            }
        }
        for word in ["the", "les", "aux", "of", "des", "a"] {
            assert!(is_stop_word(word), "{word}");
        }
        for word in ["us", "who", "car", "rust", "may"] {
            assert!(!is_stop_word(word), "{word} is also a name or a thing");
        }
    }

    fn check_key(title: &str, source: &str, expected: Option<&str>) {
        assert_eq!(title_key(title, source).as_deref(), expected, "key of {title:?} from {source:?}");
    }

    #[test]
    fn a_title_is_the_same_with_or_without_its_site() {
        let key = Some("quake hits lima at dawn");
        for (title, source) in [
            ("Quake hits Lima at dawn", "Anything"),
            ("Quake hits Lima, at dawn!", ""),
            ("Quake hits Lima at dawn - Reuters", "Reuters"),
            ("Quake hits Lima at dawn | Reuters", "Reuters: World News"),
            ("Quake hits Lima at dawn — Le Journal du Midi", "Le Journal du Midi"),
            ("Quake hits Lima at dawn :: Le Journal", "Le Journal"),
            ("Quake hits Lima at dawn » Reuters World", "Reuters"),
            ("Reuters: Quake hits Lima at dawn", "Reuters"),
        ] {
            check_key(title, source, key);
        }
    }

    #[test]
    fn what_only_looks_like_a_site_stays() {
        check_key("Saint-Etienne gagne la coupe", "Etienne", Some("saint etienne gagne la coupe"));
        check_key("Banks fail to lend - traders", "Reuters", Some("banks fail to lend traders"));
        check_key("Lima quake kills nine -", "Reuters", Some("lima quake kills nine"));
        check_key("Reuters", "Reuters", None);
    }

    #[test]
    fn a_title_that_says_too_little_has_no_key() {
        for title in [
            "",
            "Morning briefing",
            "Links",
            "Links for 2026-11-23",
            "Open thread, Monday 23 November",
            "Revue de presse du lundi 23 novembre 2026",
            "Version 2.0 released",
            "Le mot du jour",
            "Weekly news roundup",
            "v1.0.0 - Initial release",
            "Hotfix 1.0.1",
        ] {
            check_key(title, "", None);
        }
        check_key("Rust 1.95.0", "", Some("rust 1.95.0"));
        check_key("Blender 5.0 released", "", Some("blender 5.0 released"));
        check_key("Les députés votent le budget", "", Some("les deputes votent le budget"));
        check_key("地震襲利馬", "", Some("地 震 襲 利 馬"));
    }
}
