//! Takes what someone submitted to Hacker News, what came from one site, or all that is new there, gives it by the search
//! that everyone may ask: none of it has a feed. The whole kind is this file: one request a visit, and what it says.

use serde_json::Value;
use url::Url;

use super::{SourceKind, address, json, notes};
use crate::model::{Address, Batch, Flaw, Item, Note, Phrase, Reply, Request, Source, Unreadable};

pub(super) const KIND: SourceKind = SourceKind {
    name: "hackernews",
    examples: &[
        "https://news.ycombinator.com/user?id=someone",
        "https://news.ycombinator.com/from?site=example.org",
        "https://news.ycombinator.com/newest",
        "https://news.ycombinator.com/show",
    ],
    recognise,
    ask,
    read,
};

const HOST: &str = "news.ycombinator.com";

/// What answers, newest first.
const SEARCH: &str = "https://hn.algolia.com/api/v1/search_by_date";

/// Stories of one reply.
const LIMIT: &str = "50";

/// The longest name of someone there, or of a site.
const LONGEST: usize = 100;

/// Its front page has a feed of its own, and stays that feed's matter.
fn recognise(typed: &str) -> Option<Address> {
    let url = address::web(typed).filter(|url| url.host_str() == Some(HOST))?;
    let named = |key: &str| {
        let (_, value) = url.query_pairs().find(|(name, _)| name == key)?;
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
        (!value.is_empty() && value.len() <= LONGEST && value.chars().all(fits)).then(|| value.into_owned())
    };
    let place = match url.path() {
        "/user" | "/submitted" => format!("submitted?id={}", named("id")?),
        "/from" => format!("from?site={}", named("site")?),
        path @ ("/newest" | "/ask" | "/show") => path.trim_start_matches('/').to_owned(),
        _ => return None,
    };
    Some(Address { kind: KIND.name.to_owned(), locator: format!("https://{HOST}/{place}") })
}

/// The search that gives what a page there shows.
fn search(locator: &str) -> Option<Url> {
    let page = Url::parse(locator).ok()?;
    let of = page.query_pairs().next().map(|(_, value)| value.into_owned()).unwrap_or_default();
    let mut url = Url::parse(SEARCH).ok()?;
    let mut query = url.query_pairs_mut();
    match page.path() {
        "/submitted" => query.append_pair("tags", &format!("story,author_{of}")),
        "/from" => {
            query.append_pair("tags", "story");
            query.append_pair("query", &of).append_pair("restrictSearchableAttributes", "url")
        }
        "/ask" => query.append_pair("tags", "ask_hn"),
        "/show" => query.append_pair("tags", "show_hn"),
        _ => query.append_pair("tags", "story"),
    };
    query.append_pair("hitsPerPage", LIMIT);
    drop(query);
    Some(url)
}

fn ask(source: &Source, heard: &[Reply]) -> Option<Request> {
    let mut request = json::get(search(&source.address.locator)?);
    request.headers.extend(source.validators.headers());
    heard.is_empty().then_some(request)
}

fn read(source: &Source, heard: &[Reply]) -> Result<Batch, Unreadable> {
    let reply = heard.last().ok_or_else(|| json::unreadable("trouble.empty"))?;
    let Some(said) = json::of(reply).filter(|said| json::at(said, &["hits"]).is_some_and(Value::is_array)) else {
        return Err(json::refused(reply.status));
    };
    let locator = &source.address.locator;
    let of = locator.split_once('=').map_or_else(|| locator.rsplit('/').next().unwrap_or_default(), |(_, of)| of);
    let mut batch =
        Batch { title: Some(format!("Hacker News: {of}")), site: Some(locator.clone()), ..Batch::default() };
    for (rank, hit) in (1..).zip(json::list(&said, &["hits"])) {
        match item(hit) {
            Some(item) => batch.items.push(item),
            None => {
                let why = Phrase::new("flaw.empty_item");
                batch.flaws.push(Flaw { line: Some(rank), subject: String::new(), why });
            }
        }
    }
    Ok(batch)
}

/// Points and answers are left out: they change with each visit, and would make an edit of every post.
fn item(hit: &Value) -> Option<Item> {
    let id = json::id(hit, &["objectID"])?;
    let page = format!("https://{HOST}/item?id={id}");
    let shared = json::line(hit, &["url"]).filter(|url| url.starts_with("http"));
    let card = shared.as_deref().map(|url| {
        let href = html_escape::encode_double_quoted_attribute(url);
        format!("<aside><p><a href=\"{href}\">{}</a></p></aside>", notes::escaped(url))
    });
    Some(Item {
        id: Some(page.clone()),
        link: Some(page),
        title: Some(notes::escaped(&json::line(hit, &["title"])?)),
        html: json::text(hit, &["story_text"]).map(str::to_owned),
        authors: json::line(hit, &["author"]).into_iter().collect(),
        published: json::moment(hit, &["created_at"]),
        note: Note { below: card, points_to: shared.into_iter().collect(), ..Note::default() },
        ..Item::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::script::{reply, source, visit};

    #[test]
    fn what_has_no_feed_there_is_taken_and_the_rest_is_left_to_feeds() {
        let check = |typed: &str, expected: Option<(&str, &str)>| {
            let found = recognise(typed).map(|address| address.locator);
            let asked = found.as_deref().and_then(search).map(|url| url.query().unwrap_or_default().to_owned());
            assert_eq!(found.as_deref().zip(asked.as_deref()), expected, "{typed}");
        };
        let submitted = ("https://news.ycombinator.com/submitted?id=bo", "tags=story%2Cauthor_bo&hitsPerPage=50");
        check("https://news.ycombinator.com/user?id=bo", Some(submitted));
        check("news.ycombinator.com/submitted?id=bo&next=3", Some(submitted));
        check(
            "https://news.ycombinator.com/from?site=a.example",
            Some((
                "https://news.ycombinator.com/from?site=a.example",
                "tags=story&query=a.example&restrictSearchableAttributes=url&hitsPerPage=50",
            )),
        );
        check(
            "https://news.ycombinator.com/show",
            Some(("https://news.ycombinator.com/show", "tags=show_hn&hitsPerPage=50")),
        );
        for other in ["", "rss", "item?id=3", "user", "user?id=", "user?id=a%26tags", "from?site=a b"] {
            check(&format!("https://news.ycombinator.com/{other}"), None);
        }
        check("https://other.example/newest", None);
    }

    #[test]
    fn what_was_submitted_is_read_with_the_page_that_it_points_to() {
        let page = "{\"hits\":[{\"objectID\":\"41\",\"title\":\"Tides & moons\",\"url\":\"https://a.example/tides\",\"author\":\"bo\",\
                    \"points\":7,\"created_at\":\"2026-11-20T08:00:00.000Z\"},\
                    {\"objectID\":40,\"title\":\"Ask: why?\",\"story_text\":\"<p>Because\",\"author\":\"bo\",\"created_at\":\"2026-11-19T08:00:00.000Z\"},\
                    {\"objectID\":\"39\"},7]}";
        let mut bo = source(KIND.name, "https://news.ycombinator.com/submitted?id=bo");
        let (asked, batch) = visit(&mut bo, |_| reply(200, page));
        let batch = batch.unwrap();
        assert_eq!((asked.len(), batch.title.as_deref()), (1, Some("Hacker News: bo")));
        assert_eq!((batch.items.len(), batch.flaws.len()), (2, 2));
        let [tides, why] = batch.items.as_slice() else { panic!("two") };
        assert_eq!(tides.title.as_deref(), Some("Tides &amp; moons"));
        assert_eq!(tides.link.as_deref(), Some("https://news.ycombinator.com/item?id=41"));
        assert_eq!(
            (tides.note.points_to.as_slice(), tides.published.is_some()),
            (&["https://a.example/tides".to_owned()][..], true)
        );
        assert_eq!((why.html.as_deref(), why.note.points_to.len()), (Some("<p>Because"), 0));
        for (status, body, key) in [(404, "", "trouble.not_found"), (200, "{\"hits\":", "trouble.not_understood")] {
            let (_, read) = visit(&mut bo, |_| reply(status, body));
            assert_eq!(read.unwrap_err().why.key, key);
        }
    }
}
