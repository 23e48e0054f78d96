//! Takes the text of a reply, tells what it is: a feed in XML, a JSON Feed, a page for people, something else.
//! Never trusts the declared type alone: feeds come as text/html, pages as application/xml.

use super::token::{Tokens, What};

/// What a reply is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A feed in XML, which begins at that byte: warnings of a broken script may stand before it.
    Xml(usize),
    /// A JSON Feed.
    Json,
    /// A page for people, or the answer of a directory: it may name feeds.
    Page,
    /// Nothing at all.
    Empty,
    /// None of these.
    Other,
}

/// How a directory names the feed of what was looked up.
pub(super) const FEED_NAMED: &str = "\"feedUrl\"";

/// Elements that feeds begin with.
const ROOTS: &[&str] = &["rss", "feed", "rdf", "channel", "entry", "item"];

/// What `text`, sent as `content_type`, is.
pub(super) fn form(text: &str, content_type: Option<&str>) -> Form {
    let trimmed = text.trim_start();
    if trimmed.trim_end().is_empty() {
        return Form::Empty;
    }
    if trimmed.starts_with('{') {
        // Apple's directory of podcasts answers so.
        let other = if trimmed.contains(FEED_NAMED) { Form::Page } else { Form::Other };
        return if json_feed(trimmed) { Form::Json } else { other };
    }
    let said_html = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    let mut doctype_html = false;
    for token in Tokens::of(text) {
        let What::Start { name, .. } = token.what else {
            let other = text.get(token.at..token.after).unwrap_or_default().to_ascii_lowercase();
            doctype_html |= other.starts_with("<!doctype html");
            continue;
        };
        let local = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
        if ROOTS.contains(&local.as_str()) {
            return Form::Xml(token.at);
        }
        if local == "html" || doctype_html {
            // Seen once in a hundred: a whole Atom feed that a script wrapped into an empty page.
            return wrapped_root(text).map_or(Form::Page, Form::Xml);
        }
        // Something else stands first: a warning before the feed, a page without its beginning, another XML.
        return match later_root(text) {
            Some(start) => Form::Xml(start),
            None if said_html || ["head", "body", "meta", "title", "div", "p", "script"].contains(&local.as_str()) => {
                Form::Page
            }
            None => Form::Other,
        };
    }
    if said_html { Form::Page } else { Form::Other }
}

/// Where the root of a feed begins, further on.
fn later_root(text: &str) -> Option<usize> {
    Tokens::of(text).find_map(|token| match token.what {
        What::Start { name, .. } if ["rss", "feed", "rdf:RDF", "atom:feed"].contains(&name) => Some(token.at),
        _ => None,
    })
}

/// Where a feed begins that declares itself as one, inside a page.
fn wrapped_root(text: &str) -> Option<usize> {
    Tokens::of(text).find_map(|token| match token.what {
        What::Start { name: "feed", attributes, .. } if attributes.contains("w3.org/2005/Atom") => Some(token.at),
        What::Start { name: "rss", attributes, .. } if attributes.contains("version=") => Some(token.at),
        _ => None,
    })
}

/// Whether an object is a JSON Feed: by its version, or by its items, as some leave the version out.
fn json_feed(text: &str) -> bool {
    let head: String = text.chars().take(4_096).collect();
    head.contains("jsonfeed.org/version") || text.contains("\"items\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_known_by_what_it_holds() {
        for (text, content_type, expected) in [
            ("<?xml version='1.0'?><!-- x --><rss>", "text/html", Form::Xml(31)),
            ("<rdf:RDF>", "", Form::Xml(0)),
            ("<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", "", Form::Xml(0)),
            ("<br />\n<b>Warning</b>: x <?xml version='1.0'?><rss>", "text/html", Form::Xml(46)),
            ("<!DOCTYPE html><html><body><feed>", "application/xml", Form::Page),
            ("<html>", "", Form::Page),
            ("<html><body><feed xmlns='http://www.w3.org/2005/Atom'>", "", Form::Xml(12)),
            ("<div>hello</div>", "", Form::Page),
            ("<opml version='2.0'>", "text/xml", Form::Other),
            ("hello", "text/html", Form::Page),
            ("hello", "text/plain", Form::Other),
            (" \n", "text/xml", Form::Empty),
            (r#" {"version": "https://jsonfeed.org/version/1.1"}"#, "", Form::Json),
            (r#"{"results": [{"feedUrl": "https://a.example/"}]}"#, "text/javascript", Form::Page),
            (r#"{"error": "no"}"#, "application/json", Form::Other),
        ] {
            assert_eq!(form(text, Some(content_type)), expected, "{text}");
        }
    }
}
