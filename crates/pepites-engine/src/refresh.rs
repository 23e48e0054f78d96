//! Refresh.
use crate::{Cancel, Engine, contract::*};
use pepites_core::model::SourceId;
impl Engine {
    /// Asks every source (or only those given) now; with `due` only those whose time has come. Says how it goes
    /// through `progress`, ends early and cleanly on `cancel`. Keeps what came, groups it into stories, trims.
    pub async fn refresh(
        &self,
        due: bool,
        only: Option<&[SourceId]>,
        progress: &(dyn Fn(Progress) + Send + Sync),
        cancel: &Cancel,
    ) -> Result<RefreshReport, Problem> {
        let _ = (due, only, progress, cancel);
        todo!()
    }
}
