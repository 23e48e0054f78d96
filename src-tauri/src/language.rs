//! Takes the environment, gives the language that the reader's system asks for; the page says when the reader chose
//! another. Never fails: English is always there.

use std::sync::{Mutex, PoisonError};

use pepites_engine::catalogue::Language;

/// The language that the window speaks, for what is said outside of its page.
#[derive(Default)]
pub(crate) struct Speech(Mutex<Option<Language>>);

impl Speech {
    /// The page speaks this one from now on.
    pub(crate) fn set(&self, language: Language) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(language);
    }

    /// The language of the page; before it has said, the system's.
    pub(crate) fn now(&self) -> Language {
        let spoken = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let system = || Language::from_locale(language(|name| std::env::var(name).ok()));
        spoken.or_else(system).unwrap_or(Language::English)
    }
}

/// `fr` or `en`, looked for where gettext looks.
pub(crate) fn language(variable: impl Fn(&str) -> Option<String>) -> &'static str {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    // `LC_ALL=C` asks for no language at all, so LANGUAGE does not count.
    let plain = matches!(locale.as_deref(), Some("C" | "POSIX"));
    let wished = if plain { None } else { set("LANGUAGE") };
    let known = |locale: &str| Language::from_locale(locale);
    let language =
        wished.and_then(|list| list.split(':').find_map(known)).or_else(|| locale.as_deref().and_then(known));
    language.unwrap_or(Language::English).code()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_speaks_is_spoken_outside_of_it() {
        let speech = Speech::default();
        speech.set(Language::French);
        assert_eq!(speech.now().code(), "fr");
        speech.set(Language::English);
        assert_eq!(speech.now().code(), "en");
    }

    #[test]
    fn the_environment_decides_then_english() {
        let cases: &[(&[(&str, &str)], &str)] = &[
            (&[], "en"),
            (&[("LANG", "fr_FR.UTF-8")], "fr"),
            (&[("LANG", "de_DE.UTF-8")], "en"),
            (&[("LANG", "en_GB.UTF-8"), ("LC_MESSAGES", "fr_FR")], "fr"),
            (&[("LANGUAGE", "de:fr:en"), ("LANG", "en_GB.UTF-8")], "fr"),
            (&[("LANGUAGE", "fr"), ("LC_ALL", "C")], "en"),
            (&[("LANGUAGE", ""), ("LC_ALL", ""), ("LANG", "fr")], "fr"),
        ];
        for (variables, expected) in cases {
            let look =
                |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            assert_eq!(language(look), *expected, "{variables:?}");
        }
    }
}
