//! Takes the address of a page on a well-known host, gives the address of its feed where that needs no look at it.
//! Never guesses: what is not written here is found by asking the page.

use url::Url;

/// Owners that GitHub keeps for itself: `github.com/topics/rust` is no repository.
#[rustfmt::skip]
const NOT_OWNERS: &[&str] = &[
    "about", "apps", "collections", "contact", "enterprise", "events", "explore", "features", "issues", "join", "login",
    "marketplace", "new", "notifications", "orgs", "pricing", "pulls", "search", "security", "settings", "sponsors",
    "stars", "topics", "trending", "users",
];

/// First parts of Medium's paths that are no publication.
const NOT_PUBLICATIONS: &[&str] = &["feed", "tag", "topic", "topics", "m", "me", "search", "about", "p", "plans"];

/// Orders that a subreddit is shown in; each has a feed.
const ORDERS: &[&str] = &["new", "hot", "top", "rising", "controversial"];

/// Hosts of which each name is a site by itself, and where its feed is on all of them.
#[rustfmt::skip]
const SITES_OF: &[(&str, &str)] = &[
    ("substack.com", "feed"),
    ("wordpress.com", "feed/"),
    ("blogspot.com", "feeds/posts/default"),
    ("medium.com", "feed"),
    ("tumblr.com", "rss"),
    ("bearblog.dev", "feed/"),
];

/// The feed of the page at `url`.
pub(super) fn feed_of(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    match host {
        "youtube.com" | "m.youtube.com" => youtube(url, &path),
        "reddit.com" | "old.reddit.com" | "new.reddit.com" => reddit(url, &path),
        "github.com" => github(&path),
        "medium.com" => medium(&path),
        // Each instance of Forgejo has them there; this is the one that needs no look.
        "codeberg.org" => match path.as_slice() {
            [owner, repository] | [owner, repository, "releases"] if !repository.contains(".rss") => {
                Some(format!("https://codeberg.org/{owner}/{repository}/releases.rss"))
            }
            _ => None,
        },
        "podcasts.apple.com" | "itunes.apple.com" => {
            // The directory's page does not name the feed; its own look-up does.
            let id = path.last()?.strip_prefix("id").filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()))?;
            (!id.is_empty()).then(|| format!("https://itunes.apple.com/lookup?id={id}&entity=podcast"))
        }
        "buttondown.com" | "buttondown.email" => match path.as_slice() {
            [name] | [name, "archive", ..] => Some(format!("https://buttondown.com/{name}/rss")),
            _ => None,
        },
        _ if url.query().is_none() => site_of(host, &path),
        _ => None,
    }
}

fn youtube(url: &Url, path: &[&str]) -> Option<String> {
    let feed = |key: &str, value: &str| format!("https://www.youtube.com/feeds/videos.xml?{key}={value}");
    match path {
        ["channel", id, ..] => Some(feed("channel_id", id)),
        ["user", name, ..] => Some(feed("user", name)),
        ["playlist"] => url.query_pairs().find(|(key, _)| key == "list").map(|(_, list)| feed("playlist_id", &list)),
        // What `@name`, `c/name` and a video are of is said by their pages.
        _ => None,
    }
}

fn reddit(url: &Url, path: &[&str]) -> Option<String> {
    let last = path.last()?;
    if last.contains(".rss") {
        return None;
    }
    let of = |rest: &str| Some(format!("https://www.reddit.com/{rest}/.rss"));
    match path {
        ["r", name] if url.query().is_none() => of(&format!("r/{name}")),
        ["r", name, order] if ORDERS.contains(order) => {
            let query = url.query().map_or(String::new(), |query| format!("?{query}"));
            of(&format!("r/{name}/{order}")).map(|feed| feed + &query)
        }
        ["r", name, "comments", post, ..] => of(&format!("r/{name}/comments/{post}")),
        ["user" | "u", name] if url.query().is_none() => of(&format!("user/{name}")),
        ["user" | "u", name, "m", multi] => of(&format!("user/{name}/m/{multi}")),
        _ => None,
    }
}

fn github(path: &[&str]) -> Option<String> {
    let owner = path.first().filter(|owner| !NOT_OWNERS.contains(owner))?;
    if path.iter().any(|part| part.ends_with(".atom")) {
        return None;
    }
    let of = |rest: &str| Some(format!("https://github.com/{owner}/{rest}.atom"));
    match path.get(1..)? {
        [] => Some(format!("https://github.com/{owner}.atom")),
        [repository] | [repository, "releases", ..] => of(&format!("{repository}/releases")),
        [repository, what @ ("tags" | "commits" | "discussions")] => of(&format!("{repository}/{what}")),
        [repository, "commits" | "tree", branch @ ..] => of(&format!("{repository}/commits/{}", branch.join("/"))),
        _ => None,
    }
}

fn medium(path: &[&str]) -> Option<String> {
    match path {
        ["tag", tag, ..] => Some(format!("https://medium.com/feed/tag/{tag}")),
        [name] | [name, _] if !NOT_PUBLICATIONS.contains(name) => Some(format!("https://medium.com/feed/{name}")),
        _ => None,
    }
}

/// The feed of a site that is a name on a shared host, whatever page of it is given.
fn site_of(host: &str, path: &[&str]) -> Option<String> {
    let (_, feed) =
        SITES_OF.iter().find(|(shared, _)| host.strip_suffix(shared).is_some_and(|name| name.ends_with('.')))?;
    // A feed of another sort on the same site was meant as it is written: `/feed/podcast`, `/tag/x/feed`, `/feed.xml`.
    let file = |part: &str| [".xml", ".rss", ".rdf", ".atom"].iter().any(|ending| part.ends_with(ending));
    let already = path.iter().any(|part| matches!(*part, "feed" | "feeds" | "rss" | "atom") || file(part));
    // So is a page with a feed of its own: a category, a tag, a person.
    let apart = path.iter().any(|part| {
        part.starts_with('@') || matches!(*part, "category" | "tag" | "tagged" | "author" | "search" | "label")
    });
    (!already && !apart).then(|| format!("https://{host}/{feed}"))
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
            (
                "https://www.youtube.com/channel/UC123/videos",
                "https://www.youtube.com/feeds/videos.xml?channel_id=UC123",
            ),
            ("https://www.youtube.com/user/one", "https://www.youtube.com/feeds/videos.xml?user=one"),
            ("https://www.reddit.com/r/rust/top/?t=week", "https://www.reddit.com/r/rust/top/.rss?t=week"),
            ("https://www.reddit.com/r/rust/comments/1a/x/", "https://www.reddit.com/r/rust/comments/1a/.rss"),
            ("https://www.reddit.com/user/one/m/two", "https://www.reddit.com/user/one/m/two/.rss"),
            ("https://www.reddit.com/r/rust/wiki", "-"),
            ("https://github.com/one", "https://github.com/one.atom"),
            ("https://github.com/one/two/tags", "https://github.com/one/two/tags.atom"),
            ("https://github.com/one/two/releases/tag/v1", "https://github.com/one/two/releases.atom"),
            ("https://github.com/one/two/tree/a/b", "https://github.com/one/two/commits/a/b.atom"),
            ("https://github.com/one/two/issues/3", "-"),
            ("https://github.com/one.atom", "-"),
            ("https://codeberg.org/one/two", "https://codeberg.org/one/two/releases.rss"),
            ("https://podcasts.apple.com/fr/podcast/x/id123", "https://itunes.apple.com/lookup?id=123&entity=podcast"),
            ("https://podcasts.apple.com/fr/browse", "-"),
            ("https://buttondown.com/one/archive/two/", "https://buttondown.com/one/rss"),
            ("https://one.substack.com/p/two", "https://one.substack.com/feed"),
            ("https://one.substack.com/feed/podcast/1.rss", "-"),
            ("https://one.wordpress.com/2026/01/02/three/", "https://one.wordpress.com/feed/"),
            ("https://one.wordpress.com/tag/two/", "-"),
            ("https://one.blogspot.com/", "https://one.blogspot.com/feeds/posts/default"),
            ("https://wordpress.com/", "-"),
            ("https://notwordpress.com/", "-"),
            ("https://one.medium.com/two", "https://one.medium.com/feed"),
            ("https://medium.com/one/two", "https://medium.com/feed/one"),
            ("https://medium.com/tag/rust", "https://medium.com/feed/tag/rust"),
            ("https://medium.com/@someone", "https://medium.com/feed/@someone"),
            ("https://example.org/r/rust", "-"),
        ] {
            let found = feed_of(&Url::parse(page).unwrap());
            assert_eq!(found.as_deref().unwrap_or("-"), feed, "{page}");
        }
    }
}
