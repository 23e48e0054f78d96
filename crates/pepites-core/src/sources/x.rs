//! Takes an address of X (Twitter), gives whose it is, and where a bridge that the reader has chosen shows their posts.
//! Never asks X: it shows nothing to those who are no members.

use super::{address, recognise};
use crate::model::Address;

/// What stands for the name of the account in the address of a bridge: `https://nitter.example/USER/rss`.
pub const USER: &str = "USER";

/// The hosts of X. Not its shortener: what it leads to is no account.
const HOSTS: &[&str] = &["x.com", "twitter.com", "mobile.twitter.com", "mobile.x.com", "m.twitter.com"];

/// Pages of X that are nobody's.
#[rustfmt::skip]
const PAGES: &[&str] = &[
    "home", "explore", "search", "hashtag", "i", "intent", "settings", "messages", "notifications", "share", "login",
    "signup", "tos", "privacy", "about", "jobs", "compose",
];

/// Longer names do not exist there.
const LONGEST: usize = 15;

/// Whether an address is one of X, and whose, where it is somebody's.
#[must_use]
pub fn x_account(typed: &str) -> Option<Option<String>> {
    let url = address::web(typed)?;
    let host = url.host_str()?;
    if !HOSTS.contains(&host.strip_prefix("www.").unwrap_or(host)) {
        return None;
    }
    let first = url.path_segments()?.next().unwrap_or_default().trim_start_matches('@');
    let named = !first.is_empty()
        && first.len() <= LONGEST
        && first.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !PAGES.contains(&first.to_ascii_lowercase().as_str());
    Some(named.then(|| first.to_owned()))
}

/// The feed of an account of X at a bridge; None when the bridge's address names no place for the account.
#[must_use]
pub fn x_bridged(bridge: &str, user: &str) -> Option<Address> {
    bridge.contains(USER).then(|| recognise(&bridge.replace(USER, user))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_of_x_is_known_by_its_page_and_by_its_posts() {
        for (typed, expected) in [
            ("https://x.com/ada", Some(Some("ada"))),
            ("twitter.com/@ada/status/12", Some(Some("ada"))),
            ("https://www.twitter.com/ada?s=20", Some(Some("ada"))),
            ("https://x.com/search?q=x", Some(None)),
            ("https://x.com/", Some(None)),
            ("https://x.com/login", Some(None)),
            ("https://twitter.com/Privacy", Some(None)),
            ("https://t.co/AbC123", None),
            ("https://example.org/ada", None),
            ("x.com.example.org/ada", None),
            ("ada", None),
        ] {
            let found = x_account(typed);
            assert_eq!(found.as_ref().map(Option::as_deref), expected, "{typed}");
        }
    }

    #[test]
    fn a_bridge_says_where_the_account_goes() {
        let feed = |bridge| x_bridged(bridge, "ada").map(|address| address.locator);
        assert_eq!(feed("https://nitter.example/USER/rss").as_deref(), Some("https://nitter.example/ada/rss"));
        assert_eq!(
            feed("https://hub.example/twitter/user/USER").as_deref(),
            Some("https://hub.example/twitter/user/ada")
        );
        assert_eq!(feed("https://nitter.example/"), None);
        assert_eq!(feed("javascript:USER"), None);
    }
}
