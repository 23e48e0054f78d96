//! Takes the answer of a WebFinger, gives where an account really lives. Never trusts it for more than an address.

use serde_json::Value;
use url::Url;

use crate::{model::Reply, sources::json};

/// Where an account lives.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Home {
    /// Its server: any address on it.
    pub server: Url,
    /// Its name there.
    pub user: String,
    /// Its page for people.
    pub page: Option<Url>,
}

/// What a WebFinger about `user` says.
pub(in crate::sources) fn home(reply: &Reply, user: &str) -> Option<Home> {
    let said = json::of(reply)?;
    let links = json::list(&said, &["links"]);
    let is_activity = |link: &&Value| {
        let kind = json::text(link, &["type"]).unwrap_or_default();
        json::text(link, &["rel"]) == Some("self") && (kind.contains("activity+json") || kind.contains("ld+json"))
    };
    let is_page = |link: &&Value| {
        let kind = json::text(link, &["type"]).unwrap_or("text/html");
        let rel = json::text(link, &["rel"]);
        rel == Some("http://webfinger.net/rel/profile-page") && kind == "text/html"
    };
    let target = |link: &Value| json::text(link, &["href"]).and_then(web);
    let page = links.iter().find(is_page).and_then(target);
    let actor = links.iter().find(is_activity).and_then(target);
    let subject = json::text(&said, &["subject"]).and_then(|subject| subject.strip_prefix("acct:"));
    let named = subject.and_then(|subject| subject.split_once('@')).map(|(user, _)| user.to_owned());
    Some(Home { server: actor.or_else(|| page.clone())?, user: named.unwrap_or_else(|| user.to_owned()), page })
}

fn web(address: &str) -> Option<Url> {
    Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}
