//! Gives what every followed source brought since a moment, as plans and their notes look at it.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    digest::seconds,
    model::{Moment, PostId, SourceId},
    room::{self, Brought, Told},
    trends::day_of,
};

use crate::{Engine, contract::Problem};

/// Days with a digest that was seen, from which on what digests showed says what digests alone would bring.
const TOLD_FROM: usize = 15;

/// Digests looked through for these: more editions than anybody makes in thirty days.
const EDITIONS: u32 = 400;

impl Engine {
    /// Whether the reader saw digests on enough days since then.
    fn digests_tell(&self, since: Moment) -> Result<bool, Problem> {
        let seen = self.store.digests(EDITIONS)?.into_iter().filter(|line| line.made >= since && line.opened.is_some());
        Ok(seen.map(|line| line.day).collect::<BTreeSet<_>>().len() >= TOLD_FROM)
    }

    /// What every followed source brought since then.
    pub(super) fn brought(&self, since: Moment) -> Result<Vec<Brought>, Problem> {
        let (now, offset) = self.here();
        let mut nuggets = self.would_be_nuggets(since)?;
        let shown = self.store.faces_shown(since)?;
        nuggets.extend(shown.iter().filter(|(_, nugget)| **nugget).map(|(face, _)| *face));
        let digests_tell = self.digests_tell(since)?;
        let words_per_minute = self.settings()?.words_per_minute;
        let relays = self.store.relays(since, now.plus(1))?;
        let carried: BTreeSet<PostId> = relays.iter().map(|relay| relay.first).collect();
        let told_by: BTreeMap<PostId, SourceId> = relays.iter().map(|relay| (relay.post, relay.first_source)).collect();
        let mut by_source: BTreeMap<SourceId, Vec<Told>> = BTreeMap::new();
        for post in self.store.room_posts(since, now)? {
            by_source.entry(post.source).or_default().push(Told {
                post: post.post,
                published: post.published,
                day: day_of(post.published, offset),
                seconds: seconds(post.words, words_per_minute).saturating_add(post.listening),
                nugget: nuggets.contains(&post.post),
                starred: post.starred,
                read: post.read,
                shown: shown.contains_key(&post.post),
                relay: post.relay,
                told_by: told_by.get(&post.post).copied(),
                carried: carried.contains(&post.post),
            });
        }
        let brought = |source: &pepites_core::model::Source| {
            let posts = by_source.remove(&source.id).unwrap_or_default();
            Brought { source: source.id, mode: source.mode, instead: room::instead(&posts), digests_tell, posts }
        };
        Ok(self.store.sources()?.iter().map(brought).collect())
    }
}
