//! Holds the one catalogue: every key that the code names is there, in French and English.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{root, rust};

type Catalogue = BTreeMap<String, String>;

fn catalogue(language: &str) -> Catalogue {
    let path = root().join(format!("ui/src/lib/i18n/{language}.json"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// `Phrase::new("…")` in the code is a key, or a key's stem when it has plural forms.
fn named_keys() -> BTreeSet<(String, String)> {
    let mut keys = BTreeSet::new();
    for file in rust().iter().filter(|file| file.path.starts_with("crates/") && !file.path.ends_with("/tests.rs")) {
        let code = file.text.split("\n#[cfg(test)]\n").next().unwrap_or_default();
        for rest in code.split("Phrase::new(\"").skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            keys.insert((key.to_owned(), file.path.clone()));
        }
    }
    keys
}

#[test]
fn every_phrase_of_the_code_is_a_sentence_in_both_languages() {
    let keys = named_keys();
    assert!(keys.len() > 20, "only {} keys were seen", keys.len());
    let mut offences = Vec::new();
    for language in ["en", "fr"] {
        let catalogue = catalogue(language);
        for (key, path) in &keys {
            let plural = ["one", "other"].iter().all(|form| catalogue.contains_key(&format!("{key}.{form}")));
            if !catalogue.contains_key(key) && !plural {
                offences.push(format!("{path}: `{key}` is not in {language}.json"));
            }
        }
    }
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

#[test]
fn every_registered_thing_has_a_name_in_both_languages() {
    for language in ["en", "fr"] {
        let catalogue = catalogue(language);
        let kinds = pepites_core::sources::KINDS.iter().map(|kind| format!("kind.{}", kind.name));
        let signals = pepites_core::score::SIGNALS.iter().map(|signal| format!("signal.{}", signal.name));
        let dialects = pepites_core::interchange::DIALECTS.iter().map(|dialect| format!("dialect.{}", dialect.name));
        let about = pepites_core::score::SIGNALS.iter().map(|signal| format!("about.{}", signal.name));
        let presets = pepites_core::score::PRESETS.iter().map(|preset| format!("preset.{}", preset.name));
        let people =
            pepites_core::interchange::contacts::DIALECTS.iter().map(|dialect| format!("dialect.{}", dialect.name));
        let stages = pepites_core::people::Stage::ALL.iter().map(|stage| stage.name());
        let stages = stages.flat_map(|name| [format!("stage.{name}"), format!("stage.{name}.sends")]);
        let columns = pepites_core::interchange::contacts::Column::ALL
            .iter()
            .map(|column| format!("column.{}", serde_json::to_value(column).unwrap().as_str().unwrap()));
        let missing: Vec<String> = kinds
            .chain(signals)
            .chain(dialects)
            .chain(about)
            .chain(presets)
            .chain(people)
            .chain(stages)
            .chain(columns)
            .filter(|key| !catalogue.contains_key(key))
            .collect();
        assert_eq!(missing, Vec::<String>::new(), "missing from {language}.json");
    }
}
