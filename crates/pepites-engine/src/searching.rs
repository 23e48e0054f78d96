//! Search.
use crate::{Engine, contract::*};
impl Engine {
    /// Posts that hold all of `words`, best first.
    pub fn search(&self, words: &str, limit: u32, offset: u32) -> Result<Vec<HitView>, Problem> {
        let _ = (words, limit, offset);
        todo!()
    }
}
