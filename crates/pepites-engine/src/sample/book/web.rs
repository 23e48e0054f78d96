//! Takes an address, answers as the part of the web does that the address book leads to: sites, feeds, profiles, searches.
//! Never answers for anybody else.

use pepites_core::model::Reply;
use serde_json::{Value, json};
use url::Url;

use super::{Lot, SERVER, Somebody, people};

/// What is at an address; None when it is no host of this world.
#[must_use]
pub fn answer(address: &str) -> Option<Reply> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.to_owned();
    let found = match host.as_str() {
        "public.api.bsky.app" => bluesky(&url),
        "api.gravatar.com" => gravatar(&url),
        SERVER => Some(("application/json", json!({ "accounts": [] }).to_string())),
        host if host.starts_with("social") => server(host, &url),
        "club-de-marche.example" => site(&url, "Club de marche", ""),
        host => own(host, &url),
    };
    is_host_of_it(&host).then(|| {
        let sold = people().any(|somebody| somebody.lot == Lot::Sold && somebody.site() == host);
        let at = if sold { format!("https://domain-market.test{}", url.path()) } else { address.to_owned() };
        match found {
            Some((kind, body)) => Reply {
                asked: address.to_owned(),
                url: at,
                status: 200,
                headers: vec![("content-type".to_owned(), kind.to_owned())],
                body: body.into_bytes(),
                ..Reply::default()
            },
            None => Reply { asked: address.to_owned(), url: address.to_owned(), status: 404, ..Reply::default() },
        }
    })
}

/// Whether something of the address book is there: the networks that are not made up answer for everybody else.
#[must_use]
pub fn is_of_it(address: &str) -> bool {
    answer(address).is_some_and(|reply| reply.status == 200)
}

/// Somebody's own, their employer's, or one of the networks that they are on.
fn is_host_of_it(host: &str) -> bool {
    let networks = ["public.api.bsky.app", "api.gravatar.com", SERVER, "club-de-marche.example"];
    let server = host.strip_prefix("social").and_then(|rest| rest.strip_suffix(".example"));
    networks.contains(&host)
        || server.is_some_and(|number| number.len() == 1 && number.bytes().all(|digit| digit.is_ascii_digit()))
        || super::ORGANISATIONS.iter().any(|(_, at)| *at == host)
        || people().any(|somebody| somebody.site() == host)
}

type Body = (&'static str, String);

/// A site with a page and a feed.
fn site(url: &Url, title: &str, more: &str) -> Option<Body> {
    match url.path() {
        "/" => Some((
            "text/html",
            format!(
                "<html><head><title>{title}</title>\
                 <link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\">{more}</head><body><h1>{title}</h1></body></html>"
            ),
        )),
        "/feed.xml" => Some(("application/rss+xml", feed(title))),
        _ => None,
    }
}

fn bare(url: &Url, more: &str) -> Option<Body> {
    (url.path() == "/")
        .then(|| ("text/html", format!("<html><head><title>Bonjour</title></head><body>{more}</body></html>")))
}

fn feed(title: &str) -> String {
    let item = |day: u32| {
        format!(
            "<item><title>Note {day}</title><guid>{title}-{day}</guid><pubDate>{day:02} Nov 2026 08:00:00 GMT</pubDate></item>"
        )
    };
    let items: String = [16, 9, 2].into_iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>{title}</title>{items}</channel></rss>")
}

fn own(host: &str, url: &Url) -> Option<Body> {
    if let Some((name, _)) = super::ORGANISATIONS.iter().find(|(_, at)| *at == host) {
        return site(url, name, "");
    }
    let somebody = people().find(|somebody| somebody.site() == host)?;
    match somebody.lot {
        Lot::Site => site(url, "Carnet de notes", ""),
        Lot::Hidden => {
            let page = || bare(url, "<p>Des notes.</p>");
            if url.path() == "/feed.xml" { site(url, "Carnet de notes", "") } else { page() }
        }
        Lot::Me => bare(url, &format!("<a rel=\"me\" href=\"https://{}\">Mastodon</a>", somebody.profile())),
        Lot::Domain if url.path() == "/.well-known/atproto-did" => {
            Some(("text/plain", format!("did:plc:{}", somebody.user())))
        }
        Lot::Domain => bare(url, ""),
        Lot::OwnMail => site(url, &format!("Le site de {}", somebody.name()), ""),
        Lot::Finger if url.path() == "/.well-known/webfinger" => {
            let asked = url.query_pairs().find(|(key, _)| key == "resource")?.1.into_owned();
            let links = json!([{ "rel": "self", "type": "application/activity+json", "href": format!("https://{}/users/{}", somebody.server(), somebody.user()) },
                { "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": format!("https://{}", somebody.profile()) }]);
            (asked == format!("acct:{}", somebody.email()))
                .then(|| ("application/json", json!({ "links": links }).to_string()))
        }
        Lot::Sold => site(url, "This domain is for sale", ""),
        Lot::Ghost => site(url, "Journal", "<meta name=\"author\" content=\"Quentin Delorme\">"),
        _ => None,
    }
}

/// A server of Mastodon's.
fn server(host: &str, url: &Url) -> Option<Body> {
    let users = || people().filter(|somebody| somebody.server() == host && has_account(somebody));
    let json = |value: &Value| Some(("application/json", value.to_string()));
    if url.path() == "/api/v1/accounts/lookup" {
        let user = url.query_pairs().find(|(key, _)| key == "acct")?.1.into_owned();
        if let Some(number) = user.strip_prefix("ami") {
            return json(&account(host, &user, "Quentin Delorme", number, None));
        }
        let somebody = users().find(|somebody| somebody.user() == user)?;
        return json(&account_of(&somebody));
    }
    let number = url.path().strip_prefix("/api/v1/accounts/")?.strip_suffix("/statuses")?.to_owned();
    let known = users().find(|somebody| somebody.number.to_string() == number);
    let account = match known {
        Some(somebody) => account_of(&somebody),
        None => account(host, &format!("ami{number}"), "Quentin Delorme", &number, None),
    };
    let status = |day: u32| {
        let address = format!("{}/{day}", account.get("url").and_then(Value::as_str).unwrap_or_default());
        json!({
            "id": format!("{day:02}"), "created_at": format!("2026-11-{day:02}T08:00:00.000Z"), "content": format!("<p>Note {day}</p>"),
            "url": address, "uri": address, "visibility": "public", "account": account, "media_attachments": [], "tags": [],
        })
    };
    json(&Value::Array([20, 16, 12, 8].into_iter().map(status).collect()))
}

fn has_account(somebody: &Somebody) -> bool {
    matches!(somebody.lot, Lot::Account | Lot::Noted | Lot::Me | Lot::Finger | Lot::Gravatar)
}

fn account_of(somebody: &Somebody) -> Value {
    let page = (somebody.lot == Lot::Me).then(|| format!("https://{}/", somebody.site()));
    account(&somebody.server(), &somebody.user(), &somebody.name(), &somebody.number.to_string(), page.as_deref())
}

fn account(host: &str, user: &str, name: &str, id: &str, page: Option<&str>) -> Value {
    let field = |page: &str| json!({ "name": "Site", "value": format!("<a href=\"{page}\" rel=\"me\">{page}</a>"), "verified_at": "2026-01-01T00:00:00.000Z" });
    json!({
        "id": id, "username": user, "acct": user, "display_name": name, "url": format!("https://{host}/@{user}"),
        "fields": page.map(field).into_iter().collect::<Vec<_>>(), "note": "",
    })
}

fn bluesky(url: &Url) -> Option<Body> {
    let query = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let json = |value: &Value| Some(("application/json", value.to_string()));
    let handle = |somebody: &Somebody| match somebody.lot {
        Lot::Domain => Some(somebody.site()),
        Lot::Bluesky => Some(format!("{}.bsky.social", somebody.user())),
        Lot::Namesake => Some(format!("{}.bsky.social", somebody.user())),
        _ => None,
    };
    let actor = |somebody: &Somebody| json!({ "did": format!("did:plc:{}", somebody.user()), "handle": handle(somebody), "displayName": somebody.name(), "description": "Du vélo et des livres." });
    match url.path().rsplit('/').next()? {
        "app.bsky.actor.searchActors" => {
            let name = query("q")?;
            let found: Vec<Value> = people()
                .filter(|somebody| somebody.lot == Lot::Namesake && somebody.name() == name)
                .map(|somebody| actor(&somebody))
                .collect();
            json(&json!({ "actors": found }))
        }
        "app.bsky.actor.getProfile" => {
            let asked = query("actor")?;
            let somebody = people().find(|somebody| handle(somebody).as_deref() == Some(&asked))?;
            json(&actor(&somebody))
        }
        "app.bsky.feed.getAuthorFeed" => {
            let did = query("actor")?;
            let somebody = people()
                .find(|somebody| handle(somebody).is_some() && format!("did:plc:{}", somebody.user()) == did)?;
            let author = actor(&somebody);
            let entry = |day: u32| {
                let uri = format!("at://{did}/app.bsky.feed.post/{day}");
                let record = json!({ "$type": "app.bsky.feed.post", "text": format!("Note {day}"), "createdAt": format!("2026-11-{day:02}T08:00:00.000Z") });
                json!({ "post": { "uri": uri, "cid": "c", "author": author, "record": record, "indexedAt": format!("2026-11-{day:02}T08:00:00.000Z") } })
            };
            let entries: Vec<Value> = [20, 16, 12].into_iter().map(entry).collect();
            json(&json!({ "feed": entries }))
        }
        _ => None,
    }
}

/// What Gravatar lists: by the hash of the mail address, as everybody asks it.
fn gravatar(url: &Url) -> Option<Body> {
    let is_it = |somebody: &Somebody| {
        let asked = pepites_core::people::What::Gravatar(somebody.email()).request();
        somebody.lot == Lot::Gravatar && asked.is_some_and(|asked| asked.url == url.as_str())
    };
    let somebody = people().find(is_it)?;
    let account =
        json!({ "service_type": "mastodon", "url": format!("https://{}", somebody.profile()), "is_hidden": false });
    Some(("application/json", json!({ "display_name": somebody.name(), "verified_accounts": [account] }).to_string()))
}
