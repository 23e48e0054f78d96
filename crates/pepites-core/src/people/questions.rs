//! Takes a person and what is known so far, gives what to ask next about them, at which stage, and to whom. Never more than
//! a stage says that it sends: a mail address goes to its own domain only, a name to the two that are searched.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use url::Url;

use super::{
    Answers, Followed, How, Lead, Match, Person, SURE, Shared, Stage,
    candidates::{is_candidate, portraits},
    hosts, matches, names,
};
use crate::{
    interchange::contacts::{Place, Said},
    model::{Address, Request},
    sources::{self, x_account, x_bridged},
};

/// Leads of one answer that are looked at: feeds and profiles beyond are of others.
const LEADS: usize = 4;
/// Candidates of a search that are looked at.
const CANDIDATES: usize = 2;
/// Sites of one person that are asked.
const SITES: usize = 6;
/// Names of fewer words are too many people's to be searched for.
const NAME_WORDS: usize = 2;

/// What the search knows and may do.
pub struct Asking<'a> {
    /// The reader's own server, where names are searched for.
    pub server: Option<&'a str>,
    /// The reader's bridge for accounts of X.
    pub bridge: Option<&'a str>,
    /// What is known.
    pub answers: &'a Answers,
    /// What several people have in common.
    pub shared: &'a Shared,
    /// What the reader follows.
    pub followed: &'a Followed,
}

/// One question about a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// For which stage.
    pub stage: Stage,
    /// What.
    pub what: What,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Whether there is a source, and what it is like: a visit as of any source.
    Look(Address),
    /// What a page offers and whom it names.
    Page(String),
    /// Which Bluesky account has a domain as its name.
    Domain(String),
    /// Which account a server has for a mail address (WebFinger).
    Finger(String),
    /// What Gravatar lists for a mail address.
    Gravatar(String),
    /// Who has a name, on a server of Mastodon's kin.
    OnServer {
        /// The server's host.
        server: String,
        /// The name.
        name: String,
    },
    /// Who has a name on Bluesky.
    OnBluesky(String),
    /// What a picture looks like.
    Picture(String),
}

impl What {
    /// What tells it from every other question; kept with the answer.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Look(address) => {
                let (kind, place) = address.place();
                format!("look {kind} {place}")
            }
            Self::Page(url) => format!("page {}", hosts::place(url)),
            Self::Domain(host) => format!("domain {host}"),
            Self::Finger(email) => format!("finger {}", email.to_lowercase()),
            Self::Gravatar(email) => format!("gravatar {}", hash(email)),
            Self::OnServer { server, name } => format!("search {server} {}", name.to_lowercase()),
            Self::OnBluesky(name) => format!("search bluesky {}", name.to_lowercase()),
            Self::Picture(url) => format!("picture {url}"),
        }
    }

    /// The request; None for a look, which is a conversation as with any source.
    #[must_use]
    pub fn request(&self) -> Option<Request> {
        let json =
            |url: Url| Request { url: url.into(), headers: vec![("Accept".to_owned(), "application/json".to_owned())] };
        let built = |base: &str, query: &[(&str, &str)]| {
            let mut url = Url::parse(base).ok()?;
            url.query_pairs_mut().extend_pairs(query);
            Some(json(url))
        };
        match self {
            Self::Look(_) => None,
            Self::Page(url) => Some(Request::get(url.clone())),
            Self::Picture(url) => Some(Request {
                url: url.clone(),
                headers: vec![("Accept".to_owned(), "image/jpeg, image/png, image/*;q=0.5".to_owned())],
            }),
            Self::Domain(host) => Some(Request::get(format!("https://{host}/.well-known/atproto-did"))),
            Self::Finger(email) => {
                let host = hosts::domain_of(email)?;
                built(&format!("https://{host}/.well-known/webfinger"), &[("resource", &format!("acct:{email}"))])
            }
            Self::Gravatar(email) => {
                Some(json(Url::parse(&format!("https://api.gravatar.com/v3/profiles/{}", hash(email))).ok()?))
            }
            Self::OnServer { server, name } => {
                built(&format!("https://{server}/api/v2/search"), &[("q", name), ("type", "accounts"), ("limit", "10")])
            }
            Self::OnBluesky(name) => {
                built("https://public.api.bsky.app/xrpc/app.bsky.actor.searchActors", &[("q", name), ("limit", "10")])
            }
        }
    }

    /// How many requests it may take at most, for the plan that is shown before any is sent.
    #[must_use]
    pub fn requests(&self) -> u32 {
        match self {
            // Who is it, and their posts.
            Self::Look(address) if address.kind != "feed" => 2,
            _ => 1,
        }
    }
}

/// SHA-256 of the address in lower case, as Gravatar wants it.
fn hash(email: &str) -> String {
    let digest = Sha256::digest(email.trim().to_lowercase().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Everything to ask about a person at a stage, as far as answers lead, answered or not, in the order to ask it.
#[must_use]
pub fn questions(person: &Person, stage: Stage, asking: &Asking<'_>) -> Vec<Question> {
    questions_beside(person, &matches(person, asking), stage, asking)
}

/// The same, where what was found of the person (`found`) is known already.
#[must_use]
pub fn questions_beside(person: &Person, found: &[Match], stage: Stage, asking: &Asking<'_>) -> Vec<Question> {
    let mut list = List { stage, asking, seen: BTreeSet::new(), out: Vec::new() };
    // Later stages ask about those only whom earlier ones did not find.
    if stage > Stage::Site && found.iter().any(|found| found.stage < stage && found.confidence >= SURE) {
        return list.out;
    }
    match stage {
        Stage::File => {
            accounts(person, asking.bridge).into_iter().for_each(|(address, _)| list.ask(What::Look(address)))
        }
        Stage::Site => {
            for (url, _) in sites(person) {
                list.page(&url, person);
                if hosts::is_own(&url)
                    && let Some(host) = url.host_str()
                {
                    list.ask_and_follow(What::Domain(host.to_owned()), person);
                }
            }
        }
        Stage::Mail => mail_sites(person).iter().for_each(|url| list.page(url, person)),
        Stage::Webfinger => {
            own_mails(person).for_each(|email| list.ask_and_follow(What::Finger(email.clone()), person))
        }
        Stage::Gravatar => {
            for email in &person.emails {
                list.ask_and_follow(What::Gravatar(email.clone()), person);
            }
        }
        Stage::Search => {
            let name = person.name.as_deref().filter(|name| names::words(name).len() >= NAME_WORDS);
            for what in name.into_iter().flat_map(|name| searches(name, asking.server)) {
                list.ask_and_follow(what, person);
            }
        }
    }
    list.out
}

struct List<'a> {
    stage: Stage,
    asking: &'a Asking<'a>,
    seen: BTreeSet<String>,
    out: Vec<Question>,
}

impl List<'_> {
    fn ask(&mut self, what: What) {
        if self.seen.insert(what.key()) {
            self.out.push(Question { stage: self.stage, what });
        }
    }

    fn page(&mut self, url: &Url, person: &Person) {
        self.ask_and_follow(What::Page(url.to_string()), person);
    }

    /// Asks, and then what the answer leads to.
    fn ask_and_follow(&mut self, what: What, person: &Person) {
        let answer = self.asking.answers.get(&what.key());
        let page = match &what {
            What::Page(url) => Some(url.clone()),
            _ => None,
        };
        self.ask(what);
        let Some(answer) = answer else { return };
        let wanted = |how: How, name: &Option<String>| {
            let agrees = || match (&person.name, name) {
                (Some(one), Some(two)) => names::agreement(one, two) == names::Agreement::Full,
                _ => false,
            };
            how != How::Search || agrees()
        };
        let most = if self.stage == Stage::Search { CANDIDATES } else { LEADS };
        let feeds = answer.leads.iter().filter(|lead| lead.how == How::Feed).take(1);
        let others =
            answer.leads.iter().filter(|lead| lead.how != How::Feed && wanted(lead.how, &lead.name)).take(most);
        let leads: Vec<&Lead> = feeds.chain(others).collect();
        leads.iter().for_each(|lead| self.ask(What::Look(lead.address.clone())));
        self.pictures(&leads, person);
        if answer.bare
            && let Some(address) = page.as_deref().and_then(sources::recognise)
        {
            self.ask(What::Look(address));
        }
    }
}

impl List<'_> {
    /// Candidates who show a picture are compared with those of the person, where there is one.
    fn pictures(&mut self, leads: &[&Lead], person: &Person) {
        let shown = leads.iter().filter(|lead| is_candidate(lead)).filter_map(|lead| lead.picture.clone());
        let shown: Vec<String> = shown.collect();
        let theirs =
            if shown.is_empty() { Vec::new() } else { portraits(person, self.asking.answers, self.asking.shared) };
        if !theirs.is_empty() {
            theirs.into_iter().map(|(url, _)| url).chain(shown).for_each(|url| self.ask(What::Picture(url)));
        }
    }
}

/// The accounts that the files name, and where in them.
pub(super) fn accounts(person: &Person, bridge: Option<&str>) -> Vec<(Address, Place)> {
    person.said.iter().filter_map(|said| Some((account(said, bridge)?, said.place))).collect()
}

fn account(said: &Said, bridge: Option<&str>) -> Option<Address> {
    if let Some(user) = x_account(&said.text) {
        return user.zip(bridge).and_then(|(user, bridge)| x_bridged(bridge, &user));
    }
    let address = sources::recognise(&said.text)?;
    // What its kind takes for an account must be one on the internet, not on a machine next door.
    let outside = hosts::web(&address.locator).is_some();
    (outside && matches!(address.kind.as_str(), "mastodon" | "bluesky" | "lemmy")).then_some(address)
}

/// The sites that the files name, and where in them.
pub(super) fn sites(person: &Person) -> Vec<(Url, Place)> {
    let site = |said: &Said| {
        let url = hosts::web(&said.text).filter(|_| !said.is_handle())?;
        let account = account(said, None).is_some() || x_account(&said.text).is_some();
        (!account && hosts::is_open(&url)).then_some((url, said.place))
    };
    person.said.iter().filter_map(site).take(SITES).collect()
}

/// The sites at the mail domains of their own, but for those that are asked already.
pub(super) fn mail_sites(person: &Person) -> Vec<Url> {
    let known: BTreeSet<String> =
        sites(person).iter().filter_map(|(url, _)| url.host_str().map(hosts::place)).collect();
    let domains: BTreeSet<String> = person.emails.iter().filter_map(|email| hosts::domain_of(email)).collect();
    let fresh = domains.into_iter().filter(|domain| !known.contains(&hosts::place(domain)));
    fresh.filter_map(|domain| Url::parse(&format!("https://{domain}/")).ok()).collect()
}

/// Mail addresses at domains where not everybody has one.
pub(super) fn own_mails(person: &Person) -> impl Iterator<Item = &String> {
    person.emails.iter().filter(|email| hosts::domain_of(email).is_some())
}

pub(super) fn searches(name: &str, server: Option<&str>) -> Vec<What> {
    let on_server = server.map(|server| What::OnServer { server: server.to_owned(), name: name.to_owned() });
    on_server.into_iter().chain([What::OnBluesky(name.to_owned())]).collect()
}
