//! Takes posts that belong to no story yet, gives each a home, batch by batch.
//! Never holds more than a batch: a stop in between loses nothing, the next call goes on from there.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{PostId, StoryId},
    stories::{self, Frequencies, Sought, Telling},
};
use pepites_store::Relations;

use crate::{Engine, contract::Problem};

/// Posts settled in one transaction: enough that what one refresh brings is seen at once, few enough that a command which
/// waits to write waits for one of them, and then has its turn.
const BATCH: u32 = 4_000;

impl Engine {
    /// Groups every post that was not grouped yet (a refresh does so by itself). Gives how many there were.
    ///
    /// # Errors
    /// When the library cannot be read or written; what was grouped before stays so.
    pub fn group(&self) -> Result<u32, Problem> {
        let mut grouped = 0_u32;
        loop {
            let new = self.store.ungrouped(BATCH)?;
            if new.is_empty() {
                return Ok(grouped);
            }
            let frequencies = self.store.frequencies(new.iter().flat_map(|telling| telling.gist.hashes()))?;
            let known = self.store.tellings_with(&Sought::of(&new, &frequencies))?;
            let found_by = stories::found_by(&new, &frequencies, self.now());
            let frequencies =
                self.store.frequencies(new.iter().chain(&known).flat_map(|telling| telling.gist.hashes()))?;
            let folded = stories::fold(&new, &known, &frequencies);
            grouped = grouped.saturating_add(u32::try_from(folded.homes.len()).unwrap_or(u32::MAX));
            self.store.keep_words(folded.learnt, found_by, stories::found_by_since(self.now()))?;
            self.store.settle(&folded.homes)?;
            self.relate(&new, &known, &frequencies)?;
            if new.len() == BATCH as usize {
                self.store.let_others_write();
            }
        }
    }

    /// What the posts that were just given a story are to the others: copies, news of a story read, and what their
    /// stories go on with.
    fn relate(&self, new: &[Telling], known: &[Telling], frequencies: &Frequencies) -> Result<(), Problem> {
        let posts: Vec<PostId> = new.iter().map(|telling| telling.post).collect();
        let homes = self.store.stories_of(&posts)?;
        let fresh: BTreeSet<PostId> = posts.iter().copied().collect();
        let mut found = Relations { earlier: gone_on_with(new, known, &homes, frequencies), ..Relations::default() };
        for told in self.store.told(&posts)? {
            let copies = stories::copies(&told.tellings);
            found.copies.extend(told.tellings.iter().map(|telling| (telling.post, copies.get(&telling.post).copied())));
            if !told.read {
                continue;
            }
            for telling in told.tellings.iter().filter(|telling| fresh.contains(&telling.post)) {
                // They stand in time order: what was told after it was not there to be added to.
                let before: Vec<&Telling> =
                    told.tellings.iter().take_while(|other| other.post != telling.post).collect();
                let news = !told.skipped && stories::adds_much(telling, &before, frequencies);
                let list = if news { &mut found.news } else { &mut found.relays };
                list.push(telling.post);
            }
        }
        Ok(self.store.keep_relations(found, self.now())?)
    }

    /// What two stories that the reader brought together, or apart, are made of now.
    pub(crate) fn relate_again(&self, posts: &[PostId]) -> Result<(), Problem> {
        let mut found = Relations::default();
        for told in self.store.told(posts)? {
            let copies = stories::copies(&told.tellings);
            found.copies.extend(told.tellings.iter().map(|telling| (telling.post, copies.get(&telling.post).copied())));
        }
        Ok(self.store.keep_relations(found, self.now())?)
    }
}

/// For each story that these posts opened, a post of it and one of the story of days before that it goes on with.
fn gone_on_with(
    new: &[Telling],
    known: &[Telling],
    homes: &BTreeMap<PostId, StoryId>,
    frequencies: &Frequencies,
) -> Vec<(PostId, PostId)> {
    let before: BTreeSet<i64> = known.iter().filter_map(|telling| telling.story).map(|story| story.0).collect();
    let of_new = new.iter().filter_map(|telling| Some((homes.get(&telling.post)?.0, telling)));
    let of_known = known.iter().filter_map(|telling| Some((telling.story?.0, telling)));
    let opened: BTreeMap<i64, PostId> = of_new
        .clone()
        .filter(|(story, _)| !before.contains(story))
        .map(|(story, telling)| (story, telling.post))
        .collect();
    let all: Vec<(i64, &Telling)> = of_known.chain(of_new).collect();
    let earlier = stories::earlier(&all, &opened.keys().copied().collect(), frequencies);
    earlier.into_iter().filter_map(|(story, before)| Some((*opened.get(&story)?, before))).collect()
}
