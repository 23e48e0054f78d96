//! Takes two names as people and pages write them, says how well they agree. Never decides anything by itself: many people
//! share a name.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How well two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// They have no word in common, and both say enough to.
    No,
    /// One of them says too little.
    Unknown,
    /// A word in common.
    Part,
    /// A given and a family name in common.
    Full,
}

/// Fewer letters are an initial.
const SHORTEST: usize = 2;

/// What stands in names and is nobody's.
#[rustfmt::skip]
const EMPTY: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "jr", "sr", "mme", "mlle", "de", "du", "des", "la", "le", "les", "von", "van", "der", "den", "the", "and", "et",
    "of", "blog", "site", "home", "homepage", "page", "accueil", "carnet", "notes", "official", "news",
];

/// The words of a name: lower case, without accents, marks and titles.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let plain: String = name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    // "Ada (she/her)" is Ada.
    let plain = plain.split(['(', '[', '|']).next().unwrap_or_default();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST);
    words.filter(|word| !EMPTY.contains(word) && !word.chars().all(|c| c.is_ascii_digit())).map(str::to_owned).collect()
}

/// How well the name of a person agrees with what something is called.
#[must_use]
pub fn agreement(person: &str, other: &str) -> Agreement {
    let (one, two) = (words(person), words(other));
    if one.is_empty() || two.is_empty() {
        return Agreement::Unknown;
    }
    match one.iter().filter(|word| two.contains(word)).count() {
        0 if one.len() > 1 && two.len() > 1 => Agreement::No,
        0 => Agreement::Unknown,
        1 => Agreement::Part,
        _ => Agreement::Full,
    }
}

/// Whether a host, a handle or a user name spells the name of a person: `lea-martin`, `lmartin`, `martin.lea`.
#[must_use]
pub fn spelt_in(person: &str, text: &str) -> bool {
    let letters: String = words(text).concat();
    let words = words(person);
    let long: Vec<&String> = words.iter().filter(|word| word.chars().count() > 2).collect();
    let hits = long.iter().filter(|word| letters.contains(word.as_str())).count();
    let initial = || {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        words.len() > 1
            && last.chars().count() > 3
            && first.chars().next().is_some_and(|c| letters.contains(&format!("{c}{last}")))
    };
    // A family name alone is a domain of the family's; a given name alone is anybody's.
    hits > 1
        || initial()
        || words.len() > 1 && words.last().is_some_and(|last| last.chars().count() > 4 && letters == **last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_by_their_words() {
        for (one, two, expect) in [
            ("Léa Martin", "MARTIN Lea", Agreement::Full),
            ("Léa Martin", "Léa (she/her)", Agreement::Part),
            ("Léa Martin", "Le blog de Léa Martin", Agreement::Full),
            ("Léa Martin", "Noé Petit", Agreement::No),
            ("Léa Martin", "Pelican", Agreement::Unknown),
            ("Léa Martin", "🦋", Agreement::Unknown),
            ("Mr. de La", "Mr. de La", Agreement::Unknown),
        ] {
            assert_eq!(agreement(one, two), expect, "{one} / {two}");
        }
    }

    #[test]
    fn a_host_spells_a_name_or_does_not() {
        for (text, expect) in [
            ("lea-martin.example", true),
            ("leamartin", true),
            ("lmartin.example", true),
            ("lea.example", false),
            ("acme.example", false),
        ] {
            assert_eq!(spelt_in("Léa Martin", text), expect, "{text}");
        }
    }
}
