//! Takes a page that lists things and has no feed, with CSS selectors for its parts, gives its entries as items.
//! Never runs the page, and never asks anything but the page itself.
//!
//! The selectors are part of the address, behind `#pepites:`. So they are kept, exported and imported as every address
//! is, and two lists of one page are two sources.

use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};
use ts_rs::TS;

use scraper::{ElementRef, Html, Selector};
use url::{Url, form_urlencoded};

use super::{
    SourceKind, address,
    feed::{
        dates, encoding,
        entry::{LONGEST_BODY, join},
        page::readable,
        plain,
        read::unreadable,
        visit::refused,
    },
};
use crate::model::{Address, Batch, Item, Reply, Request, Source, Unreadable};

mod guess;

pub use guess::lists;

/// The name of the kind.
pub const KIND_NAME: &str = "list";

pub(super) const KIND: SourceKind = SourceKind {
    name: KIND_NAME,
    examples: &[
        "https://example.org/news#pepites:item=article",
        "example.org/news#pepites:item=li.entry&title=h2&link=a&date=time&text=p",
    ],
    recognise,
    ask,
    read,
};

/// What stands between the address of the page and the selectors.
const MARK: &str = "#pepites:";
/// What can be selected, in the order of the address.
const PARTS: [&str; 5] = ["item", "title", "link", "date", "text"];
/// No selector that a person writes is longer, and a long one can be made slow.
const LONGEST_SELECTOR: usize = 200;
/// Entries of one page; lists that people read have fewer.
const MOST_ITEMS: usize = 200;
/// How much of a page is looked at, in bytes.
const LOOKED_AT: usize = 2 << 20;
/// Bytes of the texts of all entries: entries may hold each other, but none says more than the page.
const ALL_TEXTS: usize = LOOKED_AT;
/// Elements side by side: for each, some selectors look at all the others.
const MOST_SIBLINGS: usize = 2_000;
/// What such selectors hold.
const LOOKS_AT_SIBLINGS: [&str; 3] = ["~", ":nth-", HAS];
/// With `~` it looks at all siblings of all siblings: no page needs that, and no bound makes it quick.
const HAS: &str = ":has(";
/// Titles are kept to here, in bytes.
const LONGEST_TITLE: usize = 2_000;
/// Attributes in which a date is written for machines.
const DATED: &[&str] = &["datetime", "content", "title"];

/// What is selected of a page, each by a CSS selector.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Selectors {
    /// One entry.
    pub item: String,
    /// Inside it, its title; else the text of its link.
    pub title: Option<String>,
    /// Its link; else the first that it holds.
    pub link: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Its text.
    pub text: Option<String>,
}

impl Selectors {
    /// The address that follows `page` by these; None when the page or a selector is none.
    #[must_use]
    pub fn address(&self, page: &str) -> Option<Address> {
        let given = [Some(&self.item), self.title.as_ref(), self.link.as_ref(), self.date.as_ref(), self.text.as_ref()];
        let mut written = form_urlencoded::Serializer::new(String::new());
        for (part, selector) in PARTS.iter().zip(given) {
            if let Some(selector) = selector {
                written.append_pair(part, selector);
            }
        }
        recognise(&format!("{}{MARK}{}", page.split('#').next().unwrap_or_default(), written.finish()))
    }
}

/// The page and the selectors of an address.
fn parts(locator: &str) -> Option<(Url, Vec<(&'static str, String)>)> {
    let (page, written) = locator.split_once(MARK)?;
    let page = address::web(page)?;
    let mut selectors = Vec::new();
    for part in PARTS {
        let given = form_urlencoded::parse(written.as_bytes()).find(|(key, _)| key == part);
        let Some(selector) = given.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty()) else {
            continue;
        };
        let is_slow = selector.contains('~') && selector.to_ascii_lowercase().contains(HAS);
        if selector.len() > LONGEST_SELECTOR || is_slow || Selector::parse(&selector).is_err() {
            return None;
        }
        selectors.push((part, selector));
    }
    selectors.iter().any(|(part, _)| *part == "item").then_some((page, selectors))
}

fn recognise(typed: &str) -> Option<Address> {
    let (page, selectors) = parts(typed.trim())?;
    let mut written = form_urlencoded::Serializer::new(String::new());
    written.extend_pairs(&selectors);
    Some(Address { kind: KIND_NAME.to_owned(), locator: format!("{page}{MARK}{}", written.finish()) })
}

fn ask(source: &Source, heard: &[Reply]) -> Option<Request> {
    let (page, _) = parts(&source.address.locator).filter(|_| heard.is_empty())?;
    let mut request = Request::get(page);
    request.headers.push(("Accept".to_owned(), "text/html, application/xhtml+xml;q=0.9, */*;q=0.5".to_owned()));
    let validators = &source.validators;
    for (name, value) in [("If-None-Match", &validators.etag), ("If-Modified-Since", &validators.last_modified)] {
        request.headers.extend(value.clone().map(|value| (name.to_owned(), value)));
    }
    Some(request)
}

fn read(source: &Source, heard: &[Reply]) -> Result<Batch, Unreadable> {
    let Some(reply) = heard.last() else { return Err(unreadable("trouble.empty")) };
    if reply.status == 304 {
        return Ok(Batch::default());
    }
    if !(200..300).contains(&reply.status) {
        return Err(refused(reply.status));
    }
    let Some((page, selectors)) = parts(&source.address.locator) else {
        return Err(unreadable("trouble.nothing_selected"));
    };
    // Unwind safe: the tree of the page is dropped with the panic.
    let read = catch_unwind(AssertUnwindSafe(|| batch(reply, page, &selectors)));
    let batch = read.unwrap_or_else(|_| Err(unreadable("trouble.crashed")))?;
    if batch.items.is_empty() { Err(unreadable("trouble.nothing_selected")) } else { Ok(batch) }
}

fn batch(reply: &Reply, page: Url, selectors: &[(&'static str, String)]) -> Result<Batch, Unreadable> {
    let body = reply.body.get(..LOOKED_AT).unwrap_or(&reply.body);
    let text = encoding::text(body, reply.header("content-type"));
    let html = Html::parse_document(&readable(&text));
    let parsed = |css: &str| Selector::parse(css).map_err(|_invalid| unreadable("trouble.nothing_selected"));
    let mut chosen = BTreeMap::new();
    for (part, css) in selectors {
        chosen.insert(*part, parsed(css)?);
    }
    let (links, titles, bases, language) =
        (parsed("a[href]")?, parsed("title")?, parsed("base[href]")?, parsed("html")?);
    let answered = Url::parse(&reply.url).unwrap_or_else(|_| page.clone());
    let base =
        html.select(&bases).next().and_then(|base| join(Some(&answered), base.attr("href")?)).unwrap_or(answered);
    let Some(item) = chosen.get("item") else { return Err(unreadable("trouble.nothing_selected")) };
    let looks = |css: &String| LOOKS_AT_SIBLINGS.iter().any(|mark| css.to_ascii_lowercase().contains(mark));
    if selectors.iter().any(|(_, css)| looks(css)) && is_broad(&html) {
        return Err(unreadable("trouble.nothing_selected"));
    }
    let mut left = ALL_TEXTS;
    let items =
        html.select(item).take(MOST_ITEMS).filter_map(|entry| entry_of(entry, &chosen, &links, &base, &mut left));
    Ok(Batch {
        items: items.collect(),
        title: html.select(&titles).next().map(text_of).filter(|title| !title.is_empty()),
        language: html.select(&language).next().and_then(|root| root.attr("lang")).map(str::to_owned),
        site: Some(page.into()),
        ..Batch::default()
    })
}

fn entry_of(
    entry: ElementRef<'_>,
    chosen: &BTreeMap<&'static str, Selector>,
    links: &Selector,
    base: &Url,
    left: &mut usize,
) -> Option<Item> {
    let itself_or_inside = |selector: &Selector| {
        if selector.matches(&entry) { Some(entry) } else { entry.select(selector).next() }
    };
    let part = |name: &str| chosen.get(name).and_then(itself_or_inside);
    let linked = match part("link") {
        Some(place) if place.attr("href").is_some() => Some(place),
        Some(place) => place.select(links).next(),
        None => itself_or_inside(links),
    };
    let link = linked.and_then(|place| join(Some(base), place.attr("href")?)).map(String::from);
    let title = part("title").or(linked).map(text_of).filter(|title| !title.is_empty());
    let date = part("date").and_then(|place| {
        let written = DATED.iter().filter_map(|name| place.attr(name));
        written.map(str::to_owned).chain([text_of(place)]).find_map(|text| dates::moment(&text))
    });
    let text = part("text").filter(|_| *left > 0).map(|place| place.inner_html());
    let html = text.map(|html| plain::capped(html, LONGEST_BODY.min(*left))).filter(|html| !html.trim().is_empty());
    *left -= html.as_ref().map_or(0, String::len);
    let item = Item {
        title: title.map(|title| plain::html_of_text(&plain::capped(title, LONGEST_TITLE))),
        base: Some(base.as_str().to_owned()),
        published: date,
        html,
        link,
        ..Item::default()
    };
    (item.title.is_some() || item.html.is_some()).then_some(item)
}

/// Some element holds more than it takes to make selectors slow.
fn is_broad(html: &Html) -> bool {
    html.tree
        .nodes()
        .any(|node| node.children().filter(|child| child.value().is_element()).nth(MOST_SIBLINGS).is_some())
}

/// What an element says, on one line, as far as anyone reads a line.
fn text_of(element: ElementRef<'_>) -> String {
    let mut line = String::new();
    for word in element.text().flat_map(str::split_whitespace) {
        if line.len() > LONGEST_TITLE {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(plain::up_to(word, LONGEST_TITLE));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    const PAGE: &str = "https://town.example/news";

    fn source(selectors: &Selectors) -> Source {
        Source::unvisited(selectors.address(PAGE).unwrap(), Moment(0))
    }

    fn reply(status: u16, body: &str) -> Reply {
        Reply { asked: PAGE.into(), url: PAGE.into(), status, body: body.into(), ..Reply::default() }
    }

    #[test]
    fn a_list_is_followed_by_its_page_and_its_selectors() {
        let selectors = Selectors {
            item: "li > div.a[b='c d']".into(),
            title: Some("h2".into()),
            date: Some("time".into()),
            ..Selectors::default()
        };
        let address = selectors.address("HTTPS://Town.example/news#top").unwrap();
        assert_eq!(
            address.locator,
            "https://town.example/news#pepites:item=li+%3E+div.a%5Bb%3D%27c+d%27%5D&title=h2&date=time"
        );
        assert_eq!(recognise(&address.locator).as_ref(), Some(&address), "an exported address is the same source");
        let request = ask(&source(&selectors), &[]).unwrap();
        assert_eq!(request.url, PAGE);
        assert_eq!(ask(&source(&selectors), &[reply(200, "")]), None);
        for wrong in ["", "li >> [", "li:has(~ li ~ b)", &"li ".repeat(200)] {
            assert_eq!(Selectors { item: wrong.into(), ..Selectors::default() }.address(PAGE), None, "{wrong}");
        }
        assert_eq!(Selectors { item: "li".into(), ..Selectors::default() }.address("javascript:a"), None);
    }

    #[test]
    fn each_entry_has_a_title_a_link_a_date_and_a_text_from_where_they_are_selected() {
        let page = "<html lang=fr><title> The  news </title><base href=/b/><ul>
            <li><h2>One &lt; two</h2><a href=1>more</a><time datetime=2026-02-03>yesterday</time><p>Some <b>text</b></p>
            <li><a href=https://else.example/2>Two</a><time>4 février 2026</time>
            <li><a href=javascript:x></a></ul>";
        let selectors = Selectors {
            item: "li".into(),
            title: Some("h2".into()),
            date: Some("time".into()),
            text: Some("p".into()),
            ..Selectors::default()
        };
        let batch = read(&source(&selectors), &[reply(200, page)]).unwrap();
        assert_eq!((batch.title.as_deref(), batch.site.as_deref()), (Some("The news"), Some(PAGE)));
        assert_eq!(batch.language.as_deref(), Some("fr"));
        let items: Vec<_> = batch
            .items
            .iter()
            .map(|item| (item.title.as_deref(), item.link.as_deref(), item.published, item.html.as_deref()))
            .collect();
        let day = |day| Some(Moment(1_770_076_800_000 + day * Moment::DAY));
        assert_eq!(
            items,
            [
                (Some("One &lt; two"), Some("https://town.example/b/1"), day(0), Some("Some <b>text</b>")),
                (Some("Two"), Some("https://else.example/2"), day(1), None),
            ]
        );
    }

    #[test]
    fn an_entry_may_be_a_link_itself() {
        let selectors = Selectors { item: "a.post".into(), ..Selectors::default() };
        let batch = read(&source(&selectors), &[reply(200, "<a class=post href=/1>One</a><a href=/2>no</a>")]).unwrap();
        assert_eq!(batch.items.len(), 1);
        assert_eq!(batch.items[0].link.as_deref(), Some("https://town.example/1"));
    }

    #[test]
    fn entries_that_hold_each_other_do_not_say_more_than_the_page() {
        let (deep, long) = (50, 200_000);
        let page = format!("{}{}", "<div><a href=/1>x</a>".repeat(deep), "long ".repeat(long / 5));
        let selectors = Selectors {
            item: "div".into(),
            title: Some("div".into()),
            text: Some("div".into()),
            ..Selectors::default()
        };
        let items = read(&source(&selectors), &[reply(200, &page)]).unwrap().items;
        let texts: Vec<usize> = items.iter().filter_map(|item| item.html.as_ref()).map(String::len).collect();
        assert_eq!((items.len(), texts.iter().sum::<usize>()), (deep, ALL_TEXTS));
        assert!(items.iter().all(|item| item.title.as_ref().is_some_and(|title| title.len() <= LONGEST_TITLE)));
        let one = format!("<p><a href=/1>x</a>{}", "y".repeat(LONGEST_BODY + 5));
        let selectors = Selectors { item: "p".into(), text: Some("p".into()), ..Selectors::default() };
        let items = read(&source(&selectors), &[reply(200, &one)]).unwrap().items;
        assert_eq!(items[0].html.as_ref().map(String::len), Some(LONGEST_BODY));
    }

    #[test]
    fn selectors_that_look_at_all_siblings_are_not_asked_of_too_many() {
        let read_by = |item: &str, siblings: usize| {
            let page = format!("<ul>{}</ul>", "<li><a href=/1>x</a>".repeat(siblings));
            let selectors = Selectors { item: item.into(), ..Selectors::default() };
            read(&source(&selectors), &[reply(200, &page)]).map(|batch| batch.items.len()).map_err(|why| why.why.key)
        };
        for slow in ["li ~ li", "li:nth-child(n)", "ul:HAS(b), li"] {
            assert!(read_by(slow, MOST_SIBLINGS).is_ok(), "{slow}");
            assert_eq!(read_by(slow, MOST_SIBLINGS + 1), Err("trouble.nothing_selected".to_owned()), "{slow}");
        }
        assert_eq!(read_by("ul li", MOST_SIBLINGS + 1), Ok(MOST_ITEMS));
    }

    #[test]
    fn a_page_that_changed_says_so_in_words() {
        let selectors = Selectors { item: "article".into(), ..Selectors::default() };
        let trouble = |status, body| read(&source(&selectors), &[reply(status, body)]).unwrap_err().why.key;
        assert_eq!(trouble(200, "<p>redesigned</p>"), "trouble.nothing_selected");
        assert_eq!(trouble(404, ""), "trouble.not_found");
        assert_eq!(read(&source(&selectors), &[reply(304, "")]), Ok(Batch::default()));
    }

    #[test]
    fn a_list_of_freshrss_is_the_same_list_here() {
        let opml = b"<opml><body><outline type='HTML+XPath' xmlUrl='https://town.example/news' \
            frss:xPathItem='//article' frss:xPathItemTitle='.//h2'/></body></opml>";
        let (_, harvest) = crate::interchange::harvest("a.opml", opml).unwrap();
        let title = Some("h2".to_owned());
        let expected = Selectors { item: "article".to_owned(), title, ..Selectors::default() }.address(PAGE);
        assert_eq!(recognise(&harvest.found[0].address), expected);
    }
}
