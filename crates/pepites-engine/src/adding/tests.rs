//! Journeys of adding: what a person types, what is there, what is followed afterwards.

use super::*;
use crate::{
    net::Replay,
    refresh::tests::{engine, feed},
};

fn page(head: &str) -> Reply {
    let headers = vec![("content-type".to_owned(), "text/html".to_owned())];
    let body = format!("<!doctype html><html><head><title>A</title>{head}</head><body><p>Words.</p></body></html>");
    Reply { status: 200, headers, body: body.into_bytes(), ..Reply::default() }
}

fn offer(url: &str, title: &str) -> String {
    format!("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"{url}\" title=\"{title}\">")
}

fn said(json: &str) -> Reply {
    Reply { status: 200, body: json.as_bytes().to_vec(), ..Reply::default() }
}

/// One site with one feed, one with two, one with none, one that does not answer.
fn world() -> Replay {
    Replay::answering(|request| {
        let reply = match request.url.as_str() {
            "https://one.example/" => page(&offer("/feed", "One")),
            "https://one.example/feed" => feed("one.example", 4),
            "https://two.example/" => page(&(offer("/posts", "Posts") + &offer("/comments", "Comments"))),
            "https://two.example/posts" => feed("two.example", 3),
            "https://two.example/comments" => feed("comments.two.example", 1),
            "https://none.example/" => page(""),
            "http://old.example/" => page(&offer("/feed", "Old")),
            "http://old.example/feed" => feed("old.example", 2),
            "https://old.example/" => return Err(NetError::Unreachable("test".to_owned())),
            "https://fedi.example/api/v1/timelines/tag/sea?limit=40" => said("[]"),
            "https://blog.example/tags/sea" => page(&offer("/tags/sea.xml", "Sea")),
            "https://blog.example/tags/sea.xml" => feed("blog.example", 1),
            url if url.contains("getProfile?actor=ada.example") => {
                said(r#"{"did":"did:plc:ada","handle":"ada.example"}"#)
            }
            url if url.contains("getProfile") => Reply { status: 400, ..said(r#"{"error":"InvalidRequest"}"#) },
            url if url.contains("getAuthorFeed?actor=did%3Aplc%3Aada") => said(r#"{"feed":[]}"#),
            "https://ada.example/" => return Err(NetError::Offline(format!("dns error: {NO_SUCH_NAME}"))),
            "https://slow.example/" => return Err(NetError::Slow("test".to_owned())),
            _ => Reply { status: 404, ..Reply::default() },
        };
        Ok(Reply { asked: request.url.clone(), url: request.url.clone(), ..reply })
    })
}

#[tokio::test]
async fn a_feed_is_followed_with_its_first_posts() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), world());
    let report = engine.add(" https://one.example/feed ", None, &[vec!["News".to_owned()]]).await.unwrap();
    let added = report.added.unwrap();
    assert_eq!((added.title.as_str(), added.posts, report.already), ("one.example", 4, false));
    assert!(added.posts_a_week.is_none() && added.last_post.is_some(), "a few posts of one hour tell no rate");
    let source = engine.store.sources().unwrap().remove(0);
    assert_eq!((Some(source.id), source.folders), (report.source, vec![Folder(vec!["News".to_owned()])]));
    assert_eq!(engine.store.size().unwrap().posts, 4);
}

#[tokio::test]
async fn a_page_with_one_feed_is_followed_at_the_feed_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), world());
    let report = engine.add("https://one.example/", None, &[]).await.unwrap();
    assert_eq!(report.added.unwrap().address, "https://one.example/feed");
    let again = engine.add("https://one.example/feed", None, &[]).await.unwrap();
    assert!(again.already && again.source == report.source);
    let by_page = engine.add("https://one.example/", None, &[]).await.unwrap();
    assert!(by_page.already && by_page.source == report.source);
    let by_http = engine.add("http://one.example/feed", None, &[]).await.unwrap();
    assert!(by_http.already && by_http.source == report.source);
    assert_eq!(engine.store.size().unwrap().posts, 4);
}

#[tokio::test]
async fn a_page_with_several_feeds_gives_them_to_choose_from() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), world());
    let asked = engine.add("https://two.example/", None, &[]).await.unwrap();
    assert_eq!((asked.added, asked.source), (None, None));
    let found: Vec<_> = asked.found.iter().map(|found| (found.address.as_str(), found.posts)).collect();
    assert_eq!(found, [("https://two.example/posts", 3), ("https://two.example/comments", 1)]);
    assert!(engine.store.sources().unwrap().is_empty());
    let chosen = engine.add("https://two.example/", Some(0), &[]).await.unwrap();
    assert_eq!(chosen.added.unwrap().address, "https://two.example/posts");
    let later = engine.add("https://two.example/", None, &[]).await.unwrap();
    assert_eq!(later.found.iter().map(|found| found.followed).collect::<Vec<_>>(), [true, false]);
    let beyond = engine.add("https://two.example/", Some(2), &[]).await.unwrap_err();
    assert_eq!(beyond.code, Code::BadInput);
}

#[tokio::test]
async fn a_site_that_only_speaks_http_is_found_when_no_scheme_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), world());
    let report = engine.add("old.example", None, &[]).await.unwrap();
    assert_eq!(report.added.unwrap().address, "http://old.example/feed");
    let insisted = engine.add("https://old.example", None, &[]).await.unwrap_err();
    assert_eq!(insisted.detail.key, "problem.no_answer.unreachable");
}

#[tokio::test]
async fn choices_say_their_format() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), world());
    let report = engine.look_at("https://two.example/").await.unwrap();
    let formats: Vec<_> = report.found.iter().map(|found| found.format.as_deref()).collect();
    assert_eq!(formats, [Some("RSS"), Some("RSS")]);
}

#[tokio::test]
async fn what_cannot_be_followed_is_named_and_nothing_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), world());
    let cases = [
        ("not an address at all", Code::AddressUnknown),
        ("ftp://one.example/feed", Code::AddressUnknown),
        ("https://none.example/", Code::NothingFound),
        ("https://one.example/missing", Code::NothingFound),
        ("https://slow.example/", Code::NoAnswer),
    ];
    for (typed, code) in cases {
        let problem = engine.add(typed, None, &[]).await.unwrap_err();
        assert_eq!(problem.code, code, "{typed}");
        assert_eq!(problem.detail.values.get("input"), Some(&typed.into()), "{typed}");
    }
    assert!(engine.store.sources().unwrap().is_empty());
}

#[tokio::test]
async fn a_public_page_offers_nothing_of_the_readers_own_network() {
    let folder = tempfile::tempdir().unwrap();
    let net = Replay::answering(|request| {
        let reply = match request.url.as_str() {
            "https://bad.example/" => page(
                &(offer("http://192.168.1.1/reboot", "Router") + &offer("http://nas/feed", "Nas") + &offer("/a", "A")),
            ),
            "https://bad.example/a" => feed("bad.example", 1),
            inside => {
                assert!(!inside.contains("192.168") && !inside.contains("//nas/"), "asked {inside}");
                Reply { status: 404, ..Reply::default() }
            }
        };
        Ok(Reply { asked: request.url.clone(), url: request.url.clone(), ..reply })
    });
    let engine = engine(folder.path(), net);
    let report = engine.add("https://bad.example/", None, &[]).await.unwrap();
    let found: Vec<&str> = report.found.iter().map(|found| found.address.as_str()).collect();
    assert_eq!(found, ["https://bad.example/a"]);
}

#[tokio::test]
async fn a_domain_that_has_no_feed_may_be_somebodys_handle() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), world());
    let found = engine.look_at("ada.example").await.unwrap().found;
    assert_eq!(
        (found[0].kind.as_str(), found[0].address.as_str()),
        ("bluesky", "https://bsky.app/profile/ada.example")
    );
    // Nobody's: what is said is what was said of the site. Who names the page means the page.
    for typed in ["none.example", "https://ada.example/"] {
        let problem = engine.look_at(typed).await.unwrap_err();
        assert_ne!(problem.detail.key, "problem.nothing_found.not_found", "{typed}: {problem}");
    }
    let added = engine.add("one.example", None, &[]).await.unwrap().added.unwrap();
    assert_eq!(added.kind, "feed", "a site with a feed is that site");
}

#[tokio::test]
async fn a_page_of_tags_is_a_tag_where_its_server_says_so_and_a_page_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), world());
    for (typed, kind, address) in [
        ("https://fedi.example/tags/Sea", "mastodon", "https://fedi.example/api/v1/timelines/tag/sea"),
        ("https://blog.example/tags/sea", "feed", "https://blog.example/tags/sea.xml"),
    ] {
        let found = engine.look_at(typed).await.unwrap().found;
        assert_eq!((found[0].kind.as_str(), found[0].address.as_str()), (kind, address), "{typed}");
    }
}
