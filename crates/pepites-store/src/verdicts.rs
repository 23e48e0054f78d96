//! What the reader said of two posts: "these are not the same", "these belong together". Kept for ever, undone at will.

use std::collections::BTreeMap;

use pepites_core::model::{Moment, PostId, PostKey};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Store, StoreError,
    error::{Trouble, missing},
    events::{Event, log},
    store::Durability,
};

mod changes;
#[cfg(test)]
mod tests;

use changes::Changed;

/// What can be said of two posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They tell the same story.
    Together,
    /// They do not.
    Apart,
}

/// A post that a verdict moved: from which story, to which.
type Move = (i64, i64, i64);

const LAST: &str = "
    SELECT id, moved, changed, at FROM story_verdicts
    WHERE ((one = ?1 AND other = ?2) OR (one = ?2 AND other = ?1)) AND together = ?3 AND undone IS NULL
    ORDER BY id DESC LIMIT 1";

const OF_STORY: &str = "
    SELECT id FROM posts WHERE story = ?1 ORDER BY published, id";

/// The posts of the story of `?1` that have its text: a copy goes where its original goes.
const SAME_TEXT: &str = "
    SELECT other.id FROM posts AS mine JOIN posts AS other ON other.story = mine.story
    WHERE mine.id = ?1 AND coalesce(other.copy_of, other.id) = coalesce(mine.copy_of, mine.id)
    ORDER BY other.published, other.id";

/// What was said of the post with that key, and which it was then.
const OF_KEY: &str = "
    SELECT id, one, moved, changed FROM story_verdicts WHERE one_key = ?1
    UNION ALL
    SELECT id, other, moved, changed FROM story_verdicts WHERE other_key = ?1";

/// What holds on a post: of two verdicts on one pair, the later counts.
const ON_POST: &str = "
    SELECT id, one, other, together FROM story_verdicts WHERE one = ?1 AND undone IS NULL
    UNION ALL
    SELECT id, one, other, together FROM story_verdicts WHERE other = ?1 AND undone IS NULL";

impl Store {
    /// Keeps what the reader says of two posts and moves them accordingly: together, every telling of the later story
    /// comes to the other; apart, `other` leaves for a story of its own, and what has its text goes with it (unless `one`
    /// has that text too). What was down because of a telling that is elsewhere now comes back, and what comes to a story
    /// that was read is put down. Gives the posts that moved; none when it was so already.
    pub fn say(&self, one: PostId, other: PostId, verdict: Verdict, now: Moment) -> Result<Vec<PostId>, StoreError> {
        self.write(Durability::Power, move |library| {
            let (mine, theirs) = (story_of(library, one)?, story_of(library, other)?);
            let moves: Vec<Move> = match verdict {
                Verdict::Together if mine == theirs => Vec::new(),
                Verdict::Together => {
                    let (stays, goes) = if mine < theirs { (mine, theirs) } else { (theirs, mine) };
                    ids(library, OF_STORY, goes)?.into_iter().map(|post| (post, goes, stays)).collect()
                }
                Verdict::Apart if mine != theirs => Vec::new(),
                Verdict::Apart => {
                    let text = ids(library, SAME_TEXT, other.0)?;
                    let leaving = if text.contains(&one.0) { vec![other.0] } else { text };
                    library.prepare_cached("INSERT INTO stories (opened) VALUES (?1)")?.execute([other.0])?;
                    let own = library.last_insert_rowid();
                    leaving.into_iter().map(|post| (post, theirs, own)).collect()
                }
            };
            let mut changed = Changed::default();
            if verdict == Verdict::Together {
                changed.before_joining(library, &moves, now)?;
            }
            let gone = moved(library, &moves)?;
            if verdict == Verdict::Apart {
                changed.after_parting(library, &moves, (Moment(i64::MIN), true), now)?;
            }
            library
                .prepare_cached(
                    "INSERT INTO story_verdicts (one, other, one_key, other_key, together, at, moved, changed)
                     VALUES (?1, ?2, (SELECT key FROM posts WHERE id = ?1), (SELECT key FROM posts WHERE id = ?2),
                             ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    one.0,
                    other.0,
                    verdict == Verdict::Together,
                    now.0,
                    serde_json::to_string(&moves)?,
                    serde_json::to_string(&changed)?
                ])?;
            tell(library, one, other, verdict, true, now)?;
            Ok(gone)
        })
    }

    /// Takes the last such verdict on two posts back: what it moved returns, unless it was moved again since, and what it
    /// put down or brought back is as it was, unless the reader touched it since. Gives the posts that moved; None when
    /// there is no such verdict.
    pub fn unsay(
        &self,
        one: PostId,
        other: PostId,
        verdict: Verdict,
        now: Moment,
    ) -> Result<Option<Vec<PostId>>, StoreError> {
        self.write(Durability::Power, move |library| {
            let found: Option<(i64, String, String, i64)> = library
                .prepare_cached(LAST)?
                .query_row(params![one.0, other.0, verdict == Verdict::Together], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })
                .optional()?;
            let Some((id, moves, changed, said)) = found else { return Ok(None) };
            let said = Moment(said);
            let moves = still_there(library, serde_json::from_str(&moves)?)?;
            let changed: Changed = serde_json::from_str(&changed)?;
            library
                .prepare_cached("UPDATE story_verdicts SET undone = ?2 WHERE id = ?1")?
                .execute(params![id, now.0])?;
            for &(post, from, _) in &moves {
                // The story may have gone with its last post.
                library
                    .prepare_cached("INSERT OR IGNORE INTO stories (id, opened) VALUES (?1, ?2)")?
                    .execute([from, post])?;
            }
            tell(library, one, other, verdict, false, now)?;
            let back: Vec<Move> = moves.into_iter().map(|(post, from, to)| (post, to, from)).collect();
            // What was said since then of what is read is as true of what comes back as it is of what is brought.
            let mut since = Changed::default();
            changed.take_back(library)?;
            if verdict == Verdict::Apart {
                since.before_joining(library, &back, now)?;
            }
            let gone = moved(library, &back)?;
            changed.lift(library)?;
            if verdict == Verdict::Together {
                since.after_parting(library, &back, (said, false), now)?;
            }
            Ok(Some(gone))
        })
    }

    /// What the reader said of pairs of which one at least is among `posts`, and holds: the two, and whether they belong
    /// together.
    pub fn verdicts_on(&self, posts: &[PostId]) -> Result<Vec<(PostId, PostId, Verdict)>, StoreError> {
        self.read(|library| {
            // Most readers say nothing: then nothing is asked of any post.
            if !library.prepare_cached("SELECT 1 FROM story_verdicts LIMIT 1")?.exists([])? {
                return Ok(Vec::new());
            }
            let mut said: BTreeMap<(i64, i64), (i64, Verdict)> = BTreeMap::new();
            let mut statement = library.prepare_cached(ON_POST)?;
            for post in posts {
                let rows = statement.query_map([post.0], |row| {
                    let (id, one, other): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    let verdict = if row.get(3)? { Verdict::Together } else { Verdict::Apart };
                    Ok((id, (one.min(other), one.max(other)), verdict))
                })?;
                for row in rows {
                    let (id, pair, verdict) = row?;
                    let last = said.entry(pair).or_insert((id, verdict));
                    if last.0 < id {
                        *last = (id, verdict);
                    }
                }
            }
            Ok(said.into_iter().map(|((one, other), (_, verdict))| (PostId(one), PostId(other), verdict)).collect())
        })
    }
}

/// Whether the reader ever said anything of two posts: most never do, and then no post that comes need be asked about.
pub(crate) fn are_any(library: &Connection) -> Result<bool, Trouble> {
    Ok(library.prepare_cached("SELECT 1 FROM story_verdicts LIMIT 1")?.exists([])?)
}

/// `post` has come again under this key, after its source took it back: what the reader said of it holds.
pub(crate) fn known_again(library: &Connection, post: i64, key: &str) -> Result<(), Trouble> {
    let mut statement = library.prepare_cached(OF_KEY)?;
    let rows = statement.query_map([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    let said: Vec<(i64, i64, String, String)> = rows.collect::<Result<_, _>>()?;
    for (id, old, moves, changed) in said {
        let mut moves: Vec<Move> = serde_json::from_str(&moves)?;
        let mut changed: Changed = serde_json::from_str(&changed)?;
        moves.iter_mut().filter(|(moved, ..)| *moved == old).for_each(|(moved, ..)| *moved = post);
        changed.rename(old, post);
        library
            .prepare_cached(
                "UPDATE story_verdicts
                 SET one = iif(one = ?2, ?3, one), other = iif(other = ?2, ?3, other), moved = ?4, changed = ?5
                 WHERE id = ?1",
            )?
            .execute(params![id, old, post, serde_json::to_string(&moves)?, serde_json::to_string(&changed)?])?;
    }
    Ok(())
}

/// Where a verdict moved posts. A story that went with a post which its source took back is where that came again since.
fn still_there(library: &Connection, moves: Vec<Move>) -> Result<Vec<Move>, Trouble> {
    let mut there = Vec::with_capacity(moves.len());
    for (post, from, to) in moves {
        let is_there = library.prepare_cached("SELECT 1 FROM stories WHERE id = ?1")?.exists([to])?;
        let now: Option<Option<i64>> = match is_there {
            true => None,
            false => library
                .prepare_cached("SELECT story FROM posts WHERE id = ?1")?
                .query_row([post], |row| row.get(0))
                .optional()?,
        };
        there.push((post, from, now.flatten().unwrap_or(to)));
    }
    Ok(there)
}

/// The story of a post; a post that waits for one is as good as missing.
fn story_of(library: &Connection, post: PostId) -> Result<i64, Trouble> {
    let story: Option<Option<i64>> = library
        .prepare_cached("SELECT story FROM posts WHERE id = ?1")?
        .query_row([post.0], |row| row.get(0))
        .optional()?;
    story.flatten().ok_or_else(|| missing("post", post.0))
}

fn ids(library: &Connection, sql: &str, of: i64) -> Result<Vec<i64>, Trouble> {
    let mut statement = library.prepare_cached(sql)?;
    Ok(statement.query_map([of], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Moves each post that is still where it is to be moved from.
fn moved(library: &Connection, moves: &[Move]) -> Result<Vec<PostId>, Trouble> {
    let mut moved = Vec::new();
    for &(post, from, to) in moves {
        let sql = "UPDATE posts SET story = ?3 WHERE id = ?1 AND story = ?2";
        if library.prepare_cached(sql)?.execute([post, from, to])? > 0 {
            moved.push(PostId(post));
        }
    }
    Ok(moved)
}

/// The log names both posts as other devices know them.
fn tell(
    library: &Connection,
    one: PostId,
    other: PostId,
    verdict: Verdict,
    holds: bool,
    now: Moment,
) -> Result<(), Trouble> {
    let key = |post: PostId| -> Result<Option<PostKey>, Trouble> {
        Ok(library
            .prepare_cached("SELECT key FROM posts WHERE id = ?1")?
            .query_row([post.0], |row| row.get(0).map(PostKey))
            .optional()?)
    };
    let (one, other) = (key(one)?, key(other)?);
    let what = match verdict {
        Verdict::Together => "together",
        Verdict::Apart => "apart",
    };
    let value = serde_json::json!({ "other": other.map(|key| key.0), "holds": holds });
    log(library, now, &Event { what, post: one.as_ref(), value, ..Event::default() })
}
