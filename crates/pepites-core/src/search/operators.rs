//! Takes a piece with a name before its colon, gives what it asks for: the one list of operators, in both languages.
//! Every name is understood whatever the language of the window; the first one is shown.

use super::{
    Want, When, dates,
    pieces::Cut,
    words::{Term, fold},
};
use crate::model::Phrase;

/// What an operator asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Source,
    Folder,
    Person,
    Tag,
    Is,
    Has,
    Before,
    After,
    Language,
}

/// An operator.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    pub(super) about: About,
    /// Its names in English, the one that is shown first.
    pub(super) en: &'static [&'static str],
    /// The same in French, folded but for the first.
    pub(super) fr: &'static [&'static str],
    /// What its line of help is called in the catalogue.
    pub key: &'static str,
    /// What may stand after it, in English and in French, as examples.
    pub examples: [&'static str; 2],
}

/// Every operator, in the order in which they are shown.
#[rustfmt::skip]
pub const OPERATORS: &[Operator] = &[
    Operator { about: About::Source,   en: &["source", "site"],                fr: &["source", "site"],         key: "search.help.source",   examples: ["\"The Daily\"", "\"Le Monde\""] },
    Operator { about: About::Folder,   en: &["folder", "in"],                  fr: &["dossier", "dans"],        key: "search.help.folder",   examples: ["News", "Presse"] },
    Operator { about: About::Person,   en: &["person", "author", "by"],        fr: &["personne", "auteur", "autrice", "par"], key: "search.help.person", examples: ["\"Ada Byron\"", "\"Ada Byron\""] },
    Operator { about: About::Tag,      en: &["tag"],                           fr: &["tag", "etiquette"],       key: "search.help.tag",      examples: ["repair", "jardin"] },
    Operator { about: About::Is,       en: &["is"],                            fr: &["est"],                    key: "search.help.is",       examples: ["starred", "étoilé"] },
    Operator { about: About::Has,      en: &["has", "with"],                   fr: &["avec"],                   key: "search.help.has",      examples: ["audio", "audio"] },
    Operator { about: About::After,    en: &["after", "since"],                fr: &["après", "apres", "depuis"], key: "search.help.after",  examples: ["7d", "7j"] },
    Operator { about: About::Before,   en: &["before", "until"],               fr: &["avant"],                  key: "search.help.before",   examples: ["2026-11-01", "2026-11-01"] },
    Operator { about: About::Language, en: &["lang", "language"],              fr: &["langue"],                 key: "search.help.language", examples: ["fr", "en"] },
];

/// What a post was marked as, or is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Starred,
    /// It stood in a digest as one.
    Nugget,
    /// Neither read nor let go, nor told elsewhere by what was read.
    Unread,
    Read,
    Shared,
    /// Let go.
    Skipped,
    /// Put off until tomorrow.
    Later,
}

/// What a post brings beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    Audio,
    Video,
    Picture,
}

/// A value by its names, folded but for the first: English, French.
pub(super) type Named<T> = (T, &'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
pub(super) const STATES: &[Named<State>] = &[
    (State::Starred, &["starred", "star", "favourite", "favorite"], &["étoilé", "etoile", "favori"]),
    (State::Nugget,  &["nugget"],                                   &["pépite", "pepite"]),
    (State::Unread,  &["unread", "new"],                            &["non-lu", "nonlu", "nouveau"]),
    (State::Read,    &["read"],                                     &["lu"]),
    (State::Shared,  &["shared"],                                   &["partagé", "partage"]),
    (State::Skipped, &["skipped"],                                  &["écarté", "ecarte", "passe"]),
    (State::Later,   &["later", "tomorrow"],                        &["demain", "plus-tard"]),
];

#[rustfmt::skip]
pub(super) const MEDIA: &[Named<Medium>] = &[
    (Medium::Audio,   &["audio", "sound", "podcast"],    &["audio", "son"]),
    (Medium::Video,   &["video"],                        &["vidéo", "video"]),
    (Medium::Picture, &["picture", "image", "photo"],    &["image", "photo"]),
];

/// Languages by what they are called; any other is named by its two letters.
#[rustfmt::skip]
pub(super) const LANGUAGES: &[Named<&str>] = &[
    ("en", &["en", "english"],    &["en", "anglais"]),
    ("fr", &["fr", "french"],     &["fr", "francais"]),
    ("de", &["de", "german"],     &["de", "allemand"]),
    ("es", &["es", "spanish"],    &["es", "espagnol"]),
    ("it", &["it", "italian"],    &["it", "italien"]),
    ("pt", &["pt", "portuguese"], &["pt", "portugais"]),
    ("nl", &["nl", "dutch"],      &["nl", "neerlandais"]),
];

/// Why a piece asks for nothing by an operator.
#[derive(Debug, PartialEq)]
pub(super) enum Not {
    /// It is words, and nothing is to be said.
    Operator,
    /// It looks like one and is none, or its value is none: said, and searched as words.
    Known(Phrase),
    /// Nothing stands after its colon: said, and left out.
    Filled(Phrase),
}

pub(super) fn read(cut: &Cut, when: &When<'_>) -> Result<Want, Not> {
    let Some(name) = &cut.name else { return Err(Not::Operator) };
    let operator = of_name(name);
    let value = cut.value.trim().trim_end_matches(['*', ' ']);
    let said = |key: &str| Phrase::new(key).with("name", name.as_str()).with("value", value);
    let Some(operator) = operator else {
        // An address, and a colon at the end of a word, are no try at an operator.
        let plain = cut.value.starts_with("//") || cut.value.is_empty();
        return Err(if plain { Not::Operator } else { Not::Known(said("search.note.unknown")) });
    };
    if value.is_empty() {
        return Err(Not::Filled(said("search.note.empty")));
    }
    let nothing = || Not::Known(said("search.note.nothing"));
    match operator.about {
        About::Source => Ok(Want::Source(value.to_owned())),
        About::Folder => Ok(Want::Folder(value.to_owned())),
        About::Person => Term::of(&cut.value, cut.quoted).map(Want::Person).ok_or_else(nothing),
        About::Tag => Term::of(cut.value.trim_start_matches('#'), cut.quoted).map(Want::Tag).ok_or_else(nothing),
        About::Is => found(STATES, value).map(Want::Is).ok_or_else(|| Not::Known(said("search.note.is"))),
        About::Has => found(MEDIA, value).map(Want::Has).ok_or_else(|| Not::Known(said("search.note.has"))),
        About::Before | About::After => {
            let moment = dates::read(value, when).ok_or_else(|| Not::Known(said("search.note.date")))?;
            Ok(if operator.about == About::Before { Want::Before(moment) } else { Want::After(moment) })
        }
        About::Language => language(value).map(Want::Language).ok_or_else(|| Not::Known(said("search.note.language"))),
    }
}

/// The operator of that name, in either language, with or without accents.
pub(super) fn of_name(name: &str) -> Option<&'static Operator> {
    let name = fold(name);
    OPERATORS.iter().find(|operator| operator.en.iter().chain(operator.fr).any(|one| fold(one) == name))
}

fn found<T: Copy>(values: &[Named<T>], typed: &str) -> Option<T> {
    let typed = fold(typed);
    let is = |(_, en, fr): &&Named<T>| en.iter().chain(*fr).any(|one| fold(one) == typed);
    values.iter().find(is).map(|(value, ..)| *value)
}

/// `fr`, `fr-CA`, `french`: two letters.
fn language(typed: &str) -> Option<String> {
    if let Some(known) = found(LANGUAGES, typed) {
        return Some(known.to_owned());
    }
    let (letters, _) = typed.split_once(['-', '_']).unwrap_or((typed, ""));
    let two = letters.len() == 2 && letters.chars().all(|char| char.is_ascii_alphabetic());
    two.then(|| letters.to_ascii_lowercase())
}

impl Operator {
    /// Its name as it is shown in a language of two letters: `fr`, or English.
    #[must_use]
    pub fn name(&self, language: &str) -> &'static str {
        let names = if language == "fr" { self.fr } else { self.en };
        names.first().copied().unwrap_or_default()
    }

    /// A value that may stand after it, in that language.
    #[must_use]
    pub fn example(&self, language: &str) -> &'static str {
        let [en, fr] = self.examples;
        if language == "fr" { fr } else { en }
    }
}
