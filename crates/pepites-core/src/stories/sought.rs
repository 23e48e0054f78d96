//! Takes tellings that arrive, gives what to look for among those that were grouped before.
//! Never looks itself: a library looks on its disk, a [`super::Shelf`] in memory.

use std::collections::{BTreeMap, BTreeSet};

use super::{Frequencies, LOOKBACK, REACH, StoryKey, Telling, UNDATED, search_words};
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
}

impl Sought {
    /// What to look for when `new` arrive; `frequencies`: of their words.
    #[must_use]
    pub fn of(new: &[Telling], frequencies: &Frequencies) -> Self {
        let keys: BTreeSet<StoryKey> = new.iter().flat_map(|telling| telling.keys.iter().copied()).collect();
        let mut words: BTreeMap<u32, (Moment, Moment)> = BTreeMap::new();
        for telling in new {
            for word in search_words(&telling.gist, frequencies) {
                let titled = telling.gist.word(word).is_some_and(|word| word.in_title() > 0);
                let (from, to) = reach_of(telling.at, titled);
                let near = words.entry(word).or_insert((from, to));
                *near = (from.min(near.0), to.max(near.1));
            }
        }
        let earliest = new.iter().map(|telling| telling.at).min().unwrap_or(UNDATED);
        Self {
            since: Moment(earliest.0.saturating_sub(LOOKBACK)),
            keys: keys.into_iter().collect(),
            words: words.into_iter().map(|(word, (from, to))| (word, from, to)).collect(),
        }
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
}
