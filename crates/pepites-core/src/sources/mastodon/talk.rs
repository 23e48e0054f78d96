//! Takes what was heard in a visit to a person or a tag, gives what to ask next: who it is, the newest page, then what was
//! missed since the last visit, from the oldest up, so that a visit cut short leaves no gap. Where the server keeps its
//! API to members, the feed of the profile.

use std::collections::BTreeSet;

use serde_json::Value;
use url::Url;

use super::{API, Target, finger};
use crate::{
    model::{Reply, Request, Unreadable},
    sources::{by_feed::Walled, json},
};

/// Statuses on a page, as many as a server gives.
const LIMIT: usize = 40;

/// Statuses that are looked at on a page: some servers give more than was asked for, none gives so many.
const MOST_ON_PAGE: usize = 200;

/// A visit so far.
#[derive(Debug)]
pub(super) struct Talk<'a> {
    target: &'a Target,
    stage: Stage,
    /// The newest status that an earlier visit had, everything before it included.
    pub read_to: Option<String>,
    /// The address of the newest page.
    pub newest_at: Option<Url>,
    /// The account, where it was looked up.
    pub account: Option<Value>,
    /// The newest page.
    pub newest: Vec<Value>,
    /// What was missed before it, oldest page first.
    pub missed: Vec<Value>,
    /// Nothing is missing between what was read before and the newest page.
    pub complete: bool,
    /// From which reply on the feed of the profile was asked.
    pub by_feed: Option<usize>,
    /// Pages for people that a WebFinger named.
    pub page: Option<Url>,
    /// Why there is nothing.
    pub why: Option<Unreadable>,
    looked: bool,
    /// Nothing was ever found of it.
    is_first: bool,
    /// The API answered the last visit.
    was_open: bool,
    /// What the API said when it was asked who that is.
    said: u16,
    asked: BTreeSet<String>,
    /// The ids of the newest page.
    newest_ids: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Lookup { server: Url, user: String, fingered: bool },
    Finger,
    Newest,
    Missed(Url),
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
            newest_at: None,
            account: None,
            newest: Vec::new(),
            missed: Vec::new(),
            complete: false,
            by_feed: None,
            page: None,
            why: None,
            looked: false,
            is_first: false,
            was_open: false,
            said: 0,
            asked: BTreeSet::new(),
            newest_ids: BTreeSet::new(),
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
            (None, Some(feed)) if feed.path().starts_with(API) => {
                self.was_open = !failing;
                self.go_on(feed);
            }
            (None, None) => {
                self.is_first = true;
                self.look();
            }
            _ => self.look(),
        }
    }

    /// Where an earlier visit ended.
    fn go_on(&mut self, mut feed: Url) {
        self.read_to = feed.fragment().filter(|id| !id.is_empty()).map(str::to_owned);
        feed.set_fragment(None);
        self.newest_at = Some(feed);
        self.stage = Stage::Newest;
    }

    fn look(&mut self) {
        self.looked = true;
        match self.target {
            Target::Person { server, user } => {
                self.stage = Stage::Lookup { server: server.clone(), user: user.clone(), fingered: false };
            }
            Target::Tag { server, tag } => self.newest_of(server, &format!("/api/v1/timelines/tag/{tag}"), false),
            Target::Own(own) => self.newest_of(&own.server, &own.path, false),
        }
    }

    fn newest_of(&mut self, server: &Url, path: &str, own: bool) {
        let Ok(mut url) = server.join(path) else { return self.end() };
        url.set_query(Some(&format!("{}limit={LIMIT}", if own { "exclude_replies=true&" } else { "" })));
        if self.newest_at.as_ref() != Some(&url) {
            // Another account: what was read of the first says nothing of it.
            self.read_to = None;
        }
        self.newest_at = Some(url);
        self.stage = Stage::Newest;
    }

    fn end(&mut self) {
        self.stage = Stage::End;
    }

    fn fail(&mut self, why: Unreadable) {
        self.why = Some(why);
        self.end();
    }

    /// The API says no. An open one that says so once may have a wall before it for an hour: that is a failure, and what
    /// was read up to now is kept. Said again, or by one that was never open, it is to be believed.
    fn closed(&mut self, number: usize, status: u16) {
        if self.was_open { self.fail(json::refused(status)) } else { self.fall_back(number + 1) }
    }

    fn fall_back(&mut self, from: usize) {
        self.by_feed = Some(from);
        self.stage = Stage::Feed;
    }

    /// The next request; None when the feed of the profile is to be asked, or nothing any more.
    pub(super) fn next(&self) -> Option<Request> {
        let url = match &self.stage {
            Stage::Lookup { server, user, .. } => {
                let mut url = server.join("/api/v1/accounts/lookup").ok()?;
                url.query_pairs_mut().append_pair("acct", user);
                url
            }
            Stage::Finger => {
                let Target::Person { server, user } = self.target else { return None };
                let mut url = server.join("/.well-known/webfinger").ok()?;
                let domain = super::domain(server);
                url.set_query(Some(&format!("resource=acct:{user}@{domain}")));
                url
            }
            Stage::Newest => self.newest_at.clone()?,
            Stage::Missed(url) => url.clone(),
            Stage::Feed | Stage::End => return None,
        };
        Some(json::get(url))
    }

    fn hear(&mut self, number: usize, reply: &Reply) {
        match self.stage.clone() {
            Stage::Feed | Stage::End => {}
            Stage::Lookup { server, fingered, .. } => self.hear_lookup(number, reply, &server, fingered),
            Stage::Finger => self.hear_finger(number, reply),
            Stage::Newest => self.hear_newest(number, reply),
            Stage::Missed(_) => self.hear_missed(reply),
        }
    }

    fn hear_lookup(&mut self, number: usize, reply: &Reply, server: &Url, fingered: bool) {
        let account = json::of(reply).filter(|account| json::id(account, &["id"]).is_some());
        if let Some(account) = account {
            let id = json::id(&account, &["id"]).unwrap_or_default();
            let suspended = json::flag(&account, &["suspended"]);
            self.account = Some(account);
            if suspended {
                return self.fail(json::unreadable("trouble.suspended"));
            }
            let before = self.newest_at.clone();
            let gave_nothing = self.read_to.is_some();
            self.newest_of(server, &format!("/api/v1/accounts/{}/statuses", escaped(&id)), true);
            if gave_nothing && before == self.newest_at {
                // It is there, and has taken back all that it wrote, or most.
                self.complete = true;
                self.end();
            }
            return;
        }
        self.said = reply.status;
        match reply.status {
            429 | 500.. => self.fail(json::refused(reply.status)),
            // A closed server says so before it looks anyone up. So does a site that forbids what it does not know, whose
            // accounts live elsewhere: where nothing was ever found, that is asked first.
            status @ (401 | 403 | 422) if fingered || !self.is_first => self.closed(number, status),
            // It moved its API away from its name, or speaks another language.
            _ if !fingered && matches!(self.target, Target::Person { .. }) => {
                self.stage = Stage::Finger;
            }
            status => self.closed(number, status),
        }
    }

    fn hear_finger(&mut self, number: usize, reply: &Reply) {
        let Target::Person { server, user } = self.target else { return self.end() };
        let Some(home) = finger::home(reply, user) else { return self.closed(number, self.said) };
        self.page = home.page;
        let elsewhere = home.server.host_str() != server.host_str() || home.user != *user;
        if elsewhere {
            self.stage = Stage::Lookup { server: home.server, user: home.user, fingered: true };
        } else {
            self.closed(number, self.said);
        }
    }

    fn hear_newest(&mut self, number: usize, reply: &Reply) {
        let Some(page) = page(reply) else {
            return match reply.status {
                status @ (401 | 403 | 422) if !matches!(self.target, Target::Own(_)) => self.closed(number, status),
                // Gone from there: who is it, and where?
                404 | 410 if !self.looked && !matches!(self.target, Target::Own(_)) => {
                    self.read_to = None;
                    self.look();
                }
                404 if matches!(self.target, Target::Tag { .. }) => self.closed(number, 404),
                status => self.fail(json::refused(status)),
            };
        };
        self.newest = page;
        self.newest.truncate(MOST_ON_PAGE);
        self.newest_ids = self.newest.iter().filter_map(|status| json::id(status, &["id"])).collect();
        if self.newest.is_empty() && self.read_to.is_some() && !self.looked && !matches!(self.target, Target::Own(_)) {
            return self.look();
        }
        let Some(read_to) = self.read_to.clone() else {
            self.complete = true;
            return self.end();
        };
        let reaches = |status: &Value| json::id(status, &["id"]).is_some_and(|id| !is_newer(&id, &read_to));
        if self.newest.iter().any(reaches) {
            self.complete = true;
            return self.end();
        }
        self.stage = self.above(&read_to).map_or(Stage::End, Stage::Missed);
    }

    fn hear_missed(&mut self, reply: &Reply) {
        let Some(mut page) = page(reply) else { return self.end() };
        let before = self.top();
        self.asked.insert(reply.asked.clone());
        page.sort_by_key(|status| json::id(status, &["id"]).map(|id| (id.len(), id)));
        // The oldest of it: what is above them is asked for next.
        page.truncate(MOST_ON_PAGE);
        let meets = page.iter().any(|status| self.newest_has(status));
        let ended = page.is_empty();
        self.missed.extend(page);
        if meets || ended {
            self.complete = true;
            return self.end();
        }
        let top = self.top();
        // A page that leads nowhere: the same again, or older ones. What was read counts, the rest is asked next time.
        let rises = matches!((&before, &top), (Some(before), Some(top)) if is_newer(top, before));
        if !rises {
            return self.end();
        }
        let named = link(reply, "prev").filter(|url| self.may_follow(url));
        let next = named.or_else(|| self.above(top.as_deref().unwrap_or_default()));
        match next.filter(|next| !self.asked.contains(next.as_str())) {
            Some(next) => self.stage = Stage::Missed(next),
            None => self.end(),
        }
    }

    fn newest_has(&self, status: &Value) -> bool {
        json::id(status, &["id"]).is_some_and(|id| self.newest_ids.contains(&id))
    }

    /// Where the page just above `id` is.
    fn above(&self, id: &str) -> Option<Url> {
        let mut url = self.newest_at.clone()?;
        url.query_pairs_mut().append_pair("min_id", id);
        Some(url)
    }

    /// A page may name the next one, on its own server and at its own place only.
    fn may_follow(&self, url: &Url) -> bool {
        let here = self.newest_at.as_ref();
        here.is_some_and(|here| here.origin() == url.origin() && here.path() == url.path())
            && url.query_pairs().any(|(key, _)| key == "min_id")
    }

    /// The newest status up to which everything was read.
    fn top(&self) -> Option<String> {
        let ids = self.missed.iter().filter_map(|status| json::id(status, &["id"]));
        ids.chain(self.read_to.clone()).max_by(|one, other| order(one).cmp(&order(other)))
    }

    /// Where the next visit begins: the newest page, and up to where it was read.
    pub(super) fn next_feed(&self) -> Option<String> {
        let newest = self.newest.iter().filter_map(|status| json::id(status, &["id"]));
        let newest = newest.max_by(|one, other| order(one).cmp(&order(other)));
        let read_to = if self.complete { newest.or_else(|| self.top()) } else { self.top() };
        let mut url = self.newest_at.clone()?;
        url.set_fragment(read_to.as_deref());
        Some(url.into())
    }
}

/// Ids are opaque, and grow: a longer one is newer.
pub(super) fn is_newer(one: &str, other: &str) -> bool {
    order(one) > order(other)
}

fn order(id: &str) -> (usize, &str) {
    (id.len(), id)
}

fn page(reply: &Reply) -> Option<Vec<Value>> {
    match json::of(reply)? {
        Value::Array(page) => Some(page),
        _ => None,
    }
}

/// `Link: <address>; rel="next"`.
pub(in crate::sources) fn link(reply: &Reply, rel: &str) -> Option<Url> {
    let links = reply.headers.iter().filter(|(name, _)| name == "link").flat_map(|(_, value)| value.split(','));
    let named = |link: &str| {
        let (address, about) = link.trim().strip_prefix('<')?.split_once('>')?;
        let is_it =
            about.split(';').filter_map(|part| part.trim().strip_prefix("rel=")).any(|is| is.trim_matches('"') == rel);
        is_it.then(|| Url::parse(address).ok()).flatten()
    };
    links.filter_map(named).next()
}

fn escaped(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}
