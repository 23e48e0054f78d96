//! Takes the names of elements as they are written, gives them as feeds mean them: one spelling for each.
//! Never requires a declaration: a well-known prefix that nobody declared is what it looks like.

use std::collections::BTreeMap;

use super::token::{attribute, attributes};

/// Vocabularies by the end of their address (scheme and last slash are often wrong) and the prefix used here.
/// The feed formats themselves have none: RSS 0.9, 1.0, 2.0, Atom 0.3 and 1.0 share the names that matter.
#[rustfmt::skip]
const VOCABULARIES: &[(&str, &str)] = &[
    ("www.w3.org/2005/atom", ""),
    ("purl.org/atom/ns#", ""),
    ("purl.org/rss/1.0", ""),
    ("purl.org/net/rss1.1#", ""),
    ("channel.netscape.com/rdf/simple/0.9", ""),
    ("my.netscape.com/rdf/simple/0.9", ""),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", ""),
    ("backend.userland.com/rss2", ""),
    ("backend.userland.com/rss", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
    ("www.rssboard.org/rss-specification", ""),
    ("www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/dc/elements/1.1", "dc"),
    ("purl.org/dc/elements/1.0", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("purl.org/rss/1.0/modules/dcterms", "dcterms"),
    ("purl.org/rss/1.0/modules/syndication", "sy"),
    ("search.yahoo.com/mrss", "media"),
    ("video.search.yahoo.com/mrss", "media"),
    ("www.rssboard.org/media-rss", "media"),
    ("www.itunes.com/dtds/podcast-1.0.dtd", "itunes"),
    ("www.w3.org/1999/xhtml", "xhtml"),
    ("rssnamespace.org/feedburner/ext/1.0", "feedburner"),
];

/// Prefixes that are known without a declaration, and what they stand for.
#[rustfmt::skip]
const PREFIXES: &[(&str, &str)] = &[
    ("atom", ""), ("atom10", ""), ("atom03", ""), ("a10", ""), ("rss", ""),
];

/// Elements whose inside is a text of the post: HTML in them is no outline of the feed.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "title", "description", "summary", "content", "content:encoded", "body", "xhtml:body", "xhtml:div", "tagline",
    "info", "subtitle", "itunes:summary", "media:description", "rights",
];

/// Whether the inside of that element is text of the post.
pub(super) fn is_text(key: &str) -> bool {
    TEXTS.contains(&key)
}

/// The prefixes that a document declared so far.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    declared: BTreeMap<String, &'static str>,
}

impl Spaces {
    /// Learns the `xmlns:…` of a tag.
    pub(super) fn learn(&mut self, tag: &str) {
        if !tag.contains("xmlns:") {
            return;
        }
        for (name, uri) in attributes(tag) {
            if let Some(prefix) = name.strip_prefix("xmlns:")
                && let Some(known) = vocabulary(uri)
            {
                self.declared.insert(prefix.to_ascii_lowercase(), known);
            }
        }
    }

    /// The spelling used here for an element written `name`, whose tag may declare a vocabulary for itself.
    pub(super) fn key(&self, name: &str, tag: &str) -> String {
        let name = name.to_ascii_lowercase();
        let (space, local) = match name.split_once(':') {
            Some((prefix, local)) => (self.meaning(prefix), local),
            None if tag.contains("xmlns=") => {
                let own = attribute(tag, "xmlns").and_then(|uri| vocabulary(&uri)).unwrap_or("");
                (own, name.as_str())
            }
            None => ("", name.as_str()),
        };
        if space.is_empty() { local.to_owned() } else { format!("{space}:{local}") }
    }

    /// The prefix that the document declared for a vocabulary.
    pub(super) fn prefix_of(&self, vocabulary: &str) -> Option<String> {
        self.declared.iter().find(|(_, known)| **known == vocabulary).map(|(prefix, _)| prefix.clone())
    }

    fn meaning<'s>(&'s self, prefix: &'s str) -> &'s str {
        if let Some(known) = self.declared.get(prefix) {
            return known;
        }
        PREFIXES.iter().find(|(known, _)| *known == prefix).map_or(prefix, |(_, space)| space)
    }
}

fn vocabulary(uri: &str) -> Option<&'static str> {
    let uri = uri.trim().to_ascii_lowercase();
    let bare = uri.split_once("://").map_or(uri.as_str(), |(_, rest)| rest).trim_end_matches('/');
    VOCABULARIES.iter().find(|(known, _)| *known == bare).map(|(_, space)| *space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vocabulary_is_known_by_its_address_else_by_its_usual_prefix() {
        let mut spaces = Spaces::default();
        spaces
            .learn(r#" xmlns:dublin="http://purl.org/dc/elements/1.1/" xmlns:media="https://search.yahoo.com/mrss" "#);
        for (name, tag, key) in [
            ("dublin:Date", "", "dc:date"),
            ("media:Group", "", "media:group"),
            ("content:encoded", "", "content:encoded"),
            ("pubDate", "", "pubdate"),
            ("atom:link", "", "link"),
            ("link", r#" xmlns="http://www.w3.org/2005/Atom""#, "link"),
            ("body", r#" xmlns="http://www.w3.org/1999/xhtml""#, "xhtml:body"),
            ("x:y", "", "x:y"),
        ] {
            assert_eq!(spaces.key(name, tag), key, "{name}");
        }
    }
}
