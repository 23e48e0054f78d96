//! Gives the facts of every story of a time, read or not, shown or not: for what would have been a nugget.

use std::collections::HashSet;

use pepites_core::{model::Moment, score::rules::Rules};

use super::{
    AUTHORS, KnownFacts, StoryFacts, counts, of_story, sources,
    tellings::{Telling, telling},
};
use crate::{Store, StoreError, sources::MONTH};

const EVERY: &str = "
    WITH inside AS MATERIALIZED (
        SELECT DISTINCT story FROM posts INDEXED BY posts_published JOIN sources ON sources.id = posts.source
        WHERE published >= ?1 AND published <= ?2 AND (dated OR NOT backlog) AND story IS NOT NULL
          AND sources.unfollowed IS NULL
    )
    SELECT posts.story, posts.id, posts.source, posts.published, posts.page, posts.untitled,
           sources.unfollowed IS NULL AS followed, 0 AS relay, 0 AS put_off
    FROM inside
    CROSS JOIN posts ON posts.story = inside.story
    CROSS JOIN sources ON sources.id = posts.source
    ORDER BY posts.story, posts.published, posts.id";

impl Store {
    /// The facts of every story that a followed source told from `since` to `now`, by story, as they are now. What `rules`
    /// mute is not there.
    pub fn every_fact(&self, since: Moment, rules: &Rules, now: Moment) -> Result<Vec<StoryFacts>, StoreError> {
        self.read(|library| {
            let sources = sources(library, now)?;
            let authors = counts::<String>(library, AUTHORS, &[now.plus(-MONTH).0, now.0])?;
            // What was seen meanwhile says nothing of what it was then.
            let known = KnownFacts { sources, authors, pages: HashSet::new(), rules, settled_too: true, now };
            let mut statement = library.prepare_cached(EVERY)?;
            let mut rows = statement.query([since.0, now.0])?;
            let mut story: Vec<Telling> = Vec::new();
            let mut facts = Vec::new();
            while let Some(row) = rows.next()? {
                let next = telling(row)?;
                if story.first().is_some_and(|first| first.story != next.story) {
                    facts.extend(of_story(library, &story, &known)?.story());
                    story.clear();
                }
                story.push(next);
            }
            if !story.is_empty() {
                facts.extend(of_story(library, &story, &known)?.story());
            }
            Ok(facts)
        })
    }
}
