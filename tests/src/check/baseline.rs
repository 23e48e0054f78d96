//! Takes posts in order, groups them as the anchor of the literature does: TF-IDF, nearest centroid, one threshold.
//! Never part of the app: it is what the app's own grouping is measured against.

use std::collections::BTreeMap;

use pepites_core::text::{is_stop_word, words};

use super::stories::Line;

/// A post nearer than this to a story joins it.
const THRESHOLD: f64 = 0.20;

/// A story with its words added up.
struct Story {
    sum: BTreeMap<String, f64>,
    squares: f64,
}

/// The story of each line, by number.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "counts of words; every word and story was put there above"
)]
pub fn group(lines: &[Line]) -> Vec<usize> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut stories: Vec<Story> = Vec::new();
    let mut with: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut found = Vec::with_capacity(lines.len());
    for (number, line) in lines.iter().enumerate() {
        let mut counts: BTreeMap<String, f64> = BTreeMap::new();
        for (part, weight) in [(&line.title, 2.0), (&line.text, 1.0)] {
            for word in words(part).into_iter().filter(|word| word.len() > 1 && !is_stop_word(word)) {
                *counts.entry(word).or_default() += weight;
            }
        }
        counts.keys().for_each(|word| *seen.entry(word.clone()).or_default() += 1);
        let mut vector: Vec<(String, f64)> = counts
            .into_iter()
            .map(|(word, often)| {
                let rarity = (1.0 + (number + 1) as f64 / f64::from(seen[&word])).ln();
                (word, often.ln_1p() * rarity)
            })
            .collect();
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(1e-12);
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        let mut products: BTreeMap<usize, f64> = BTreeMap::new();
        for (word, weight) in &vector {
            for &story in with.get(word).into_iter().flatten() {
                *products.entry(story).or_default() += weight * stories[story].sum[word];
            }
        }
        let likeness = |(&story, product): (&usize, &f64)| (product / stories[story].squares.sqrt(), story);
        let best = products.iter().map(likeness).max_by(|one, other| one.0.total_cmp(&other.0));
        let story = match best {
            Some((likeness, story)) if likeness >= THRESHOLD => story,
            _ => {
                stories.push(Story { sum: BTreeMap::new(), squares: 0.0 });
                stories.len() - 1
            }
        };
        for (word, weight) in vector {
            if !stories[story].sum.contains_key(&word) {
                with.entry(word.clone()).or_default().push(story);
            }
            *stories[story].sum.entry(word).or_default() += weight;
        }
        stories[story].squares = stories[story].sum.values().map(|weight| weight * weight).sum();
        found.push(story);
    }
    found
}
