//! Takes a page for people, gives the feeds that it offers, the likeliest first.
//! Never asks anything (`visit` does), and never hands its parser a page made to cost hours (`page` reduces it).

use std::panic::{AssertUnwindSafe, catch_unwind};

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::{
    encoding,
    entry::join,
    form::{Form, form},
    known,
    page::readable,
    plain::plain,
    read::read,
};
use crate::model::Reply;

/// How much of a page is searched, in bytes: `<head>` ends well before, and whole pages are mostly shorter.
const SEARCHED: usize = 512 * 1_024;

/// Feeds that one page can offer: forums offer one per board.
const MOST_OFFERS: usize = 50;

/// Where feeds are found on sites whose pages do not say, most frequent first. Each miss costs the site a request.
const WELL_KNOWN: &[&str] = &["feed", "feed.xml", "rss.xml", "atom.xml", "index.xml", "rss", "feed.json"];

/// One feed that an address offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its absolute http or https address.
    pub url: String,
    /// Its title, as plain text: the page's name for it, or its own.
    pub title: Option<String>,
    /// Its MIME type, as declared.
    pub media_type: Option<String>,
}

impl Offer {
    /// The name of its format, where its declared type tells.
    #[must_use]
    pub fn format(&self) -> Option<&'static str> {
        let kind = self.media_type.as_deref()?;
        let formats = [("atom", "Atom"), ("rss", "RSS"), ("rdf", "RSS"), ("json", "JSON Feed")];
        formats.into_iter().find(|(part, _)| kind.contains(part)).map(|(_, format)| format)
    }
}

/// Every feed that `reply` offers: itself when it is one, else those that the page declares, else those that it
/// links to. The likeliest to be the main one comes first; feeds of comments come last.
#[must_use]
pub fn offers(reply: &Reply) -> Vec<Offer> {
    let content_type = reply.header("content-type");
    let text = encoding::text(reply.body.get(..SEARCHED).unwrap_or(&reply.body), content_type);
    match form(&text, content_type) {
        Form::Xml(_) | Form::Json => {
            let title = read(reply).ok().and_then(|batch| batch.title);
            let media_type = content_type.and_then(|kind| kind.split(';').next()).map(|kind| kind.trim().to_owned());
            vec![Offer { url: reply.url.clone(), title, media_type }]
        }
        Form::Page if text.trim_start().starts_with('{') => of_directory(&text),
        // Unwind safe: the tree of the page is dropped with the panic.
        Form::Page => {
            catch_unwind(AssertUnwindSafe(|| of_page(&text, Url::parse(&reply.url).ok()))).unwrap_or_default()
        }
        Form::Empty | Form::Other => Vec::new(),
    }
}

/// What a directory of podcasts says of those that were looked up.
fn of_directory(text: &str) -> Vec<Offer> {
    let answer: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let results = answer.get("results").and_then(|results| results.as_array()).map_or(&[][..], Vec::as_slice);
    let offer = |podcast: &serde_json::Value| {
        let line = |key: &str| podcast.get(key)?.as_str();
        Some(Offer {
            url: join(None, line("feedUrl")?)?.into(),
            title: line("collectionName").and_then(named),
            media_type: None,
        })
    };
    results.iter().filter_map(offer).take(MOST_OFFERS).collect()
}

/// The front page of the site of a page that is not it.
pub(super) fn front(page: &str) -> Option<String> {
    let url = Url::parse(page).ok()?;
    let front = url.join("/").ok()?;
    (front.path() != url.path()).then(|| front.into())
}

/// Addresses worth trying on the site of a page that offers nothing: beside the page, its front page, at the root.
pub(super) fn guesses(page: &str) -> Vec<String> {
    let Ok(url) = Url::parse(page) else { return Vec::new() };
    let mut folder = url.clone();
    folder.set_query(None);
    folder.set_fragment(None);
    let path = folder.path().trim_end_matches('/').to_owned();
    // `/blog/index.html` is in `/blog/`; `/blog` is most often a folder itself.
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    folder.set_path(&if is_file { path } else { format!("{path}/") });
    // Two beside the page, then the usual ones at the root: the whole stays a handful.
    let beside =
        WELL_KNOWN.iter().take(if folder.path() == "/" { 0 } else { 2 }).filter_map(|name| folder.join(name).ok());
    let at_root = WELL_KNOWN.iter().filter_map(|name| url.join(&format!("/{name}")).ok());
    let mut addresses: Vec<String> = Vec::new();
    for address in beside.map(String::from).chain(front(page)).chain(at_root.map(String::from)) {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}

fn of_page(text: &str, address: Option<Url>) -> Vec<Offer> {
    let Ok(selector) = Selector::parse("base[href], link[rel][href], a[href], meta[itemprop][content]") else {
        return Vec::new();
    };
    let page = Html::parse_document(&readable(text));
    let (mut base, mut based) = (address, false);
    let (mut declared, mut linked, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for element in page.select(&selector) {
        match element.value().name() {
            "base" if !based => {
                if let Some(url) = element.attr("href").and_then(|href| join(base.as_ref(), href)) {
                    (base, based) = (Some(url), true);
                }
            }
            "link" => {
                declared.extend(declared_offer(element, base.as_ref()));
                known.extend(canonical_offer(element, base.as_ref()));
            }
            "meta" => known.extend(channel_offer(element, base.as_ref())),
            "a" => linked.extend(linked_offer(element, base.as_ref())),
            _ => {}
        }
    }
    let mut offers: Vec<Offer> = Vec::new();
    let found = [declared, known, linked].into_iter().find(|offers| !offers.is_empty());
    for offer in found.unwrap_or_default() {
        if offers.len() < MOST_OFFERS && !offers.iter().any(|known| known.url == offer.url) {
            offers.push(offer);
        }
    }
    offers.sort_by_key(is_aside);
    offers
}

/// A feed that a page declares in its head.
fn declared_offer(link: ElementRef<'_>, base: Option<&Url>) -> Option<Offer> {
    let rel = link.attr("rel")?.to_ascii_lowercase();
    let mut rels = rel.split_ascii_whitespace();
    if !rels.any(|rel| rel == "alternate" || rel == "feed") {
        return None;
    }
    let url = join(base, link.attr("href")?)?;
    let kind = link.attr("type").unwrap_or_default().trim().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let fits = match kind {
        "application/rss+xml" | "application/atom+xml" | "application/rdf+xml" | "application/feed+json" => true,
        // WordPress declares its API and its embeds as JSON and XML alternates of the page.
        "application/json" => looks_like_feed(&url) || is_among_feeds(&url),
        "application/xml" | "text/xml" | "application/x-rss+xml" | "text/rss" => looks_like_feed(&url),
        "" => rel.contains("feed") || looks_like_feed(&url),
        _ => false,
    };
    let api = url.path().contains("/wp-json/") || url.path().contains("oembed");
    let media_type = (!kind.is_empty()).then(|| kind.to_owned());
    (fits && !api).then(|| Offer { url: url.into(), title: link.attr("title").and_then(named), media_type })
}

/// The feed of the page that a page says it is: a video's `@name` is a channel by its other name.
fn canonical_offer(link: ElementRef<'_>, base: Option<&Url>) -> Option<Offer> {
    link.attr("rel").filter(|rel| rel.eq_ignore_ascii_case("canonical"))?;
    let url = known::feed_of(&join(base, link.attr("href")?)?)?;
    Some(Offer { url, title: None, media_type: None })
}

/// The feed of the channel that a video on YouTube says it is of.
fn channel_offer(meta: ElementRef<'_>, base: Option<&Url>) -> Option<Offer> {
    let on_youtube = base.and_then(Url::host_str).is_some_and(|host| host.ends_with("youtube.com"));
    let name = meta.attr("itemprop")?;
    let id = meta.attr("content").filter(|id| {
        id.starts_with("UC") && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    })?;
    let channel = on_youtube && matches!(name, "channelId" | "identifier");
    let url = format!("https://www.youtube.com/feeds/videos.xml?channel_id={id}");
    channel.then_some(Offer { url, title: None, media_type: None })
}

/// A feed that a page links to for people to copy.
fn linked_offer(link: ElementRef<'_>, base: Option<&Url>) -> Option<Offer> {
    let url = join(base, link.attr("href")?)?;
    // Buttons that hand the address on to another reader's website are not feeds.
    let same_site = base.is_none_or(|base| site(base) == site(&url));
    let offered = same_site && looks_like_feed(&url) && !is_about_feeds(&url);
    let shown = || link.text().collect::<Vec<_>>().concat();
    offered.then(|| Offer { url: url.into(), title: named(&shown()), media_type: None })
}

fn looks_like_feed(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let ending = last.rsplit_once('.').map_or("", |(_, ending)| ending);
    matches!(ending, "rss" | "atom" | "rdf" | "jsonfeed")
        || matches!(last, "feed" | "feeds" | "rss" | "rss2" | "atom" | "rdf")
        || (matches!(ending, "xml" | "json") && ["feed", "rss", "atom", "index"].iter().any(|word| last.contains(word)))
        || url
            .query_pairs()
            .any(|(key, value)| key == "feed" || (key == "format" && (value == "rss" || value == "feed")))
}

/// `/feeds/json`: what it is called says the format, the folder that it is a feed.
fn is_among_feeds(url: &Url) -> bool {
    url.path_segments().is_some_and(|mut parts| parts.any(|part| matches!(part, "feed" | "feeds")))
}

/// A page on the subject of feeds: `/topics/rss` of a code forge, `/tag/feed`, `/wiki/Atom`.
fn is_about_feeds(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let subject = path.trim_end_matches('/').rsplit('/').nth(1).unwrap_or_default();
    ["topic", "topics", "tag", "tags", "wiki", "search"].contains(&subject)
}

/// Comments, and feeds of one post only: offered, but never the main one.
fn is_aside(offer: &Offer) -> bool {
    let title = offer.title.as_deref().unwrap_or_default().to_lowercase();
    ["comment", "commentaire", "réponse", "replies"].iter().any(|word| title.contains(word))
        || offer.url.to_ascii_lowercase().contains("comments")
}

fn named(text: &str) -> Option<String> {
    let name = plain(text);
    (!name.is_empty()).then_some(name)
}

/// The last two labels of the host: `blog.example.org` and `www.example.org` are one site.
fn site(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let labels: Vec<&str> = host.rsplit('.').take(2).collect();
    labels.join(".")
}
