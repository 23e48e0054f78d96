//! What a person types, and what is found there: every host of the web played by one loopback server.

use std::sync::Arc;

use pepites_tests::serve::{Answer, Loopback};

use super::world::{Scratch, feed, list, rss};

/// Address asked, what is there: `feed NAME`, or a page.
const WEB: &[(&str, &str)] = &[
    ("https://plain.example/rss.xml", "feed plain"),
    ("https://site.example/", "<html><head><link rel=alternate type='application/atom+xml' href=/a.xml></head></html>"),
    ("https://site.example/a.xml", "feed site"),
    ("https://site.example/2026/post", "<html><link rel=alternate type='application/rss+xml' href=/a.xml><article>x"),
    ("https://quiet.example/2026/post", "<html><article>The post says nothing of a feed."),
    ("https://quiet.example/", "<html><link rel=alternate type='application/feed+json' href=/all.json>"),
    ("https://quiet.example/all.json", "feed front"),
    ("http://plain.example/rss.xml", "feed plain"),
    (
        "https://ada.beehiiv.com/",
        "<html><link rel=alternate type='application/rss+xml' href='https://rss.beehiiv.com/feeds/Ab1.xml'>",
    ),
    ("https://rss.beehiiv.com/feeds/Ab1.xml", "feed beehiiv"),
    (
        "https://www.letter.example/p/one",
        "<html><link rel=alternate type='application/rss+xml' href=/feed title=Letter>",
    ),
    ("https://www.letter.example/feed", "feed own-domain"),
    (
        "https://press.example/a-post/",
        "<html><link rel=alternate type='application/rss+xml' title='Press' href='https://press.example/feed/'><link rel=alternate type='application/json' href='https://press.example/wp-json/wp/v2/posts/1'>",
    ),
    ("https://press.example/feed/", "feed press"),
    ("https://www.youtube.com/watch?v=1", "<html><meta itemprop=identifier content=UC1><p>"),
    ("https://www.youtube.com/feeds/videos.xml?user=maker", "feed user"),
    ("https://www.reddit.com/user/ada/.rss", "feed redditor"),
    ("https://github.com/one.atom", "feed owner"),
    ("https://silent.example/", "<html><p>Nothing is declared."),
    ("https://silent.example/feed", "feed silent"),
    ("https://www.youtube.com/feeds/videos.xml?channel_id=UC1", "feed channel"),
    ("https://www.youtube.com/feeds/videos.xml?playlist_id=PL1", "feed playlist"),
    ("https://www.youtube.com/@maker", "<html><link rel=canonical href='https://www.youtube.com/channel/UC1'><p>"),
    ("https://www.reddit.com/r/bees/.rss", "feed subreddit"),
    ("https://github.com/one/two/releases.atom", "feed releases"),
    ("https://github.com/one/two/commits/main.atom", "feed commits"),
    ("https://github.com/one/two/tags.atom", "feed tags"),
    (
        "https://itunes.apple.com/lookup?id=42&entity=podcast",
        r#"{"results": [{"collectionName": "Hive", "feedUrl": "https://hive.example/feed.xml"}]}"#,
    ),
    ("https://hive.example/feed.xml", "feed podcast"),
    ("https://buttondown.com/weekly/rss", "feed newsletter"),
    ("https://medium.com/feed/@ada", "feed medium"),
    ("https://ada.substack.com/feed", "feed substack"),
    ("https://ada.wordpress.com/feed/", "feed wordpress"),
    ("https://ada.blogspot.com/feeds/posts/default", "feed blogger"),
    (
        "https://ghost.example/",
        "<html><link rel=alternate type='application/rss+xml' href='https://ghost.example/rss/'>",
    ),
    ("https://ghost.example/rss/", "feed ghost"),
    ("https://social.example/@ada.rss", "feed mastodon"),
];

#[test]
fn every_sort_of_address_leads_to_its_feed() {
    let server = Loopback::start(Arc::new(|asked, _| {
        let wanted = asked.headers.get("x-original-url").map(String::as_str).unwrap_or_default();
        match WEB.iter().find(|(address, _)| *address == wanted) {
            Some((_, what)) => match what.strip_prefix("feed ") {
                Some(name) => rss(feed(name, &["One post", "Another"])),
                None if what.starts_with('{') => Answer::ok("text/javascript", *what),
                None => Answer::ok("text/html", *what),
            },
            None => Answer::status(404),
        }
    }))
    .unwrap();
    let via = server.url("");
    for (typed, title) in [
        ("https://plain.example/rss.xml", "plain"),
        ("plain.example/rss.xml", "plain"),
        ("feed://plain.example/rss.xml", "plain"),
        ("feed:https://plain.example/rss.xml", "plain"),
        ("site.example", "site"),
        ("https://site.example/2026/post", "site"),
        ("https://quiet.example/2026/post", "front"),
        ("silent.example", "silent"),
        ("https://www.youtube.com/watch?v=1", "channel"),
        ("https://www.youtube.com/user/maker", "user"),
        ("old.reddit.com/u/ada", "redditor"),
        ("https://github.com/one", "owner"),
        ("ada.beehiiv.com", "beehiiv"),
        ("https://www.letter.example/p/one", "own-domain"),
        ("https://press.example/a-post/", "press"),
        ("https://social.example/@ada", "mastodon"),
        ("https://www.youtube.com/channel/UC1/videos", "channel"),
        ("https://www.youtube.com/@maker", "channel"),
        ("https://youtube.com/playlist?list=PL1", "playlist"),
        ("reddit.com/r/bees", "subreddit"),
        ("github.com/one/two", "releases"),
        ("https://github.com/one/two/commits/main", "commits"),
        ("https://github.com/one/two/tags", "tags"),
        ("https://podcasts.apple.com/fr/podcast/hive/id42", "podcast"),
        ("https://buttondown.com/weekly/archive/3/", "newsletter"),
        ("https://medium.com/@ada", "medium"),
        ("https://ada.substack.com/p/a-letter", "substack"),
        ("ada.wordpress.com", "wordpress"),
        ("https://ada.blogspot.com/2026/02/a.html", "blogger"),
        ("ghost.example", "ghost"),
        ("@ada@social.example", "mastodon"),
    ] {
        let scratch = Scratch::new();
        let said = scratch.json(&["--via", &via, "add", typed]);
        assert_eq!(said["added"]["title"], title, "{typed}: {said}");
        assert_eq!(said["added"]["posts"], 2, "{typed}: {said}");
    }
}

#[test]
fn several_feeds_are_shown_with_what_helps_to_choose() {
    let server =
        Loopback::start(Arc::new(|asked, _| match asked.headers.get("x-original-url").map(String::as_str) {
            Some("https://two.example/") => Answer::ok(
                "text/html",
                "<html><link rel=alternate type='application/rss+xml' href=/rss><link rel=alternate type='application/feed+json' href=/json>",
            ),
            Some("https://two.example/rss") => rss(
                "<rss><channel><title>Bees</title>
                <item><title>C</title><link>/3</link><pubDate>Sun, 22 Nov 2026 12:00:00 GMT</pubDate></item>
                <item><title>B</title><link>/2</link><pubDate>Thu, 19 Nov 2026 00:00:00 GMT</pubDate></item>
                <item><title>A</title><link>/1</link><pubDate>Sun, 15 Nov 2026 12:00:00 GMT</pubDate></item>
                </channel></rss>",
            ),
            Some("https://two.example/json") => Answer::ok(
                "application/feed+json",
                r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Wasps", "items": []}"#,
            ),
            _ => Answer::status(404),
        }))
        .unwrap();
    let scratch = Scratch::new();
    let said = scratch.run(&["--via", &server.url(""), "add", "two.example"]);
    assert_eq!(said.code, 3, "nothing was followed: {said:?}");
    let shown = "  1  Bees
     https://two.example/rss
     RSS · 3 posts · 2 posts a week · newest 1 day ago
  2  Wasps
     https://two.example/json
     JSON Feed · 0 posts
There are several things to follow at two.example; nothing was added.
";
    assert!(said.out.starts_with(shown), "{}", said.out);
}

#[test]
fn a_page_without_a_feed_is_previewed_followed_exported_and_followed_again() {
    let page = "<html><head><title>Town hall</title></head><ul class=news>
        <li><h3>Bridge closed</h3><a href=/news/1>read</a><time datetime=2026-11-20></time><p>Until May.</p>
        <li><h3>New market</h3><a href=/news/2>read</a><time datetime=2026-11-22></time><p>On Sundays.</p></ul></html>";
    let server =
        Loopback::start(Arc::new(move |asked, _| match asked.headers.get("x-original-url").map(String::as_str) {
            Some("https://town.example/news") => Answer::ok("text/html", page),
            _ => Answer::status(404),
        }))
        .unwrap();
    let via = server.url("");
    let scratch = Scratch::new();
    let parts = ["--item", ".news li", "--title", "h3", "--date", "time", "--text", "p"];
    let preview = scratch.json(&[&["--via", &via, "preview", "town.example/news"], &parts[..]].concat());
    let entries = list(&preview["entries"]);
    assert_eq!(entries.len(), 2, "{preview}");
    assert_eq!((&entries[0]["title"], &entries[0]["lead"]), (&"Bridge closed".into(), &"Until May.".into()));
    assert_eq!(list(&scratch.json(&["sources"])).len(), 0, "a preview follows nothing");

    let address = preview["address"].as_str().unwrap();
    let added = scratch.json(&["--via", &via, "add", address]);
    assert_eq!((&added["added"]["kind"], &added["added"]["title"]), (&"list".into(), &"Town hall".into()), "{added}");
    let report = scratch.json(&["--via", &via, "refresh"]);
    assert_eq!(list(&report["failed"]).len(), 0, "{report}");

    let exported = scratch.run(&["export"]).out;
    let other = Scratch::new();
    let imported = other.json(&["import", &other.file("lists.opml", exported)]);
    assert_eq!(list(&imported["added"]).len(), 1, "{imported}");
    let sources = other.json(&["sources"]);
    assert_eq!((&sources[0]["kind"], &sources[0]["address"]), (&"list".into(), &address.into()), "{sources}");

    let wrong = scratch.run(&["--via", &via, "preview", "town.example/news", "--item", "li >> ["]);
    assert_eq!(wrong.code, 2, "{wrong:?}");
}
