//! Gives tests a library in memory with a clock that they move and posts that they bring.
//! Never part of the program.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use pepites_core::{
    model::{Address, Batch, Item, Moment, PostId, Reply, Request, SourceId, Validators},
    normalise::normalise,
};
use pepites_store::{NewSource, Outcome, Pace, Store, Visited};

use crate::{
    Clock, Engine, Place,
    net::{Net, NetError, Replying},
};

/// There is no network in these tests.
struct Nowhere;

impl Net for Nowhere {
    fn send(&self, request: Request) -> Replying<'_> {
        Box::pin(async move { Err::<Reply, _>(NetError::Offline(request.url)) })
    }
}

/// A library under test.
pub(crate) struct Library {
    pub(crate) engine: Engine,
    now: Arc<AtomicI64>,
}

/// Noon of a day in November 2026, where the reader is one hour east of Greenwich.
const START: i64 = 1_794_999_600_000;

impl Library {
    pub(crate) fn new() -> Self {
        Self::with(Arc::new(Nowhere))
    }

    /// With a network.
    pub(crate) fn with(net: Arc<dyn Net>) -> Self {
        let now = Arc::new(AtomicI64::new(START));
        let clock_now = Arc::clone(&now);
        let clock =
            Clock { now: Arc::new(move || Moment(clock_now.load(Ordering::SeqCst))), offset_minutes: Arc::new(|_| 60) };
        let place = Place { folder: PathBuf::from("memory"), wait: Duration::ZERO };
        let engine = Engine::over(Store::memory().unwrap(), place, net, clock);
        Self { engine, now }
    }

    pub(crate) fn now(&self) -> Moment {
        (self.engine.clock.now)()
    }

    pub(crate) fn wait(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::SeqCst);
    }

    /// Follows a feed of that name.
    pub(crate) fn follow(&self, name: &str) -> SourceId {
        let source = NewSource {
            address: Address { kind: "feed".to_owned(), locator: format!("https://{name}.example/feed") },
            feed: None,
            title: Some(name.to_owned()),
            name: None,
            site: None,
            folders: Vec::new(),
        };
        self.engine.store.add_sources(&[source], self.now()).unwrap()[0].id
    }

    /// A visit to `source` now brings these.
    pub(crate) fn bring(&self, source: SourceId, items: Vec<Item>) {
        self.engine.store.keep_visits(vec![self.visit(source, items)]).unwrap();
    }

    /// A visit to `source` that ends now, with these, not kept yet.
    pub(crate) fn visit(&self, source: SourceId, items: Vec<Item>) -> Visited {
        let at = self.now();
        let of = self.engine.store.source(source).unwrap();
        let posts = normalise(&of, Batch { items, ..Batch::default() }, at);
        let outcome = Outcome::Read {
            title: None,
            site: None,
            portrait: None,
            pages: None,
            icon: None,
            feed: None,
            validators: Validators::default(),
            body_hash: None,
            posts,
            notice: None,
            whole: None,
        };
        Visited { source, at, outcome, pace: Pace::default() }
    }

    /// A post of 120 words of its own, published so many hours ago.
    pub(crate) fn item(&self, source: &str, title: &str, hours_ago: i64) -> Item {
        let slug = title.to_lowercase().replace(' ', "-");
        let address = format!("https://{source}.example/{slug}");
        let html = format!("<p>{}</p>", own_words(&address));
        Item {
            id: Some(address.clone()),
            link: Some(address),
            title: Some(title.to_owned()),
            html: Some(html),
            published: Some(self.now().plus(-hours_ago * Moment::HOUR)),
            ..Item::default()
        }
    }

    /// `count` posts of `source`, one an hour, the newest an hour old.
    pub(crate) fn bring_many(&self, source: SourceId, name: &str, count: i64) {
        let items = (1..=count).map(|n| self.item(name, &format!("Boat number {n} leaves harbour {name}"), n));
        self.bring(source, items.collect());
    }

    /// The posts of a source, newest first.
    pub(crate) fn posts(&self, source: SourceId) -> Vec<PostId> {
        self.engine.store.posts_of(source, 10_000, 0).unwrap().into_iter().map(|post| post.id).collect()
    }
}

/// 120 words, of which no post of another address has half: two posts that say the same would be one story.
fn own_words(address: &str) -> String {
    let mut state = address.bytes().fold(7_u64, |state, byte| state.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut word = || {
        let mut letter = |from: &[u8]| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(from[usize::try_from(state >> 33).unwrap() % from.len()])
        };
        let (hard, soft) = (b"bcdfgjklmnprtvz", b"aou");
        [hard.as_slice(), soft, hard, soft, hard, soft, hard].map(&mut letter).iter().collect::<String>()
    };
    (0..60).map(|_| format!("boat {}", word())).collect::<Vec<_>>().join(" ")
}
