//! Takes the bytes of a file of contacts, gives the people in it, row by row, with a flaw for what could not be read.
//! Never looks anybody up and never knows the kinds of sources: an address stays the text that the file gave. A dialect is
//! one file and two adjacent lines here.

use serde::{Deserialize, Serialize};

use super::{Head, Refused, decode, foreign};
use crate::model::Flaw;

mod archive;
mod columns;
mod draft;
mod mentions;
mod sheet;

mod bookmarks;
mod bookmarks_json;
mod following_js;
mod google;
mod linkedin;
mod list;
mod mastodon;
mod opml;
mod outlook;
mod table;
mod thunderbird;
mod vcard;
mod vcard_json;
mod vcard_xml;

pub use columns::{Column, TablePreview};
pub use table::preview;

/// Every dialect; the first that recognises a file reads it, so the most particular come first.
#[rustfmt::skip]
pub const DIALECTS: &[&Dialect] = &[
    &vcard::DIALECT,
    &vcard_json::DIALECT,
    &vcard_xml::DIALECT,
    &bookmarks::DIALECT,
    &bookmarks_json::DIALECT,
    &following_js::DIALECT,
    &opml::DIALECT,
    &linkedin::DIALECT,
    &google::DIALECT,
    &thunderbird::DIALECT,
    &outlook::DIALECT,
    &mastodon::DIALECT,
    &table::DIALECT,
    &list::DIALECT,
];

/// One kind of file.
#[derive(Debug)]
pub struct Dialect {
    /// Stable: the report names it. Its label is `dialect.<name>` in the catalogue.
    pub name: &'static str,
    /// A file of this kind is of people and of nothing else: whoever imports it means them, not sources.
    pub of_people: bool,
    /// Whether a file is of this kind.
    pub recognise: fn(&Head<'_>) -> bool,
    /// What it says, good and bad: never fails.
    pub read: fn(&Head<'_>) -> Book,
}

/// What a file says of people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// In the order of the file.
    pub cards: Vec<Card>,
    /// Rows and cells that were skipped, by line and why.
    pub flaws: Vec<Flaw>,
    /// Where the file is damaged or was too much: what stands in `cards` is not all that it once said.
    pub partial: Option<Flaw>,
}

/// One person as one row of one file has them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The line of the file that it begins on, counted from 1.
    pub row: u32,
    /// The name, one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Mail addresses as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub emails: Vec<String>,
    /// Addresses of pages and of accounts, as written, each once. Never of a scheme other than http and https.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Said>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Whom they work for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// Groups, labels, folders that they are in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
}

/// An address in a card, and where it stands there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Said {
    /// `https://…`, `example.org/x`, `@user@host`, `@name.bsky.social`.
    pub text: String,
    /// The kind of field.
    pub place: Place,
}

impl Said {
    /// An account (`@user@host`) rather than an address of the web.
    #[must_use]
    pub fn is_handle(&self) -> bool {
        self.text.starts_with('@')
    }
}

/// Where in a card something stands, from what says most of whose it is to what says least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A field for accounts: the reader put it there as theirs.
    Account,
    /// A field for sites.
    Website,
    /// A bookmark, a line of a list: the card is the site.
    Entry,
    /// Notes and other free text, where other people are named too.
    Notes,
}

/// The most that is read of one file. A real address book has some hundred people; an archive of twenty years of mail
/// has 100,000.
pub const MOST_CARDS: usize = 150_000;

/// Recognises a file by what is in it, whatever its name ends with, and reads it. `columns`: what the reader says that
/// each column of a table holds, where no dialect knows.
///
/// # Errors
/// [`Refused`] when nothing in it is of people, or it is too much.
pub fn read(name: &str, bytes: &[u8], columns: Option<&[Column]>) -> Result<(&'static str, Book), Refused> {
    if let Some(inner) = archive::of(name, bytes)? {
        return read(&inner.name, &inner.bytes, columns);
    }
    if let Some(kind) = foreign::binary(name, bytes) {
        return Err(Refused::Other(kind));
    }
    let text = decode::decode(bytes);
    if text.trim().is_empty() {
        return Err(Refused::Empty);
    }
    let head = Head { name, text: &text };
    if let Some(columns) = columns {
        return Ok((table::DIALECT.name, table::read_as(&head, columns)));
    }
    let Some(dialect) = dialect_of(&head) else {
        return Err(foreign::text(&head).map_or_else(|| foreign::unread(&head), Refused::Other));
    };
    Ok((dialect.name, (dialect.read)(&head)))
}

/// Whether a file is of people and of nothing else, so that whoever imports it without saying more means them.
#[must_use]
pub fn is_of_people(name: &str, bytes: &[u8]) -> bool {
    match archive::of(name, bytes) {
        Ok(Some(inner)) => return is_of_people(&inner.name, &inner.bytes),
        Ok(None) => {}
        Err(_) => return false,
    }
    if foreign::binary(name, bytes).is_some() {
        return false;
    }
    let text = decode::decode(bytes);
    let head = Head { name, text: &text };
    dialect_of(&head).is_some_and(|dialect| dialect.of_people)
}

fn dialect_of(head: &Head<'_>) -> Option<&'static Dialect> {
    DIALECTS.iter().copied().find(|dialect| (dialect.recognise)(head))
}

#[cfg(test)]
mod tests;
