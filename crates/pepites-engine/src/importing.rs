//! Import and export.
use crate::{Engine, contract::*};
impl Engine {
    /// Follows what a file says to follow. `even_partial`: take what could be read of a damaged file; without it, such
    /// a file is only reported (`offered`) and nothing changes.
    pub fn import(&self, name: &str, bytes: &[u8], even_partial: bool) -> Result<ImportReport, Problem> {
        let _ = (name, bytes, even_partial);
        todo!()
    }
    /// Every followed source as OPML 2.0.
    pub fn export(&self) -> Result<String, Problem> {
        todo!()
    }
}
