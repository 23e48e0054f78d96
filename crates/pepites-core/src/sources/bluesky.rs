//! Takes a person on Bluesky, gives their public posts by the feed of their profile.
//! Never asks Bluesky's API: that needs none of a reader's secrets, but it is another kind of conversation.

use super::{
    SourceKind, address,
    feed::visit::{self, Route},
};
use crate::model::{Address, Source};

pub(super) const KIND: SourceKind = SourceKind {
    name: "bluesky",
    examples: &["https://bsky.app/profile/name.example.org", "@name.bsky.social", "name.bsky.social"],
    recognise,
    ask: |source, heard| visit::ask(source, &route(source), heard),
    read: |source, heard| visit::read(source, &route(source), heard),
};

/// The hosts that show profiles.
const HOSTS: &[&str] = &["bsky.app", "www.bsky.app", "staging.bsky.app", "main.bsky.dev"];

fn recognise(typed: &str) -> Option<Address> {
    let typed = typed.trim();
    let actor = handle(typed.strip_prefix('@').unwrap_or(typed), typed.starts_with('@')).or_else(|| page(typed))?;
    Some(Address { kind: KIND.name.to_owned(), locator: format!("https://bsky.app/profile/{actor}") })
}

/// `@name.bsky.social`. Any host is a handle there, so without the `@` only those of Bluesky's own are taken for one.
fn handle(name: &str, marked: bool) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let own = name.strip_suffix(".bsky.social").is_some_and(|user| !user.is_empty() && !user.contains('.'));
    let named = name.contains('.') && !name.ends_with(|last: char| last.is_ascii_digit());
    ((own || marked) && named && address::is_host(&name)).then_some(name)
}

/// `https://bsky.app/profile/x`, where x is a handle or a did, and `https://name.bsky.social`.
fn page(typed: &str) -> Option<String> {
    let url = address::web(typed)?;
    let path: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let host = url.host_str()?;
    match path.as_slice() {
        [] => handle(host, false),
        ["profile", actor] if HOSTS.contains(&host) => {
            let did = actor.strip_prefix("did:").is_some_and(|rest| rest.contains(':'));
            if did { Some((*actor).to_owned()) } else { handle(actor, true) }
        }
        _ => None,
    }
}

fn route(source: &Source) -> Route {
    let profile = &source.address.locator;
    Route { starts: vec![format!("{profile}/rss"), profile.clone()], guesses: false }
}

#[cfg(test)]
mod tests {
    #[test]
    fn people_of_bluesky_are_known_by_handle_and_by_page() {
        for (typed, expected) in [
            ("https://bsky.app/profile/Name.Example.org", "bluesky https://bsky.app/profile/name.example.org"),
            ("https://bsky.app/profile/name.example.org/", "bluesky https://bsky.app/profile/name.example.org"),
            ("bsky.app/profile/did:plc:abc123", "bluesky https://bsky.app/profile/did:plc:abc123"),
            ("@name.bsky.social", "bluesky https://bsky.app/profile/name.bsky.social"),
            ("@name.example.org", "bluesky https://bsky.app/profile/name.example.org"),
            ("name.bsky.social", "bluesky https://bsky.app/profile/name.bsky.social"),
            ("https://name.bsky.social", "bluesky https://bsky.app/profile/name.bsky.social"),
            ("https://bsky.app/profile/name.example.org/rss", "feed https://bsky.app/profile/name.example.org/rss"),
            (
                "https://bsky.app/profile/name.example.org/post/3k",
                "feed https://bsky.app/profile/name.example.org/post/3k",
            ),
            ("name.example.org", "feed https://name.example.org/"),
            ("@name", "-"),
        ] {
            let found = crate::sources::recognise(typed)
                .map_or("-".to_owned(), |found| format!("{} {}", found.kind, found.locator));
            assert_eq!(found, expected, "{typed}");
        }
    }
}
