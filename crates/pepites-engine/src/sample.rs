//! The demo world.
use crate::net::NetError;
use pepites_core::model::{Day, Moment, Reply, Request};
use std::sync::Arc;
/// The port that a demo asks for first.
pub const USUAL_PORT: u16 = 8127;
/// A made-up world.
#[derive(Clone)]
pub struct World;
impl World {
    /// The world.
    #[must_use]
    pub fn new(seed: u64, day: &Day, volume: u32) -> Self {
        let _ = (seed, day, volume);
        todo!()
    }
    /// Without what comes later.
    #[must_use]
    pub fn until(self, now: Moment) -> Self {
        let _ = now;
        todo!()
    }
    /// Its list.
    #[must_use]
    pub fn opml(&self, port: u16) -> String {
        let _ = port;
        todo!()
    }
}
/// A world that is served.
pub struct Serving;
impl Serving {
    /// On this port.
    #[must_use]
    pub fn port(&self) -> u16 {
        todo!()
    }
}
/// Serves a world on loopback.
pub fn serve(world: World, port: Option<u16>) -> Result<Serving, NetError> {
    let _ = (world, port);
    todo!()
}
/// Replays a world from memory.
pub fn replay(world: impl Into<Arc<World>>) -> impl Fn(&Request) -> Result<Reply, NetError> + Send + Sync + 'static {
    let _world: Arc<World> = world.into();
    move |_: &Request| todo!()
}
