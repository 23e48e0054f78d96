//! Takes HTML before it is parsed, says whether parsing it could take time or memory out of proportion, and makes
//! plain paragraphs of it when it does. Never parses: one pass over the tags.

use std::borrow::Cow;

use super::plain::{Plain, escape_into, is_forbidden};

/// The longest body that is read, in bytes: longer than any novel's chapter, shorter than what stops a refresh.
const LONGEST: usize = 1 << 20;

/// The most that open elements times tags may be. A parser looks at every open element for each tag, and copies
/// unclosed `<font>` into each paragraph: 1,000 of them before 1,000 `<p>` are a million elements from 20 kB.
/// A long article has 5,000 tags, 20 deep: 100,000.
const MOST_WORK: usize = 4_000_000;

/// Tags that close themselves, or one another.
#[rustfmt::skip]
const NEVER_NEST: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param",
    "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
];

/// Tags whose end is known to end them. All others count as open for ever, as an attacker would have it.
#[rustfmt::skip]
const PAIRED: &[&str] = &[
    "a", "abbr", "annotation", "article", "aside", "b", "big", "blockquote", "button", "canvas", "center", "circle",
    "cite", "clippath", "code", "defs", "del", "details", "dfn", "div", "dl", "em", "figcaption", "figure", "font",
    "footer", "form", "g", "h1", "h2", "h3", "h4", "h5", "h6", "header", "i", "iframe", "ins", "kbd", "label", "line",
    "main", "mark", "math", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mroot", "mrow", "ms", "mspace", "msqrt",
    "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "nav", "nobr",
    "noscript", "object", "ol", "path", "picture", "polygon", "pre", "q", "rect", "ruby", "s", "samp", "script",
    "section", "semantics", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table",
    "time", "title", "tt", "u", "ul", "use", "var", "video",
];

/// The beginning of `html` that is read.
pub(super) fn capped(html: &str) -> &str {
    html.get(..html.floor_char_boundary(LONGEST)).unwrap_or_default()
}

/// Whether parsing `html` could take time or memory out of proportion to its length.
pub(super) fn is_bomb(html: &str) -> bool {
    let mut open = [0_usize; 128];
    let (mut now, mut most, mut tags) = (0_usize, 0_usize, 0_usize);
    for tag in html.split('<').skip(1) {
        let (name, ends) = match tag.strip_prefix('/') {
            Some(name) => (name, true),
            None => (tag, false),
        };
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        if length == 0 {
            continue;
        }
        tags += 1;
        let mut name = Cow::from(name.get(..length.min(12)).unwrap_or_default());
        if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            name = name.to_ascii_lowercase().into();
        }
        if NEVER_NEST.binary_search(&name.as_ref()).is_ok() {
            continue;
        }
        let count = PAIRED.binary_search(&name.as_ref()).ok().and_then(|at| open.get_mut(at));
        match (count, ends) {
            (Some(count), true) => {
                now -= usize::from(*count > 0);
                *count = count.saturating_sub(1);
            }
            (Some(count), false) => {
                *count += 1;
                now += 1;
            }
            (None, true) => {}
            (None, false) => now += 1,
        }
        most = most.max(now);
    }
    most.saturating_mul(tags) > MOST_WORK
}

/// `html` without its tags, for bodies that must not or cannot be parsed.
pub(super) fn bare_text(html: &str) -> String {
    let mut plain = Plain::default();
    let mut pieces = html.split('<');
    add_decoded(&mut plain, pieces.next().unwrap_or_default());
    let mut gone: Option<&str> = None;
    for piece in pieces {
        let name = piece.trim_start_matches('/');
        let is = |wanted: &str| name.get(..wanted.len()).is_some_and(|start| start.eq_ignore_ascii_case(wanted));
        let program = ["script", "style"].into_iter().find(|program| is(program));
        let tag = piece.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if piece.starts_with('/') && program.is_some() {
            gone = None;
        } else if gone.is_none() && program.is_some() {
            gone = program;
        }
        if gone.is_some() {
            continue;
        }
        match piece.split_once('>') {
            Some((_, text)) if tag => {
                if is("br") || is("p") || is("div") || is("li") || is("h") || is("tr") {
                    plain.line();
                }
                add_decoded(&mut plain, text);
            }
            None if tag => {}
            _ => {
                plain.add("<");
                add_decoded(&mut plain, piece);
            }
        }
    }
    plain.finish()
}

/// Each line of `text` as a paragraph.
pub(super) fn paragraphs(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 32);
    for line in text.lines().filter(|line| !line.is_empty()) {
        html.push_str("<p>");
        for (rank, part) in line.split('"').enumerate() {
            if rank > 0 {
                html.push('"');
            }
            escape_into(&mut html, part);
        }
        html.push_str("</p>");
    }
    html
}

fn add_decoded(plain: &mut Plain, text: &str) {
    let decoded = html_escape::decode_html_entities(text);
    if decoded.contains(is_forbidden) {
        plain.add(&decoded.replace(is_forbidden, ""));
    } else {
        plain.add(&decoded);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_fit() {
        assert!(NEVER_NEST.is_sorted() && PAIRED.is_sorted() && PAIRED.len() <= 128);
    }

    #[test]
    fn bodies_that_grow_while_parsed_are_told_from_long_articles() {
        let fonts: String = (0..3_000).map(|n| format!("<font color={n}>")).collect();
        let table = format!("<table>{}</table>", "<tr><td><a href=x>y</a></td></tr>".repeat(20_000));
        for (name, html, expected) in [
            ("nothing", String::new(), false),
            ("deep", "<div>".repeat(20_000), true),
            ("deep, closed as another", "<div></x></b>".repeat(20_000), true),
            ("unknown tags", "<x-y></x-y>".repeat(20_000), true),
            ("fonts in every paragraph", fonts + &"<p>x".repeat(3_000), true),
            ("a long article", "<p>a <b>b</b> <a href=c>d</a></p>\n".repeat(10_000), false),
            ("unclosed paragraphs", "<p>a<br>b<li>c".repeat(20_000), false),
            ("a long table", table, false),
            ("formulas", "<math><mrow><mi>x</mi><mo>+</mo></mrow></math>".repeat(9_000), false),
            ("no tags", "a < b && c <= d ".repeat(20_000), false),
        ] {
            assert_eq!(is_bomb(&html), expected, "{name}");
        }
    }

    #[test]
    fn text_is_kept_when_tags_are_not() {
        for (html, expected) in [
            ("<div>a<br>b &amp; c</div><script>alert('<p>')</script>d", "a\nb & c\nd"),
            ("1 < 2 and <b>3 > 2</b>", "1 < 2 and 3 > 2"),
            ("<STYLE>p{}</STYLE>x", "x"),
            ("x<img src=", "x"),
        ] {
            assert_eq!(bare_text(html), expected, "{html}");
        }
    }
}
