//! Takes a server of Mastodon made of a function, holds what visits to it ask and read.

use crate::{
    model::Reply,
    sources::{
        is_timeline, may_be_tag,
        script::{reply, source, visit},
    },
};

#[test]
fn people_of_the_fediverse_are_told_from_pages_that_look_alike() {
    for (typed, expected) in [
        ("@user@example.social", "mastodon https://example.social/@user"),
        (" @Some.One@Example.Social ", "mastodon https://example.social/@Some.One"),
        ("acct:user@example.social", "mastodon https://example.social/@user"),
        ("@user@127.0.0.1:8080", "mastodon http://127.0.0.1:8080/@user"),
        ("https://example.social/@user", "mastodon https://example.social/@user"),
        ("https://example.social/@user/", "mastodon https://example.social/@user"),
        ("example.social/@user", "mastodon https://example.social/@user"),
        ("https://example.social/users/user", "mastodon https://example.social/@user"),
        ("https://example.social/@user@other.example", "mastodon https://other.example/@user"),
        ("http://127.1.2.3:8080/@user", "mastodon http://127.1.2.3:8080/@user"),
        ("#Astronomy@example.org", "mastodon https://example.org/api/v1/timelines/tag/astronomy"),
        ("https://example.social/tags/Sea", "mastodon https://example.social/api/v1/timelines/tag/sea"),
        ("https://blog.example/tags/sea", "feed https://blog.example/tags/sea"),
        ("#sea", "-"),
        ("https://example.social/@user/1234", "feed https://example.social/@user/1234"),
        ("https://example.social/@user.rss", "feed https://example.social/@user.rss"),
        ("https://medium.com/@someone", "feed https://medium.com/feed/@someone"),
        ("https://www.youtube.com/@someone", "feed https://www.youtube.com/@someone"),
        ("https://www.tiktok.com/@someone", "feed https://www.tiktok.com/@someone"),
        ("https://name.substack.com/@someone", "feed https://name.substack.com/@someone"),
        ("https://www.threads.net/@someone", "feed https://www.threads.net/@someone"),
        ("https://www.flickr.com/@someone", "feed https://www.flickr.com/@someone"),
        ("user@example.social", "-"),
        ("@user", "-"),
        ("@user@", "-"),
        ("@user@example.social/x", "-"),
        ("acct:user", "-"),
    ] {
        let found = crate::sources::recognise(typed)
            .map_or("-".to_owned(), |found| format!("{} {}", found.kind, found.locator));
        assert_eq!(found, expected, "{typed}");
    }
}

const ADA: &str = "https://example.social/@ada";
const STATUSES: &str = "https://example.social/api/v1/accounts/7/statuses?exclude_replies=true&limit=40";
const LOOKUP: &str = "https://example.social/api/v1/accounts/lookup?acct=ada";

fn account(more: &str) -> String {
    format!(
        "{{\"id\":\"7\",\"username\":\"ada\",\"acct\":\"ada\",\"display_name\":\"Ada :star:\",\"url\":\"{ADA}\"{more}}}"
    )
}

fn status(id: u32, more: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"url\":\"{ADA}/{id}\",\"created_at\":\"2026-11-23T10:{:02}:00.000Z\",\
         \"content\":\"<p>Note {id}</p>\",\"account\":{}{more}}}",
        id % 60,
        account("")
    )
}

/// The newest of `all` (ids 1 to `last`), or those just above `min_id`, as Mastodon pages them: newest first.
fn paged(url: &str, last: u32, page: u32) -> Reply {
    let min = url.split("min_id=").nth(1).and_then(|id| id.parse::<u32>().ok());
    let (from, to) = match min {
        Some(min) => (min + 1, (min + page).min(last)),
        None => (last.saturating_sub(page - 1).max(1), last),
    };
    let statuses: Vec<String> = (from..=to).rev().map(|id| status(id, "")).collect();
    reply(200, &format!("[{}]", statuses.join(",")))
}

fn server(url: &str, last: u32) -> Reply {
    match url {
        LOOKUP => reply(200, &account("")),
        url if url.starts_with(STATUSES) => paged(url, last, 40),
        _ => reply(404, ""),
    }
}

#[test]
fn a_person_is_looked_up_once_and_then_asked_by_one_request() {
    let mut ada = source("mastodon", ADA);
    let (asked, batch) = visit(&mut ada, |url| server(url, 3));
    let batch = batch.unwrap();
    assert_eq!(asked, [LOOKUP, STATUSES]);
    assert_eq!((batch.title.as_deref(), batch.site.as_deref(), batch.items.len()), (Some("Ada"), Some(ADA), 3));
    assert_eq!(batch.items[0].id.as_deref(), Some("https://example.social/@ada/3"));
    assert_eq!(batch.items[0].authors, ["Ada (@ada@example.social)"]);
    let (asked, batch) = visit(&mut ada, |url| server(url, 5));
    assert_eq!((asked, batch.unwrap().items.len()), (vec![STATUSES.to_owned()], 5));
}

#[test]
fn a_page_that_points_back_is_theirs_and_one_that_they_only_name_is_not() {
    let fields = ",\"avatar_static\":\"https://example.social/a.png\",\"fields\":[\
        {\"name\":\"Home\",\"value\":\"<a href=\\\"https://www.ada.example/?utm_source=x&amp;a=1\\\" rel=\\\"me\\\">ada</a>\",\"verified_at\":\"2026-01-01T00:00:00Z\"},\
        {\"name\":\"Club\",\"value\":\"<a href=\\\"https://club.example/\\\">club</a>\",\"verified_at\":null},\
        {\"name\":\"Plain\",\"value\":\"words\",\"verified_at\":\"2026-01-01T00:00:00Z\"},7]";
    let (_, batch) = visit(&mut source("mastodon", ADA), |url| match url {
        LOOKUP => reply(200, &account(fields)),
        url => server(url, 1),
    });
    let batch = batch.unwrap();
    assert_eq!(batch.pages.unwrap(), ["https://ada.example?a=1"]);
    assert_eq!(batch.portrait.as_deref(), Some("https://example.social/a.png"));
}

#[test]
fn who_is_gone_from_their_place_is_looked_up_again() {
    for status in [404, 410] {
        let mut ada = source("mastodon", ADA);
        visit(&mut ada, |url| server(url, 3)).1.unwrap();
        let moved = |url: &str| match url {
            LOOKUP => reply(200, &account("").replace("\"7\"", "\"8\"")),
            url if url == STATUSES => reply(status, ""),
            url => paged(url, 3, 40),
        };
        let (asked, batch) = visit(&mut ada, moved);
        let there = STATUSES.replace("/7/", "/8/");
        assert_eq!((asked, batch.unwrap().items.len()), (vec![STATUSES.into(), LOOKUP.into(), there], 3), "{status}");
    }
}

#[test]
fn what_was_missed_is_caught_up_with_from_the_oldest_and_no_gap_is_left() {
    let mut ada = source("mastodon", ADA);
    visit(&mut ada, |url| server(url, 3)).1.unwrap();
    let (asked, batch) = visit(&mut ada, |url| server(url, 200));
    let ids: std::collections::BTreeSet<String> = batch.unwrap().items.into_iter().filter_map(|item| item.id).collect();
    assert!((4..=200).all(|id| ids.contains(&format!("{ADA}/{id}"))), "{} of 197", ids.len());
    assert_eq!(asked.len(), 5, "{asked:?}");
    // More than a visit may ask for: the next one goes on where this one ended.
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let batch = visit(&mut ada, |url| server(url, 900)).1.unwrap();
        seen.extend(batch.items.into_iter().filter_map(|item| item.id));
    }
    assert!((201..=900).all(|id| seen.contains(&format!("{ADA}/{id}"))), "{} of 700", seen.len());
}

#[test]
fn a_page_longer_than_any_is_read_in_part_and_leaves_no_gap() {
    let mut ada = source("mastodon", ADA);
    visit(&mut ada, |url| server(url, 3)).1.unwrap();
    let mut seen = std::collections::BTreeSet::new();
    // It gives five hundred where forty were asked for, but the newest page is short.
    let (_, batch) = visit(&mut ada, |url| paged(url, 1_200, if url.contains("min_id") { 500 } else { 10 }));
    seen.extend(batch.unwrap().items.into_iter().filter_map(|item| item.id));
    assert!((4..=1_200).all(|id| seen.contains(&format!("{ADA}/{id}"))), "{} of 1197", seen.len());
    let (asked, batch) = visit(&mut source("mastodon", ADA), |url| match url {
        LOOKUP => server(url, 0),
        _ => paged(url, 900, 900),
    });
    assert_eq!((asked.len(), batch.unwrap().items.len()), (2, 200), "the newest of a page that is too long");
}

#[test]
fn a_reply_that_lies_about_its_paging_ends_the_visit() {
    let mut ada = source("mastodon", ADA);
    visit(&mut ada, |url| server(url, 3)).1.unwrap();
    let (asked, batch) = visit(&mut ada, |url| {
        let link = format!("<{STATUSES}&min_id=3>; rel=\"prev\", <https://elsewhere.example/x?min_id=1>; rel=\"prev\"");
        let headers = vec![("link".to_owned(), link)];
        let body =
            if url.contains("min_id") { paged(&format!("{STATUSES}&min_id=3"), 200, 2) } else { server(url, 200) };
        Reply { headers, ..body }
    });
    assert!(asked.len() <= 4 && asked.iter().all(|url| url.starts_with("https://example.social/")), "{asked:?}");
    assert!(batch.is_ok());
    assert!(ada.feed.as_deref().unwrap().ends_with("#5"), "{:?}", ada.feed);
}

#[test]
fn who_lives_elsewhere_is_found_by_webfinger() {
    let mut ada = source("mastodon", "https://example.org/@ada");
    let finger = "{\"subject\":\"acct:ada@example.social\",\"links\":[{\"rel\":\"self\",\
                  \"type\":\"application/activity+json\",\"href\":\"https://example.social/users/ada\"}]}";
    let (asked, batch) = visit(&mut ada, |url| match url {
        "https://example.org/.well-known/webfinger?resource=acct:ada@example.org" => reply(200, finger),
        url => server(url, 2),
    });
    assert_eq!(batch.unwrap().items.len(), 2);
    assert_eq!(asked.len(), 4, "{asked:?}");
    assert_eq!(visit(&mut ada, |url| server(url, 2)).0, [STATUSES]);
}

/// What the profile's own feed has.
const RSS: &str = "<rss version='2.0'><channel><title>Ada</title><item><guid>https://example.social/@ada/1</guid>\
                   <description>One</description></item></channel></rss>";

#[test]
fn where_the_api_is_closed_the_feed_is_read_and_asked_at_once_from_then_on() {
    let mut ada = source("mastodon", ADA);
    let closed = |url: &str| match url {
        "https://example.social/@ada.rss" => reply(200, RSS),
        _ => reply(401, "{\"error\":\"This API requires an authenticated user\"}"),
    };
    // Who it is, whether they live elsewhere, the feed.
    let (asked, batch) = visit(&mut ada, closed);
    assert_eq!((asked.len(), batch.unwrap().items.len()), (3, 1));
    assert_eq!(visit(&mut ada, closed).0, ["https://example.social/@ada.rss"]);
}

#[test]
fn a_wall_that_stands_for_an_hour_costs_nothing_that_the_api_had_said() {
    let rss = |url: &str| url.ends_with("/@ada.rss").then(|| reply(200, RSS));
    let walled = |url: &str| rss(url).unwrap_or_else(|| reply(403, "<html>forbidden</html>"));
    let mut ada = source("mastodon", ADA);
    visit(&mut ada, |url| server(url, 3)).1.unwrap();
    // Once: a failure, and the next visit goes on where the last good one ended.
    let (asked, read) = visit(&mut ada, walled);
    assert_eq!((asked, read.unwrap_err().why.key.as_str()), (vec![STATUSES.to_owned()], "trouble.forbidden"));
    let (asked, batch) = visit(&mut ada, |url| server(url, 50));
    assert!(asked.iter().any(|url| url.contains("min_id=3")), "{asked:?}");
    assert!(batch.unwrap().items.len() >= 47);
    // Twice: by its feed, which says nothing of what was proven.
    assert!(visit(&mut ada, walled).1.is_err());
    let (asked, batch) = visit(&mut ada, walled);
    let batch = batch.unwrap();
    assert_eq!((asked.len(), batch.items.len(), batch.pages), (2, 1, None));
    assert_eq!(visit(&mut ada, walled).0, ["https://example.social/@ada.rss"]);
    // Asked once more in a while: closed still, then open, and without a gap.
    for walled_still in [true, false] {
        ada.feed = crate::sources::once_more(&ada);
        let answer = |url: &str| if walled_still { walled(url) } else { server(url, 120) };
        let (asked, batch) = visit(&mut ada, answer);
        assert_eq!((asked.len(), batch.is_ok()), (2, true), "{asked:?}");
    }
    assert_eq!(ada.feed.as_deref(), Some(format!("{STATUSES}#120").as_str()));
}

#[test]
fn an_account_of_a_site_that_forbids_what_it_does_not_know_is_found_where_it_lives() {
    let mut ada = source("mastodon", "https://example.org/@ada");
    let finger = "{\"subject\":\"acct:ada@example.social\",\"links\":[{\"rel\":\"self\",\
                  \"type\":\"application/activity+json\",\"href\":\"https://example.social/users/ada\"}]}";
    let (_, batch) = visit(&mut ada, |url| match url {
        "https://example.org/.well-known/webfinger?resource=acct:ada@example.org" => reply(200, finger),
        url if url.starts_with("https://example.org/") => reply(403, ""),
        url => server(url, 2),
    });
    assert_eq!(batch.unwrap().items.len(), 2);
}

#[test]
fn who_is_suspended_or_moved_is_said_to_be() {
    let why = |account: String| {
        let mut ada = source("mastodon", ADA);
        let (_, read) = visit(&mut ada, |url| if url == LOOKUP { reply(200, &account) } else { reply(200, "[]") });
        read.unwrap_err().why
    };
    assert_eq!(why(account(",\"suspended\":true")).key, "trouble.suspended");
    let moved = why(account(",\"moved\":{\"acct\":\"ada@other.example\"}"));
    assert_eq!((moved.key.as_str(), moved.values.get("to")), ("trouble.moved", Some(&"@ada@other.example".into())));
    // One that was followed already keeps what it brings, and says so.
    let mut ada = source("mastodon", ADA);
    visit(&mut ada, |url| server(url, 2)).1.unwrap();
    let page = |_: &str| {
        reply(200, &format!("[{}]", status(2, "").replace("\"acct\"", "\"moved\":{\"acct\":\"a@b.example\"},\"acct\"")))
    };
    let batch = visit(&mut ada, page).1.unwrap();
    assert_eq!(batch.notice.map(|notice| notice.key).as_deref(), Some("trouble.moved"));
}

#[test]
fn what_cannot_be_read_is_left_out_and_the_rest_is_not() {
    let mut ada = source("mastodon", ADA);
    let pages = format!("[{},{{\"id\":\"8\"}},17,{}]", status(9, ""), status(7, ",\"visibility\":\"private\""));
    let (_, batch) = visit(&mut ada, |url| if url == LOOKUP { server(url, 0) } else { reply(200, &pages) });
    assert_eq!(batch.unwrap().items.len(), 1);
    let mut torn = source("mastodon", ADA);
    let (_, batch) = visit(&mut torn, |url| if url == LOOKUP { server(url, 0) } else { reply(200, "[{\"id\":") });
    assert_eq!(batch.unwrap_err().why.key, "trouble.not_understood");
}

#[test]
fn boosts_quotes_and_emoji_are_read() {
    let stranger = "{\"id\":\"99\",\"url\":\"https://b.example/@bo/99\",\"created_at\":\"2025-01-01T00:00:00Z\",\
                    \"content\":\"<p>Hi :cat: <a title=\\\":cat:\\\">x</a></p>\",\
                    \"emojis\":[{\"shortcode\":\"cat\",\"url\":\"https://b.example/c.png\"}],\
                    \"account\":{\"id\":\"8\",\"acct\":\"bo@b.example\"}}";
    let boost = status(5, &format!(",\"reblog\":{stranger}"));
    let quote = status(4, &format!(",\"quote\":{{\"state\":\"accepted\",\"quoted_status\":{stranger}}}"));
    let mut ada = source("mastodon", ADA);
    let (_, batch) =
        visit(&mut ada, |url| if url == LOOKUP { server(url, 0) } else { reply(200, &format!("[{boost},{quote}]")) });
    let items = batch.unwrap().items;
    let boosted = &items[0];
    assert_eq!(boosted.note.boosted_by.as_deref(), Some("Ada (@ada@example.social)"));
    assert_eq!(
        (boosted.link.as_deref(), &boosted.authors[0]),
        (Some("https://b.example/@bo/99"), &"@bo@b.example".to_owned())
    );
    let html = boosted.html.as_deref().unwrap();
    assert_eq!((html.matches("<img").count(), html.contains("title=\":cat:\">x")), (1, true), "{html}");
    assert!(items[1].note.below.as_deref().unwrap().contains("<blockquote>"));
    assert_eq!(items[1].note.points_to, ["https://b.example/@bo/99"]);
}

#[test]
fn a_page_of_tags_may_be_one_of_the_fediverse_and_its_server_tells() {
    for (typed, expected) in [
        ("https://fedi.example/tags/Sea", Some("https://fedi.example/api/v1/timelines/tag/sea")),
        ("http://127.0.0.1:81/tags/sea/", Some("http://127.0.0.1:81/api/v1/timelines/tag/sea")),
        ("https://fedi.example/tags/sea?page=2", None),
        ("https://fedi.example/tags/", None),
        ("https://fedi.example/blog/tags/sea", None),
        ("https://fedi.example/tags/sea/index.xml", None),
    ] {
        assert_eq!(may_be_tag(typed).map(|address| address.locator).as_deref(), expected, "{typed}");
    }
    for (said, expected) in [
        (format!("[{}]", status(1, "")), true),
        ("[]".to_owned(), true),
        ("[{\"id\":1}]".to_owned(), false),
        ("{\"error\":\"x\"}".to_owned(), false),
        ("<html>".to_owned(), false),
    ] {
        assert_eq!(is_timeline(&reply(200, &said)), expected, "{said}");
    }
    assert!(!is_timeline(&reply(404, "[]")));
}

#[test]
fn a_tag_is_a_source() {
    let mut tag = source("mastodon", "https://example.social/api/v1/timelines/tag/sea");
    let (asked, batch) = visit(&mut tag, |url| paged(url, 2, 40));
    assert_eq!(asked, ["https://example.social/api/v1/timelines/tag/sea?limit=40"]);
    let batch = batch.unwrap();
    assert_eq!((batch.title.as_deref(), batch.whole), (Some("#sea"), None));
}

#[test]
fn what_an_account_sees_is_read_without_a_gap_and_its_name_is_never_sent() {
    const HOME: &str = "https://example.social/api/v1/timelines/home?limit=40";
    let mut home = source("mastodon", "https://example.social/api/v1/timelines/home?of=ada");
    let server = |last: u32| move |url: &str| if url.starts_with(HOME) { paged(url, last, 40) } else { reply(404, "") };
    let (asked, read) = visit(&mut home, server(50));
    assert_eq!((asked.as_slice(), read.unwrap().items.len()), ([HOME.to_owned()].as_slice(), 40));
    // Three days away: the newest page, then up from what was read, page by page.
    let (asked, read) = visit(&mut home, server(170));
    let batch = read.unwrap();
    assert!(asked.iter().all(|url| url.starts_with(HOME) && !url.contains("of=")), "{asked:?}");
    let ids: std::collections::BTreeSet<String> = batch.items.iter().filter_map(|item| item.id.clone()).collect();
    assert!((51..=170).all(|id| ids.contains(&format!("{ADA}/{id}"))), "{} of 120", ids.len());
    assert!(batch.whole.is_none() && batch.site.as_deref() == Some("https://example.social/home"));
}

#[test]
fn what_an_account_may_no_longer_see_has_no_feed_to_fall_back_to() {
    let mut list = source("mastodon", "https://example.social/api/v1/timelines/list/7?of=ada");
    for (status, key) in [(401, "trouble.login"), (403, "trouble.forbidden"), (404, "trouble.not_found")] {
        let (asked, read) = visit(&mut list, |_| reply(status, "{}"));
        assert_eq!((asked.len(), read.unwrap_err().why.key.as_str()), (1, key));
    }
    let followers = status(1, ",\"visibility\":\"private\"");
    let secret = status(2, ",\"visibility\":\"direct\"");
    let (_, read) = visit(&mut list, |_| reply(200, &format!("[{secret},{followers}]")));
    assert_eq!(read.unwrap().items.len(), 1, "what is for followers is for the reader, a letter is not");
}
