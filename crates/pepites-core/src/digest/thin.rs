//! Takes ranked stories and how much the reader wants of each source, gives those that may enter a digest.
//! Never looks at the budget: that is [`super::choose`].

use std::collections::BTreeMap;

use super::{Candidate, better};
use crate::model::{Mode, SourceId};

/// Those of `candidates` that the mode of their face's source lets in, in the order given. `shown`: stories that each
/// source brought to the reader's day already.
#[must_use]
pub fn admitted(
    candidates: Vec<Candidate>,
    modes: &BTreeMap<SourceId, Mode>,
    shown: &BTreeMap<SourceId, u32>,
) -> Vec<Candidate> {
    if modes.values().all(|mode| *mode == Mode::All) {
        return candidates;
    }
    let mut best: Vec<usize> = (0..candidates.len()).collect();
    best.sort_by(|&a, &b| match (candidates.get(a), candidates.get(b)) {
        (Some(a), Some(b)) => better(a, b),
        _ => a.cmp(&b),
    });
    let mut taken = shown.clone();
    let mut enters = vec![false; candidates.len()];
    for at in best {
        let (Some(candidate), Some(enters)) = (candidates.get(at), enters.get_mut(at)) else { continue };
        let source = candidate.facts.source;
        *enters = match modes.get(&source).copied().unwrap_or_default() {
            Mode::All | Mode::Digest => true,
            Mode::Nuggets => candidate.rank.nugget,
            Mode::NoRelays => candidate.facts.first,
            Mode::Muted => false,
            Mode::Daily(most) => {
                let taken = taken.entry(source).or_default();
                *taken += 1;
                *taken <= most
            }
        };
    }
    candidates.into_iter().zip(enters).filter_map(|(candidate, enters)| enters.then_some(candidate)).collect()
}
