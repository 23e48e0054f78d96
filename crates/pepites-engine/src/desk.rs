//! Takes the reader's library and the demo world, gives whichever lies on the desk. Never lets one touch the other:
//! each has its own folder, its own net and its own events.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use pepites_core::model::{Day, DigestId};
use serde_json::Value;
use tokio::{
    sync::{Mutex as Turn, OnceCell, broadcast},
    task::JoinHandle,
};

use crate::{
    Cancel, Clock, Engine, ExportFormat, Place,
    catalogue::Language,
    contract::{DigestAsk, Event, Problem, Topic},
    net::{Net, Replay},
    pictures::Picture,
    sample::{self, USUAL_PORT, World},
};

/// Where the sample library is, inside the folder of the reader's own.
const FOLDER: &str = "sample";
/// The list of the world's sources, as an import names it.
const FILE: &str = "sample.opml";
/// The world that everybody sees.
const SEED: u64 = 1;
/// The world as it is: about 100 posts a day.
const VOLUME: u32 = 1;
/// Events that a window may be behind by: as many as an engine keeps.
const EVENTS_KEPT: usize = 2_048;

/// What was made ready for a window is given to one that asks by then: later, it may no longer be so.
const FRESH: Duration = Duration::from_secs(10);

/// The two libraries that a window can show, one at a time. Cheap to clone: every clone is the same desk.
#[derive(Clone)]
pub struct Desk(Arc<Both>);

struct Both {
    place: Place,
    net: Arc<dyn Net>,
    clock: Clock,
    own: OnceCell<Engine>,
    sample: Mutex<Option<Engine>>,
    /// The way to stop getting the sample ready, while that goes on.
    entering: Mutex<Option<Cancel>>,
    /// One at a time enters or leaves.
    turn: Turn<()>,
    told: broadcast::Sender<Event>,
    /// Answers that were begun before a window asked.
    ready: Mutex<Vec<Ready>>,
}

/// An answer that is on its way.
struct Ready {
    name: &'static str,
    ask: Value,
    begun: Instant,
    answer: JoinHandle<Result<Value, Problem>>,
}

/// What a window also asks when it starts, and what changes nothing.
const ASKED_BESIDE: &[&str] = &["places", "folder_order"];

impl Desk {
    /// A desk with the reader's own library on it, which is opened when it is first asked for.
    #[must_use]
    pub fn new(place: Place, net: Arc<dyn Net>, clock: Clock) -> Self {
        let (told, _) = broadcast::channel(EVENTS_KEPT);
        Self(Arc::new(Both {
            place,
            net,
            clock,
            own: OnceCell::new(),
            sample: Mutex::default(),
            entering: Mutex::default(),
            turn: Turn::new(()),
            told,
            ready: Mutex::default(),
        }))
    }

    /// Begins what a window asks first (the day's digest, the settings) while its page is still on its way:
    /// opening a web view takes longer than opening a library. Each answer is given once.
    pub fn make_ready(&self) {
        let today = serde_json::to_value(DigestAsk::default()).unwrap_or_default();
        let begin = |(name, ask): (&'static str, Value)| {
            let (desk, asked) = (self.clone(), ask.clone());
            let answer = tokio::spawn(async move { desk.engine().await?.call(name, asked).await });
            Ready { name, ask, begun: Instant::now(), answer }
        };
        *self.ready() = [("today", today), ("settings", Value::Null)].map(begin).into();
    }

    /// The answer to that, when it was made ready and is so still.
    async fn made_ready(&self, name: &str, ask: &Value) -> Option<Value> {
        let answer = {
            let mut ready = self.ready();
            let Some(place) = ready.iter().position(|each| each.name == name && each.ask == *ask) else {
                // Whatever else is asked may change what the others say, but for what a window asks beside them.
                if !ASKED_BESIDE.contains(&name) {
                    ready.clear();
                }
                return None;
            };
            ready.swap_remove(place)
        };
        if answer.begun.elapsed() > FRESH || self.is_sample() {
            return None;
        }
        // What went wrong is tried again, as ever.
        answer.answer.await.ok()?.ok()
    }

    /// The sample library lies on the desk.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        self.sample().is_some()
    }

    /// What the library on the desk tells from now on, and how far the sample is while it is got ready.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.0.told.subscribe()
    }

    /// Runs a command of the library on the desk. A library that could not be opened is tried again each time, so that
    /// what was in the way can be put right without a restart.
    pub async fn call(&self, name: &str, ask: Value) -> Result<Value, Problem> {
        // Getting the sample ready is a refresh of it.
        if name == "stop"
            && matches!(&ask, Value::Null | Value::String(_))
            && ask.as_str().is_none_or(|work| work == "refresh")
        {
            self.stop_entering();
        }
        if let Some(answer) = self.made_ready(name, &ask).await {
            return Ok(answer);
        }
        self.engine().await?.call(name, ask).await
    }

    /// A picture that a post of the library on the desk shows; None when there is nothing that may be shown.
    pub async fn picture(&self, address: &str) -> Option<Picture> {
        self.engine().await.ok()?.picture(address).await
    }

    /// Lays the sample library on the desk: made on the first time, brought up to today on later ones.
    pub async fn enter_sample(&self) -> Result<(), Problem> {
        let _turn = self.0.turn.lock().await;
        if self.is_sample() {
            return Ok(());
        }
        let now = (self.0.clock.now)();
        let day = Day::of(now, (self.0.clock.offset_minutes)(now));
        let place = Place { folder: self.0.place.folder.join(FOLDER), wait: self.0.place.wait };
        let clock = self.0.clock.clone();
        let engine = apart(move || {
            let world = World::new(SEED, &day, VOLUME).until(now);
            // Nothing need listen on that port. It never changes: yesterday's sample follows the same sources today.
            let opml = world.opml(USUAL_PORT);
            let engine = Engine::open(place, Arc::new(Replay::answering(sample::replay(world))), clock)?;
            engine.import(FILE, opml.as_bytes(), false)?;
            engine.note_sample(SEED)?;
            Ok(engine)
        })
        .await?;
        let cancel = Cancel::default();
        *self.entering() = Some(cancel.clone());
        let progress = |progress| self.tell(Event::Progress(progress));
        let refreshed = engine.refresh(true, None, &progress, &cancel).await;
        *self.entering() = None;
        // Stopped on the way: what has come is enough to look around.
        refreshed?;
        self.hear(&engine);
        *self.sample() = Some(engine);
        Ok(())
    }

    /// Lays the reader's own library on the desk again. The sample is kept for the next time.
    pub async fn leave_sample(&self) {
        self.stop_entering();
        let _turn = self.0.turn.lock().await;
        let left = self.sample().take();
        if let Some(engine) = left {
            engine.stop(None);
        }
    }

    /// The reader's own library, once it was opened and while it lies on the desk.
    pub(crate) fn own(&self) -> Option<Engine> {
        self.0.own.get().filter(|_| !self.is_sample()).cloned()
    }

    /// A digest of the library on the desk, as a file.
    pub async fn export_digest(
        &self,
        id: DigestId,
        format: ExportFormat,
        language: Language,
    ) -> Result<Vec<u8>, Problem> {
        self.engine().await?.apart(move |engine| engine.export_digest(id, format, language)).await
    }

    /// The engine of the library on the desk.
    pub(crate) async fn engine(&self) -> Result<Engine, Problem> {
        if let Some(engine) = self.sample().clone() {
            return Ok(engine);
        }
        let open = || async {
            let Both { place, net, clock, .. } = &*self.0;
            let (place, net, clock) = (place.clone(), Arc::clone(net), clock.clone());
            let engine = apart(move || Engine::open(place, net, clock)).await?;
            self.hear(&engine);
            Ok(engine)
        };
        self.0.own.get_or_try_init(open).await.cloned()
    }

    /// Passes on what that engine tells while it is the one on the desk, until it is gone.
    fn hear(&self, engine: &Engine) {
        engine.watch();
        let mut events = engine.events();
        let sample = engine.place.folder != self.0.place.folder;
        let desk = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                let event = match events.recv().await {
                    Ok(event) => event,
                    Err(broadcast::error::RecvError::Lagged(_)) => Event::Changed(EVERYTHING.to_vec()),
                    Err(broadcast::error::RecvError::Closed) => return,
                };
                let Some(both) = desk.upgrade() else { return };
                let desk = Self(both);
                if desk.is_sample() == sample {
                    desk.tell(event);
                }
            }
        });
    }

    /// Nobody listening is not an error.
    fn tell(&self, event: Event) {
        let _ = self.0.told.send(event);
    }

    fn stop_entering(&self) {
        if let Some(cancel) = self.entering().take() {
            cancel.cancel();
        }
    }

    fn sample(&self) -> std::sync::MutexGuard<'_, Option<Engine>> {
        self.0.sample.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ready(&self) -> std::sync::MutexGuard<'_, Vec<Ready>> {
        self.0.ready.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn entering(&self) -> std::sync::MutexGuard<'_, Option<Cancel>> {
        self.0.entering.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a window that missed some events must ask for again.
pub const EVERYTHING: [Topic; 7] =
    [Topic::Sources, Topic::Posts, Topic::Marks, Topic::Digests, Topic::Settings, Topic::Wishes, Topic::Contacts];

async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Problem> + Send + 'static) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|fault| Err(Problem::fault(fault)))
}

#[cfg(test)]
mod tests;
