//! Takes a visit to a person whose network keeps its API to members, gives what the feed of the profile says instead.
//! Where it was found is kept with a mark behind `#`, so that the next visit asks for it at once; and beside the mark,
//! where the API was and up to where it was read, so that a wall that falls leaves no gap.

use url::{Url, form_urlencoded};

use super::feed::visit::{self, Route};
use crate::model::{Batch, Reply, Source, Unreadable, Validators};

/// Behind the address of a feed that is asked because the API is closed. Its value is the address of the API, where it
/// was open once.
const MARK: &str = "rss";

/// This visit is to learn whether the API is still closed. It is never kept.
const AGAIN: &str = "again";

/// What is kept of an API that is closed.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Walled {
    /// Where it was asked, with what its kind keeps behind the address; None where it never answered.
    pub api: Option<Url>,
    /// It is to be asked in this visit.
    pub again: bool,
}

impl Walled {
    /// What an earlier visit kept behind the address of a feed; None where it was the API that was read.
    pub(super) fn of(feed: &Url) -> Option<Self> {
        let kept: Vec<_> = form_urlencoded::parse(feed.fragment()?.as_bytes()).collect();
        let (_, api) = kept.iter().find(|(key, _)| key == MARK)?;
        Some(Self { api: Url::parse(api).ok(), again: kept.iter().any(|(key, _)| key == AGAIN) })
    }
}

/// The address of a source whose API is closed, for a visit that is to learn whether it still is.
pub(super) fn again(feed: &str) -> Option<String> {
    let url = Url::parse(feed).ok()?;
    Walled::of(&url).filter(|walled| !walled.again).map(|_| format!("{feed}&{AGAIN}"))
}

/// The source as the reader of feeds sees it: what was kept of the API (an address with `api` in it) says nothing there.
/// `from` is the reply since which the feed is asked.
pub(super) fn as_feed(source: &Source, api: &str, from: usize) -> Source {
    let feed = source.feed.as_deref().map(bare).filter(|feed| !feed.contains(api)).map(str::to_owned);
    let validators = if from == 0 { source.validators.clone() } else { Validators::default() };
    Source { feed, validators, ..source.clone() }
}

/// What the feed says, of those `heard` since reply `from`, when it was asked.
pub(super) fn read(
    source: &Source,
    api: &str,
    from: usize,
    route: &Route,
    heard: &[Reply],
) -> Result<Batch, Unreadable> {
    let heard = heard.get(from..).unwrap_or_default();
    // Who is not there has no feed either; who keeps the API to members, and has none, needs an account.
    let mut batch = visit::read(&as_feed(source, api, from), route, heard)?;
    let found = batch.feed.take().or_else(|| heard.last().map(|reply| reply.asked.clone()));
    let kept = source.feed.as_deref().and_then(|feed| Url::parse(feed).ok());
    let api = kept.and_then(|feed| match Walled::of(&feed) {
        Some(walled) => walled.api,
        None => feed.path().contains(api).then_some(feed),
    });
    batch.feed = found.map(|feed| {
        let address: String =
            form_urlencoded::byte_serialize(api.map(String::from).unwrap_or_default().as_bytes()).collect();
        let mark = if address.is_empty() { MARK.to_owned() } else { format!("{MARK}={address}") };
        format!("{}#{mark}", bare(&feed))
    });
    Ok(batch)
}

/// An address without what was kept beside it.
pub(super) fn bare(feed: &str) -> &str {
    feed.split('#').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_api_is_kept_beside_its_feed_and_asked_again_on_request() {
        let of = |feed: &str| Walled::of(&Url::parse(feed).unwrap());
        let api = "https://a.example/api/v1/x?limit=40#7";
        let feed = "https://a.example/@ada.rss#rss=https%3A%2F%2Fa.example%2Fapi%2Fv1%2Fx%3Flimit%3D40%237";
        assert_eq!(of(feed), Some(Walled { api: Url::parse(api).ok(), again: false }));
        assert_eq!(of("https://a.example/@ada.rss#rss"), Some(Walled::default()));
        for open in [api, "https://a.example/@ada.rss", "https://a.example/x#top=1&cursor=rss"] {
            assert_eq!((of(open), again(open)), (None, None), "{open}");
        }
        let asked = again(feed).unwrap();
        assert_eq!(of(&asked), Some(Walled { api: Url::parse(api).ok(), again: true }));
        assert_eq!(again(&asked), None);
    }
}
