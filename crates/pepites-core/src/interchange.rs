//! Takes the bytes of a file, gives what it says to follow, with a flaw for each line that it could not read.
//! A dialect is one file and two adjacent lines here.

use crate::model::{Address, Flaw, Folder};

/// The beginning of a file, as its recogniser sees it.
#[derive(Clone, Debug)]
pub struct Head<'a> {
    /// The file's name, without its folder.
    pub name: &'a str,
    /// The whole text, decoded to UTF-8.
    pub text: &'a str,
}

/// Something that a file says to follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The line that it stands on, counted from 1.
    pub line: u32,
    /// Where it is.
    pub address: Address,
    /// Its title in the file.
    pub title: Option<String>,
    /// Its page for people.
    pub site: Option<String>,
    /// Every folder that it stands in; none is the top level.
    pub folders: Vec<Folder>,
}

/// One kind of file.
pub struct Dialect {
    /// Stable: the import report names it. Its label is `dialect.<name>` in the catalogue.
    pub name: &'static str,
    /// Whether a file is of this kind.
    pub recognise: fn(&Head<'_>) -> bool,
    /// What it says, good and bad: never fails.
    pub read: fn(&str) -> (Vec<Found>, Vec<Flaw>),
}

/// Every dialect; the first that recognises a file reads it.
#[rustfmt::skip]
pub const DIALECTS: &[&Dialect] = &[
];
