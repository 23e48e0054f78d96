//! Takes a person, a list or a starter pack, asks whom they follow, page by page, gives each as something to follow.
//! Never asks the same page twice, nor more pages than anyone has friends.

use std::collections::BTreeSet;

use serde_json::Value;
use url::Url;

use super::{bluesky, json, mastodon};
use crate::model::{Address, Reply, Request, Unreadable};

/// Pages of 80 or 100: beyond, it is no circle of anyone.
const MOST_PAGES: usize = 120;

/// Someone in the circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// As it is typed to follow them.
    pub address: String,
    /// The name they show.
    pub name: String,
    /// Where they are by what never changes, where the network says it.
    pub lasting: Option<String>,
}

/// Whom someone follows, as far as was heard.
#[derive(Debug)]
pub struct Circle {
    /// Everyone, in the order of the network, each once.
    pub people: Vec<Person>,
    /// How many they say that they follow.
    pub total: Option<u64>,
    /// Why it ended before its end.
    pub why: Option<Unreadable>,
    domain: String,
    stage: Stage,
    asked: BTreeSet<String>,
    seen: BTreeSet<String>,
}

#[derive(Clone, Debug)]
enum Stage {
    /// Mastodon: who is it?
    Lookup {
        server: Url,
        user: String,
        fingered: bool,
    },
    /// Mastodon: where do they live?
    Finger {
        server: Url,
        user: String,
    },
    /// Mastodon: a page of those whom they follow.
    Following(Url),
    /// Bluesky: whose is the list?
    Resolve {
        handle: String,
        collection: &'static str,
        key: String,
    },
    /// Bluesky: a page of those whom they follow, of a list, or a starter pack.
    Follows(Url),
    End,
}

impl Circle {
    /// The circle of what is at an address; None when it has none: a site, a tag.
    #[must_use]
    pub fn of(address: &Address) -> Option<Self> {
        let (stage, domain) = match address.kind.as_str() {
            "mastodon" => {
                let (server, user) = mastodon::person_at(&address.locator)?;
                let domain = mastodon::domain(&server);
                (Stage::Lookup { server, user, fingered: false }, domain)
            }
            "bluesky" => match bluesky::circle_at(&address.locator)? {
                bluesky::CircleAt::Person(actor) => (
                    Stage::Follows(bluesky::call("app.bsky.graph.getFollows", &[("actor", &actor), ("limit", "100")])?),
                    String::new(),
                ),
                bluesky::CircleAt::Thing { actor, collection, key } => {
                    (Stage::Resolve { handle: actor, collection, key }, String::new())
                }
            },
            _ => return None,
        };
        let mut circle = Self {
            people: Vec::new(),
            total: None,
            why: None,
            domain,
            stage,
            asked: BTreeSet::new(),
            seen: BTreeSet::new(),
        };
        circle.skip_resolving();
        Some(circle)
    }

    /// The next request; None at the end.
    #[must_use]
    pub fn next(&self) -> Option<Request> {
        let url = match &self.stage {
            Stage::Lookup { server, user, .. } => {
                let mut url = server.join("/api/v1/accounts/lookup").ok()?;
                url.query_pairs_mut().append_pair("acct", user);
                url
            }
            Stage::Finger { server, user } => {
                let mut url = server.join("/.well-known/webfinger").ok()?;
                url.set_query(Some(&format!("resource=acct:{user}@{}", self.domain)));
                url
            }
            Stage::Resolve { handle, .. } => {
                bluesky::call("com.atproto.identity.resolveHandle", &[("handle", handle)])?
            }
            Stage::Following(url) | Stage::Follows(url) => url.clone(),
            Stage::End => return None,
        };
        let fresh = !self.asked.contains(url.as_str()) && !self.is_full();
        fresh.then(|| json::get(url))
    }

    /// There are more, and nobody is asked for them.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.asked.len() >= MOST_PAGES && !matches!(self.stage, Stage::End)
    }

    /// Takes the reply to [`Circle::next`].
    pub fn hear(&mut self, reply: &Reply) {
        self.asked.insert(reply.asked.clone());
        let said = json::of(reply);
        match (self.stage.clone(), said) {
            (Stage::Lookup { server, .. }, Some(account)) if json::id(&account, &["id"]).is_some() => {
                self.total = json::number(&account, &["following_count"]);
                let id = json::id(&account, &["id"]).unwrap_or_default();
                let mut next = server.join("/api/v1/accounts/").ok();
                if let Some(url) = &mut next {
                    let _ = url.path_segments_mut().map(|mut path| {
                        path.pop_if_empty().push(&id).push("following");
                    });
                    url.set_query(Some("limit=80"));
                }
                self.stage = next.map_or(Stage::End, Stage::Following);
            }
            // A site that forbids what it does not know may say where its accounts live all the same.
            (Stage::Lookup { server, user, fingered: false }, _) if !matches!(reply.status, 429 | 500..) => {
                self.why = Some(bluesky::refused(reply));
                self.stage = Stage::Finger { server, user };
            }
            (Stage::Finger { server, user }, _) => match mastodon::home(reply, &user) {
                Some(home) if home.server.origin() != server.origin() || home.user != user => {
                    self.why = None;
                    self.stage = Stage::Lookup { server: home.server, user: home.user, fingered: true };
                }
                // It lives here, and here was asked: what was said then stands.
                _ => self.stage = Stage::End,
            },
            (Stage::Following(url), Some(Value::Array(page))) => self.hear_following(&url, &page, reply),
            (Stage::Resolve { collection, key, .. }, Some(said)) => match json::line(&said, &["did"]) {
                Some(did) => self.ask_thing(&did, collection, &key),
                None => self.fail(json::unreadable("trouble.not_understood")),
            },
            (Stage::Follows(url), Some(page)) => self.hear_follows(&url, &page),
            _ => self.fail(bluesky::refused(reply)),
        }
    }

    fn fail(&mut self, why: Unreadable) {
        self.why = Some(why);
        self.stage = Stage::End;
    }

    fn hear_following(&mut self, url: &Url, page: &[Value], reply: &Reply) {
        let before = self.people.len();
        for account in page {
            let Some(acct) = json::line(account, &["acct"]) else { continue };
            let address = if acct.contains('@') { format!("@{acct}") } else { format!("@{acct}@{}", self.domain) };
            self.take(address, json::line(account, &["display_name"]), None);
        }
        let next =
            mastodon::link(reply, "next").filter(|next| next.origin() == url.origin() && next.path() == url.path());
        self.stage = next.filter(|_| self.people.len() > before).map_or(Stage::End, Stage::Following);
    }

    fn hear_follows(&mut self, url: &Url, page: &Value) {
        if let Some(list) = json::line(page, &["starterPack", "list", "uri"]) {
            self.stage = list_page(&list).map_or(Stage::End, Stage::Follows);
            return;
        }
        let before = self.people.len();
        let subjects = json::list(page, &["items"]).iter().filter_map(|item| json::at(item, &["subject"]));
        for account in json::list(page, &["follows"]).iter().chain(subjects) {
            let handle = json::line(account, &["handle"]).filter(|handle| handle != "handle.invalid");
            let Some(who) = handle.or_else(|| json::line(account, &["did"])) else { continue };
            // They ask not to be shown to those who are no members.
            if !bluesky::is_for_members(account) {
                let lasting = json::line(account, &["did"]).map(|did| format!("https://bsky.app/profile/{did}"));
                self.take(format!("https://bsky.app/profile/{who}"), json::line(account, &["displayName"]), lasting);
            }
        }
        let brought = self.people.len() > before;
        let mut next = url.clone();
        let cursor = json::line(page, &["cursor"]).filter(|_| brought);
        self.stage = match cursor {
            Some(cursor) => {
                let kept: Vec<(String, String)> = url
                    .query_pairs()
                    .filter(|(key, _)| key != "cursor")
                    .map(|(key, value)| (key.into(), value.into()))
                    .collect();
                next.query_pairs_mut().clear().extend_pairs(kept).append_pair("cursor", &cursor);
                Stage::Follows(next)
            }
            None => Stage::End,
        };
    }

    fn skip_resolving(&mut self) {
        if let Stage::Resolve { handle, collection, key } = self.stage.clone()
            && handle.starts_with("did:")
        {
            self.ask_thing(&handle, collection, &key);
        }
    }

    fn ask_thing(&mut self, did: &str, collection: &str, key: &str) {
        let uri = format!("at://{did}/{collection}/{key}");
        let page = if collection.ends_with("starterpack") {
            bluesky::call("app.bsky.graph.getStarterPack", &[("starterPack", &uri)])
        } else {
            list_page(&uri)
        };
        self.stage = page.map_or(Stage::End, Stage::Follows);
    }

    fn take(&mut self, address: String, name: Option<String>, lasting: Option<String>) {
        if self.seen.insert(address.to_lowercase()) {
            let name = name.unwrap_or_else(|| address.clone());
            self.people.push(Person { address, name, lasting });
        }
    }
}

fn list_page(uri: &str) -> Option<Url> {
    bluesky::call("app.bsky.graph.getList", &[("list", uri), ("limit", "100")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{recognise, script::reply};

    fn hold(typed: &str, answer: impl Fn(&str) -> Reply) -> (usize, Circle) {
        let mut circle = Circle::of(&recognise(typed).unwrap()).unwrap();
        let mut asked = 0;
        while let Some(request) = circle.next() {
            asked += 1;
            let heard = answer(&request.url);
            circle.hear(&Reply { asked: request.url, ..heard });
        }
        (asked, circle)
    }

    #[test]
    fn whom_someone_on_mastodon_follows_is_read_by_its_links_until_they_lead_nowhere() {
        let next = "<https://a.example/api/v1/accounts/7/following?limit=80&max_id=5>; rel=\"next\"";
        let (asked, circle) = hold("@ada@a.example", |url| match url {
            "https://a.example/api/v1/accounts/lookup?acct=ada" => reply(200, "{\"id\":\"7\",\"following_count\":9}"),
            "https://a.example/api/v1/accounts/7/following?limit=80" => Reply {
                headers: vec![("link".to_owned(), next.to_owned())],
                ..reply(200, "[{\"acct\":\"bo\",\"display_name\":\"Bo\"},{\"acct\":\"cy@b.example\"},7]")
            },
            // Says that it goes on, and gives the same again.
            _ => Reply { headers: vec![("link".to_owned(), next.to_owned())], ..reply(200, "[{\"acct\":\"bo\"}]") },
        });
        let people: Vec<&str> = circle.people.iter().map(|person| person.address.as_str()).collect();
        assert_eq!((asked, people, circle.total), (3, vec!["@bo@a.example", "@cy@b.example"], Some(9)));
    }

    #[test]
    fn whom_someone_on_bluesky_follows_is_read_by_its_cursors() {
        let (asked, circle) = hold("@ada.example.org", |url| {
            let page = u8::from(url.contains("cursor=1"));
            let hidden = ",\"labels\":[{\"val\":\"!no-unauthenticated\"}]";
            reply(
                200,
                &format!(
                    "{{\"follows\":[{{\"handle\":\"p{page}.example\",\"displayName\":\"P\"}},{{\"handle\":\"x.example\"{hidden}}}],\"cursor\":\"1\"}}"
                ),
            )
        });
        assert_eq!((asked, circle.people.len()), (2, 2));
        assert_eq!(circle.people[0].address, "https://bsky.app/profile/p0.example");
        let (_, none) = hold("@ada.example.org", |_| reply(400, "{\"error\":\"InvalidRequest\"}"));
        assert_eq!(none.why.unwrap().why.key, "trouble.not_found");
        let (asked, list) = hold("https://bsky.app/profile/ada.example.org/lists/3k", |url| {
            let did = url.contains("resolveHandle");
            reply(
                200,
                if did { "{\"did\":\"did:plc:a\"}" } else { "{\"items\":[{\"subject\":{\"handle\":\"bo.example\"}}]}" },
            )
        });
        assert_eq!((asked, list.people.len()), (2, 1));
    }

    #[test]
    fn a_site_that_forbids_what_it_does_not_know_says_where_its_accounts_live() {
        let finger = |home: &str| {
            let link = format!(
                "{{\"rel\":\"self\",\"type\":\"application/activity+json\",\"href\":\"https://{home}/users/ada\"}}"
            );
            reply(200, &format!("{{\"links\":[{link}]}}"))
        };
        let (asked, circle) = hold("@ada@a.example", |url| match url {
            url if url.contains("webfinger") => finger("b.example"),
            url if url.starts_with("https://a.example/") => reply(403, ""),
            url if url.contains("lookup") => reply(200, "{\"id\":\"7\"}"),
            _ => reply(200, "[{\"acct\":\"bo\"}]"),
        });
        assert_eq!((asked, circle.people.len(), circle.why), (4, 1, None));
        // A server that is closed to those without an account says so.
        let closed = |url: &str| if url.contains("webfinger") { finger("a.example") } else { reply(401, "{}") };
        let (asked, circle) = hold("@ada@a.example", closed);
        assert_eq!((asked, circle.why.unwrap().why.key.as_str()), (2, "trouble.login"));
    }

    #[test]
    fn a_circle_larger_than_any_says_that_there_are_more() {
        let (asked, circle) = hold("@ada.example.org", |url| {
            let page: u32 = url.split("cursor=").nth(1).and_then(|page| page.parse().ok()).unwrap_or(0);
            reply(200, &format!("{{\"follows\":[{{\"handle\":\"p{page}.example\"}}],\"cursor\":\"{}\"}}", page + 1))
        });
        assert_eq!((asked, circle.people.len(), circle.is_full()), (MOST_PAGES, MOST_PAGES, true));
    }

    #[test]
    fn a_site_and_a_tag_follow_nobody() {
        for typed in ["https://example.org/", "#sea@example.social"] {
            assert!(Circle::of(&recognise(typed).unwrap()).is_none(), "{typed}");
        }
    }
}
