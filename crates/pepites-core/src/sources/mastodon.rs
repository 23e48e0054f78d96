//! Takes a person or a tag on Mastodon or one of its kin, gives their public posts by the API that needs no account, else
//! by the feed of the profile; and what an account of the reader's own sees, by the same API. Never takes `/@name` on a host known to be something else: those pages are feeds' matter.

use std::collections::BTreeMap;

use serde_json::Value;
use url::Url;

use super::{
    SourceKind,
    account::Timeline,
    address, by_feed,
    feed::visit::{self, Route},
    json, notes,
};
use crate::model::{Address, Batch, Phrase, Reply, Request, Source, Unreadable};

mod finger;
mod status;
mod talk;

use status::Reading;
use talk::Talk;

pub(crate) use finger::Home;
pub(super) use finger::home;
pub(super) use talk::link;

pub(super) const KIND: SourceKind = SourceKind {
    name: "mastodon",
    examples: &[
        "@user@example.social",
        "https://example.social/@user",
        "acct:user@example.social",
        "http://127.0.0.1:8080/@user",
        "#astronomy@example.social",
        "https://mastodon.example/tags/astronomy",
    ],
    recognise,
    ask,
    read,
};

/// Hosts, with their subdomains, where `/@name` is no account of the fediverse.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "medium.com", "youtube.com", "youtu.be", "tiktok.com", "threads.net", "threads.com", "substack.com", "flickr.com",
    "odysee.com", "rumble.com", "steemit.com", "hive.blog", "peakd.com", "ecency.com", "npmjs.com", "jsr.io", "unsplash.com",
    "observablehq.com", "hashnode.com", "producthunt.com", "replit.com", "snapchat.com", "matters.town", "hackernoon.com",
    "instagram.com", "facebook.com", "x.com", "twitter.com", "t.me", "telegram.me", "bsky.app", "google.com", "lbry.tv",
    "goodreads.com", "giphy.com", "tumblr.com", "kick.com", "write.as", "sketchfab.com", "pinterest.com", "ko-fi.com",
];

/// What stands in the addresses of the API.
const API: &str = "/api/v1/";

/// Where tags are asked for. A tag is known by it, so that a list of sources says what it is.
const TAGS: &str = "/api/v1/timelines/tag/";

/// Parts of the names of servers where `/tags/x` is a tag of the fediverse: on a blog it is a page of the blog.
const SERVERS: &[&str] =
    &["mastodon", "mastodont", "masto", "mstdn", "fosstodon", "toot", "pleroma", "akkoma", "social"];

/// The longest tag.
const LONGEST_TAG: usize = 200;

fn recognise(typed: &str) -> Option<Address> {
    let typed = typed.trim();
    let place = handle(typed).or_else(|| page(typed)).or_else(|| tag(typed)).or_else(|| own(typed))?;
    let host = place.host_str()?.to_owned();
    let other = OTHERS.iter().any(|other| host == *other || host.ends_with(&format!(".{other}")));
    (!other).then(|| Address { kind: KIND.name.to_owned(), locator: place.into() })
}

/// What only an account of the reader's own sees, by the address that it is known by.
fn own(typed: &str) -> Option<Url> {
    Timeline::at(typed)?.locator()
}

/// `#tag@host`, a tag's page on a server that is plainly one, and what a tag is known by.
fn tag(typed: &str) -> Option<Url> {
    let (tag, server) = match typed.strip_prefix('#').and_then(|rest| rest.split_once('@')) {
        Some((tag, host)) => {
            let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
            (tag.to_owned(), address::web(host).filter(|_| address::is_host(bare))?)
        }
        None => {
            let url = address::web(typed)?;
            let named = url.path().strip_prefix(TAGS);
            let plainly = url.host_str()?.split(['.', '-']).any(|part| SERVERS.contains(&part));
            let shown = || url.path().strip_prefix("/tags/").filter(|_| plainly);
            (named.or_else(shown)?.trim_end_matches('/').to_owned(), url)
        }
    };
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '%' | '·');
    if tag.is_empty() || tag.len() > LONGEST_TAG || !tag.chars().all(fits) {
        return None;
    }
    server.join(&format!("{TAGS}{}", tag.to_lowercase())).ok()
}

/// What a page of tags on any server would be, if the server is one of Mastodon or its kin: whether it is, its API says.
pub(super) fn may_be_tag(typed: &str) -> Option<Address> {
    let url = address::web(typed).filter(|url| url.query().is_none())?;
    let named = url.path().strip_prefix("/tags/")?.trim_end_matches('/');
    let known = tag(&format!("#{named}@{}", domain(&url)))?;
    let mut place = url;
    place.set_path(known.path());
    Some(Address { kind: KIND.name.to_owned(), locator: place.into() })
}

/// A reply of that API to a question about a tag.
pub(super) fn is_timeline(reply: &Reply) -> bool {
    let is_status = |status: &Value| json::at(status, &["account"]).is_some() && status::address(status).is_some();
    json::of(reply).is_some_and(|said| said.as_array().is_some_and(|all| all.iter().all(is_status)))
}

/// `@user@host`, `acct:user@host`.
fn handle(typed: &str) -> Option<Url> {
    let account = typed.strip_prefix("acct:").or_else(|| typed.strip_prefix('@'))?;
    let (user, host) = account.trim_start_matches('@').split_once('@')?;
    profile(user, host)
}

/// `https://host/@user`, `https://host/users/user`, and `https://host/@user@elsewhere`, which is a look at elsewhere.
fn page(typed: &str) -> Option<Url> {
    let url = address::web(typed)?;
    let path: Vec<&str> = url.path_segments()?.filter(|segment| !segment.is_empty()).collect();
    let user = match path.as_slice() {
        [user] => user.strip_prefix('@')?,
        ["users", user] => user,
        _ => return None,
    };
    if let Some((user, host)) = user.split_once('@') {
        return profile(user, host);
    }
    if !is_user(user) || url.query().is_some() || !url.username().is_empty() {
        return None;
    }
    url.join(&format!("/@{user}")).ok()
}

fn profile(user: &str, host: &str) -> Option<Url> {
    let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
    if !is_user(user) || !address::is_host(bare) || host.contains(['/', '?', '#']) {
        return None;
    }
    address::web(host)?.join(&format!("/@{user}")).ok()
}

/// Letters, digits and `_`, with dots and dashes inside only: as Mastodon has it, and kin follow.
pub(super) fn is_user(user: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    user.starts_with(plain)
        && user.ends_with(plain)
        && user.chars().all(|letter| plain(letter) || letter == '.' || letter == '-')
        && ![".rss", ".atom", ".json", ".xml"].iter().any(|ending| user.ends_with(ending))
}

/// What a source is.
#[derive(Debug)]
enum Target {
    Person { server: Url, user: String },
    Tag { server: Url, tag: String },
    Own(Timeline),
}

impl Target {
    fn of(locator: &str) -> Option<Self> {
        if let Some(own) = Timeline::at(locator) {
            return Some(Self::Own(own));
        }
        let server = Url::parse(locator).ok()?;
        if let Some(tag) = server.path().strip_prefix(TAGS) {
            let tag = tag.to_owned();
            return Some(Self::Tag { server, tag });
        }
        let user = server.path().strip_prefix("/@")?.to_owned();
        Some(Self::Person { server, user })
    }

    fn server(&self) -> &Url {
        match self {
            Self::Person { server, .. } | Self::Tag { server, .. } | Self::Own(Timeline { server, .. }) => server,
        }
    }

    /// Where its feed may be.
    fn route(&self, page: Option<&Url>) -> Route {
        let mut starts = match self {
            Self::Person { server, .. } => vec![format!("{server}.rss"), server.to_string()],
            Self::Tag { server, tag } => {
                server.join(&format!("/tags/{tag}.rss")).map(String::from).into_iter().collect()
            }
            // What one account sees has no feed.
            Self::Own(_) => Vec::new(),
        };
        starts.extend(page.map(Url::to_string));
        Route { starts, guesses: false }
    }
}

/// The server and the name of the person at a locator; None when it is a tag.
pub(super) fn person_at(locator: &str) -> Option<(Url, String)> {
    match Target::of(locator)? {
        Target::Person { server, user } => Some((server, user)),
        Target::Tag { .. } | Target::Own(_) => None,
    }
}

/// `example.social`, with its port where it has one.
pub(super) fn domain(server: &Url) -> String {
    let host = server.host_str().unwrap_or_default();
    server.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn talk<'a>(target: &'a Target, source: &Source, heard: &[Reply]) -> Talk<'a> {
    Talk::of(target, source.feed.as_deref(), source.failures > 0, heard)
}

fn ask(source: &Source, heard: &[Reply]) -> Option<Request> {
    let target = Target::of(&source.address.locator)?;
    let talk = talk(&target, source, heard);
    if let Some(from) = talk.by_feed {
        return visit::ask(&by_feed::as_feed(source, API, from), &target.route(talk.page.as_ref()), heard.get(from..)?);
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
        return by_feed::read(source, API, from, &target.route(talk.page.as_ref()), heard);
    }
    if let Some(why) = talk.why {
        return Err(why);
    }
    let own = matches!(target, Target::Person { .. });
    let domain = domain(target.server());
    let statuses = || talk.newest.iter().chain(&talk.missed);
    let ids: BTreeMap<String, String> =
        statuses().filter_map(|status| Some((json::id(status, &["id"])?, status::address(status)?))).collect();
    let mine = matches!(target, Target::Own(_));
    let reading = Reading { domain: &domain, only_own: own, mine, ids };
    let account = account(&talk, own);
    let mut batch = Batch { feed: talk.next_feed(), ..Batch::default() };
    let known = |status: &Value| {
        let id = json::id(status, &["id"]);
        id.is_some_and(|id| talk.read_to.as_ref().is_some_and(|read_to| !talk::is_newer(&id, read_to)))
    };
    let note = |status: &Value| reading.note(status).map(|note| notes::Note { known: known(status), ..note });
    let newest: Vec<notes::Note> = talk.newest.iter().filter_map(note).collect();
    let length = newest.len();
    let all: Vec<notes::Note> = newest.into_iter().chain(talk.missed.iter().filter_map(note)).collect();
    notes::fill(&mut batch, all, length);
    match &target {
        Target::Person { .. } => {
            if let Some(account) = &account {
                let author = reading.account(account);
                batch.title = Some(if author.name.is_empty() { author.handle } else { author.name });
                batch.site = Some(author.page).filter(|page| !page.is_empty());
                batch.portrait = author.portrait;
                batch.pages = Some(status::proven(account));
                if let Some(to) = moved(account, &domain) {
                    let notice = Phrase::new("trouble.moved").with("to", to);
                    // Nobody follows who is not there any more; what they wrote before stays for who did.
                    if talk.read_to.is_none() {
                        return Err(Unreadable { why: notice });
                    }
                    batch.notice = Some(notice);
                }
            }
        }
        Target::Tag { server, tag } => {
            batch.title = Some(format!("#{tag}"));
            batch.site = server.join(&format!("/tags/{tag}")).ok().map(String::from);
            // A server forgets what others wrote; it was not taken back.
            batch.whole = None;
        }
        Target::Own(timeline) => {
            batch.site = timeline.page().map(String::from);
            // Whoever was unfollowed or muted is missing here too: that takes nothing back.
            batch.whole = None;
        }
    }
    Ok(batch)
}

/// As it was looked up, else as its own statuses have it.
fn account(talk: &Talk<'_>, own: bool) -> Option<Value> {
    let of_status =
        || talk.newest.iter().chain(&talk.missed).find_map(|status| json::at(status, &["account"]).cloned());
    talk.account.clone().or_else(|| own.then(of_status).flatten())
}

/// `@user@host`, where the person is now.
fn moved(account: &Value, domain: &str) -> Option<String> {
    let acct = json::line(account, &["moved", "acct"])?;
    Some(if acct.contains('@') { format!("@{acct}") } else { format!("@{acct}@{domain}") })
}

#[cfg(test)]
mod tests;
