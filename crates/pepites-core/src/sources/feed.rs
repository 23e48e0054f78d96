//! Takes the address of a feed, or of a page that has one, gives its items: RSS, RDF, Atom and JSON Feed, however
//! broken. Never follows a feed that it was not told of by the person or by the page that they named.

use crate::{
    model::{Address, Source},
    sources::{SourceKind, address},
};

mod bomb;
pub(in crate::sources) mod dates;
mod discover;
pub(in crate::sources) mod encoding;
mod entity;
pub(in crate::sources) mod entry;
mod form;
mod gentle;
mod json;
mod known;
mod lenient;
mod markup;
mod media;
mod namespace;
mod packed;
pub(in crate::sources) mod page;
pub(in crate::sources) mod plain;
pub(in crate::sources) mod read;
mod repair;
mod strict;
mod token;
pub(in crate::sources) mod visit;

pub use discover::{Offer, offers};
pub(crate) use page::readable;

use visit::Route;

/// The name of the kind.
pub const KIND_NAME: &str = "feed";

pub(super) const KIND: SourceKind = SourceKind {
    name: KIND_NAME,
    examples: &[
        "https://example.org/feed.xml",
        "example.org/blog",
        "feed://example.org/rss",
        "http://127.0.0.1:8080/atom.xml",
        "https://www.reddit.com/r/rust",
    ],
    recognise,
    ask: |source, heard| visit::ask(source, &route(source), heard),
    read: |source, heard| visit::read(source, &route(source), heard),
};

fn recognise(typed: &str) -> Option<Address> {
    let url = address::web(typed)?;
    let locator = known::feed_of(&url).unwrap_or_else(|| url.into());
    Some(Address { kind: KIND.name.to_owned(), locator })
}

fn route(source: &Source) -> Route {
    Route { starts: vec![source.address.locator.clone()], guesses: true }
}

#[cfg(test)]
#[path = "feed/tests.rs"]
mod tests;
