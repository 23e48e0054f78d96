//! Takes HTML that must not or cannot be parsed, makes plain paragraphs of it. Never parses: one pass over the tags.

use super::plain::{Plain, escape_into, is_forbidden};

/// The longest body that is read, in bytes: longer than any novel's chapter, shorter than what stops a refresh.
const LONGEST: usize = 1 << 20;

/// The beginning of `html` that is read.
pub(super) fn capped(html: &str) -> &str {
    html.get(..html.floor_char_boundary(LONGEST)).unwrap_or_default()
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
