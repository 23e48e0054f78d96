//! Takes what is known of a post, gives its traits: the words, people, sources and tags that a taste is made of.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{score::Facts, text};

/// What a trait is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A word of the title or the lead.
    Word,
    /// Who wrote it.
    Person,
    /// Where it was published, by its number in the library.
    Source,
    /// A tag that it carries.
    Tag,
}

/// Something that posts have in common and a reader can like or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Trait {
    /// What it is.
    pub kind: Kind,
    /// Its name, folded as words are: "Rust" and "rust" are one.
    pub name: String,
}

impl Trait {
    /// A trait by its kind and name, as they are typed.
    #[must_use]
    pub fn new(kind: Kind, name: &str) -> Self {
        let name = match kind {
            Kind::Source => name.to_owned(),
            Kind::Word | Kind::Person | Kind::Tag => text::words(name).join(" "),
        };
        Self { kind, name }
    }

    /// Whether its name means something to a person.
    pub(in crate::score) fn is_named(&self) -> bool {
        self.kind != Kind::Source
    }
}

/// The traits of the post that stands for a story.
#[must_use]
pub fn traits_of(facts: &Facts) -> BTreeSet<Trait> {
    let source = facts.source.to_string();
    traits(&facts.title, &facts.lead, facts.author.as_deref(), Some(&source), &facts.tags)
}

/// The traits of a post.
#[must_use]
pub fn traits(title: &str, lead: &str, author: Option<&str>, source: Option<&str>, tags: &[String]) -> BTreeSet<Trait> {
    let words = [title, lead].into_iter().flat_map(text::terms);
    let words = words.map(|name| Trait { kind: Kind::Word, name });
    let person = author.map(|name| Trait::new(Kind::Person, name));
    let source = source.map(|name| Trait::new(Kind::Source, name));
    let tags = tags.iter().map(|name| Trait::new(Kind::Tag, name));
    words.chain(person).chain(source).chain(tags).filter(|one| !one.name.is_empty()).collect()
}
