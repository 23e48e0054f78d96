//! Takes what was heard in a visit to Bluesky, gives what to ask next: who or what it is, the newest page, then older ones
//! until what an earlier visit had; where that is too far for one visit, the next goes on. Never asks the same page twice,
//! whatever a reply says about its paging.

use std::collections::BTreeSet;

use serde_json::Value;
use url::{Url, form_urlencoded};

use super::{FEED, Target, post};
use crate::{
    model::{Moment, Reply, Request, Unreadable},
    sources::{by_feed::Walled, json},
};

/// What Bluesky answers everyone by.
const API: &str = "https://public.api.bsky.app/xrpc/";

/// Posts on a page of a usual visit, and on those that catch up.
const LIMIT: &str = "50";

/// Pages of one visit: with those before them, as many requests as a visit may have.
const MOST_PAGES: usize = 9;

/// A visit so far.
#[derive(Debug)]
pub(super) struct Talk<'a> {
    target: &'a Target,
    stage: Stage,
    /// Up to when an earlier visit had everything.
    pub read_to: Option<Moment>,
    /// What an earlier visit did not come down to.
    gap: Option<Gap>,
    /// The newest that the visit which left the gap had.
    top: Option<Moment>,
    /// The entries from here on are older than what the visit that left the gap had.
    below: Option<usize>,
    /// The address of the newest page.
    pub newest_at: Option<Url>,
    /// The person, list, feed or pack, where it was looked up.
    pub about: Option<Value>,
    /// How many entries are of the newest page.
    pub newest: usize,
    /// Entries, newest first.
    pub entries: Vec<Value>,
    /// From which reply on the feed of the profile was asked.
    pub by_feed: Option<usize>,
    /// Why there is nothing.
    pub why: Option<Unreadable>,
    /// A page that was needed could not be read.
    torn: bool,
    /// Where what is still missing begins.
    rest: Option<String>,
    pages: usize,
    /// Whose it is, by what never changes, where an earlier visit knew.
    did: Option<String>,
    /// It was asked who or what it is.
    looked: bool,
    /// The API answered the last visit.
    was_open: bool,
    seen: BTreeSet<String>,
}

/// What is missing between two visits: the earlier had everything from `top` down to where `cursor` goes on.
#[derive(Clone, Debug, PartialEq)]
struct Gap {
    top: Moment,
    cursor: String,
}

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Resolve(String),
    About(Url),
    Page(Url),
    Feed,
    End,
}

impl<'a> Talk<'a> {
    /// The visit that heard all of `heard`. `feed` is what an earlier visit kept.
    pub(super) fn of(target: &'a Target, feed: Option<&str>, failing: bool, heard: &[Reply]) -> Self {
        let mut talk = Self {
            target,
            stage: Stage::End,
            read_to: None,
            gap: None,
            top: None,
            below: None,
            newest_at: None,
            about: None,
            newest: 0,
            entries: Vec::new(),
            by_feed: None,
            why: None,
            torn: false,
            rest: None,
            pages: 0,
            did: None,
            looked: false,
            was_open: false,
            seen: BTreeSet::new(),
        };
        talk.begin(feed.and_then(|feed| Url::parse(feed).ok()), failing);
        for (number, reply) in heard.iter().enumerate() {
            talk.hear(number, reply);
        }
        talk
    }

    fn begin(&mut self, feed: Option<Url>, failing: bool) {
        let walled = feed.as_ref().and_then(Walled::of);
        match (walled, feed) {
            (Some(walled), _) if !failing && !walled.again => self.fall_back(0),
            (Some(Walled { api: Some(api), .. }), _) => self.go_on(api),
            (None, Some(feed)) if feed.path().starts_with(super::API) => {
                self.was_open = !failing;
                self.go_on(feed);
            }
            _ => self.look(),
        }
    }

    /// Where an earlier visit ended. Whose it is stands in the address, by what never changes.
    fn go_on(&mut self, mut feed: Url) {
        self.remember(feed.fragment().unwrap_or_default());
        feed.set_fragment(None);
        self.did = did_in(&feed);
        self.newest_at = Some(feed.clone());
        self.stage = Stage::Page(feed);
    }

    /// What [`Talk::next_feed`] of an earlier visit wrote.
    fn remember(&mut self, kept: &str) {
        let moment = |text: &str| text.parse().ok().map(Moment);
        let part = |name: &str| form_urlencoded::parse(kept.as_bytes()).find(|(key, _)| key == name);
        self.read_to = moment(kept).or_else(|| moment(&part("read_to")?.1));
        let top = part("top").and_then(|(_, top)| moment(&top));
        self.top = top;
        self.gap = top.zip(part("cursor")).map(|(top, (_, cursor))| Gap { top, cursor: cursor.into_owned() });
    }

    /// Who or what it is: by what never changes once that is known. A handle may be somebody else's by now.
    fn look(&mut self) {
        self.looked = true;
        match (self.target, self.did.clone()) {
            (Target::Person { actor }, did) => {
                let actor = did.as_ref().unwrap_or(actor);
                self.ask_about("app.bsky.actor.getProfile", &[("actor", actor)]);
            }
            (Target::Thing { .. }, Some(did)) => self.know(&did),
            (Target::Thing { actor, .. }, None) if actor.starts_with("did:") => self.know(actor),
            (Target::Thing { actor, .. }, None) => self.stage = Stage::Resolve(actor.clone()),
        }
    }

    fn ask_about(&mut self, method: &str, query: &[(&str, &str)]) {
        self.stage = call(method, query).map_or(Stage::End, Stage::About);
    }

    /// Its owner is known by what never changes.
    fn know(&mut self, did: &str) {
        let Target::Thing { sort, key, .. } = self.target else { return };
        let uri = format!("at://{did}/{}/{key}", sort.collection);
        let limit: &[(&str, &str)] = if sort.parameter == "list" { &[("limit", "1")] } else { &[] };
        self.ask_about(sort.about, &[&[(sort.parameter, uri.as_str())], limit].concat());
    }

    fn newest_of(&mut self, method: &str, query: &[(&str, &str)]) {
        let Some(url) = call(method, &[query, &[("limit", LIMIT)]].concat()) else { return self.end() };
        if self.newest_at.as_ref() != Some(&url) {
            // Another one: what was read of the first says nothing of it.
            (self.read_to, self.gap, self.top) = (None, None, None);
        }
        self.newest_at = Some(url.clone());
        self.stage = Stage::Page(url);
    }

    fn end(&mut self) {
        self.stage = Stage::End;
    }

    fn fail(&mut self, why: Unreadable) {
        self.why = Some(why);
        self.end();
    }

    /// A wall before the network, which itself said nothing. Before an API that was open it may stand for an hour only:
    /// that is a failure, and what was read up to now is kept.
    fn walled(&mut self, number: usize, status: u16) {
        if self.was_open { self.fail(json::refused(status)) } else { self.fall_back(number + 1) }
    }

    fn fall_back(&mut self, from: usize) {
        self.by_feed = Some(from);
        self.stage = Stage::Feed;
    }

    /// The next request; None when the feed of the profile is to be asked, or nothing any more.
    pub(super) fn next(&self) -> Option<Request> {
        let url = match &self.stage {
            Stage::Resolve(handle) => call("com.atproto.identity.resolveHandle", &[("handle", handle)])?,
            Stage::About(url) | Stage::Page(url) => url.clone(),
            Stage::Feed | Stage::End => return None,
        };
        Some(json::get(url))
    }

    fn hear(&mut self, number: usize, reply: &Reply) {
        match self.stage.clone() {
            Stage::Feed | Stage::End => {}
            Stage::Resolve(_) => match json::of(reply).and_then(|said| json::line(&said, &["did"])) {
                Some(did) => self.know(&did),
                None => self.fail(refused(reply)),
            },
            Stage::About(_) => self.hear_about(number, reply),
            Stage::Page(_) => self.hear_page(number, reply),
        }
    }

    fn hear_about(&mut self, number: usize, reply: &Reply) {
        let Some(about) = json::of(reply).filter(Value::is_object) else {
            return if self.is_wall(reply) { self.walled(number, reply.status) } else { self.fail(refused(reply)) };
        };
        match self.target {
            Target::Person { .. } => {
                let Some(did) = json::line(&about, &["did"]) else {
                    return self.fail(json::unreadable("trouble.not_understood"));
                };
                if post::is_for_members(&about) {
                    return self.fail(json::unreadable("trouble.members_only"));
                }
                let filter = ("filter", "posts_and_author_threads");
                self.newest_of("app.bsky.feed.getAuthorFeed", &[("actor", &did), filter]);
            }
            Target::Thing { sort, .. } => match json::line(&about, sort.uri) {
                Some(uri) => self.newest_of(sort.posts, &[(sort.posts_parameter, uri.as_str())]),
                None => return self.fail(json::unreadable("trouble.not_understood")),
            },
        }
        self.about = Some(about);
    }

    /// What the network says of an account is the last word; a wall before it is not. Only people have a feed beside.
    fn is_wall(&self, reply: &Reply) -> bool {
        let person = matches!(self.target, Target::Person { .. });
        person && matches!(reply.status, 401 | 403 | 404 | 451) && !is_said(reply)
    }

    fn hear_page(&mut self, number: usize, reply: &Reply) {
        let page = json::of(reply);
        let Some(entries) = page.as_ref().and_then(|page| json::at(page, &["feed"])?.as_array()) else {
            if self.pages > 0 {
                self.torn = true;
                if reply.status == 400 {
                    // A cursor that is known no more: the next visit comes down from the top.
                    self.rest = None;
                }
                return self.end();
            }
            return match reply.status {
                _ if self.is_wall(reply) => self.walled(number, reply.status),
                // Its list may have gone, its owner may have left: what is said of them tells.
                400 | 404 | 410 if !self.looked => self.look(),
                _ => self.fail(refused(reply)),
            };
        };
        self.pages += 1;
        let before = self.seen.len();
        for entry in entries {
            let who = json::text(entry, &["reason", "by", "did"]).unwrap_or_default();
            let uri = json::text(entry, &["post", "uri"]).unwrap_or_default();
            if self.seen.insert(format!("{uri} {who}")) {
                self.entries.push(entry.clone());
            }
        }
        if self.pages == 1 {
            self.newest = self.entries.len();
        }
        let cursor = page.as_ref().and_then(|page| json::line(page, &["cursor"]));
        let brings_nothing = self.seen.len() == before;
        let cursor = cursor.filter(|_| !brings_nothing);
        self.rest = self.read_to.filter(|read_to| !self.reaches(*read_to)).and_then(|_| match self.gap.take() {
            // What is below was read by an earlier visit, down to where it ended.
            Some(gap) if cursor.is_none() || self.reaches(gap.top) => {
                self.below = Some(self.entries.len());
                Some(gap.cursor)
            }
            gap => {
                self.gap = gap;
                cursor
            }
        });
        let Some(mut url) = self.newest_at.clone() else { return self.end() };
        let Some(cursor) = &self.rest else { return self.end() };
        url.query_pairs_mut().append_pair("cursor", cursor);
        if url.as_str() == reply.asked {
            // The same page once more.
            self.rest = None;
        }
        let goes_on = self.rest.is_some() && self.pages < MOST_PAGES;
        self.stage = if goes_on { Stage::Page(url) } else { Stage::End };
    }

    /// It has come down to what was read before.
    fn reaches(&self, read_to: Moment) -> bool {
        let at = |entry: &Value| post::note(entry, false).map(|note| note.at);
        self.entries.iter().rev().find_map(at).is_none_or(|at| at <= read_to)
    }

    /// An earlier visit had the entry of that number, of that time.
    pub(super) fn is_known(&self, number: usize, at: Moment) -> bool {
        let had = |top: &Moment| at <= *top && self.below.is_none_or(|below| number < below);
        self.read_to.is_some_and(|read_to| at <= read_to) || self.top.as_ref().is_some_and(had)
    }

    /// Where the next visit begins: the newest page, up to when it was read, and what is missing below what this visit had.
    pub(super) fn next_feed(&self, newest: Option<Moment>) -> Option<String> {
        let mut url = self.newest_at.clone()?;
        // What a program makes has an order of its own, and no end to come down to.
        let rest = self.rest.as_ref().filter(|_| !self.is_made());
        let read_to = if self.torn || rest.is_some() { self.read_to } else { newest.max(self.read_to) };
        let mut kept = read_to.map(|at| at.0.to_string());
        if let (Some(read_to), Some(top), Some(rest)) = (read_to, newest.max(self.top), rest) {
            let (read_to, top) = (read_to.0.to_string(), top.0.to_string());
            let parts = [("read_to", read_to.as_str()), ("top", &top), ("cursor", rest)];
            kept = Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(parts).finish());
        }
        url.set_fragment(kept.as_deref());
        Some(url.into())
    }

    fn is_made(&self) -> bool {
        matches!(self.target, Target::Thing { sort, .. } if sort.parameter == FEED.parameter)
    }
}

pub(in crate::sources) fn call(method: &str, query: &[(&str, &str)]) -> Option<Url> {
    let mut url = Url::parse(API).ok()?.join(method).ok()?;
    url.query_pairs_mut().extend_pairs(query);
    Some(url)
}

/// Whose posts an address of the API asks for: `actor=did:…`, or the repository of what it names.
pub(super) fn did_in(feed: &Url) -> Option<String> {
    let named = |(_, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| {
        let did = if value.starts_with("did:") { value.into_owned() } else { post::repository(&value)?.to_owned() };
        did.starts_with("did:").then_some(did)
    };
    feed.query_pairs().find_map(named)
}

/// The network itself answered, in its own way of saying no.
fn is_said(reply: &Reply) -> bool {
    error(reply).is_some()
}

fn error(reply: &Reply) -> Option<String> {
    json::line(&json::said(reply)?, &["error"])
}

pub(in crate::sources) fn refused(reply: &Reply) -> Unreadable {
    match (reply.status, error(reply).as_deref()) {
        (
            _,
            Some("AccountTakedown" | "AccountSuspended" | "AccountDeactivated" | "RepoDeactivated" | "RepoTakendown"),
        ) => json::unreadable("trouble.suspended"),
        (400, Some(_)) => json::unreadable("trouble.not_found"),
        (status, _) => json::refused(status),
    }
}
