//! Placeholder.
use super::{Net, NetError, Replying};
use crate::Clock;
use pepites_core::model::Request;
/// Placeholder.
pub struct Http;
impl Http {
    /// The network.
    pub fn new(clock: Clock) -> Result<Self, NetError> {
        let _ = clock;
        todo!()
    }
    /// Every request to one loopback address.
    pub fn via(address: &str, clock: Clock) -> Result<Self, NetError> {
        let _ = (address, clock);
        todo!()
    }
}
impl Net for Http {
    fn send(&self, request: Request) -> Replying<'_> {
        let _ = request;
        todo!()
    }
}
