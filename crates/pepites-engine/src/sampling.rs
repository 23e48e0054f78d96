//! Notes of which made-up world a library is a sample, and lets that world answer for its sources from memory.
//! Never lets it answer for anybody else's.

use std::sync::Arc;

use pepites_core::model::{Day, Request};

use crate::{
    Engine,
    contract::Problem,
    net::{Leading, Login, Net, Replay, Replying, Room},
    sample::{World, book, replay},
};

/// The name under which the world's seed is kept.
const NAME: &str = "sample";

/// The world as it is: about 100 posts a day.
const VOLUME: u32 = 1;

/// A net in which the made-up world has its place.
struct Within {
    world: Arc<World>,
    inside: Replay,
    beyond: Arc<dyn Net>,
}

impl Within {
    fn net(&self, request: &Request) -> &dyn Net {
        if self.world.reply(&request.url).is_some() || book::is_of_it(&request.url) {
            &self.inside
        } else {
            &*self.beyond
        }
    }
}

impl Net for Within {
    fn send(&self, request: Request) -> Replying<'_> {
        self.net(&request).send(request)
    }

    fn send_within<'a>(&'a self, request: Request, room: &'a Room, login: Option<&'a Login>) -> Replying<'a> {
        self.net(&request).send_within(request, room, login)
    }

    fn leads_to(&self, address: String) -> Leading<'_> {
        self.net(&Request::get(address.clone())).leads_to(address)
    }
}

impl Engine {
    /// Notes that this library is a sample of the world of that seed.
    pub fn note_sample(&self, seed: u64) -> Result<(), Problem> {
        Ok(self.store.set_setting(NAME, &seed.to_string())?)
    }

    /// Whether this library is a sample of a made-up world.
    pub(crate) fn is_sample(&self) -> Result<bool, Problem> {
        Ok(self.store.setting(NAME)?.is_some())
    }

    /// The same library; where it is a sample, its world answers for its sources, up to this moment, from memory: nothing
    /// listens where they are.
    pub fn with_its_world(mut self) -> Result<Self, Problem> {
        let kept = self.store.setting(NAME)?;
        if let Some(seed) = kept.and_then(|json| json.parse().ok()) {
            let now = self.now();
            let day = Day::of(now, (self.clock.offset_minutes)(now));
            let world = Arc::new(World::new(seed, &day, VOLUME).until(now));
            let inside = Replay::answering(replay(Arc::clone(&world)));
            self.net = Arc::new(Within { world, inside, beyond: self.net });
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use pepites_core::model::Moment;
    use pepites_store::Store;

    use super::*;
    use crate::{Cancel, Clock, Place, net::NetError, sample::USUAL_PORT};

    const SEED: u64 = 7;
    const MORNING: Moment = Moment(1_795_417_200_000);

    #[tokio::test]
    async fn the_hours_of_a_sample_go_on_without_a_network_and_the_world_beyond_is_asked_as_ever() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), wait: Duration::from_secs(1) };
        let store = Store::memory().unwrap();
        let open = |now: Moment| {
            let beyond = Replay::answering(|request| Err(NetError::Offline(request.url.clone())));
            Engine::over(store.clone(), place.clone(), Arc::new(beyond), Clock::stopped(now))
        };
        let refresh = async |engine: Engine| engine.refresh(false, None, &|_| (), &Cancel::default()).await.unwrap();

        let world = World::new(SEED, &Day("2026-11-23".to_owned()), VOLUME);
        let engine = open(MORNING);
        engine.import("sample.opml", world.opml(USUAL_PORT).as_bytes(), false).unwrap();
        engine.note_sample(SEED).unwrap();
        let first = refresh(open(MORNING).with_its_world().unwrap()).await;
        assert_eq!((first.failed.len(), first.offline), (0, false));
        let later = refresh(open(MORNING.plus(6 * Moment::HOUR)).with_its_world().unwrap()).await;
        assert!(later.new_posts > 0 && later.new_posts < first.new_posts, "{later:?}");

        engine.import("own.txt", b"https://beyond.example/feed", false).unwrap();
        let beyond = refresh(open(MORNING).with_its_world().unwrap()).await;
        assert_eq!(
            beyond.failed.iter().map(|failed| failed.address.as_str()).collect::<Vec<_>>(),
            ["https://beyond.example/feed"]
        );
    }

    #[tokio::test]
    async fn a_library_of_the_reader_s_own_has_no_world() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place { folder: folder.path().to_owned(), wait: Duration::from_secs(1) };
        let offline = Replay::answering(|request| Err(NetError::Offline(request.url.clone())));
        let engine = Engine::over(Store::memory().unwrap(), place, Arc::new(offline), Clock::stopped(MORNING));
        let world = World::new(SEED, &Day("2026-11-23".to_owned()), VOLUME);
        engine.import("sample.opml", world.opml(USUAL_PORT).as_bytes(), false).unwrap();
        let engine = engine.with_its_world().unwrap();
        assert!(engine.refresh(false, None, &|_| (), &Cancel::default()).await.unwrap().offline);
    }
}
