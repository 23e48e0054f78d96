//! Facts of stories, counted for the ranking.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use pepites_core::{
    model::{Day, Moment, PostId, SourceId, StoryId},
    score::Facts,
    sources::person,
    text::address::canonical,
};
use rusqlite::{Connection, Row, params};

use crate::{Store, StoreError, error::Trouble, sources::MONTH};

mod every;
mod people;
#[cfg(test)]
mod tests;

use people::{Known, first_of_each};

/// Which stories may enter a digest: those that a followed source tells in a post published since `since` (or, with
/// `after`, kept after that post but not with the backlog of a new source), of which no post was read or skipped, and
/// that entered no digest but those of `day`.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Published since.
    pub since: Moment,
    /// Or kept after this post (what a slow source published before the window opened). By id and not by time: a post
    /// that was fetched before the last digest and kept after it would be in none.
    pub after: Option<PostId>,
    /// What came without a date with the backlog of a new source counts as published when it arrived; without this,
    /// it does not.
    pub undated: bool,
    /// Stories shown in digests of other days are out.
    pub day: Day,
    /// Stories shown in earlier editions of `day` are out too.
    pub not_shown_today: bool,
}
/// What a digest can be made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidates {
    /// The stories in the window, by story.
    pub stories: Vec<StoryFacts>,
    /// Every post up to this one had its story: what comes after it is for the next window.
    pub seen: PostId,
}
/// A candidate: its facts, as its face (the first telling by a followed source) makes them.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryFacts {
    /// What the signals look at.
    pub facts: Facts,
}
/// What arrives so long after it was published is an archive, not a late post: a source that was not asked for months,
/// a feed that was rebuilt.
const LATE: i64 = MONTH;

/// What "the last 90 days" are.
const QUARTER: i64 = 90 * Moment::DAY;

/// A rate is taken over one day at least and a month at most.
const RATE_DAYS: i64 = 30;

/// Every telling of every candidate, by story, oldest first.
/// The indexes are named because the union tempts SQLite to read every story of the library in order.
const TELLINGS: &str = "
    WITH inside AS MATERIALIZED (
        SELECT story FROM posts INDEXED BY posts_published JOIN sources ON sources.id = posts.source
        WHERE published >= ?1 AND (dated OR NOT backlog OR ?5) AND story IS NOT NULL AND sources.unfollowed IS NULL
          AND sources.mode IS NOT 'muted'
        UNION
        SELECT story FROM posts NOT INDEXED JOIN sources ON sources.id = posts.source
        WHERE posts.id > ?2 AND published >= ?6 AND backlog = 0 AND story IS NOT NULL AND sources.unfollowed IS NULL
          AND sources.mode IS NOT 'muted'
    )
    SELECT posts.story, posts.id, posts.source, posts.published, posts.page, posts.untitled,
           sources.unfollowed IS NULL AND sources.mode IS NOT 'muted' AS followed, coalesce(sources.mode, 'digest') <> 'digest' AS thin
    FROM inside
    CROSS JOIN posts ON posts.story = inside.story
    CROSS JOIN sources ON sources.id = posts.source
    WHERE NOT EXISTS (
              SELECT 1 FROM posts AS told CROSS JOIN marks ON marks.post = told.id
              WHERE told.story = inside.story AND (marks.read IS NOT NULL OR marks.skipped IS NOT NULL))
      AND NOT EXISTS (
              SELECT 1 FROM digest_entries CROSS JOIN digests ON digests.id = digest_entries.digest
              WHERE digest_entries.story = inside.story AND (digests.day <> ?3 OR ?4))
    ORDER BY posts.story, posts.published, posts.id";

/// A post that waits for its story is not seen yet, nor is any after it.
const SEEN: &str = "
    SELECT coalesce((SELECT min(id) - 1 FROM posts INDEXED BY posts_of_story WHERE story IS NULL),
                    (SELECT max(id) FROM posts), 0)";

const FACE: &str = "
    SELECT title, lead, words, author, tags, illustrated, untitled, boosted_by IS NOT NULL AS passed_on,
           (SELECT count(*) FROM post_links WHERE post = posts.id) AS links_out,
           (SELECT count(*) FROM post_links AS mine
            WHERE mine.post = posts.id
              AND NOT EXISTS (SELECT 1 FROM post_links AS other WHERE other.link = mine.link AND other.post <> mine.post)
           ) AS rare_links
    FROM posts WHERE id = ?1";

/// Posts that may point at a page, looked at no further: a page that all of the web links to would take as long as
/// all others together, and is not better for the hundredth. The limit is written out: SQLite compiles a statement anew
/// whose limit is bound.
const POINTING_AT: &str = "
    SELECT post, source FROM post_links WHERE link = ?1 LIMIT 100";

const AUTHORS: &str = "
    SELECT author, count(*) FROM posts
    WHERE published >= ?1 AND published <= ?2 AND author IS NOT NULL GROUP BY author";

/// What a source passed on is someone else's: it counts only among all that the source brought, the last column.
const SOURCES: &str = "
    SELECT id, kind,
           (SELECT count(*) FROM posts
            WHERE posts.source = sources.id AND published >= ?1 AND published <= ?2 AND boosted_by IS NULL),
           (SELECT min(published) FROM posts WHERE posts.source = sources.id),
           (SELECT coalesce(sum(words) / count(*), 0) FROM posts
            WHERE posts.source = sources.id AND published >= ?1 AND published <= ?2 AND boosted_by IS NULL),
           locator, title, name, site,
           (SELECT count(*) FROM posts WHERE posts.source = sources.id AND published >= ?1 AND published <= ?2),
           pages
    FROM sources ORDER BY id";

const STARRED: &str = "
    SELECT source, count(*) FROM marks WHERE starred IS NOT NULL GROUP BY source";

/// Posts swept away with many others say nothing of their source.
const CHOSEN: &str = "
    SELECT source, count(*) FROM marks
    WHERE read >= ?1 AND read IS NOT NULL AND read_how <> 'in_bulk' GROUP BY source";

/// As faces: a relay inside a story is not shown by itself.
const SHOWN: &str = "
    SELECT source, count(DISTINCT face)
    FROM digests CROSS JOIN digest_entries ON digest_entries.digest = digests.id
    WHERE made >= ?1 AND source IS NOT NULL GROUP BY source";

impl Store {
    /// The facts of every story in the window, as one snapshot of the library has them.
    pub fn facts(&self, window: &Window, now: Moment) -> Result<Candidates, StoreError> {
        self.read(|library| {
            let sources = sources(library, now)?;
            let authors = counts::<String>(library, AUTHORS, &[now.plus(-MONTH).0, now.0])?;
            let seen = library.prepare_cached(SEEN)?.query_row([], |row| row.get(0))?;
            let mut stories = Vec::new();
            for tellings in candidates(library, window)? {
                stories.extend(of_story(library, &tellings, &sources, &authors, now)?);
            }
            Ok(Candidates { stories, seen: PostId(seen) })
        })
    }
}

/// One telling of a candidate.
struct Telling {
    story: i64,
    post: i64,
    source: i64,
    published: i64,
    page: Option<i64>,
    untitled: bool,
    followed: bool,
    /// Its source is not read whole: another stands for the story where there is one.
    thin: bool,
}

/// What is counted once for every story of a source.
struct SourceFacts {
    /// The first source of the same person.
    person: i64,
    kind: String,
    written_30d: u32,
    /// With what it passed on.
    brought_30d: u32,
    words: u32,
    days: u32,
    starred: u32,
    read_90d: u32,
    shown_90d: u32,
}

/// The tellings of each candidate.
fn candidates(library: &Connection, window: &Window) -> Result<Vec<Vec<Telling>>, Trouble> {
    let after = window.after.map_or(i64::MAX, |post| post.0);
    let mut statement = library.prepare_cached(TELLINGS)?;
    let mut rows = statement.query(params![
        window.since.0,
        after,
        window.day.0,
        window.not_shown_today,
        window.undated,
        window.since.plus(-LATE).0,
    ])?;
    let mut stories: Vec<Vec<Telling>> = Vec::new();
    while let Some(row) = rows.next()? {
        let telling = telling(row)?;
        match stories.last_mut() {
            Some(story) if story.first().is_some_and(|first| first.story == telling.story) => story.push(telling),
            _ => stories.push(vec![telling]),
        }
    }
    Ok(stories)
}

fn telling(row: &Row<'_>) -> rusqlite::Result<Telling> {
    Ok(Telling {
        story: row.get(0)?,
        post: row.get(1)?,
        source: row.get(2)?,
        published: row.get(3)?,
        page: row.get(4)?,
        untitled: row.get(5)?,
        followed: row.get(6)?,
        thin: row.get(7)?,
    })
}

fn of_story(
    library: &Connection,
    tellings: &[Telling],
    sources: &HashMap<i64, SourceFacts>,
    authors: &HashMap<String, u32>,
    now: Moment,
) -> Result<Option<StoryFacts>, Trouble> {
    let pointing = pointing_at(library, tellings)?;
    let only_points = |telling: &Telling| telling.untitled && pointing.contains_key(&telling.post);
    // The first of a followed source stands for the story; one that only points to it when there is no other.
    let followed = || tellings.iter().enumerate().filter(|(_, telling)| telling.followed);
    let tells_itself = |(_, telling): &(usize, &Telling)| !only_points(telling);
    let face = followed().find(|telling| tells_itself(telling) && !telling.1.thin);
    let face = face.or_else(|| followed().find(tells_itself)).or_else(|| followed().next());
    let Some((at, face)) = face else { return Ok(None) };
    let Some(source) = sources.get(&face.source) else { return Ok(None) };
    let tells = |telling: &&Telling| telling.post == face.post || !only_points(telling);
    // Who is on two networks counts once.
    let person = |source: i64| sources.get(&source).map_or(source, |facts| facts.person);
    let tellers: BTreeSet<i64> =
        followed().map(|(_, telling)| telling).filter(tells).map(|telling| person(telling.source)).collect();
    let pointing = pointing.into_values().map(person);
    let pointed_at_by: BTreeSet<i64> = pointing.filter(|person| !tellers.contains(person)).collect();
    let mut statement = library.prepare_cached(FACE)?;
    let facts = statement.query_row([face.post], |row| {
        let author: Option<String> = row.get("author")?;
        // Who passes on thirty posts a day and writes none is not a rare voice, nor is a stranger met for the first time.
        let passed_on: bool = row.get("passed_on")?;
        let author_posts = author.as_ref().filter(|_| !passed_on);
        Ok(Facts {
            story: StoryId(face.story),
            face: PostId(face.post),
            source: SourceId(face.source),
            kind: source.kind.clone(),
            published: Moment(face.published),
            now,
            source_posts_30d: if passed_on { source.brought_30d } else { source.written_30d },
            source_days: source.days,
            author_posts_30d: author_posts.map(|author| authors.get(author).copied().unwrap_or(0)),
            sources: count(tellers.len()),
            tellings: count(followed().count()),
            first: at == 0,
            pointed_at_by: count(pointed_at_by.len()),
            words: row.get("words")?,
            usual_words: source.words,
            links_out: row.get("links_out")?,
            rare_links: row.get("rare_links")?,
            enclosures: row.get("illustrated")?,
            untitled: row.get("untitled")?,
            title: row.get("title")?,
            lead: row.get("lead")?,
            author,
            tags: crate::judged::tags(row.get_ref("tags")?),
            taste: None,
            source_read_90d: source.read_90d,
            source_starred: source.starred,
            source_shown_90d: source.shown_90d,
        })
    })?;
    Ok(Some(StoryFacts { facts }))
}

/// Posts that link to a page of the story told by another source, each with its source.
fn pointing_at(library: &Connection, tellings: &[Telling]) -> Result<BTreeMap<i64, i64>, Trouble> {
    let mut statement = library.prepare_cached(POINTING_AT)?;
    let mut pointing = BTreeMap::new();
    for telling in tellings {
        let mut rows = statement.query([telling.page])?;
        while let Some(row) = rows.next()? {
            let (post, source): (i64, i64) = (row.get(0)?, row.get(1)?);
            if source != telling.source {
                pointing.insert(post, source);
            }
        }
    }
    Ok(pointing)
}

fn sources(library: &Connection, now: Moment) -> Result<HashMap<i64, SourceFacts>, Trouble> {
    let read = counts::<i64>(library, CHOSEN, &[now.plus(-QUARTER).0])?;
    let starred = counts::<i64>(library, STARRED, &[])?;
    let shown = counts::<i64>(library, SHOWN, &[now.plus(-QUARTER).0])?;
    let mut statement = library.prepare_cached(SOURCES)?;
    let mut known: Vec<Known> = Vec::new();
    let sources = statement.query_map([now.plus(-MONTH).0, now.0], |row| {
        let id: i64 = row.get(0)?;
        let (kind, locator): (String, String) = (row.get(1)?, row.get(5)?);
        let (title, name, site): (Option<String>, Option<String>, Option<String>) =
            (row.get(6)?, row.get(7)?, row.get(8)?);
        let own = name.as_deref().filter(|name| Some(*name) != title.as_deref());
        known.push(Known {
            source: id,
            name: person(&kind, site.as_deref().unwrap_or(&locator), title.as_deref(), own),
            // Written by this library; what cannot be read proves nothing.
            pages: serde_json::from_str(&row.get::<_, String>(10)?).unwrap_or_default(),
            site: site.as_deref().and_then(canonical),
            named: own.is_some(),
        });
        let first: Option<i64> = row.get(3)?;
        let days = first.map_or(1, |first| now.since(Moment(first)) / Moment::DAY).clamp(1, RATE_DAYS);
        let facts = SourceFacts {
            person: id,
            kind,
            written_30d: row.get(2)?,
            brought_30d: row.get(9)?,
            words: row.get(4)?,
            days: u32::try_from(days).unwrap_or(1),
            starred: starred.get(&id).copied().unwrap_or(0),
            read_90d: read.get(&id).copied().unwrap_or(0),
            shown_90d: shown.get(&id).copied().unwrap_or(0),
        };
        Ok((id, facts))
    })?;
    let mut sources: HashMap<i64, SourceFacts> = sources.collect::<Result<_, _>>()?;
    for (source, first) in first_of_each(&known) {
        if let Some(facts) = sources.get_mut(&source) {
            facts.person = first;
        }
    }
    Ok(sources)
}

/// What a query of (key, count) gives.
fn counts<K>(library: &Connection, sql: &str, parameters: &[i64]) -> Result<HashMap<K, u32>, Trouble>
where
    K: rusqlite::types::FromSql + std::hash::Hash + Eq,
{
    let mut statement = library.prepare_cached(sql)?;
    let counts = statement.query_map(rusqlite::params_from_iter(parameters), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(counts.collect::<Result<_, _>>()?)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
