//! Takes the candidates of a digest, tells of each what the reader would make of it, by what they made of others.
//! Never keeps what was learned beyond one digest: it is learned again from the marks, so that a mark taken back leaves
//! nothing.

use std::collections::BTreeSet;

use pepites_core::{
    model::Moment,
    score::{
        Facts,
        taste::{ENOUGH_STARRED, Frequencies, Taste, Trait, Verdict, traits, traits_of},
    },
};
use pepites_store::StoryFacts;

use crate::{Engine, contract::Problem};

#[cfg(test)]
mod tests;

/// Traits named as a reason.
const MOST_NAMED: usize = 3;

/// Candidates of the first window whose words are counted, beside those judged: enough to know which words are common.
const COUNTED: usize = 5_000;

impl Engine {
    /// What the marks teach; None until there is enough to go by. `at_hand`: posts whose words are counted too.
    pub(crate) fn taste(&self, at_hand: &[StoryFacts], now: Moment) -> Result<Option<Taste>, Problem> {
        let judged = self.store.judged(self.taste_since()?.unwrap_or_default(), now)?;
        if judged.iter().filter(|one| one.verdict == Verdict::Starred).count() < ENOUGH_STARRED as usize {
            return Ok(None);
        }
        let of_judged: Vec<BTreeSet<Trait>> = judged
            .iter()
            .map(|one| {
                let source = one.source.to_string();
                traits(&one.title, &one.lead, one.author.as_deref(), Some(&source), &one.tags)
            })
            .collect();
        let mut frequencies = Frequencies::default();
        of_judged.iter().for_each(|traits| frequencies.add(traits));
        at_hand.iter().take(COUNTED).for_each(|story| frequencies.add(&traits_of(&story.facts)));
        let log = of_judged.iter().zip(judged.iter().map(|one| one.verdict));
        Ok(Some(Taste::of(frequencies, self.store.removed_from_taste()?, log)))
    }
}

/// The facts of a story with what the reader would make of it, where that is known.
pub(super) fn tasted(facts: Facts, taste: Option<&Taste>) -> Facts {
    Facts { taste: taste.and_then(|taste| taste.opinion(&traits_of(&facts), MOST_NAMED)), ..facts }
}
