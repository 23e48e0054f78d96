//! Takes stories that were just opened and the tellings of days before, says which earlier story each goes on with.
//! Never joins them: what happens days later is news of its own, and has its own place.

use std::{
    cell::OnceCell,
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    MOST_WITH_WORD, Telling, UNDATED,
    evidence::{self, Witness},
    frequencies::{ByWord, Frequencies},
    gist::{Class, Gist, Word},
    index_words,
    signs::Kind,
};
use crate::model::{Moment, PostId};

/// A story opened less than so long after another is about the same day: were it the same, grouping had joined them.
const DAYS_LATER: i64 = 20 * Moment::HOUR;

/// Two tellings at least so much alike, time put aside, are of one course of events. Measured on the labelled set whose days
/// are true: of the links that it gives, two in five are of one labelled event, and most others are of what came of it
/// ("FDA set to approve", "FDA approves"), which is what is looked for; `check stories --relations`
/// shows them.
const GOES_ON: f32 = 0.33;

/// Within one source a likeness is a habit of its writer more often.
const GOES_ON_WITHIN: f32 = 0.45;

/// Names, numbers and rare words in common: two words meet by accident.
const SHARED_WORDS: u32 = 3;

/// A word in the title counts like so many in the text, as in `gathering`.
const TITLE: f32 = 3.0;

/// What two texts share counts up to so many times what their titles share, as in `gathering`.
const SUPPORT: f32 = 4.0;

/// A word in the title of one and the text of the other bears half as much.
const IN_ONE_TITLE: f32 = 0.5;

/// For each story (by any number that stands for it) of `opened`, the earlier telling that it goes on with. `tellings`:
/// all that are looked at, each with its story. At most one for each, the most alike, then the latest.
#[must_use]
pub fn earlier(
    tellings: &[(i64, &Telling)],
    opened: &BTreeSet<i64>,
    frequencies: &Frequencies,
) -> BTreeMap<i64, PostId> {
    let mut with: ByWord<Vec<(Moment, usize)>> = ByWord::default();
    // Most meet nobody, and are never weighed.
    let weighed: Vec<OnceCell<Weighed<'_>>> = tellings.iter().map(|_| OnceCell::new()).collect();
    let weigh = |place: usize, telling| Some(weighed.get(place)?.get_or_init(|| Weighed::of(telling, frequencies)));
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.sort_by_key(|&place| tellings.get(place).map(|(_, telling)| telling.order()));
    let first = first_of_each(tellings);
    let mut best: BTreeMap<i64, (f32, (Moment, u64, PostId))> = BTreeMap::new();
    for place in order {
        let Some(&(story, telling)) = tellings.get(place) else { continue };
        if telling.at == UNDATED {
            continue;
        }
        let words = index_words(&telling.gist, frequencies);
        if opened.contains(&story) {
            for other in met(&with, &words, telling.at.plus(-DAYS_LATER)) {
                let Some(&(its, before)) = tellings.get(other) else { continue };
                // Of two that go on side by side, the one that began first is the earlier one: never both.
                if first.get(&its) >= first.get(&story) {
                    continue;
                }
                let (Some(own), Some(its_own)) = (weigh(place, telling), weigh(other, before)) else { continue };
                let least = if telling.source == before.source { GOES_ON_WITHIN } else { GOES_ON };
                let alike = own.goes_on_with(its_own, least);
                let found = (alike, before.order());
                if alike >= least && best.get(&story).is_none_or(|best| found > *best) {
                    best.insert(story, found);
                }
            }
        }
        for word in words {
            with.entry(word).or_default().push((telling.at, place));
        }
    }
    best.into_iter().map(|(story, (_, (.., post)))| (story, post)).collect()
}

/// When each story began, as far as it is looked at.
fn first_of_each(tellings: &[(i64, &Telling)]) -> BTreeMap<i64, (Moment, u64, PostId)> {
    let mut first: BTreeMap<i64, (Moment, u64, PostId)> = BTreeMap::new();
    for &(story, telling) in tellings {
        let at = telling.order();
        first.entry(story).and_modify(|first| *first = at.min(*first)).or_insert(at);
    }
    first
}

/// Tellings that have two of these words at least, and were published until then; of a word that is not rare only the latest
/// ones are looked at, whenever those were.
fn met(with: &ByWord<Vec<(Moment, usize)>>, words: &[u32], until: Moment) -> Vec<usize> {
    let mut met: Vec<usize> = Vec::new();
    for all in words.iter().filter_map(|word| with.get(word)) {
        let latest = all.get(all.len().saturating_sub(MOST_WITH_WORD)..).unwrap_or_default();
        met.extend(latest.iter().take_while(|(at, _)| *at <= until).map(|(_, place)| *place));
    }
    met.sort_unstable();
    met.chunk_by(|one, other| one == other)
        .filter(|same| same.len() > 1)
        .filter_map(|same| same.first().copied())
        .collect()
}

/// A telling with what each of its words weighs, their squares adding up to 1.
struct Weighed<'a> {
    gist: &'a Gist,
    weights: Vec<f32>,
    /// Whenever it was told.
    timeless: Witness<'a>,
}

impl<'a> Weighed<'a> {
    fn of(telling: &'a Telling, frequencies: &Frequencies) -> Self {
        let mut weights: Vec<f32> = telling
            .gist
            .words()
            .iter()
            .map(|word| {
                #[expect(clippy::cast_precision_loss, reason = "counts up to three")]
                let often = (TITLE * word.in_title() as f32 + word.in_text() as f32).ln_1p();
                often * frequencies.rarity(word.hash(), 0, 0)
            })
            .collect();
        let length = weights.iter().map(|weight| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        weights.iter_mut().for_each(|weight| *weight /= length);
        let mut timeless = Witness::of(telling);
        timeless.at = None;
        Self { gist: &telling.gist, weights, timeless }
    }

    fn words(&self) -> impl Iterator<Item = (Word, f32)> {
        self.gist.words().iter().copied().zip(self.weights.iter().copied())
    }

    /// How much two tellings are of one course of events, whenever each was told; 0 where that is less than `least`.
    fn goes_on_with(&self, before: &Self, least: f32) -> f32 {
        let (mut all, mut titles, mut words, mut anchored) = (0.0_f32, 0.0_f32, 0_u32, false);
        let (mut ones, mut others) = (self.words(), before.words());
        let (mut one, mut other) = (ones.next(), others.next());
        while let (Some((word, weight)), Some((its, its_weight))) = (one, other) {
            let order = word.hash().cmp(&its.hash());
            if order == Ordering::Equal {
                // A version is no name: two programs reach 0.57 in one week.
                anchored |=
                    !word.is_mark() && [its, word].iter().any(|w| matches!(w.class(), Class::Name | Class::Number));
                let both = weight * its_weight;
                words += 1;
                all += both;
                titles += match (heads(word), heads(its)) {
                    (true, true) => both,
                    (false, false) => 0.0,
                    _ => IN_ONE_TITLE * both,
                };
            }
            (one, other) = (
                if order == Ordering::Greater { one } else { ones.next() },
                if order == Ordering::Less { other } else { others.next() },
            );
        }
        // What is told in the same words of others is another event of its kind: "Storm … closes the port of …".
        let releases = [self, before].iter().all(|one| one.gist.kind() == Kind::Release);
        let alike = all.min(SUPPORT * titles);
        if words < SHARED_WORDS || !anchored || releases || alike * evidence::MOST < least {
            return 0.0;
        }
        let counts = evidence::between(&self.timeless, &before.timeless, alike, words);
        // Two of a series follow each other by number, which their titles say already.
        if counts < least { 0.0 } else { counts }
    }
}

fn heads(word: Word) -> bool {
    word.in_title() > 0 && word.class() != Class::Number && !word.is_mark()
}

#[cfg(test)]
mod tests;
