//! Takes phrases, gives sentences, from the one catalogue that the UI uses too. Never holds a sentence of its own.

use std::{collections::BTreeMap, sync::LazyLock};

use pepites_core::{
    model::{Phrase, Value},
    score::rules::RELAYS,
};

mod numbers;
mod times;

/// A language that the catalogue has whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}

type Texts = BTreeMap<String, String>;

// A catalogue that cannot be parsed shows keys instead of sentences; a test keeps that from being built.
static ENGLISH: LazyLock<Texts> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../ui/src/lib/i18n/en.json")).unwrap_or_default());
static FRENCH: LazyLock<Texts> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../ui/src/lib/i18n/fr.json")).unwrap_or_default());

impl Language {
    /// Every language, English first.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// The language of a locale as the system writes it (`fr_CA.UTF-8`, `en`, `C`); None for one that is not here.
    #[must_use]
    pub fn from_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "fr" => Some(Self::French),
            "en" | "c" | "posix" => Some(Self::English),
            _ => None,
        }
    }

    /// ISO 639-1.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The sentence of a phrase; in English when the language lacks it; the key itself when that lacks it too.
    #[must_use]
    pub fn say(self, phrase: &Phrase) -> String {
        match self.template(phrase) {
            Some((language, template)) => language.fill(template, &phrase.values),
            None => phrase.key.clone(),
        }
    }

    /// The text of a key that has no values.
    #[must_use]
    pub fn text(self, key: &str) -> String {
        self.say(&Phrase::new(key))
    }

    /// The catalogue has a sentence for this phrase.
    #[must_use]
    pub fn knows(self, phrase: &Phrase) -> bool {
        self.template(phrase).is_some()
    }

    fn texts(self) -> &'static Texts {
        match self {
            Self::English => &ENGLISH,
            Self::French => &FRENCH,
        }
    }

    /// The words of a phrase and the language that they are in.
    fn template(self, phrase: &Phrase) -> Option<(Self, &'static str)> {
        [self, Self::English].into_iter().find_map(|language| {
            let texts = language.texts();
            let plural = match phrase.values.get("count") {
                Some(Value::Number(count)) => texts.get(&format!("{}.{}", phrase.key, language.form(*count))),
                _ => None,
            };
            plural.or_else(|| texts.get(&phrase.key)).map(|text| (language, text.as_str()))
        })
    }

    /// Which form a count takes: French says "0 histoire, 1 histoire, 1,5 histoire, 2 histoires"; English "0 stories, 1 story".
    fn form(self, count: f64) -> &'static str {
        let one = match self {
            Self::English => (count - 1.0).abs() < f64::EPSILON,
            Self::French => count.abs() < 2.0,
        };
        if one { "one" } else { "other" }
    }

    /// Puts values where a template names them. A value is never searched for names: a title may hold braces.
    fn fill(self, template: &str, values: &BTreeMap<String, Value>) -> String {
        let mut filled = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            match after.split_once('}') {
                Some((name, following)) if is_name(name) => {
                    match values.get(name) {
                        Some(Value::Text(text)) if text.contains(RELAYS) => {
                            filled.push_str(&text.replace(RELAYS, &self.text("ui.wish.kind.relay")));
                        }
                        Some(Value::Text(text)) => filled.push_str(text),
                        Some(Value::Number(number)) => filled.push_str(&self.number(*number)),
                        // Whoever made the phrase had no such value: the sentence still stands.
                        None => filled.push('…'),
                    }
                    rest = following;
                }
                _ => {
                    filled.push('{');
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }
}

/// What may stand between braces: anything else (`{"problem":…}` in a help text) is only braces.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn say(language: Language, phrase: Phrase, expected: &str) {
        assert_eq!(language.say(&phrase), expected);
    }

    #[test]
    fn a_count_chooses_its_form_by_the_rule_of_its_language() {
        let stories = |count: f64| Phrase::new("digest.stories").with("count", count);
        say(Language::English, stories(0.0), "0 stories");
        say(Language::English, stories(1.0), "1 story");
        say(Language::English, stories(2.0), "2 stories");
        say(Language::French, stories(0.0), "0 histoire");
        say(Language::French, stories(1.0), "1 histoire");
        say(Language::French, stories(2.0), "2 histoires");
        say(Language::French, stories(1500.0), "1\u{202f}500 histoires");
    }

    #[test]
    fn an_unknown_key_is_shown_and_a_missing_value_leaves_a_gap() {
        say(Language::French, Phrase::new("no.such.key"), "no.such.key");
        say(
            Language::English,
            Phrase::new("problem.disk_full"),
            "There is no room left on the disk of …. Nothing was lost.",
        );
        assert!(!Language::French.knows(&Phrase::new("no.such.key")));
        assert!(Language::French.knows(&Phrase::new("digest.stories").with("count", 3_u32)));
    }

    #[test]
    fn braces_in_a_value_or_around_no_name_are_only_braces() {
        say(
            Language::English,
            Phrase::new("cli.search.none").with("words", "{words} {count}"),
            "Nothing found for “{words} {count}”.",
        );
        assert!(Language::English.text("help.pepites.more").contains("{\"problem\":{\"code\":…"));
    }

    #[test]
    fn a_locale_names_its_language() {
        for (locale, expected) in [
            ("fr_FR.UTF-8", Some(Language::French)),
            ("fr", Some(Language::French)),
            ("FR-be", Some(Language::French)),
            ("en_GB@euro", Some(Language::English)),
            ("C", Some(Language::English)),
            ("C.UTF-8", Some(Language::English)),
            ("de_DE", None),
            ("frr", None),
            ("", None),
        ] {
            assert_eq!(Language::from_locale(locale), expected, "{locale}");
        }
    }

    #[test]
    fn both_languages_say_the_same_things_with_the_same_values() {
        let keys = |texts: &'static Texts| texts.keys().collect::<BTreeSet<_>>();
        let (english, french) = (keys(&ENGLISH), keys(&FRENCH));
        assert!(english.len() > 100, "the English catalogue was not read");
        assert_eq!(english.difference(&french).collect::<Vec<_>>(), Vec::<&&String>::new(), "missing in French");
        assert_eq!(french.difference(&english).collect::<Vec<_>>(), Vec::<&&String>::new(), "missing in English");
        for (key, text) in &*ENGLISH {
            assert_eq!(names(text), FRENCH.get(key).map(|text| names(text)).unwrap_or_default(), "{key}");
        }
    }

    #[test]
    fn the_catalogue_files_are_sorted_without_repeats() {
        for (language, file) in [
            ("en", include_str!("../../../ui/src/lib/i18n/en.json")),
            ("fr", include_str!("../../../ui/src/lib/i18n/fr.json")),
        ] {
            let keys: Vec<&str> = file
                .lines()
                .filter_map(|line| line.trim_start().strip_prefix('"')?.split_once('"').map(|(key, _)| key))
                .collect();
            for pair in keys.windows(2) {
                assert!(pair[0] < pair[1], "{language}.json: {} stands before {}", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn french_is_typeset_as_french() {
        for (key, text) in &*FRENCH {
            assert!(!text.contains('\''), "{key}: a straight apostrophe");
            for mark in [" ;", " :", " !", " ?", " »", "« "] {
                assert!(!text.contains(mark), "{key}: a breaking space in “{mark}”");
            }
        }
    }

    #[test]
    fn every_code_has_a_sentence() {
        use crate::contract::Code;
        for code in [
            Code::LibraryBusy,
            Code::DiskFull,
            Code::LibraryReadOnly,
            Code::LibraryDamaged,
            Code::LibraryNewer,
            Code::RefreshRunning,
            Code::SearchRunning,
            Code::Missing,
            Code::FileUnreadable,
            Code::FileEmpty,
            Code::FileUnknown,
            Code::FileTooLarge,
            Code::AddressUnknown,
            Code::NothingFound,
            Code::NoAnswer,
            Code::BadInput,
            Code::Fault,
        ] {
            let name = serde_json::to_value(code).unwrap();
            let key = format!("problem.{}", name.as_str().unwrap());
            for language in Language::ALL {
                assert!(language.knows(&Phrase::new(key.as_str()).with("count", 2_u32)), "{key}");
            }
        }
    }

    fn names(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .filter(|n| is_name(n))
            .collect()
    }
}
