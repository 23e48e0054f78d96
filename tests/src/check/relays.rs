//! Takes a farm of feeds whose truth is known and a library that was refreshed from it, gives how well relays are folded.
//! Reads both, changes neither.

use std::{collections::BTreeMap, io::Write, path::Path, time::Duration};

use anyhow::{Context, Result, ensure};
use pepites_core::{
    model::{Batch, Item, Moment, Source},
    normalise::normalise,
};
use pepites_store::Store;
use rusqlite::{Connection, OpenFlags};

use super::{agreement::Agreement, floors::Floors};

/// Compares the stories of the library with `truth.tsv` of the farm (feed, guid, story; a post that is not in it
/// relays nothing); writes figures to `out`.
///
/// # Errors
/// When either cannot be read, they have no post in common, or a figure is below its floor.
pub fn check(farm: &Path, library: &Path, out: &mut dyn Write) -> Result<()> {
    let truth = std::fs::read_to_string(farm.join("truth.tsv")).context("the farm has no truth.tsv")?;
    let mut relays: BTreeMap<usize, Vec<(&str, &str)>> = BTreeMap::new();
    for line in truth.lines() {
        let mut columns = line.split('\t');
        let (Some(feed), Some(guid), Some(story)) = (columns.next(), columns.next(), columns.next()) else { continue };
        relays.entry(feed.parse()?).or_default().push((guid, story));
    }
    let mut story_of: BTreeMap<String, &str> = BTreeMap::new();
    for source in Store::open(library, Duration::from_secs(5))?.sources()? {
        let of_feed = feed_number(&source).and_then(|feed| relays.get(&feed));
        for (guid, story) in of_feed.into_iter().flatten() {
            story_of.extend(key(&source, guid).map(|key| (key, *story)));
        }
    }
    let database = Connection::open_with_flags(library.join("library.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut posts = database.prepare("SELECT key, story FROM posts WHERE story IS NOT NULL ORDER BY id")?;
    let rows = posts.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    let (mut found, mut true_stories, mut matched) = (Vec::new(), Vec::new(), 0_u32);
    for row in rows {
        let (key, story) = row?;
        let relay = story_of.get(&key).copied();
        matched += u32::from(relay.is_some());
        found.push(story);
        true_stories.push(relay.map_or(key, str::to_owned));
    }
    ensure!(matched > 0, "no post of the library is a relay of this farm");
    let agreement = Agreement::of(&found, &true_stories);
    writeln!(out, "{} posts, {matched} of them relays", found.len())?;
    writeln!(out, "{}\n{agreement}", Agreement::HEAD)?;
    let (precision, recall) = agreement.by_pairs();
    let mut floors = Floors::read()?;
    floors.at_least("check.relays.precision", precision, out)?;
    floors.at_least("check.relays.recall", recall, out)?;
    floors.hold()
}

/// A farm gives each feed an address of its own: 127.10.a.b.
fn feed_number(source: &Source) -> Option<usize> {
    let host = source.address.locator.split("//").nth(1)?.split([':', '/']).next()?;
    let numbers: Vec<usize> = host.split('.').filter_map(|part| part.parse().ok()).collect();
    let &[127, block, a, b] = numbers.as_slice() else { return None };
    Some(block.checked_sub(10)? * 60_000 + a.checked_sub(1)? * 250 + b.checked_sub(1)?)
}

/// The key that the app gives a post of this guid.
fn key(source: &Source, guid: &str) -> Option<String> {
    let item = Item { id: Some(guid.to_owned()), title: Some(guid.to_owned()), ..Item::default() };
    let batch = Batch { items: vec![item], ..Batch::default() };
    normalise(source, batch, Moment(0)).first().map(|post| post.key.0.clone())
}
