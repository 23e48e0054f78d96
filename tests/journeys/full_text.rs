//! The full text of a post: fetched when it is asked for, kept for when there is no network, and the feed's text with a
//! word where it cannot be had.

use std::sync::Arc;

use pepites_tests::serve::{Answer, Loopback};

use super::world::{Scratch, feed, list, rss};

const TITLES: [&str; 8] = ["Whole", "Paid", "Closed", "Huge", "Film", "Home", "Moved", "Lost"];

/// An article of so many paragraphs in a page with what stands around it.
fn page(paragraphs: usize, head: &str) -> String {
    let paragraph =
        "The lighthouse keeper wrote every night what the sea had brought, and nobody read it until spring.";
    let text: String = (0..paragraphs).map(|number| format!("<p>{number} {paragraph}</p>")).collect();
    format!(
        "<html><head><title>x</title>{head}</head><body><nav><a href=/>Front page</a></nav><article>{text}\
         <p>See <a href=../map>the map</a> that the keeper drew, with every rock.<script>alert(1)</script></p></article></body></html>"
    )
}

fn web() -> Loopback {
    Loopback::start(Arc::new(|asked, _| {
        let html = |body: String| Answer::ok("text/html; charset=utf-8", body);
        let gate =
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>";
        match asked.headers.get("x-original-url").map(String::as_str) {
            Some("https://one.example/feed") => rss(feed("one", &TITLES)),
            Some("https://one.example/Whole" | "https://other.example/whole") => html(page(9, "")),
            Some("https://one.example/Paid") => html(page(2, gate)),
            Some("https://one.example/Closed") => Answer::status(403),
            Some("https://one.example/Huge") => html(page(1, "").replace("</nav>", &" ".repeat(7 << 20))),
            Some("https://one.example/Film") => Answer::ok("video/mp4", "ftyp"),
            Some("https://one.example/Home") => Answer::status(302).with("location", "http://192.168.1.1/restart"),
            Some("https://one.example/Moved") => Answer::status(301).with("location", "https://other.example/whole"),
            Some("http://192.168.1.1/restart") => html(page(9, "")),
            _ => Answer::status(404),
        }
    }))
    .unwrap()
}

fn number(scratch: &Scratch, title: &str) -> String {
    let posts = scratch.json(&["posts", "one"]);
    let post = list(&posts).iter().find(|post| post["title"] == title).unwrap();
    post["post"].to_string()
}

#[test]
fn the_full_text_is_fetched_once_kept_and_read_without_a_network() {
    let (scratch, server) = (Scratch::new(), web());
    let via = server.url("");
    scratch.json(&["--via", &via, "add", "https://one.example/feed"]);
    let whole = number(&scratch, "Whole");
    let feeds = scratch.run(&["read", &whole]);
    assert!(feeds.out.contains("in a few words") && !feeds.out.contains("lighthouse"), "{feeds:?}");

    let full = scratch.json(&["--via", &via, "read", "--full", &whole]);
    let post = &list(&full)[0];
    let html = post["html"].as_str().unwrap();
    assert!(html.contains("8 The lighthouse keeper") && html.contains("href=\"https://one.example/map\""), "{html}");
    assert!(!html.contains("script") && !html.contains("Front page"), "{html}");
    assert_eq!(post["is_full"], true);
    assert!(post["line"]["words"].as_u64().unwrap() > 150, "the reading time is that of the text shown: {post}");

    let asked = server.served();
    // Without `--via` there is no network that knows this host: what is kept is read.
    let kept = scratch.run(&["--via", "http://127.0.0.1:9", "read", "--full", &whole]);
    assert!(kept.code == 0 && kept.out.contains("8 The lighthouse keeper"), "{kept:?}");
    assert_eq!(server.served(), asked);
    let again = scratch.run(&["read", &whole]);
    assert!(again.out.contains("in a few words") && !again.out.contains("lighthouse"), "{again:?}");

    let moved = scratch.run(&["--via", &via, "read", "--full", &number(&scratch, "Moved")]);
    assert!(moved.code == 0 && moved.out.contains("https://other.example/map"), "{moved:?}");
}

#[test]
fn where_it_cannot_be_had_the_text_of_the_feed_is_shown_with_the_reason() {
    let (scratch, server) = (Scratch::new(), web());
    let via = server.url("");
    scratch.json(&["--via", &via, "add", "https://one.example/feed"]);
    let asked = server.served();
    let check = |via: &str, title: &str, word: &str| {
        let said = scratch.run(&["--via", via, "read", "--full", &number(&scratch, title)]);
        assert_eq!(said.code, 1, "{title}: {said:?}");
        assert!(said.err.contains(word), "{title}: {}", said.err);
        assert!(said.out.contains("in a few words") && !said.out.contains("lighthouse"), "{title}: {}", said.out);
    };
    check(&via, "Paid", "only to subscribers");
    check(&via, "Closed", "only to those with an account");
    check(&via, "Huge", "too large");
    check(&via, "Film", "no page to read");
    check(&via, "Home", "leads to an address that Pépites never asks");
    check(&via, "Lost", "one.example");
    assert_eq!(server.served(), asked + 6, "the own network was asked");
    check("http://127.0.0.1:9", "Whole", "one.example");
}

#[test]
fn a_source_whose_posts_are_opened_in_full_is_read_so_until_that_is_taken_back() {
    let (scratch, server) = (Scratch::new(), web());
    let via = server.url("");
    let added = scratch.json(&["--via", &via, "add", "https://one.example/feed"]);
    let source = added["source"].to_string();
    assert_eq!(scratch.json(&["full-text", &source])["full_text"], true);
    let said = scratch.run(&["--via", &via, "read", &number(&scratch, "Whole")]);
    assert!(said.code == 0 && said.out.contains("8 The lighthouse keeper"), "{said:?}");
    // Not asked for by hand: that it cannot be had is said, and is no failure.
    let said = scratch.run(&["--via", &via, "read", &number(&scratch, "Paid")]);
    assert!(said.code == 0 && said.err.contains("subscribers") && said.out.contains("in a few words"), "{said:?}");
    assert_eq!(scratch.json(&["full-text", "--undo", &source])["full_text"], false);
    let said = scratch.run(&["--via", &via, "read", &number(&scratch, "Whole")]);
    assert!(!said.out.contains("lighthouse"), "{said:?}");
    let none = scratch.run(&["full-text", "999"]);
    assert_eq!(none.code, 3, "{none:?}");
}
