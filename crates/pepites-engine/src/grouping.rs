//! Takes posts that belong to no story yet, gives each a home, batch by batch.
//! Never holds more than a batch: a stop in between loses nothing, the next call goes on from there.

use pepites_core::stories::{self, Sought};

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
            if new.is_empty() {
                return Ok(grouped);
            }
            let frequencies = self.store.frequencies(new.iter().flat_map(|telling| telling.gist.hashes()))?;
            let known = self.store.tellings_with(&Sought::of(&new, &frequencies))?;
            let found_by = stories::found_by(&new, &frequencies, self.now());
            let frequencies =
                self.store.frequencies(new.iter().chain(&known).flat_map(|telling| telling.gist.hashes()))?;
            let folded = stories::fold(&new, &known, &frequencies);
            grouped = grouped.saturating_add(u32::try_from(folded.homes.len()).unwrap_or(u32::MAX));
            self.store.keep_words(folded.learnt, found_by)?;
            self.store.settle(&folded.homes)?;
            if new.len() == BATCH as usize {
                self.store.let_others_write();
            }
        }
    }
}
