//! Takes a post as Bluesky's AppView has it, gives a note. Never shows what its author keeps to members of the network,
//! and never trusts a range of a text: what does not fit is left as it stands.

use serde_json::Value;

use crate::sources::{
    json,
    notes::{Author, Card, Media, Note, Sort, escaped, paragraphs},
};

/// What an account asks of everyone who is not a member: do not show me.
const MEMBERS_ONLY: &str = "!no-unauthenticated";

/// Labels of pictures that are not for everyone.
const HIDDEN: &[&str] = &["porn", "sexual", "nudity", "graphic-media", "gore", "nsfl"];

/// Quotes inside quotes are links.
const DEEPEST_QUOTE: u8 = 1;

/// The note that an entry of a feed is; None when it is pinned, kept to members, or said to someone else (`only_own`).
pub(super) fn note(entry: &Value, only_own: bool) -> Option<Note> {
    let post = json::at(entry, &["post"])?;
    let reason = json::text(entry, &["reason", "$type"]).unwrap_or_default();
    // It is there again at its own place.
    if reason.ends_with("reasonPin") {
        return None;
    }
    let note = written(post, json::at(post, &["record"])?, 0)?;
    let note = Note { at: sorted_at(post)?, ..with_view(note, json::at(post, &["embed"]), 0) };
    if !reason.ends_with("reasonRepost") {
        let to = json::text(post, &["record", "reply", "parent", "uri"]);
        let someone_else = to.is_some_and(|to| repository(to) != Some(note.author.key.as_str()));
        return (!(only_own && someone_else)).then_some(note);
    }
    let by = json::at(entry, &["reason", "by"])?;
    if is_for_members(by) {
        return None;
    }
    let at = json::moment(entry, &["reason", "indexedAt"]).unwrap_or(note.at);
    Some(Note { at, answers: None, boosted_by: Some(author(by).shown()), ..note })
}

/// What its author says of an account to those who are no members.
pub(in crate::sources) fn is_for_members(account: &Value) -> bool {
    json::list(account, &["labels"]).iter().any(|label| json::text(label, &["val"]) == Some(MEMBERS_ONLY))
}

/// Whoever brings this entry shows themselves to members only.
pub(super) fn is_hidden(entry: &Value) -> bool {
    let by = json::at(entry, &["reason", "by"]).or_else(|| json::at(entry, &["post", "author"]));
    by.is_some_and(is_for_members)
}

pub(super) fn author(account: &Value) -> Author {
    let did = json::line(account, &["did"]).unwrap_or_default();
    let handle = json::line(account, &["handle"]).filter(|handle| handle != "handle.invalid");
    let name = handle.as_deref().unwrap_or(&did);
    Author {
        page: format!("https://bsky.app/profile/{name}"),
        name: json::line(account, &["displayName"]).unwrap_or_default(),
        handle: format!("@{name}"),
        portrait: json::line(account, &["avatar"]).filter(|url| url.starts_with("http")),
        key: did,
    }
}

/// Where the network puts it in a feed: a date that its author made up is not believed beyond its arrival.
fn sorted_at(post: &Value) -> Option<crate::model::Moment> {
    let (written, arrived) = (json::moment(post, &["record", "createdAt"]), json::moment(post, &["indexedAt"]));
    match (written, arrived) {
        (Some(written), Some(arrived)) => Some(written.min(arrived)),
        (written, arrived) => written.or(arrived),
    }
}

fn written(post: &Value, record: &Value, depth: u8) -> Option<Note> {
    let account = json::at(post, &["author"])?;
    if is_for_members(account) {
        return None;
    }
    let author = author(account);
    let uri = json::line(post, &["uri"]).filter(|uri| uri.starts_with("at://"))?;
    let key = uri.rsplit('/').next()?.to_owned();
    let (html, mut tags) = rich(record);
    tags.extend(json::list(record, &["tags"]).iter().filter_map(|tag| tag.as_str().map(str::to_owned)));
    let labels = json::list(post, &["labels"]).iter().chain(json::list(record, &["labels", "values"]));
    let parent = json::line(record, &["reply", "parent", "uri"]);
    Some(Note {
        link: format!("{}/post/{key}", author.page),
        at: sorted_at(post).or_else(|| json::moment(record, &["createdAt"]))?,
        html,
        tags,
        sensitive: labels.filter_map(|label| json::text(label, &["val"])).any(|label| HIDDEN.contains(&label)),
        language: json::list(record, &["langs"]).first().and_then(Value::as_str).map(str::to_owned),
        answers: parent.filter(|parent| depth == 0 && repository(parent) == Some(author.key.as_str())),
        id: uri,
        author,
        ..Note::default()
    })
}

/// The account whose repository an at-uri is in.
pub(super) fn repository(uri: &str) -> Option<&str> {
    uri.strip_prefix("at://")?.split('/').next()
}

/// With what it shows beside its words.
fn with_view(mut note: Note, view: Option<&Value>, depth: u8) -> Note {
    let Some(view) = view else { return note };
    let kind = json::text(view, &["$type"]).unwrap_or_default();
    match kind.trim_end_matches("#view") {
        "app.bsky.embed.images" => note.media.extend(json::list(view, &["images"]).iter().filter_map(picture)),
        "app.bsky.embed.gallery" => note.media.extend(json::list(view, &["items"]).iter().filter_map(picture)),
        "app.bsky.embed.video" => note.media.extend(film(view, &note.link)),
        "app.bsky.embed.external" => note.card = json::at(view, &["external"]).and_then(card),
        "app.bsky.embed.record" => quote(&mut note, json::at(view, &["record"]), depth),
        "app.bsky.embed.recordWithMedia" => {
            quote(&mut note, json::at(view, &["record", "record"]), depth);
            return with_view(note, json::at(view, &["media"]), depth);
        }
        _ => {}
    }
    note
}

/// A post, or a list, a feed, a starter pack, which is shown as a link.
fn quote(note: &mut Note, record: Option<&Value>, depth: u8) {
    let Some(record) = record.filter(|_| depth < DEEPEST_QUOTE) else { return };
    let Some(value) = json::at(record, &["value"]) else {
        note.card = note.card.take().or_else(|| thing(record));
        return;
    };
    let Some(quoted) = written(record, value, depth + 1) else { return };
    let view = json::list(record, &["embeds"]).first();
    note.quote = Some(Box::new(with_view(quoted, view, depth + 1)));
}

/// A feed, a list or a starter pack, as a card.
fn thing(record: &Value) -> Option<Card> {
    let uri = json::line(record, &["uri"])?;
    let mut steps = uri.strip_prefix("at://")?.split('/');
    let (repository, collection, key) = (steps.next()?, steps.next()?, steps.next()?);
    let url = match collection {
        "app.bsky.feed.generator" => format!("https://bsky.app/profile/{repository}/feed/{key}"),
        "app.bsky.graph.list" => format!("https://bsky.app/profile/{repository}/lists/{key}"),
        "app.bsky.graph.starterpack" => format!("https://bsky.app/starter-pack/{repository}/{key}"),
        _ => return None,
    };
    let title = [&["displayName"] as &[&str], &["name"], &["record", "name"]];
    Some(Card {
        url,
        title: title.into_iter().find_map(|path| json::line(record, path))?,
        text: json::line(record, &["description"]).unwrap_or_default(),
        picture: None,
    })
}

fn picture(image: &Value) -> Option<Media> {
    let url = json::line(image, &["fullsize"]).or_else(|| json::line(image, &["thumb"]))?;
    Some(Media { url, alt: json::line(image, &["alt"]), ..Media::default() })
}

/// Films come in pieces that no picture of ours can show: the first picture stands for it, and leads to the post's page.
fn film(view: &Value, page: &str) -> Option<Media> {
    let url = json::line(view, &["thumbnail"])?;
    let plays_at = Some(page.to_owned());
    Some(Media { url, sort: Sort::Picture, poster: None, alt: json::line(view, &["alt"]), plays_at })
}

fn card(external: &Value) -> Option<Card> {
    let line = |key: &str| json::line(external, &[key]);
    Some(Card {
        url: line("uri").filter(|uri| uri.starts_with("http"))?,
        title: line("title").unwrap_or_default(),
        text: line("description").unwrap_or_default(),
        picture: line("thumb").filter(|thumb| thumb.starts_with("http")),
    })
}

/// The words of a record as HTML, with its links, mentions and tags where their ranges of UTF-8 bytes say; and its tags.
pub(super) fn rich(record: &Value) -> (String, Vec<String>) {
    let text = json::text(record, &["text"]).unwrap_or_default();
    let mut facets: Vec<(usize, usize, &Value)> = json::list(record, &["facets"]).iter().filter_map(range).collect();
    facets.sort_by_key(|(start, end, _)| (*start, *end));
    let (mut html, mut tags, mut done) = (String::with_capacity(text.len()), Vec::new(), 0);
    for (start, end, facet) in facets {
        // Overlapping, empty, beyond the end, in the middle of a letter.
        let (Some(before), Some(inside)) = (text.get(done..start.max(done)), text.get(start..end)) else { continue };
        if start < done || inside.is_empty() {
            continue;
        }
        let Some(target) = json::list(facet, &["features"]).iter().find_map(|feature| target(feature, &mut tags))
        else {
            continue;
        };
        let href = html_escape::encode_double_quoted_attribute(&target);
        html.push_str(&escaped(before));
        html.push_str(&format!("<a href=\"{href}\">{}</a>", escaped(inside)));
        done = end;
    }
    html.push_str(&escaped(text.get(done..).unwrap_or_default()));
    (paragraphs(&html), tags)
}

fn range(facet: &Value) -> Option<(usize, usize, &Value)> {
    let number = |key: &str| usize::try_from(json::number(facet, &["index", key])?).ok();
    Some((number("byteStart")?, number("byteEnd")?, facet))
}

fn target(feature: &Value, tags: &mut Vec<String>) -> Option<String> {
    let kind = json::text(feature, &["$type"])?;
    if kind.ends_with("#link") {
        return json::line(feature, &["uri"]).filter(|uri| uri.starts_with("http"));
    }
    if kind.ends_with("#mention") {
        return json::line(feature, &["did"]).map(|did| format!("https://bsky.app/profile/{did}"));
    }
    let tag = json::line(feature, &["tag"]).filter(|_| kind.ends_with("#tag"))?;
    let mut url = url::Url::parse("https://bsky.app/hashtag/").ok()?;
    url.path_segments_mut().ok()?.pop_if_empty().push(&tag);
    tags.push(tag);
    Some(url.into())
}
