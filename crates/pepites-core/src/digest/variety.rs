//! Takes two stories, tells how alike they look to who reads one after the other: by topic, or by voice.
//! Never looks at ranks, and never at what they say beyond their titles and tags.

use std::collections::BTreeSet;

use crate::{model::SourceId, score::Facts, text};

/// Points that a story loses which is wholly like one that is in the digest already: half of what a signal gives. By
/// maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next story is the one with the highest rank
/// less its likeness to the nearest of those chosen.
pub(super) const LIKENESS_COSTS: f64 = 0.5;

/// Two stories by one voice are half alike, whatever they are about.
const ONE_VOICE: f64 = 0.5;

/// From here on, likeness is a reason that can be told.
pub(super) const ALIKE: f64 = 0.3;

/// How a story looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Who tells it, where that is known.
    voice: Option<(SourceId, Option<String>)>,
    /// The telling words of its title, and its tags.
    topics: BTreeSet<String>,
}

impl Look {
    /// How the face of a story looks.
    pub(super) fn of(facts: &Facts) -> Self {
        let mut topics = text::terms(&facts.title);
        topics.extend(facts.tags.iter().map(|tag| text::words(tag).join(" ")).filter(|tag| !tag.is_empty()));
        Self { voice: Some((facts.source, facts.author.clone())), topics }
    }

    /// 0 (nothing in common) to 1. Topics by the cosine of their sets.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let voice = if self.voice.is_some() && self.voice == other.voice { ONE_VOICE } else { 0.0 };
        let (few, many) = if self.topics.len() < other.topics.len() { (self, other) } else { (other, self) };
        if few.topics.is_empty() {
            return voice;
        }
        let shared = few.topics.iter().filter(|topic| many.topics.contains(*topic)).count();
        let sizes = (few.topics.len() * many.topics.len()) as f64;
        (shared as f64 / sizes.sqrt()).max(voice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::tests::plain;

    fn look(source: i64, author: &str, title: &str, tags: &[&str]) -> Look {
        let author = Some(author.to_owned()).filter(|author| !author.is_empty());
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        Look::of(&Facts { source: SourceId(source), author, title: title.to_owned(), tags, ..plain() })
    }

    #[test]
    fn stories_are_alike_by_their_topic_or_by_their_voice() {
        let check = |one: Look, other: Look, expected: f64| {
            assert!((one.likeness(&other) - expected).abs() < 1e-9, "{one:?} {other:?}: {}", one.likeness(&other));
            assert!((one.likeness(&other) - other.likeness(&one)).abs() < 1e-9, "the same both ways");
        };
        let boats = || look(1, "Ana", "Boats leave the harbour", &[]);
        check(boats(), boats(), 1.0);
        check(boats(), look(2, "Ben", "Ferry prices rise", &[]), 0.0);
        check(boats(), look(2, "Ben", "Boats leave", &[]), 2.0 / 6.0_f64.sqrt());
        check(boats(), look(1, "Ana", "Ferry prices rise", &[]), ONE_VOICE);
        check(boats(), look(1, "Cleo", "Ferry prices rise", &[]), 0.0);
        check(look(1, "", "", &["Night sky"]), look(2, "", "", &["night sky"]), 1.0);
        check(look(1, "", "", &[]), look(2, "", "", &[]), 0.0);
    }
}
