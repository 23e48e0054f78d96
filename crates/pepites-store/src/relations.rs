//! How the tellings of a story are to each other (copies, news of a story read), and which story another goes on with.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{Moment, PostId, StoryId},
    stories::{self, Telling},
};
use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    Store, StoreError,
    error::Trouble,
    marks::relays,
    search::{plain, unfolded},
    stories::{GROUPED, LINKS, TWO, keep_found_by, telling},
};

#[cfg(test)]
mod tests;

/// A story that several posts tell, as its relations are made from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Which.
    pub story: StoryId,
    /// Its tellings, oldest first: the first and the latest ones, those that were asked for (of very many, some), and those
    /// whose text any of these has.
    pub tellings: Vec<Telling>,
    /// Of them, those that are neither first nor latest: what was told just before is not all among them.
    pub beside: BTreeSet<PostId>,
    /// The reader read one of them, or one that was let go since.
    pub read: bool,
    /// The reader skipped one of them, or one that was let go since.
    pub skipped: bool,
}

/// What a grouping found of how posts are to each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    /// Posts that were looked at, each with the one whose text it has again.
    pub copies: Vec<(PostId, Option<PostId>)>,
    /// Posts that add much to a story that was read: they are shown again.
    pub news: Vec<PostId>,
    /// Posts that came to a story that was read, and stay down.
    pub relays: Vec<PostId>,
    /// A post of a story, and one of the story of days before that it goes on with.
    pub earlier: Vec<(PostId, PostId)>,
    /// Words by which posts that were edited are found now, each with when the post was published.
    pub found_by: Vec<(u32, Moment, PostId)>,
    /// Posts that wait no longer to be compared.
    pub done: Vec<PostId>,
}

impl Relations {
    /// One after the other. That a post is done comes last.
    fn steps(self) -> std::vec::IntoIter<Step> {
        let copies = self.copies.into_iter().map(|(post, original)| Step::Copy(post, original));
        let news = self.news.into_iter().map(Step::News);
        let relays = self.relays.into_iter().map(Step::Relay);
        let earlier = self.earlier.into_iter().map(|(post, before)| Step::Earlier(post, before));
        let found_by = [Step::FoundBy(self.found_by)];
        let done = self.done.into_iter().map(Step::Done);
        copies.chain(news).chain(relays).chain(earlier).chain(found_by).chain(done).collect::<Vec<_>>().into_iter()
    }
}

/// One thing to keep of what was found: see [`Relations`].
enum Step {
    Copy(PostId, Option<PostId>),
    News(PostId),
    Relay(PostId),
    Earlier(PostId, PostId),
    FoundBy(Vec<(u32, Moment, PostId)>),
    Done(PostId),
}

impl Step {
    fn keep(self, library: &Connection, now: Moment) -> Result<(), Trouble> {
        let stays = |post: PostId| Ok::<_, Trouble>(library.prepare_cached(STAYS)?.exists([post.0])?);
        match self {
            Self::Copy(post, original) => {
                library
                    .prepare_cached("UPDATE posts SET copy_of = ?2 WHERE id = ?1 AND copy_of IS NOT ?2")?
                    .execute(params![post.0, original.map(|original| original.0)])?;
            }
            Self::News(post) if stays(post)? => {
                library.prepare_cached("UPDATE posts SET news = 1 WHERE id = ?1")?.execute([post.0])?;
            }
            Self::Relay(post) if stays(post)? => relays::put_down(library, post, now)?,
            Self::News(_) | Self::Relay(_) => {}
            Self::Earlier(post, before) => {
                let earlier = "UPDATE stories SET earlier = (SELECT story FROM posts WHERE id = ?2)
                    WHERE id = (SELECT story FROM posts WHERE id = ?1)
                      AND id <> (SELECT story FROM posts WHERE id = ?2)";
                library.prepare_cached(earlier)?.execute([post.0, before.0])?;
            }
            Self::FoundBy(words) => keep_found_by(library, words)?,
            Self::Done(post) => {
                let done = "DELETE FROM unrelated WHERE post = ?1 AND edited <> 2";
                if library.prepare_cached(done)?.execute([post.0])? == 0 {
                    let edited = "UPDATE unrelated SET edited = 1 WHERE post = ?1 AND edited = 2";
                    library.prepare_cached(edited)?.execute([post.0])?;
                }
            }
        }
        Ok(())
    }
}

/// The first telling of a story and the latest ones; how many is written behind it, as SQLite compiles a statement anew
/// whose limit is bound.
const WITHIN: &str = "
    SELECT id FROM (SELECT id FROM posts WHERE story = ?1 ORDER BY published, key LIMIT 1)
    UNION
    SELECT id FROM (SELECT id FROM posts WHERE story = ?1 ORDER BY published DESC, key DESC LIMIT ";

/// Tellings beside the first and the latest that are compared, where so many arrive at once: comparing all with all would
/// take minutes.
const ASKED: usize = 64;

/// The telling whose text a telling has, in the same story.
const ORIGINAL: &str = "
    SELECT original.id FROM posts AS copy JOIN posts AS original ON original.id = copy.copy_of
    WHERE copy.id = ?1 AND original.story = copy.story";

/// Whether a telling of a story was read, and whether one was skipped, be it let go since.
const TOUCHED: &str = "
    SELECT stories.read IS NOT NULL OR EXISTS (
               SELECT 1 FROM posts JOIN marks ON marks.post = posts.id
               WHERE posts.story = ?1 AND marks.read IS NOT NULL),
           stories.skipped IS NOT NULL OR EXISTS (
               SELECT 1 FROM posts JOIN marks ON marks.post = posts.id
               WHERE posts.story = ?1 AND marks.skipped IS NOT NULL)
    FROM stories WHERE stories.id = ?1";

/// Whether a post still waits to be compared and to be marked, and a telling of its story is still read, or was when it was
/// let go.
const STAYS: &str = "
    SELECT 1 FROM posts JOIN unrelated ON unrelated.post = posts.id AND unrelated.edited <> 1 LEFT JOIN marks ON marks.post = posts.id
    WHERE posts.id = ?1 AND marks.read IS NULL AND marks.skipped IS NULL
      AND (EXISTS (SELECT 1 FROM posts AS told JOIN marks AS its ON its.post = told.id
                   WHERE told.story = posts.story AND its.read IS NOT NULL)
           OR EXISTS (SELECT 1 FROM stories WHERE stories.id = posts.story AND stories.read IS NOT NULL))";

/// A page has so many steps back at most: a course of events is told in less.
const STEPS_BACK: usize = 12;

/// When the reader knew what a story was then: they read it before `?2`, or else a digest showed it.
const SEEN: &str = "
    SELECT coalesce(
        (SELECT max(read) FROM (
            SELECT marks.read AS read FROM posts JOIN marks ON marks.post = posts.id WHERE posts.story = ?1
            UNION ALL SELECT stories.read FROM stories WHERE stories.id = ?1)
         WHERE read <= ?2),
        (SELECT max(made) FROM digest_entries JOIN digests ON digests.id = digest
         WHERE story = ?1 AND opened IS NOT NULL))";

impl Store {
    /// The stories of these posts that have more than one telling.
    pub fn told(&self, posts: &[PostId]) -> Result<Vec<Told>, StoreError> {
        self.read(|library| {
            let within = format!("{WITHIN}{})", stories::MOST_OF_STORY);
            let mut told = Vec::new();
            for (story, asked) in by_story(library, posts)? {
                if !library.prepare_cached(TWO)?.exists([story])? {
                    continue;
                }
                let mut statement = library.prepare_cached(&within)?;
                let ids = statement.query_map([story], |row| row.get::<_, i64>(0))?;
                let ids: BTreeSet<i64> = ids.collect::<Result<_, _>>()?;
                let all = with_originals(library, &ids, asked)?;
                let mut tellings = Vec::with_capacity(all.len());
                for post in &all {
                    let mut grouped = library.prepare_cached(GROUPED)?;
                    let mut rows = grouped.query([post])?;
                    tellings.extend(rows.next()?.map(|row| telling(library, row, LINKS)).transpose()?);
                }
                tellings.sort_by_key(|telling| telling.order());
                let beside = all.difference(&ids).copied().map(PostId).collect();
                let (read, skipped) = touched(library, story)?;
                told.push(Told { story: StoryId(story), tellings, beside, read, skipped });
            }
            Ok(told)
        })
    }

    /// The story of each of these posts that has one.
    pub fn stories_of(&self, posts: &[PostId]) -> Result<BTreeMap<PostId, StoryId>, StoreError> {
        self.read(|library| {
            let mut stories = BTreeMap::new();
            for post in posts {
                stories.extend(story_of(library, *post)?.map(|story| (*post, StoryId(story))));
            }
            Ok(stories)
        })
    }

    /// Keeps what was found, in one transaction where the reader does nothing meanwhile. A post that was marked or moved
    /// meanwhile, or that another process compared, keeps what was made of it. Who is stopped in between compares those anew
    /// that are not done.
    pub fn keep_relations(&self, found: Relations, now: Moment) -> Result<(), StoreError> {
        if found == Relations::default() {
            return Ok(());
        }
        self.write_in_turns((found.steps(), now), |library, (mut steps, now), queue| {
            for step in steps.by_ref() {
                step.keep(library, now)?;
                if queue.is_waited_for() {
                    return Ok(Some((steps, now)));
                }
            }
            Ok(None)
        })
    }

    /// The stories that this one goes on with, the latest first, then those that go on with it, the first first. None of
    /// them is without a telling.
    pub fn course(&self, story: StoryId) -> Result<(Vec<StoryId>, Vec<StoryId>), StoreError> {
        self.read(|library| {
            let told = |story: i64| -> Result<bool, Trouble> {
                Ok(library.prepare_cached("SELECT 1 FROM posts WHERE story = ?1")?.exists([story])?)
            };
            let (mut earlier, mut seen, mut at) = (Vec::new(), BTreeSet::from([story.0]), story.0);
            while earlier.len() < STEPS_BACK {
                let before: Option<Option<i64>> = library
                    .prepare_cached("SELECT earlier FROM stories WHERE id = ?1")?
                    .query_row([at], |row| row.get(0))
                    .optional()?;
                let Some(before) = before.flatten().filter(|before| seen.insert(*before)) else { break };
                at = before;
                if told(before)? {
                    earlier.push(StoryId(before));
                }
            }
            let mut statement = library.prepare_cached("SELECT id FROM stories WHERE earlier = ?1 ORDER BY id")?;
            let after = statement.query_map([story.0], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
            let mut later = Vec::new();
            for after in after.into_iter().filter(|after| seen.insert(*after)) {
                if told(after)? {
                    later.push(StoryId(after));
                }
            }
            Ok((earlier, later))
        })
    }

    /// Until when the reader knows a story: one of its tellings was read, no later than `before`, or else a digest showed
    /// it. None when it is all new to them.
    pub fn seen_since(&self, story: StoryId, before: Moment) -> Result<Option<Moment>, StoreError> {
        self.read(|library| {
            let seen: Option<i64> = library.prepare_cached(SEEN)?.query_row([story.0, before.0], |row| row.get(0))?;
            Ok(seen.map(Moment))
        })
    }

    /// Which of these posts came to a story that was read, and add much to it.
    pub fn news_among(&self, posts: &[PostId]) -> Result<BTreeSet<PostId>, StoreError> {
        self.read(|library| {
            let mut news = BTreeSet::new();
            for post in posts {
                if library.prepare_cached("SELECT 1 FROM posts WHERE id = ?1 AND news")?.exists([post.0])? {
                    news.insert(*post);
                }
            }
            Ok(news)
        })
    }

    /// The text of each of these posts, without markup and without what is folded, no longer than is looked at.
    pub fn texts(&self, posts: &[PostId]) -> Result<BTreeMap<PostId, String>, StoreError> {
        self.read(|library| {
            let mut texts = BTreeMap::new();
            for post in posts {
                texts.insert(*post, plain(&unfolded(&crate::bodies::of(library, post.0)?)));
            }
            Ok(texts)
        })
    }
}

/// The stories of these posts, each with those that it has.
fn by_story(library: &Connection, posts: &[PostId]) -> Result<BTreeMap<i64, Vec<i64>>, Trouble> {
    let mut stories: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for post in posts {
        if let Some(story) = story_of(library, *post)? {
            stories.entry(story).or_default().push(post.0);
        }
    }
    Ok(stories)
}

/// These tellings, some of those `asked` for, and the ones whose text any of them has: a telling whose original nobody looks
/// at would seem to have a text of its own.
fn with_originals(library: &Connection, ids: &BTreeSet<i64>, asked: Vec<i64>) -> Result<BTreeSet<i64>, Trouble> {
    let mut all = ids.clone();
    all.extend(asked.into_iter().filter(|post| !ids.contains(post)).take(ASKED));
    let mut original = library.prepare_cached(ORIGINAL)?;
    let mut waiting: Vec<i64> = all.iter().copied().collect();
    while let Some(post) = waiting.pop() {
        let found: Option<i64> = original.query_row([post], |row| row.get(0)).optional()?;
        waiting.extend(found.filter(|found| all.insert(*found)));
    }
    Ok(all)
}

fn story_of(library: &Connection, post: PostId) -> Result<Option<i64>, Trouble> {
    let mut statement = library.prepare_cached("SELECT story FROM posts WHERE id = ?1")?;
    let story: Option<Option<i64>> = statement.query_row([post.0], |row| row.get(0)).optional()?;
    Ok(story.flatten())
}

/// Whether the reader read a telling of the story, and whether they skipped one. Of no story, neither.
pub(crate) fn touched(library: &Connection, story: i64) -> Result<(bool, bool), Trouble> {
    let found = library.prepare_cached(TOUCHED)?.query_row([story], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found.unwrap_or_default())
}
