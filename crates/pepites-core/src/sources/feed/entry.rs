//! Takes one entry of the outline of a feed, gives the item it is: every field from the best place that has it.
//! Never cleans: HTML stays as it came, for `normalise` to judge.

use url::Url;

use super::{
    dates,
    markup::{Element, Outline},
    media::{self, Attached},
    packed::{Packed, is_packed, unpacked},
    plain::{capped, html_of_text, plain},
    token::Tokens,
};
use crate::model::{Item, Moment, Note};

/// Bodies are kept to here, in bytes: the longest articles seen are a third of it, and some feeds inline pictures.
pub(in crate::sources) const LONGEST_BODY: usize = 1_000_000;
/// Titles, ids, names: the longest title seen is a whole microblog post.
pub(super) const LONGEST_LINE: usize = 2_000;
/// Addresses: a longer one works nowhere.
const LONGEST_ADDRESS: usize = 4_000;
/// Names under one post: papers of large laboratories have hundreds, nobody reads them.
pub(super) const MOST_AUTHORS: usize = 20;
/// Tags of one post.
pub(super) const MOST_TAGS: usize = 50;

/// Where what is asked for stands, best first. `content` and the like may come with a prefix of Atom, which is dropped.
const TITLES: &[&str] = &["title", "dc:title", "itunes:title"];
const BODIES: &[&str] = &["content:encoded", "content", "xhtml:body", "body", "fullitem"];
const SUMMARIES: &[&str] =
    &["description", "summary", "itunes:summary", "media:description", "dc:description", "abstract", "itunes:subtitle"];
const PUBLISHED: &[&str] = &[
    "published",
    "pubdate",
    "issued",
    "dc:date",
    "dcterms:issued",
    "date",
    "created",
    "dcterms:created",
    "dc:created",
];
const UPDATED: &[&str] = &["updated", "modified", "dcterms:modified", "lastbuilddate", "lastmod"];

/// What the entries of a feed have from the feed.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The feed is Atom: a text without a type is plain, and the feed's authors are those of its entries.
    pub atom: bool,
    /// What relative addresses are relative to.
    pub base: Option<Url>,
    /// The base was declared, not guessed from where the feed is.
    pub declared: bool,
    /// Who wrote what is not signed.
    pub authors: Vec<String>,
    /// The prefix that marks XHTML elements.
    pub xhtml_prefix: Option<String>,
}

/// The entry at `place`; None when there is nothing in it.
pub(super) fn item(outline: &Outline<'_>, place: usize, head: &Head) -> Option<Item> {
    let entry = outline.elements.get(place)?;
    let own_base = entry.attribute("xml:base").and_then(|href| join(head.base.as_ref(), &href));
    let base = own_base.clone().or_else(|| head.base.clone());
    let html = body(outline, place, BODIES, head);
    let summary = body(outline, place, SUMMARIES, head);
    let (html, summary) = fullest(html, summary);
    let Attached { files, title: media_title, text: media_text, page, sensitive } =
        media::of_entry(outline, place, base.as_ref());
    let link = link(outline, place, base.as_ref()).or(page).or_else(|| files.first().map(|file| file.url.clone()));
    let title = TITLES.iter().find_map(|key| outline.named(place, key).find_map(|element| text(element, head)));
    let id = ["guid", "id", "dc:identifier"].iter().find_map(|key| outline.named(place, key).find_map(Element::text));
    let id = id.or_else(|| entry.attribute("rdf:about"));
    let mut authors = authors(outline, place);
    if authors.is_empty() && head.atom {
        authors.clone_from(&head.authors);
    }
    let content_base = BODIES.iter().find_map(|key| {
        let href = outline.named(place, key).find_map(|element| element.attribute("xml:base"))?;
        join(base.as_ref(), &href)
    });
    // Pictures in RSS are relative to the page of the post far more often than to the feed.
    let guessed = || link.clone().filter(|_| !head.declared);
    let item = Item {
        base: content_base
            .or(own_base)
            .map(String::from)
            .or_else(guessed)
            .or_else(|| base.as_ref().map(|base| base.as_str().to_owned())),
        id: id.map(|id| capped(id, LONGEST_LINE)),
        title: title.or(media_title).map(|title| capped(title, LONGEST_LINE)),
        html: html.or(media_text),
        summary,
        authors,
        published: date(outline, place, PUBLISHED),
        updated: date(outline, place, UPDATED).or_else(|| dates::moment(&entry.attribute("lastmod")?)),
        tags: tags(outline, place),
        enclosures: files,
        language: language(outline, place),
        link,
        note: Note { sensitive, ..Note::default() },
    };
    let holds = |(_, child): (usize, &Element<'_>)| child.whole && (child.text().is_some() || child.has_attributes());
    (says(&item) || outline.children(place).any(holds)).then_some(item)
}

/// Whether anything tells the item from nothing: an entry with a date alone is still one that its source made.
pub(super) fn says(item: &Item) -> bool {
    let known = item.id.is_some() || item.link.is_some() || item.published.or(item.updated).is_some();
    known || item.title.is_some() || item.html.is_some()
}

/// A construct of text as HTML: by its type in Atom, as it stands in RSS.
pub(super) fn text(element: &Element<'_>, head: &Head) -> Option<String> {
    let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let mode = element.attribute("mode").unwrap_or_default().to_ascii_lowercase();
    if ["image/", "audio/", "video/"].iter().any(|media| kind.starts_with(media)) {
        return None;
    }
    // Atom 0.3 says it by its mode, Atom 1.0 by the type.
    if mode == "base64" || mode.is_empty() && head.atom && is_packed(&kind) {
        match unpacked(&element.text()?) {
            Packed::Text(text) if kind.ends_with("html") => return Some(text),
            Packed::Text(text) => return Some(html_of_text(&text)),
            Packed::Not if mode.is_empty() => {}
            Packed::Not | Packed::Bytes => return None,
        }
    }
    let markup = mode == "xml" && kind.ends_with("html");
    if kind == "xhtml" || kind.ends_with("+xml") || markup {
        return element.raw().map(|raw| unprefixed(raw, head.xhtml_prefix.as_deref())).filter(|raw| !raw.is_empty());
    }
    let unescaped = element.markup()?;
    let typed_plain = matches!(kind.as_str(), "text" | "plain" | "text/plain");
    let untyped = kind.is_empty() && mode != "escaped" && head.atom;
    if (typed_plain || untyped) && element.raw().is_some_and(|raw| Tokens::of(raw).all(|token| !token.is_tag())) {
        return Some(html_of_text(&unescaped));
    }
    Some(unescaped)
}

fn body(outline: &Outline<'_>, place: usize, keys: &[&str], head: &Head) -> Option<String> {
    let texts = keys.iter().flat_map(|key| outline.named(place, key));
    let mut texts = texts.filter_map(|element| text(element, head));
    texts.next().map(|text| capped(text, LONGEST_BODY))
}

/// The longer of two bodies first: some feeds put the excerpt where the article belongs, and the reverse.
pub(super) fn fullest(body: Option<String>, summary: Option<String>) -> (Option<String>, Option<String>) {
    match (body, summary) {
        (Some(body), Some(summary)) if body == summary => (Some(body), None),
        (Some(body), Some(summary)) if body.len() >= summary.len() => (Some(body), Some(summary)),
        (Some(body), Some(summary)) => (Some(summary), Some(body)),
        (body, summary) => (body.or(summary), None),
    }
}

/// The address of the page of the entry, from the surest to the merely possible.
fn link(outline: &Outline<'_>, place: usize, base: Option<&Url>) -> Option<String> {
    let absolute = |href: String| join(base, &href).map(String::from);
    if let Some(original) = outline.first_text(place, &["feedburner:origlink"]).and_then(absolute) {
        return Some(original);
    }
    let alternates = outline.named(place, "link").filter(|link| rank(link) == Some(0));
    let mut hrefs: Vec<String> = alternates.filter_map(|link| link.attribute("href").or_else(|| link.text())).collect();
    hrefs.extend(
        outline.named(place, "guid").filter(|guid| !says_no(guid)).filter_map(Element::text).filter(|text| web(text)),
    );
    let mut others: Vec<&Element<'_>> = outline.named(place, "link").collect();
    others.sort_by_key(|link| rank(link));
    hrefs.extend(others.into_iter().filter(|link| rank(link) > Some(0)).filter_map(|link| link.attribute("href")));
    hrefs.extend(
        ["guid", "id"]
            .iter()
            .flat_map(|key| outline.named(place, key))
            .filter_map(Element::text)
            .filter(|text| web(text)),
    );
    let entry = outline.elements.get(place);
    // Microsoft's channels of 1997 have it on the item itself.
    hrefs.extend(entry.and_then(|entry| entry.attribute("rdf:about").or_else(|| entry.attribute("href"))));
    hrefs.extend(outline.named(place, "content").filter_map(|content| content.attribute("src")));
    hrefs.into_iter().find_map(absolute)
}

fn rank(link: &Element<'_>) -> Option<u8> {
    likely(&link.attribute("rel").unwrap_or_default(), &link.attribute("type").unwrap_or_default())
}

/// How likely a link with that `rel` and type leads to the page of its entry, 0 is best; None when it leads elsewhere.
pub(super) fn likely(rel: &str, kind: &str) -> Option<u8> {
    let page = kind.is_empty() || kind.contains("html");
    match rel.to_ascii_lowercase().as_str() {
        "" | "alternate" | "http://www.iana.org/assignments/relation/alternate" if page => Some(0),
        "" | "alternate" => Some(1),
        "related" => Some(2),
        "via" => Some(3),
        "self" => Some(4),
        "enclosure" | "replies" | "edit" | "edit-media" | "hub" | "next" | "previous" | "license" | "author" => None,
        _ => Some(5),
    }
}

fn says_no(guid: &Element<'_>) -> bool {
    guid.attribute("isPermaLink").is_some_and(|value| value.eq_ignore_ascii_case("false"))
}

pub(super) fn web(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

fn date(outline: &Outline<'_>, place: usize, keys: &[&str]) -> Option<Moment> {
    let texts = keys.iter().flat_map(|key| outline.named(place, key));
    texts.filter_map(Element::text).find_map(|text| dates::moment(&text))
}

/// The people who signed the element at `place`: `author` in all its forms, `dc:creator`, `itunes:author`.
pub(super) fn authors(outline: &Outline<'_>, place: usize) -> Vec<String> {
    let mut names = Vec::new();
    for (at, child) in outline.children(place) {
        let name = match child.key.as_str() {
            "author" => outline.first_text(at, &["name", "email"]).or_else(|| child.text()),
            "dc:creator" | "itunes:author" | "creator" | "dc:author" => child.text(),
            _ => None,
        };
        if let Some(name) = name.map(|name| signature(&plain(&name))) {
            push_new(&mut names, name, MOST_AUTHORS);
        }
    }
    names
}

/// `Ada` from `ada@example.org (Ada)` and from `Ada <ada@example.org>`.
pub(super) fn signature(text: &str) -> String {
    if let Some((mail, name)) = text.split_once('(')
        && mail.contains('@')
    {
        return name.trim_end_matches(')').trim().to_owned();
    }
    let name = text.split_once('<').map_or(text, |(name, _)| name).trim();
    if name.is_empty() { text.to_owned() } else { name.to_owned() }
}

fn tags(outline: &Outline<'_>, place: usize) -> Vec<String> {
    let mut tags = Vec::new();
    for (_, child) in outline.children(place) {
        let tag = match child.key.as_str() {
            "category" => child.attribute("label").or_else(|| child.attribute("term")).or_else(|| child.text()),
            "dc:subject" => child.text(),
            _ => None,
        };
        if let Some(tag) = tag {
            push_new(&mut tags, plain(&tag), MOST_TAGS);
        }
    }
    tags
}

/// Adds what is not there yet, whatever its case.
pub(super) fn push_new(list: &mut Vec<String>, text: String, most: usize) {
    if list.len() >= most || text.is_empty() {
        return;
    }
    let text = capped(text, LONGEST_LINE);
    let lower = text.to_lowercase();
    if !list.iter().any(|known| known.to_lowercase() == lower) {
        list.push(text);
    }
}

fn language(outline: &Outline<'_>, place: usize) -> Option<String> {
    let entry = outline.elements.get(place)?.attribute("xml:lang");
    let inside = || outline.children(place).find_map(|(_, child)| child.attribute("xml:lang"));
    entry
        .or_else(|| outline.first_text(place, &["dc:language", "language"]))
        .or_else(inside)
        .and_then(declared_language)
}

/// A tag of a language (`fr`, `en-GB`), when it is one.
pub(super) fn declared_language(text: String) -> Option<String> {
    let text = text.trim();
    let shape = (2..=35).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    shape.then(|| text.to_owned())
}

/// `href` made absolute; None unless that is an http or https address.
pub(in crate::sources) fn join(base: Option<&Url>, href: &str) -> Option<Url> {
    let href = href.trim();
    if href.is_empty() || href.len() > LONGEST_ADDRESS {
        return None;
    }
    // `www.example.org/page` was never meant relative.
    let bare_host = href.starts_with("www.").then(|| format!("http://{href}"));
    let href = bare_host.as_deref().unwrap_or(href);
    let joined = match base {
        Some(base) => base.join(href).ok()?,
        None => Url::parse(href).ok()?,
    };
    (matches!(joined.scheme(), "http" | "https") && joined.has_host()).then_some(joined)
}

/// XHTML as HTML: `<xhtml:p>` is `<p>`.
fn unprefixed(raw: &str, prefix: Option<&str>) -> String {
    let raw = raw.trim();
    match prefix {
        Some(prefix) => raw.replace(&format!("<{prefix}:"), "<").replace(&format!("</{prefix}:"), "</"),
        None => raw.to_owned(),
    }
}
