//! Takes the tellings of one story, says which of them are another's text again: a syndication, a cross-post, a mirror.
//! Never looks at who tells: a copy is a copy under any name.

use std::collections::BTreeMap;

use super::{
    Bond, Telling,
    gist::{Class, Gist, Word},
    signs::Kind,
};
use crate::model::PostId;

/// Of the words of the shorter of two texts, a copy has so many. Measured on the five labelled sets, whose copies `check
/// stories --relations` shows: tellings of one event by two hands share a third to a half of their first words, copies with
/// another headline, a byline or a credit line nine tenths; between 0.75 and 0.9 nothing changes.
const CONTAINED: f32 = 0.85;

/// With fewer words a text is contained in another by accident: then both must have the same words, or be of one page.
/// Of two papers' headlines the one is often in the other, and nothing is known of their texts.
const ENOUGH_WORDS: usize = 14;

/// For each telling that is a copy, the one that it is a copy of: the first that had the text. Does not depend on the
/// order of `tellings`.
#[must_use]
pub fn copies(tellings: &[Telling]) -> BTreeMap<PostId, PostId> {
    let mut ordered: Vec<&Telling> = tellings.iter().collect();
    ordered.sort_by_key(|telling| telling.order());
    let mut of: BTreeMap<PostId, PostId> = BTreeMap::new();
    for (place, telling) in ordered.iter().enumerate() {
        let before = ordered.iter().take(place);
        if let Some(original) =
            before.copied().find(|before| !of.contains_key(&before.post) && is_copy(before, telling))
        {
            of.insert(telling.post, original.post);
        }
    }
    of
}

/// Whether two tellings are one text.
pub(super) fn is_copy(one: &Telling, other: &Telling) -> bool {
    let kinds = [one.gist.kind(), other.gist.kind()];
    if kinds.contains(&Kind::Comment) || one.gist.in_another_language_than(&other.gist) {
        return false;
    }
    let longer_first = one.gist.words().len() >= other.gist.words().len();
    let (longer, shorter) = if longer_first { (one, other) } else { (other, one) };
    let (all, has) = (shorter.gist.words().len(), shared(&shorter.gist, &longer.gist));
    if all == 0 || !numbers_agree(&shorter.gist, &longer.gist) {
        return false;
    }
    if all >= ENOUGH_WORDS {
        return share(has, all) >= CONTAINED;
    }
    has == all && (longer.gist.words().len() == all || of_one_page(one, other))
}

/// A number of a title that the other does not know is another state of things ("12 dead", "15 dead"), and so is one
/// that the shorter text has and the longer lacks.
fn numbers_agree(shorter: &Gist, longer: &Gist) -> bool {
    let lacks = |word: &&Word, there: &Gist| word.class() == Class::Number && there.word(word.hash()).is_none();
    let of_shorter = shorter.words().iter().any(|word| lacks(&word, longer));
    let of_title = longer.words().iter().filter(|word| word.in_title() > 0).any(|word| lacks(&word, shorter));
    !of_shorter && !of_title
}

fn of_one_page(one: &Telling, other: &Telling) -> bool {
    one.keys.iter().any(|key| key.bond() == Bond::Page && other.keys.contains(key))
}

pub(super) fn shared(one: &Gist, other: &Gist) -> usize {
    one.words().iter().filter(|word| other.word(word.hash()).is_some()).count()
}

#[expect(clippy::cast_precision_loss, reason = "words of a gist")]
fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

#[cfg(test)]
mod tests;
