//! Takes a library folder, a net and a clock, gives the engine: everything that a window or a terminal can ask for.
//! Never decides what is true (the core does) and never speaks SQL (the store does).

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use pepites_core::model::{Moment, PostId};
use pepites_store::Store;
use tokio::sync::{Notify, broadcast};

use crate::{
    accounts::Pending,
    contacts::Known,
    contract::{Event, Problem, Topic, Work},
    keychain::{self, Keychain},
    net::Net,
    refresh::visit::Visits,
};

/// Events that a window may be behind by before it is told that it missed some. A refresh of 1,000 sources tells
/// about 1,100.
const EVENTS_KEPT: usize = 2_048;

/// Tells the time: handed in, so that tests decide it.
#[derive(Clone)]
pub struct Clock {
    /// Now.
    pub now: Arc<dyn Fn() -> Moment + Send + Sync>,
    /// The reader's time zone at a moment, in minutes east of Greenwich.
    pub offset_minutes: Arc<dyn Fn(Moment) -> i32 + Send + Sync>,
}

impl Clock {
    /// The machine's own clock and time zone. Only the edges (`pepites`, the window) take it.
    #[must_use]
    pub fn system() -> Self {
        // Asked each time (it is remembered for some minutes): who travels with an open window takes their hour along.
        let offset = |moment: Moment| {
            let zone = jiff::tz::TimeZone::system();
            jiff::Timestamp::from_millisecond(moment.0).map_or(0, |stamp| zone.to_offset(stamp).seconds() / 60)
        };
        Self { now: Arc::new(|| Moment(jiff::Timestamp::now().as_millisecond())), offset_minutes: Arc::new(offset) }
    }

    /// A clock that stands still in Greenwich, for tests and for what must come out the same twice.
    #[must_use]
    pub fn stopped(at: Moment) -> Self {
        Self { now: Arc::new(move || at), offset_minutes: Arc::new(|_| 0) }
    }
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
pub struct Cancel(Arc<Switch>);

#[derive(Debug, Default)]
struct Switch {
    off: AtomicBool,
    told: Notify,
}

impl Cancel {
    /// Asks for the end.
    pub fn cancel(&self) {
        self.0.off.store(true, Ordering::SeqCst);
        self.0.told.notify_waiters();
    }

    /// The end was asked for.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.off.load(Ordering::SeqCst)
    }

    /// Waits until the end is asked for.
    pub async fn cancelled(&self) {
        let mut told = std::pin::pin!(self.0.told.notified());
        // Registered before the look at the switch: a `cancel` in between would never be heard.
        told.as_mut().enable();
        if !self.is_cancelled() {
            told.await;
        }
    }
}

/// Everything that a window or a terminal can ask for. Cheap to clone: every clone is the same engine.
#[derive(Clone)]
pub struct Engine {
    pub(crate) store: Store,
    pub(crate) net: Arc<dyn Net>,
    pub(crate) clock: Clock,
    pub(crate) place: Place,
    pub(crate) keychain: Arc<dyn Keychain>,
    events: broadcast::Sender<Event>,
    /// Posts whose page gave no full text, and when. Held by the one run that fetches ahead.
    pub(crate) gave_none: Arc<tokio::sync::Mutex<BTreeMap<PostId, Moment>>>,
    running: Arc<Mutex<Vec<(Work, Cancel)>>>,
    signing: Arc<Mutex<Option<Arc<Pending>>>>,
    /// The people of the reader's contacts and what they come to, while nothing of it changed.
    pub(crate) known: Arc<Mutex<Option<Arc<Known>>>>,
}

impl Engine {
    /// Opens the library (makes it when there is none).
    pub fn open(place: Place, net: Arc<dyn Net>, clock: Clock) -> Result<Self, Problem> {
        let store = Store::open(&place.folder, place.wait).map_err(Problem::from)?;
        let engine = Self::over(store, place, net, clock);
        engine.obey()?;
        Ok(engine)
    }

    /// An engine over a library that is open already (in tests, one in memory).
    #[must_use]
    pub fn over(store: Store, place: Place, net: Arc<dyn Net>, clock: Clock) -> Self {
        let (events, _) = broadcast::channel(EVENTS_KEPT);
        Self {
            store,
            net,
            clock,
            place,
            keychain: Arc::new(keychain::System),
            events,
            gave_none: Arc::default(),
            running: Arc::default(),
            signing: Arc::default(),
            known: Arc::default(),
        }
    }

    /// The same engine with another keychain, for tests.
    #[must_use]
    pub fn with_keychain(self, keychain: Arc<dyn Keychain>) -> Self {
        Self { keychain, ..self }
    }

    /// The net keeps the reader's rules as they are now: another process may have changed them.
    pub(crate) fn obey(&self) -> Result<(), Problem> {
        self.net.obey(&self.settings()?.net);
        Ok(())
    }

    /// Conversations with sources.
    pub(crate) fn visits(&self, cancel: Cancel) -> Visits {
        Visits::new(Arc::clone(&self.net), self.clock.clone(), cancel, Arc::clone(&self.keychain))
    }

    /// What changes from now on, and how long work goes. Only what goes through [`Engine::call`] is told.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Stops the long work that [`Engine::call`] runs: that of one sort, else all of it.
    pub fn stop(&self, work: Option<Work>) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.iter().filter(|(of, _)| work.is_none_or(|work| work == *of)).for_each(|(_, cancel)| cancel.cancel());
    }

    /// A switch for long work that [`Engine::stop`] will turn.
    pub(crate) fn stoppable(&self, work: Work) -> Cancel {
        let cancel = Cancel::default();
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        // What nobody else holds is over.
        running.retain(|(_, other)| Arc::strong_count(&other.0) > 1);
        running.push((work, cancel.clone()));
        cancel
    }

    /// The signing in that goes on, if there is one.
    pub(crate) fn signing(&self) -> std::sync::MutexGuard<'_, Option<Arc<Pending>>> {
        self.signing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells every window that asked. Nobody listening is not an error.
    pub(crate) fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// What tells every window that asked, for what runs beside the engine.
    pub(crate) fn teller(&self) -> broadcast::Sender<Event> {
        self.events.clone()
    }

    /// Tells that something changed; says nothing when nothing did.
    pub(crate) fn tell_changed(&self, topics: &[Topic]) {
        if !topics.is_empty() {
            self.tell(Event::Changed(topics.to_vec()));
        }
    }

    /// Now.
    pub(crate) fn now(&self) -> Moment {
        (self.clock.now)()
    }

    /// Runs work that blocks (the disk, the writer's lock) where it holds up no conversation.
    pub(crate) async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let engine = self.clone();
        tokio::task::spawn_blocking(move || work(&engine)).await.unwrap_or_else(|fault| Err(Problem::fault(fault)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_turned_before_anyone_waits_is_still_heard() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let cancel = Cancel::default();
        cancel.clone().cancel();
        runtime.block_on(cancel.cancelled());
        assert!(cancel.is_cancelled());
    }

    #[test]
    fn a_stopped_clock_stands_in_greenwich() {
        let clock = Clock::stopped(Moment(5));
        assert_eq!(((clock.now)(), (clock.offset_minutes)(Moment(5))), (Moment(5), 0));
    }
}
