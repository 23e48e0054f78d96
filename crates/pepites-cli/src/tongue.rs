//! Takes the command line and the environment, gives the language to speak. Never fails: English is always there.

use std::ffi::OsString;

use pepites_engine::catalogue::Language;

/// What looks a variable of the environment up.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// `--lang` wherever it stands, else the environment. Looked for before the arguments are read, because the help and
/// the errors of reading them speak it too.
pub(crate) fn choose(arguments: &[OsString], environment: Environment<'_>) -> Language {
    asked(arguments).and_then(|lang| Language::from_locale(&lang)).unwrap_or_else(|| of_environment(environment))
}

fn asked(arguments: &[OsString]) -> Option<String> {
    let mut words = arguments.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--");
    while let Some(word) = words.next() {
        if word == "--lang" {
            return words.next().map(|lang| lang.to_string());
        }
        if let Some(lang) = word.strip_prefix("--lang=") {
            return Some(lang.to_owned());
        }
    }
    None
}

fn of_environment(environment: Environment<'_>) -> Language {
    let set = |name| environment(name).filter(|value| !value.is_empty());
    // `LC_ALL=C command` is how scripts ask for English, and as in gettext it beats LANGUAGE.
    let plain = set("LC_ALL").is_some_and(|locale| locale == "C" || locale == "POSIX");
    let wished = if plain { None } else { set("LANGUAGE") };
    wished
        .and_then(|list| list.split(':').find_map(Language::from_locale))
        .or_else(|| ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).and_then(|l| Language::from_locale(&l)))
        .unwrap_or(Language::English)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &str, variables: &[(&str, &str)], expected: Language) {
        let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        let environment =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(choose(&arguments, &environment), expected, "{arguments:?} {variables:?}");
    }

    #[test]
    fn the_command_line_decides_then_the_environment_then_english() {
        use Language::{English, French};
        check("pepites today", &[], English);
        check("pepites today", &[("LANG", "fr_FR.UTF-8")], French);
        check("pepites today", &[("LANG", "de_DE.UTF-8")], English);
        check("pepites today", &[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "en_GB.UTF-8")], English);
        check("pepites today", &[("LANG", "en_GB.UTF-8"), ("LC_MESSAGES", "fr_FR")], French);
        check("pepites today", &[("LANGUAGE", "de:fr:en"), ("LANG", "en_GB.UTF-8")], French);
        check("pepites today", &[("LANGUAGE", "fr"), ("LC_ALL", "C")], English);
        check("pepites today", &[("LANGUAGE", ""), ("LC_ALL", ""), ("LANG", "fr")], French);
        check("pepites --lang fr today", &[("LC_ALL", "en_GB")], French);
        check("pepites today --lang=en", &[("LC_ALL", "fr_FR")], English);
        check("pepites search -- --lang fr", &[], English);
        check("pepites --lang", &[("LANG", "fr")], French);
    }
}
