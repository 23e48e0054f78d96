//! Which reader reads what, and that it makes no difference to what a post is known by.

use std::{fs, path::Path};

use super::*;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/feeds-dev");

fn reply(body: &[u8], content_type: Option<&str>) -> Reply {
    let url = "https://example.org/feed.xml".to_owned();
    let headers = content_type.map(|kind| ("content-type".to_owned(), kind.to_owned())).into_iter().collect();
    Reply { asked: url.clone(), url, status: 200, headers, body: body.into(), ..Reply::default() }
}

/// What our own readers give alone.
fn ours(reply: &Reply) -> Batch {
    let text = encoding::text(&reply.body, reply.header("content-type"));
    let address = Url::parse(&reply.url).ok();
    match form(&text, reply.header("content-type")) {
        Form::Xml(start) => lenient::read(text.split_at(start).1, address).unwrap().0,
        _ => json::read(&text, address).unwrap().0,
    }
}

#[track_caller]
fn check(body: &str, by_feed_rs: bool) {
    let reply = reply(body.as_bytes(), None);
    let (batch, theirs) = read_by(&reply).unwrap();
    assert_eq!(theirs, by_feed_rs, "{body}");
    assert_eq!(batch.items, ours(&reply).items, "{body}");
}

#[test]
fn feed_rs_reads_what_it_reads_wholly_of_feeds_that_lack_something_and_the_lenient_reader_the_rest() {
    let link = "<link>https://x.example/1</link>";
    let entire = "<guid>1</guid><description>b</description><pubDate>2019-01-25</pubDate>";
    for (inside, by_feed_rs) in [
        (format!("<title>a &amp;amp; b</title>{link}<guid>1</guid><description>&lt;p&gt;b</description>"), true),
        (format!("<title>R&D caf&eacute; &#146;</title>{link}"), true),
        ("<title>a</title><guid>https://x.example/1</guid><pubDate>2019-01-25 00:00:00</pubDate>".into(), true),
        (format!("{link}<description><![CDATA[R&D <b>x</b>]]></description><category>c</category>"), true),
        (format!("{link}<enclosure url='/a.mp3' type='audio/mpeg' length='12'/>"), true),
        (format!("<title>a</title>{link}<description>raw <b>html</b> is cut</description>"), false),
        (format!("<title>a</title>{link}<media:title/>"), false),
        (format!("<title>a</title>{link}<feedburner:origLink>https://y.example/1</feedburner:origLink>"), false),
        (format!("<title>a</title>{link}<dc:subject>tag</dc:subject>"), false),
        (format!("<title>a</title>{link}<itunes:duration>7:04</itunes:duration><enclosure url='/a.mp3'/>"), false),
        (format!("<title>a</title>{link}</b>"), false),
        (format!("<title>a</title>{link}{entire}"), false),
        (format!("{link}{entire}"), true),
    ] {
        check(
            &format!("<rss><channel><link>https://site.example/</link><item>{inside}</item></channel></rss>"),
            by_feed_rs,
        );
    }
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Ada</name></author><entry><id>1</id>";
    check(&format!("{atom}<title>Vec&lt;T></title><link href='/1'/><summary>a &lt; b</summary></entry></feed>"), true);
    check(&format!("{atom}<title type='html'>a &lt;b>c&lt;/b></title><link href='/1'/></entry></feed>"), true);
    check(&format!("{atom}<title type='HTML'>a</title><link href='/1'/></entry></feed>"), false);
    check("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>a</title></entry></feed>", false);
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": "#;
    check(&format!(r#"{json}[{{"id": "1", "url": "/1", "title": "a < b", "content_text": "c"}}]}}"#), true);
    check(&format!(r#"{json}[{{"id": 1, "url": "/1", "title": "a"}}]}}"#), false);
}

#[test]
fn a_text_of_atom_in_base64_is_shown_as_the_text_it_holds() {
    let one = |head: &str, content: &str| {
        let feed = format!("<feed {head}><entry><id>1</id><title>a</title>{content}</entry></feed>");
        read(&reply(feed.as_bytes(), None)).unwrap().items.remove(0).html
    };
    let (now, old) = ("xmlns='http://www.w3.org/2005/Atom'", "version='0.3' xmlns='http://purl.org/atom/ns#'");
    for (head, attributes, content, expected) in [
        (now, "type='application/octet-stream'", "PHA+\nTmV3czwv\ncD4=", Some("<p>News</p>")),
        (now, "type='application/octet-stream'", "YSA8IGI=", Some("a &lt; b")),
        (now, "type='application/octet-stream'", "words as they are", Some("words as they are")),
        (now, "type='application/pdf'", "JVBERi0xLjcKJeLjz9M=", None),
        (now, "type='image/png'", "iVBORw0KGgo=", None),
        (now, "type='text/plain'", "PHA+", Some("PHA+")),
        (old, "mode='base64' type='text/html'", "PGI+YTwvYj4=", Some("<b>a</b>")),
        (old, "mode='base64'", "AAECAw==", None),
        (old, "mode='base64'", "not packed", None),
        (old, "mode='escaped' type='application/x'", "PGI+", Some("PGI+")),
    ] {
        let html = one(head, &format!("<content {attributes}>{content}</content>"));
        assert_eq!(html.as_deref(), expected, "{attributes} {content}");
    }
}

#[test]
fn what_would_hang_feed_rs_or_overflow_its_stack_never_reaches_it() {
    let feed = |inside: &str| {
        format!(
            "<rss xmlns:m='http://search.yahoo.com/mrss/'><channel><item><title>t</title>{inside}</item></channel></rss>"
        )
    };
    let (deep, shallow) = ("<m:group>".repeat(60_000), "</m:group>".repeat(60_000));
    let attributes: String = (0..100_000).map(|n| format!(" a{n}='1'")).collect();
    let prefixes: String = (0..50_000).map(|n| format!(" xmlns:a{n}='x'")).collect();
    let copied = "<m:thumbnail url='https://x.example/1.png'/>".repeat(20_000) + &"<m:group/>".repeat(20_000);
    for inside in [format!("{deep}{shallow}"), format!("<b{attributes}/>"), format!("<b{prefixes}/>"), copied] {
        let (batch, theirs) = read_by(&reply(feed(&inside).as_bytes(), None)).unwrap();
        assert_eq!((batch.items.len(), theirs), (1, false));
    }
    let authors = r#"{"name": "a"},"#.repeat(20_000);
    let items = "{\"id\": \"1\", \"title\": \"t\"},".repeat(4_000);
    let json = format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "t", "authors": [{}], "items": [{}]}}"#,
        authors.trim_end_matches(','),
        items.trim_end_matches(',')
    );
    let (batch, theirs) = read_by(&reply(json.as_bytes(), None)).unwrap();
    assert_eq!((batch.items.len(), theirs), (4_000, false));
}

#[test]
fn a_captured_feed_gives_the_same_posts_whoever_reads_it() {
    let Ok(reference) = fs::read_to_string(Path::new(CORPUS).join("reference.jsonl")) else {
        println!("SKIPPED: no corpus of feeds beside the workspace");
        return;
    };
    let mut feeds = [0, 0, 0];
    for line in reference.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let Ok(body) = fs::read(Path::new(CORPUS).join(row["file"].as_str().unwrap())) else { continue };
        let reply = reply(&body, row["http_headers"].as_str());
        let Ok((batch, by_feed_rs)) = read_by(&reply) else { continue };
        if row["captured"] == true {
            let whole = batch.items.iter().all(entire);
            assert!(!(whole && by_feed_rs), "{}: a whole reading was read again", row["file"]);
            feeds[if whole { 2 } else { usize::from(by_feed_rs) }] += 1;
        }
        let known_by = |batch: &Batch| -> Vec<_> {
            batch.items.iter().map(|item| [&item.id, &item.link, &item.title].map(Clone::clone)).collect()
        };
        let (read, alone) = (known_by(&batch), known_by(&ours(&reply)));
        assert_eq!(read.get(..alone.len()), Some(alone.as_slice()), "{}", row["file"]);
    }
    let [poorer, by_feed_rs, whole] = feeds;
    println!("captured feeds: {whole} read once, {by_feed_rs} by feed-rs, in {poorer} it had less");
    assert!(by_feed_rs > 0 && whole > by_feed_rs + poorer, "most feeds lack nothing, and feed-rs helps with the rest");
}
