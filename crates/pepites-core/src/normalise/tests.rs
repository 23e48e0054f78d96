//! Tests of the whole stage: what comes out of hostile, broken and ordinary items.

use std::path::Path;

use proptest::prelude::*;
use scraper::{Html, Node};

use super::*;
use crate::model::{Address, Note, SourceId, Validators};

mod reading;

const ARRIVED: Moment = Moment(1_795_390_200_000); // 2026-11-22T23:30:00Z

fn source() -> Source {
    Source {
        id: SourceId(1),
        address: Address { kind: "feed".to_owned(), locator: "https://blog.example/feed".to_owned() },
        feed: None,
        title: "The blog".to_owned(),
        name: None,
        site: Some("https://blog.example/".to_owned()),
        portrait: None,
        folders: Vec::new(),
        added: ARRIVED,
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

fn item(html: &str) -> Item {
    let link = Some("https://blog.example/2026/11/a-post".to_owned());
    Item { link, html: Some(html.to_owned()), ..Item::default() }
}

fn posts(items: Vec<Item>) -> Vec<Post> {
    normalise(&source(), Batch { items, ..Batch::default() }, ARRIVED)
}

fn post(item: Item) -> Post {
    posts(vec![item]).into_iter().next().expect("an item gives a post")
}

fn cleaned(html: &str) -> String {
    post(item(html)).html.as_str().to_owned()
}

fn check_html(html: &str, expected: &str) {
    let clean = cleaned(html);
    assert_eq!(clean, expected, "from {html}");
    assert_eq!(cleaned(&clean), clean, "cleaning twice is cleaning once: {html}");
}

/// What may be in a post, written down apart from the sanitiser's own list: a slip there must show here.
#[rustfmt::skip]
const MAY: &[(&str, &[&str])] = &[
    ("a", &["href", "rel", "title"]), ("abbr", &["title"]), ("address", &[]), ("article", &[]), ("aside", &[]),
    ("audio", &["src", "controls", "preload"]), ("b", &[]), ("bdi", &[]), ("bdo", &[]), ("blockquote", &[]), ("br", &[]),
    ("caption", &[]), ("cite", &[]), ("code", &["class"]), ("col", &["span"]), ("colgroup", &["span"]), ("dd", &[]),
    ("del", &[]), ("details", &[]), ("dfn", &["title"]), ("div", &[]), ("dl", &[]), ("dt", &[]), ("em", &[]),
    ("figcaption", &[]), ("figure", &[]), ("footer", &[]), ("h1", &[]), ("h2", &[]), ("h3", &[]), ("h4", &[]),
    ("h5", &[]), ("h6", &[]), ("header", &[]), ("hr", &[]), ("i", &[]),
    ("img", &["src", "alt", "title", "width", "height", "data-sensitive"]), ("ins", &[]), ("kbd", &[]), ("li", &["value"]), ("mark", &[]),
    ("nav", &[]), ("ol", &["start", "reversed"]), ("p", &[]), ("pre", &[]), ("q", &[]), ("rp", &[]), ("rt", &[]),
    ("ruby", &[]), ("s", &[]), ("samp", &[]), ("section", &[]), ("small", &[]), ("source", &["src", "type"]), ("span", &[]),
    ("strong", &[]), ("sub", &[]), ("summary", &[]), ("sup", &[]), ("table", &[]), ("tbody", &[]),
    ("td", &["colspan", "rowspan"]), ("tfoot", &[]), ("th", &["colspan", "rowspan"]), ("thead", &[]),
    ("time", &["datetime"]), ("tr", &[]), ("u", &[]), ("ul", &[]), ("var", &[]),
    ("video", &["src", "poster", "controls", "preload", "width", "height", "data-sensitive"]), ("wbr", &[]),
];

/// The first thing in `html`, as a browser would parse it, that may not be in a post.
fn offence(html: &str) -> Option<String> {
    let tree = Html::parse_fragment(html).tree;
    tree.nodes().find_map(|node| match node.value() {
        // The parser puts the fragment into a document of its own; attributes would have come from the fragment.
        Node::Element(element) if matches!(element.name(), "html" | "body") && element.attrs().next().is_none() => None,
        Node::Element(element) => {
            let Some((_, may)) = MAY.iter().find(|(name, _)| *name == element.name()) else {
                return Some(format!("<{}>", element.name()));
            };
            if !element.name.ns.ends_with("/1999/xhtml") {
                return Some(format!("<{}> of {}", element.name(), &*element.name.ns));
            }
            element.attrs().find_map(|(name, value)| {
                // A place in the post, whose name is no other's.
                let place = name == "id" && value.starts_with("n-");
                let listed = place || may.contains(&name) || matches!(name, "lang" | "dir");
                let address = matches!(name, "href" | "src" | "poster");
                let scheme = value.starts_with("http://") || value.starts_with("https://");
                let mail = name == "href" && (value.starts_with("mailto:") || value.starts_with("#n-"));
                let class = name != "class" || value.starts_with("language-");
                let rel = name != "rel" || value == "noopener noreferrer nofollow";
                let clean = !value.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t'));
                (!(listed && (!address || scheme || mail) && class && rel && clean))
                    .then(|| format!("<{} {name}={value:?}>", element.name()))
            })
        }
        Node::Comment(_) | Node::ProcessingInstruction(_) | Node::Doctype(_) => {
            Some("markup that is no tag".to_owned())
        }
        Node::Text(text) => {
            text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')).then(|| format!("{text:?}"))
        }
        Node::Document | Node::Fragment => None,
    })
}

#[test]
fn hostile_markup_leaves_nothing_but_text() {
    for html in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href='&#1;javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<a href='file:///etc/passwd'>x</a>",
        "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<math href='javascript:alert(1)'><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<iframe src=https://e.example><img src=x onerror=alert(1)></iframe>",
        "<svg><iframe><a title='</iframe><img src onerror=alert(1)>'>x",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<NoScript><p title='</NoScript><img src=x onerror=alert(1)>'></NoScript>",
        "<form action=https://e.example><input name=q><button formaction=x>go</button></form>",
        "<p style='background:url(https://e.example)' class=x id=y onclick=z>x</p>",
        "<video poster='javascript:alert(1)' src='javascript:alert(1)' onplay=x><source src='javascript:alert(1)'></video>",
        "<object data=https://e.example/x.swf><embed src='javascript:alert(1)'></object>",
        "<base href=https://e.example/><link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
        "<template><img src=x onerror=alert(1)></template>",
        "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
        "<xmp><img src=x onerror=alert(1)></xmp><plaintext><b>",
        "<!--><img src=x onerror=alert(1)>--><?php x ?><![CDATA[<b>]]>",
        "<a href='https://e.example/\"onmouseover=\"alert(1)'>x</a>",
        "<img alt='\"><script>alert(1)</script>' src=/x.png>",
        "<code class='language-x\" onclick=y'>x</code><code class='language-a evil'>x</code>",
        "a\0b&#0;c\u{202e}d\u{7}e",
    ] {
        let clean = cleaned(html);
        assert_eq!(offence(&clean), None, "{html} became {clean}");
        assert_eq!(cleaned(&clean), clean, "cleaning twice is cleaning once: {html}");
    }
}

#[test]
fn every_payload_of_the_shared_material_is_harmless() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/security-dev");
    let mut payloads = Vec::new();
    for file in ["xss.jsonl", "dompurify.jsonl"] {
        let Ok(lines) = std::fs::read_to_string(folder.join(file)) else {
            println!("skipped: ../shared/data/security-dev/{file} is not there");
            return;
        };
        let read = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
        payloads.extend(lines.lines().map(|line| read(line)["payload"].as_str().unwrap().to_owned()));
    }
    assert!(payloads.len() > 4_000, "only {} payloads", payloads.len());
    for payload in payloads {
        let post = post(Item { title: Some(payload.clone()), ..item(&payload) });
        let clean = post.html.as_str();
        assert_eq!(offence(clean), None, "{payload} became {clean}");
        assert_eq!(cleaned(clean), clean, "cleaning twice is cleaning once: {payload}");
    }
}

#[test]
#[rustfmt::skip]
fn what_is_for_reading_stays() {
    check_html("plain, no tags", "plain, no tags");
    check_html("a > b", "a &gt; b");
    check_html("<p>One <b>two</b> <i>three</i></p>", "<p>One <b>two</b> <i>three</i></p>");
    check_html("<h2 id=x class=y>T</h2><ul><li>a<li>b</ul>", "<h2>T</h2><ul><li>a</li><li>b</li></ul>");
    check_html("<table><tr><th colspan=2>a<td rowspan=x>b</table>", "<table><tbody><tr><th colspan=\"2\">a</th><td>b</td></tr></tbody></table>");
    check_html("<ol start=3 reversed><li value=4>x</ol>", "<ol start=\"3\" reversed=\"\"><li value=\"4\">x</li></ol>");
    check_html("<pre><code class='hl language-rust'>\nfn x() {}</code></pre>", "<pre><code class=\"language-rust\">\nfn x() {}</code></pre>");
    check_html("<pre>\n\n\nx</pre>", "<pre>x</pre>");
    check_html("<details open><summary>s</summary>x</details>", "<details><summary>s</summary>x</details>");
    check_html("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>");
    check_html("<p dir=rtl lang=ar>x</p>", "<p dir=\"rtl\" lang=\"ar\">x</p>".replace("dir=\"rtl\" lang=\"ar\"", "lang=\"ar\" dir=\"rtl\"").as_str());
    check_html("<center><font color=red>x</font></center><strike>y</strike>", "<div>x</div><s>y</s>");
    check_html("<p>E = <math><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup><annotation>mc^2</annotation></math></p>", "<p>E = <i>m</i><i>c</i><sup>2</sup></p>");
    check_html("<audio controls src=/a.mp3></audio>", "<audio src=\"https://blog.example/a.mp3\" controls=\"\" preload=\"none\"></audio>");
    check_html("<video width=640 poster=p.jpg><source src=v.mp4 type=video/mp4></video>", "<video poster=\"https://blog.example/2026/11/p.jpg\" controls=\"\" preload=\"none\" width=\"640\"><source src=\"https://blog.example/2026/11/v.mp4\" type=\"video/mp4\"></video>");
    check_html("<picture><source srcset=x.webp><img src=/x.jpg alt=X></picture>", "<img src=\"https://blog.example/x.jpg\" alt=\"X\">");
    check_html("<p>a<button><p>b</p></button></p>", "<p>a</p><p>b</p><p></p>");
}

#[test]
#[rustfmt::skip]
fn addresses_are_absolute_or_gone() {
    let rel = "rel=\"noopener noreferrer nofollow\"";
    check_html("<a href=/x>y</a>", &format!("<a href=\"https://blog.example/x\" {rel}>y</a>"));
    check_html("<a href=x title='A \"b\"'>y</a>", &format!("<a href=\"https://blog.example/2026/11/x\" {rel} title=\"A &quot;b&quot;\">y</a>"));
    check_html("<a href=//e.example/x>y</a>", &format!("<a href=\"https://e.example/x\" {rel}>y</a>"));
    check_html("<a href='#n1'>1</a>", &format!("<a href=\"https://blog.example/2026/11/a-post#n1\" {rel}>1</a>"));
    check_html("<a href='https://e.example/?a=1&b=2'>y</a>", &format!("<a href=\"https://e.example/?a=1&amp;b=2\" {rel}>y</a>"));
    check_html("<a href=mailto:jo@e.example>y</a>", &format!("<a href=\"mailto:jo@e.example\" {rel}>y</a>"));
    check_html("<a href=ftp://e.example>y</a><a name=z>z</a>", "yz");
    check_html("<a href=/x>a<a href=/y>b</a>", &format!("<a href=\"https://blog.example/x\" {rel}>a</a><a href=\"https://blog.example/y\" {rel}>b</a>"));
    check_html("<img src=mailto:x@e.example>", "");
    let based = post(Item { base: Some("https://cdn.example/d/".to_owned()), ..item("<img src=i.png><a href='#n'>n</a>") });
    assert_eq!(based.html.as_str(), format!("<img src=\"https://cdn.example/d/i.png\"><a href=\"https://blog.example/2026/11/a-post#n\" {rel}>n</a>"));
    let mut nowhere = source();
    nowhere.address.locator = "feed".to_owned();
    nowhere.site = None;
    let lost = Item { html: Some("<a href=/x>y</a><img src=i.png>".to_owned()), ..Item::default() };
    let batch = Batch { items: vec![lost], ..Batch::default() };
    assert_eq!(normalise(&nowhere, batch, ARRIVED)[0].html.as_str(), "y", "no base, no address");
}

#[test]
#[rustfmt::skip]
fn pictures_that_scripts_would_load_are_shown_and_those_that_count_readers_are_not() {
    let picture = "<img src=\"https://blog.example/a.jpg\">";
    check_html("<img data-src=/a.jpg>", picture);
    check_html("<img src='data:image/gif;base64,R0' data-lazy-src=/a.jpg>", picture);
    check_html("<img src=/img/blank.gif data-original=/a.jpg>", picture);
    check_html("<img srcset='/a.jpg 1x, /b.jpg 2x'>", picture);
    check_html("<img src=/spin.svg data-src=/a.jpg>", "<img src=\"https://blog.example/spin.svg\">");
    check_html("<img data-src=/a.jpg><noscript><img src=/a.jpg></noscript>", picture);
    check_html("<img src='data:x'><noscript><img src=/a.jpg></noscript>", picture);
    check_html("<IMG DATA-SRC=/a.jpg><NOSCRIPT><IMG SRC=/a.jpg></NOSCRIPT>", picture);
    check_html("<img src=/a.jpg width=600px height=40%>", "<img src=\"https://blog.example/a.jpg\" width=\"600\">");
    check_html("x<img src=/a.gif width=1 height=1>", "x");
    check_html("x<img src=https://pixel.wp.com/b.gif?x=1>", "x");
    check_html("x<img src=/spacer.gif>", "x");
}

#[test]
#[rustfmt::skip]
fn frames_become_links() {
    let link = |to: &str, label: &str| format!("<a href=\"{to}\" rel=\"noopener noreferrer nofollow\">{label}</a>");
    check_html("<iframe src=https://www.youtube.com/embed/abc title='A \"film\" &amp; more'>old</iframe>!", &(link("https://www.youtube.com/watch?v=abc", "<img src=\"https://i.ytimg.com/vi/abc/hqdefault.jpg\" alt=\"\">A \"film\" &amp; more") + "!"));
    check_html("<embed src=//e.example/player>", &link("https://e.example/player", "e.example"));
    check_html("<iframe></iframe>x", "x");
    check_html("<iframe src=https://www.googletagmanager.com/ns.html></iframe>x", "x");
    check_html("<a href=https://e.example/><iframe src=https://f.example></iframe></a>", &link("https://e.example/", "f.example"));
}

#[test]
fn a_shortened_link_of_a_microblog_reads_as_there_and_leads_all_the_way() {
    let post = post(item(
        "<p>See <a href=\"https://news.example/2026/11/a-long-way\"><span class=\"invisible\">https://</span>\
         <span class=\"ellipsis\">news.example/2026</span><span class=\"invisible\">/11/a-long-way</span></a></p>",
    ));
    assert_eq!(post.text, "See news.example/2026…");
    assert_eq!(post.links_out, ["https://news.example/2026/11/a-long-way"]);
    assert_eq!(
        post.html.as_str(),
        "<p>See <a href=\"https://news.example/2026/11/a-long-way\" rel=\"noopener noreferrer nofollow\">\
         news.example/2026…</a></p>"
    );
}

#[test]
fn text_has_one_line_for_each_block() {
    for (html, text) in [
        ("<p>One  <b>two</b></p>\n\n<p>three<br>four</p>", "One two\nthree\nfour"),
        ("<ul><li>a</li><li>b</li></ul>c", "a\nb\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("L&rsquo;&eacute;t&eacute;&nbsp;: 1 &lt; 2 &amp;amp; &quot;3&quot;", "L’été : 1 < 2 &amp; \"3\""),
        ("<p>a</p><script>b</script><style>c</style>", "a"),
        ("wo<wbr>rd <i>i</i>talic", "word italic"),
        ("", ""),
    ] {
        assert_eq!(post(item(html)).text, text, "{html}");
    }
}

#[test]
fn bodies_made_to_stop_a_reader_are_kept_as_text() {
    let deep = format!("{}end", "<div>".repeat(50_000));
    assert_eq!(cleaned(&deep), "<p>end</p>");
    let fonts: String = (0..5_000).map(|n| format!("<font color={n}>")).collect();
    assert_eq!(post(item(&(fonts + &"<p>x".repeat(5_000)))).words, 5_000);
    let nested = cleaned(&format!("{}end", "<div>".repeat(1_000)));
    assert_eq!((offence(&nested), nested.matches("<div>").count()), (None, 128));
    let huge = post(item(&"é".repeat(3_000_000)));
    assert!(huge.text.len() <= 1 << 20 && huge.lead.chars().count() <= 280);
}

#[test]
fn dates_are_believed_within_reason() {
    let at = |millis: i64| Some(Moment(millis));
    let day = Moment::DAY;
    for (published, updated, expected, dated) in [
        (at(1_700_000_000_000), None, Moment(1_700_000_000_000), true),
        (None, at(1_700_000_000_000), Moment(1_700_000_000_000), true),
        (at(0), at(1_700_000_000_000), Moment(1_700_000_000_000), true),
        (None, None, ARRIVED, false),
        (at(0), None, ARRIVED, false),
        (Some(ARRIVED.plus(day / 2)), None, ARRIVED, true),
        (Some(ARRIVED.plus(day * 2)), None, ARRIVED, false),
        (at(i64::MAX), at(i64::MIN), ARRIVED, false),
    ] {
        let post = post(Item { published, updated, ..item("x") });
        assert_eq!((post.published, post.dated), (expected, dated), "{published:?} {updated:?}");
    }
}

#[test]
fn a_post_carries_what_the_item_said() {
    let strings = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let file = |url: &str| Enclosure { url: url.to_owned(), media_type: None, bytes: Some(3), seconds: None };
    let post = post(Item {
        title: Some("L&#8217;&eacute;t&eacute;".to_owned()),
        authors: strings(&["Someone", "<b>Else</b>", "Someone", " "]),
        tags: strings(&["Rust", "rust", "#Été", ""]),
        enclosures: vec![file("/a.mp3"), file("javascript:x"), file("/a.mp3")],
        summary: Some("unused".to_owned()),
        published: Some(Moment(1_700_000_000_000)),
        ..item("<p>Read <a href='https://www.e.example/x/?utm_source=z'>this</a> and <a href=/own>that</a>.</p>")
    });
    assert_eq!((post.title.as_str(), post.untitled), ("L’été", false));
    assert_eq!(post.author.as_deref(), Some("Someone, Else"));
    assert_eq!(post.tags, ["rust", "été"]);
    assert_eq!(post.enclosures, [file("https://blog.example/a.mp3")]);
    assert_eq!(post.links_out, ["https://e.example/x"], "canonical, other sites only");
    assert_eq!(post.canonical.as_deref(), Some("https://blog.example/2026/11/a-post"));
    assert_eq!((post.lead.as_str(), post.words), ("Read this and that.", 4));
}

#[test]
fn what_is_folded_is_found_and_stands_in_no_list() {
    for (warning, title) in [("Spiders", "Spiders"), ("A wreck, and what was in it", "A wreck, and what was in it")] {
        let folded = item(&format!("<details><summary>{warning}</summary><p>They cut the mooring chain</p></details>"));
        let note = Note { unfolded: Some(format!("<p>{warning}</p>")), ..Note::default() };
        let post = post(Item { title: None, note, ..folded });
        assert_eq!((post.title.as_str(), post.lead.as_str()), (title, warning));
        assert!(post.text.contains("mooring chain"), "{}", post.text);
    }
}

#[test]
fn an_empty_item_is_still_a_post_and_an_edit_shows_in_its_hash() {
    let empty = post(Item::default());
    assert_eq!((empty.title.as_str(), empty.untitled, empty.link.is_none()), ("The blog", true, true));
    assert!(!empty.identities.is_empty());
    let summary = post(Item { summary: Some("Short".to_owned()), html: Some("  ".to_owned()), ..Item::default() });
    assert_eq!(summary.text, "Short", "the shorter body, when the fuller is blank");
    let (one, two) = (post(item("one")), post(item("two")));
    assert_ne!(one.content_hash, two.content_hash);
    assert_eq!((&one.key, &one.identities[0]), (&two.key, &two.identities[0]), "same link, so the same post");
}

/// Pieces that meet in odd ways: tags that close others, walls that stop them, half tags, entities, controls.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "p",
            "div",
            "b",
            "i",
            "a href=x",
            "a",
            "button",
            "table",
            "tr",
            "td",
            "th",
            "caption",
            "li",
            "ul",
            "dd",
            "dt",
            "h1",
            "h2",
            "pre",
            "span",
            "svg",
            "math",
            "mi",
            "mtext",
            "msup",
            "mfrac",
            "mtable",
            "mphantom",
            "annotation-xml",
            "b id=x",
            "li id=x",
            "a href=#x",
            "a name=x",
            "foreignObject",
            "select",
            "option",
            "form",
            "ruby",
            "rt",
            "rp",
            "font color=1",
            "nobr",
            "object",
            "marquee",
            "template",
            "noscript",
            "style",
            "script",
            "title",
            "textarea",
            "iframe src=y",
            "img src=z",
            "br",
            "hr",
            "col",
            "colgroup",
            "tbody",
            "video",
            "source src=v",
            "details",
            "summary",
            "body",
            "html",
            "frameset",
            "plaintext",
            "xmp",
            "center",
            "fieldset",
        ])
        .prop_flat_map(|tag| {
            let name = tag.split(' ').next().unwrap_or_default().to_owned();
            prop_oneof![3 => Just(format!("<{tag}>")), 2 => Just(format!("</{name}>")), 1 => Just(format!("<{tag}"))]
        }),
        prop::sample::select(vec!["text", " ", "\n", "&amp;", "&lt;b&gt;", "&#1;", "<", ">", "\"", "<!--", "-->", "é"])
            .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_soup_of_tags_gets_through_and_cleaning_twice_is_cleaning_once(html in soup()) {
        let clean = cleaned(&html);
        prop_assert_eq!(offence(&clean), None, "{}", &clean);
        prop_assert_eq!(cleaned(&clean), clean);
    }

    #[test]
    fn whatever_a_source_sends_becomes_a_post(
        id in proptest::option::of(any::<String>()),
        link in proptest::option::of("(https?://)?[a-z%&?#=/.:@\\[\\]\u{0}-\u{20}é]{0,30}"),
        title in proptest::option::of("[\\PC<>&;#x0-9a-z \u{0}-\u{20}]{0,200}"),
        html in proptest::option::of(any::<String>()),
        base in proptest::option::of(any::<String>()),
        tags in prop::collection::vec(any::<String>(), 0..3),
        language in proptest::option::of(any::<String>()),
        published in proptest::option::of(any::<i64>()),
    ) {
        let published = published.map(Moment);
        let sent = Item { id, link, title, html, base, tags, language, published, ..Item::default() };
        let all = posts(vec![sent.clone(), sent]);
        prop_assert_eq!(all.len(), 1, "the second repeats the first");
        let post = &all[0];
        prop_assert!(!post.title.trim().is_empty() && post.title.chars().count() <= 300);
        prop_assert!(post.lead.chars().count() <= 280);
        prop_assert!(post.published <= ARRIVED);
        prop_assert!(!post.identities.is_empty());
        prop_assert_eq!(offence(post.html.as_str()), None);
    }
}
