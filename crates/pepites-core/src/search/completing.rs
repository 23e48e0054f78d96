//! Takes a search that is being typed, gives how its last word may go on: operators, and what may stand after them.

use super::{
    operators::{About, LANGUAGES, MEDIA, Named, OPERATORS, STATES, of_name},
    pieces,
    words::{fold, words},
};
use crate::model::{Folder, Source};

/// More are not read through.
const MOST: usize = 8;

/// Letters of an operator's name that must be there, unless it is there whole: fewer are the beginning of any word.
const LETTERS: usize = 3;

/// Nobody is still typing an operator after so many bytes.
const LONGEST: usize = 1_000;

/// How a search may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The whole of what is typed then.
    pub typed: String,
    /// The piece that is offered: `source:`, `is:starred`.
    pub shown: String,
    /// The line of help of its operator.
    pub key: &'static str,
}

/// How what was typed may go on, best first. `language`: two letters, whose names are offered; `filed`: the folders that
/// rules put posts into.
#[must_use]
pub fn complete(typed: &str, language: &str, sources: &[Source], filed: &[Vec<String>]) -> Vec<Completion> {
    if typed.len() > LONGEST {
        return Vec::new();
    }
    let Some(last) = pieces::cut(typed).pop().filter(|last| last.at.end == typed.len()) else { return Vec::new() };
    let minus = if last.not { "-" } else { "" };
    let head = typed.get(..last.at.start).unwrap_or_default();
    let offer = |shown: String, key, ends: bool| Completion {
        typed: format!("{head}{minus}{shown}{}", if ends { " " } else { "" }),
        shown: format!("{minus}{shown}"),
        key,
    };
    let Some(name) = &last.name else {
        let begun = fold(&last.text);
        if last.quoted {
            return Vec::new();
        }
        let short = begun.chars().count() < LETTERS;
        let names = OPERATORS.iter().filter(|operator| {
            let own = if language == "fr" { operator.fr } else { operator.en };
            let whole = fold(operator.name(language)) == begun;
            whole || !short && own.iter().chain(operator.en).any(|name| fold(name).starts_with(&begun))
        });
        return names.map(|operator| offer(format!("{}:", operator.name(language)), operator.key, false)).collect();
    };
    let Some(operator) = of_name(name) else { return Vec::new() };
    let begun = fold(&last.value);
    let values: Vec<String> = match operator.about {
        About::Source => names(sources.iter().map(|source| source.shown().to_owned()), &begun),
        About::Folder => {
            let folders = sources.iter().flat_map(|source| &source.folders).map(|Folder(names)| names).chain(filed);
            names(folders.flat_map(|names| all_of(names)), &begun)
        }
        About::Is => of(STATES, language, &begun),
        About::Has => of(MEDIA, language, &begun),
        About::Language => of(LANGUAGES, language, &begun),
        About::Before | About::After if begun.is_empty() => {
            let days = if language == "fr" { ["hier", "7j", "1m", "1a"] } else { ["yesterday", "7d", "1m", "1y"] };
            days.map(str::to_owned).to_vec()
        }
        About::Before | About::After | About::Person | About::Tag => Vec::new(),
    };
    // What is there whole has nothing to be offered.
    let whole = |value: &String| values.len() == 1 && fold(value) == begun;
    values
        .iter()
        .filter(|value| !whole(value))
        .map(|value| offer(format!("{name}:{}", quoted(value)), operator.key, true))
        .collect()
}

fn of<T>(values: &[Named<T>], language: &str, begun: &str) -> Vec<String> {
    let own = |(_, en, fr): &Named<T>| if language == "fr" { *fr } else { *en };
    let fits = |value: &&Named<T>| own(value).iter().any(|name| fold(name).starts_with(begun));
    values
        .iter()
        .filter(fits)
        .filter_map(|value| own(value).first().map(|name| (*name).to_owned()))
        .take(MOST)
        .collect()
}

/// Names one of whose words begins so, each once; those that begin so themselves first.
fn names(all: impl Iterator<Item = String>, begun: &str) -> Vec<String> {
    let wanted = words(begun).join(" ");
    let mut found: Vec<(bool, String, String)> = all
        .filter_map(|name| {
            let folded = format!(" {}", words(&name).join(" "));
            let at = folded.find(&format!(" {wanted}"))?;
            Some((at > 0, folded, name))
        })
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, _, name)| name).take(MOST).collect()
}

/// A folder and those that it is in, as they are typed.
fn all_of(names: &[String]) -> impl Iterator<Item = String> {
    (1..=names.len()).filter_map(|end| names.get(..end)).map(|path| path.join("/"))
}

/// As it is typed after a colon: a name of several words between quotes, without any of its own.
fn quoted(name: &str) -> String {
    let bare: String = name.chars().filter(|char| !matches!(char, '"' | '“' | '”' | '„' | '«' | '»')).collect();
    if bare.contains(char::is_whitespace) { format!("\"{}\"", bare.trim()) } else { bare }
}
