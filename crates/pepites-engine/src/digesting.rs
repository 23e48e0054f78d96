//! Digests.
use crate::{Engine, contract::*};
use pepites_core::model::{Day, DigestId};
impl Engine {
    /// Today's digest: as it was made, or made now and kept.
    pub fn today(&self, ask: &DigestAsk) -> Result<DigestView, Problem> {
        let _ = ask;
        todo!()
    }
    /// The latest edition of a past day.
    pub fn digest_of(&self, day: &Day) -> Result<DigestView, Problem> {
        let _ = day;
        todo!()
    }
    /// One digest.
    pub fn digest(&self, id: DigestId) -> Result<DigestView, Problem> {
        let _ = id;
        todo!()
    }
    /// Digests, newest first.
    pub fn digests(&self, limit: u32) -> Result<Vec<DigestLineView>, Problem> {
        let _ = limit;
        todo!()
    }
    /// What a digest left out, best first.
    pub fn left_out(&self, id: DigestId, limit: u32, offset: u32) -> Result<Vec<PostLine>, Problem> {
        let _ = (id, limit, offset);
        todo!()
    }
}
