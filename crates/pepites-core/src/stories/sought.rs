//! Takes tellings that arrive, gives what to look for among those that were grouped before.
//! Never looks itself: a library looks on its disk, a [`super::Shelf`] in memory.

use std::collections::{BTreeSet, HashMap};

use super::{Frequencies, LOOKBACK, REACH, StoryKey, Telling, UNDATED, gist::Class, search_words};
use crate::model::Moment;

/// What may lead to the stories of tellings that arrive together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sought {
    /// Nothing that was published before is of use.
    pub since: Moment,
    /// Keys of theirs, each once.
    pub keys: Vec<StoryKey>,
    /// Their rarest words, each with the first and the last moment at which a telling with it is near enough.
    pub words: Vec<(u32, Moment, Moment)>,
    /// For each of them, which of `words` are its own, by place, and what each is worth.
    pub own: Vec<Vec<(usize, u8)>>,
}

/// What is shared with a telling must be worth so much: two plain words, of which one alone is met by accident, or one
/// name or number, which may be all that two languages have in common.
const MET_BY: u8 = 2;

impl Sought {
    /// What to look for when `new` arrive; `frequencies`: of their words.
    #[must_use]
    pub fn of(new: &[Telling], frequencies: &Frequencies) -> Self {
        let keys: BTreeSet<StoryKey> = new.iter().flat_map(|telling| telling.keys.iter().copied()).collect();
        let mut words: Vec<(u32, Moment, Moment)> = Vec::new();
        let mut places: HashMap<u32, usize> = HashMap::new();
        let own = new.iter().map(|telling| {
            let rare = search_words(&telling.gist, frequencies).into_iter();
            rare.map(|word| {
                let seen = telling.gist.word(word);
                let titled = seen.is_some_and(|word| word.in_title() > 0);
                let (from, to) = reach_of(telling.at, titled);
                let place = *places.entry(word).or_insert(words.len());
                match words.get_mut(place) {
                    Some((_, first, last)) => (*first, *last) = (from.min(*first), to.max(*last)),
                    None => words.push((word, from, to)),
                }
                let names = seen.is_some_and(|word| matches!(word.class(), Class::Name | Class::Number));
                (place, if names { MET_BY } else { 1 })
            })
            .collect()
        });
        let own = own.collect();
        let earliest = new.iter().map(|telling| telling.at).min().unwrap_or(UNDATED);
        Self { since: Moment(earliest.0.saturating_sub(LOOKBACK)), keys: keys.into_iter().collect(), words, own }
    }

    /// Which of those that are found by `words` may tell the same as one that arrives. `found`: for each word, in order,
    /// who is found by it, each by a number below `of`, once.
    #[must_use]
    pub fn met(&self, found: &[Vec<u32>], of: usize) -> Vec<u32> {
        let (mut shared, mut touched, mut met) = (vec![0_u8; of], Vec::new(), vec![false; of]);
        for own in &self.own {
            for &(place, worth) in own {
                for &number in found.get(place).into_iter().flatten() {
                    let Some(shared) = shared.get_mut(number as usize) else { continue };
                    if *shared == 0 {
                        touched.push(number);
                    }
                    *shared = shared.saturating_add(worth);
                }
            }
            for number in touched.drain(..) {
                let Some(shared) = shared.get_mut(number as usize).map(std::mem::take) else { continue };
                if let Some(met) = met.get_mut(number as usize).filter(|_| shared >= MET_BY) {
                    *met = true;
                }
            }
        }
        (0_u32..).zip(met).filter(|(_, met)| *met).map(|(number, _)| number).collect()
    }
}

/// A story may go on with one of days before, which is linked to it and not joined: what is older is another matter. It
/// is looked for by the words of the title alone: who shares none of these with it goes on with another.
pub(super) const GOES_ON_AFTER: i64 = 6 * Moment::DAY;

/// Words bring two tellings together that were published within [`REACH`], and those of a title lead to the earlier one
/// that it goes on with; one whose time nobody knows meets all.
fn reach_of(at: Moment, titled: bool) -> (Moment, Moment) {
    match at {
        UNDATED => (UNDATED, Moment(i64::MAX)),
        at => (at.plus(-if titled { GOES_ON_AFTER } else { REACH }), at.plus(REACH)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{PostId, SourceId},
        stories::Gist,
    };

    #[test]
    fn a_word_is_looked_for_as_long_as_it_is_near_to_one_that_has_it() {
        let telling = |post: i64, title: &str, at: i64, key: i64| Telling {
            post: PostId(post),
            tie: 0,
            source: SourceId(post),
            at: Moment(at),
            keys: vec![StoryKey(key)],
            links: Vec::new(),
            gist: Gist::of(title, "", None),
            story: None,
        };
        let new = [telling(1, "harbour", 0, 8), telling(2, "harbour bridge", 5, 8), telling(3, "bridge", 7, 4)];
        let sought = Sought::of(&new, &Frequencies::default());
        assert_eq!((sought.since, sought.keys), (Moment(-LOOKBACK), vec![StoryKey(4), StoryKey(8)]));
        let mut near: Vec<(i64, i64)> =
            sought.words.iter().map(|&(_, from, to)| (from.0 + GOES_ON_AFTER, to.0 - REACH)).collect();
        near.sort_unstable();
        assert_eq!(near, [(0, 5), (5, 7)]);
        let told = Telling { gist: Gist::of("harbour", "ferry", None), ..telling(4, "", 5, 8) };
        let sought = Sought::of(&[told], &Frequencies::default());
        let mut from: Vec<i64> = sought.words.iter().map(|&(_, from, _)| 5 - from.0).collect();
        from.sort_unstable();
        assert_eq!(from, [REACH, GOES_ON_AFTER], "the words of a text lead to what is near alone");
        let undated = [telling(1, "harbour", i64::MIN, 8), telling(2, "harbour", 5, 8)];
        let sought = Sought::of(&undated, &Frequencies::default());
        assert_eq!((sought.since, sought.words[0].1, sought.words[0].2), (UNDATED, UNDATED, Moment(i64::MAX)));
    }

    #[test]
    fn who_shares_one_name_or_two_words_is_met() {
        let gist = Gist::of("", "we met near Kelvinbrae under old lanterns", Some("en"));
        let telling = Telling {
            post: PostId(1),
            tie: 0,
            source: SourceId(1),
            at: Moment(0),
            keys: Vec::new(),
            links: Vec::new(),
            gist,
            story: None,
        };
        let sought = Sought::of(std::slice::from_ref(&telling), &Frequencies::default());
        let class = |place: &usize| telling.gist.word(sought.words[*place].0).unwrap().class();
        let (names, plain): (Vec<usize>, Vec<usize>) =
            (0..sought.words.len()).partition(|place| class(place) == Class::Name);
        assert!(names.len() == 1 && plain.len() > 1);
        let mut found = vec![Vec::new(); sought.words.len()];
        found[names[0]] = vec![0];
        found[plain[0]] = vec![1, 2];
        found[plain[1]] = vec![2, 3];
        assert_eq!(sought.met(&found, 4), [0, 2]);
    }
}
