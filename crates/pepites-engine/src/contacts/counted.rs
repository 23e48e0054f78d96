//! Takes a net and a number of requests, gives a net that sends no more than these. Never sends one that the reader was not
//! told of.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use pepites_core::model::Request;

use crate::net::{Leading, Login, Net, NetError, Replying, Room};

/// A net that counts.
pub(super) struct Counted {
    inner: Arc<dyn Net>,
    most: u32,
    sent: AtomicU32,
    refused: AtomicU32,
    reached: AtomicBool,
}

impl Counted {
    pub(super) fn new(inner: Arc<dyn Net>, most: u32) -> Self {
        Self { inner, most, sent: AtomicU32::new(0), refused: AtomicU32::new(0), reached: AtomicBool::new(false) }
    }

    /// Requests that were sent.
    pub(super) fn sent(&self) -> u32 {
        self.sent.load(Ordering::SeqCst).min(self.most)
    }

    /// There was more to ask than may be.
    pub(super) fn is_spent(&self) -> bool {
        self.refused.load(Ordering::SeqCst) > 0
    }

    /// Somebody replied: there is a network.
    pub(super) fn has_reached(&self) -> bool {
        self.reached.load(Ordering::SeqCst)
    }

    fn noting<'a>(&'a self, replying: Replying<'a>) -> Replying<'a> {
        Box::pin(async move {
            let reply = replying.await;
            self.reached.fetch_or(reply.is_ok(), Ordering::SeqCst);
            reply
        })
    }

    fn take(&self) -> Result<(), NetError> {
        if self.sent.fetch_add(1, Ordering::SeqCst) < self.most {
            return Ok(());
        }
        self.refused.fetch_add(1, Ordering::SeqCst);
        Err(NetError::Forbidden("the requests of this search are spent".to_owned()))
    }
}

impl Net for Counted {
    fn send(&self, request: Request) -> Replying<'_> {
        match self.take() {
            Ok(()) => self.noting(self.inner.send(request)),
            Err(error) => Box::pin(async { Err(error) }),
        }
    }

    fn send_within<'a>(&'a self, request: Request, room: &'a Room, login: Option<&'a Login>) -> Replying<'a> {
        match self.take() {
            Ok(()) => self.noting(self.inner.send_within(request, room, login)),
            Err(error) => Box::pin(async { Err(error) }),
        }
    }

    fn leads_to(&self, address: String) -> Leading<'_> {
        match self.take() {
            Ok(()) => self.inner.leads_to(address),
            Err(error) => Box::pin(async { Err(error) }),
        }
    }
}
