//! Takes cards of contacts and what was heard about them, gives people: who is one person, what to ask about them, which
//! source is theirs and how sure that is. Never asks anything itself and never follows anybody.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    interchange::contacts::{Card, Said},
    model::{Address, ContactId},
};

mod candidates;
mod hosts;
mod matching;
mod merging;
pub mod names;
mod pictures;
mod questions;
mod reading;
mod shared;
mod table;
mod weights;

pub use hosts::domain_of;
pub use matching::{Match, matches};
pub use merging::{Fate, assign};
pub use pictures::Picture;
pub use questions::{Asking, Question, What, questions, questions_beside};
pub use reading::read;
pub use shared::Shared;
pub use table::csv;
pub use weights::{SURE, THRESHOLD};

/// The steps of the search, each of which the reader switches on. Labels and what each sends to whom: `stage.<name>` in the
/// catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// What the file says: each account that it names is asked for at its own server.
    File,
    /// The sites that the file names.
    Site,
    /// The site at the person's own mail domain; the mail address is not sent.
    Mail,
    /// The mail address is asked for at its own domain (WebFinger).
    Webfinger,
    /// A hash of the mail address is asked for at Gravatar.
    Gravatar,
    /// The name is searched for at the reader's own server and at Bluesky.
    Search,
}

impl Stage {
    /// All, in the order in which they are done.
    pub const ALL: [Self; 6] = [Self::File, Self::Site, Self::Mail, Self::Webfinger, Self::Gravatar, Self::Search];
    /// Those that are on until the reader says otherwise: they ask only where the reader's own file points.
    pub const USUAL: [Self; 2] = [Self::File, Self::Site];

    /// Stable: it is stored, and typed by people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Site => "site",
            Self::Mail => "mail",
            Self::Webfinger => "webfinger",
            Self::Gravatar => "gravatar",
            Self::Search => "search",
        }
    }
}

/// One person of the reader's contacts, of every row that is theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Their row in the library.
    pub id: ContactId,
    /// The name: the reader's own for them, else the first of the files'.
    pub name: Option<String>,
    /// Whom they work for.
    pub organisation: Option<String>,
    /// Mail addresses, each once.
    pub emails: Vec<String>,
    /// Sites and accounts, each once.
    pub said: Vec<Said>,
    /// What the files note.
    pub notes: Vec<String>,
    /// Groups and folders of the files.
    pub groups: Vec<String>,
    /// Where they stand: file and line.
    pub rows: Vec<(String, u32)>,
}

/// What the reader changed of a person; the files stay as they were.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Own {
    /// The reader's name for them.
    pub name: Option<String>,
    /// The reader's word for whom they work for.
    pub organisation: Option<String>,
    /// Addresses of the files that the reader struck out.
    pub struck: Vec<String>,
}

impl Person {
    /// A person of `cards` (each with its file), as the reader changed them.
    #[must_use]
    pub fn of(id: ContactId, own: &Own, cards: &[(String, Card)]) -> Self {
        let mut person = Self {
            id,
            name: own.name.clone(),
            organisation: own.organisation.clone(),
            emails: Vec::new(),
            said: Vec::new(),
            notes: Vec::new(),
            groups: Vec::new(),
            rows: Vec::new(),
        };
        let struck = |text: &str| own.struck.iter().any(|struck| struck.eq_ignore_ascii_case(text));
        for (file, card) in cards {
            person.name = person.name.take().or_else(|| card.name.clone());
            person.organisation = person.organisation.take().or_else(|| card.organisation.clone());
            person.rows.push((file.clone(), card.row));
            for email in card.emails.iter().filter(|email| !struck(email)) {
                if !person.emails.iter().any(|known| known.eq_ignore_ascii_case(email)) {
                    person.emails.push(email.clone());
                }
            }
            for said in card.said.iter().filter(|said| !struck(&said.text)) {
                match person.said.iter_mut().find(|known| known.text.eq_ignore_ascii_case(&said.text)) {
                    Some(known) => known.place = known.place.min(said.place),
                    None => person.said.push(said.clone()),
                }
            }
            person
                .notes
                .extend(card.notes.iter().filter(|notes| !person.notes.contains(notes)).cloned().collect::<Vec<_>>());
            person
                .groups
                .extend(card.groups.iter().filter(|group| !person.groups.contains(group)).cloned().collect::<Vec<_>>());
        }
        person
    }

    /// What they are called, or an address where they have no name.
    #[must_use]
    pub fn shown(&self) -> &str {
        let address = || self.said.first().map(|said| said.text.as_str()).or(self.emails.first().map(String::as_str));
        self.name.as_deref().or_else(address).unwrap_or_default()
    }
}

/// How one thing led to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A page offers this feed as its own.
    Feed,
    /// A page says that it and this profile are of one person (rel=me).
    Me,
    /// A page links to this profile.
    Link,
    /// A domain says that it is the name of this account (`atproto-did`).
    Domain,
    /// A server names this account for a mail address (WebFinger).
    Finger,
    /// Gravatar has verified that this is of the owner of the mail address.
    Listed,
    /// A search for the name.
    Search,
}

/// Something that an answer leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// Where to.
    pub address: Address,
    /// How.
    pub how: How,
    /// What it is called there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it says of itself: at most some hundred characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Where its picture is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

/// What one question brought. Kept, so that it is not asked again before its time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What it leads to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leads: Vec<Lead>,
    /// Whom a page names as its author or itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The page is on another site now.
    #[serde(default)]
    pub elsewhere: bool,
    /// Nothing there offers a feed by itself: a visit would have to look for one.
    #[serde(default)]
    pub bare: bool,
    /// What a visit found, when the question was a visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit: Option<Visit>,
    /// Where the person's picture is, as a page or Gravatar says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<String>,
    /// The picture, when the question was for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
}

/// A source, as a visit found it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    /// Where it is followed: the feed of a page that was asked.
    pub address: Option<Address>,
    /// Its own title.
    pub title: Option<String>,
    /// Its page for people.
    pub site: Option<String>,
    /// Pages that its network has proven to be of the same person.
    pub pages: Vec<String>,
    /// Posts a week, over what it shows.
    pub posts_a_week: Option<f64>,
    /// Words of a post, on average; None where there is none, or an older version looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<u32>,
    /// Its newest post.
    pub last_post: Option<crate::model::Moment>,
}

/// What the reader follows: kind and place of each.
pub type Followed = BTreeSet<(String, String)>;

/// What is known: each question by its key.
pub type Answers = BTreeMap<String, Answer>;

#[cfg(test)]
mod tests;
