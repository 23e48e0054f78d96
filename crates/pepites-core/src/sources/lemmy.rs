//! Takes a community of Lemmy (and of PieFed, which answers the same), gives its posts by the API that needs no account.
//! The whole kind is this file: one request a visit, and what it says.

use serde_json::Value;
use url::Url;

use super::{SourceKind, address, json, notes};
use crate::model::{Address, Batch, Enclosure, Flaw, Item, Note, Phrase, Reply, Request, Source, Unreadable};

pub(super) const KIND: SourceKind = SourceKind {
    name: "lemmy",
    examples: &["!astronomy@example.social", "https://lemmy.example/c/astronomy"],
    recognise,
    ask,
    read,
};

/// What a community is asked by, and known by: the page of one looks like the page of a channel elsewhere.
const POSTS: &str = "/api/v3/post/list";

/// Posts of one reply, as many as a server gives.
const LIMIT: &str = "50";

/// Parts of the names of servers where `/c/x` is a community.
const SERVERS: &[&str] = &["lemmy", "beehaw", "feddit", "sopuli", "lemm", "slrpnk", "piefed"];

/// The longest name that a server takes.
const LONGEST: usize = 100;

fn recognise(typed: &str) -> Option<Address> {
    let typed = typed.trim();
    let (name, server) = marked(typed).or_else(|| page(typed))?;
    let named = !name.is_empty()
        && name.len() <= LONGEST
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let mut url = server.join(POSTS).ok()?;
    url.query_pairs_mut().append_pair("community_name", &name).append_pair("sort", "New").append_pair("limit", LIMIT);
    named.then(|| Address { kind: KIND.name.to_owned(), locator: url.into() })
}

/// `!name@host`.
fn marked(typed: &str) -> Option<(String, Url)> {
    let (name, host) = typed.strip_prefix('!')?.split_once('@')?;
    let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
    Some((name.to_owned(), address::web(host).filter(|_| address::is_host(bare))?))
}

/// The page of a community on a server that is plainly one, and what a community is known by.
fn page(typed: &str) -> Option<(String, Url)> {
    let url = address::web(typed)?;
    if url.path() == POSTS {
        let name = url.query_pairs().find(|(key, _)| key == "community_name")?.1.into_owned();
        return Some((name, url));
    }
    let plainly = url.host_str()?.split(['.', '-']).any(|part| SERVERS.contains(&part));
    let name = url.path().strip_prefix("/c/").filter(|_| plainly)?.trim_end_matches('/').to_owned();
    Some((name, url))
}

fn ask(source: &Source, heard: &[Reply]) -> Option<Request> {
    let mut request = json::get(source.address.locator.as_str());
    request.headers.extend(source.validators.headers());
    heard.is_empty().then_some(request)
}

fn read(_: &Source, heard: &[Reply]) -> Result<Batch, Unreadable> {
    let reply = heard.last().ok_or_else(|| json::unreadable("trouble.empty"))?;
    let Some(said) = json::of(reply).filter(|said| json::at(said, &["posts"]).is_some_and(Value::is_array)) else {
        return Err(json::refused(reply.status));
    };
    let mut batch = Batch::default();
    for (rank, view) in (1..).zip(json::list(&said, &["posts"])) {
        match item(view) {
            Some(item) => batch.items.push(item),
            None => {
                let why = Phrase::new("flaw.empty_item");
                batch.flaws.push(Flaw { line: Some(rank), subject: String::new(), why });
            }
        }
    }
    let community = json::list(&said, &["posts"]).iter().find_map(|view| json::at(view, &["community"]));
    if let Some(community) = community {
        batch.title = json::line(community, &["title"]).or_else(|| json::line(community, &["name"]));
        batch.site = json::line(community, &["actor_id"]);
    }
    Ok(batch)
}

fn item(view: &Value) -> Option<Item> {
    let post = json::at(view, &["post"])?;
    if json::flag(post, &["removed"]) || json::flag(post, &["deleted"]) {
        return None;
    }
    let creator = json::at(view, &["creator"]);
    let name =
        creator.and_then(|creator| json::line(creator, &["display_name"]).or_else(|| json::line(creator, &["name"])));
    let page = json::line(post, &["ap_id"])?;
    let shared = json::line(post, &["url"]).filter(|url| url.starts_with("http"));
    let about = json::line(post, &["embed_description"]).unwrap_or_default();
    let link = shared.as_deref().map(|url| {
        let href = html_escape::encode_double_quoted_attribute(url);
        format!("<aside><p><a href=\"{href}\">{}</a></p><p>{}</p></aside>", notes::escaped(url), notes::escaped(&about))
    });
    let picture = json::line(post, &["thumbnail_url"]).filter(|_| shared.is_none());
    Some(Item {
        id: Some(page.clone()),
        link: Some(page),
        title: Some(notes::escaped(&json::line(post, &["name"])?)),
        html: Some(notes::paragraphs(&notes::escaped(json::text(post, &["body"]).unwrap_or_default()))),
        authors: name.into_iter().collect(),
        published: json::moment(post, &["published"]),
        updated: json::moment(post, &["updated"]),
        enclosures: picture
            .map(|url| Enclosure { url, media_type: Some("image/*".to_owned()), bytes: None, seconds: None })
            .into_iter()
            .collect(),
        note: Note { below: link, points_to: shared.into_iter().collect(), ..Note::default() },
        ..Item::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::script::{reply, source, visit};

    const SEA: &str = "https://lemmy.example/api/v3/post/list?community_name=sea&sort=New&limit=50";

    #[test]
    fn communities_are_told_from_channels_that_look_alike() {
        for (typed, expected) in [
            ("!sea@lemmy.example", Some(SEA)),
            ("https://lemmy.example/c/sea/", Some(SEA)),
            (SEA, Some(SEA)),
            ("https://www.youtube.com/c/sea", None),
            ("!sea", None),
            ("!s a@lemmy.example", None),
        ] {
            assert_eq!(recognise(typed).map(|address| address.locator).as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn a_community_is_read_with_what_its_posts_point_to() {
        let page = "{\"posts\":[{\"post\":{\"name\":\"Tides & moons\",\"ap_id\":\"https://lemmy.example/post/1\",\
                    \"url\":\"https://a.example/tides\",\"body\":\"One\\n\\nTwo <b>\",\"published\":\"2026-11-20T08:00:00.123456Z\"},\
                    \"creator\":{\"name\":\"ada\"},\"community\":{\"title\":\"The Sea\",\"actor_id\":\"https://lemmy.example/c/sea\"}},\
                    {\"post\":{\"name\":\"Gone\",\"ap_id\":\"https://lemmy.example/post/2\",\"removed\":true}},7]}";
        let (asked, batch) = visit(&mut source("lemmy", SEA), |_| reply(200, page));
        let batch = batch.unwrap();
        assert_eq!((asked.as_slice(), batch.title.as_deref()), (&[SEA.to_owned()][..], Some("The Sea")));
        assert_eq!((batch.items.len(), batch.flaws.len()), (1, 2));
        let item = &batch.items[0];
        assert_eq!(item.title.as_deref(), Some("Tides &amp; moons"));
        assert_eq!(item.html.as_deref(), Some("<p>One</p><p>Two &lt;b&gt;</p>"));
        assert_eq!(item.note.points_to, ["https://a.example/tides"]);
        assert!(item.published.is_some());
        for (status, body, why) in [(404, "", "trouble.not_found"), (200, "{\"posts\":", "trouble.not_understood")] {
            let (_, read) = visit(&mut source("lemmy", SEA), |_| reply(status, body));
            assert_eq!(read.unwrap_err().why.key, why);
        }
    }
}
