//! Takes a person on Mastodon or one of its kin, gives their public posts by the feed of their profile.
//! Never takes `/@name` on a host known to be something else: those pages are feeds' matter.

use url::Url;

use super::{
    SourceKind, address,
    feed::visit::{self, Route},
};
use crate::model::{Address, Source};

pub(super) const KIND: SourceKind = SourceKind {
    name: "mastodon",
    examples: &[
        "@user@example.social",
        "https://example.social/@user",
        "acct:user@example.social",
        "http://127.0.0.1:8080/@user",
    ],
    recognise,
    ask: |source, heard| visit::ask(source, &route(source), heard),
    read: |source, heard| visit::read(source, &route(source), heard),
};

/// Hosts, with their subdomains, where `/@name` is no account of the fediverse.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "medium.com", "youtube.com", "youtu.be", "tiktok.com", "threads.net", "threads.com", "substack.com", "flickr.com",
    "odysee.com", "rumble.com", "steemit.com", "hive.blog", "peakd.com", "ecency.com", "npmjs.com", "jsr.io", "unsplash.com",
    "observablehq.com", "hashnode.com", "producthunt.com", "replit.com", "snapchat.com", "matters.town", "hackernoon.com",
    "instagram.com", "facebook.com", "x.com", "twitter.com", "t.me", "telegram.me", "bsky.app", "google.com", "lbry.tv",
    "goodreads.com", "giphy.com", "tumblr.com", "kick.com", "write.as", "sketchfab.com", "pinterest.com", "ko-fi.com",
];

fn recognise(typed: &str) -> Option<Address> {
    let typed = typed.trim();
    let profile = handle(typed).or_else(|| page(typed))?;
    let host = profile.host_str()?.to_owned();
    let other = OTHERS.iter().any(|other| host == *other || host.ends_with(&format!(".{other}")));
    (!other).then(|| Address { kind: KIND.name.to_owned(), locator: profile.into() })
}

/// `@user@host`, `acct:user@host`.
fn handle(typed: &str) -> Option<Url> {
    let account = typed.strip_prefix("acct:").or_else(|| typed.strip_prefix('@'))?;
    let (user, host) = account.trim_start_matches('@').split_once('@')?;
    profile(user, host)
}

/// `https://host/@user`, `https://host/users/user`, and `https://host/@user@elsewhere`, which is a look at elsewhere.
fn page(typed: &str) -> Option<Url> {
    let url = address::web(typed)?;
    let path: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let user = match path.as_slice() {
        [user] => user.strip_prefix('@')?,
        ["users", user] => user,
        _ => return None,
    };
    if let Some((user, host)) = user.split_once('@') {
        return profile(user, host);
    }
    if !is_user(user) || url.query().is_some() || !url.username().is_empty() {
        return None;
    }
    url.join(&format!("/@{user}")).ok()
}

fn profile(user: &str, host: &str) -> Option<Url> {
    let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
    if !is_user(user) || !address::is_host(bare) || host.contains(['/', '?', '#']) {
        return None;
    }
    address::web(host)?.join(&format!("/@{user}")).ok()
}

/// Letters, digits and `_`, with dots and dashes inside only: as Mastodon has it, and kin follow.
fn is_user(user: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    user.starts_with(plain)
        && user.ends_with(plain)
        && user.chars().all(|letter| plain(letter) || letter == '.' || letter == '-')
        && ![".rss", ".atom", ".json", ".xml"].iter().any(|ending| user.ends_with(ending))
}

fn route(source: &Source) -> Route {
    let profile = &source.address.locator;
    Route { starts: vec![format!("{profile}.rss"), profile.clone()], guesses: false }
}

#[cfg(test)]
mod tests {
    #[test]
    fn people_of_the_fediverse_are_told_from_pages_that_look_alike() {
        for (typed, expected) in [
            ("@user@example.social", "mastodon https://example.social/@user"),
            (" @Some.One@Example.Social ", "mastodon https://example.social/@Some.One"),
            ("acct:user@example.social", "mastodon https://example.social/@user"),
            ("@user@127.0.0.1:8080", "mastodon http://127.0.0.1:8080/@user"),
            ("https://example.social/@user", "mastodon https://example.social/@user"),
            ("https://example.social/@user/", "mastodon https://example.social/@user"),
            ("example.social/@user", "mastodon https://example.social/@user"),
            ("https://example.social/users/user", "mastodon https://example.social/@user"),
            ("https://example.social/@user@other.example", "mastodon https://other.example/@user"),
            ("http://127.1.2.3:8080/@user", "mastodon http://127.1.2.3:8080/@user"),
            ("https://example.social/@user/1234", "feed https://example.social/@user/1234"),
            ("https://example.social/@user.rss", "feed https://example.social/@user.rss"),
            ("https://medium.com/@someone", "feed https://medium.com/feed/@someone"),
            ("https://www.youtube.com/@someone", "feed https://www.youtube.com/@someone"),
            ("https://www.tiktok.com/@someone", "feed https://www.tiktok.com/@someone"),
            ("https://name.substack.com/@someone", "feed https://name.substack.com/@someone"),
            ("https://www.threads.net/@someone", "feed https://www.threads.net/@someone"),
            ("https://www.flickr.com/@someone", "feed https://www.flickr.com/@someone"),
            ("user@example.social", "-"),
            ("@user", "-"),
            ("@user@", "-"),
            ("@user@example.social/x", "-"),
            ("acct:user", "-"),
        ] {
            let found = crate::sources::recognise(typed)
                .map_or("-".to_owned(), |found| format!("{} {}", found.kind, found.locator));
            assert_eq!(found, expected, "{typed}");
        }
    }
}
