//! Takes a reply to a question about a person, gives what it says: feeds, profiles, names. Never believes a page about
//! anything but itself, and gives nothing at all where the server did not answer the question.

use std::panic::{AssertUnwindSafe, catch_unwind};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use url::Url;

use super::{Answer, How, Lead, Picture, What, hosts};
use crate::{
    model::{Address, Reply},
    sources::{self, Home, feed, finger},
};

/// Profiles that a page merely links to: with more it is a blogroll.
const MOST_LINKS: usize = 3;
/// What a candidate says of itself is cut there, in characters.
const WORDS: usize = 600;
/// Names of one page, and pictures.
const MOST_NAMES: usize = 4;
const MOST_PICTURES: usize = 2;
/// No address of a picture is longer, in bytes.
const LONGEST_URL: usize = 1_000;
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
        What::Picture(_) => Answer { picture: Picture::of(&reply.body), ..Answer::default() },
    })
}

fn page(reply: &Reply) -> Answer {
    let mut answer = Answer { elsewhere: leads_elsewhere(reply), ..Answer::default() };
    for offer in feed::offers(reply) {
        if let Some(address) = sources::recognise(&offer.url).filter(is_outside) {
            answer.leads.push(Lead { address, how: How::Feed, name: offer.title, words: None, picture: None });
        }
    }
    answer.bare = answer.leads.is_empty();
    let text = sources::text_of(&reply.body, reply.header("content-type"));
    // Unwind safe: the tree of the page is dropped with the panic.
    let facts = catch_unwind(AssertUnwindSafe(|| of_html(&text, Url::parse(&reply.url).ok()))).unwrap_or_default();
    let Facts { mine, linked, names, pictures } = facts;
    answer.leads.extend(mine.into_iter().chain(linked));
    Answer { names, pictures, ..answer }
}

/// The page is now on another site than the one that was asked: the domain was sold, or led on.
fn leads_elsewhere(reply: &Reply) -> bool {
    let host =
        |url: &str| Url::parse(url).ok().and_then(|url| url.host_str().map(|host| hosts::label(host).to_owned()));
    let (asked, at) = (host(&reply.asked), host(&reply.url));
    let last = |label: &Option<String>| label.as_deref().and_then(|label| label.rsplit('.').next().map(str::to_owned));
    asked.is_some() && at.is_some() && last(&asked) != last(&at)
}

/// What a page says of whose it is.
#[derive(Default)]
struct Facts {
    /// Profiles that it says are of the same person.
    mine: Vec<Lead>,
    /// Profiles that it links to.
    linked: Vec<Lead>,
    /// The names that it gives its author.
    names: Vec<String>,
    /// Pictures of the person.
    pictures: Vec<String>,
}

/// Profiles, and the names and pictures that the page gives its author.
fn of_html(text: &str, base: Option<Url>) -> Facts {
    let Ok(selector) = Selector::parse(
        "a[href], link[rel][href], .h-card .p-name, .h-card.p-name, .h-card img.u-photo[src], meta[name=author][content]",
    ) else {
        return Facts::default();
    };
    let document = Html::parse_document(&feed::readable(text));
    let mut facts = Facts::default();
    for element in document.select(&selector) {
        let name = match element.value().name() {
            "meta" => element.attr("content").map(str::to_owned),
            "a" | "link" => {
                profile(element, base.as_ref(), &mut facts.mine, &mut facts.linked);
                has_class(element, "p-name").then(|| element.text().collect())
            }
            "img" => {
                let src = element.attr("src").unwrap_or_default();
                let url = base.as_ref().map_or_else(|| Url::parse(src), |base| base.join(src)).ok();
                facts.pictures.extend(url.and_then(|url| picture(url.as_str())));
                None
            }
            _ => Some(element.text().collect()),
        };
        let name = name.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
        facts.names.extend(name.filter(|name| !name.is_empty() && name.len() < 200));
    }
    facts.names.dedup();
    facts.names.truncate(MOST_NAMES);
    facts.pictures.dedup();
    facts.pictures.truncate(MOST_PICTURES);
    facts.linked.retain(|lead| !facts.mine.iter().any(|known| known.address == lead.address));
    if facts.linked.len() > MOST_LINKS {
        facts.linked.clear();
    }
    facts.mine.truncate(MOST_CANDIDATES);
    facts
}

/// Where a picture may be asked for: on the internet, and none that everybody has who has none.
fn picture(url: &str) -> Option<String> {
    let standing_in = url.contains("/avatars/original/missing.png");
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "https" | "http") && !standing_in)?;
    (hosts::web(url.as_str()).is_some() && url.as_str().len() < LONGEST_URL).then(|| url.to_string())
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
        list.push(Lead { address, how, name: None, words: None, picture: None });
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
    let leads = address.map(|address| Lead { address, how: How::Domain, name: None, words: None, picture: None });
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
    let lead = |address| Lead { address, how: How::Finger, name: None, words: None, picture: None };
    Answer { leads: leads.map(lead).into_iter().collect(), ..Answer::default() }
}

fn listed(reply: &Reply) -> Answer {
    let said = json(reply);
    let name = line(&said, "display_name");
    let list = |key: &str| said.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let pictures = line(&said, "avatar_url").and_then(|url| picture(&url)).into_iter().collect();
    let mut answer = Answer { names: name.clone().into_iter().collect(), pictures, ..Answer::default() };
    for account in list("verified_accounts") {
        let Some(address) = line(account, "url").and_then(|url| sources::recognise(&url)).filter(is_outside) else {
            continue;
        };
        let hidden = account.get("is_hidden").and_then(Value::as_bool).unwrap_or(false);
        let open = hosts::web(&address.locator).is_some_and(|url| hosts::is_open(&url));
        if !hidden && open && answer.leads.len() < MOST_CANDIDATES {
            let name = name.clone();
            answer.leads.push(Lead { address, how: How::Listed, name, words: None, picture: None });
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
        let shown = line(account, "avatar_static").or_else(|| line(account, "avatar"));
        candidate(&handle, line(account, "display_name"), &words.join(" "), shown)
    };
    Answer { leads: accounts.iter().filter_map(lead).take(MOST_CANDIDATES).collect(), ..Answer::default() }
}

fn on_bluesky(reply: &Reply) -> Answer {
    let said = json(reply);
    let actors = said.get("actors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let lead = |actor: &Value| {
        let handle = line(actor, "handle").filter(|handle| handle != "handle.invalid")?;
        let words = line(actor, "description").unwrap_or_default();
        candidate(&format!("@{handle}"), line(actor, "displayName"), &words, line(actor, "avatar"))
    };
    Answer { leads: actors.iter().filter_map(lead).take(MOST_CANDIDATES).collect(), ..Answer::default() }
}

fn candidate(handle: &str, name: Option<String>, words: &str, shown: Option<String>) -> Option<Lead> {
    let address = sources::recognise(handle).filter(|address| is_profile(address) && is_outside(address))?;
    let words: String = words.chars().take(WORDS).collect();
    let words = Some(words).filter(|words| !words.is_empty());
    Some(Lead { address, how: How::Search, name, words, picture: shown.and_then(|url| picture(&url)) })
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
