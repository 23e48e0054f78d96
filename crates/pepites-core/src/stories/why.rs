//! Takes two tellings, says in phrases what speaks for one story and what against.
//! Never decides: it looks at what `folding` and `evidence` look at.

use super::{
    Bond, Frequencies, Telling,
    evidence::{self, NEVER, Witness},
    gist::Class,
};
use crate::model::Phrase;

/// A word in more than one story out of so many is not rare.
const RARE: u32 = 50;

/// In a small library, a word in so many stories is still rare.
const FEW: u32 = 3;

/// What two tellings have in common, strongest first, then what bars them from one story. Empty: nothing.
#[must_use]
pub fn why(one: &Telling, other: &Telling, frequencies: &Frequencies) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let shares = |bond: Bond| one.keys.iter().any(|key| key.bond() == bond && other.keys.contains(key));
    if shares(Bond::Page) {
        phrases.push(Phrase::new("why.page"));
    }
    if shares(Bond::Title) {
        phrases.push(Phrase::new("why.title"));
    }
    let [witness, witness_of_other] = [one, other].map(Witness::of);
    if witness.cites(&witness_of_other) || witness_of_other.cites(&witness) {
        phrases.push(Phrase::new("why.cites"));
    }
    let links = u32::try_from(witness.links_shared(&witness_of_other)).unwrap_or(u32::MAX);
    let (mut words, mut names, mut numbers) = (0_u32, 0_u32, 0_u32);
    for word in one.gist.words() {
        let Ok(there) = other.gist.words().binary_search_by_key(&word.hash(), |word| word.hash()) else { continue };
        let named = word.class() == Class::Name
            || other.gist.words().get(there).is_some_and(|there| there.class() == Class::Name);
        match word.class() {
            Class::Number | Class::Day => numbers += 1,
            _ if named => names += 1,
            _ if is_rare(word.hash(), frequencies) => words += 1,
            _ => {}
        }
    }
    for (key, count) in [("why.links", links), ("why.words", words), ("why.names", names), ("why.numbers", numbers)] {
        if count > 0 {
            phrases.push(Phrase::new(key).with("count", f64::from(count)));
        }
    }
    // As if they were word for word the same: what still bars them is not in their likeness.
    let bars = evidence::between(&witness, &witness_of_other, 1.0, u32::MAX);
    if bars == NEVER {
        phrases.push(Phrase::new("why.series"));
    } else if bars == 0.0 && [one, other].iter().all(|telling| telling.gist.has_title() && !telling.gist.says_little())
    {
        phrases.push(Phrase::new("why.comes_back"));
    }
    phrases
}

/// Few stories have this word.
fn is_rare(word: u32, frequencies: &Frequencies) -> bool {
    frequencies.of(word) <= (frequencies.stories() / RARE).max(FEW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Moment, PostId, SourceId},
        stories::{Gist, StoryKey},
    };

    #[test]
    fn what_two_tellings_share_is_said_in_words() {
        let telling = |title: &str, keys: &[StoryKey]| Telling {
            post: PostId(1),
            source: SourceId(1),
            at: Moment(0),
            keys: keys.to_vec(),
            links: Vec::new(),
            gist: Gist::of(title, "", None),
            story: None,
        };
        let check = |one: &str, other: &str, keys: &[StoryKey], expected: &str| {
            let phrases = why(&telling(one, keys), &telling(other, keys), &Frequencies::default());
            let said: Vec<String> = phrases
                .iter()
                .map(|phrase| match phrase.values.get("count") {
                    Some(count) => format!("{} {count:?}", phrase.key),
                    None => phrase.key.clone(),
                })
                .collect();
            assert_eq!(said.join(", "), expected, "{one} | {other}");
        };
        let page = StoryKey::page("https://a.example/1");
        check("The pier is open", "Bad luck at sea", &[page], "why.page");
        check(
            "Storm Ida closes the harbour of Lima for 12 days",
            "After storm Ida, harbour in Lima closed 12 days",
            &[StoryKey::title("t")],
            "why.title, why.words Number(4.0), why.names Number(2.0), why.numbers Number(1.0)",
        );
        check("Rust 1.95.0 released", "Rust 1.95.1 released", &[], "why.words Number(2.0), why.series");
        // A note comes back under its own words, not under those of a title.
        check("", "Two seals on the north pier this morning", &[page], "why.page");
        check("Tea", "Ships", &[], "");
    }
}
