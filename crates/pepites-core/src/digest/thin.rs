//! Takes ranked stories and how much the reader wants of each source, gives those that may enter a digest, and which of
//! them are its nuggets. Never chooses: that is [`super::choose`].

use std::collections::BTreeMap;

use super::{Budget, Candidate, better, rich_day};
use crate::model::{Mode, SourceId};

/// Those of `candidates` that the mode of their face's source lets in, in the order given; where they have more nuggets
/// than a day of `budget` has place for, the strongest keep the mark. What cannot enter takes no mark from what can.
/// `shown`: stories that each source brought to the reader's day already.
#[must_use]
pub fn admitted(
    candidates: Vec<Candidate>,
    modes: &BTreeMap<SourceId, Mode>,
    shown: &BTreeMap<SourceId, u32>,
    budget: Budget,
) -> Vec<Candidate> {
    let mut candidates = let_in(candidates, modes, shown);
    rich_day::keep_strongest(&mut candidates, budget);
    let only_nuggets = |candidate: &Candidate| modes.get(&candidate.facts.source) == Some(&Mode::Nuggets);
    candidates.retain(|candidate| candidate.put_off || candidate.rank.nugget || !only_nuggets(candidate));
    candidates
}

fn let_in(
    candidates: Vec<Candidate>,
    modes: &BTreeMap<SourceId, Mode>,
    shown: &BTreeMap<SourceId, u32>,
) -> Vec<Candidate> {
    if modes.values().all(|mode| *mode == Mode::All) {
        return candidates;
    }
    let mut best: Vec<usize> = (0..candidates.len()).collect();
    best.sort_by(|&a, &b| match (candidates.get(a), candidates.get(b)) {
        // What was put off is counted first: it was promised a place.
        (Some(a), Some(b)) => b.put_off.cmp(&a.put_off).then_with(|| better(a, b)),
        _ => a.cmp(&b),
    });
    let mut taken = shown.clone();
    let mut enters = vec![false; candidates.len()];
    for at in best {
        let (Some(candidate), Some(enters)) = (candidates.get(at), enters.get_mut(at)) else { continue };
        let source = candidate.facts.source;
        *enters = match modes.get(&source).copied().unwrap_or_default() {
            Mode::All | Mode::Digest => true,
            Mode::Nuggets => candidate.put_off || candidate.rank.nugget,
            Mode::NoRelays => candidate.put_off || !candidate.facts.relayed,
            Mode::Muted => false,
            Mode::Daily(most) => {
                let taken = taken.entry(source).or_default();
                *taken += 1;
                candidate.put_off || *taken <= most
            }
        };
    }
    candidates.into_iter().zip(enters).filter_map(|(candidate, enters)| enters.then_some(candidate)).collect()
}
