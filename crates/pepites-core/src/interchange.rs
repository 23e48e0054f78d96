//! Takes the bytes of a file, gives what it says to follow, with a flaw for each line that it could not read.
//! Never knows the kinds of sources: an address stays the text that the file gave. A dialect is one file and two
//! adjacent lines here.

use crate::model::{Flaw, Folder, Value};

mod address;
mod clean;
mod decode;
mod foreign;
mod gather;
mod table;

pub mod contacts;

mod addresses_csv;
mod addresses_list;
pub mod mastodon_following;

pub mod opml;
mod x_following;

/// Every dialect; the first that recognises a file reads it, so the most particular come first.
#[rustfmt::skip]
pub const DIALECTS: &[&Dialect] = &[
    &opml::DIALECT,
    &mastodon_following::DIALECT,
    &x_following::DIALECT,
    &addresses_csv::DIALECT,
    &addresses_list::DIALECT,
];

/// One kind of file.
#[derive(Debug)]
pub struct Dialect {
    /// Stable: the import report names it. Its label is `dialect.<name>` in the catalogue.
    pub name: &'static str,
    /// Whether a file is of this kind.
    pub recognise: fn(&Head<'_>) -> bool,
    /// What it says, good and bad: never fails.
    pub read: fn(&str) -> Harvest,
}

/// A file, as a recogniser sees it.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    /// The file's name, without its folder.
    pub name: &'a str,
    /// The whole text, decoded to UTF-8.
    pub text: &'a str,
}

/// A recogniser looks no further than this: what a file is shows early, and a file can be large.
const HEAD_BYTES: usize = 64 * 1024;

impl<'a> Head<'a> {
    /// The first 64 KB of the text.
    #[must_use]
    pub fn start(&self) -> &'a str {
        self.text.get(..self.text.floor_char_boundary(HEAD_BYTES)).unwrap_or_default()
    }
}

/// What a file says to follow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Harvest {
    /// In the order of the file; an address that the file repeats is here once, with all its folders.
    pub found: Vec<Found>,
    /// How many more addresses there are: past so many they are counted only, repeated or not.
    pub beyond: u32,
    /// How many lines repeated an address that the file had named before.
    pub repeated: u32,
    /// Lines that were skipped, and why.
    pub flaws: Vec<Flaw>,
    /// The program that wrote the file, when the file says so.
    pub origin: Option<String>,
    /// Where and how the file is damaged: what stands in `found` is not all that it once said.
    pub partial: Option<Flaw>,
}

/// Something that a file says to follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The line that it stands on first, counted from 1.
    pub line: u32,
    /// Where it is, as the file writes it but for blanks. Never of a scheme other than http and https.
    pub address: String,
    /// Its title in the file; None when that says no more than the address.
    pub title: Option<String>,
    /// Its page for people.
    pub site: Option<String>,
    /// Every folder that it stands in; none is the top level.
    pub folders: Vec<Folder>,
}

/// Why a whole file gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is nothing in it, or nothing but blanks.
    Empty,
    /// It is something else, of the kind named (`zip`, `html_page`, …): `problem.file_unknown.<kind>` in the catalogue.
    Other(&'static str),
    /// It is a table without an address.
    Table {
        /// What its columns are called, or the cells of its first row when that is no header. The first few only.
        columns: Vec<String>,
        /// There is no row under the header.
        bare: bool,
    },
}

impl Refused {
    /// Every kind that [`Refused::Other`] names.
    pub const KINDS: &'static [&'static str] = foreign::KINDS;
}

/// Recognises a file by what is in it, whatever its name ends with, and reads it.
///
/// # Errors
/// [`Refused`] when no dialect recognises it.
pub fn harvest(name: &str, bytes: &[u8]) -> Result<(&'static Dialect, Harvest), Refused> {
    if let Some(kind) = foreign::binary(name, bytes) {
        return Err(Refused::Other(kind));
    }
    let text = decode::decode(bytes);
    if text.trim().is_empty() {
        return Err(Refused::Empty);
    }
    let head = Head { name, text: &text };
    if let Some(kind) = foreign::text(&head) {
        return Err(Refused::Other(kind));
    }
    let dialect = DIALECTS.iter().find(|dialect| (dialect.recognise)(&head)).ok_or_else(|| foreign::unread(&head))?;
    let harvest = (dialect.read)(&text);
    let nothing = harvest.found.is_empty() && harvest.flaws.is_empty() && harvest.partial.is_none();
    match addresses_csv::refused(&head).filter(|_| nothing && dialect.name != opml::DIALECT.name) {
        Some(refused) => Err(refused),
        None => Ok((dialect, harvest)),
    }
}

/// The scheme by which an address is refused (`ftp:`), as in a list; None when it has none or one that is followed.
#[must_use]
pub fn refused_scheme(address: &str) -> Option<String> {
    match address::checked(address).err()?.values.remove("scheme")? {
        Value::Text(scheme) => Some(scheme),
        Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests;
