//! Takes posts that belong to no story yet, gives each a home, batch by batch.
//! Never holds more than a batch: a stop in between loses nothing, the next call goes on from there.

use pepites_core::{
    model::Moment,
    stories::{self, Frequencies, Gist, StoryKey},
};

use crate::{Engine, contract::Problem};

/// Posts settled in one transaction: enough that what one refresh brings is seen at once, few enough that a command which
/// waits to write waits for one of them, and then has its turn.
const BATCH: u32 = 4_000;

impl Engine {
    /// Groups every post that was not grouped yet (a refresh does so by itself). Gives how many there were.
    ///
    /// # Errors
    /// When the library cannot be read or written; what was grouped before stays so.
    pub fn group(&self) -> Result<u32, Problem> {
        let mut grouped = 0_u32;
        loop {
            let new = self.store.ungrouped(BATCH)?;
            let Some(earliest) = new.iter().map(|telling| telling.at).min() else { return Ok(grouped) };
            let keys: Vec<StoryKey> = new.iter().flat_map(|telling| telling.keys.iter().copied()).collect();
            let frequencies = self.store.frequencies(new.iter().flat_map(|telling| telling.gist.hashes()))?;
            let words = |of: fn(&Gist, &Frequencies) -> Vec<u32>| {
                let frequencies = &frequencies;
                new.iter().map(move |telling| (telling.post, of(&telling.gist, frequencies)))
            };
            let sought: Vec<u32> = words(stories::search_words).flat_map(|(_, words)| words).collect();
            let known = self.store.tellings_with(&keys, &sought, looked_back(earliest))?;
            let frequencies =
                self.store.frequencies(new.iter().chain(&known).flat_map(|telling| telling.gist.hashes()))?;
            let folded = stories::fold(&new, &known, &frequencies);
            grouped = grouped.saturating_add(u32::try_from(folded.homes.len()).unwrap_or(u32::MAX));
            self.store.keep_words(folded.learnt, words(stories::index_words).collect())?;
            self.store.settle(&folded.homes)?;
            if new.len() == BATCH as usize {
                self.store.let_others_write();
            }
        }
    }
}

fn looked_back(earliest: Moment) -> Moment {
    earliest.plus(-stories::LOOKBACK)
}
