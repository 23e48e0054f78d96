//! What the reader asked for outright: mutes, likes, dislikes. Kept until the reader takes them back; what did something
//! to posts is kept aside then, so that it is there again when it is made again.

use pepites_core::{
    model::{Moment, PostId, RuleId, SourceId},
    score::rules::{About, Matter, Wish},
};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Store, StoreError,
    error::{Trouble, missing},
    events::{Event, log},
    judged::tags,
    sources::MONTH,
    store::Durability,
};

mod obeying;
#[cfg(test)]
mod tests;

pub use obeying::Obeyed;

/// A rule to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRule {
    /// What is asked.
    pub wish: Wish,
    /// Of what.
    pub about: About,
    /// What it is about as the reader wrote it; of a source, its number.
    pub name: String,
    /// The folder that it is for, as its path; None: everywhere.
    pub folder: Option<Vec<String>>,
    /// The folder that it puts posts into, as its path; None where it puts them into none.
    pub into: Option<Vec<String>>,
    /// It holds before this moment; None: for ever.
    pub until: Option<Moment>,
}

/// A rule as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRule {
    /// Its row.
    pub id: RuleId,
    /// The rule.
    pub rule: NewRule,
    /// When it was made, or made anew.
    pub made: Moment,
    /// The last post that was there when it was made, or made again after it was taken back.
    pub after: PostId,
}

/// What rules look at in one post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Its source.
    pub source: SourceId,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its title.
    pub title: String,
    /// Its first words.
    pub lead: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its language, where it is known.
    pub language: Option<String>,
    /// The words of its text.
    pub words: u32,
    /// It tells what another told before it.
    pub relay: bool,
    /// Its row.
    pub post: PostId,
}

/// The newest posts that are looked at to count what a rule speaks of: a reader's month has a tenth of it.
const MOST_LOOKED_AT: u32 = 30_000;

const LOOKED_AT: &str = "
    SELECT id, source, author, title, lead, tags, language, words,
           EXISTS (SELECT 1 FROM relays WHERE relays.post = posts.id) AS relay
    FROM posts";

/// The date of an undated post of a first visit is made up: its archive came on no day.
const LATELY: &str = "
    WHERE published > ?1 AND (dated OR NOT backlog) AND published <= ?2 ORDER BY published DESC LIMIT ?3";

const ALL: &str = "
    SELECT id, wish, kind, name, folded, folder, until, made, target, after FROM rules
    WHERE dropped IS NULL ORDER BY id";

const ONE: &str = "
    SELECT id, wish, kind, name, folded, folder, until, made, target, after FROM rules
    WHERE id = ?1 AND dropped IS NULL";

/// Two wishes about one thing in one place that speak in digests would contradict each other: the last word holds. To be
/// told of it, to star it and to file it stand beside that, and beside each other. What was taken back and is made again
/// is the rule that it was, with what it did, and begins anew: what came in between is not its own.
const KEEP: &str = "
    INSERT INTO rules (wish, kind, name, folded, folder, until, made, target, after)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (SELECT coalesce(max(id), 0) FROM posts))
    ON CONFLICT (iif(wish IN ('notify', 'star', 'file'), wish, 'digest'), kind, folded, folder, target)
    DO UPDATE SET wish = excluded.wish, name = excluded.name, until = excluded.until, made = excluded.made,
                  after = iif(dropped IS NULL, after, excluded.after), dropped = NULL
    RETURNING id";

const CHANGE: &str = "
    UPDATE rules SET wish = ?1, kind = ?2, name = ?3, folded = ?4, folder = ?5, until = ?6, made = ?7, target = ?8
    WHERE id = ?9 AND dropped IS NULL
    RETURNING id";

/// Another rule than `?1` that holds what a change would make of it.
const TAKEN: &str = "
    SELECT id FROM rules
    WHERE id <> ?1 AND dropped IS NULL
      AND iif(wish IN ('notify', 'star', 'file'), wish, 'digest') = iif(?2 IN ('notify', 'star', 'file'), ?2, 'digest')
      AND kind = ?3 AND folded = ?4 AND folder = ?5 AND target = ?6";

const SET_ASIDE: &str = "
    UPDATE rules SET dropped = ?2 WHERE id = ?1";

impl Store {
    /// Every rule, oldest first, those whose end has come included.
    pub fn rules(&self) -> Result<Vec<StoredRule>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(ALL)?;
            let rules = statement.query_map([], stored)?;
            Ok(rules.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a rule: in place of the rule `change`, else in place of one about the same thing in the same folder, else
    /// as a new one. Gives its row; None: there is another rule that is what `change` would become, and all stays as it is.
    pub fn keep_rule(&self, change: Option<RuleId>, rule: &NewRule, now: Moment) -> Result<Option<RuleId>, StoreError> {
        let rule = rule.clone();
        self.write(Durability::Power, move |library| {
            let path = |path: &Option<Vec<String>>| path.as_ref().map(serde_json::to_string).transpose();
            let (folder, into) = (path(&rule.folder)?.unwrap_or_default(), path(&rule.into)?.unwrap_or_default());
            let until = rule.until.map(|until| until.0);
            let (wish, kind) = (text(&rule.wish)?, text(&rule.about.matter)?);
            let values = params![wish, kind, rule.name, rule.about.name, folder, until, now.0, into];
            let before = change.map(|id| one(library, id)).transpose()?;
            if let Some(StoredRule { id, .. }) = &before {
                let same = params![id.0, wish, kind, rule.about.name, folder, into];
                if library.prepare_cached(TAKEN)?.exists(same)? {
                    return Ok(None);
                }
            }
            let id = match before.filter(|before| !is_another(&before.rule, &rule)) {
                Some(StoredRule { id, .. }) => {
                    let values = params![wish, kind, rule.name, rule.about.name, folder, until, now.0, into, id.0];
                    library.prepare_cached(CHANGE)?.query_row(values, |row| row.get(0))?
                }
                None => {
                    if let Some(id) = change {
                        set_aside(library, &one(library, id)?, now)?;
                    }
                    library.prepare_cached(KEEP)?.query_row(values, |row| row.get(0))?
                }
            };
            tell(library, &rule, true, now)?;
            Ok(Some(RuleId(id)))
        })
    }

    /// The last post that came; 0 when none did.
    pub fn newest(&self) -> Result<PostId, StoreError> {
        self.read(|library| {
            let newest = "SELECT coalesce(max(id), 0) FROM posts";
            Ok(PostId(library.prepare_cached(newest)?.query_row([], |row| row.get(0))?))
        })
    }

    /// What was published in the last 30 days, newest first, at most `MOST_LOOKED_AT`.
    pub fn spoken_lately(&self, now: Moment) -> Result<Vec<Spoken>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(&format!("{LOOKED_AT}{LATELY}"))?;
            let posts = statement.query_map(params![now.plus(-MONTH).0, now.0, MOST_LOOKED_AT], spoken)?;
            Ok(posts.collect::<Result<_, _>>()?)
        })
    }

    /// Takes a rule back, and gives it. What it starred stays starred; what it put into its folder is not there any more.
    pub fn drop_rule(&self, id: RuleId, now: Moment) -> Result<StoredRule, StoreError> {
        self.write(Durability::Power, move |library| {
            let found = one(library, id)?;
            set_aside(library, &found, now)?;
            Ok(found)
        })
    }
}

fn one(library: &Connection, id: RuleId) -> Result<StoredRule, Trouble> {
    let found = library.prepare_cached(ONE)?.query_row([id.0], stored).optional()?;
    found.ok_or_else(|| missing("rule", id.0))
}

/// Whether what a rule did would be wrong of what it becomes: it is then another rule, and the first can come back.
fn is_another(rule: &NewRule, becomes: &NewRule) -> bool {
    let same = rule.wish == becomes.wish
        && rule.about == becomes.about
        && rule.folder == becomes.folder
        && rule.into == becomes.into;
    !same && (rule.wish.leaves_traces() || becomes.wish.leaves_traces())
}

fn set_aside(library: &Connection, found: &StoredRule, now: Moment) -> Result<(), Trouble> {
    if found.rule.wish.leaves_traces() {
        library.prepare_cached(SET_ASIDE)?.execute(params![found.id.0, now.0])?;
    } else {
        library.prepare_cached("DELETE FROM rules WHERE id = ?1")?.execute([found.id.0])?;
    }
    tell(library, &found.rule, false, now)
}

fn spoken(row: &Row<'_>) -> rusqlite::Result<Spoken> {
    let source = SourceId(row.get("source")?);
    let (author, title, lead) = (row.get("author")?, row.get("title")?, row.get("lead")?);
    let (language, words, relay) = (row.get("language")?, row.get("words")?, row.get("relay")?);
    let (post, tags) = (PostId(row.get("id")?), tags(row.get_ref("tags")?));
    Ok(Spoken { source, author, title, lead, tags, language, words, relay, post })
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredRule> {
    let (folder, into): (String, String) = (row.get("folder")?, row.get("target")?);
    Ok(StoredRule {
        id: RuleId(row.get("id")?),
        rule: NewRule {
            wish: named(row, "wish")?,
            about: About { matter: named(row, "kind")?, name: row.get("folded")? },
            name: row.get("name")?,
            folder: serde_json::from_str(&folder).ok(),
            into: serde_json::from_str(&into).ok(),
            until: row.get::<_, Option<i64>>("until")?.map(Moment),
        },
        made: Moment(row.get("made")?),
        after: PostId(row.get("after")?),
    })
}

/// The log names a source as other devices know it.
fn tell(library: &Connection, rule: &NewRule, holds: bool, now: Moment) -> Result<(), Trouble> {
    let number = || rule.about.name.parse().ok().map(SourceId);
    let source = if rule.about.matter == Matter::Source { number() } else { None };
    let name = source.is_none().then_some(&rule.name);
    let value = serde_json::json!({
        "wish": rule.wish, "kind": rule.about.matter, "name": name, "folder": rule.folder, "into": rule.into, "until": rule.until, "holds": holds,
    });
    log(library, now, &Event { what: "rule", source, value, ..Event::default() })
}

/// The name of one of several, as the contract has it.
pub(crate) fn text<T: Serialize>(one: &T) -> Result<String, Trouble> {
    Ok(serde_json::to_value(one)?.as_str().unwrap_or_default().to_owned())
}

/// The one of that name.
pub(crate) fn named<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let name: String = row.get(column)?;
    serde_json::from_value(serde_json::Value::String(name))
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))
}
