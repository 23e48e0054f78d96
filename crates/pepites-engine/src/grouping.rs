//! Takes posts that belong to no story yet, gives each a home, batch by batch.
//! Never holds more than a batch: a stop in between loses nothing, the next call goes on from there.

use pepites_core::{
    model::Moment,
    stories::{self, StoryKey},
};

use crate::{Engine, contract::Problem};

/// Posts settled in one transaction: enough that a first refresh of 100,000 posts takes a hundred of them, few
/// enough that a command which waits to write waits for one of them, and then has its turn.
const BATCH: u32 = 1_000;

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
            let mut keys: Vec<StoryKey> = new.iter().flat_map(|telling| telling.keys.iter().copied()).collect();
            keys.sort_unstable();
            keys.dedup();
            let known = self.store.tellings_with(&keys, looked_back(earliest))?;
            let homes = stories::fold(&new, &known);
            grouped = grouped.saturating_add(u32::try_from(homes.len()).unwrap_or(u32::MAX));
            self.store.settle(&homes)?;
            if new.len() == BATCH as usize {
                self.store.let_others_write();
            }
        }
    }
}

fn looked_back(earliest: Moment) -> Moment {
    earliest.plus(-stories::LOOKBACK)
}
