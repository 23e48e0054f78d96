//! Takes where posts belong, puts each there. What a grouping has settled before the reader waits is kept, and the rest after
//! what they did: a post comes into its story and gets the words by which it is found in one transaction. How common words are is
//! learnt with the last: who is stopped in between has not learnt it, and nothing twice.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{PostId, StoryId},
    stories::Home,
};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::words::{Words, drop_past, keep_found_by, learn};
use crate::{error::Trouble, store::Queue};

/// Posts that are settled between two looks whether the reader waits: fewer look for the same pages again and again.
const SOME: usize = 256;

/// What of a grouping is still to be kept.
pub(super) struct Settling {
    homes: Vec<(PostId, Home)>,
    words: Words,
    is_first: bool,
    /// Posts that were there at first, and those of them that had no story when their turn came.
    all: usize,
    open: usize,
    /// The stories that openers have got.
    opened: BTreeMap<PostId, StoryId>,
    /// What was opened in the place of stories that were dropped.
    instead: BTreeMap<StoryId, StoryId>,
}

impl Settling {
    pub(super) fn of(homes: &[(PostId, Home)], words: Words) -> Self {
        Self {
            homes: homes.to_vec(),
            words,
            is_first: true,
            all: homes.len(),
            open: 0,
            opened: BTreeMap::new(),
            instead: BTreeMap::new(),
        }
    }
}

/// Keeps all of it (None), or gives what is left when the reader waits.
pub(super) fn settle(
    library: &Transaction<'_>,
    mut left: Settling,
    queue: &Queue,
) -> Result<Option<Settling>, Trouble> {
    if left.is_first {
        drop_past(library, &left.words)?;
        left.is_first = false;
    }
    let stories = stories_of(library, &left.homes)?;
    // What the reader did meanwhile may have dropped some of them, or brought what was settled to another.
    let mut instead = still_there(library, left.instead)?;
    let mut opened = still_there(library, left.opened)?;
    opened.extend(settled(&left.homes, &stories));
    while !left.homes.is_empty() {
        let rest = left.homes.split_off(left.homes.len().min(SOME));
        let some = std::mem::replace(&mut left.homes, rest);
        let posts: BTreeSet<PostId> = some.iter().map(|(post, _)| *post).collect();
        let (of_some, others) = left.words.found_by.into_iter().partition(|(_, _, post)| posts.contains(post));
        left.words.found_by = others;
        keep_found_by(library, of_some)?;
        for (post, home) in some {
            if stories.get(&post) != Some(&None) {
                continue; // settled already, perhaps by another process, or dropped
            }
            left.open += 1;
            let story = match home {
                Home::Known(story) if exists(library, story)? => story,
                Home::Known(story) => open_once(library, &mut instead, story, post)?,
                Home::OpenedBy(opener) => open_once(library, &mut opened, opener, opener)?,
            };
            library.prepare_cached("UPDATE posts SET story = ?2 WHERE id = ?1")?.execute(params![post.0, story.0])?;
            library
                .prepare_cached("INSERT OR REPLACE INTO unrelated (post, edited) VALUES (?1, 0)")?
                .execute([post.0])?;
        }
        if queue.is_waited_for() && !left.homes.is_empty() {
            return Ok(Some(Settling { opened, instead, ..left }));
        }
    }
    keep_found_by(library, left.words.found_by)?;
    learn(library, &left.words.learnt, (left.open, left.all))?;
    Ok(None)
}

fn still_there<K: Ord>(library: &Connection, stories: BTreeMap<K, StoryId>) -> Result<BTreeMap<K, StoryId>, Trouble> {
    let there = stories.into_iter().map(|(key, story)| Ok(exists(library, story)?.then_some((key, story))));
    there.filter_map(Result::transpose).collect()
}

/// The story of each of these posts and their openers; none that was dropped, and None for one that is in no story yet.
fn stories_of(library: &Connection, homes: &[(PostId, Home)]) -> Result<BTreeMap<PostId, Option<StoryId>>, Trouble> {
    let mut stories = BTreeMap::new();
    let mut statement = library.prepare_cached("SELECT story FROM posts WHERE id = ?1")?;
    for (post, home) in homes {
        let opener = if let Home::OpenedBy(opener) = home { *opener } else { *post };
        for post in [*post, opener] {
            if stories.contains_key(&post) {
                continue;
            }
            let story = statement.query_row([post.0], |row| row.get::<_, Option<i64>>(0)).optional()?;
            stories.extend(story.map(|story| (post, story.map(StoryId))));
        }
    }
    Ok(stories)
}

/// The stories that openers, or else posts that came with them, have got already.
fn settled(homes: &[(PostId, Home)], stories: &BTreeMap<PostId, Option<StoryId>>) -> BTreeMap<PostId, StoryId> {
    let story_of = |post: &PostId| stories.get(post).copied().flatten();
    let mut by_opener = BTreeMap::new();
    let mut by_company = BTreeMap::new();
    for (post, home) in homes {
        let Home::OpenedBy(opener) = home else { continue };
        by_opener.extend(story_of(opener).map(|story| (*opener, story)));
        if !by_company.contains_key(opener) {
            by_company.extend(story_of(post).map(|story| (*opener, story)));
        }
    }
    by_company.extend(by_opener);
    by_company
}

fn exists(library: &Connection, story: StoryId) -> Result<bool, Trouble> {
    Ok(library.prepare_cached("SELECT 1 FROM stories WHERE id = ?1")?.exists([story.0])?)
}

/// The story for `key`: the one that there is, else one that `opener` opens now.
fn open_once<K: Ord>(
    library: &Connection,
    stories: &mut BTreeMap<K, StoryId>,
    key: K,
    opener: PostId,
) -> Result<StoryId, Trouble> {
    match stories.get(&key) {
        Some(story) => Ok(*story),
        None => {
            let story = open(library, opener)?;
            stories.insert(key, story);
            Ok(story)
        }
    }
}

fn open(library: &Connection, opener: PostId) -> Result<StoryId, Trouble> {
    library.prepare_cached("INSERT INTO stories (opened) VALUES (?1)")?.execute([opener.0])?;
    Ok(StoryId(library.last_insert_rowid()))
}
