//! Story membership.

use pepites_core::{
    model::{Moment, PostId, SourceId, StoryId},
    stories::{Frequencies, Gist, Home, StoryKey, Telling},
};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::{Store, StoreError, error::Trouble};

mod met;
mod settling;
#[cfg(test)]
mod tests;
mod words;

pub use met::Recalled;
use settling::Settling;
use words::ALL;
pub use words::Words;
pub(crate) use words::keep_found_by;

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
    pub arrived: Moment,
    pub language: Option<String>,
    /// The telling whose text it has again.
    pub copy_of: Option<PostId>,
    /// It tells what another told before it.
    pub relay: bool,
}
/// What an archive brings without a date may be of any year: its words say nothing of today, its page and title do.
const UNGROUPED: &str = "
    SELECT id, source, published, story, iif(dated OR NOT backlog, gist, NULL), key
    FROM posts LEFT JOIN gists ON gists.post = posts.id
    WHERE story IS NULL ORDER BY published, key LIMIT ?1";

/// `edited`: 0 it was never compared, 1 it was before an edit, 2 it was never, and was edited since it waits. Left to
/// itself, SQLite looks through every post of a story for the few that are noted.
const UNRELATED: &str = "
    SELECT id, source, published, story, gist, key, unrelated.edited
    FROM unrelated CROSS JOIN posts ON posts.id = unrelated.post LEFT JOIN gists ON gists.post = posts.id
    WHERE story IS NOT NULL ORDER BY unrelated.edited, published, key LIMIT ?1";

pub(crate) const GROUPED: &str = "
    SELECT id, source, published, story, gist, key FROM posts LEFT JOIN gists ON gists.post = posts.id
    WHERE id = ?1 AND story IS NOT NULL";

pub(crate) const LINKS: &str = "
    SELECT link FROM post_links WHERE post = ?1";

/// The same without those that more than a dozen posts have (a shop, a licence, a page of donations), and none of a post
/// that has more than six: a list of links is about none of them. One side of a pair without them is enough.
pub(crate) const RARE_LINKS: &str = "
    SELECT link FROM post_links AS mine
    WHERE post = ?1 AND (SELECT count(*) FROM post_links WHERE post = ?1) <= 6
      AND (SELECT count(*) FROM (SELECT 1 FROM post_links WHERE link = mine.link LIMIT 13)) <= 12";

/// Most stories have one telling: this says so at a tenth of the cost of asking for all.
pub(crate) const TWO: &str = "
    SELECT id FROM posts WHERE story = ?1 LIMIT 1 OFFSET 1";

const OF_STORY: &str = "
    SELECT posts.id, posts.story, posts.source, coalesce(sources.name, sources.title, sources.locator) AS source_title,
           sources.kind, posts.title, posts.untitled, posts.link, posts.author, posts.boosted_by, posts.lead, posts.words,
           posts.published, posts.arrived, posts.language, posts.copy_of,
           EXISTS (SELECT 1 FROM relays WHERE relays.post = posts.id) AS relay, json_array_length(posts.enclosures) AS enclosures
    FROM posts JOIN sources ON sources.id = posts.source
    WHERE posts.story = ?1 AND sources.unfollowed IS NULL
    ORDER BY posts.published, posts.key";

impl Store {
    /// Posts that belong to no story yet, in order of publication, at most `limit`.
    pub fn ungrouped(&self, limit: u32) -> Result<Vec<Telling>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(UNGROUPED)?;
            let mut rows = statement.query([limit])?;
            let mut tellings = Vec::new();
            while let Some(row) = rows.next()? {
                tellings.push(telling(library, row, RARE_LINKS)?);
            }
            Ok(tellings)
        })
    }

    /// A grouped post as grouping sees it; None when there is none.
    pub fn telling(&self, post: PostId) -> Result<Option<Telling>, StoreError> {
        self.read(|library| {
            let mut grouped = library.prepare_cached(GROUPED)?;
            let mut rows = grouped.query([post.0])?;
            rows.next()?.map(|row| telling(library, row, RARE_LINKS)).transpose()
        })
    }

    /// How common each of these words is.
    pub fn frequencies(&self, words: impl IntoIterator<Item = u32>) -> Result<Frequencies, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached("SELECT stories FROM word_counts WHERE word = ?1")?;
            let mut count = |word: i64| -> Result<u32, Trouble> {
                Ok(statement.query_row([word], |row| row.get(0)).optional()?.unwrap_or(0))
            };
            let all = count(ALL)?;
            let mut words: Vec<u32> = words.into_iter().collect();
            words.sort_unstable();
            words.dedup();
            let counts = words.into_iter().map(|word| Ok((word, count(i64::from(word))?)));
            Ok(Frequencies::new(all, counts.collect::<Result<Vec<_>, Trouble>>()?))
        })
    }

    /// Keeps where each post belongs, and `words`, in one transaction where the reader does nothing meanwhile, and in
    /// several where they wait. A post that has a story stays in it, and those that belong with it come there, so that two processes that
    /// group the same posts at once make one story of them. Where a story was dropped with its last post in the meantime,
    /// another is opened in its place. What gets a story waits to be compared with the others of it: see [`Store::unrelated`].
    pub fn settle(&self, homes: &[(PostId, Home)], words: Words) -> Result<(), StoreError> {
        self.write_in_turns(Settling::of(homes, words), settling::settle)
    }

    /// Posts that have a story and were not compared with the others of it, at most `limit`: those of a grouping that was
    /// stopped, and those that were edited since.
    pub fn unrelated(&self, limit: u32) -> Result<(Vec<Telling>, Vec<Telling>), StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(UNRELATED)?;
            let mut rows = statement.query([limit])?;
            let (mut new, mut edited) = (Vec::new(), Vec::new());
            while let Some(row) = rows.next()? {
                let list = if row.get::<_, i64>(6)? == 1 { &mut edited } else { &mut new };
                list.push(telling(library, row, RARE_LINKS)?);
            }
            Ok((new, edited))
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

/// See [`Telling::tie`]: a key is written in hexadecimal digits, of which a number holds sixteen.
pub(crate) fn tie(key: &str) -> u64 {
    key.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
}

fn links_of(library: &Connection, post: i64, links: &str) -> Result<Vec<StoryKey>, Trouble> {
    let mut statement = library.prepare_cached(links)?;
    Ok(statement.query_map([post], |row| row.get(0).map(StoryKey::of_link))?.collect::<Result<_, _>>()?)
}

/// A telling, with the links that `links` finds of it.
pub(crate) fn telling(library: &Connection, row: &Row<'_>, links: &str) -> Result<Telling, Trouble> {
    let post: i64 = row.get(0)?;
    let links = links_of(library, post, links)?;
    let mut statement = library.prepare_cached("SELECT key FROM story_keys WHERE post = ?1 ORDER BY key")?;
    let keys = statement.query_map([post], |row| row.get(0).map(StoryKey))?.collect::<Result<_, _>>()?;
    let story: Option<i64> = row.get(3)?;
    let gist: Option<Vec<u8>> = row.get(4)?;
    Ok(Telling {
        post: PostId(post),
        tie: tie(row.get_ref(5)?.as_str().unwrap_or_default()),
        source: SourceId(row.get(1)?),
        at: Moment(row.get(2)?),
        keys,
        links,
        // Posts of before gists were kept have none.
        gist: gist.as_deref().map(Gist::from_bytes).unwrap_or_default(),
        story: story.map(StoryId),
    })
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
        arrived: Moment(row.get("arrived")?),
        language: row.get("language")?,
        copy_of: row.get::<_, Option<i64>>("copy_of")?.map(PostId),
        relay: row.get("relay")?,
    })
}
