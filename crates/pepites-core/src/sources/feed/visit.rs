//! Takes what was heard in a visit so far, gives the next address to ask: the feed, else the page, else what it offers.
//! Never asks more than a dozen times, and never again once a feed was heard.

use super::{
    discover::{front, guesses, offers},
    encoding,
    form::{Form, form},
    read::{read as read_feed, unreadable},
};
use crate::model::{Batch, Phrase, Reply, Request, Source, Unreadable};

/// Requests in one visit, at most.
const MOST_REQUESTS: usize = 10;

/// Feeds of one page that are tried: the first is the one nearly always, others are there for when it is gone.
const MOST_TRIED: usize = 3;

/// How much of a reply is looked at to tell a feed from a page.
const LOOKED_AT: usize = 64 * 1_024;

/// What is accepted, best first; some servers choose between page and feed by it.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, \
                      application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.3";

/// Where a kind asks.
pub(in crate::sources) struct Route {
    /// Addresses in order: the next is asked when one has no feed.
    pub starts: Vec<String>,
    /// Whether to try the well-known places of feeds when a page names none.
    pub guesses: bool,
}

/// The next request of the visit to `source`, which asks where an earlier visit found its feed before `route`.
pub(in crate::sources) fn ask(source: &Source, route: &Route, heard: &[Reply]) -> Option<Request> {
    let mut starts = starts(source, route);
    let Some(last) = heard.last() else {
        let mut request = Request { url: starts.into_iter().next()?, headers: vec![accept()] };
        request.headers.extend(source.validators.headers());
        return Some(request);
    };
    let tried = heard.len();
    if tried >= MOST_REQUESTS || ends(last) {
        return None;
    }
    if tried >= starts.len()
        && let Some(page) = heard.iter().take(starts.len()).rev().find(|reply| shape(reply) == Some(Form::Page))
    {
        let mut found = tried_of(page);
        if found.is_empty() && route.guesses {
            found = guesses(&page.url);
            // Asked already: what is left was heard one for one after the starts.
            found.retain(|guess| !starts.contains(guess));
            // An article may say nothing of the feed that the front page of its site names.
            let front = front(&page.url).and_then(|front| found.iter().position(|guess| *guess == front));
            if let Some(front) = front
                && let Some(heard) = heard.get(starts.len() + front).filter(|reply| shape(reply) == Some(Form::Page))
            {
                found.splice(front + 1..front + 1, tried_of(heard));
            }
        }
        for address in found {
            if !starts.contains(&address) {
                starts.push(address);
            }
        }
    }
    starts.into_iter().nth(tried).map(|url| Request { url, headers: vec![accept()] })
}

/// What a page offers that is tried.
fn tried_of(page: &Reply) -> Vec<String> {
    offers(page).into_iter().take(MOST_TRIED).map(|offer| offer.url).collect()
}

/// What the visit heard: its last reply when it is a feed, else what is wrong.
///
/// # Errors
/// [`Unreadable`] when nothing that was heard is a feed.
pub(in crate::sources) fn read(source: &Source, route: &Route, heard: &[Reply]) -> Result<Batch, Unreadable> {
    let Some(last) = heard.last() else { return Err(unreadable("trouble.empty")) };
    if last.status == 304 {
        return Ok(Batch::default());
    }
    if is_feed(last) {
        let mut batch = read_feed(last)?;
        if heard.len() > 1 {
            batch.feed = Some(last.moved.clone().unwrap_or_else(|| last.asked.clone()));
        }
        return Ok(batch);
    }
    if busy(last) {
        return Err(refused(last.status));
    }
    // What the address itself answered says more than what a guess did.
    let starts = starts(source, route).len();
    let own = heard.get(..starts).and_then(<[Reply]>::last).unwrap_or(last);
    Err(match shape(own) {
        None => refused(own.status),
        Some(Form::Empty) => unreadable("trouble.empty"),
        Some(Form::Page) => unreadable("trouble.no_feed"),
        Some(_) => unreadable("trouble.not_a_feed"),
    })
}

/// Where the visit asks whatever it hears, each address once.
fn starts(source: &Source, route: &Route) -> Vec<String> {
    let mut starts: Vec<String> = Vec::new();
    for address in source.feed.iter().chain(&route.starts) {
        if !starts.contains(address) {
            starts.push(address.clone());
        }
    }
    starts
}

fn accept() -> (String, String) {
    ("Accept".to_owned(), ACCEPT.to_owned())
}

/// Whether nothing more is asked after `reply`: it is what was wanted, or the server wants to be left alone.
fn ends(reply: &Reply) -> bool {
    reply.status == 304 || busy(reply) || is_feed(reply)
}

fn busy(reply: &Reply) -> bool {
    reply.status == 429 || reply.status >= 500
}

fn is_feed(reply: &Reply) -> bool {
    matches!(shape(reply), Some(Form::Xml(_) | Form::Json))
}

/// What a good reply holds; None when the reply is not good.
fn shape(reply: &Reply) -> Option<Form> {
    let content_type = reply.header("content-type");
    let head = reply.body.get(..LOOKED_AT).unwrap_or(&reply.body);
    (200..300).contains(&reply.status).then(|| form(&encoding::text(head, content_type), content_type))
}

/// What a status means to the person who follows the source.
pub(in crate::sources) fn refused(status: u16) -> Unreadable {
    let key = match status {
        401 | 407 => "trouble.login",
        403 => "trouble.forbidden",
        404 => "trouble.not_found",
        410 => "trouble.gone",
        429 => "trouble.too_many",
        500.. => "trouble.server",
        _ => "trouble.refused",
    };
    Unreadable { why: Phrase::new(key).with("status", u32::from(status)) }
}
