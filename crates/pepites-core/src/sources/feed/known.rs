//! Takes the address of a page on a well-known host, gives the address of its feed where that needs no look at it.
//! Never guesses: what is not written here is found by asking the page.

use url::Url;

/// Owners that GitHub keeps for itself: `github.com/topics/rust` is no repository.
const NOT_OWNERS: &[&str] =
    &["topics", "features", "orgs", "settings", "marketplace", "sponsors", "collections", "explore", "apps", "users"];

/// The feed of the page at `url`.
pub(super) fn feed_of(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    match (host, path.as_slice()) {
        ("youtube.com" | "m.youtube.com", ["channel", id]) => {
            Some(format!("https://www.youtube.com/feeds/videos.xml?channel_id={id}"))
        }
        ("youtube.com" | "m.youtube.com", ["playlist"]) => {
            let (_, list) = url.query_pairs().find(|(key, _)| key == "list")?;
            Some(format!("https://www.youtube.com/feeds/videos.xml?playlist_id={list}"))
        }
        ("reddit.com" | "old.reddit.com" | "new.reddit.com", ["r", name]) if url.query().is_none() => {
            Some(format!("https://www.reddit.com/r/{name}/.rss"))
        }
        ("reddit.com" | "old.reddit.com" | "new.reddit.com", ["user" | "u", name]) if url.query().is_none() => {
            Some(format!("https://www.reddit.com/user/{name}/.rss"))
        }
        ("github.com", [owner, repository]) | ("github.com", [owner, repository, "releases"])
            if !NOT_OWNERS.contains(owner) && !repository.contains(".atom") =>
        {
            Some(format!("https://github.com/{owner}/{repository}/releases.atom"))
        }
        ("github.com", [owner, repository, "tags"]) => {
            Some(format!("https://github.com/{owner}/{repository}/tags.atom"))
        }
        ("github.com", [owner, repository, "commits"]) => {
            Some(format!("https://github.com/{owner}/{repository}/commits.atom"))
        }
        ("github.com", [owner, repository, "commits", branch]) if !branch.contains(".atom") => {
            Some(format!("https://github.com/{owner}/{repository}/commits/{branch}.atom"))
        }
        ("medium.com", [name]) if name.starts_with('@') => Some(format!("https://medium.com/feed/{name}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_well_known_hosts_lead_to_their_feeds() {
        for (page, feed) in [
            ("https://www.youtube.com/channel/UC123", "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"),
            ("https://youtube.com/playlist?list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
            ("https://www.youtube.com/@someone", "-"),
            ("https://old.reddit.com/r/rust/", "https://www.reddit.com/r/rust/.rss"),
            ("https://www.reddit.com/r/rust/.rss", "-"),
            ("https://github.com/one/two", "https://github.com/one/two/releases.atom"),
            ("https://github.com/one/two/commits/main", "https://github.com/one/two/commits/main.atom"),
            ("https://github.com/one/two/releases.atom", "-"),
            ("https://github.com/topics/rust", "-"),
            ("https://medium.com/@someone", "https://medium.com/feed/@someone"),
            ("https://example.org/r/rust", "-"),
        ] {
            let found = feed_of(&Url::parse(page).unwrap());
            assert_eq!(found.as_deref().unwrap_or("-"), feed, "{page}");
        }
    }
}
