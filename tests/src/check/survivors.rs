//! Takes the HTML of a normalised post, parses it as a browser does, gives what in it could run, load, navigate by
//! itself, style or cover the page. A list of its own, so that an error in the sanitiser's does not hide itself.

use scraper::{Html, Node};

/// Everything that a post may be made of. None runs, submits, embeds, frames or styles. `html`, `head`
/// and `body` are the parser's own, and what a post wrote on them shows as their attributes.
#[rustfmt::skip]
const TAGS: &[&str] = &[
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "body", "br", "caption", "cite", "code",
    "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "ins", "kbd", "li", "mark", "nav", "ol", "p", "pre", "q",
    "rp", "rt", "ruby", "s", "samp", "section", "small", "source", "span", "strong", "sub", "summary", "sup", "table", "tbody",
    "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "video", "wbr",
];

/// Attributes that only say something, and on which tags they may; none is for every tag.
#[rustfmt::skip]
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("lang", &[]), ("dir", &[]),
    ("title", &["a", "abbr", "dfn", "img"]), ("alt", &["img"]), ("width", &["img", "video"]), ("height", &["img", "video"]),
    ("colspan", &["td", "th"]), ("rowspan", &["td", "th"]), ("span", &["col", "colgroup"]),
    ("start", &["ol"]), ("reversed", &["ol"]), ("value", &["li"]), ("datetime", &["time"]), ("type", &["source"]),
    ("controls", &["audio", "video"]), ("data-sensitive", &["img", "video"]),
];

/// What survived in `html` that must not; empty when it is safe.
#[must_use]
pub fn survivors(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut found = Vec::new();
    for node in page.tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                let tag = element.name();
                if !TAGS.contains(&tag) || !element.name.ns.ends_with("/xhtml") {
                    found.push(format!("<{tag}>"));
                }
                let harmful = element.attrs().filter(|(name, value)| !harmless(tag, name, value));
                found.extend(harmful.map(|(name, value)| format!("<{tag} {name}=\"{value}\">")));
            }
            Node::Comment(_) | Node::Doctype(_) | Node::ProcessingInstruction(_) => {
                found.push(format!("{:?}", node.value()))
            }
            Node::Document | Node::Fragment | Node::Text(_) => {}
        }
    }
    found
}

fn harmless(tag: &str, name: &str, value: &str) -> bool {
    let web = value.starts_with("https://") || value.starts_with("http://");
    let spoken = !value.contains(|letter: char| letter.is_control() && !matches!(letter, '\n' | '\t'));
    match (tag, name) {
        ("a", "href") => spoken && (web || value.starts_with("mailto:") || value.starts_with("#n-")),
        // A place in the post, under a name that only posts have.
        (_, "id") => spoken && value.starts_with("n-"),
        ("img" | "audio" | "video" | "source", "src") | ("video", "poster") => spoken && web,
        ("a", "rel") => value == "noopener noreferrer nofollow",
        ("audio" | "video", "preload") => value == "none",
        ("code", "class") => value.starts_with("language-") && !value.contains(char::is_whitespace),
        _ => ATTRIBUTES.iter().any(|(known, tags)| *known == name && (tags.is_empty() || tags.contains(&tag))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_load_navigate_or_cover_is_seen() {
        for (html, seen) in [
            ("<p>a <a href=\"https://x.example/\" rel=\"noopener noreferrer nofollow\">b</a>", 0),
            ("<code class=\"language-rust\">a</code><td>b", 0),
            ("<script>a</script>", 1),
            ("<img src=x onerror=a>", 2),
            ("a<body onload=a>", 1),
            ("<a href=javascript:a>", 1),
            ("<p style=position:fixed class=a id=b>", 3),
            ("<p id=n-1><a href=#n-1>a</a><a href=#b>c", 1),
            ("<svg><a href=https://x.example/>", 2),
            ("<iframe src=https://x.example/>", 2),
            ("<meta http-equiv=refresh content=0>", 3),
            ("<!-- a -->", 1),
            ("<form action=https://x.example/><button formaction=x>", 4),
        ] {
            assert_eq!(survivors(html).len(), seen, "{html}: {:?}", survivors(html));
        }
    }
}
