//! Takes a world, gives the key to it: which story each post belongs to, and whether it is a nugget.
//! Never seen by the app: for tests and evaluation only.

use std::collections::BTreeMap;

use pepites_core::model::Moment;

use super::{
    World,
    feed::names,
    roster::{Role, Site},
    schedule::{Draft, Matter},
    trial::Ploy,
};

/// The truth about one post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The locator of its source, as the OPML has it.
    pub source: String,
    /// Its guid in the feed, where it has one.
    pub guid: Option<String>,
    /// Its absolute address; planets give that of the original.
    pub link: String,
    /// Posts with the same number tell the same story: a release and its relays in both languages, a post and the
    /// microblog posts that point to it. Numbers are of this world only.
    pub story: u32,
    /// When it was published.
    pub at: Moment,
    /// Worth having been found: long, and found nowhere else.
    pub nugget: bool,
}

/// What tells stories apart, the same in every world.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Story {
    Event { day: i64, rank: i64 },
    Post { site: usize, day: i64, slot: i64 },
}

/// The key of every post, source by source, newest first.
pub(crate) fn key(world: &World, port: u16) -> Vec<Key> {
    let mut numbers: BTreeMap<Story, u32> = BTreeMap::new();
    let mut keys = Vec::new();
    for site in &world.sites {
        let source = world.locator(site, port);
        for draft in world.shown(site.index) {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let story = *numbers.entry(story(draft)).or_insert(next);
            let nugget = is_nugget(site, draft);
            let (guid, link) = names(world, site, draft, port);
            keys.push(Key { source: source.clone(), guid, link, story, at: draft.at, nugget });
        }
    }
    keys
}

/// Whether a post is one.
pub(crate) fn is_nugget(site: &Site, draft: &Draft) -> bool {
    match draft.matter {
        Matter::Own { deep, .. } => deep && matches!(site.role, Role::Rare | Role::Forum),
        Matter::Note { deep } => deep,
        Matter::Release { .. } | Matter::Pointer { .. } | Matter::Ploy(_) => false,
    }
}

fn story(draft: &Draft) -> Story {
    match &draft.matter {
        Matter::Release { event, .. } => Story::Event { day: event.day, rank: event.rank },
        Matter::Pointer { to } | Matter::Ploy(Ploy::Echo(to, _)) => story(to),
        Matter::Own { .. } | Matter::Note { .. } | Matter::Ploy(_) => {
            Story::Post { site: draft.site, day: draft.day, slot: draft.slot }
        }
    }
}
