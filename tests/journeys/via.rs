//! The test-only transport: every host of the web played by one loopback server.

use std::sync::Arc;

use pepites_tests::serve::{Answer, Loopback};

use super::world::{Scratch, feed, list, rss};

#[test]
fn every_request_goes_to_the_loopback_server_with_the_address_it_was_for() {
    let scratch = Scratch::new();
    let server = Loopback::start(Arc::new(|asked, _| {
        match asked.headers.get("x-original-url").map(String::as_str) {
            Some("https://blog.example/") => Answer::ok(
                "text/html",
                "<html><head><title>Blog</title><link rel=alternate type='application/rss+xml' href='/feed.xml'></head></html>",
            ),
            Some("https://blog.example/feed.xml") => rss(feed("blog", &["Written by hand", "Set in metal"])),
            Some("https://social.example/@ada.rss") => rss(feed("ada", &["A note on bees"])),
            _ => Answer::status(404),
        }
    }))
    .unwrap();
    let via = server.url("");
    let added = scratch.json(&["--via", &via, "add", "blog.example"]);
    assert_eq!(added["added"]["title"], "blog", "{added}");
    scratch.json(&["--via", &via, "add", "@ada@social.example"]);
    let sources = scratch.json(&["sources"]);
    let mut kinds: Vec<&str> = list(&sources).iter().map(|source| source["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["feed", "mastodon"]);
    let report = scratch.json(&["--via", &via, "refresh"]);
    assert_eq!(list(&report["failed"]).len(), 0, "{report}");

    for elsewhere in ["http://192.0.2.1:80", "https://127.0.0.1:1", "http://example.org"] {
        let said = scratch.run(&["--via", elsewhere, "refresh"]);
        assert_eq!(said.code, 2, "{elsewhere}: {said:?}");
    }
}
