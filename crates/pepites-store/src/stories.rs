//! Story membership.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{Moment, PostId, SourceId, StoryId},
    stories::{Home, StoryKey, Telling},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{Store, StoreError, error::Trouble, store::Durability};

#[cfg(test)]
mod tests;

/// One telling of a story, as a list shows it.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TellingLine {
    pub story: StoryId,
    pub post: PostId,
    pub source: SourceId,
    pub source_title: String,
    pub kind: String,
    pub title: String,
    pub untitled: bool,
    pub link: Option<String>,
    pub author: Option<String>,
    pub boosted_by: Option<String>,
    pub lead: String,
    pub words: u32,
    pub published: Moment,
    pub enclosures: u32,
}
const UNGROUPED: &str = "
    SELECT id, source, published, story FROM posts
    WHERE story IS NULL ORDER BY published, id LIMIT ?1";

const WITH_KEY: &str = "
    SELECT post FROM story_keys WHERE key = ?1 AND at >= ?2";

const GROUPED: &str = "
    SELECT id, source, published, story FROM posts WHERE id = ?1 AND story IS NOT NULL";

const OF_STORY: &str = "
    SELECT posts.id, posts.story, posts.source, coalesce(sources.name, sources.title, sources.locator) AS source_title,
           sources.kind, posts.title, posts.untitled, posts.link, posts.author, posts.boosted_by, posts.lead, posts.words,
           posts.published, json_array_length(posts.enclosures) AS enclosures
    FROM posts JOIN sources ON sources.id = posts.source
    WHERE posts.story = ?1 AND sources.unfollowed IS NULL
    ORDER BY posts.published, posts.id";

impl Store {
    /// Posts that belong to no story yet, in order of publication, at most `limit`.
    pub fn ungrouped(&self, limit: u32) -> Result<Vec<Telling>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(UNGROUPED)?;
            let mut rows = statement.query([limit])?;
            let mut tellings = Vec::new();
            while let Some(row) = rows.next()? {
                tellings.push(telling(library, row)?);
            }
            Ok(tellings)
        })
    }

    /// Tellings already grouped that share one of these keys, published since `since`; by post.
    pub fn tellings_with(&self, keys: &[StoryKey], since: Moment) -> Result<Vec<Telling>, StoreError> {
        self.read(|library| {
            let keys: BTreeSet<StoryKey> = keys.iter().copied().collect();
            let mut posts = BTreeSet::new();
            let mut with_key = library.prepare_cached(WITH_KEY)?;
            for key in keys {
                let mut rows = with_key.query([key.0, since.0])?;
                while let Some(row) = rows.next()? {
                    posts.insert(row.get::<_, i64>(0)?);
                }
            }
            let mut grouped = library.prepare_cached(GROUPED)?;
            let mut tellings = Vec::with_capacity(posts.len());
            for post in posts {
                let mut rows = grouped.query([post])?;
                if let Some(row) = rows.next()? {
                    tellings.push(telling(library, row)?);
                }
            }
            Ok(tellings)
        })
    }

    /// Keeps where each post belongs. A post that has a story stays in it, and those that belong with it come there,
    /// so that two processes that group the same posts at once make one story of them. Where a story was dropped with
    /// its last post in the meantime, another is opened in its place.
    pub fn settle(&self, homes: &[(PostId, Home)]) -> Result<(), StoreError> {
        let homes = homes.to_vec();
        self.write(Durability::Process, move |library| {
            let mut opened = settled(library, &homes)?;
            let mut instead = BTreeMap::new();
            for (post, home) in homes {
                if !matches!(story_of(library, post)?, Some(None)) {
                    continue; // settled already, or dropped
                }
                let story = match home {
                    Home::Known(story) if exists(library, story)? => story,
                    Home::Known(story) => open_once(library, &mut instead, story, post)?,
                    Home::OpenedBy(opener) => open_once(library, &mut opened, opener, opener)?,
                };
                library
                    .prepare_cached("UPDATE posts SET story = ?2 WHERE id = ?1")?
                    .execute(params![post.0, story.0])?;
            }
            Ok(())
        })
    }

    /// Every telling of these stories by followed sources, by story (in the order given), then oldest first.
    pub fn tellings_of(&self, stories: &[StoryId]) -> Result<Vec<TellingLine>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(OF_STORY)?;
            let mut lines = Vec::new();
            for story in stories {
                let rows = statement.query_map([story.0], line)?;
                for line in rows {
                    lines.push(line?);
                }
            }
            Ok(lines)
        })
    }
}

fn telling(library: &Connection, row: &Row<'_>) -> Result<Telling, Trouble> {
    let post: i64 = row.get(0)?;
    let mut statement = library.prepare_cached("SELECT key FROM story_keys WHERE post = ?1 ORDER BY key")?;
    let keys = statement.query_map([post], |row| row.get(0).map(StoryKey))?.collect::<Result<_, _>>()?;
    let story: Option<i64> = row.get(3)?;
    Ok(Telling {
        post: PostId(post),
        source: SourceId(row.get(1)?),
        at: Moment(row.get(2)?),
        keys,
        story: story.map(StoryId),
    })
}

/// None: no such post; Some(None): in no story yet.
fn story_of(library: &Connection, post: PostId) -> Result<Option<Option<StoryId>>, Trouble> {
    let story = library
        .prepare_cached("SELECT story FROM posts WHERE id = ?1")?
        .query_row([post.0], |row| row.get::<_, Option<i64>>(0))
        .optional()?;
    Ok(story.map(|story| story.map(StoryId)))
}

/// The stories that openers, or else posts that came with them, have got already.
fn settled(library: &Connection, homes: &[(PostId, Home)]) -> Result<BTreeMap<PostId, StoryId>, Trouble> {
    let mut by_opener = BTreeMap::new();
    let mut by_company = BTreeMap::new();
    for (post, home) in homes {
        let Home::OpenedBy(opener) = home else { continue };
        if !by_opener.contains_key(opener)
            && let Some(story) = story_of(library, *opener)?.flatten()
        {
            by_opener.insert(*opener, story);
        }
        if !by_company.contains_key(opener)
            && let Some(story) = story_of(library, *post)?.flatten()
        {
            by_company.insert(*opener, story);
        }
    }
    by_company.extend(by_opener);
    Ok(by_company)
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

fn line(row: &Row<'_>) -> rusqlite::Result<TellingLine> {
    Ok(TellingLine {
        story: StoryId(row.get("story")?),
        post: PostId(row.get("id")?),
        source: SourceId(row.get("source")?),
        source_title: row.get("source_title")?,
        kind: row.get("kind")?,
        title: row.get("title")?,
        untitled: row.get("untitled")?,
        link: row.get("link")?,
        author: row.get("author")?,
        boosted_by: row.get("boosted_by")?,
        lead: row.get("lead")?,
        words: row.get("words")?,
        published: Moment(row.get("published")?),
        enclosures: row.get("enclosures")?,
    })
}
