//! Takes a world and a number, gives that many posts as batches, by going back in time: a library of any size without
//! a feed being written or read.
//! Never holds more than thirty days at once.

use pepites_core::model::{Batch, Item, Moment};

use super::{
    DAYS, World,
    feed::{entry, root},
    schedule::{self, Draft},
};

/// Batches of a bulk, oldest thirty days first.
#[derive(Debug)]
pub struct Bulk<'a> {
    world: &'a World,
    port: u16,
    /// The first day of the next span.
    next: i64,
    /// How many posts of the oldest span are too many.
    surplus: usize,
    /// What the current span still has to give: a source and its drafts.
    ready: std::vec::IntoIter<(usize, Vec<Draft>)>,
}

/// Exactly `count` posts that end with the world's last day.
pub(crate) fn bulk(world: &World, count: usize, port: u16) -> Bulk<'_> {
    let (mut posts, mut next) = (0, world.last + 1);
    while posts < count {
        next -= DAYS;
        posts += span(world, next).len();
    }
    Bulk { world, port, next, surplus: posts - count, ready: Vec::new().into_iter() }
}

impl Iterator for Bulk<'_> {
    type Item = (usize, Batch);

    /// The index of a source (as in [`World::locators`]) and its posts of thirty days, oldest first.
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((index, drafts)) = self.ready.next() {
                return Some((index, batch(self.world, index, &drafts, self.port)));
            }
            if self.next > self.world.last {
                return None;
            }
            let mut drafts = span(self.world, self.next).split_off(std::mem::take(&mut self.surplus));
            drafts.sort_by_key(|draft| (draft.site, draft.at, draft.slot));
            let mut sources: Vec<(usize, Vec<Draft>)> = Vec::new();
            for draft in drafts {
                match sources.last_mut() {
                    Some((site, list)) if *site == draft.site => list.push(draft),
                    _ => sources.push((draft.site, vec![draft])),
                }
            }
            self.ready = sources.into_iter();
            self.next += DAYS;
        }
    }
}

/// What a source published in the world after `since` and up to `until`, oldest first, without a feed being read.
pub(crate) fn published(world: &World, index: usize, since: Moment, until: Moment, port: u16) -> Batch {
    let mut drafts: Vec<Draft> =
        world.shown(index).filter(|draft| draft.at > since && draft.at <= until).cloned().collect();
    drafts.reverse();
    batch(world, index, &drafts, port)
}

fn batch(world: &World, index: usize, drafts: &[Draft], port: u16) -> Batch {
    let Some(site) = world.site(index) else { return Batch::default() };
    let items = drafts.iter().map(|draft| {
        let entry = entry(world, site, draft, port);
        Item {
            id: entry.id,
            link: Some(entry.link),
            title: entry.text.title,
            html: Some(entry.html),
            authors: vec![entry.author.to_owned()],
            published: Some(draft.at),
            tags: entry.text.tags.into_iter().map(str::to_owned).collect(),
            ..Item::default()
        }
    });
    Batch {
        title: Some(site.title.to_owned()),
        site: Some(format!("{}/", root(site, port))),
        language: Some(site.language.code().to_owned()),
        items: items.collect(),
        ..Batch::default()
    }
}

fn span(world: &World, first: i64) -> Vec<Draft> {
    (first..first + DAYS).flat_map(|day| schedule::day(world.seed, &world.sites, day, world.volume)).collect()
}
