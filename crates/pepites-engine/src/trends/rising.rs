//! Gives the words of titles and the people that rose in the last thirty days against the thirty before.

use std::collections::BTreeMap;

use pepites_core::{
    model::Moment,
    text::terms,
    trends::{Met, risen},
};
use pepites_store::TitleLine;

use crate::{
    Engine,
    contract::{Problem, RisingView},
};

/// A month of the page.
const SPAN: i64 = 30 * Moment::DAY;
/// Words and people shown.
const MOST: usize = 12;
/// With fewer posts before, nothing is to be compared with.
const COMPARABLE: usize = 30;
/// Shorter words are particles and endings.
const SHORTEST: usize = 3;

impl Engine {
    /// What rose.
    pub fn rising(&self) -> Result<RisingView, Problem> {
        let now = self.now();
        let recent = self.store.titles(now.plus(-SPAN), now)?;
        let earlier = self.store.titles(now.plus(-2 * SPAN), now.plus(-SPAN))?;
        if earlier.len() < COMPARABLE {
            return Ok(RisingView { words: Vec::new(), people: Vec::new(), comparable: false });
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of posts")]
        let scale = recent.len() as f64 / earlier.len() as f64;
        let words = risen(&met(&recent, words_of), &met(&earlier, words_of), scale, true, MOST);
        let people = risen(&met(&recent, author_of), &met(&earlier, author_of), scale, false, MOST);
        Ok(RisingView { words, people, comparable: true })
    }
}

fn words_of(line: &TitleLine) -> Vec<String> {
    let tells = |word: &String| word.chars().count() >= SHORTEST && word.chars().any(char::is_alphabetic);
    terms(&line.title).into_iter().filter(tells).collect()
}

fn author_of(line: &TitleLine) -> Vec<String> {
    line.author.clone().into_iter().collect()
}

fn met(lines: &[TitleLine], of: fn(&TitleLine) -> Vec<String>) -> BTreeMap<String, Met> {
    let mut met: BTreeMap<String, Met> = BTreeMap::new();
    for line in lines {
        for what in of(line) {
            let met = met.entry(what).or_default();
            met.posts += 1;
            met.sources.insert(line.source);
        }
    }
    met
}
