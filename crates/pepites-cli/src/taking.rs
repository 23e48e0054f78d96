//! Takes the reading in of a file, does it with progress where it is long, and with a clean stop: all of it, or nothing.

use std::sync::Arc;

use pepites_engine::{Cancel, Engine, Watch, contract::Problem};

use crate::{failure::Failure, progress::Meter, session::Session, stop::Signals};

/// Does it while Ctrl-C is heard.
pub(crate) fn taking<T: Send + 'static>(
    session: &Session,
    engine: &Engine,
    work: impl FnOnce(&Engine, &Watch) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Failure> {
    let runtime = session.runtime()?;
    let meter = Arc::new(Meter::of_import(session));
    let cancel = Cancel::default();
    let stopping = (!session.quiet && !session.json).then(|| session.look.text("cli.import.stopping"));
    let (heard, engine) = (Arc::clone(&meter), engine.clone());
    let watch = Watch::new(move |progress| heard.tell(&progress), cancel.clone());
    let taken = runtime.block_on(async {
        let signals = Signals::hear().map_err(Failure::fault)?;
        tokio::spawn(signals.watch(cancel, stopping));
        Ok::<_, Failure>(tokio::task::spawn_blocking(move || work(&engine, &watch)).await)
    })?;
    meter.end();
    runtime.shutdown_background();
    Ok(taken.map_err(Failure::fault)??)
}
