//! Looks in the library for the tellings that may tell the same as those that arrive.
//! Never looks at more for each than in any other library, and reads a telling once for all the batches of a grouping.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pepites_core::{
    model::StoryId,
    stories::{self, Sought, Telling},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{GROUPED, LINKS, TWO, links_of, telling, tie};
use crate::{Store, StoreError, error::Trouble};

/// The latest ones: a key that more posts have is believed by nobody. The limit is written behind it, as below.
const WITH_KEY: &str = "
    SELECT post FROM story_keys WHERE key = ?1 AND at >= ?2 ORDER BY at DESC, post DESC LIMIT ";

/// A limit is written into a statement that runs for each word: SQLite compiles one anew whose limit is bound.
const WITH_WORD: &str = "
    SELECT post FROM story_words WHERE word = ?1 AND at BETWEEN ?2 AND ?3 ORDER BY at DESC, post DESC LIMIT ";

/// The first and the latest, as on a shelf in memory.
const WITHIN_STORY: &str = "
    SELECT id FROM (SELECT id FROM posts WHERE story = ?1 AND published >= ?2 ORDER BY published, key LIMIT 1)
    UNION
    SELECT id FROM (SELECT id FROM posts WHERE story = ?1 AND published >= ?2
                    ORDER BY published DESC, key DESC LIMIT ";

/// The story that a post is in by now, and its key: where another library was put in place, the post is another one. An
/// edited post is read again, and one of which links were followed to their pages: what was read of it may be of before.
const STANDS: &str = "
    SELECT story, key FROM posts
    WHERE id = ?1 AND story IS NOT NULL AND edited IS NULL AND NOT EXISTS (SELECT 1 FROM unrelated WHERE post = ?1)";

/// What a batch of a grouping had read, for the next one: where many post at a time, most of what one batch looks at the
/// next looks at too.
#[derive(Debug, Default)]
pub struct Recalled {
    /// By post.
    known: BTreeMap<i64, Telling>,
    /// Those that were new to it: of their links the rare ones alone were read.
    new: BTreeMap<i64, Telling>,
}

impl Recalled {
    /// `known`: as [`Store::tellings_with`] gave them; `new`: as [`Store::ungrouped`] did.
    #[must_use]
    pub fn of(known: Vec<Telling>, new: Vec<Telling>) -> Self {
        let by_post = |tellings: Vec<Telling>| tellings.into_iter().map(|telling| (telling.post.0, telling)).collect();
        Self { known: by_post(known), new: by_post(new) }
    }

    /// The telling as it is now; None when it must be read.
    fn take(&mut self, library: &Connection, post: i64) -> Result<Option<Telling>, Trouble> {
        let (of, is_new) = match (self.known.remove(&post), self.new.remove(&post)) {
            (Some(telling), _) => (telling, false),
            // An archive's words say nothing while it arrives, and are there once it was grouped.
            (None, Some(telling)) if telling.gist != stories::Gist::default() => (telling, true),
            _ => return Ok(None),
        };
        let stands = |row: &Row<'_>| Ok((StoryId(row.get(0)?), tie(row.get_ref(1)?.as_str().unwrap_or_default())));
        let now = library.prepare_cached(STANDS)?.query_row([post], stands).optional()?;
        let Some((story, _)) = now.filter(|(_, tie)| *tie == of.tie) else { return Ok(None) };
        let links = if is_new { links_of(library, post, LINKS)? } else { of.links };
        Ok(Some(Telling { story: Some(story), links, ..of }))
    }
}

impl Store {
    /// Tellings already grouped that share one of the keys, a name or two of the words that are `sought`, with the others of
    /// their stories; by post. However large the library, so many are looked at and no more. `recalled`: of the batch before.
    pub fn tellings_with(&self, sought: &Sought, mut recalled: Recalled) -> Result<Vec<Telling>, StoreError> {
        self.read(|library| {
            let with_key = format!("{WITH_KEY}{}", stories::MOST_WITH_KEY);
            let with_word = format!("{WITH_WORD}{}", stories::MOST_WITH_WORD);
            let within_story = format!("{WITHIN_STORY}{})", stories::MOST_OF_STORY - 1);
            let since = sought.since.0;
            let mut posts = BTreeSet::new();
            for key in &sought.keys {
                posts.extend(ids(library, &with_key, params![key.0, since])?);
            }
            // Numbered as they are met: few of them are read.
            let (mut numbers, mut numbered) = (HashMap::new(), Vec::new());
            let mut number_of = |post: i64| {
                *numbers.entry(post).or_insert_with(|| {
                    numbered.push(post);
                    u32::try_from(numbered.len() - 1).unwrap_or(u32::MAX)
                })
            };
            let mut found = Vec::with_capacity(sought.words.len());
            for (word, from, to) in &sought.words {
                let with = ids(library, &with_word, params![word, from.0, to.0])?;
                found.push(with.into_iter().map(&mut number_of).collect::<Vec<u32>>());
            }
            let met = sought.met(&found, numbered.len()).into_iter();
            posts.extend(met.filter_map(|number| numbered.get(number as usize).copied()));
            let mut met: BTreeMap<i64, Telling> = BTreeMap::new();
            let mut seen = BTreeSet::new();
            let mut grouped = library.prepare_cached(GROUPED)?;
            let mut keep = |post: i64, met: &mut BTreeMap<i64, Telling>| -> Result<(), Trouble> {
                if let Some(told) = recalled.take(library, post)? {
                    met.insert(post, told);
                    return Ok(());
                }
                let mut rows = grouped.query([post])?;
                if let Some(row) = rows.next()? {
                    met.insert(post, telling(library, row, LINKS)?);
                }
                Ok(())
            };
            for post in posts {
                keep(post, &mut met)?;
            }
            let stories: Vec<StoryId> = met.values().filter_map(|telling| telling.story).collect();
            for story in stories.into_iter().filter(|story| seen.insert(*story)) {
                // One of its tellings is met already.
                if !library.prepare_cached(TWO)?.exists([story.0])? {
                    continue;
                }
                for post in ids(library, &within_story, params![story.0, since])? {
                    if !met.contains_key(&post) {
                        keep(post, &mut met)?;
                    }
                }
            }
            Ok(met.into_values().collect())
        })
    }
}

fn ids(library: &Connection, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<i64>, Trouble> {
    let mut statement = library.prepare_cached(sql)?;
    Ok(statement.query_map(parameters, |row| row.get(0))?.collect::<Result<_, _>>()?)
}
