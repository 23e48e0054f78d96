//! Everyone who speaks with the fediverse without being Mastodon, Bluesky, and Lemmy, through the test-only transport.
//! The replies are written here, of the shape that each sends.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use pepites_tests::serve::{Answer, Loopback};
use serde_json::{Value, json};

use super::world::{Scratch, list};

/// A web of addresses and answers that a test changes as it goes; what is not there is a 404.
struct Web {
    pages: Arc<Mutex<BTreeMap<String, Answer>>>,
    asked: Arc<Mutex<Vec<String>>>,
    server: Loopback,
}

impl Web {
    fn new() -> Self {
        let (pages, asked) = (Arc::<Mutex<BTreeMap<String, Answer>>>::default(), Arc::<Mutex<Vec<String>>>::default());
        let (shown, noted) = (Arc::clone(&pages), Arc::clone(&asked));
        let server = Loopback::start(Arc::new(move |request, _| {
            let url = request.headers.get("x-original-url").cloned().unwrap_or_default();
            noted.lock().unwrap().push(if request.method == "GET" {
                url.clone()
            } else {
                format!("{} {url}", request.method)
            });
            let shown = shown.lock().unwrap();
            shown
                .get(&format!("{} {url}", request.method))
                .or_else(|| shown.get(&url))
                .cloned()
                .unwrap_or_else(|| Answer::status(404))
        }))
        .unwrap();
        Self { pages, asked, server }
    }

    fn put(&self, url: &str, answer: Answer) {
        self.pages.lock().unwrap().insert(url.to_owned(), answer);
    }

    fn say(&self, url: &str, value: &Value) {
        self.put(url, Answer::ok("application/json", value.to_string()));
    }

    /// What was asked since the last time.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    fn run(&self, scratch: &Scratch, arguments: &[&str]) -> Value {
        scratch.json(&[&["--via", &self.server.url("")], arguments].concat())
    }

    /// What is said of something that cannot be done.
    fn refused(&self, scratch: &Scratch, arguments: &[&str]) -> String {
        let said = scratch.run(&[&["--via", &self.server.url("")], arguments].concat());
        assert_ne!(said.code, 0, "{said:?}");
        said.err
    }
}

fn titles(scratch: &Scratch) -> Vec<String> {
    let lines = scratch.json(&["unread"]);
    let mut titles: Vec<String> = list(&lines).iter().map(|line| line["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

fn rss(words: &str) -> Answer {
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>Ada</title><item><guid isPermaLink=\"false\">n1</guid><link>https://kin.example/n/1</link>\
         <pubDate>Sun, 22 Nov 2026 08:00:00 +0000</pubDate><description>{words}</description></item></channel></rss>"
    );
    Answer::ok("application/rss+xml", feed)
}

fn atom(words: &str) -> Answer {
    let feed = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Ada</title><id>https://kin.example/users/ada</id><updated>2026-11-22T08:00:00Z</updated>\
         <entry><id>https://kin.example/p/ada/1</id><title>{words}</title><updated>2026-11-22T08:00:00Z</updated>\
         <link rel=\"alternate\" href=\"https://kin.example/p/ada/1\"/><content type=\"html\">{words}</content></entry></feed>"
    );
    Answer::ok("application/atom+xml", feed)
}

fn page_naming(feed: &str, kind: &str) -> Answer {
    let html =
        format!("<html><head><title>Ada</title><link rel=\"alternate\" type=\"{kind}\" href=\"{feed}\"></head></html>");
    Answer::ok("text/html; charset=utf-8", html)
}

/// WebFinger of someone whose server is the domain itself.
fn fingered(web: &Web) {
    let links = json!([{ "rel": "self", "type": "application/activity+json", "href": "https://kin.example/users/ada" },
                       { "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": "https://kin.example/@ada" }]);
    let finger = json!({ "subject": "acct:ada@kin.example", "links": links });
    web.say("https://kin.example/.well-known/webfinger?resource=acct:ada@kin.example", &finger);
}

/// What a server without that API, or with one for members only, answers to it.
fn closed(web: &Web, status: u16) {
    let body = json!({ "error": "Unauthorized: token not supplied" }).to_string();
    let answer = Answer::ok("application/json", body).status_of(status);
    web.put("https://kin.example/api/v1/accounts/lookup?acct=ada", answer);
}

#[test]
fn kin_without_that_api_is_followed_by_the_feed_of_the_profile_and_then_asked_for_it_alone() {
    const RSS: &str = "application/rss+xml";
    const ATOM: &str = "application/atom+xml";
    // The software, what its API says, where its feed is, what names it there.
    for (software, api, feed, kind, named_by) in [
        ("Misskey", 404, "https://kin.example/@ada.rss", RSS, None),
        ("Pixelfed", 403, "https://kin.example/users/ada.atom", ATOM, Some("https://kin.example/@ada")),
        (
            "PeerTube",
            404,
            "https://kin.example/feeds/videos.xml?videoChannelId=3",
            RSS,
            Some("https://kin.example/@ada"),
        ),
        ("GoToSocial", 401, "https://kin.example/@ada/feed.rss", RSS, Some("https://kin.example/@ada")),
        ("WordPress", 404, "https://kin.example/author/ada/feed/", RSS, Some("https://kin.example/@ada")),
    ] {
        let (scratch, web) = (Scratch::new(), Web::new());
        fingered(&web);
        closed(&web, api);
        let words = format!("A note from {software}");
        web.put(feed, if kind == ATOM { atom(&words) } else { rss(&words) });
        if let Some(page) = named_by {
            web.put(page, page_naming(feed, kind));
        }
        let added = web.run(&scratch, &["add", "@ada@kin.example"]);
        assert_eq!(
            (&added["added"]["kind"], &added["added"]["posts"]),
            (&"mastodon".into(), &1.into()),
            "{software}: {added}"
        );
        assert_eq!(titles(&scratch), [words], "{software}");
        web.asked();
        // An API that opened, or closed for good, is not knocked at each time.
        let report = web.run(&scratch, &["refresh"]);
        assert_eq!((web.asked(), &report["new_posts"]), (vec![feed.to_owned()], &0.into()), "{software}: {report}");
    }
}

const LOOKUP: &str = "https://social.example/api/v1/accounts/lookup?acct=ada";
const STATUSES: &str = "https://social.example/api/v1/accounts/7/statuses?exclude_replies=true&limit=40";

fn status(id: u32, html: &str) -> Value {
    json!({ "id": id.to_string(), "url": format!("https://social.example/@ada/{id}"), "content": html,
            "created_at": format!("2026-11-22T08:{:02}:{:02}Z", id / 60, id % 60),
            "account": { "id": "7", "acct": "ada", "display_name": "Ada", "url": "https://social.example/@ada" } })
}

/// Someone on Mastodon with these statuses.
fn masto(web: &Web, statuses: &[Value]) {
    web.say(LOOKUP, &json!({ "id": "7", "acct": "ada", "display_name": "Ada", "url": "https://social.example/@ada" }));
    web.say(STATUSES, &Value::Array(statuses.to_vec()));
}

#[test]
fn malformed_replies_lose_nothing_and_are_said_to_be_so() {
    let (scratch, web) = (Scratch::new(), Web::new());
    masto(&web, &[status(2, "<p>Two</p>"), json!({ "id": 1, "content": ["no text"] }), json!(7), json!(null)]);
    let added = web.run(&scratch, &["add", "@ada@social.example"]);
    assert_eq!(added["added"]["posts"], 1, "what can be read is: {added}");
    for broken in ["[{\"id\": \"3\", \"content\": ", "{\"error\": \"x\"}", "<html>Busy</html>", ""] {
        web.put(STATUSES, Answer::ok("application/json", broken));
        let report = web.run(&scratch, &["refresh"]);
        assert_eq!(list(&report["failed"])[0]["trouble"]["key"], "trouble.not_understood", "{broken}: {report}");
        assert_eq!(titles(&scratch), ["Two"], "{broken}");
    }
    web.say(STATUSES, &json!([status(3, "<p>Three</p>"), status(2, "<p>Two</p>")]));
    let report = web.run(&scratch, &["refresh"]);
    assert_eq!((titles(&scratch), list(&report["failed"]).len()), (vec!["Three".to_owned(), "Two".to_owned()], 0));
}

#[test]
fn a_reply_that_lies_about_its_paging_is_not_followed_in_circles() {
    let (scratch, web) = (Scratch::new(), Web::new());
    masto(&web, &[status(2, "<p>Two</p>")]);
    web.run(&scratch, &["add", "@ada@social.example"]);
    let newest: Vec<Value> = (100..140).rev().map(|id| status(id, &format!("<p>Note {id}</p>"))).collect();
    web.say(STATUSES, &Value::Array(newest));
    let above = format!("{STATUSES}&min_id=2");
    let same = json!([status(3, "<p>Three</p>")]).to_string();
    for (lie, body) in [
        (format!("<{above}>; rel=\"prev\""), same.clone()),
        ("<https://evil.example/api/v1/accounts/7/statuses?min_id=3>; rel=\"prev\"".to_owned(), same.clone()),
        (format!("<{above}>; rel=\"prev\""), "[]".to_owned()),
    ] {
        web.put(&above, Answer::ok("application/json", body.clone()).with("link", &lie));
        web.put(&format!("{STATUSES}&min_id=3"), Answer::ok("application/json", body).with("link", &lie));
        web.asked();
        web.run(&scratch, &["refresh"]);
        let asked = web.asked();
        assert!(asked.len() <= 3 && asked.iter().all(|url| !url.contains("evil")), "{lie}: {asked:?}");
    }
    assert!(titles(&scratch).contains(&"Note 139".to_owned()));
}

const PROFILE: &str = "https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=ada.bsky.social";
const DID: &str = "did:plc:ada";

fn author_feed(cursor: Option<&str>) -> String {
    let page = "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed?actor=did%3Aplc%3Aada&filter=posts_and_author_threads&limit=50";
    cursor.map_or(page.to_owned(), |cursor| format!("{page}&cursor={cursor}"))
}

fn skeet(number: u32) -> Value {
    let at = format!("2026-11-{:02}T{:02}:{:02}:00.000Z", 19 + number / 1000, number / 60 % 24, number % 60);
    json!({ "post": { "uri": format!("at://{DID}/app.bsky.feed.post/{number}"), "cid": "c", "indexedAt": at,
        "author": { "did": DID, "handle": "ada.bsky.social", "displayName": "Ada" },
        "record": { "$type": "app.bsky.feed.post", "text": format!("Skeet number {number}"), "createdAt": at } } })
}

/// Someone with these posts, newest first, on pages of fifty.
fn bluesky(web: &Web, numbers: &[u32]) {
    let profile = json!({ "did": DID, "handle": "ada.bsky.social", "displayName": "Ada", "labels": [] });
    web.say(PROFILE, &profile);
    let pages: Vec<&[u32]> = numbers.chunks(50).collect();
    for (at, page) in pages.iter().enumerate() {
        let feed: Vec<Value> = page.iter().map(|number| skeet(*number)).collect();
        let below = (at + 1 < pages.len()).then(|| format!("p{}", at + 1));
        let said = json!({ "feed": feed, "cursor": below });
        let cursor = (at > 0).then(|| format!("p{at}"));
        web.say(&author_feed(cursor.as_deref()), &said);
    }
}

#[test]
fn someone_on_bluesky_is_caught_up_with_without_a_gap_after_three_days() {
    let (scratch, web) = (Scratch::new(), Web::new());
    bluesky(&web, &[3, 2, 1]);
    let added = web.run(&scratch, &["add", "ada.bsky.social"]);
    assert_eq!((&added["added"]["kind"], &added["added"]["posts"]), (&"bluesky".into(), &3.into()), "{added}");
    web.asked();
    bluesky(&web, &(1..=180).rev().collect::<Vec<_>>());
    let report = web.run(&scratch, &["refresh"]);
    assert_eq!((&report["new_posts"], web.asked().len()), (&177.into(), 4), "{report}");
    let report = web.run(&scratch, &["refresh"]);
    assert_eq!((&report["new_posts"], web.asked().len()), (&0.into(), 1), "{report}");
    // What is taken back there goes here.
    bluesky(&web, &(1..=180).rev().filter(|number| *number != 179).collect::<Vec<_>>());
    web.run(&scratch, &["refresh"]);
    let kept = titles(&scratch);
    assert_eq!((kept.len(), kept.contains(&"Skeet number 179".to_owned())), (179, false));
}

#[test]
fn who_left_bluesky_shows_nothing_to_guests_or_pages_in_circles_is_handled() {
    let (scratch, web) = (Scratch::new(), Web::new());
    let error = |name: &str| {
        Answer::ok("application/json", json!({ "error": name, "message": "x" }).to_string()).status_of(400)
    };
    for (answer, said) in [
        (error("AccountTakedown"), "suspended"),
        (error("AccountDeactivated"), "suspended"),
        (
            Answer::ok(
                "application/json",
                json!({ "did": DID, "handle": "ada.bsky.social",
            "labels": [{ "val": "!no-unauthenticated" }] })
                .to_string(),
            ),
            "members",
        ),
    ] {
        web.put(PROFILE, answer);
        let shown = web.refused(&scratch, &["add", "ada.bsky.social"]);
        assert!(shown.contains(said), "{said}: {shown}");
    }
    bluesky(&web, &[3, 2, 1]);
    web.run(&scratch, &["add", "ada.bsky.social"]);
    // A page whose cursor leads to itself.
    let feed: Vec<Value> = (100..150).rev().map(skeet).collect();
    let page = json!({ "feed": feed, "cursor": "again" });
    web.say(&author_feed(None), &page);
    web.say(&author_feed(Some("again")), &page);
    web.asked();
    let report = web.run(&scratch, &["refresh"]);
    assert_eq!((&report["new_posts"], web.asked().len()), (&50.into(), 2), "{report}");
    web.put(&author_feed(None), Answer::ok("application/json", "{\"feed\": [{\"post\""));
    let report = web.run(&scratch, &["refresh"]);
    assert_eq!(list(&report["failed"])[0]["trouble"]["key"], "trouble.not_understood", "{report}");
    assert_eq!(titles(&scratch).len(), 53, "nothing is lost by it");
}

#[test]
fn a_community_of_lemmy_is_followed_and_what_it_points_to_joins_the_story() {
    let (scratch, web) = (Scratch::new(), Web::new());
    let posts = "https://lemmy.example/api/v3/post/list?community_name=sea&sort=New&limit=50";
    let post = |id: u32, name: &str, more: Value| {
        let mut post = json!({ "name": name, "ap_id": format!("https://lemmy.example/post/{id}"), "published": "2026-11-22T08:00:00Z" });
        post.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "post": post, "creator": { "name": "bo" }, "community": { "title": "The Sea", "actor_id": "https://lemmy.example/c/sea" } })
    };
    let all = json!({ "posts": [post(2, "Tides explained", json!({ "url": "https://a.example/tides" })), post(1, "Hello", json!({}))] });
    web.say(posts, &all);
    let added = web.run(&scratch, &["add", "!sea@lemmy.example"]);
    assert_eq!((&added["added"]["kind"], &added["added"]["title"]), (&"lemmy".into(), &"The Sea".into()), "{added}");
    assert_eq!(titles(&scratch), ["Hello", "Tides explained"]);
    web.put(posts, Answer::ok("application/json", "{\"posts\": ["));
    let report = web.run(&scratch, &["refresh"]);
    assert_eq!(list(&report["failed"])[0]["trouble"]["key"], "trouble.not_understood", "{report}");
    web.say(posts, &json!({ "posts": [post(2, "Tides, explained anew", json!({})), post(1, "Hello", json!({ "removed": true }))] }));
    let report = web.run(&scratch, &["refresh"]);
    assert_eq!(report["edited_posts"], 1, "{report}");
}

#[test]
fn a_short_link_joins_the_story_that_it_leads_to_and_its_page_is_never_fetched() {
    let (scratch, web) = (Scratch::new(), Web::new());
    let article = "https://news.example/boats/harbour-reopens";
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>News</title><link>https://news.example/</link><item><title>Harbour reopens after the storm of the year</title>\
         <link>{article}?id=7</link><pubDate>Sun, 22 Nov 2026 08:00:00 +0000</pubDate><description>Ferries sail again.</description></item></channel></rss>"
    );
    web.put("https://news.example/feed", Answer::ok("application/rss+xml", feed));
    let to = |address: &str| Answer::status(301).with("location", address);
    web.put("https://t.co/abc", to("https://bit.ly/xyz"));
    // One that knows no HEAD is asked by a GET that reads nothing.
    web.put("HEAD https://bit.ly/xyz", Answer::status(405));
    web.put("https://bit.ly/xyz", to(&format!("{article}?utm_source=t.co&id=7&fbclid=9")));
    web.put("https://t.co/private", to("http://192.168.1.1/restart"));
    let links = "<p>Read this: <a href=\"https://t.co/abc\">t.co/abc</a></p>";
    masto(
        &web,
        &[
            status(3, links),
            status(2, "<p>No: <a href=\"https://t.co/private\">t.co/private</a></p>"),
            status(1, "<p>Gone: <a href=\"https://t.co/gone\">t.co/gone</a></p>"),
        ],
    );
    web.run(&scratch, &["add", "https://news.example/feed"]);
    web.run(&scratch, &["add", "@ada@social.example"]);
    let asked = web.asked();
    let short: Vec<&str> =
        asked.iter().filter(|url| url.contains("t.co") || url.contains("bit.ly")).map(String::as_str).collect();
    let mut sorted = short.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            "HEAD https://bit.ly/xyz",
            "HEAD https://t.co/abc",
            "HEAD https://t.co/gone",
            "HEAD https://t.co/private",
            "https://bit.ly/xyz"
        ]
    );
    assert!(asked.iter().all(|url| !url.contains("harbour-reopens") && !url.contains("192.168")), "{asked:?}");
    let digest = scratch.json(&["today"]);
    let entry = list(&digest["entries"])
        .iter()
        .find(|entry| entry["face"]["title"] == "Harbour reopens after the storm of the year");
    let relays = list(&entry.unwrap()["relays"]);
    assert_eq!(
        relays.iter().map(|relay| relay["author"].as_str().unwrap()).collect::<Vec<_>>(),
        ["Ada (@ada@social.example)"]
    );
    // What is known is not asked again, edited or not.
    masto(&web, &[status(3, &links.replace("Read", "Do read"))]);
    let report = web.run(&scratch, &["refresh"]);
    assert_eq!(report["edited_posts"], 1, "{report}");
    assert!(web.asked().iter().all(|url| !url.contains("t.co") && !url.contains("bit.ly")));
}
