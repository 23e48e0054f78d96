//! Takes the environment, gives the language that the reader's system asks for. Never fails: English is always there.

use pepites_engine::catalogue::Language;

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
