//! Holds what is taken for the article of a page, what is left out of it, and that no page costs more than its length.

use super::*;

const PARAGRAPH: &str = "The council of the harbour met in the old market hall, and after two hours of talk it \
                         voted for the bridge that the island had asked for since the winter of the great flood.";

fn read(html: &str) -> Result<Article, NoArticle> {
    Page {
        body: html.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        address: "https://a.example/news/one",
    }
    .article()
}

fn around(inside: &str) -> String {
    format!(
        "<html><body><article><p>1 {PARAGRAPH}</p><p>2 {PARAGRAPH}</p>{inside}<p>3 {PARAGRAPH}</p><p>4 {PARAGRAPH}</p></article></body></html>"
    )
}

#[test]
fn what_is_not_the_article_is_left_out_and_what_is_stays() {
    let check = |inside: &str, word: &str, stays: bool| {
        let html = read(&around(inside)).unwrap().html;
        assert_eq!(html.contains(word), stays, "{inside}\n{html}");
        assert_eq!(html.matches("council of the harbour").count(), 4, "{inside}\n{html}");
    };
    let out = |inside: &str| check(inside, "WORD", false);
    out("<p>Related: <a href=/x>A WORD about another bridge</a></p>");
    out("<p>À lire aussi : <a href=/x>WORD du port</a></p>");
    out("<p><a href=/x>SEE THE WORD HERE</a></p>");
    out("<div class=newsletter-box><p>The WORD of the week, by mail</p></div>");
    out("<p>Sign up for our newsletter, the WORD of the week.</p>");
    out("<div class='share-buttons'><a href=/s>WORD</a></div>");
    out("<div id=relatedPosts><ul><li><a href=/x>WORD</a></li></ul></div>");
    out("<button>WORD</button><script>WORD</script><nav>WORD</nav>");
    let stay = |inside: &str| check(inside, "WORD", true);
    stay("<h2>The WORD</h2><p>It was the first in years, they said.</p>");
    stay("<p>It is told in <a href=/x>the WORD of the council</a>, which is long.</p>");
    stay("<pre><code class=language-sh>echo WORD</code></pre>");
    stay("<table><tr><th>Name</th><th>Length</th></tr><tr><td>WORD</td><td>12 m</td></tr></table>");
    stay("<ul><li>One WORD of some length to be read</li><li>Another one, as long as that</li></ul>");
    stay("<blockquote class='twitter-tweet social'><p>A WORD that was said elsewhere</p></blockquote>");
    stay("<figure><img src=/p.png alt=x><figcaption>The WORD in the evening</figcaption></figure>");
    stay("<p>Ad WORD <sub>1</sub> and <sup>2</sup> in a line of a text.</p>");
}

#[test]
fn what_is_told_of_a_picture_becomes_its_caption() {
    let html = read(&around(
        "<div class=picture><img src=/p.png><span class=image-caption>The ferry at its WORD</span></div>",
    ));
    assert!(html.unwrap().html.contains(">The ferry at its WORD</figcaption>"));
}

#[test]
fn the_words_of_the_page_for_machines_stand_in_where_a_script_fills_it() {
    let said = |free: &str| {
        format!(
            "<html><head><script type='application/ld+json'>[{{\"@graph\":[{{\"@type\":\"Article\"{free},\
                 \"articleBody\":\"{0}\\n\\n{0}\"}}]}}]</script></head><body><div id=app></div></body></html>",
            PARAGRAPH.repeat(2)
        )
    };
    let article = read(&said("")).unwrap();
    assert_eq!(article.html.matches("<p>").count(), 2, "{}", article.html);
    // What is to be paid for is not taken from there.
    assert_eq!(
        read(&said(",\"isAccessibleForFree\":\"False\"")).map(|article| article.html.contains("council")),
        Ok(false)
    );
}

#[test]
fn the_words_for_machines_are_weighed_like_a_page() {
    let said = |body: &str| {
        let body = body.replace('<', "&lt;");
        read(&format!(
            "<script type='application/ld+json'>{{\"articleBody\":\"{body}\"}}</script><body><div id=app></div></body>"
        ))
    };
    let text = format!("<p>{PARAGRAPH}</p>").repeat(2);
    assert!(said(&text).unwrap().html.contains("<p>The council"));
    for (name, more) in [
        ("copies of what stays open", "<b>".repeat(600) + &"<p>x".repeat(600)),
        ("attributes", format!("<p{}>", " a".repeat(150))),
        ("deep", "<div>".repeat(DEEPEST + 50)),
        ("many", "<br>".repeat(MOST_ELEMENTS + 1)),
    ] {
        assert_eq!(said(&(text.clone() + &more)), Err(NoArticle::Nothing), "{name}");
    }
}

#[test]
fn a_picture_for_browsers_without_scripts_is_shown_as_any_other() {
    for hidden in [
        "<noscript><img src=/quay.png></noscript>",
        "<NOSCRIPT><IMG SRC=/quay.png></NOSCRIPT>",
        "<noscript>&lt;IMG src=/quay.png&gt;</noscript>",
    ] {
        assert!(read(&around(hidden)).unwrap().html.contains("/quay.png"), "{hidden}");
    }
    assert!(!read(&around("<noscript><p>Turn scripts on.</p></noscript>")).unwrap().html.contains("Turn"));
}

#[test]
fn what_waits_for_a_script_is_bounded_like_the_page() {
    let hidden = |inside: &str, times: usize| {
        let text = "The WORD of the pilots was heard by all who stood on the quay of the island that morning.";
        let inside = format!("<img src=/p.png><p>{text}</p>{inside}").replace('<', "&lt;");
        read(&around(&format!("<noscript>{inside}</noscript>").repeat(times)))
    };
    assert!(hidden("", 3).unwrap().html.contains("WORD"));
    assert_eq!(hidden(&"<p>x".repeat(1_000), MOST_ELEMENTS / 1_000 + 1), Err(NoArticle::Tangled));
    assert_eq!(hidden(&"<div>".repeat(DEEPEST + 50), 1), Err(NoArticle::Tangled));
    // Each may be parsed, and all of them together may not.
    let copies = "<b>".repeat(150) + &"<p>x".repeat(150);
    assert!(!hidden(&copies, 20).unwrap().html.contains("WORD"));
}

/// So many that what looks at all of them for each takes minutes.
const A_LOT: usize = 50_000;

#[test]
fn many_credits_and_quotations_cost_no_more_than_their_number() {
    let tidied = |html: String| {
        tidy::tidy(&candidates::Candidate { tree: Document::fragment(html), trust: 100, title: String::new() })
    };
    let picture = "<div><img src=/p.png><p>photo: WORD</p><p>The ferry</p></div>";
    assert_eq!(tidied(picture.to_owned()).html.matches("</figcaption>").count(), 2);
    // No blank between them, and they are no single word: what stands beside them is no caption.
    let many = format!("<div><img src=/p.png><p>{PARAGRAPH}</p>{}</div>", "<p>photo:</p>".repeat(A_LOT));
    let html = tidied(many).html;
    assert_eq!((html.matches("</figcaption>").count(), html.matches("</p>").count()), (A_LOT, 1));
    let page = Document::from(format!("<div>{}</div>", "<blockquote>x</blockquote>".repeat(A_LOT)));
    frame::remove(&page);
    assert_eq!(page.select("div > blockquote").length(), A_LOT);
    let page = Document::from("<div><div><blockquote>x</blockquote></div></div><div>y<blockquote>x</blockquote></div>");
    frame::remove(&page);
    assert_eq!(page.select("div > blockquote").length(), 1);
}

#[test]
fn the_beginning_of_what_is_to_be_paid_for_is_called_that() {
    let gate =
        |text: &str| format!("<body><article><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p><p>{text}</p></article></body>");
    for (text, teaser) in [
        ("Subscribe to continue reading this article.", true),
        ("Il vous reste 70 % de cet article à lire. La suite est réservée aux abonnés.", true),
        ("The bridge will be closed to those who do not pay.", false),
    ] {
        assert_eq!(read(&gate(text)).unwrap().teaser, teaser, "{text}");
    }
    let whole: String = (0..20).map(|number| format!("<p>{number} {PARAGRAPH}</p>")).collect();
    assert!(
        !read(&format!("<body><article>{whole}<p>Already a subscriber? Sign in.</p></article></body>")).unwrap().teaser
    );
}

#[test]
fn only_pages_are_read() {
    let page = around("");
    for (kind, body, read) in [
        (Some("text/html"), page.as_str(), true),
        (Some("Application/XHTML+XML; charset=utf-8"), &page, true),
        (None, &page, true),
        (Some("text/plain"), &page, true),
        (Some("text/plain"), "only words", false),
        (Some("application/pdf"), &page, false),
        (Some("image/png"), &page, false),
        (Some("application/rss+xml"), "<rss/>", false),
    ] {
        let found = Page { body: body.as_bytes(), content_type: kind, address: "https://a.example/" }.article();
        assert_eq!(found != Err(NoArticle::NotAPage), read, "{kind:?} {body}");
    }
}

#[test]
fn addresses_are_relative_to_the_base_that_the_page_names() {
    let base = |head: &str| read(&around("").replace("<body>", &format!("<head>{head}</head><body>"))).unwrap().base;
    for (head, expected) in [
        ("", "https://a.example/news/one"),
        ("<base href=/site/>", "https://a.example/site/"),
        ("<base href='https://b.example/x/'>", "https://b.example/x/"),
        ("<base href='javascript:x'>", "https://a.example/news/one"),
        ("<base target=_blank>", "https://a.example/news/one"),
    ] {
        assert_eq!(base(head), expected, "{head}");
    }
}

#[test]
fn a_page_made_to_cost_is_refused() {
    for page in [
        "<div>".repeat(DEEPEST + 50),
        "<p>x</p>".repeat(MOST_ELEMENTS + 1),
        "<b>".repeat(3_000) + &"<p>x".repeat(3_000),
        format!("<p{}>", " a=b".repeat(5_000)),
        around(&format!("<noScript><p{}></noScript>", " a".repeat(150))),
    ] {
        assert_eq!(read(&page), Err(NoArticle::Tangled), "{} …", page.get(..20).unwrap());
    }
    assert_eq!(read("<html><body><p>Hello.</p></body></html>"), Err(NoArticle::Nothing));
    assert_eq!(read(""), Err(NoArticle::Nothing));
}

#[test]
fn what_is_said_to_be_closed_is_whole_only_where_it_is_all_there() {
    // PARAGRAPH by PARAGRAPH, some 300 words: more than a teaser has, fewer than an article.
    let text = |times: usize| (0..times).map(|n| format!("<p>{n} {PARAGRAPH}</p>")).collect::<String>();
    let times = 300 / PARAGRAPH.split_whitespace().count() + 1;
    let page = |fields: &str, body: &str| {
        let said = format!("<script type='application/ld+json'>{{\"@type\":\"NewsArticle\"{fields}}}</script>");
        read(&format!("<html><head>{said}</head><body><article>{body}</article></body></html>")).unwrap().teaser
    };
    let closed = ",\"isAccessibleForFree\":false";
    let beginning = text(times);
    assert!(!page("", &beginning), "nothing says that it is closed");
    assert!(page(closed, &beginning), "a beginning of 300 words");
    assert!(!page(&format!("{closed},\"wordCount\":310"), &beginning), "it is all there is");
    assert!(page(&format!("{closed},\"wordCount\":\"2400\""), &text(times * 4)), "half of it");
    assert!(!page(closed, &text(times * 4)), "the whole of a long one");
    let part = ",\"hasPart\":{\"isAccessibleForFree\":false,\"cssSelector\":\".paid\"}";
    let covered = format!("<p>{PARAGRAPH}</p><div class=paid>{beginning}</div>");
    assert!(!page(&format!("{closed}{part}"), &covered), "sent to everybody, and covered by a script");
    assert!(page(&format!("{closed}{part}"), &format!("{beginning}<div class=paid>Subscribe now</div>")));
}
