//! Takes a page without a feed, gives the lists that it seems to hold, each as selectors, the likeliest first.
//!
//! An entry is the largest element that leads to one page only. Elements that are written alike (the same tag and class,
//! or the same in the same kind of parent) are one list. Frames of the page (menus, heads, feet, margins) are none.

use std::collections::BTreeMap;

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::{LOOKED_AT, Selectors, text_of};
use crate::{
    model::Reply,
    sources::feed::{encoding, entry::join, page::readable},
};

/// Fewer that are alike are no list.
const FEWEST: usize = 3;
/// So many lists of one page are given: more are not read.
const MOST: usize = 4;
/// Letters of a link's words: "More" and "12 comments" are no title.
const SHORTEST_TITLE: usize = 15;
/// A title longer than this weighs no more.
const LONG_ENOUGH: usize = 80;
/// More entries than this weigh no more: a list of all countries is no news.
const MANY: usize = 25;
/// How far above a link its entry may begin, in elements.
const DEEPEST: usize = 12;
/// Links that are looked at.
const MOST_LINKS: usize = 2_000;
/// What holds the frame of a page.
const FRAMES: &[&str] = &["nav", "header", "footer", "aside"];
/// Headings that an entry may have its title in.
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4"];

/// What an element that stands above links leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leads {
    /// One page, by its place among all.
    To(usize),
    Several,
}

/// What each entry of a list is, and the letters of its title.
type Entries<'a> = BTreeMap<NodeId, (ElementRef<'a>, usize)>;

/// The lists of a page.
#[must_use]
pub fn lists(reply: &Reply) -> Vec<Selectors> {
    let body = reply.body.get(..LOOKED_AT).unwrap_or(&reply.body);
    let text = encoding::text(body, reply.header("content-type"));
    let html = Html::parse_document(&readable(&text));
    let (Ok(links), Ok(base)) = (Selector::parse("a[href]"), Url::parse(&reply.url)) else { return Vec::new() };
    let Ok(headings) = Selector::parse(&HEADINGS.join(", ")) else { return Vec::new() };
    let mut pages: BTreeMap<Url, usize> = BTreeMap::new();
    let titles: Vec<(ElementRef<'_>, usize, usize)> = html
        .select(&links)
        .take(MOST_LINKS)
        .filter_map(|link| {
            let letters = titled(link, &headings).chars().count();
            let mut page = join(Some(&base), link.attr("href")?).filter(|page| page.scheme().starts_with("http"))?;
            page.set_fragment(None);
            let count = pages.len();
            let page = *pages.entry(page).or_insert(count);
            (letters >= SHORTEST_TITLE && !is_frame(link)).then_some((link, letters, page))
        })
        .collect();
    let mut above: BTreeMap<NodeId, Leads> = BTreeMap::new();
    for (link, _, page) in &titles {
        for element in up(*link) {
            let leads = above.entry(element.id()).or_insert(Leads::To(*page));
            if *leads != Leads::To(*page) {
                *leads = Leads::Several;
            }
        }
    }
    // By selector: what each entry is, and the letters of its title.
    let mut alike: BTreeMap<String, Entries<'_>> = BTreeMap::new();
    for (link, letters, page) in &titles {
        let entry = up(*link).take_while(|element| above.get(&element.id()) == Some(&Leads::To(*page))).last();
        let Some((entry, css)) = entry.and_then(|entry| Some((entry, written(entry)?))) else { continue };
        let known = alike.entry(css).or_default().entry(entry.id()).or_insert((entry, 0));
        known.1 = known.1.max(*letters);
    }
    let mut found: Vec<(usize, Selectors)> = alike
        .into_iter()
        .filter(|(_, entries)| entries.len() >= FEWEST)
        .map(|(css, entries)| {
            let mut letters: Vec<usize> = entries.values().map(|(_, letters)| *letters).collect();
            letters.sort_unstable();
            let usual = letters.get(letters.len() / 2).copied().unwrap_or(0).min(LONG_ENOUGH);
            let entries: Vec<ElementRef<'_>> = entries.into_values().map(|(entry, _)| entry).collect();
            (entries.len().min(MANY) * usual, selectors(css, &entries))
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| other.cmp(one));
    found.into_iter().map(|(_, selectors)| selectors).take(MOST).collect()
}

/// The words of a link, or those of the one heading beside it, where it says "more" alone.
fn titled(link: ElementRef<'_>, headings: &Selector) -> String {
    let own = text_of(link);
    if own.chars().count() >= SHORTEST_TITLE {
        return own;
    }
    let above = link.ancestors().filter_map(ElementRef::wrap).take(2);
    let beside = above.filter_map(|element| {
        let mut all = element.select(headings);
        all.next().filter(|_| all.next().is_none())
    });
    beside.map(text_of).next().unwrap_or(own)
}

/// An element and those above it, as far as an entry reaches.
fn up(link: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    std::iter::once(link)
        .chain(link.ancestors().filter_map(ElementRef::wrap))
        .take(DEEPEST)
        .take_while(|element| !matches!(element.value().name(), "body" | "html"))
}

fn is_frame(link: ElementRef<'_>) -> bool {
    // An entry may have a head of its own.
    let above = link.ancestors().filter_map(ElementRef::wrap);
    above
        .take_while(|element| !matches!(element.value().name(), "article" | "li"))
        .any(|element| FRAMES.contains(&element.value().name()))
        || link.ancestors().filter_map(ElementRef::wrap).any(|element| {
            matches!(element.value().name(), "nav" | "footer") || element.attr("role") == Some("navigation")
        })
}

/// How an entry is selected: by its tag and classes; where it has none, by those of its parent too.
fn written(entry: ElementRef<'_>) -> Option<String> {
    let own = named(entry);
    if own.contains('.') || own == "article" {
        return Some(own);
    }
    let parent = entry.parent().and_then(ElementRef::wrap)?;
    let id = parent.attr("id").filter(|id| is_plain(id));
    let above = id.map_or_else(|| named(parent), |id| format!("#{id}"));
    // "div > div" would select half of the page.
    (above.contains(['.', '#']) || !matches!(own.as_str(), "div" | "span" | "a")).then(|| format!("{above} > {own}"))
}

/// A tag with its classes that look made by hand.
fn named(element: ElementRef<'_>) -> String {
    let classes = element.value().classes().filter(|class| is_plain(class)).take(2);
    classes.fold(element.value().name().to_owned(), |css, class| format!("{css}.{class}"))
}

/// Needs no escaping, and holds no number that is another in each entry.
fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.len() <= 40
        && name.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'))
}

/// With the parts that most entries have.
fn selectors(item: String, entries: &[ElementRef<'_>]) -> Selectors {
    let most_have = |css: &str| {
        Selector::parse(css).is_ok_and(|css| {
            let having = entries.iter().filter(|entry| entry.select(&css).any(|part| !text_of(part).is_empty()));
            having.count() * 2 > entries.len()
        })
    };
    let heading = HEADINGS.iter().find(|heading| most_have(heading));
    let linked = heading.map(|heading| format!("{heading} a[href]")).filter(|css| most_have(css));
    Selectors {
        title: heading.map(|heading| (*heading).to_owned()),
        link: linked,
        date: most_have("time").then(|| "time".to_owned()),
        text: most_have("p").then(|| "p".to_owned()),
        item,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn found(page: &str) -> Vec<Selectors> {
        let url = "https://town.example/news";
        let reply = Reply { asked: url.into(), url: url.into(), status: 200, body: page.into(), ..Reply::default() };
        let found = lists(&reply);
        let same: BTreeSet<&str> = found.iter().map(|each| each.item.as_str()).collect();
        assert_eq!(same.len(), found.len(), "each list once");
        assert!(found.iter().all(|each| each.address(url).is_some()), "each can be followed: {found:?}");
        found
    }

    fn check(page: &str, expected: &[(&str, Option<&str>, Option<&str>)]) {
        let found = found(page);
        let shown: Vec<_> =
            found.iter().map(|each| (each.item.as_str(), each.title.as_deref(), each.date.as_deref())).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn entries_that_are_written_alike_are_a_list_with_the_parts_that_they_share() {
        let entry = |n| {
            format!(
                "<article class='card wide'><h2><a href=/{n}>The council met for the {n}th time</a></h2>
                 <time>2026-02-0{n}</time><p>First words of it.</p><a href=/{n}#talk>Say something about it</a></article>"
            )
        };
        let page = format!(
            "<nav><ul class=menu>{}</ul></nav><main>{}</main>",
            (1..9).map(|n| format!("<li><a href=/m{n}>A long name in a menu {n}</a></li>")).collect::<String>(),
            (1..5).map(entry).collect::<String>()
        );
        let [one] = <[Selectors; 1]>::try_from(found(&page)).unwrap();
        assert_eq!(
            one,
            Selectors {
                item: "article.card.wide".into(),
                title: Some("h2".into()),
                link: Some("h2 a[href]".into()),
                date: Some("time".into()),
                text: Some("p".into()),
            }
        );
    }

    #[test]
    fn without_classes_the_parent_tells_and_numbers_in_names_are_left_out() {
        let items: String =
            (1..6).map(|n| format!("<li><a href=/{n}>Minutes of the meeting {n}</a> Tuesday</li>")).collect();
        check(&format!("<ul id=minutes>{items}</ul>"), &[("#minutes > li", None, None)]);
        check(&format!("<ul>{items}</ul>"), &[("ul > li", None, None)]);
        let rows: String = (1..6)
            .map(|n| format!("<div class='row row-{n}'><a href=/{n}>Minutes of the meeting {n}</a></div>"))
            .collect();
        check(&rows, &[("div.row", None, None)]);
        // Nothing tells these from any other.
        check(&rows.replace("row row-", "x"), &[]);
    }

    #[test]
    fn a_heading_is_the_title_of_a_link_that_says_nothing() {
        let page: String = (1..5)
            .map(|n| format!("<li class=news><h3>Bridge closed for {n} days</h3><a href=/{n}>read</a></li>"))
            .collect();
        check(&page, &[("li.news", Some("h3"), None)]);
    }

    #[test]
    fn the_likelier_list_comes_first_and_two_alike_are_none() {
        let list = |class: &str, count: usize, title: &str| -> String {
            (0..count).map(|n| format!("<div class={class}><a href=/{class}/{n}>{title} {n}</a></div>")).collect()
        };
        let page = list("tag", 4, "Everything about it")
            + &list("story", 6, "What the harbour said of the bridge on")
            + &list("two", 2, "Only two of these are");
        check(&page, &[("div.story", None, None), ("div.tag", None, None)]);
        check("", &[]);
        check("<a href=javascript:x>Not a page that one could read</a>".repeat(4).as_str(), &[]);
    }
}
