//! Takes a batch of items, gives clean posts: the only place where a [`Post`] is made.
//! Never fails and never panics on what a source sends: an item that cannot be understood still has its text.

mod attributes;
mod bulk;
mod formula;
mod full;
mod identity;
mod inside;
mod language;
mod media;
mod nesting;
mod places;
mod plain;
mod rewrite;
mod sanitise;
mod tags;
mod title;

use crate::model::{Batch, Enclosure, Item, Moment, Post, PostParts, Source};
use crate::text::address;
pub use full::full_text;
use identity::{Claims, Identity, hash};
use places::Places;
use sanitise::Clean;

/// 1990-01-01T00:00:00Z: no feed existed before, so an earlier date is a mistake (1970, 0001).
const FIRST_DATE: Moment = Moment(631_152_000_000);

/// How far ahead of us a source's clock or time zone may be and still be believed.
const AHEAD: i64 = Moment::DAY;

/// More tags than this are keywords for search engines.
const MOST_TAGS: usize = 20;

/// The longest tag, in characters.
const LONGEST_TAG: usize = 60;

/// More files than this are a gallery, which the body shows.
const MOST_ENCLOSURES: usize = 10;

/// The longest line of names, in characters.
const LONGEST_AUTHOR: usize = 200;

/// The items of `batch` as posts, in the same order, without those that repeat an earlier one word for word.
/// `arrived` is when the batch was fetched: no post is dated later.
#[must_use]
pub fn normalise(source: &Source, batch: Batch, arrived: Moment) -> Vec<Post> {
    let site = batch.site.as_deref();
    let drafts: Vec<Draft> = batch.items.into_iter().map(|item| Draft::of(source, site, item)).collect();
    let front = site.or(source.site.as_deref());
    let claims: Vec<Claims<'_>> = drafts.iter().map(|draft| draft.claims(front)).collect();
    let identities = identity::tell_apart(&source.address.locator, &claims);
    drop(claims);
    let texts: Vec<_> =
        drafts.iter().map(|draft| (draft.clean.text.as_str(), draft.item.language.as_deref())).collect();
    let languages = language::of_batch(&texts, batch.language.as_deref());
    let named = batch.title.as_deref().unwrap_or(&source.title);
    let known = identities.into_iter().zip(languages);
    let finish = |(draft, (identity, language)): (Draft, (Option<Identity>, Option<String>))| {
        identity.map(|identity| draft.finish(identity, named, language, arrived))
    };
    drafts.into_iter().zip(known).filter_map(finish).collect()
}

/// An item that is clean and does not know yet what it is known by.
struct Draft {
    item: Item,
    places: Places,
    title: Option<String>,
    clean: Clean,
    /// What is shown below the author's own words, and counted with none of them.
    below: Clean,
    /// The text that is not folded, where some of it is: nothing else stands in a list.
    shown: Option<String>,
}

impl Draft {
    fn of(source: &Source, site: Option<&str>, item: Item) -> Self {
        let places = Places::of(source, site, &item);
        let title = item.title.as_deref().and_then(title::plain);
        let body = [item.html.as_deref(), item.summary.as_deref()];
        let body = body.into_iter().flatten().find(|body| !body.trim().is_empty()).unwrap_or_default();
        let clean = sanitise::clean(body, &places);
        let below = item.note.below.as_deref().map(|below| sanitise::clean(below, &places)).unwrap_or_default();
        let shown = item.note.unfolded.as_deref().map(|shown| sanitise::clean(shown, &places).text);
        Self { item, places, title, clean, below, shown }
    }

    fn claims<'a>(&'a self, front: Option<&'a str>) -> Claims<'a> {
        Claims {
            guid: self.item.id.as_deref(),
            also: &self.item.note.also,
            page: self.places.page.as_ref(),
            front,
            title: self.title.as_deref().unwrap_or_default(),
            text: &self.clean.text,
            published: self.item.published,
        }
    }

    fn finish(self, identity: Identity, source_title: &str, language: Option<String>, arrived: Moment) -> Post {
        let Self { item, places, title, clean, below, shown } = self;
        let untitled = title.is_none();
        let shown = shown.as_deref().unwrap_or(&clean.text);
        let title = title.unwrap_or_else(|| title::made(shown, places.page.as_ref(), source_title));
        let date = [item.published, item.updated].into_iter().flatten().find(|date| is_believable(*date, arrived));
        let html = clean.html.followed_by(&below.html);
        Post::proven(PostParts {
            content_hash: hash(&format!("{:x} {:x}", hash(&title), hash(html.as_str()))),
            canonical: places.page.as_ref().and_then(|page| address::canonical_from(page, None)),
            link: places.page.as_ref().map(|page| page.as_str().to_owned()),
            lead: plain::lead(shown),
            words: plain::count_words(&clean.text),
            language,
            author: author(&item.authors),
            boosted_by: item.note.boosted_by.as_deref().and_then(title::plain),
            portrait: item.note.portrait.as_deref().and_then(|portrait| places.web(portrait)).map(String::from),
            tags: tags_of(&item.tags),
            enclosures: enclosures(item.enclosures, &places),
            published: date.map_or(arrived, |date| date.min(arrived)),
            dated: date.is_some(),
            key: identity.key,
            identities: identity.hashes,
            title,
            untitled,
            html,
            links_out: links_out(&item.note.points_to, clean.links, below.links),
            text: clean.text,
            led: false,
            joins: item.note.also.iter().map(|id| identity_of(id)).collect(),
        })
    }
}

/// What it says that it points to comes first: quotes may stand on its own site, which no link of its words counts for.
fn links_out(points_to: &[String], own: Vec<String>, below: Vec<String>) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for link in points_to.iter().filter_map(|address| address::canonical(address)).chain(own).chain(below) {
        if links.len() < rewrite::MOST_LINKS && !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// The identity under which an item with that `id` is known again.
#[must_use]
pub fn identity_of(id: &str) -> i64 {
    identity::of_guid(id)
}

fn is_believable(date: Moment, arrived: Moment) -> bool {
    (FIRST_DATE..=arrived.plus(AHEAD)).contains(&date)
}

fn author(names: &[String]) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names.iter().filter_map(|name| title::plain(name)) {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    (!kept.is_empty()).then(|| plain::shortened(&kept.join(", "), LONGEST_AUTHOR))
}

fn tags_of(given: &[String]) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in given.iter().filter_map(|tag| title::plain(tag)) {
        let tag = plain::shortened(&tag.trim_start_matches('#').to_lowercase(), LONGEST_TAG);
        if tags.len() < MOST_TAGS && !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn enclosures(given: Vec<Enclosure>, places: &Places) -> Vec<Enclosure> {
    let mut files: Vec<Enclosure> = Vec::new();
    for file in given {
        let Some(url) = places.web(&file.url).map(String::from) else { continue };
        if files.len() < MOST_ENCLOSURES && files.iter().all(|kept| kept.url != url) {
            files.push(Enclosure { url, ..file });
        }
    }
    files
}

#[cfg(test)]
mod tests;
