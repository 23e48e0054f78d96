//! Takes a source, holds the conversation that its kind asks for, gives what it comes to. Parsers run apart from the
//! conversations, few at a time; one that panics is the trouble of its own source only.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use pepites_core::{
    model::{Reply, Request, Source},
    sources::{self, SourceKind, account::Account},
};
use pepites_store::Pace;
use tokio::sync::{Semaphore, watch};
use url::Url;

use super::{
    plan::asked_at,
    verdict::{self, Verdict, Why},
};
use crate::{
    Cancel, Clock, accounts,
    keychain::Keychain,
    logins,
    net::{Login, Net, NetError, Room, Rooms, near},
};

/// Requests in one visit: a page, its feed, and some guesses. A kind that asks for more is going in circles.
const REQUESTS: usize = 12;
/// Bytes after which a conversation hears no more: one body of the largest size, and pages that led to it.
const HEARD: usize = 24 << 20;
/// Parsers at once on a machine with many cores: the one writer cannot keep up with more.
const PARSERS: usize = 4;
/// Threads that a refresh keeps busy beside its conversations: its parsers, and one that waits for the library. Each that
/// is more holds memory of its own, and is waited for by nobody.
#[must_use]
pub fn busy_threads() -> usize {
    parsers() + 1
}

fn parsers() -> usize {
    thread::available_parallelism().map_or(1, usize::from).min(PARSERS)
}

/// While bodies of so many bytes wait for a parser, no new source is asked.
const BODIES_HELD: usize = 32 << 20;

/// What every visit of one refresh shares.
pub(crate) struct Visits {
    net: Arc<dyn Net>,
    clock: Clock,
    cancel: Cancel,
    parsers: Semaphore,
    rooms: Rooms,
    held: AtomicUsize,
    /// There is room for what is read next.
    room_for_posts: watch::Receiver<bool>,
    keychain: Arc<dyn Keychain>,
    /// What the reader gave just now, before it is kept anywhere.
    given: Option<Login>,
}

/// What a parser says: the next request, or the end.
enum Step {
    Ask(Request),
    End(Box<Verdict>),
}

impl Visits {
    pub(crate) fn new(net: Arc<dyn Net>, clock: Clock, cancel: Cancel, keychain: Arc<dyn Keychain>) -> Self {
        Self {
            net,
            clock,
            cancel,
            parsers: Semaphore::new(parsers()),
            rooms: Rooms::default(),
            held: AtomicUsize::new(0),
            room_for_posts: watch::channel(true).1,
            keychain,
            given: None,
        }
    }

    /// The same, where every source is visited with that login.
    pub(crate) fn with_login(self, given: Option<Login>) -> Self {
        Self { given, ..self }
    }

    /// The same, where nothing is read while there is no room for posts.
    pub(super) fn with_room(self, room_for_posts: watch::Receiver<bool>) -> Self {
        Self { room_for_posts, ..self }
    }

    /// What logs `source` in. A login that is kept and cannot be had is said: without it the server would say "no".
    async fn login_of(&self, source: &Arc<Source>) -> Result<Option<Login>, Verdict> {
        if self.given.is_some() {
            return Ok(self.given.clone());
        }
        let failed = |why| Verdict::Bad(why, Pace::default());
        if let Some(account) = Account::of(&source.address) {
            let keychain = Arc::clone(&self.keychain);
            let had = tokio::task::spawn_blocking(move || accounts::login(&*keychain, &account)).await;
            let had = had.ok().and_then(Result::ok).ok_or_else(|| failed(Why::Keychain))?;
            return had.map(Some).ok_or_else(|| failed(Why::SignedOut));
        }
        if source.login.is_none() {
            return Ok(None);
        }
        let (keychain, source) = (Arc::clone(&self.keychain), Arc::clone(source));
        let had = tokio::task::spawn_blocking(move || logins::kept(&*keychain, &source.address)).await;
        had.ok().flatten().map(Some).ok_or_else(|| failed(Why::Keychain))
    }

    /// There is room for one more body.
    pub(super) fn has_room(&self) -> bool {
        self.held.load(Ordering::Relaxed) < BODIES_HELD
    }

    /// The whole conversation with `source`, beginning after what was `heard` from it already.
    pub(crate) async fn visit(&self, source: &Arc<Source>, heard: Vec<Reply>) -> Verdict {
        match sources::kind(&source.address.kind) {
            Some(kind) => self.converse(kind, source, heard).await,
            None => Verdict::Bad(Why::UnknownKind, Pace::default()),
        }
    }

    async fn converse(&self, kind: &'static SourceKind, source: &Arc<Source>, mut heard: Vec<Reply>) -> Verdict {
        // Held until there is a verdict.
        let room = self.rooms.room();
        let login = match self.login_of(source).await {
            Ok(login) => login,
            Err(verdict) => return verdict,
        };
        let mut step = if heard.is_empty() {
            // Cheap: there is nothing to read yet.
            match catch_unwind(AssertUnwindSafe(|| (kind.ask)(source, &[]))) {
                Ok(Some(request)) => Step::Ask(request),
                Ok(None) => Step::End(Box::new(Verdict::Bad(Why::UnknownKind, Pace::default()))),
                Err(_) => Step::End(Box::new(Verdict::Bad(Why::Fault, Pace::default()))),
            }
        } else {
            let (said, next) = self.parse(kind, source, heard).await;
            heard = said;
            next
        };
        loop {
            let request = match step {
                Step::Ask(request) => request,
                Step::End(verdict) => return *verdict,
            };
            let reply = match self.send(source, request, (&room, login.as_ref())).await {
                Ok(reply) => reply,
                // Its own last answer asked for the pause: nobody else of the host may have been told, so it is kept here.
                Err(Verdict::Bad(Why::Net(NetError::Held { until }), pace)) if !heard.is_empty() => {
                    let pace = Pace { hold_until: Some(until), ..pace };
                    return Verdict::Bad(Why::Net(NetError::Held { until }), pace);
                }
                Err(verdict) => return verdict,
            };
            heard.push(reply);
            if let Some(verdict) = verdict::at_a_glance(source, &heard, (self.clock.now)()) {
                return verdict;
            }
            (heard, step) = self.parse(kind, source, heard).await;
        }
    }

    async fn send(
        &self,
        source: &Source,
        request: Request,
        (room, login): (&Room, Option<&Login>),
    ) -> Result<Reply, Verdict> {
        let bad = |error| Verdict::Bad(Why::Net(error), Pace::default());
        if leads_inside(asked_at(source), &request.url) {
            return Err(bad(NetError::Forbidden(format!("{} is inside the own network", request.url))));
        }
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(Verdict::Stopped),
            reply = self.net.send_within(request, room, login) => reply.map_err(bad),
        }
    }

    async fn parse(&self, kind: &'static SourceKind, source: &Arc<Source>, heard: Vec<Reply>) -> (Vec<Reply>, Step) {
        let bytes: usize = heard.iter().map(|reply| reply.body.len()).sum();
        self.held.fetch_add(bytes, Ordering::Relaxed);
        let _turn = self.parsers.acquire().await;
        // With the turn in hand, so that only one feed a parser is read when there is room again.
        let _closed = self.room_for_posts.clone().wait_for(|room| *room).await.is_err();
        let (source, now) = (Arc::clone(source), Arc::clone(&self.clock.now));
        let parsing = tokio::task::spawn_blocking(move || {
            let next = if heard.len() < REQUESTS && bytes < HEARD { (kind.ask)(&source, &heard) } else { None };
            match next {
                Some(request) => (heard, Step::Ask(request)),
                None => {
                    let verdict = verdict::conclude(kind, &source, &heard, now());
                    (Vec::new(), Step::End(Box::new(verdict)))
                }
            }
        });
        // A panic comes out here; the conversation is over.
        let parsed = parsing.await;
        self.held.fetch_sub(bytes, Ordering::Relaxed);
        parsed.unwrap_or_else(|fault| {
            tracing::error!(%fault, "a parser panicked");
            (Vec::new(), Step::End(Box::new(Verdict::Bad(Why::Fault, Pace::default()))))
        })
    }
}

/// A page of the wide world names an address of this machine or its neighbours as its feed.
pub(crate) fn leads_inside(from: &str, to: &str) -> bool {
    let is_near = |address: &str| Url::parse(address).is_ok_and(|url| near::is_near(&url));
    is_near(to) && !is_near(from)
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use super::*;
    use crate::{net::Replay, refresh::verdict::tests::source};
    use pepites_core::model::{Batch, Moment};
    use pepites_store::Outcome;

    const NOW: Moment = Moment(1_795_348_800_000);

    /// Asks for `/1`, `/2`, `/3` and reads the last; "panic" in a body makes it panic, as parsers do.
    const THREE: SourceKind = SourceKind {
        name: "three",
        examples: &[],
        recognise: |_| None,
        ask: |_, heard| (heard.len() < 3).then(|| Request::get(format!("http://a.example/{}", heard.len() + 1))),
        read: |_, heard| {
            let said = |reply: &Reply| String::from_utf8_lossy(&reply.body).into_owned();
            assert!(heard.iter().all(|reply| said(reply) != "panic"));
            Ok(Batch { title: heard.last().map(said), ..Batch::default() })
        },
    };

    /// Never has enough.
    const ENDLESS: SourceKind = SourceKind { ask: |_, _| Some(Request::get("http://a.example/more")), ..THREE };

    /// Stumbles before it has asked.
    const STUMBLES: SourceKind = SourceKind { ask: |_, heard| panic!("{}", heard.len()), ..THREE };

    /// Names a neighbour as the feed.
    const INSIDE: SourceKind = SourceKind { ask: |_, _| Some(Request::get("http://10.0.0.1/feed")), ..THREE };

    async fn talk(
        kind: &'static SourceKind,
        answer: impl Fn(&Request) -> Reply + Send + Sync + 'static,
        cancel: &Cancel,
    ) -> Verdict {
        visits(answer, cancel).converse(kind, &Arc::new(source("http://a.example/")), Vec::new()).await
    }

    fn visits(answer: impl Fn(&Request) -> Reply + Send + Sync + 'static, cancel: &Cancel) -> Visits {
        let net = Replay::answering(move |request| Ok(answer(request)));
        Visits::new(Arc::new(net), Clock::stopped(NOW), cancel.clone(), Arc::new(crate::keychain::Memory::default()))
    }

    fn page(body: impl Into<String>) -> Reply {
        Reply { status: 200, body: body.into().into_bytes(), ..Reply::default() }
    }

    #[tokio::test]
    async fn a_kind_asks_until_it_has_enough() {
        let verdict = talk(&THREE, |request| page(request.url.as_str()), &Cancel::default()).await;
        let Verdict::Good(visited) = verdict else { panic!("{verdict:?}") };
        let Outcome::Read { title, .. } = &visited.outcome else { panic!("{visited:?}") };
        assert_eq!((title.as_deref(), visited.at), (Some("http://a.example/3"), NOW));
    }

    #[test]
    fn nothing_is_read_while_there_is_no_room_for_posts() {
        // One thread reads, in turn: what it is given after a reading ends after that. No clock is needed to see that it read.
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().max_blocking_threads(1).build().unwrap();
        runtime.block_on(async {
            let room = watch::Sender::new(false);
            let visits = visits(|request| page(request.url.as_str()), &Cancel::default()).with_room(room.subscribe());
            let asking = Arc::new(source("http://a.example/"));
            let mut talk = Box::pin(visits.converse(&THREE, &asking, Vec::new()));
            // A turn for each request of the three, each reading and the end, and as many to spare.
            for _ in 0..16 {
                let turn = std::future::poll_fn(|context| Poll::Ready(talk.as_mut().poll(context)));
                assert!(turn.await.is_pending(), "it was read");
                tokio::task::spawn_blocking(|| ()).await.unwrap();
            }
            room.send_replace(true);
            assert!(matches!(talk.await, Verdict::Good(_)));
        });
    }

    #[tokio::test]
    async fn a_kind_that_never_has_enough_is_stopped() {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let answer = move |_: &Request| page(count.fetch_add(1, Ordering::Relaxed).to_string());
        assert!(matches!(talk(&ENDLESS, answer, &Cancel::default()).await, Verdict::Good(_)));
        assert_eq!(asked.load(Ordering::Relaxed), REQUESTS);
    }

    #[tokio::test]
    async fn a_kind_that_has_heard_too_much_is_stopped() {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let answer = move |_: &Request| {
            count.fetch_add(1, Ordering::Relaxed);
            page(" ".repeat(HEARD / 2))
        };
        assert!(matches!(talk(&ENDLESS, answer, &Cancel::default()).await, Verdict::Good(_)));
        assert_eq!(asked.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn a_parser_that_panics_is_the_trouble_of_its_source() {
        for (kind, body) in [(&THREE, "panic"), (&STUMBLES, "fine")] {
            let verdict = talk(kind, move |_| page(body), &Cancel::default()).await;
            assert!(matches!(verdict, Verdict::Bad(Why::Fault, _)), "{verdict:?}");
        }
    }

    #[tokio::test]
    async fn a_public_source_does_not_lead_inside() {
        let verdict = talk(&INSIDE, |_| panic!("asked"), &Cancel::default()).await;
        assert!(matches!(verdict, Verdict::Bad(Why::Net(NetError::Forbidden(_)), _)), "{verdict:?}");
    }

    #[tokio::test]
    async fn nothing_is_asked_once_the_end_was_asked_for() {
        let cancel = Cancel::default();
        let stop = cancel.clone();
        let answer = move |request: &Request| {
            assert!(request.url.ends_with("/1"), "asked {}", request.url);
            stop.cancel();
            page("first")
        };
        assert!(matches!(talk(&THREE, answer, &cancel).await, Verdict::Stopped));
    }

    #[test]
    fn only_a_near_source_leads_to_a_near_address() {
        let cases = [
            ("https://a.example/", "http://127.0.0.1/feed", true),
            ("https://a.example/", "http://192.168.1.1/feed", true),
            ("https://a.example/", "https://b.example/feed", false),
            ("http://127.0.0.1:81/", "http://127.0.0.2:82/feed", false),
            ("http://nas.local/", "http://192.168.1.1/feed", false),
        ];
        for (from, to, inside) in cases {
            assert_eq!(leads_inside(from, to), inside, "{from} -> {to}");
        }
    }
}
