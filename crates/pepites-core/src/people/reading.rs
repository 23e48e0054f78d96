//! Takes a reply to a question about a person, gives what it says: feeds, profiles, names. Never believes a page about
//! anything but itself, and gives nothing at all where the server did not answer the question.

use std::panic::{AssertUnwindSafe, catch_unwind};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use url::Url;

use super::{Answer, How, Lead, What, hosts};
use crate::{
    model::{Address, Reply},
    sources::{self, Home, feed, finger},
};

/// Profiles that a page merely links to: with more it is a blogroll.
const MOST_LINKS: usize = 3;
/// What a candidate says of itself is cut there, in characters.
const WORDS: usize = 600;
/// Names of one page.
const MOST_NAMES: usize = 4;
/// No answer of an API is longer, in bytes.
const LONGEST_ANSWER: usize = 4_000_000;
/// Candidates of one search.
const MOST_CANDIDATES: usize = 10;

/// What the reply says; None when the question is still open (the server was busy, or asked to wait).
#[must_use]
pub fn read(what: &What, reply: &Reply) -> Option<Answer> {
    if matches!(reply.status, 408 | 425 | 429 | 500..) {
        return None;
    }
    if !(200..300).contains(&reply.status) {
        return Some(Answer::default());
    }
    Some(match what {
        What::Look(_) => return None,
        What::Page(_) => page(reply),
        What::Domain(host) => domain(host, reply),
        What::Finger(email) => fingered(email, reply),
        What::Gravatar(_) => listed(reply),
        What::OnServer { server, .. } => on_server(server, reply),
        What::OnBluesky(_) => on_bluesky(reply),
    })
}

fn page(reply: &Reply) -> Answer {
    let mut answer = Answer { elsewhere: leads_elsewhere(reply), ..Answer::default() };
    for offer in feed::offers(reply) {
        if let Some(address) = sources::recognise(&offer.url).filter(is_outside) {
            answer.leads.push(Lead { address, how: How::Feed, name: offer.title, words: None });
        }
    }
    answer.bare = answer.leads.is_empty();
    let text = sources::text_of(&reply.body, reply.header("content-type"));
    // Unwind safe: the tree of the page is dropped with the panic.
    let facts = catch_unwind(AssertUnwindSafe(|| of_html(&text, Url::parse(&reply.url).ok()))).unwrap_or_default();
    answer.leads.extend(facts.0);
    answer.names = facts.1;
    answer
}

/// The page is now on another site than the one that was asked: the domain was sold, or led on.
fn leads_elsewhere(reply: &Reply) -> bool {
    let host =
        |url: &str| Url::parse(url).ok().and_then(|url| url.host_str().map(|host| hosts::label(host).to_owned()));
    let (asked, at) = (host(&reply.asked), host(&reply.url));
    let last = |label: &Option<String>| label.as_deref().and_then(|label| label.rsplit('.').next().map(str::to_owned));
    asked.is_some() && at.is_some() && last(&asked) != last(&at)
}

/// Profiles, and the names that the page gives its author.
fn of_html(text: &str, base: Option<Url>) -> (Vec<Lead>, Vec<String>) {
    let Ok(selector) =
        Selector::parse("a[href], link[rel][href], .h-card .p-name, .h-card.p-name, meta[name=author][content]")
    else {
        return Default::default();
    };
    let document = Html::parse_document(&feed::readable(text));
    let (mut mine, mut linked, mut names) = (Vec::<Lead>::new(), Vec::<Lead>::new(), Vec::<String>::new());
    for element in document.select(&selector) {
        let name = match element.value().name() {
            "meta" => element.attr("content").map(str::to_owned),
            "a" | "link" => {
                profile(element, base.as_ref(), &mut mine, &mut linked);
                has_class(element, "p-name").then(|| element.text().collect())
            }
            _ => Some(element.text().collect()),
        };
        let name = name.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
        names.extend(name.filter(|name| !name.is_empty() && name.len() < 200));
    }
    names.dedup();
    names.truncate(MOST_NAMES);
    linked.retain(|lead| !mine.iter().any(|known| known.address == lead.address));
    if linked.len() > MOST_LINKS {
        linked.clear();
    }
    mine.truncate(MOST_CANDIDATES);
    mine.extend(linked);
    (mine, names)
}

fn profile(element: ElementRef<'_>, base: Option<&Url>, mine: &mut Vec<Lead>, linked: &mut Vec<Lead>) {
    let href = element.attr("href").unwrap_or_default();
    let Some(url) = base.map_or_else(|| Url::parse(href), |base| base.join(href)).ok() else { return };
    let rels = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
    let me = rels.split_ascii_whitespace().any(|rel| rel == "me");
    let Some(address) = sources::recognise(url.as_str()).filter(|address| is_profile(address) && is_outside(address))
    else {
        return;
    };
    let list = if me { mine } else { linked };
    if !list.iter().any(|known| known.address == address) {
        let how = if me { How::Me } else { How::Link };
        list.push(Lead { address, how, name: None, words: None });
    }
}

fn has_class(element: ElementRef<'_>, class: &str) -> bool {
    element.value().classes().any(|known| known == class)
}

/// `did:plc:…`: the account that has this domain as its name.
fn domain(host: &str, reply: &Reply) -> Answer {
    let text = String::from_utf8_lossy(reply.body.get(..200).unwrap_or(&reply.body)).trim().to_owned();
    // A site that answers every address with a page answers this one too.
    let did = text.starts_with("did:")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '-' | '_' | '%'));
    let address = did.then(|| sources::recognise(&format!("@{host}"))).flatten();
    let leads = address.map(|address| Lead { address, how: How::Domain, name: None, words: None });
    Answer { leads: leads.into_iter().collect(), ..Answer::default() }
}

fn fingered(email: &str, reply: &Reply) -> Answer {
    let user = email.split('@').next().unwrap_or_default();
    let Some(Home { server, user, page }) = finger(reply, user) else { return Answer::default() };
    let address = page.as_ref().and_then(|page| sources::recognise(page.as_str())).filter(is_profile);
    let address = address.or_else(|| {
        let port = server.port().map(|port| format!(":{port}")).unwrap_or_default();
        sources::recognise(&format!("@{user}@{}{port}", server.host_str()?))
    });
    let leads = address.filter(|address| is_profile(address) && is_outside(address));
    let lead = |address| Lead { address, how: How::Finger, name: None, words: None };
    Answer { leads: leads.map(lead).into_iter().collect(), ..Answer::default() }
}

fn listed(reply: &Reply) -> Answer {
    let said = json(reply);
    let name = line(&said, "display_name");
    let list = |key: &str| said.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut answer = Answer { names: name.clone().into_iter().collect(), ..Answer::default() };
    for account in list("verified_accounts") {
        let Some(address) = line(account, "url").and_then(|url| sources::recognise(&url)).filter(is_outside) else {
            continue;
        };
        let hidden = account.get("is_hidden").and_then(Value::as_bool).unwrap_or(false);
        let open = hosts::web(&address.locator).is_some_and(|url| hosts::is_open(&url));
        if !hidden && open && answer.leads.len() < MOST_CANDIDATES {
            answer.leads.push(Lead { address, how: How::Listed, name: name.clone(), words: None });
        }
    }
    answer
}

fn on_server(server: &str, reply: &Reply) -> Answer {
    let said = json(reply);
    let accounts = said.get("accounts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let lead = |account: &Value| {
        let acct = line(account, "acct")?;
        let handle = if acct.contains('@') { format!("@{acct}") } else { format!("@{acct}@{server}") };
        let fields = account.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let fields = fields.iter().filter_map(|field| line(field, "value"));
        let words: Vec<String> = line(account, "note").into_iter().chain(fields).collect();
        candidate(&handle, line(account, "display_name"), &words.join(" "))
    };
    Answer { leads: accounts.iter().filter_map(lead).take(MOST_CANDIDATES).collect(), ..Answer::default() }
}

fn on_bluesky(reply: &Reply) -> Answer {
    let said = json(reply);
    let actors = said.get("actors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let lead = |actor: &Value| {
        let handle = line(actor, "handle").filter(|handle| handle != "handle.invalid")?;
        candidate(&format!("@{handle}"), line(actor, "displayName"), &line(actor, "description").unwrap_or_default())
    };
    Answer { leads: actors.iter().filter_map(lead).take(MOST_CANDIDATES).collect(), ..Answer::default() }
}

fn candidate(handle: &str, name: Option<String>, words: &str) -> Option<Lead> {
    let address = sources::recognise(handle).filter(|address| is_profile(address) && is_outside(address))?;
    let words: String = words.chars().take(WORDS).collect();
    Some(Lead { address, how: How::Search, name, words: Some(words).filter(|words| !words.is_empty()) })
}

/// The answer of an API; nothing of what is longer than any answer is, which would be a tree of many times its size.
fn json(reply: &Reply) -> Value {
    let fits = reply.body.len() <= LONGEST_ANSWER;
    fits.then(|| serde_json::from_slice(&reply.body).ok()).flatten().unwrap_or_default()
}

fn line(value: &Value, key: &str) -> Option<String> {
    let text = value.get(key)?.as_str()?;
    let text: String = text.chars().filter(|c| !c.is_control()).take(WORDS).collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn is_profile(address: &Address) -> bool {
    matches!(address.kind.as_str(), "mastodon" | "bluesky")
}

/// What a page of the wide world names is never a machine next door.
fn is_outside(address: &Address) -> bool {
    hosts::web(&address.locator).is_some()
}
