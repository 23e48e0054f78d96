//! Takes how much of a source the reader wants, keeps it; the digest, the refresh and the counts obey.

use std::collections::BTreeMap;

use pepites_core::model::{Day, MOST_DAILY, Mode, Phrase, SourceId};
use pepites_store::Cell;

use crate::{
    Engine,
    contract::{Code, Problem},
};

impl Engine {
    /// Sets how much of a source the reader wants. Gives what it was, for who undoes it.
    pub fn set_mode(&self, source: SourceId, mode: Mode) -> Result<Mode, Problem> {
        check(mode)?;
        Ok(self.store.set_mode(source, mode, self.now())?)
    }

    /// Stories that each source stood for in the digests of a day.
    pub(crate) fn shown_on(&self, day: &Day) -> Result<BTreeMap<SourceId, u32>, Problem> {
        let day = day.number();
        let cells = self.store.trend_days(day, day)?;
        let shown = |cell: &Cell| (cell.source, u32::try_from(cell.tally.digested).unwrap_or(u32::MAX));
        Ok(cells.iter().map(shown).collect())
    }

    /// The modes of all followed sources that are not read whole.
    pub(crate) fn modes(&self) -> Result<BTreeMap<SourceId, Mode>, Problem> {
        let sources = self.store.sources()?;
        Ok(sources.iter().filter(|source| source.mode != Mode::All).map(|source| (source.id, source.mode)).collect())
    }
}

/// Whether a mode makes sense.
pub(crate) fn check(mode: Mode) -> Result<(), Problem> {
    match mode {
        Mode::Daily(posts) if !(1..=MOST_DAILY).contains(&posts) => {
            let detail = Phrase::new("problem.bad_input.daily").with("most", MOST_DAILY);
            Err(Problem { code: Code::BadInput, detail })
        }
        _ => Ok(()),
    }
}
