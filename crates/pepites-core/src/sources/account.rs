//! Takes an account of the reader's own on Mastodon or one of its kin, gives the addresses of what only it sees: its
//! home timeline and its lists. Never holds what signs it in.

use url::Url;

use super::{json, mastodon};
use crate::model::{Address, Reply};

/// Where a home timeline is asked for.
const HOME: &str = "/api/v1/timelines/home";

/// Where lists are asked for.
const LIST: &str = "/api/v1/timelines/list/";

/// Names the account in an address: two accounts of one server have a home timeline each. It is never sent.
const OF: &str = "of";

/// The longest id of a list: a number, or 26 letters and digits.
const LONGEST_ID: usize = 64;

/// An account of the reader's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Scheme, host and port of its server, as browsers write origins.
    pub server: String,
    /// Its name there, without `@` and host.
    pub user: String,
}

/// What an account's server says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its name there.
    pub user: String,
    /// The name that it shows.
    pub name: String,
    /// The address of a small picture.
    pub portrait: Option<String>,
}

/// A list of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListOf {
    /// Where it is followed.
    pub address: Address,
    /// What its owner calls it.
    pub title: String,
}

impl Account {
    /// The account whose eyes an address is seen with; None for what everyone sees.
    #[must_use]
    pub fn of(address: &Address) -> Option<Self> {
        if address.kind != mastodon::KIND.name {
            return None;
        }
        Timeline::at(&address.locator).map(|timeline| timeline.account)
    }

    /// `@ada@example.social`, with the port where the server has one.
    #[must_use]
    pub fn handle(&self) -> String {
        let host = Url::parse(&self.server).map(|server| mastodon::domain(&server)).unwrap_or_default();
        format!("@{}@{host}", self.user)
    }

    /// Where its home timeline is followed.
    #[must_use]
    pub fn home(&self) -> Option<Address> {
        self.seen(HOME)
    }

    /// Its lists, as its server gives them. One without an id or a title is left out.
    #[must_use]
    pub fn lists(&self, reply: &Reply) -> Option<Vec<ListOf>> {
        let said = json::of(reply)?;
        let list = |list: &serde_json::Value| {
            let id = json::id(list, &["id"]).filter(|id| is_id(id))?;
            Some(ListOf { address: self.seen(&format!("{LIST}{id}"))?, title: json::line(list, &["title"])? })
        };
        Some(said.as_array()?.iter().filter_map(list).collect())
    }

    fn seen(&self, path: &str) -> Option<Address> {
        let mut url = Url::parse(&self.server).ok()?.join(path).ok()?;
        url.query_pairs_mut().append_pair(OF, &self.user);
        Some(Address { kind: mastodon::KIND.name.to_owned(), locator: url.into() })
    }
}

/// Who a server says that one is (`verify_credentials`).
#[must_use]
pub fn card(reply: &Reply) -> Option<Card> {
    let said = json::of(reply)?;
    let user = json::line(&said, &["username"]).or_else(|| json::line(&said, &["acct"]))?;
    let name = json::line(&said, &["display_name"]).unwrap_or_else(|| user.clone());
    let portrait = json::line(&said, &["avatar_static"]).or_else(|| json::line(&said, &["avatar"]));
    Some(Card { user, name, portrait: portrait.filter(|portrait| portrait.starts_with("http")) })
}

/// The server where an account lives, as a WebFinger about `user` says; any address on it.
#[must_use]
pub fn server_of(reply: &Reply, user: &str) -> Option<String> {
    Some(mastodon::home(reply, user)?.server.origin().ascii_serialization())
}

/// What only an account sees.
#[derive(Debug)]
pub(super) struct Timeline {
    /// Whose eyes it is seen with.
    pub account: Account,
    /// Where it is asked for.
    pub path: String,
    /// Where it is asked for, as an address of its server.
    pub server: Url,
}

impl Timeline {
    /// The timeline at a locator of ours.
    pub(super) fn at(locator: &str) -> Option<Self> {
        let server = Url::parse(locator).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let mut said = server.query_pairs();
        let user = said.find(|(key, _)| key == OF)?.1.into_owned();
        let path = server.path().to_owned();
        let known = path == HOME || path.strip_prefix(LIST).is_some_and(is_id);
        let account = Account { server: server.origin().ascii_serialization(), user };
        (known && mastodon::is_user(&account.user)).then_some(Self { account, path, server })
    }

    /// The same, canonical.
    pub(super) fn locator(&self) -> Option<Url> {
        Url::parse(&self.account.seen(&self.path)?.locator).ok()
    }

    /// Its page for people.
    pub(super) fn page(&self) -> Option<Url> {
        let path = self.path.strip_prefix(LIST).map_or_else(|| "/home".to_owned(), |id| format!("/lists/{id}"));
        self.server.join(&path).ok().map(|mut url| {
            url.set_query(None);
            url
        })
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST_ID && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{recognise, script::reply};

    fn ada() -> Account {
        Account { server: "https://a.example".to_owned(), user: "ada".to_owned() }
    }

    #[test]
    fn what_an_account_sees_is_an_address_that_names_it() {
        let home = ada().home().unwrap();
        assert_eq!(home.locator, "https://a.example/api/v1/timelines/home?of=ada");
        assert_eq!(recognise(&home.locator), Some(home.clone()));
        assert_eq!((Account::of(&home), ada().handle()), (Some(ada()), "@ada@a.example".to_owned()));
        let lists =
            reply(200, r#"[{"id":"7","title":"Sea"},{"id":8,"title":"Sky"},{"id":"../x","title":"?"},{"id":"9"},4]"#);
        let lists = ada().lists(&lists).unwrap();
        let titles: Vec<&str> = lists.iter().map(|list| list.title.as_str()).collect();
        assert_eq!(titles, ["Sea", "Sky"]);
        assert_eq!(lists[0].address.locator, "https://a.example/api/v1/timelines/list/7?of=ada");
        assert_eq!(recognise(&lists[0].address.locator), Some(lists[0].address.clone()));
        assert_eq!(ada().lists(&reply(401, "[]")), None);
    }

    #[test]
    fn what_everyone_sees_is_no_accounts() {
        for typed in [
            "@ada@a.example",
            "#sea@a.example",
            "https://a.example/api/v1/timelines/home",
            "https://a.example/api/v1/timelines/home?of=a/b",
            "https://a.example/api/v1/timelines/list/?of=ada",
            "https://a.example/api/v1/timelines/public?of=ada",
        ] {
            assert_eq!(recognise(typed).and_then(|address| Account::of(&address)), None, "{typed}");
        }
        let feed = Address { kind: "feed".to_owned(), ..ada().home().unwrap() };
        assert_eq!(Account::of(&feed), None);
    }

    #[test]
    fn a_server_says_who_one_is() {
        let said = r#"{"username":"ada","acct":"ada","display_name":"Ada","avatar_static":"https://a.example/a.png"}"#;
        let expected = Card {
            user: "ada".to_owned(),
            name: "Ada".to_owned(),
            portrait: Some("https://a.example/a.png".to_owned()),
        };
        assert_eq!(card(&reply(200, said)), Some(expected));
        assert_eq!(card(&reply(200, r#"{"acct":"ada","display_name":""}"#)).unwrap().name, "ada");
        assert_eq!(card(&reply(401, said)), None);
    }
}
