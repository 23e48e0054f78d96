//! Takes a Bluesky made of a function, holds what visits to it ask and read.

use std::collections::BTreeSet;

use super::post;
use crate::{
    model::Reply,
    sources::script::{reply, source, visit},
};

#[test]
fn people_of_bluesky_are_known_by_handle_and_by_page() {
    for (typed, expected) in [
        ("https://bsky.app/profile/Name.Example.org", "bluesky https://bsky.app/profile/name.example.org"),
        ("https://bsky.app/profile/name.example.org/", "bluesky https://bsky.app/profile/name.example.org"),
        ("bsky.app/profile/did:plc:abc123", "bluesky https://bsky.app/profile/did:plc:abc123"),
        ("@name.bsky.social", "bluesky https://bsky.app/profile/name.bsky.social"),
        ("@name.example.org", "bluesky https://bsky.app/profile/name.example.org"),
        ("name.bsky.social", "bluesky https://bsky.app/profile/name.bsky.social"),
        ("https://name.bsky.social", "bluesky https://bsky.app/profile/name.bsky.social"),
        ("https://bsky.app/profile/name.example.org/rss", "feed https://bsky.app/profile/name.example.org/rss"),
        ("https://bsky.app/profile/name.example.org/post/3k", "feed https://bsky.app/profile/name.example.org/post/3k"),
        ("name.example.org", "feed https://name.example.org/"),
        ("https://bsky.app/profile/a.example.org/lists/3k", "bluesky https://bsky.app/profile/a.example.org/lists/3k"),
        ("at://did:plc:abc/app.bsky.feed.generator/sea", "bluesky https://bsky.app/profile/did:plc:abc/feed/sea"),
        ("https://bsky.app/start/a.example.org/3k", "bluesky https://bsky.app/starter-pack/a.example.org/3k"),
        ("at://did:plc:abc/app.bsky.feed.post/3k", "-"),
        ("@name", "-"),
    ] {
        let found = crate::sources::recognise(typed)
            .map_or("-".to_owned(), |found| format!("{} {}", found.kind, found.locator));
        assert_eq!(found, expected, "{typed}");
    }
}

const ADA: &str = "https://bsky.app/profile/ada.example.org";
const API: &str = "https://public.api.bsky.app/xrpc/";
const FEED: &str = "app.bsky.feed.getAuthorFeed?actor=did%3Aplc%3Aada&filter=posts_and_author_threads&limit=50";
const AUTHOR: &str = "{\"did\":\"did:plc:ada\",\"handle\":\"ada.example.org\",\"displayName\":\"Ada\"}";

fn entry(n: u32, more: &str) -> String {
    format!(
        "{{\"post\":{{\"uri\":\"at://did:plc:ada/app.bsky.feed.post/{n}\",\"author\":{AUTHOR},\
         \"indexedAt\":\"2026-11-{:02}T{:02}:{:02}:00Z\",\"record\":{{\"text\":\"Note {n}\"}}}}{more}}}",
        n / 1440 + 1,
        n / 60 % 24,
        n % 60
    )
}

/// Notes 1 to `last`, newest first, 50 a page, with the number of the last one as cursor.
fn server(url: &str, last: u32) -> Reply {
    if url.starts_with(&format!("{API}app.bsky.actor.getProfile")) {
        return reply(200, AUTHOR);
    }
    if !url.starts_with(&format!("{API}{FEED}")) {
        return reply(404, "");
    }
    let last = url.split("cursor=").nth(1).and_then(|cursor| cursor.parse().ok()).unwrap_or(last);
    let first = last.saturating_sub(49).max(1);
    let entries: Vec<String> = (first..=last).rev().map(|n| entry(n, "")).collect();
    reply(200, &format!("{{\"feed\":[{}],\"cursor\":\"{}\"}}", entries.join(","), first - 1))
}

#[test]
fn a_person_is_known_by_what_never_changes_and_caught_up_with() {
    let mut ada = source("bluesky", ADA);
    let (asked, batch) = visit(&mut ada, |url| server(url, 3));
    let batch = batch.unwrap();
    assert_eq!(asked, [format!("{API}app.bsky.actor.getProfile?actor=ada.example.org"), format!("{API}{FEED}")]);
    assert_eq!((batch.title.as_deref(), batch.site.as_deref(), batch.items.len()), (Some("Ada"), Some(ADA), 3));
    assert_eq!(batch.items[0].id.as_deref(), Some("at://did:plc:ada/app.bsky.feed.post/3"));
    assert_eq!(batch.pages.unwrap(), ["https://ada.example.org"], "a handle that is a domain proves the site");
    let (asked, batch) = visit(&mut ada, |url| server(url, 170));
    assert_eq!((asked.len(), batch.unwrap().items.len()), (4, 170));
    assert_eq!(visit(&mut ada, |url| server(url, 171)).0.len(), 1);
}

#[test]
fn what_is_too_much_for_one_visit_is_caught_up_with_by_the_next_ones() {
    let mut ada = source("bluesky", ADA);
    visit(&mut ada, |url| server(url, 3)).1.unwrap();
    let mut seen = BTreeSet::new();
    // More is written meanwhile; one visit fails.
    let lasts = [1_500, 1_510, 0, 1_700, 1_701, 1_702];
    for last in lasts {
        let (asked, batch) = visit(&mut ada, |url| if last > 0 { server(url, last) } else { reply(500, "") });
        assert!(asked.len() <= 12, "{asked:?}");
        seen.extend(batch.into_iter().flat_map(|batch| batch.items).filter_map(|item| item.id));
    }
    let missing = (4..=1_702).filter(|n| !seen.contains(&format!("at://did:plc:ada/app.bsky.feed.post/{n}"))).count();
    assert_eq!(missing, 0, "of 1699");
    assert_eq!(visit(&mut ada, |url| server(url, 1_703)).0.len(), 1, "and then there is no gap to look for");
}

#[test]
fn a_gap_whose_cursor_is_known_no_more_is_looked_for_from_the_top() {
    let mut ada = source("bluesky", ADA);
    visit(&mut ada, |url| server(url, 3)).1.unwrap();
    visit(&mut ada, |url| server(url, 600)).1.unwrap();
    assert!(ada.feed.as_deref().unwrap().contains("cursor="), "{:?}", ada.feed);
    let expired = |url: &str| if url.contains("cursor=") { reply(400, "{\"error\":\"X\"}") } else { server(url, 601) };
    assert_eq!(visit(&mut ada, expired).0.len(), 2);
    let mut seen = BTreeSet::new();
    for _ in 0..2 {
        let batch = visit(&mut ada, |url| server(url, 601)).1.unwrap();
        seen.extend(batch.items.into_iter().filter_map(|item| item.id));
    }
    assert!((4..=601).all(|n| seen.contains(&format!("at://did:plc:ada/app.bsky.feed.post/{n}"))), "{}", seen.len());
}

#[test]
fn a_cursor_that_leads_nowhere_ends_the_visit() {
    let mut ada = source("bluesky", ADA);
    visit(&mut ada, |url| server(url, 3)).1.unwrap();
    let (asked, batch) = visit(&mut ada, |_| server(&format!("{API}{FEED}"), 900));
    assert_eq!((asked.len(), batch.unwrap().items.len()), (2, 50));
}

#[test]
fn who_shows_themselves_to_members_only_is_not_shown() {
    let label = AUTHOR.replace("\"did\":", "\"labels\":[{\"val\":\"!no-unauthenticated\"}],\"did\":");
    let mut ada = source("bluesky", ADA);
    let (asked, read) = visit(&mut ada, |_| reply(200, &label));
    assert_eq!((asked.len(), read.unwrap_err().why.key.as_str()), (1, "trouble.members_only"));
    let page = format!("{{\"feed\":[{}]}}", entry(1, "").replace(AUTHOR, &label));
    let mut ada = source("bluesky", ADA);
    let (_, read) = visit(&mut ada, |url| if url.contains("getProfile") { server(url, 0) } else { reply(200, &page) });
    let batch = read.unwrap();
    assert_eq!(batch.items.len(), 0);
    assert_eq!(batch.notice.map(|notice| notice.key).as_deref(), Some("trouble.members_only"), "it is said");
    let gone = "{\"error\":\"AccountTakedown\",\"message\":\"Account has been suspended\"}";
    let (_, read) = visit(&mut source("bluesky", ADA), |_| reply(400, gone));
    assert_eq!(read.unwrap_err().why.key, "trouble.suspended");
}

#[test]
fn reposts_are_votes_and_what_is_said_to_others_is_left_out() {
    let by = "\"reason\":{\"$type\":\"app.bsky.feed.defs#reasonRepost\",\"indexedAt\":\"2026-11-20T00:00:00Z\",\
              \"by\":{\"did\":\"did:plc:bo\",\"handle\":\"bo.example\"}}";
    let repost = entry(1, &format!(",{by}"));
    let parent = "\"reply\":{\"parent\":{\"uri\":\"at://did:plc:bo/app.bsky.feed.post/7\"}},";
    let answer = entry(2, "").replace("\"text\":", &format!("{parent}\"text\":"));
    let thread = entry(4, "").replace(
        "\"text\":",
        &format!(
            "{},\"text\":",
            parent.trim_end_matches(',').replace("did:plc:bo/app.bsky.feed.post/7", "did:plc:ada/app.bsky.feed.post/3")
        ),
    );
    let pinned = entry(9, ",\"reason\":{\"$type\":\"app.bsky.feed.defs#reasonPin\"}");
    let page = format!("{{\"feed\":[{pinned},{repost},{answer},{thread},{}]}}", entry(3, ""));
    let mut ada = source("bluesky", ADA);
    let (_, read) = visit(&mut ada, |url| if url.contains("getProfile") { server(url, 0) } else { reply(200, &page) });
    let items = read.unwrap().items;
    let shown: Vec<_> = items.iter().map(|item| (item.note.boosted_by.as_deref(), item.note.also.len())).collect();
    assert_eq!(shown, [(Some("@bo.example"), 0), (None, 1)]);
}

#[test]
fn ranges_are_of_bytes_and_those_that_do_not_fit_are_text() {
    let rich = |text: &str, facets: &str| {
        let record = format!("{{\"text\":{},\"facets\":[{facets}]}}", serde_json::json!(text));
        post::rich(&serde_json::from_str(&record).unwrap()).0
    };
    let link = |start: u32, end: u32| {
        format!(
            "{{\"index\":{{\"byteStart\":{start},\"byteEnd\":{end}}},\"features\":[{{\
             \"$type\":\"app.bsky.richtext.facet#link\",\"uri\":\"https://a.example/?x=1&y\"}}]}}"
        )
    };
    let a = "<a href=\"https://a.example/?x=1&amp;y\">";
    assert_eq!(rich("👩‍👩‍👦 été <b>", &link(19, 24)), format!("<p>👩‍👩‍👦 {a}été</a> &lt;b&gt;</p>"));
    assert_eq!(rich("one\ntwo\n\nthree", ""), "<p>one<br>two</p><p>three</p>");
    for bad in [link(1, 2), link(2, 1), link(0, 99), link(0, 0)] {
        assert_eq!(rich("é!", &bad), "<p>é!</p>", "{bad}");
    }
    assert_eq!(rich("abcdef", &format!("{},{}", link(0, 3), link(2, 5))), format!("<p>{a}abc</a>def</p>"));
}

#[test]
fn lists_feeds_and_packs_are_sources() {
    let did = reply(200, "{\"did\":\"did:plc:ada\"}");
    let cases = [
        (
            "profile/ada.example.org/lists/3k",
            "getList?list=at%3A%2F%2Fdid%3Aplc%3Aada%2Fapp.bsky.graph.list%2F3k",
            "{\"list\":{\"uri\":\"at://x\",\"name\":\"N\"}}",
            "getListFeed?list=at%3A%2F%2Fx",
        ),
        (
            "profile/ada.example.org/feed/sea",
            "getFeedGenerator?feed=",
            "{\"view\":{\"uri\":\"at://x\",\"displayName\":\"N\"}}",
            "getFeed?feed=at%3A%2F%2Fx",
        ),
        (
            "starter-pack/ada.example.org/3k",
            "getStarterPack?starterPack=",
            "{\"starterPack\":{\"record\":{\"name\":\"N\"},\"list\":{\"uri\":\"at://x\"}}}",
            "getListFeed?list=at%3A%2F%2Fx",
        ),
    ];
    for (place, about, said, posts) in cases {
        let mut thing = source("bluesky", &format!("https://bsky.app/{place}"));
        let (asked, read) = visit(&mut thing, |url| match url {
            url if url.contains("resolveHandle") => did.clone(),
            url if url.contains(about) => reply(200, said),
            url if url.contains(posts) => server(&format!("{API}{FEED}"), 3),
            _ => reply(500, ""),
        });
        let batch = read.unwrap();
        assert_eq!((asked.len(), batch.title.as_deref(), batch.items.len()), (3, Some("N"), 3), "{asked:?}");
        assert_eq!(batch.whole, None);
    }
}

#[test]
fn where_the_network_is_walled_off_the_feed_is_read() {
    let rss = "<rss version='2.0'><channel><title>Ada</title><item><guid>at://did:plc:ada/app.bsky.feed.post/1</guid>\
               <description>One</description></item></channel></rss>";
    let walled = |url: &str| if url.ends_with("/rss") { reply(200, rss) } else { reply(403, "<html>") };
    let mut ada = source("bluesky", ADA);
    let (asked, read) = visit(&mut ada, walled);
    assert_eq!((asked.len(), read.unwrap().items.len()), (2, 1));
    assert_eq!(visit(&mut ada, walled).0, [format!("{ADA}/rss")]);
}

#[test]
fn a_wall_that_stands_for_an_hour_costs_nothing_that_the_network_had_said() {
    let rss = "<rss version='2.0'><channel><title>Ada</title><item><guid>at://did:plc:ada/app.bsky.feed.post/1</guid>\
               <description>One</description></item></channel></rss>";
    let walled = |url: &str| if url.ends_with("/rss") { reply(200, rss) } else { reply(403, "<html>") };
    let mut ada = source("bluesky", ADA);
    visit(&mut ada, |url| server(url, 3)).1.unwrap();
    let before = ada.feed.clone();
    assert_eq!(visit(&mut ada, walled).1.unwrap_err().why.key, "trouble.forbidden");
    assert_eq!(ada.feed, before, "and the next visit goes on from there");
    let (asked, batch) = visit(&mut ada, walled);
    assert_eq!((asked.len(), batch.unwrap().pages), (2, None), "said twice, it is believed");
    assert_eq!(visit(&mut ada, walled).0, [format!("{ADA}/rss")]);
    ada.feed = crate::sources::once_more(&ada);
    let (asked, batch) = visit(&mut ada, |url| server(url, 80));
    assert_eq!((asked.len(), batch.unwrap().items.len()), (2, 80), "without a gap: {asked:?}");
}

#[test]
fn who_changed_their_handle_is_still_who_they_were() {
    let mut ada = source("bluesky", ADA);
    visit(&mut ada, |url| server(url, 3)).1.unwrap();
    // The handle is somebody else's by now, and the network has a bad minute.
    let taken = AUTHOR.replace("did:plc:ada", "did:plc:other");
    let now = |url: &str| if url.contains("ada.example.org") { reply(200, &taken) } else { server(url, 4) };
    assert_eq!(visit(&mut ada, |_| reply(502, "")).1.unwrap_err().why.key, "trouble.server");
    let (asked, batch) = visit(&mut ada, now);
    assert_eq!((asked, batch.unwrap().items.len()), (vec![format!("{API}{FEED}")], 4), "one request, as ever");
    // The network says no of the page: who it is, is asked by what never changes.
    let (asked, read) = visit(&mut ada, |url| match url {
        url if url.contains("getProfile?actor=did%3Aplc%3Aada") => reply(400, "{\"error\":\"AccountDeactivated\"}"),
        url if url.contains("ada.example.org") => reply(200, &taken),
        _ => reply(400, "{\"error\":\"InvalidRequest\"}"),
    });
    assert_eq!((asked.len(), read.unwrap_err().why.key.as_str()), (2, "trouble.suspended"));
    assert_eq!(visit(&mut ada, now).1.unwrap().items.len(), 4);
}

#[test]
fn who_is_followed_is_the_same_under_each_of_their_handles() {
    let lasting = |locator: &str, feed: Option<&str>| {
        let address = crate::sources::recognise(locator).unwrap();
        crate::sources::lasting(&address, feed).locator
    };
    let feed = format!("{API}{FEED}#1700000000000");
    let walled = format!("{ADA}/rss#rss={}", feed.replace('%', "%25").replace('#', "%23").replace('&', "%26"));
    for kept in [feed.as_str(), walled.as_str()] {
        assert_eq!(lasting("@ada.example.org", Some(kept)), "https://bsky.app/profile/did:plc:ada", "{kept}");
        assert_eq!(lasting("@new.example.org", Some(kept)), "https://bsky.app/profile/did:plc:ada", "{kept}");
    }
    assert_eq!(lasting("https://bsky.app/profile/did:plc:ada", None), "https://bsky.app/profile/did:plc:ada");
    assert_eq!(lasting("@ada.example.org", None), ADA);
    let list = format!("{API}app.bsky.feed.getListFeed?list=at%3A%2F%2Fdid%3Aplc%3Aada%2Fapp.bsky.graph.list%2F3k");
    assert_eq!(lasting(&format!("{ADA}/lists/3k"), Some(&list)), "https://bsky.app/profile/did:plc:ada/lists/3k");
}

#[test]
fn a_list_is_known_by_whose_it_is_and_not_by_what_they_are_called() {
    let mut list = source("bluesky", "https://bsky.app/profile/ada.example.org/lists/3k");
    let uri = "at%3A%2F%2Fdid%3Aplc%3Aada%2Fapp.bsky.graph.list%2F3k";
    let answer = |url: &str| match url {
        url if url.contains("resolveHandle") => reply(200, "{\"did\":\"did:plc:ada\"}"),
        url if url.contains("getList?") => {
            reply(200, "{\"list\":{\"uri\":\"at://did:plc:ada/app.bsky.graph.list/3k\",\"name\":\"N\"}}")
        }
        _ => server(&format!("{API}{FEED}"), 3),
    };
    visit(&mut list, answer).1.unwrap();
    let gone = |url: &str| {
        if url.contains("resolveHandle") { reply(400, "{}") } else { reply(400, "{\"error\":\"NotFound\"}") }
    };
    let (asked, read) = visit(&mut list, gone);
    assert!(read.is_err() && asked.len() == 2 && asked.iter().all(|url| url.contains(uri)), "{asked:?}");
    assert_eq!(visit(&mut list, answer).1.unwrap().items.len(), 3);
}
