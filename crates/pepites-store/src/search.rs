//! Full-text search, and filters by what is known of posts.

use std::collections::BTreeSet;

use pepites_core::{
    model::{Moment, PostId, SourceId, StoryId},
    search::{Search, Sort, Term, Want},
};
use rusqlite::{Connection, OptionalExtension, params, params_from_iter, types::Value};

use crate::{Marks, Store, StoreError, bodies, error::Trouble, marks::marks_in};

mod sieve;
mod snippet;
#[cfg(test)]
mod tests;

use sieve::Sieve;
pub(crate) use snippet::{plain, unfolded};

/// A post that matches.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Hit {
    pub post: PostId,
    pub source: SourceId,
    pub source_title: String,
    pub title: String,
    pub link: Option<String>,
    pub published: Moment,
    pub marks: Marks,
    /// The title, its matches between U+E000 and U+E001.
    pub marked: String,
    /// Words around the match; matches stand between U+E000 and U+E001.
    pub snippet: String,
}

/// Of so many matches, those that came last, the best or the newest come first; of those that came first, the oldest: to
/// look at every match of a word that is everywhere takes seconds in a library of a million posts, and nobody turns so
/// many pages.
const RANKED: u32 = 20_000;

const MATCHES: &str = "
    SELECT rowid, {RANK} FROM post_words
    WHERE post_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2";

/// Of sources that are no longer followed, only what was starred is found.
const HIT: &str = "
    SELECT posts.source, coalesce(sources.name, sources.title, sources.locator) AS source_title, posts.title,
           posts.link, posts.published, marks.read, marks.starred, marks.skipped, marks.relay, marks.put_off,
           marks.starred_how
    FROM posts
    JOIN sources ON sources.id = posts.source
    LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.id = ?1 AND (sources.unfollowed IS NULL OR marks.starred IS NOT NULL)";

/// The same of posts that pass the conditions of a sieve, which stand where `{CONDITIONS}` does.
const MATCHES_AMONG: &str = "
    SELECT post_words.rowid, {RANK}
    FROM post_words
    CROSS JOIN posts ON posts.id = post_words.rowid
    CROSS JOIN sources ON sources.id = posts.source
    LEFT JOIN marks ON marks.post = posts.id
    WHERE post_words MATCH ? AND {CONDITIONS}
      AND (sources.unfollowed IS NULL OR marks.starred IS NOT NULL)
    ORDER BY post_words.rowid {WAY} LIMIT ?";

/// Where no word is looked for: the newest that pass, or the oldest.
const AMONG: &str = "
    SELECT posts.id, {RANK}
    FROM posts
    CROSS JOIN sources ON sources.id = posts.source
    LEFT JOIN marks ON marks.post = posts.id
    WHERE {CONDITIONS}
      AND (sources.unfollowed IS NULL OR marks.starred IS NOT NULL)
    ORDER BY posts.published {WAY}, posts.id {WAY} LIMIT ?";

/// Of as many matches as are ranked, those that are shown.
const HITS: &str = "
    SELECT count(*)
    FROM (SELECT rowid AS post FROM post_words WHERE post_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2) AS matches
    CROSS JOIN posts ON posts.id = matches.post
    CROSS JOIN sources ON sources.id = posts.source
    LEFT JOIN marks ON marks.post = posts.id
    WHERE sources.unfollowed IS NULL OR marks.starred IS NOT NULL";

/// A word of the title says eight times what one of the body says; author and tags, four times. Weights go by the order of
/// columns.
const RANK: &str = "bm25(post_words, 1.0, 8.0, 4.0, 4.0)";
/// The same in a library whose first posts came before the text was the first column.
const RANK_TITLE_FIRST: &str = "bm25(post_words, 8.0, 1.0, 4.0, 4.0)";
const FIRST_COLUMN: &str = "
    SELECT name FROM pragma_table_info('post_words') WHERE cid = 0";
const PUBLISHED: &str = "posts.published";

const STORY: &str = "
    SELECT story FROM posts WHERE id = ?1";

impl Store {
    /// How many posts [`Store::find`] has for this search.
    pub fn hits(&self, search: &Search) -> Result<u32, StoreError> {
        let Some(sieve) = self.sieve(search)? else { return Ok(0) };
        self.read(|library| {
            if let (Some(words), true) = (&sieve.words, sieve.conditions.is_empty()) {
                return Ok(library.prepare_cached(HITS)?.query_row(params![words, RANKED], |row| row.get(0))?);
            }
            let (sql, values) = asked(&sieve, RANKED, "0.0", "DESC");
            let counted = format!("SELECT count(*) FROM ({sql})");
            Ok(library.prepare_cached(&counted)?.query_row(params_from_iter(values), |row| row.get(0))?)
        })
    }

    /// Posts that a search asks for, in that order.
    /// Of sources that are no longer followed, only starred posts are found.
    pub fn find(&self, search: &Search, sort: Sort, limit: u32, offset: u32) -> Result<Vec<Hit>, StoreError> {
        let Some(sieve) = self.sieve(search)? else { return Ok(Vec::new()) };
        let terms: Vec<&Term> = search.terms().collect();
        // Without words, what is newest, or oldest, is known without looking at all.
        let most = if sieve.words.is_some() { RANKED } else { limit.saturating_add(offset).min(RANKED) };
        self.read(|library| {
            let mut skipped = 0;
            let mut hits = Vec::new();
            for post in found(library, &sieve, sort, most)? {
                if hits.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
                    break;
                }
                let Some(mut hit) = hit(library, post)? else { continue };
                if skipped < offset {
                    skipped += 1;
                    continue;
                }
                hit.marked = snippet::marked(&hit.title, &terms);
                hit.snippet = snippet::snippet(&bodies::of(library, post)?, &terms);
                hits.push(hit);
            }
            Ok(hits)
        })
    }

    /// The stories that the posts belong to which a search asks for, of as many as are ranked.
    pub fn stories_found(&self, search: &Search) -> Result<BTreeSet<StoryId>, StoreError> {
        let Some(sieve) = self.sieve(search)? else { return Ok(BTreeSet::new()) };
        self.read(|library| {
            let mut statement = library.prepare_cached(STORY)?;
            let mut stories = BTreeSet::new();
            for post in found(library, &sieve, Sort::Relevance, RANKED)? {
                let story: Option<Option<i64>> = statement.query_row([post], |row| row.get(0)).optional()?;
                stories.extend(story.flatten().map(StoryId));
            }
            Ok(stories)
        })
    }

    fn sieve(&self, search: &Search) -> Result<Option<Sieve>, StoreError> {
        let names = search.pieces.iter().any(|piece| matches!(piece.want, Want::Source(_) | Want::Folder(_)));
        let (sources, filing) = if names { (self.sources()?, self.filing()?) } else { (Vec::new(), Vec::new()) };
        Ok(Sieve::of(search, &sources, &filing))
    }
}

/// What a sieve asks, with its values in order: posts with what they are sorted by, and how many at most, of one end.
fn asked(sieve: &Sieve, most: u32, by: &str, way: &str) -> (String, Vec<Value>) {
    let conditions: Vec<String> = sieve.conditions.iter().map(|(condition, _)| format!("({condition})")).collect();
    let conditions = if conditions.is_empty() { "TRUE".to_owned() } else { conditions.join(" AND ") };
    // The plus keeps the planner from asking the index of words once for each post of a set.
    let (sql, post) = match &sieve.words {
        Some(_) => (MATCHES_AMONG, "+post_words.rowid"),
        None => (AMONG, "posts.id"),
    };
    let values = sieve.words.iter().cloned().map(Value::Text);
    let values = values.chain(sieve.conditions.iter().flat_map(|(_, values)| values.iter().cloned()));
    let values = values.chain([Value::Integer(i64::from(most))]).collect();
    let sql = sql.replace("{RANK}", by).replace("{WAY}", way);
    (sql.replace("{CONDITIONS}", &conditions).replace("{POST}", post), values)
}

fn rank(library: &Connection) -> Result<&'static str, Trouble> {
    let first: String = library.prepare_cached(FIRST_COLUMN)?.query_row([], |row| row.get(0))?;
    Ok(if first == "body" { RANK } else { RANK_TITLE_FIRST })
}

/// Posts that pass, in that order; of equals, the newest where the newest, or the best, come first.
fn found(library: &Connection, sieve: &Sieve, sort: Sort, most: u32) -> Result<Vec<i64>, Trouble> {
    let by_rank = sort == Sort::Relevance && sieve.ranked;
    let (sql, values) = match (&sieve.words, sort) {
        (Some(words), Sort::Relevance) if sieve.conditions.is_empty() && by_rank => (
            MATCHES.replace("{RANK}", rank(library)?),
            vec![Value::Text(words.clone()), Value::Integer(i64::from(most))],
        ),
        (_, Sort::Relevance) => asked(sieve, most, if by_rank { rank(library)? } else { "0.0" }, "DESC"),
        (_, Sort::Newest) => asked(sieve, most, PUBLISHED, "DESC"),
        (_, Sort::Oldest) => asked(sieve, most, PUBLISHED, "ASC"),
    };
    let mut statement = library.prepare_cached(&sql)?;
    let matches = statement.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut matches: Vec<(i64, f64)> = matches.collect::<Result<_, _>>()?;
    match sort {
        // The lower, the better, says SQLite.
        Sort::Relevance if by_rank => matches.sort_by(|(a, one), (b, other)| one.total_cmp(other).then(b.cmp(a))),
        Sort::Relevance => {}
        Sort::Newest => matches.sort_by(|(a, one), (b, other)| other.total_cmp(one).then(b.cmp(a))),
        Sort::Oldest => matches.sort_by(|(a, one), (b, other)| one.total_cmp(other).then(a.cmp(b))),
    }
    Ok(matches.into_iter().map(|(post, _)| post).collect())
}

fn hit(library: &Connection, post: i64) -> Result<Option<Hit>, Trouble> {
    let hit = library
        .prepare_cached(HIT)?
        .query_row([post], |row| {
            Ok(Hit {
                post: PostId(post),
                source: SourceId(row.get("source")?),
                source_title: row.get("source_title")?,
                title: row.get("title")?,
                link: row.get("link")?,
                published: Moment(row.get("published")?),
                marks: marks_in(row)?,
                marked: String::new(),
                snippet: String::new(),
            })
        })
        .optional()?;
    Ok(hit)
}
