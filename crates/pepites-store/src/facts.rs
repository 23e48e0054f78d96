//! Facts of stories, counted for the ranking.

use std::collections::{BTreeSet, HashMap, HashSet};

use pepites_core::{
    model::{Address, Day, Moment, PostId, SourceId, StoryId},
    score::{
        Facts,
        rules::{Rules, Told},
        vote,
    },
    sources,
};
use rusqlite::Connection;

use crate::{Store, StoreError, error::Trouble, sources::MONTH, tellers};

mod every;
pub(crate) mod listening;
pub(crate) mod people;
mod tellings;
#[cfg(test)]
pub(crate) mod tests;
mod wished;

use people::{Known, first_of_each, ties};
use tellings::{Telling, candidates, carries_again, pointing_at};
use wished::{muted, paragraphs, seen_links, seen_pages};

/// Which stories may enter a digest: those that a followed source tells in a post published since `since` (or, with
/// `after`, kept after that post but not with the backlog of a new source), of which no post was read or skipped, and
/// that entered no digest but those of `day`. Of a story that was read, a telling that adds much to it may enter.
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
    /// What was read or skipped is in it all the same: what the day's digest was made of, whatever became of it since.
    pub settled_too: bool,
}
/// What a digest can be made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidates {
    /// The stories in the window, by story.
    pub stories: Vec<StoryFacts>,
    /// Every post up to this one had its story: what comes after it is for the next window.
    pub seen: PostId,
    /// Stories that would be in it but for the reader's rules.
    pub muted: u32,
}
/// A candidate: its facts, as its face (see `stories::face` in the core) makes them.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryFacts {
    /// What the signals look at.
    pub facts: Facts,
    /// Seconds of audio or video attached to the face, as its source declares them.
    pub listening: u32,
    /// There is audio or video whose length its source does not say.
    pub unmeasured: bool,
    /// The reader put a telling of it off until this digest.
    pub put_off: bool,
}
/// What arrives so long after it was published is an archive, not a late post: a source that was not asked for months,
/// a feed that was rebuilt.
const LATE: i64 = MONTH;

/// What "the last 90 days" are.
const QUARTER: i64 = 90 * Moment::DAY;

/// A rate is taken over one day at least and a month at most.
const RATE_DAYS: i64 = 30;

/// A post that waits for its story is not seen yet, nor is any after it.
pub(crate) const SEEN: &str = "
    SELECT coalesce((SELECT min(id) - 1 FROM posts INDEXED BY posts_of_story WHERE story IS NULL),
                    (SELECT max(id) FROM posts), 0)";

const FACE: &str = "
    SELECT title, lead, words, author, tags, enclosures, illustrated, untitled, boosted_by IS NOT NULL AS passed_on,
           language, EXISTS (SELECT 1 FROM relays WHERE relays.post = posts.id) AS relay,
           (SELECT count(*) FROM post_links WHERE post = posts.id) AS links_out,
           (SELECT count(*) FROM post_links AS mine
            WHERE mine.post = posts.id
              AND NOT EXISTS (SELECT 1 FROM post_links AS other WHERE other.link = mine.link AND other.post <> mine.post)
           ) AS rare_links
    FROM posts WHERE id = ?1";

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

/// By the reader: what a rule starred says nothing of its source.
const STARRED: &str = "
    SELECT source, count(*) FROM marks WHERE starred IS NOT NULL AND starred_how IS NOT 'rule' GROUP BY source";

/// Posts swept away with many others say nothing of their source.
const CHOSEN: &str = "
    SELECT source, count(*) FROM marks
    WHERE read >= ?1 AND read IS NOT NULL AND read_how <> 'in_bulk' GROUP BY source";

/// As faces: a relay inside a story is not shown by itself. In digests that the reader saw.
const SHOWN: &str = "
    SELECT source, count(DISTINCT face)
    FROM digests CROSS JOIN digest_entries ON digest_entries.digest = digests.id
    WHERE made >= ?1 AND opened IS NOT NULL AND source IS NOT NULL GROUP BY source";

impl Store {
    /// The facts of every story in the window, as one snapshot of the library has them. What `rules` mute is not there:
    /// neither a story that they mute, nor a telling.
    pub fn facts(&self, window: &Window, rules: &Rules, now: Moment) -> Result<Candidates, StoreError> {
        self.read(|library| {
            let sources = sources(library, now)?;
            let authors = counts::<String>(library, AUTHORS, &[now.plus(-MONTH).0, now.0])?;
            let seen = library.prepare_cached(SEEN)?.query_row([], |row| row.get(0))?;
            let pages = seen_pages(library, &window.day.0, now)?;
            let known = KnownFacts { sources, authors, pages, rules, settled_too: window.settled_too, now };
            let (mut stories, mut muted) = (Vec::new(), 0);
            for tellings in candidates(library, window)? {
                match of_story(library, &tellings, &known)? {
                    Standing::In(story) => stories.push(*story),
                    Standing::Muted => muted += 1,
                    Standing::Out => {}
                }
            }
            Ok(Candidates { stories, seen: PostId(seen), muted })
        })
    }
}

/// What is counted once for every story of a source.
struct SourceFacts {
    /// The first source of the same person.
    person: i64,
    /// It carries what others write, who may be followed by themselves.
    gathers: bool,
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

/// What is known once for all stories.
struct KnownFacts<'a> {
    sources: HashMap<i64, SourceFacts>,
    authors: HashMap<String, u32>,
    /// Pages that were seen.
    pages: HashSet<i64>,
    rules: &'a Rules,
    /// What was read or skipped stands for its story too.
    settled_too: bool,
    now: Moment,
}

/// What becomes of a story in the window.
enum Standing {
    /// It may enter.
    In(Box<StoryFacts>),
    /// A rule of the reader's keeps it out.
    Muted,
    /// There is nothing of it to show.
    Out,
}

impl Standing {
    /// Its facts, where it may enter.
    fn story(self) -> Option<StoryFacts> {
        match self {
            Self::In(story) => Some(*story),
            Self::Muted | Self::Out => None,
        }
    }
}

fn of_story(library: &Connection, tellings: &[Telling], known: &KnownFacts<'_>) -> Result<Standing, Trouble> {
    let KnownFacts { sources, authors, pages, rules, settled_too, now } = known;
    let Some(muted) = muted(library, tellings, rules)? else { return Ok(Standing::Muted) };
    let pointing = pointing_at(library, tellings)?;
    let only_points = |telling: &Telling| telling.untitled && pointing.contains_key(&telling.post);
    let mut out = muted.clone();
    out.extend(tellings.iter().filter(|telling| carries_again(telling, tellings, sources)).map(|telling| telling.post));
    let told: Vec<&Telling> = tellings.iter().filter(|telling| !out.contains(&telling.post)).collect();
    let followed = || told.iter().copied().enumerate().filter(|(_, telling)| telling.followed);
    // Of one nothing is to be chosen.
    let face = match tellings {
        [alone] => Some(PostId(alone.post)).filter(|_| *settled_too || !alone.relay),
        [first, ..] => tellers::face_to_show(library, first.story, &out, *settled_too)?,
        [] => None,
    };
    let Some((at, face)) = followed().find(|(_, telling)| Some(PostId(telling.post)) == face) else {
        let of_a_followed = |telling: &Telling| telling.followed && muted.contains(&telling.post);
        return Ok(if tellings.iter().any(of_a_followed) { Standing::Muted } else { Standing::Out });
    };
    let Some(source) = sources.get(&face.source) else { return Ok(Standing::Out) };
    let tells = |telling: &&Telling| telling.post == face.post || !only_points(telling);
    // Who is on two networks counts once.
    let person = |source: i64| sources.get(&source).map_or(source, |facts| facts.person);
    // Whoever passed it on in a timeline may be followed by themselves: that is one vote.
    let gathers = |source: i64| sources.get(&source).is_some_and(|facts| facts.gathers);
    let tellers: BTreeSet<i64> =
        followed().map(|(_, telling)| telling).filter(tells).map(|telling| person(telling.source)).collect();
    let (carried, own): (Vec<i64>, Vec<i64>) = pointing.into_values().partition(|source| gathers(*source));
    let voters = if own.is_empty() { carried } else { own };
    let pointed_at_by: BTreeSet<i64> =
        voters.into_iter().map(person).filter(|person| !tellers.contains(person)).collect();
    let votes = pointed_at_by.iter().map(|source| sources.get(source).map_or(1.0, |facts| vote(facts.brought_30d)));
    let pointed_weight = votes.sum();
    let seen_links = count(seen_links(library, face.post, pages)?);
    let mut statement = library.prepare_cached(FACE)?;
    let (mut facts, (listening, unmeasured)) = statement.query_row([face.post], |row| {
        let author: Option<String> = row.get("author")?;
        let (title, lead): (String, String) = (row.get("title")?, row.get("lead")?);
        let tags = crate::judged::tags(row.get_ref("tags")?);
        let source_id = SourceId(face.source);
        let language: Option<String> = row.get("language")?;
        let told = Told {
            source: source_id,
            author: author.as_deref(),
            title: &title,
            lead: &lead,
            tags: &tags,
            language: language.as_deref(),
            words: row.get("words")?,
            relay: row.get("relay")?,
        };
        let asked = rules.ask(&told);
        // Who passes on thirty posts a day and writes none is not a rare voice, nor is a stranger met for the first time.
        let passed_on: bool = row.get("passed_on")?;
        let author_posts = author.as_ref().filter(|_| !passed_on);
        let media = listening::of(row.get_ref("enclosures")?);
        let facts = Facts {
            story: StoryId(face.story),
            face: PostId(face.post),
            source: source_id,
            kind: source.kind.clone(),
            published: Moment(face.published),
            now: *now,
            source_posts_30d: if passed_on { source.brought_30d } else { source.written_30d },
            source_days: source.days,
            author_posts_30d: author_posts.map(|author| authors.get(author).copied().unwrap_or(0)),
            sources: count(tellers.len()),
            tellings: count(followed().count()),
            first: at == 0,
            relayed: followed().next().is_some_and(|(_, first)| first.source != face.source),
            pointed_at_by: count(pointed_at_by.len()),
            pointed_weight,
            words: row.get("words")?,
            paragraphs: 1,
            usual_words: source.words,
            links_out: row.get("links_out")?,
            rare_links: row.get("rare_links")?,
            seen_links,
            illustrations: row.get("illustrated")?,
            untitled: row.get("untitled")?,
            title,
            lead,
            author,
            tags,
            taste: None,
            asked,
            source_read_90d: source.read_90d,
            source_starred: source.starred,
            source_shown_90d: source.shown_90d,
        };
        Ok((facts, media))
    })?;
    if facts.untitled {
        facts.paragraphs = paragraphs(library, face.post, facts.words)?;
    }
    Ok(Standing::In(Box::new(StoryFacts { facts, listening, unmeasured, put_off: face.put_off })))
}

fn sources(library: &Connection, now: Moment) -> Result<HashMap<i64, SourceFacts>, Trouble> {
    let read = counts::<i64>(library, CHOSEN, &[now.plus(-QUARTER).0])?;
    let starred = counts::<i64>(library, STARRED, &[])?;
    let shown = counts::<i64>(library, SHOWN, &[now.plus(-QUARTER).0])?;
    let mut statement = library.prepare_cached(SOURCES)?;
    let mut known: Vec<Known> = Vec::new();
    let sources = statement.query_map([now.plus(-MONTH).0, now.0], |row| {
        let id: i64 = row.get(0)?;
        let address = Address { kind: row.get(1)?, locator: row.get(5)? };
        let gathers = sources::gathers(&address);
        let kind = address.kind;
        known.push(people::known(row)?);
        let first: Option<i64> = row.get(3)?;
        let days = first.map_or(1, |first| now.since(Moment(first)) / Moment::DAY).clamp(1, RATE_DAYS);
        let facts = SourceFacts {
            person: id,
            gathers,
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
    for (source, first) in first_of_each(&known, &ties(library)?) {
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
