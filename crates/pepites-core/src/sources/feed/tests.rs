//! Tests of feeds as a whole: what is read of every broken kind, and whom a visit asks. Tables, hence long.

use proptest::prelude::*;

use super::*;
use crate::{
    model::{Batch, Enclosure, Item, Moment, Quiet, Reply, Request, SourceId, Validators},
    sources::kind,
};

const PAGE: &str = "https://example.org/blog/";

fn source(kind: &str, locator: &str) -> Source {
    Source {
        id: SourceId(1),
        address: Address { kind: kind.into(), locator: locator.into() },
        feed: None,
        title: String::new(),
        name: None,
        site: None,
        portrait: None,
        folders: Vec::new(),
        added: Moment(0),
        validators: Validators::default(),
        body_hash: None,
        visited: None,
        unreached: None,
        last_new: None,
        next_visit: None,
        next_why: None,
        hold_until: None,
        gone: false,
        failures: 0,
        trouble: None,
        full_text: false,
        login: None,
        icon: None,
        preferred: false,
        mode: crate::model::Mode::All,
    }
}

fn reply(url: &str, status: u16, body: &[u8]) -> Reply {
    Reply { asked: url.into(), url: url.into(), status, body: body.into(), ..Reply::default() }
}

fn batch(body: &str) -> Batch {
    read::read(&reply("https://example.org/feed.xml", 200, body.as_bytes())).unwrap()
}

fn only(body: &str) -> Item {
    let mut batch = batch(body);
    assert_eq!(batch.items.len(), 1, "{body}");
    batch.items.remove(0)
}

/// The one item of an RSS feed of `inside`, as its title, link and body.
#[track_caller]
fn check(inside: &str, expected: [&str; 3]) {
    let item = only(&format!("<rss><channel><link>https://site.example/</link><item>{inside}</item></channel></rss>"));
    let shown = [item.title, item.link, item.html].map(|field| field.unwrap_or("-".into()));
    assert_eq!(shown, expected, "{inside}");
}

#[test]
fn every_field_comes_from_the_best_place_that_has_it() {
    for (inside, expected) in [
        (
            "<title>a</title><link>https://x.example/1</link><description>b</description>",
            ["a", "https://x.example/1", "b"],
        ),
        ("<title>a</title><link>/1</link>", ["a", "https://site.example/1", "-"]),
        ("<title>a</title><guid>https://x.example/2</guid>", ["a", "https://x.example/2", "-"]),
        ("<title>a</title><guid isPermaLink='false'>77</guid>", ["a", "-", "-"]),
        ("<title>a</title><atom:link href='https://x.example/3'/>", ["a", "https://x.example/3", "-"]),
        (
            "<link>https://proxy.example/~r</link><feedburner:origLink>https://x.example/4</feedburner:origLink>",
            ["-", "https://x.example/4", "-"],
        ),
        ("<title>a</title><enclosure url='https://x.example/a.mp3'/>", ["a", "https://x.example/a.mp3", "-"]),
        ("<title>a</title><link>javascript:alert(1)</link>", ["a", "-", "-"]),
        ("<title>a</title><media:title>b</media:title><media:description/>", ["a", "-", "-"]),
        ("<title/><media:title>b</media:title><media:description>c</media:description>", ["b", "-", "c"]),
        ("<title>a</title><itunes:summary>talk</itunes:summary>", ["a", "-", "talk"]),
        ("<title>a</title><content:encoded><![CDATA[<p>b</p>]]></content:encoded>", ["a", "-", "<p>b</p>"]),
        (
            "<title>a</title><description><p>raw <b>html</b><br></p></description>",
            ["a", "-", "<p>raw <b>html</b><br></p>"],
        ),
        (
            "<title>a</title><description>&lt;p&gt;caf&eacute; &amp;amp; co</description>",
            ["a", "-", "<p>café &amp; co"],
        ),
        ("<title>Caf&eacute; R&D &amp;amp; &#8217;</title>", ["Café R&D &amp; ’", "-", "-"]),
        ("<title><![CDATA[1 < 2]]></title>", ["1 < 2", "-", "-"]),
    ] {
        check(inside, expected);
    }
}

#[test]
fn the_fuller_of_two_bodies_is_the_body() {
    let item = only(
        "<item><title>a</title><description>short</description><content:encoded>much longer</content:encoded></item>",
    );
    assert_eq!((item.html.as_deref(), item.summary.as_deref()), (Some("much longer"), Some("short")));
    let item = only(
        "<item><title>a</title><description>much longer</description><content:encoded>cut…</content:encoded></item>",
    );
    assert_eq!((item.html.as_deref(), item.summary.as_deref()), (Some("much longer"), Some("cut…")));
}

#[test]
fn every_format_and_version_is_read() {
    for feed in [
        "<rss version='2.0'><channel><item><title>a</title></item></channel></rss>",
        "<rss version='0.93'><channel><item><title>a</title></item></channel></rss>",
        "<rss xmlns='http://backend.userland.com/rss2'><channel><item><title>a</title></item></channel></rss>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'>\
         <channel/><item><title>a</title></item></rdf:RDF>",
        "<rdf:RDF xmlns:r='http://purl.org/rss/1.0/'><r:item rdf:about='x'><r:title>a</r:title></r:item></rdf:RDF>",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>a</title></entry></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='HTML'>a</title></entry></feed>",
        "<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'><atom:entry><atom:title>a</atom:title></atom:entry></atom:feed>",
        "<entry xmlns='http://www.w3.org/2005/Atom'><title>a</title></entry>",
        "\u{FEFF}\n <?xml version='1.1'?><!DOCTYPE rss><rss><channel><item><title>a</title></item>",
        r#"{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "title": "a", "url": "https://x.example/"}]}"#,
        r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "a", "content_text": "b"}, {"id": "#,
    ] {
        assert_eq!(only(feed).title.as_deref(), Some("a"), "{feed}");
    }
}

#[test]
fn a_feed_says_who_it_is_and_how_often_it_changes() {
    let rss = batch(
        "<rss><channel><title>A &amp;amp; <![CDATA[<b>B</b>]]></title><link>/home</link><language>fr-FR</language>\
         <ttl>90</ttl><image><title>no</title><link>no</link></image></channel></rss>",
    );
    assert_eq!(rss.title.as_deref(), Some("A & B"));
    assert_eq!(rss.site.as_deref(), Some("https://example.org/home"));
    assert_eq!((rss.language.as_deref(), rss.every_minutes), (Some("fr-FR"), Some(90)));
    let pace = |inside: &str| batch(&format!("<rss><channel>{inside}<item/></channel></rss>")).every_minutes;
    assert_eq!(pace("<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"), Some(360));
    assert_eq!(pace("<sy:updatePeriod>hourly</sy:updatePeriod>"), Some(60));
    assert_eq!(pace("<ttl>0</ttl>"), None);
    assert_eq!(pace("<ttl>1e999</ttl>"), None);
}

#[test]
fn atom_texts_are_html_or_not_by_their_type() {
    for (title, expected) in [
        ("<title>Vec&lt;T&gt;</title>", "Vec&lt;T&gt;"),
        ("<title type='text'>AT&amp;T &amp; co</title>", "AT&T & co"),
        ("<title type='text'>?a&amp;copy=b</title>", "?a&amp;copy=b"),
        ("<title>it&amp;#8217;s</title>", "it&#8217;s"),
        ("<title type='html'>a &lt;b&gt;c&lt;/b&gt;</title>", "a <b>c</b>"),
        (
            "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a <i>b</i></div></title>",
            "<div xmlns='http://www.w3.org/1999/xhtml'>a <i>b</i></div>",
        ),
        ("<title type='xhtml'><h:div>a <h:i>b</h:i></h:div></title>", "<div>a <i>b</i></div>"),
    ] {
        let feed = format!("<feed xmlns:h='http://www.w3.org/1999/xhtml'><entry>{title}</entry></feed>");
        assert_eq!(only(&feed).title.as_deref(), Some(expected), "{title}");
    }
}

#[test]
fn addresses_are_absolute_by_the_nearest_base() {
    let feed = "<feed xml:base='https://base.example/'><entry xml:base='blog/'><link href='1'/><content xml:base='img/'>x</content></entry></feed>";
    let item = only(feed);
    assert_eq!(item.link.as_deref(), Some("https://base.example/blog/1"));
    assert_eq!(item.base.as_deref(), Some("https://base.example/blog/img/"));
    let item = only("<rss><channel><item><link>https://x.example/post/1</link></item></channel></rss>");
    assert_eq!(item.base.as_deref(), Some("https://x.example/post/1"));
}

#[test]
fn people_and_tags_are_plain_text_once_each() {
    let item = only(
        "<item><title>a</title><author>ada@x.example (Ada)</author><dc:creator>Fran&amp;ccedil;ois</dc:creator>\
         <itunes:author>ada</itunes:author><category>Rust</category><category>rust</category><dc:subject>b</dc:subject></item>",
    );
    assert_eq!(item.authors, ["Ada", "François"]);
    assert_eq!(item.tags, ["Rust", "b"]);
    let item = only(
        "<feed><author><name>Ada</name></author><entry><title>a</title><category term='x' label='X'/></entry></feed>",
    );
    assert_eq!((item.authors, item.tags), (vec!["Ada".to_owned()], vec!["X".to_owned()]));
}

#[test]
fn attached_files_come_from_rss_atom_and_media_rss() {
    let item = only(
        "<item><title>a</title><enclosure url='/a.mp3' type='audio/mpeg' length='12'/><itunes:duration>1:02:03</itunes:duration>\
         <media:group><media:content url='/b.mp4' type='video/mp4' duration='5'/><media:thumbnail url='/c.png'/></media:group>\
         <link rel='enclosure' href='/a.mp3'/><enclosure url='file:///etc/passwd'/></item>",
    );
    let file = |url: &str, kind: &str, bytes, seconds| Enclosure {
        url: format!("https://example.org{url}"),
        media_type: Some(kind.into()),
        bytes,
        seconds,
    };
    let expected = [
        file("/a.mp3", "audio/mpeg", Some(12), Some(3723)),
        file("/b.mp4", "video/mp4", None, Some(5)),
        file("/c.png", "image/png", None, None),
    ];
    assert_eq!(item.enclosures, expected);
}

#[test]
fn pictures_that_are_rated_for_adults_are_told_from_others() {
    let sensitive = |rating: &str| {
        let media = format!("<media:content url='https://a.example/p.png'>{rating}</media:content>");
        let item = format!("<item><title>a</title><link>https://a.example/1</link>{media}</item>");
        only(&format!("<rss xmlns:media='http://search.yahoo.com/mrss/'><channel>{item}</channel></rss>"))
            .note
            .sensitive
    };
    assert!(sensitive("<media:rating>adult</media:rating>"));
    assert!(sensitive("<media:rating scheme='urn:simple'> Adult </media:rating>"));
    assert!(!sensitive("<media:rating scheme='urn:simple'>nonadult</media:rating>"));
    assert!(!sensitive("<media:rating scheme='urn:mpaa'>adult</media:rating>"));
    assert!(!sensitive(""));
}

#[test]
fn what_was_whole_in_a_broken_feed_is_kept_and_the_rest_is_said() {
    let broken =
        batch("<rss><channel><item><title>a</title></item><item></item><item><title>b</title><description>cut he");
    let titles: Vec<_> = broken.items.iter().map(|item| (item.title.as_deref(), item.html.as_deref())).collect();
    assert_eq!(titles, [(Some("a"), None), (Some("b"), None)]);
    let flaws: Vec<_> = broken.flaws.iter().map(|flaw| (flaw.line, flaw.why.key.as_str())).collect();
    assert_eq!(flaws, [(Some(2), "flaw.empty_item"), (Some(3), "flaw.cut_off")]);
}

#[test]
fn an_entry_that_says_one_thing_is_an_entry_and_an_empty_one_is_a_flaw() {
    for (inside, entries) in [
        ("<pubDate>Wed, 17 Oct 2018 10:30:00 GMT</pubDate>", 1),
        ("<author>a@example.org</author>", 1),
        ("<georss:point>1 2</georss:point>", 1),
        ("<itunes:image href='/a.png'/>", 1),
        ("<title> </title><link/>", 0),
        ("", 0),
    ] {
        let batch = batch(&format!("<rss><channel><item>{inside}</item></channel></rss>"));
        assert_eq!((batch.items.len(), batch.flaws.len()), (entries, 1 - entries), "{inside}");
    }
}

#[test]
fn what_is_no_feed_is_said_in_plain_words() {
    for (body, key) in [
        ("", "trouble.empty"),
        (" \n ", "trouble.empty"),
        ("<html><body>Hello</body></html>", "trouble.no_feed"),
        ("hello", "trouble.not_a_feed"),
        ("<opml/>", "trouble.not_a_feed"),
        (r#"{"version": "https://jsonfeed.org/version/1", "#, "trouble.not_a_feed"),
    ] {
        let unreadable = read::read(&reply(PAGE, 200, body.as_bytes())).unwrap_err();
        assert_eq!(unreadable.why.key, key, "{body}");
    }
}

#[test]
fn bombs_are_read_in_time_and_in_memory() {
    let deep = "<a>".repeat(60_000);
    let bombs = [
        format!("<rss><channel><item><title>t</title><description>{deep}</description></item></channel></rss>"),
        format!("<rss>{deep}<channel><item><title>t</title></item></channel></rss>"),
        format!("<feed><entry><title>t</title><content type='xhtml'>{deep}</content></entry></feed>"),
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><rss><channel><item><title>t</title></item></channel></rss>".into(),
        format!("<rss><channel><item><title>t</title>{}</item></channel></rss>", "<category>x</category>".repeat(20_000)),
    ];
    for bomb in bombs {
        let item = only(&bomb);
        assert_eq!(item.title.as_deref(), Some("t"));
        assert!(item.html.is_none_or(|html| html.len() <= 1_000_000));
    }
    // A parser that builds the tree as browsers do takes hours for these pages: each <div> looks at all those around
    // it, each attribute at all those before it, and each paragraph holds all the <font> left open before.
    let attributes: String = (0..60_000).map(|n| format!(" a{n}")).collect();
    let fonts: String = (0..900).map(|n| format!("<font a{n}>")).collect();
    for inside in ["<div>".repeat(90_000), format!("<p{attributes}>"), fonts + &"<p>".repeat(90_000)] {
        let page = format!("<html><body>{inside}<a href=/feed.xml>x</a>");
        assert_eq!(offers(&reply(PAGE, 200, page.as_bytes())).len(), 1);
    }
    let deep = format!("{{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}", "[".repeat(60_000));
    assert!(read::read(&reply(PAGE, 200, deep.as_bytes())).is_err());
}

/// Replays a visit against a site: address, status, body. Gives the addresses asked and what was read.
fn visit(source: &Source, site: &[(&str, u16, &str)]) -> (Vec<String>, Result<Batch, String>) {
    let kind = kind(&source.address.kind).unwrap();
    let mut heard: Vec<Reply> = Vec::new();
    while let Some(Request { url, .. }) = (kind.ask)(source, &heard) {
        let (status, body) =
            site.iter().find(|(at, ..)| *at == url).map_or((404, ""), |(_, status, body)| (*status, *body));
        heard.push(reply(&url, status, body.as_bytes()));
    }
    let asked = heard.iter().map(|reply| reply.asked.clone()).collect();
    (asked, (kind.read)(source, &heard).map_err(|unreadable| unreadable.why.key))
}

const FEED: &str = "<rss><channel><item><title>a</title></item></channel></rss>";

#[test]
fn a_feed_says_when_it_must_not_be_visited_and_shows_its_small_picture() {
    let skip = "<skipHours><hour>0</hour><hour> 23 </hour><hour>24</hour><hour>x</hour></skipHours>
        <skipDays><day>Sunday</day><day>saturday</day><day>Never</day></skipDays>";
    let read = batch(&format!(
        "<rss><channel>{skip}<image><url>/i.png</url></image><link>https://a.example/</link></channel></rss>"
    ));
    assert_eq!(read.quiet, Quiet::of([0, 23], [5, 6]));
    assert_eq!(read.icon.as_deref(), Some("https://a.example/i.png"));
    let icon = |feed: &str| batch(feed).icon;
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><icon>/f.ico</icon><logo>/l.png</logo></feed>";
    assert_eq!(icon(atom).as_deref(), Some("https://example.org/f.ico"));
    let json = r#"{"items": [], "version": "https://jsonfeed.org/version/1.1", "icon": "/i.png", "favicon": "/f.png"}"#;
    assert_eq!(icon(json).as_deref(), Some("https://example.org/f.png"));
    assert_eq!(icon("<rss><channel><image><url>javascript:x</url></image></channel></rss>"), None);
}

#[test]
fn a_visit_asks_the_feed_then_the_page_then_what_it_offers() {
    let declared = "<html><head><link rel=alternate type='application/rss+xml' href=/x.xml></head></html>";
    /// Kind, address, site, addresses asked, where the feed was found or what is wrong.
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, u16, &'a str)], &'a str, Result<Option<&'a str>, &'a str>);
    let cases: &[Case<'_>] = &[
        ("feed", PAGE, &[(PAGE, 200, FEED)], "/blog/", Ok(None)),
        ("feed", PAGE, &[(PAGE, 304, "")], "/blog/", Ok(None)),
        ("feed", PAGE, &[(PAGE, 404, "")], "/blog/", Err("trouble.not_found")),
        ("feed", PAGE, &[(PAGE, 410, "")], "/blog/", Err("trouble.gone")),
        ("feed", PAGE, &[(PAGE, 503, "<html>")], "/blog/", Err("trouble.server")),
        ("feed", PAGE, &[(PAGE, 401, "")], "/blog/", Err("trouble.login")),
        ("feed", PAGE, &[(PAGE, 200, "{}")], "/blog/", Err("trouble.not_a_feed")),
        (
            "feed",
            PAGE,
            &[(PAGE, 200, declared), ("https://example.org/x.xml", 200, FEED)],
            "/blog/ /x.xml",
            Ok(Some("https://example.org/x.xml")),
        ),
        ("feed", PAGE, &[(PAGE, 200, declared)], "/blog/ /x.xml", Err("trouble.no_feed")),
        (
            "feed",
            PAGE,
            &[(PAGE, 200, declared), ("https://example.org/x.xml", 429, "")],
            "/blog/ /x.xml",
            Err("trouble.too_many"),
        ),
        (
            "feed",
            PAGE,
            &[(PAGE, 200, "<html>"), ("https://example.org/feed.xml", 200, FEED)],
            "/blog/ /blog/feed /blog/feed.xml / /feed /feed.xml",
            Ok(Some("https://example.org/feed.xml")),
        ),
        (
            "feed",
            PAGE,
            &[(PAGE, 200, "<html>")],
            "/blog/ /blog/feed /blog/feed.xml / /feed /feed.xml /rss.xml /atom.xml /index.xml /rss",
            Err("trouble.no_feed"),
        ),
        (
            "feed",
            PAGE,
            &[(PAGE, 200, "<html>"), ("https://example.org/", 200, declared), ("https://example.org/x.xml", 200, FEED)],
            "/blog/ /blog/feed /blog/feed.xml / /x.xml",
            Ok(Some("https://example.org/x.xml")),
        ),
        // What was typed is where a feed would be guessed.
        (
            "feed",
            "https://example.org/blog/feed.xml",
            &[
                ("https://example.org/blog/feed.xml", 200, "<html>"),
                ("https://example.org/", 200, declared),
                ("https://example.org/x.xml", 200, FEED),
            ],
            "/blog/feed.xml /blog/feed / /x.xml",
            Ok(Some("https://example.org/x.xml")),
        ),
        (
            "feed",
            "https://example.org/",
            &[
                ("https://example.org/", 200, "<html>"),
                ("https://example.org/feed.json", 200, "{\"items\": [{\"id\": 1}]}"),
            ],
            "/ /feed /feed.xml /rss.xml /atom.xml /index.xml /rss /feed.json",
            Ok(Some("https://example.org/feed.json")),
        ),
        (
            "feed",
            PAGE,
            &[
                (PAGE, 200, r#"{"results": [{"feedUrl": "https://example.org/p"}]}"#),
                ("https://example.org/p", 200, FEED),
            ],
            "/blog/ /p",
            Ok(Some("https://example.org/p")),
        ),
        (
            "mastodon",
            "https://example.org/@a",
            &[("https://example.org/@a.rss", 200, FEED)],
            "/api/v1/accounts/lookup?acct=a /.well-known/webfinger?resource=acct:a@example.org /@a.rss",
            Ok(Some("https://example.org/@a.rss#rss")),
        ),
        (
            "mastodon",
            "https://example.org/@a",
            &[("https://example.org/@a", 200, declared), ("https://example.org/x.xml", 200, FEED)],
            "/api/v1/accounts/lookup?acct=a /.well-known/webfinger?resource=acct:a@example.org /@a.rss /@a /x.xml",
            Ok(Some("https://example.org/x.xml#rss")),
        ),
        (
            "mastodon",
            "https://example.org/@a",
            &[("https://example.org/@a.rss", 406, ""), ("https://example.org/@a", 200, "<html>")],
            "/api/v1/accounts/lookup?acct=a /.well-known/webfinger?resource=acct:a@example.org /@a.rss /@a",
            Err("trouble.no_feed"),
        ),
        (
            "mastodon",
            "https://example.org/@a",
            &[],
            "/api/v1/accounts/lookup?acct=a /.well-known/webfinger?resource=acct:a@example.org /@a.rss /@a",
            Err("trouble.not_found"),
        ),
        (
            "mastodon",
            "https://example.org/@a",
            &[("https://example.org/@a.rss", 500, "")],
            "/api/v1/accounts/lookup?acct=a /.well-known/webfinger?resource=acct:a@example.org /@a.rss",
            Err("trouble.server"),
        ),
        (
            "bluesky",
            "https://bsky.app/profile/a.example",
            &[("https://bsky.app/profile/a.example/rss", 200, FEED)],
            "https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=a.example https://bsky.app/profile/a.example/rss",
            Ok(Some("https://bsky.app/profile/a.example/rss#rss")),
        ),
    ];
    for (kind, locator, site, expected, outcome) in cases {
        let (asked, read) = visit(&source(kind, locator), site);
        let asked: Vec<&str> = asked.iter().map(|url| url.strip_prefix("https://example.org").unwrap_or(url)).collect();
        assert_eq!(asked.join(" "), *expected);
        let read = read.map(|batch| batch.feed);
        assert_eq!(read.as_ref().map(Option::as_deref).map_err(String::as_str), *outcome, "{kind} {expected}");
    }
}

#[test]
fn a_feed_that_was_found_and_is_lost_is_looked_for_again_from_the_address() {
    let mut source = source("feed", PAGE);
    source.feed = Some("https://example.org/old.xml".into());
    source.validators.etag = Some("W/\"a\"".into());
    let first = (KIND.ask)(&source, &[]).unwrap();
    assert_eq!(first.url, "https://example.org/old.xml");
    assert!(first.headers.contains(&("If-None-Match".into(), "W/\"a\"".into())));
    let (asked, read) = visit(&source, &[("https://example.org/old.xml", 410, ""), (PAGE, 200, FEED)]);
    assert_eq!(asked, ["https://example.org/old.xml", PAGE]);
    assert_eq!(read.unwrap().feed.as_deref(), Some(PAGE));
}

#[test]
fn a_page_offers_its_main_feed_first_and_never_its_api() {
    let page = "<html><head><base href='https://example.org/b/'>
        <link rel='alternate' type='application/rss+xml' title='Blog &raquo; Comments Feed' href='comments/feed'>
        <link rel='alternate' type='application/rss+xml' title='Blog' href='feed'>
        <link rel='ALTERNATE feed' type='application/feed+json' href='/feed.json'>
        <link rel='alternate' type='application/json' href='/feeds/json'>
        <link rel='alternate' type='application/json' href='/wp-json/wp/v2/pages/1'>
        <link rel='alternate' type='application/json+oembed' href='/oembed?x'>
        <link rel='alternate' type='text/xml' href='/embed?format=xml'>
        <link rel='alternate' hreflang='fr' href='/fr/'>
        <link rel='alternate' type='application/atom+xml' href='javascript:x'></head>
        <body><a href='/other.rss'>RSS</a></body></html>";
    let offered: Vec<_> =
        offers(&reply(PAGE, 200, page.as_bytes())).into_iter().map(|offer| (offer.url, offer.title)).collect();
    assert_eq!(
        offered,
        [
            ("https://example.org/b/feed".to_owned(), Some("Blog".to_owned())),
            ("https://example.org/feed.json".to_owned(), None),
            ("https://example.org/feeds/json".to_owned(), None),
            ("https://example.org/b/comments/feed".to_owned(), Some("Blog » Comments Feed".to_owned())),
        ]
    );
    let linked = "<script>'<link rel=alternate type=application/rss+xml href=/no.xml>'</script><a href='/about'>x</a><a href='/topics/rss'>rss</a><a href='/atom.xml'>Flux</a><a href='https://reader.example/?feed=x'>y</a><p>";
    let offered = offers(&reply(PAGE, 200, format!("<html>{linked}").as_bytes()));
    assert_eq!(
        offered,
        [Offer { url: "https://example.org/atom.xml".into(), title: Some("Flux".into()), media_type: None }]
    );
    let directory =
        r#"{"results": [{"collectionName": "A &amp; B", "feedUrl": "https://a.example/x"}, {"feedUrl": 1}]}"#;
    let channel = "https://www.youtube.com/feeds/videos.xml?channel_id=UC1";
    for (at, page, feed) in [
        (PAGE, directory, "https://a.example/x"),
        ("https://www.youtube.com/@one", "<html><link rel=canonical href=/channel/UC1><a href=/feed>x</a>", channel),
        ("https://www.youtube.com/watch?v=1", "<html><meta itemprop=channelId content=UC1>", channel),
    ] {
        let offered: Vec<_> = offers(&reply(at, 200, page.as_bytes())).into_iter().map(|offer| offer.url).collect();
        assert_eq!(offered, [feed]);
    }
    assert_eq!(offers(&reply(PAGE, 200, FEED.as_bytes())).len(), 1);
    assert_eq!(offers(&reply(PAGE, 200, b"")), []);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn no_bytes_make_the_reader_panic(body in proptest::collection::vec(any::<u8>(), 0..400)) {
        let read = read::read(&reply(PAGE, 200, &body));
        prop_assert!(read.map_or_else(|unreadable| unreadable.why.key != "trouble.crashed", |_| true));
    }

    /// Pieces of feeds in any order reach deeper than bytes do.
    #[test]
    fn no_pieces_of_feeds_make_the_reader_panic(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let body: String = pieces.into_iter().filter_map(|piece| PIECES.get(piece)).copied().collect();
        for start in ["<rss>", "<feed>", "{\"items\":[", ""] {
            let body = format!("{start}{body}");
            let heard = reply(PAGE, 200, body.as_bytes());
            let read = read::read(&heard);
            prop_assert!(read.map_or_else(|unreadable| unreadable.why.key != "trouble.crashed", |_| true), "{}", body);
            prop_assert!(offers(&heard).len() <= 50);
        }
    }

    #[test]
    fn no_text_makes_recognition_panic_or_accept_another_scheme(typed in "\\PC{0,60}") {
        if let Some(found) = crate::sources::recognise(&typed) {
            prop_assert!(found.locator.starts_with("http://") || found.locator.starts_with("https://"));
        }
    }
}

#[rustfmt::skip]
const PIECES: &[&str] = &[
    "<item>", "</item>", "<item/>", "<entry>", "</entry>", "<title>", "</title>", "<title type='xhtml'>", "<link>", "</link>",
    "<link href='é'/>", "<description>", "</description>", "<content:encoded>", "</content:encoded>", "<![CDATA[", "]]>", "<!--",
    "-->", "<!DOCTYPE [", "]>", "<?xml", "?>", "&", "&#x110000;", "&#9999999999;", "&eacute;", "é", "\u{1F600}", "<", ">", "\"", "'", "=",
    "<pubDate>", "</pubDate>", "32 Mai -5 25:61:99 +99:99", "2019-13-99T", "1er é", "<media:group>", "<media:content url='//['/>",
    "<author>", "</author>", "(@)", "xml:base='..'", "xmlns:x='http://purl.org/rss/1.0/'", "<x:item>", "{\"id\":1,\"url\":\"é\"}", ",",
];
