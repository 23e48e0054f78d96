//! Takes the text of a feed, gives its items as feed-rs reads them; None where feed-rs gives up.
//! Never decides whether that is good enough (`read` does), and never lets a panic of its parser out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::DateTime;
use feed_rs::{
    model::{Entry, Feed, FeedType, Link, MediaObject, Person, Text},
    parser::Builder,
};
use url::Url;

use super::{
    dates,
    entry::{
        Head, LONGEST_BODY, LONGEST_LINE, MOST_AUTHORS, MOST_TAGS, declared_language, fullest, join, likely, push_new,
        says, signature, web,
    },
    gentle::gentle,
    markup::MOST_ENTRIES,
    media::{as_picture, distinct, is_picture},
    packed::is_packed,
    plain::{capped, html_of_text, plain},
    repair::repaired,
};
use crate::model::{Enclosure, Item, Moment, Note};

/// The items of a feed in XML that begins with its root: without the declaration, which names the encoding that the
/// text had before it was decoded.
pub(super) fn xml(text: &str, head: &Head) -> Option<Vec<Item>> {
    let text = repaired(text);
    if gentle(&text) { items(&text, head) } else { None }
}

/// The items of a JSON Feed whose addresses are relative to `base`.
pub(super) fn json(text: &str, base: Option<Url>) -> Option<Vec<Item>> {
    items(text, &Head { base, ..Head::default() })
}

fn items(text: &str, head: &Head) -> Option<Vec<Item>> {
    let base = head.base.as_ref().map(Url::as_str);
    // Unwind safe: the parser is made here and dropped with the panic.
    let feed = catch_unwind(AssertUnwindSafe(|| {
        Builder::new()
            .base_uri(base)
            // What a post may contain is decided in one place, `normalise`.
            .sanitize_content(false)
            // An id that the feed does not give is none, not a random one: the post would be new at each visit.
            .id_generator(|_, _, _| String::new())
            .timestamp_parser(|text| DateTime::from_timestamp_millis(dates::moment(text)?.0))
            .build()
            .parse(text.as_bytes())
            .ok()
    }));
    let feed = feed.ok().flatten()?;
    Some(feed.entries.iter().take(MOST_ENTRIES).filter_map(|entry| item(entry, &feed, head)).collect())
}

/// The entry as the lenient reader gives it: the same fields from the same places.
fn item(entry: &Entry, feed: &Feed, head: &Head) -> Option<Item> {
    let base = head.base.as_ref();
    let html_of = |text: &Text| html(text.content_type.as_str(), &text.content, feed);
    let media = |text: fn(&MediaObject) -> Option<&Text>| {
        entry.media.iter().filter_map(text).find_map(|text| filled(&text.content).map(str::to_owned))
    };
    let content = entry.content.as_ref();
    let body = content.and_then(|content| html(content.content_type.as_str(), content.body.as_deref()?, feed));
    let summary = entry.summary.as_ref().and_then(html_of).or_else(|| media(|media| media.description.as_ref()));
    let capped_body = |html: Option<String>| html.map(|html| capped(html, LONGEST_BODY));
    let (html, summary) = if feed.feed_type == FeedType::JSON && body.is_some() {
        (body, summary)
    } else {
        fullest(capped_body(body), capped_body(summary))
    };
    let enclosures = files(entry, feed, base);
    let link = link(entry, feed, base).or_else(|| enclosures.first().map(|file| file.url.clone()));
    let title = entry.title.as_ref().and_then(html_of).or_else(|| media(|media| media.title.as_ref()));
    let content_base = entry.base.as_deref().and_then(|href| join(base, href)).map(String::from);
    let guessed = || link.clone().filter(|_| !head.declared);
    let mut authors = names(&entry.authors);
    if authors.is_empty() && head.atom {
        authors.clone_from(&head.authors);
    }
    let mut tags = Vec::new();
    for category in &entry.categories {
        let label = category.label.as_deref().and_then(filled);
        push_new(&mut tags, plain(label.unwrap_or(&category.term)), MOST_TAGS);
    }
    let published = entry.published.map(|date| Moment(date.timestamp_millis()));
    let updated = entry.updated.map(|date| Moment(date.timestamp_millis()));
    let item = Item {
        base: content_base.or_else(guessed).or_else(|| base.map(|base| base.as_str().to_owned())),
        id: filled(&entry.id).map(|id| capped(id.to_owned(), LONGEST_LINE)),
        title: title.map(|title| capped(title, LONGEST_LINE)),
        html,
        summary,
        authors,
        published,
        // feed-rs fills it with the other when an item of RSS has none.
        updated: updated.filter(|_| updated != published),
        tags,
        enclosures,
        language: entry.language.clone().and_then(declared_language),
        link,
        note: Note::default(),
    };
    says(&item).then_some(item)
}

/// A text as HTML. In RSS it is HTML whatever feed-rs calls it; elsewhere a plain text is escaped, and what is packed is
/// for our own reader.
fn html(kind: &str, text: &str, feed: &Feed) -> Option<String> {
    let text = filled(text).filter(|_| feed.feed_type != FeedType::Atom || !is_packed(kind))?;
    let typed = matches!(feed.feed_type, FeedType::Atom | FeedType::JSON);
    Some(if typed && kind == "text/plain" { html_of_text(text) } else { text.to_owned() })
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn link(entry: &Entry, feed: &Feed, base: Option<&Url>) -> Option<String> {
    let rank = |link: &Link| {
        let attached = link.target.is_some() || is_attachment(link, feed);
        likely(link.rel.as_deref().unwrap_or_default(), link.media_type.as_deref().unwrap_or_default())
            .filter(|_| !attached)
    };
    let mut links: Vec<(u8, &Link)> = entry.links.iter().filter_map(|link| Some((rank(link)?, link))).collect();
    links.sort_by_key(|(rank, _)| *rank);
    let hrefs = links.into_iter().map(|(_, link)| link.href.as_str());
    hrefs.chain(web(&entry.id).then_some(entry.id.as_str())).find_map(|href| join(base, href)).map(String::from)
}

/// feed-rs gives the attachments of a JSON Feed as links with a type.
fn is_attachment(link: &Link, feed: &Feed) -> bool {
    feed.feed_type == FeedType::JSON && link.media_type.is_some()
}

fn names(people: &[Person]) -> Vec<String> {
    let mut names = Vec::new();
    for person in people {
        if let Some(name) = person.name.as_deref().or(person.email.as_deref()) {
            let name = signature(&plain(name));
            push_new(&mut names, name.trim_matches(['(', ')']).to_owned(), MOST_AUTHORS);
        }
    }
    names
}

fn files(entry: &Entry, feed: &Feed, base: Option<&Url>) -> Vec<Enclosure> {
    let (mut files, mut pictures) = (Vec::new(), Vec::new());
    for link in &entry.links {
        if link.rel.as_deref() == Some("enclosure") || is_attachment(link, feed) {
            files.extend(file(&link.href, link.media_type.clone(), link.length, base));
        }
    }
    for media in &entry.media {
        for content in &media.content {
            let kind = content.content_type.as_ref().map(|kind| kind.as_str().to_owned());
            let found = content.url.as_ref().and_then(|url| file(url.as_str(), kind, content.size, base));
            files.extend(found.map(|found| {
                let seconds = content.duration.map(|length| length.as_secs());
                Enclosure { seconds: seconds.and_then(|seconds| u32::try_from(seconds).ok()), ..found }
            }));
        }
        let thumbnails = media.thumbnails.iter().filter_map(|picture| file(&picture.image.uri, None, None, base));
        pictures.extend(thumbnails.map(as_picture));
    }
    let length =
        entry.media.iter().find_map(|media| media.duration).and_then(|length| u32::try_from(length.as_secs()).ok());
    if let Some(first) = files.first_mut().filter(|file| file.seconds.is_none() && !is_picture(file)) {
        first.seconds = length;
    }
    files.extend(pictures);
    distinct(files)
}

fn file(href: &str, media_type: Option<String>, bytes: Option<u64>, base: Option<&Url>) -> Option<Enclosure> {
    // A player that a page embeds is no file: YouTube's feeds carry one each.
    if media_type.as_deref() == Some("application/x-shockwave-flash") {
        return None;
    }
    let media_type = media_type.filter(|kind| kind.contains('/'));
    Some(Enclosure {
        url: join(base, href)?.into(),
        media_type,
        bytes: bytes.filter(|bytes| *bytes > 0),
        seconds: None,
    })
}
