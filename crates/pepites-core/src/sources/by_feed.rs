//! Takes a visit to a person whose network keeps its API to members, gives what the feed of the profile says instead.
//! Where it was found is kept with a mark behind `#`, so that the next visit asks for it at once.

use super::feed::visit::{self, Route};
use crate::model::{Batch, Reply, Source, Unreadable, Validators};

/// Behind the address of a feed that is asked because the API is closed.
pub(super) const MARK: &str = "rss";

/// The source as the reader of feeds sees it: what was kept of the API (an address with `api` in it) says nothing there.
/// `from` is the reply since which the feed is asked.
pub(super) fn as_feed(source: &Source, api: &str, from: usize) -> Source {
    let feed = source.feed.as_deref().filter(|feed| !feed.contains(api)).map(|feed| bare(feed).to_owned());
    let validators = if from == 0 { source.validators.clone() } else { Validators::default() };
    Source { feed, validators, ..source.clone() }
}

/// What the feed says, of those `heard` since it is asked.
pub(super) fn read(as_feed: &Source, route: &Route, heard: &[Reply]) -> Result<Batch, Unreadable> {
    // Who is not there has no feed either; who keeps the API to members, and has none, needs an account.
    let mut batch = visit::read(as_feed, route, heard)?;
    let found = batch.feed.take().or_else(|| heard.last().map(|reply| reply.asked.clone()));
    batch.feed = found.map(|feed| format!("{}#{MARK}", bare(&feed)));
    Ok(batch)
}

/// An address without what was kept beside it.
pub(super) fn bare(feed: &str) -> &str {
    feed.split('#').next().unwrap_or_default()
}
