//! Takes the host of each request, gives leave to ask it: few connections a host, none while it wants to be left
//! alone, and not one after the other to a host that has stopped answering. Never sends anything.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use pepites_core::model::Moment;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::{NetError, near};

/// Connections to one host at once: a browser takes six for a person who waits; nobody waits for a feed.
const PER_HOST: usize = 2;
/// Requests under way at once. More does not make 1,000 feeds come sooner over one line, and home routers choke.
pub(crate) const AT_ONCE: usize = 24;
/// A host that was too slow so often in a row is not asked for its other sources: 30 blogs on one dead server would
/// otherwise hold the refresh for 30 time-outs.
const STRIKES: u32 = 4;
/// How long that lasts: the next refresh tries again.
const STRUCK_FOR: i64 = Moment::MINUTE;

/// What asks for leave.
pub(super) struct Polite {
    hosts: Mutex<BTreeMap<String, Arc<HostRoom>>>,
    all: Arc<Semaphore>,
}

/// Leave to send one request; given back when dropped.
pub(super) struct Pass {
    host: Arc<HostRoom>,
    _of_host: OwnedSemaphorePermit,
    _of_all: OwnedSemaphorePermit,
}

struct HostRoom {
    room: Arc<Semaphore>,
    standing: Mutex<Standing>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Standing {
    hold_until: Option<Moment>,
    strikes: u32,
    last_strike: Moment,
}

impl Standing {
    fn leave(self, now: Moment) -> Result<(), NetError> {
        if let Some(until) = self.hold_until.filter(|until| *until > now) {
            return Err(NetError::Held { until });
        }
        if self.strikes >= STRIKES && now < self.last_strike.plus(STRUCK_FOR) {
            return Err(NetError::Slow(format!("the host did not answer {} requests in a row", self.strikes)));
        }
        Ok(())
    }
}

/// What a host is told apart by: its name, and on this machine its port too (there, each port is a server of its own).
#[must_use]
pub(crate) fn host_key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port_or_known_default() {
        Some(port) if near::is_loopback(url) => format!("{host}:{port}"),
        _ => host.to_owned(),
    }
}

impl Polite {
    pub(super) fn new() -> Self {
        Self { hosts: Mutex::default(), all: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Waits for room, first at the host and then in all, so that who waits for a slow host takes no room from others.
    pub(super) async fn enter(&self, url: &Url, now: &(dyn Fn() -> Moment + Send + Sync)) -> Result<Pass, NetError> {
        let host = self.host(url);
        host.standing().leave(now())?;
        let closed = |_| NetError::Broken("the room was closed".to_owned());
        let of_host = Arc::clone(&host.room).acquire_owned().await.map_err(closed)?;
        // Those before us in the queue may have been told to stay away.
        host.standing().leave(now())?;
        let of_all = Arc::clone(&self.all).acquire_owned().await.map_err(closed)?;
        Ok(Pass { host, _of_host: of_host, _of_all: of_all })
    }

    fn host(&self, url: &Url) -> Arc<HostRoom> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(HostRoom { room: Arc::new(Semaphore::new(PER_HOST)), standing: Mutex::default() });
        Arc::clone(hosts.entry(host_key(url)).or_insert_with(made))
    }
}

impl HostRoom {
    fn standing(&self) -> Standing {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut Standing)) {
        change(&mut self.standing.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl Pass {
    /// The host answered, perhaps asking to be left alone.
    pub(super) fn answered(&self, hold_until: Option<Moment>) {
        self.host.change(|standing| {
            standing.strikes = 0;
            standing.hold_until = standing.hold_until.max(hold_until);
        });
    }

    /// The host was too slow.
    pub(super) fn too_slow(&self, now: Moment) {
        self.host.change(|standing| {
            standing.strikes += 1;
            standing.last_strike = now;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_000_000);

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_host_is_its_name_and_on_this_machine_its_port_too() {
        for (address, key) in [
            ("https://Example.org/a", "example.org"),
            ("http://example.org:8080/a", "example.org"),
            ("http://127.0.0.1:81/a", "127.0.0.1:81"),
            ("http://127.0.0.2/a", "127.0.0.2:80"),
        ] {
            assert_eq!(host_key(&url(address)), key, "{address}");
        }
    }

    #[tokio::test]
    async fn a_hold_stands_for_the_whole_host_until_its_time() {
        let polite = Polite::new();
        let pass = polite.enter(&url("http://a.example/1"), &|| NOW).await.unwrap();
        pass.answered(Some(NOW.plus(5)));
        pass.answered(None);
        drop(pass);
        let held = polite.enter(&url("http://a.example/2"), &|| NOW).await.err();
        assert_eq!(held, Some(NetError::Held { until: NOW.plus(5) }));
        assert!(polite.enter(&url("http://b.example/"), &|| NOW).await.is_ok());
        assert!(polite.enter(&url("http://a.example/2"), &|| NOW.plus(5)).await.is_ok());
    }

    #[tokio::test]
    async fn a_host_that_stopped_answering_is_left_after_some_tries_and_asked_again_later() {
        let polite = Polite::new();
        let address = url("http://a.example/1");
        for strike in 0..STRIKES {
            let pass = polite.enter(&address, &|| NOW).await;
            pass.unwrap_or_else(|why| panic!("left after {strike}: {why}")).too_slow(NOW);
        }
        assert!(matches!(polite.enter(&address, &|| NOW).await, Err(NetError::Slow(_))));
        let later = polite.enter(&address, &|| NOW.plus(STRUCK_FOR)).await.unwrap();
        later.answered(None);
        assert!(polite.enter(&address, &|| NOW).await.is_ok());
    }

    #[tokio::test]
    async fn a_third_request_to_a_host_waits_for_one_of_the_first_two() {
        let polite = Polite::new();
        let address = url("http://a.example/1");
        let first = polite.enter(&address, &|| NOW).await.unwrap();
        let _second = polite.enter(&address, &|| NOW).await.unwrap();
        {
            let mut third = std::pin::pin!(polite.enter(&address, &|| NOW));
            assert!(futures::poll!(third.as_mut()).is_pending());
            assert!(polite.enter(&url("http://b.example/1"), &|| NOW).await.is_ok());
            drop(first);
            assert!(third.await.is_ok());
        }
    }
}
