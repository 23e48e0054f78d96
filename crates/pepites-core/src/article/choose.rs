//! Takes the parts of a page that may be the article, gives the one that is, tidied.

use std::collections::HashSet;

use super::{
    candidates::Candidate,
    structured::Said,
    tidy::{self, Tidied},
};

/// Words that follow each other: two texts are compared by how many such groups they share.
const GROUP: usize = 4;

/// Words of running text with which a part is believed to be the article, whatever more the others hold: what they hold
/// more is comments and other articles.
const ENOUGH: usize = 100;

/// The best part, by what the page itself says of its article where it does, else by its running text.
pub(super) fn best(candidates: Vec<Candidate>, said: &Said) -> Option<Tidied> {
    let wanted = said.body.as_deref().map(groups);
    let rated = candidates.into_iter().map(|candidate| {
        let tidied = tidy::tidy(&candidate);
        let rate = match &wanted {
            Some(wanted) => likeness(wanted, &groups(&tidied.text)),
            None => tidied.running.min(ENOUGH),
        };
        (rate * candidate.trust, tidied)
    });
    // Of equals the first, which is the most trusted.
    rated.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, tidied)| tidied)
}

fn groups(text: &str) -> HashSet<Vec<String>> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(GROUP).map(<[String]>::to_vec).collect()
}

/// In thousandths: what they share, of what both have.
fn likeness(one: &HashSet<Vec<String>>, other: &HashSet<Vec<String>>) -> usize {
    let shared = one.intersection(other).count();
    2_000 * shared / (one.len() + other.len()).max(1)
}
