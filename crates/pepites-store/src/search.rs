//! Full-text search.

use pepites_core::model::{Moment, PostId, SourceId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{Marks, Store, StoreError, bodies, error::Trouble, marks::marks_in};

mod query;
mod snippet;
#[cfg(test)]
mod tests;

use query::Query;
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
    /// Words around the match; matches stand between U+E000 and U+E001.
    pub snippet: String,
}

/// Of so many matches, the newest, the best come first: ranking every match of a word that is everywhere takes
/// seconds in a library of a million posts, and nobody turns so many pages.
const RANKED: u32 = 20_000;

/// A word of the title says eight times what one of the body says; author and tags, four times.
const MATCHES: &str = "
    SELECT rowid, bm25(post_words, 8.0, 1.0, 4.0, 4.0) FROM post_words
    WHERE post_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2";

/// Of sources that are no longer followed, only what was starred is found.
const HIT: &str = "
    SELECT posts.source, coalesce(sources.name, sources.title, sources.locator) AS source_title, posts.title,
           posts.link, posts.published, marks.read, marks.starred, marks.skipped, marks.relay, marks.put_off
    FROM posts
    JOIN sources ON sources.id = posts.source
    LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.id = ?1 AND (sources.unfollowed IS NULL OR marks.starred IS NOT NULL)";

/// Of as many matches as are ranked, those that are shown.
const HITS: &str = "
    SELECT count(*)
    FROM (SELECT rowid AS post FROM post_words WHERE post_words MATCH ?1 ORDER BY rowid DESC LIMIT ?2) AS matches
    CROSS JOIN posts ON posts.id = matches.post
    CROSS JOIN sources ON sources.id = posts.source
    LEFT JOIN marks ON marks.post = posts.id
    WHERE sources.unfollowed IS NULL OR marks.starred IS NOT NULL";

impl Store {
    /// How many posts [`Store::search`] has for these words.
    pub fn hits(&self, words: &str) -> Result<u32, StoreError> {
        let Some(expression) = Query::read(words).expression() else { return Ok(0) };
        self.read(|library| {
            Ok(library.prepare_cached(HITS)?.query_row(params![expression, RANKED], |row| row.get(0))?)
        })
    }

    /// Posts whose title, body, author or tags hold all `words` ("quoted phrases" together, -word without, word* as a
    /// beginning), best first. Never fails on odd input: what is not a query is searched as words.
    /// Of sources that are no longer followed, only starred posts are found.
    pub fn search(&self, words: &str, limit: u32, offset: u32) -> Result<Vec<Hit>, StoreError> {
        let query = Query::read(words);
        let Some(expression) = query.expression() else { return Ok(Vec::new()) };
        self.read(|library| {
            let mut skipped = 0;
            let mut hits = Vec::new();
            for post in ranked(library, &expression)? {
                if hits.len() >= usize::try_from(limit).unwrap_or(usize::MAX) {
                    break;
                }
                let Some(mut hit) = hit(library, post)? else { continue };
                if skipped < offset {
                    skipped += 1;
                    continue;
                }
                hit.snippet = snippet(library, post, &query)?;
                hits.push(hit);
            }
            Ok(hits)
        })
    }
}

/// Matching posts, best first; of equals, the newest.
fn ranked(library: &Connection, expression: &str) -> Result<Vec<i64>, Trouble> {
    let mut statement = library.prepare_cached(MATCHES)?;
    let matches = statement.query_map(params![expression, RANKED], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut matches: Vec<(i64, f64)> = matches.collect::<Result<_, _>>()?;
    // The lower, the better, says SQLite.
    matches.sort_by(|(a, rank_a), (b, rank_b)| rank_a.total_cmp(rank_b).then(b.cmp(a)));
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
                snippet: String::new(),
            })
        })
        .optional()?;
    Ok(hit)
}

fn snippet(library: &Connection, post: i64, query: &Query) -> Result<String, Trouble> {
    Ok(snippet::snippet(&bodies::of(library, post)?, query))
}
