//! Adding an address.
use crate::{Engine, contract::*};
impl Engine {
    /// Looks at an address and follows what is there. With several things there and no `choice` (a place in `found`),
    /// follows none and gives them to choose from.
    pub async fn add(&self, typed: &str, choice: Option<usize>, folders: &[Vec<String>]) -> Result<AddReport, Problem> {
        let _ = (typed, choice, folders);
        todo!()
    }
}
