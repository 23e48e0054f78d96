//! The engine: a library, a net, a clock.
use crate::{contract::Problem, net::Net};
use pepites_core::model::Moment;
use pepites_store::Store;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Tells the time: handed in, so that tests decide it.
#[derive(Clone)]
pub struct Clock {
    /// Now.
    pub now: Arc<dyn Fn() -> Moment + Send + Sync>,
    /// The reader's time zone at a moment, in minutes east of Greenwich.
    pub offset_minutes: Arc<dyn Fn(Moment) -> i32 + Send + Sync>,
}

/// Where the library is and how long to wait for it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The library folder.
    pub folder: PathBuf,
    /// How long a command waits while another process writes.
    pub wait: Duration,
}

/// A way to stop long work: cheap to clone, every clone is the same switch.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);
impl Cancel {
    /// Asks for the end.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
    /// The end was asked for.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Everything that a window or a terminal can ask for.
#[derive(Clone)]
pub struct Engine {
    pub(crate) store: Store,
    pub(crate) net: Arc<dyn Net>,
    pub(crate) clock: Clock,
    pub(crate) place: Place,
}

impl Engine {
    /// Opens the library (makes it when there is none).
    pub fn open(place: Place, net: Arc<dyn Net>, clock: Clock) -> Result<Self, Problem> {
        let store = Store::open(&place.folder, place.wait).map_err(Problem::from)?;
        Ok(Self { store, net, clock, place })
    }
}
