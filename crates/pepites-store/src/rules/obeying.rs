//! Takes what rules find among what came, stars it or puts it into a folder, and takes that back.
//! Never touches the reader's own stars, nor puts one back that they took off.

use std::collections::BTreeMap;

use pepites_core::{
    model::{Moment, PostId, PostKey, RuleId, SourceId},
    score::rules::Wish,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{LOOKED_AT, MOST_LOOKED_AT, Spoken, spoken};
use crate::{
    Store, StoreError,
    error::Trouble,
    events::{Event, log},
    facts::SEEN,
    sources::MONTH,
    store::Durability,
};

/// What the log calls a star that a rule gave, or took back: no deed of the reader's, which the figures count.
const STARRED_BY_RULE: &str = "starred_by_rule";

/// What came since rules were last asked, and what they said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obeyed {
    /// The post up to which rules had been asked before.
    pub after: PostId,
    /// The last post that was looked at.
    pub upto: PostId,
    /// What is to be starred, and by which rule.
    pub stars: Vec<(PostId, RuleId)>,
    /// What goes into the folder of which rule.
    pub filed: Vec<(PostId, RuleId)>,
}

const ARRIVED: &str = "
    WHERE id > ?1 AND id <= ?2 AND published > ?3 AND (dated OR NOT backlog) ORDER BY id DESC LIMIT ?4";

/// A star that the reader took off stays off, whatever else is in the row.
const STAR: &str = "
    INSERT INTO marks (post, source, starred, starred_how, starred_rule) VALUES (?1, ?2, ?3, 'rule', ?4)
    ON CONFLICT (post) DO UPDATE SET starred = ?3, starred_how = 'rule', starred_rule = ?4
    WHERE starred IS NULL AND starred_how IS NULL";

/// Back as it was before the reader took it off.
const GIVE_BACK: &str = "
    UPDATE marks SET starred = ?2, starred_how = 'rule'
    WHERE post = ?1 AND starred IS NULL AND starred_how = 'refused' AND starred_rule IS NOT NULL";

/// Those that it gave since it was made, or made again: what it starred before it was taken back stays.
const STARS_OF: &str = "
    SELECT posts.id, posts.source, posts.key FROM marks JOIN posts ON posts.id = marks.post
    JOIN rules ON rules.id = starred_rule AND posts.id > rules.after
    WHERE starred_rule = ?1 AND starred IS NOT NULL AND starred_how = 'rule' ORDER BY posts.id";

const DONE: &str = "
    SELECT starred_rule, count(*) FROM marks
    WHERE starred_rule IS NOT NULL AND starred IS NOT NULL AND dropped = 0 GROUP BY 1
    UNION ALL
    SELECT rule, count(*) FROM filed GROUP BY 1";

impl Store {
    /// The first and the last post that rules were not asked about yet; None: they were asked about all that has a story.
    pub fn unruled(&self) -> Result<Option<(PostId, PostId)>, StoreError> {
        self.read(|library| {
            let seen: i64 = library.prepare_cached(SEEN)?.query_row([], |row| row.get(0))?;
            let ruled = ruled(library)?;
            Ok((seen > ruled.0).then_some((ruled, PostId(seen))))
        })
    }

    /// What came after one post and up to another and was published in the 30 days before `now`, or after it: who
    /// follows a source now has not asked for its archive, nor for what of it has no date. Newest first, no more than a
    /// preview looks at.
    pub fn spoken_between(&self, after: PostId, upto: PostId, now: Moment) -> Result<Vec<Spoken>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(&format!("{LOOKED_AT}{ARRIVED}"))?;
            let since = now.plus(-MONTH).0;
            let posts = statement.query_map(params![after.0, upto.0, since, MOST_LOOKED_AT], spoken)?;
            Ok(posts.collect::<Result<_, _>>()?)
        })
    }

    /// Stars and files what rules said, and notes how far they were asked. Gives what is starred now and was not; None:
    /// they were asked by another process meanwhile, and nothing is done.
    pub fn obey(&self, obeyed: Obeyed, now: Moment) -> Result<Option<Vec<PostId>>, StoreError> {
        self.write(Durability::Process, move |library| {
            if ruled(library)? != obeyed.after {
                return Ok(None);
            }
            let mut starred = Vec::new();
            for (post, rule) in &obeyed.stars {
                // Dropped or taken back by another process meanwhile.
                let Some((source, key)) = named(library, *post)? else { continue };
                if !holds(library, *rule, *post)? {
                    continue;
                }
                if library.prepare_cached(STAR)?.execute(params![post.0, source.0, now.0, rule.0])? > 0 {
                    tell(library, source, &key, true, now)?;
                    starred.push(*post);
                }
            }
            file(library, &obeyed.filed)?;
            library.prepare_cached("UPDATE ruled SET post = max(post, ?1)")?.execute([obeyed.upto.0])?;
            Ok(Some(starred))
        })
    }

    /// Puts posts into the folder of a rule; those that are there stay so.
    pub fn file(&self, rule: RuleId, posts: Vec<PostId>) -> Result<(), StoreError> {
        self.write(Durability::Process, move |library| {
            file(library, &posts.into_iter().map(|post| (post, rule)).collect::<Vec<_>>())
        })
    }

    /// Stars these posts again as a rule had, where it was a rule's star that the reader took off. Gives those that are
    /// starred by it now.
    pub fn give_stars_back(&self, posts: &[PostId], now: Moment) -> Result<Vec<PostId>, StoreError> {
        let posts = posts.to_vec();
        self.write(Durability::Power, move |library| {
            let mut given = Vec::new();
            for post in posts {
                let Some((source, key)) = named(library, post)? else { continue };
                if library.prepare_cached(GIVE_BACK)?.execute(params![post.0, now.0])? > 0 {
                    tell(library, source, &key, true, now)?;
                    given.push(post);
                }
            }
            Ok(given)
        })
    }

    /// Takes the stars back that a rule gave since it was made. What the reader starred themselves, before or since, stays starred. Gives
    /// the posts.
    pub fn take_stars_back(&self, rule: RuleId, now: Moment) -> Result<Vec<PostId>, StoreError> {
        self.write(Durability::Power, move |library| {
            let mut statement = library.prepare_cached(STARS_OF)?;
            let given = statement.query_map([rule.0], key)?.collect::<Result<Vec<_>, _>>()?;
            for (post, source, key) in &given {
                library
                    .prepare_cached(
                        "UPDATE marks SET starred = NULL, starred_how = NULL, starred_rule = NULL WHERE post = ?1",
                    )?
                    .execute([post.0])?;
                tell(library, *source, key, false, now)?;
            }
            Ok(given.into_iter().map(|(post, ..)| post).collect())
        })
    }

    /// How many posts are starred by each rule now, or in its folder.
    pub fn done_by_rules(&self) -> Result<BTreeMap<RuleId, u32>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(DONE)?;
            let counts = statement.query_map([], |row| Ok((RuleId(row.get(0)?), row.get(1)?)))?;
            Ok(counts.collect::<Result<_, _>>()?)
        })
    }

    /// The folders that rules put posts into: each rule, and the path of its folder.
    pub fn filing(&self) -> Result<Vec<(RuleId, Vec<String>)>, StoreError> {
        let of = |one: super::StoredRule| (one.rule.wish == Wish::File).then_some((one.id, one.rule.into?));
        Ok(self.rules()?.into_iter().filter_map(of).collect())
    }
}

fn file(library: &Connection, filed: &[(PostId, RuleId)]) -> Result<(), Trouble> {
    let mut statement = library.prepare_cached(
        "INSERT OR IGNORE INTO filed (rule, post)
         SELECT rules.id, posts.id FROM rules, posts WHERE rules.id = ?1 AND dropped IS NULL AND posts.id = ?2",
    )?;
    for (post, rule) in filed {
        statement.execute(params![rule.0, post.0])?;
    }
    Ok(())
}

/// Whether a rule holds and was there before the post came.
fn holds(library: &Connection, rule: RuleId, post: PostId) -> Result<bool, Trouble> {
    let mut statement =
        library.prepare_cached("SELECT 1 FROM rules WHERE id = ?1 AND dropped IS NULL AND after < ?2")?;
    Ok(statement.exists([rule.0, post.0])?)
}

/// The last post that rules were asked about.
fn ruled(library: &Connection) -> Result<PostId, Trouble> {
    Ok(PostId(library.prepare_cached("SELECT post FROM ruled")?.query_row([], |row| row.get(0))?))
}

fn named(library: &Connection, post: PostId) -> Result<Option<(SourceId, PostKey)>, Trouble> {
    let mut statement = library.prepare_cached("SELECT id, source, key FROM posts WHERE id = ?1")?;
    Ok(statement.query_row([post.0], key).optional()?.map(|(_, source, key)| (source, key)))
}

fn key(row: &Row<'_>) -> rusqlite::Result<(PostId, SourceId, PostKey)> {
    Ok((PostId(row.get(0)?), SourceId(row.get(1)?), PostKey(row.get(2)?)))
}

/// Which rule it was is this library's own number: the log says only that it was one.
fn tell(library: &Connection, source: SourceId, key: &PostKey, on: bool, now: Moment) -> Result<(), Trouble> {
    let event =
        Event { what: STARRED_BY_RULE, source: Some(source), post: Some(key), value: on.into(), ..Event::default() };
    log(library, now, &event)
}
