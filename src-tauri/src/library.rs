//! Takes what the window was started with, gives the desk: which library, over which net, by which clock.

use std::{sync::Arc, time::Duration};

use directories::ProjectDirs;
use pepites_core::model::Moment;
use pepites_engine::{Clock, Desk, Place, net::Http};

use crate::arguments::Arguments;

/// How long a click waits while the terminal writes to the same library.
const WAIT: Duration = Duration::from_secs(10);

/// The desk that the arguments ask for.
pub(crate) fn desk(arguments: &Arguments) -> Result<Desk, String> {
    let clock = clock(arguments.now);
    let net = match &arguments.via {
        Some(address) => Http::via(address, clock.clone()),
        None => Http::new(clock.clone()),
    };
    let net = net.map_err(|error| error.to_string())?;
    // The terminal's library is the same one.
    let usual = || ProjectDirs::from("", "", "pepites").map(|folders| folders.data_dir().to_owned());
    let folder = arguments.library.clone().or_else(usual);
    let folder = folder.ok_or("no home folder was found; name a library folder with --library")?;
    Ok(Desk::new(Place { folder, wait: WAIT }, Arc::new(net), clock))
}

/// The machine's clock; with `--now`, in Greenwich and set to that moment when the program starts. It runs: a digest
/// made in the same instant as it was asked for looks newly made each time.
fn clock(begin: Option<Moment>) -> Clock {
    let Some(begin) = begin else { return Clock::system() };
    let started = std::time::Instant::now();
    let now = move || begin.plus(i64::try_from(started.elapsed().as_millis()).unwrap_or(0));
    Clock { now: Arc::new(now), offset_minutes: Arc::new(|_| 0) }
}
