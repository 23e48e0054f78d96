//! Takes the candidates of a digest, tells of each what the reader would make of it, by what they made of others.
//! Never keeps what was learned: it is learned again from the marks, so that a mark taken back leaves nothing.

use std::collections::BTreeSet;

use pepites_core::{
    model::Moment,
    score::{
        Facts,
        taste::{ENOUGH_STARRED, Frequencies, Taste, Trait, Verdict, traits, traits_of},
    },
};

use crate::{Engine, contract::Problem};

/// Traits named as a reason.
const MOST_NAMED: usize = 3;

/// Candidates whose words are counted, beside those judged: enough to know which words are common.
const COUNTED: usize = 5_000;

impl Engine {
    /// Fills in what the reader would make of each; leaves them as they are until there is enough to go by.
    pub(super) fn taste(&self, mut candidates: Vec<&mut Facts>, now: Moment) -> Result<(), Problem> {
        let judged = self.store.judged(now)?;
        if judged.iter().filter(|one| one.verdict == Verdict::Starred).count() < ENOUGH_STARRED as usize {
            return Ok(());
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
        candidates.iter().take(COUNTED).for_each(|facts| frequencies.add(&traits_of(facts)));
        let log = of_judged.iter().zip(judged.iter().map(|one| one.verdict));
        let taste = Taste::of(frequencies, BTreeSet::new(), log);
        for facts in &mut candidates {
            facts.taste = taste.opinion(&traits_of(facts), MOST_NAMED);
        }
        Ok(())
    }
}
