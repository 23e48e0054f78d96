//! Takes the cleaned body of a post, writes it as XHTML that needs nothing beside itself: well-formed for an e-book, and
//! the same to a browser. Never writes a tag, an attribute or an address that is not listed here, whatever it is given.

use std::fmt::Write;

use ego_tree::iter::Edge;
use scraper::{Html, Node};
use url::Url;

/// What may stand in an export, and the attributes that are copied.
const TAGS: &[(&str, &[&str])] = &[
    ("a", &["title"]),
    ("abbr", &["title"]),
    ("address", &[]),
    ("article", &[]),
    ("aside", &[]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("dd", &[]),
    ("del", &[]),
    ("dfn", &["title"]),
    ("div", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("footer", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("header", &[]),
    ("hr", &[]),
    ("i", &[]),
    ("ins", &[]),
    ("kbd", &[]),
    ("li", &[]),
    ("mark", &[]),
    ("nav", &[]),
    ("ol", &[]),
    ("p", &[]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("section", &[]),
    ("small", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("tfoot", &[]),
    ("th", &["colspan", "rowspan"]),
    ("thead", &[]),
    ("tr", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

/// Tags without an end.
const VOID: [&str; 3] = ["br", "hr", "wbr"];

/// What vanishes with all that is in it. None of it is left by the sanitiser; it would be text here.
pub(super) const GONE: [&str; 8] = ["script", "style", "template", "svg", "math", "iframe", "object", "head"];

/// The body as XHTML. `picture` gives where the picture of an address is in the export; where it is not, its words stand
/// there.
pub(super) fn write(html: &str, picture: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let parsed = Html::parse_fragment(html);
    let mut out = String::with_capacity(html.len());
    let mut gone = 0_u32;
    // Not by recursion: however deep it is nested.
    for edge in parsed.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if gone == 0 => escape(&mut out, text),
                Node::Element(element) => {
                    let name = element.name();
                    if GONE.contains(&name) {
                        gone += 1;
                    } else if gone == 0 {
                        open(&mut out, name, element, picture);
                    }
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    let name = element.name();
                    if GONE.contains(&name) {
                        gone = gone.saturating_sub(1);
                    } else if gone == 0 && known(name).is_some() && !VOID.contains(&name) {
                        let _infallible = write!(out, "</{name}>");
                    }
                }
            }
        }
    }
    out
}

fn known(name: &str) -> Option<&'static [&'static str]> {
    TAGS.iter().find(|(known, _)| *known == name).map(|(_, attributes)| *attributes)
}

fn open(
    out: &mut String,
    name: &str,
    element: &scraper::node::Element,
    picture: &mut dyn FnMut(&str) -> Option<String>,
) {
    if name == "img" {
        return image(out, element, picture);
    }
    let Some(attributes) = known(name) else { return };
    out.push('<');
    out.push_str(name);
    if name == "a"
        && let Some(address) = element.attr("href").and_then(link)
    {
        attribute(out, "href", &address);
    }
    for given in attributes {
        let value = element.attr(given);
        let fits = |value: &&str| *given == "title" || value.parse::<u16>().is_ok_and(|count| count > 0);
        if let Some(value) = value.filter(fits) {
            attribute(out, given, value);
        }
    }
    if let Some(direction) = element.attr("dir").filter(|direction| ["ltr", "rtl", "auto"].contains(direction)) {
        attribute(out, "dir", direction);
    }
    out.push_str(if VOID.contains(&name) { "/>" } else { ">" });
}

/// A picture that is at hand, else its words.
fn image(out: &mut String, element: &scraper::node::Element, picture: &mut dyn FnMut(&str) -> Option<String>) {
    let words = element.attr("alt").unwrap_or_default().trim();
    match element.attr("src").and_then(picture) {
        Some(source) => {
            out.push_str("<img");
            attribute(out, "src", &source);
            attribute(out, "alt", words);
            out.push_str("/>");
        }
        None if words.is_empty() => {}
        None => {
            out.push_str("<em>[");
            escape(out, words);
            out.push_str("]</em>");
        }
    }
}

/// An address that a click may lead to; None for any that does something else.
pub(super) fn link(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.to_string())
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}

/// Text as it stands in XML, in an element or an attribute, without what XML cannot say at all.
pub(super) fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => out.push(letter),
        }
    }
}

/// The same as a text of its own.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}
