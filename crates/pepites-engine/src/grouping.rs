//! Takes posts that belong to no story yet, gives each a home, batch by batch.
//! Never holds more than a batch: a stop in between loses nothing, the next call goes on from there.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{PostId, StoryId},
    stories::{self, Frequencies, Said, Sought, Telling},
};
use pepites_store::{Recalled, Relations, Told, Verdict, Words};

use crate::{Engine, contract::Problem};

/// Posts settled in one transaction: enough that what one refresh brings is seen at once, few enough that a command which
/// waits to write waits for one of them, and then has its turn.
const BATCH: u32 = 4_000;

impl Engine {
    /// Groups every post that was not grouped yet (a refresh does so by itself), and ends what a stop in between left: posts
    /// that were given a story and not compared with the others of it. Then the reader's rules star and file what came: only
    /// now it is known what tells again. Gives how many were grouped.
    ///
    /// # Errors
    /// When the library cannot be read or written; what was grouped before stays so.
    pub fn group(&self) -> Result<u32, Problem> {
        let grouped = self.group_all()?;
        self.obey_rules()?;
        Ok(grouped)
    }

    fn group_all(&self) -> Result<u32, Problem> {
        self.relate_left_over()?;
        let (mut grouped, mut recalled) = (0_u32, Recalled::default());
        loop {
            let new = self.store.ungrouped(BATCH)?;
            if new.is_empty() {
                return Ok(grouped);
            }
            let frequencies = self.frequencies_of(&new, &[])?;
            let (mut known, said) = self.like(&new, &frequencies, recalled)?;
            let found_by = stories::found_by(&new, &frequencies, self.now());
            let frequencies = if known.is_empty() { frequencies } else { self.frequencies_of(&new, &known)? };
            let folded = stories::fold(&new, &known, &said, &frequencies);
            grouped = grouped.saturating_add(u32::try_from(folded.homes.len()).unwrap_or(u32::MAX));
            let past = stories::found_by_since(self.now());
            self.store.settle(&folded.homes, Words { learnt: folded.learnt, found_by, past })?;
            self.relate(&new, &known, &frequencies)?;
            recalled = Recalled::default();
            if new.len() == BATCH as usize {
                self.store.let_others_write();
                // Those of whom the reader spoke were not looked for, and not read as the others were.
                let spoken: BTreeSet<PostId> = said.iter().flat_map(|said| [said.one, said.other]).collect();
                known.retain(|telling| !spoken.contains(&telling.post));
                recalled = Recalled::of(known, new);
            }
        }
    }

    /// What a grouping that was stopped did not come to, and what was edited since it was grouped.
    fn relate_left_over(&self) -> Result<(), Problem> {
        loop {
            let (new, edited) = self.store.unrelated(BATCH)?;
            if new.is_empty() && edited.is_empty() {
                return Ok(());
            }
            if !new.is_empty() {
                let (mut known, _) = self.like(&new, &self.frequencies_of(&new, &[])?, Recalled::default())?;
                let fresh: BTreeSet<PostId> = new.iter().map(|telling| telling.post).collect();
                known.retain(|telling| !fresh.contains(&telling.post));
                let frequencies = self.frequencies_of(&new, &known)?;
                self.relate(&new, &known, &frequencies)?;
            }
            let posts: Vec<PostId> = edited.iter().map(|telling| telling.post).collect();
            let frequencies = self.frequencies_of(&edited, &[])?;
            let found_by = stories::found_by(&edited, &frequencies, self.now());
            let found = Relations { copies: self.copies_among(&posts)?, found_by, done: posts, ..Relations::default() };
            self.store.keep_relations(found, self.now())?;
        }
    }

    /// The tellings of the library that may tell the same as `new`, whose words have these `frequencies`, and what the reader
    /// said of any of these; `recalled`: what was read for the batch before.
    fn like(
        &self,
        new: &[Telling],
        frequencies: &Frequencies,
        recalled: Recalled,
    ) -> Result<(Vec<Telling>, Vec<Said>), Problem> {
        let mut known = self.store.tellings_with(&Sought::of(new, frequencies), recalled)?;
        let posts: Vec<PostId> = new.iter().map(|telling| telling.post).collect();
        let mut there: BTreeSet<PostId> =
            posts.iter().copied().chain(known.iter().map(|telling| telling.post)).collect();
        let mut said = Vec::new();
        for (one, other, verdict) in self.store.verdicts_on(&posts)? {
            said.push(Said { one, other, together: verdict == Verdict::Together });
            for post in [one, other].into_iter().filter(|post| there.insert(*post)).collect::<Vec<_>>() {
                known.extend(self.store.telling(post)?);
            }
        }
        Ok((known, said))
    }

    fn frequencies_of(&self, some: &[Telling], others: &[Telling]) -> Result<Frequencies, Problem> {
        Ok(self.store.frequencies(some.iter().chain(others).flat_map(|telling| telling.gist.hashes()))?)
    }

    /// What the posts that were just given a story are to the others: copies, news of a story read, and what their
    /// stories go on with.
    fn relate(&self, new: &[Telling], known: &[Telling], frequencies: &Frequencies) -> Result<(), Problem> {
        let posts: Vec<PostId> = new.iter().map(|telling| telling.post).collect();
        let homes = self.store.stories_of(&posts)?;
        let mut of_story: BTreeMap<StoryId, Vec<PostId>> = BTreeMap::new();
        for (post, story) in &homes {
            of_story.entry(*story).or_default().push(*post);
        }
        let mut found = Relations { earlier: gone_on_with(new, known, &homes, frequencies), ..Relations::default() };
        for told in self.store.told(&posts)? {
            found.copies.extend(copies_of(&told));
            if !told.read {
                continue;
            }
            for post in of_story.get(&told.story).into_iter().flatten() {
                // They stand in time order: what was told after it was not there to be added to.
                let before: Vec<&Telling> = told.tellings.iter().take_while(|other| other.post != *post).collect();
                // Of a story that very many tell, not all of what was told before is looked at: then nothing is known to be new.
                let telling = told.tellings.get(before.len()).filter(|_| !told.skipped && !told.beside.contains(post));
                let news = telling.is_some_and(|telling| stories::adds_much(telling, &before, frequencies));
                let list = if news { &mut found.news } else { &mut found.relays };
                list.push(*post);
            }
        }
        found.done = posts;
        Ok(self.store.keep_relations(found, self.now())?)
    }

    /// What two stories that the reader brought together, or apart, are made of now.
    pub(crate) fn relate_again(&self, posts: &[PostId]) -> Result<(), Problem> {
        let found = Relations { copies: self.copies_among(posts)?, ..Relations::default() };
        Ok(self.store.keep_relations(found, self.now())?)
    }

    /// Each telling of the stories of these posts, with the one whose text it has again.
    fn copies_among(&self, posts: &[PostId]) -> Result<Vec<(PostId, Option<PostId>)>, Problem> {
        Ok(self.store.told(posts)?.iter().flat_map(copies_of).collect())
    }
}

fn copies_of(told: &Told) -> Vec<(PostId, Option<PostId>)> {
    let copies = stories::copies(&told.tellings);
    told.tellings.iter().map(|telling| (telling.post, copies.get(&telling.post).copied())).collect()
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
