//! Takes a source and what was heard from it so far, gives the next request or a batch of items: no I/O.
//! A kind is one file and two adjacent lines here; it brings its own name, examples and recogniser.

use crate::model::{Address, Batch, Reply, Request, Source, Unreadable};

pub mod account;
mod address;
mod bluesky;
mod by_feed;
mod circle;
pub mod feed;
mod hackernews;
mod json;
mod lemmy;
pub mod list;
mod mastodon;
mod notes;
mod person;
mod x;

pub use circle::{Circle, Person};
pub(crate) use mastodon::Home;
pub use person::person;
pub use x::{USER as X_USER, x_account, x_bridged};

/// One way of following something.
pub struct SourceKind {
    /// Stable: it is stored with each source.
    pub name: &'static str,
    /// What people type or paste; each is recognised (a test holds it).
    pub examples: &'static [&'static str],
    /// Whether this is an address of this kind, and its canonical form.
    pub recognise: fn(&str) -> Option<Address>,
    /// The next request after what was heard in this visit; None ends the conversation.
    pub ask: fn(&Source, heard: &[Reply]) -> Option<Request>,
    /// What the ended conversation says.
    pub read: fn(&Source, heard: &[Reply]) -> Result<Batch, Unreadable>,
}

/// Every kind. The first that recognises an address has it, so the most particular come first.
#[rustfmt::skip]
pub const KINDS: &[&SourceKind] = &[
    &list::KIND,
    &bluesky::KIND,
    &mastodon::KIND,
    &lemmy::KIND,
    &hackernews::KIND,
    &feed::KIND,
];

/// The kind of that name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static SourceKind> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// Whether what is at an address carries what many write, each of whom may be followed by themselves: a timeline, a tag,
/// a list of people. A feed may be so too, and does not say it.
#[must_use]
pub fn gathers(address: &Address) -> bool {
    match address.kind.as_str() {
        "mastodon" => mastodon::person_at(&address.locator).is_none(),
        "bluesky" => !bluesky::is_person(&address.locator),
        _ => false,
    }
}

/// An address by what never changes there, as far as `feed`, which an earlier visit kept, tells it: a person of Bluesky is
/// the same under each of their handles.
#[must_use]
pub fn lasting(address: &Address, feed: Option<&str>) -> Address {
    let locator = match address.kind.as_str() {
        "bluesky" => feed.and_then(|feed| bluesky::lasting(&address.locator, feed)),
        _ => None,
    };
    Address { kind: address.kind.clone(), locator: locator.unwrap_or_else(|| address.locator.clone()) }
}

/// Where to ask a source that is followed by its feed because its API is closed, to learn whether it still is; None where
/// there is nothing to learn.
#[must_use]
pub fn once_more(source: &Source) -> Option<String> {
    by_feed::again(source.feed.as_deref()?)
}

/// What an address typed by a person or found in a file is an address of.
#[must_use]
pub fn recognise(typed: &str) -> Option<Address> {
    KINDS.iter().find_map(|kind| (kind.recognise)(typed))
}

/// What an address that looks like a page of tags would be, if its server is one of the fediverse; a blog has such pages
/// too. [`is_timeline`] tells by what the server answers.
#[must_use]
pub fn may_be_tag(typed: &str) -> Option<Address> {
    mastodon::may_be_tag(typed)
}

/// Whether a server of the fediverse answered with a timeline.
#[must_use]
pub fn is_timeline(reply: &Reply) -> bool {
    mastodon::is_timeline(reply)
}

/// A domain as a handle of Bluesky, where every domain may be one; None for what names more than a domain.
#[must_use]
pub fn handle_of(domain: &str) -> Option<Address> {
    let bare = domain.trim();
    bluesky::person_of(bare.strip_suffix('/').unwrap_or(bare))
}

/// The web address that is typed or found in a file, canonical; None when it is none.
pub(crate) fn recognise_page(typed: &str) -> Option<url::Url> {
    address::web(typed)
}

/// Where an account lives, as a WebFinger about `user` says.
pub(crate) fn finger(reply: &Reply, user: &str) -> Option<Home> {
    mastodon::home(reply, user)
}

/// The text of a page for people, in whatever encoding it came.
pub(crate) fn text_of(body: &[u8], content_type: Option<&str>) -> String {
    feed::encoding::text(body, content_type).into_owned()
}

#[cfg(test)]
mod script;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_recognises_its_own_examples_and_its_own_addresses() {
        for kind in KINDS {
            assert!(!kind.examples.is_empty(), "{}", kind.name);
            for example in kind.examples {
                let found = recognise(example).unwrap();
                assert_eq!(found.kind, kind.name, "{example}");
                assert_eq!(recognise(&found.locator).unwrap(), found, "{example}");
            }
        }
    }
}
