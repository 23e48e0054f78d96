//! Takes a person, a list, a feed or a starter pack on Bluesky, gives its posts by the API that needs no account, else by
//! the feed of the profile. Never shows what its author keeps to members.

use super::{
    SourceKind, address, by_feed,
    feed::visit::{self, Route},
    json, notes,
};
use crate::model::{Address, Batch, Phrase, Reply, Request, Source, Unreadable};
use crate::text::address::canonical;
use url::Url;

mod post;
mod talk;

use talk::Talk;

pub(super) use post::is_for_members;
pub(super) use talk::{call, refused};

pub(super) const KIND: SourceKind = SourceKind {
    name: "bluesky",
    examples: &[
        "https://bsky.app/profile/name.example.org",
        "@name.bsky.social",
        "name.bsky.social",
        "https://bsky.app/profile/name.example.org/lists/3kabc",
        "https://bsky.app/profile/name.example.org/feed/science",
        "https://bsky.app/starter-pack/name.example.org/3kabc",
    ],
    recognise,
    ask,
    read,
};

/// What stands in the addresses of the API.
const API: &str = "/xrpc/";

/// The hosts that show profiles.
const HOSTS: &[&str] = &["bsky.app", "www.bsky.app", "staging.bsky.app", "main.bsky.dev"];

/// What is there beside people.
#[derive(Debug, PartialEq)]
struct Sort {
    /// Where its records are.
    collection: &'static str,
    /// What tells about one, the parameter that names it, and where in the answer its posts are named.
    about: &'static str,
    parameter: &'static str,
    uri: &'static [&'static str],
    /// Where its own name is in that answer.
    title: &'static [&'static str],
    /// Where its picture is in that answer.
    portrait: &'static [&'static str],
    /// What gives the posts.
    posts: &'static str,
    posts_parameter: &'static str,
}

const LIST: Sort = Sort {
    collection: "app.bsky.graph.list",
    about: "app.bsky.graph.getList",
    parameter: "list",
    uri: &["list", "uri"],
    title: &["list", "name"],
    portrait: &["list", "avatar"],
    posts: "app.bsky.feed.getListFeed",
    posts_parameter: "list",
};

const FEED: Sort = Sort {
    collection: "app.bsky.feed.generator",
    about: "app.bsky.feed.getFeedGenerator",
    parameter: "feed",
    uri: &["view", "uri"],
    title: &["view", "displayName"],
    portrait: &["view", "avatar"],
    posts: "app.bsky.feed.getFeed",
    posts_parameter: "feed",
};

const PACK: Sort = Sort {
    collection: "app.bsky.graph.starterpack",
    about: "app.bsky.graph.getStarterPack",
    parameter: "starterPack",
    uri: &["starterPack", "list", "uri"],
    title: &["starterPack", "record", "name"],
    portrait: &["starterPack", "creator", "avatar"],
    posts: "app.bsky.feed.getListFeed",
    posts_parameter: "list",
};

/// What a source is.
#[derive(Debug)]
enum Target {
    Person { actor: String },
    Thing { sort: &'static Sort, actor: String, key: String },
}

impl Target {
    fn of(locator: &str) -> Option<Self> {
        let path: Vec<&str> = locator.strip_prefix("https://bsky.app/")?.split('/').collect();
        Some(match path.as_slice() {
            ["profile", actor] => Self::Person { actor: (*actor).to_owned() },
            ["profile", actor, "lists", key] => thing(&LIST, actor, key),
            ["profile", actor, "feed", key] => thing(&FEED, actor, key),
            ["starter-pack", actor, key] => thing(&PACK, actor, key),
            _ => return None,
        })
    }
}

/// The person whose handle a domain would be.
pub(super) fn person_of(domain: &str) -> Option<Address> {
    let actor = handle(domain, true)?;
    Some(Address { kind: KIND.name.to_owned(), locator: format!("https://bsky.app/profile/{actor}") })
}

/// Whose circle a locator names.
pub(super) enum CircleAt {
    Person(String),
    Thing { actor: String, collection: &'static str, key: String },
}

/// The person, list or starter pack at a locator; None when it is a feed that a program makes.
pub(super) fn circle_at(locator: &str) -> Option<CircleAt> {
    match Target::of(locator)? {
        Target::Person { actor } => Some(CircleAt::Person(actor)),
        Target::Thing { sort, actor, key } if sort.parameter != FEED.parameter => {
            Some(CircleAt::Thing { actor, collection: sort.collection, key })
        }
        Target::Thing { .. } => None,
    }
}

/// A locator with whose it is by what never changes, as the address says that an earlier visit kept.
pub(super) fn lasting(locator: &str, feed: &str) -> Option<String> {
    let feed = Url::parse(feed).ok()?;
    let did = match by_feed::Walled::of(&feed) {
        Some(walled) => talk::did_in(&walled.api?),
        None => talk::did_in(&feed),
    }?;
    let place = match Target::of(locator)? {
        Target::Person { .. } => Some(format!("profile/{did}")),
        Target::Thing { sort, key, .. } => made(sort.collection, &did, &key),
    };
    place.map(|place| format!("https://bsky.app/{place}"))
}

/// Whether one person writes what is at a locator.
pub(super) fn is_person(locator: &str) -> bool {
    matches!(Target::of(locator), Some(Target::Person { .. }))
}

fn thing(sort: &'static Sort, actor: &str, key: &str) -> Target {
    Target::Thing { sort, actor: actor.to_owned(), key: key.to_owned() }
}

fn recognise(typed: &str) -> Option<Address> {
    let typed = typed.trim();
    let marked = handle(typed.strip_prefix('@').unwrap_or(typed), typed.starts_with('@'));
    let place = marked.map(|actor| format!("profile/{actor}")).or_else(|| page(typed))?;
    Some(Address { kind: KIND.name.to_owned(), locator: format!("https://bsky.app/{place}") })
}

/// `@name.bsky.social`. Any host is a handle there, so without the `@` only those of Bluesky's own are taken for one.
fn handle(name: &str, marked: bool) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let own = name.strip_suffix(".bsky.social").is_some_and(|user| !user.is_empty() && !user.contains('.'));
    let named = name.contains('.') && !name.ends_with(|last: char| last.is_ascii_digit());
    ((own || marked) && named && address::is_host(&name)).then_some(name)
}

/// `https://bsky.app/profile/x`, where x is a handle or a did, what people have made there, `https://name.bsky.social`,
/// and the at-uri of any of these.
fn page(typed: &str) -> Option<String> {
    if let Some(uri) = typed.strip_prefix("at://") {
        let steps: Vec<&str> = uri.split('/').collect();
        return match steps.as_slice() {
            [who] => Some(format!("profile/{}", actor(who)?)),
            [who, collection, key] if is_key(key) => made(collection, &actor(who)?, key),
            _ => None,
        };
    }
    let url = address::web(typed)?;
    let path: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let host = url.host_str()?;
    if path.is_empty() {
        return handle(host, false).map(|actor| format!("profile/{actor}"));
    }
    if !HOSTS.contains(&host) {
        return None;
    }
    match path.as_slice() {
        ["profile", who] => Some(format!("profile/{}", actor(who)?)),
        ["profile", who, "lists", key] if is_key(key) => made(LIST.collection, &actor(who)?, key),
        ["profile", who, "feed", key] if is_key(key) => made(FEED.collection, &actor(who)?, key),
        ["starter-pack" | "start", who, key] if is_key(key) => made(PACK.collection, &actor(who)?, key),
        _ => None,
    }
}

/// A handle, or what never changes.
fn actor(who: &str) -> Option<String> {
    let did = who.strip_prefix("did:").is_some_and(|rest| rest.contains(':'));
    if did { Some(who.to_owned()) } else { handle(who, true) }
}

fn made(collection: &str, actor: &str, key: &str) -> Option<String> {
    Some(match collection {
        _ if collection == LIST.collection => format!("profile/{actor}/lists/{key}"),
        _ if collection == FEED.collection => format!("profile/{actor}/feed/{key}"),
        _ if collection == PACK.collection => format!("starter-pack/{actor}/{key}"),
        _ => return None,
    })
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= 512 && key.chars().all(|c| c.is_ascii_alphanumeric() || "._:~-".contains(c))
}

fn talk<'a>(target: &'a Target, source: &Source, heard: &[Reply]) -> Talk<'a> {
    Talk::of(target, source.feed.as_deref(), source.failures > 0, heard)
}

fn ask(source: &Source, heard: &[Reply]) -> Option<Request> {
    let target = Target::of(&source.address.locator)?;
    let talk = talk(&target, source, heard);
    if let Some(from) = talk.by_feed {
        return visit::ask(&by_feed::as_feed(source, API, from), &route(source), heard.get(from..)?);
    }
    let mut request = talk.next()?;
    if heard.is_empty() && Some(request.url.as_str()) == source.feed.as_deref().map(by_feed::bare) {
        request.headers.extend(source.validators.headers());
    }
    Some(request)
}

fn read(source: &Source, heard: &[Reply]) -> Result<Batch, Unreadable> {
    let target = Target::of(&source.address.locator).ok_or_else(|| json::unreadable("trouble.not_found"))?;
    let talk = talk(&target, source, heard);
    if let Some(from) = talk.by_feed {
        return by_feed::read(source, API, from, &route(source), heard);
    }
    if let Some(why) = talk.why {
        return Err(why);
    }
    // What a made feed or a tag gives is its matter; people who talk to each other in a list are noise in it.
    let only_own = !matches!(&target, Target::Thing { sort, .. } if sort.parameter == FEED.parameter);
    let note = |(number, entry): (usize, &serde_json::Value)| {
        let note = post::note(entry, only_own)?;
        Some(notes::Note { known: talk.is_known(number, note.at), ..note })
    };
    let entries = || talk.entries.iter().enumerate();
    let newest: Vec<notes::Note> = entries().take(talk.newest).filter_map(note).collect();
    let length = newest.len();
    let all: Vec<notes::Note> = newest.into_iter().chain(entries().skip(talk.newest).filter_map(note)).collect();
    let mut batch = Batch { feed: talk.next_feed(all.iter().map(|note| note.at).max()), ..Batch::default() };
    if matches!(target, Target::Person { .. }) && all.is_empty() && talk.entries.iter().any(post::is_hidden) {
        batch.notice = Some(Phrase::new("trouble.members_only"));
    }
    let own = all.iter().find(|note| note.boosted_by.is_none()).map(|note| note.author.clone());
    notes::fill(&mut batch, all, length);
    match &target {
        Target::Person { .. } => {
            if let Some(own) = talk.about.as_ref().map(post::author).or(own) {
                batch.pages = Some(domain_of(&own.handle).into_iter().collect());
                batch.title = Some(if own.name.is_empty() { own.handle } else { own.name });
                batch.site = Some(own.page);
                batch.portrait = own.portrait;
            }
        }
        Target::Thing { sort, .. } => {
            batch.title = talk.about.as_ref().and_then(|about| json::line(about, sort.title));
            batch.portrait = talk.about.as_ref().and_then(|about| json::line(about, sort.portrait));
            batch.site = Some(source.address.locator.clone());
            // Who leaves a list, and what a made feed no longer shows, was not taken back.
            batch.whole = None;
        }
    }
    Ok(batch)
}

/// The site of a handle that is a domain of its own: who owns the one owns the other, or the network would not show it.
fn domain_of(handle: &str) -> Option<String> {
    let domain = handle.strip_prefix('@').filter(|domain| !domain.ends_with(".bsky.social"))?;
    address::is_host(domain).then(|| canonical(&format!("https://{domain}/"))).flatten()
}

fn route(source: &Source) -> Route {
    let profile = &source.address.locator;
    Route { starts: vec![format!("{profile}/rss"), profile.clone()], guesses: false }
}

#[cfg(test)]
mod tests;
