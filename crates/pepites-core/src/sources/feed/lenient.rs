//! Takes the text of a feed in XML, however broken, gives its batch.
//! Never stops at one broken entry; each byte is looked at a few times at most.

use url::Url;

use super::{
    entry::{self, Head, LONGEST_LINE, declared_language, join},
    markup::{Element, Outline},
    plain::{capped, plain},
    read::{flaw, too_many, unreadable},
};
use crate::model::{Batch, Quiet, Unreadable};

/// Longest stretch between visits that a feed can ask for, in minutes: a year. More is a slip of a zero.
const LONGEST_PACE: u32 = 366 * 24 * 60;

/// As `skipDays` names them, from Monday.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// What the feed `text` says, and what its entries have from it.
///
/// # Errors
/// [`Unreadable`] when nothing in it is part of a feed.
pub(super) fn read(text: &str, address: Option<Url>) -> Result<(Batch, Head), Unreadable> {
    let outline = Outline::of(text);
    let root = head_of(&outline);
    if root.is_none() && outline.entries.is_empty() {
        return Err(unreadable("trouble.not_a_feed"));
    }
    let (mut batch, head) = heading(&outline, root, address);
    for (rank, place) in outline.entries.iter().enumerate() {
        let cut_off = outline.elements.get(*place).is_some_and(|entry| !entry.whole);
        let subject = || outline.first_text(*place, &["title", "link", "guid", "id"]).unwrap_or_default();
        match entry::item(&outline, *place, &head) {
            // Of an entry that ends in the middle only what tells it again is enough to keep it.
            Some(item) if cut_off && item.title.is_none() && item.html.is_none() => {
                batch.flaws.push(flaw("flaw.cut_off", Some(rank), &subject()));
            }
            Some(item) => {
                if cut_off {
                    batch.flaws.push(flaw("flaw.cut_off", Some(rank), &subject()));
                }
                batch.items.push(item);
            }
            None => batch.flaws.push(flaw("flaw.empty_item", Some(rank), &subject())),
        }
    }
    if outline.beyond > 0 {
        batch.flaws.push(too_many(outline.beyond));
    }
    Ok((batch, head))
}

/// The element that speaks for the whole feed.
fn head_of(outline: &Outline<'_>) -> Option<usize> {
    let named = |keys: &[&str]| outline.elements.iter().position(|element| keys.contains(&element.key.as_str()));
    named(&["channel", "feed"]).or_else(|| named(&["rss", "rdf:rdf"]))
}

/// The batch without its items, and what items take from the feed.
fn heading(outline: &Outline<'_>, root: Option<usize>, address: Option<Url>) -> (Batch, Head) {
    let bare_entry = || outline.elements.first().is_some_and(|first| first.key == "entry");
    let atom = root.and_then(|root| outline.elements.get(root)).map_or_else(bare_entry, |root| root.key == "feed");
    let mut head = Head { atom, xhtml_prefix: outline.xhtml_prefix.clone(), ..Head::default() };
    let mut batch = Batch::default();
    let above = outline
        .elements
        .first()
        .into_iter()
        .chain(root.filter(|root| *root > 0).and_then(|root| outline.elements.get(root)));
    let declared = above.filter(|element| element.key != "entry").filter_map(|element| element.attribute("xml:base"));
    head.base.clone_from(&address);
    for href in declared {
        if let Some(base) = join(head.base.as_ref(), &href) {
            head.base = Some(base);
            head.declared = true;
        }
    }
    if let Some(root) = root {
        let element = outline.elements.get(root);
        let first_text = |keys: &[&str]| outline.first_text(root, keys);
        batch.title = first_text(&["title", "dc:title", "itunes:title"])
            .map(|title| capped(plain(&title), LONGEST_LINE))
            .filter(|title| !title.is_empty());
        batch.site = site(outline, root, head.base.as_ref()).map(String::from);
        batch.language = first_text(&["language", "dc:language"])
            .or_else(|| element.and_then(|root| root.attribute("xml:lang")))
            .or_else(|| outline.elements.first().and_then(|first| first.attribute("xml:lang")))
            .and_then(declared_language);
        batch.every_minutes = pace(outline, root);
        batch.quiet = quiet(outline, root);
        head.authors = entry::authors(outline, root);
        // Relative links in RSS mean the site, wherever the feed itself is kept (FeedBurner and the like).
        if !atom && !head.declared {
            head.base = batch.site.as_deref().and_then(|site| Url::parse(site).ok()).or(head.base);
        }
        batch.icon = icon(outline, root, head.base.as_ref()).map(String::from);
    }
    (batch, head)
}

fn site(outline: &Outline<'_>, root: usize, base: Option<&Url>) -> Option<Url> {
    let leads_away = |link: &&Element<'_>| {
        let rel = link.attribute("rel").unwrap_or_default();
        let kind = link.attribute("type").unwrap_or_default();
        (rel.is_empty() || rel == "alternate") && (kind.is_empty() || kind.contains("html"))
    };
    let links = outline.named(root, "link").filter(leads_away);
    links.filter_map(|link| link.text().or_else(|| link.attribute("href"))).find_map(|href| join(base, &href))
}

/// `ttl` in minutes, else the syndication module's period divided by its frequency.
fn pace(outline: &Outline<'_>, root: usize) -> Option<u32> {
    let number = |key: &str| outline.first_text(root, &[key]).and_then(|text| text.parse::<f64>().ok());
    if let Some(ttl) = number("ttl").filter(|ttl| *ttl >= 1.0) {
        return minutes(ttl);
    }
    let period = match outline.first_text(root, &["sy:updateperiod"])?.to_ascii_lowercase().as_str() {
        "hourly" => 60.0,
        "daily" => 24.0 * 60.0,
        "weekly" => 7.0 * 24.0 * 60.0,
        "monthly" => 30.0 * 24.0 * 60.0,
        "yearly" => 365.0 * 24.0 * 60.0,
        _ => return None,
    };
    minutes(period / number("sy:updatefrequency").filter(|times| *times >= 1.0).unwrap_or(1.0))
}

/// `skipHours` and `skipDays`, in Greenwich. Some count hours to 24, which is midnight.
fn quiet(outline: &Outline<'_>, root: usize) -> Quiet {
    let inside = |group: &'static str, part: &'static str| -> Vec<String> {
        let groups = outline.children(root).filter(move |(_, child)| child.key == group);
        groups.flat_map(|(place, _)| outline.named(place, part).filter_map(Element::text).collect::<Vec<_>>()).collect()
    };
    let hours = inside("skiphours", "hour").into_iter().filter_map(|hour| hour.trim().parse::<u32>().ok());
    let days = inside("skipdays", "day");
    let day = |name: &String| DAYS.iter().position(|day| name.trim().eq_ignore_ascii_case(day));
    Quiet::of(
        hours.map(|hour| if hour == 24 { 0 } else { hour }),
        days.iter().filter_map(day).filter_map(|day| u32::try_from(day).ok()),
    )
}

/// The small picture of the feed: Atom's `icon`, else RSS's `image`. Art for the covers of podcasts is none: it has
/// thousands of dots each way.
fn icon(outline: &Outline<'_>, root: usize, base: Option<&Url>) -> Option<Url> {
    let image = || {
        let mut images = outline.children(root).filter(|(_, child)| child.key == "image");
        images.find_map(|(place, _)| outline.first_text(place, &["url"]))
    };
    outline.first_text(root, &["icon"]).or_else(image).and_then(|href| join(base, &href))
}

fn minutes(number: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped to 1 and a year")]
    number.is_finite().then(|| number.clamp(1.0, f64::from(LONGEST_PACE)) as u32)
}
