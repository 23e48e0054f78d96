//! Holds the one catalogue: every key that the code names is there, in French and English.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{File, files, root, rust};

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

/// The words between quotes of any kind, where they can be a key or the beginning of one.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let is_key = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_lowercase()) && word.contains('.') && !word.contains(char::is_whitespace)
    };
    text.split(['"', '\'', '`']).filter(is_key)
}

/// A key that is put together (`signal.{}`, `ui.keys.act.${act}`) is known by what stands around its holes; a hole holds one
/// piece between dots.
fn fits(key: &str, template: &str) -> bool {
    let (key, template): (Vec<&str>, Vec<&str>) = (key.split('.').collect(), template.split('.').collect());
    // What is wrong, and its details, are put into keys of problems piece by piece.
    let deep = template.first() == Some(&"problem") && template.last().is_some_and(|last| last.contains('{'));
    (key.len() == template.len() || (deep && key.len() > template.len()))
        && template.iter().zip(&key).all(|(asked, given)| match (asked.split_once('{'), asked.rsplit_once('}')) {
            (Some((before, _)), Some((_, after))) => {
                let before = before.trim_end_matches('$');
                given.len() > before.len() + after.len() && given.starts_with(before) && given.ends_with(after)
            }
            _ => asked == given,
        })
}

#[test]
fn no_sentence_is_without_use() {
    let of_the_page = |file: &File| {
        !file.path.contains("/tests/") && !file.path.contains("/i18n/en.") && !file.path.ends_with("contract.ts")
    };
    let mut sources = files(&["ui/src"], &["ts", "svelte"]);
    sources.retain(of_the_page);
    sources.extend(rust().into_iter().filter(|file| !file.path.starts_with("tests/")));
    // Holes are written without their inner dots, so that a template has as many pieces as its keys.
    let bare = |word: &str| {
        let mut bare = String::new();
        let mut depth = 0;
        for letter in word.chars() {
            depth -= i32::from(letter == '}');
            if depth <= 0 {
                bare.push(letter);
            }
            depth += i32::from(letter == '{');
        }
        bare
    };
    let mut exact = BTreeSet::new();
    let mut templates = BTreeSet::new();
    for word in sources.iter().flat_map(|file| quoted(&file.text)) {
        if word.contains('{') {
            templates.insert(bare(word));
        } else {
            exact.insert(word.to_owned());
        }
    }
    // What has a hole where its first piece should be says nothing.
    templates.retain(|template| template.split('.').next().is_some_and(|first| !first.contains('{')));
    assert!(exact.len() > 500 && templates.len() > 30, "{} and {}", exact.len(), templates.len());
    let forms = ["zero", "one", "two", "few", "many", "other"];
    let used = |key: &str| exact.contains(key) || templates.iter().any(|template| fits(key, template));
    let unused: Vec<String> = catalogue("en")
        .into_keys()
        .filter(|key| {
            let stem = key.rsplit_once('.').filter(|(_, form)| forms.contains(form)).map(|(stem, _)| stem);
            !used(key) && !stem.is_some_and(used)
        })
        .collect();
    assert_eq!(unused, Vec::<String>::new(), "these sentences are said nowhere");
    assert!(!used("ui.no.such.sentence") && !used("signal.no.such"), "everything would be used");
}
