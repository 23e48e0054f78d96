//! Takes requests, gives replies. The only place that reaches a network; everything that is fetched goes through here.
//! Never reads what a body says: the kinds of `pepites_core::sources` do.

use std::{future::Future, pin::Pin};

use pepites_core::model::{Moment, Reply, Request};

use crate::contract::NetRules;

pub(crate) mod headers;
mod hop;
pub mod http;
mod login;
mod names;
pub(crate) mod near;
mod polite;
pub mod replay;
pub mod room;
pub(crate) mod ruled;
mod via;

pub use http::{Http, Limits};
pub use login::{Login, Secret};
pub(crate) use polite::{AT_ONCE, host_key};
pub use replay::Replay;
pub use room::{Room, Rooms};

/// A reply or an error, later.
pub type Replying<'a> = Pin<Box<dyn Future<Output = Result<Reply, NetError>> + Send + 'a>>;

/// Where an address redirects to, or an error, later.
pub type Leading<'a> = Pin<Box<dyn Future<Output = Result<Option<String>, NetError>> + Send + 'a>>;

/// What is posted to a server that signs an account in or out: the only thing that is ever sent but questions. Its values
/// are secret, and are never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Form {
    /// The full http or https address.
    pub url: String,
    /// Names and values, in order.
    pub fields: Vec<(&'static str, String)>,
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| *name).collect();
        write!(f, "Form({}: {})", self.url, names.join(", "))
    }
}

/// Sends requests: `Http` over the network, `Replay` from memory.
pub trait Net: Send + Sync {
    /// Keeps the reader's rules from now on; what answers from memory has none to keep.
    fn obey(&self, rules: &NetRules) {
        let _ = rules;
    }

    /// Sends one request, follows its redirects, gives what came back whatever its status.
    fn send(&self, request: Request) -> Replying<'_>;

    /// As [`Net::send`], as part of a conversation: the body takes of its room, and the place that a login is for is
    /// told it.
    fn send_within<'a>(&'a self, request: Request, room: &'a Room, login: Option<&'a Login>) -> Replying<'a> {
        let _ = (room, login);
        self.send(request)
    }

    /// Posts a form, once and to its own address: an answer that leads elsewhere is given as it is, and never followed,
    /// as a secret would go with it.
    fn post(&self, form: Form) -> Replying<'_> {
        Box::pin(async move { Err(NetError::Forbidden(form.url)) })
    }

    /// Where an address redirects to, one step, as an absolute address; None when it does not. What is there is never
    /// fetched.
    fn leads_to(&self, address: String) -> Leading<'_> {
        let sending = self.send(Request::get(address));
        Box::pin(async move {
            let reply = sending.await?;
            Ok(reply.header("location").filter(|_| hop::redirects(reply.status)).map(str::to_owned))
        })
    }
}

/// Why there is no reply, by what is done about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// No network at all, or the host's name is unknown: wait quietly.
    #[error("offline: {0}")]
    Offline(String),
    /// It did not answer, or not to the end, in time: come back later.
    #[error("too slow: {0}")]
    Slow(String),
    /// Connections break, or cannot be made.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// A host of the wide world is there and refuses connections: nobody serves there, and the network works.
    #[error("refused: {0}")]
    Refused(String),
    /// Its certificate is not good.
    #[error("insecure: {0}")]
    Insecure(String),
    /// What came is not HTTP, or not decodable, or redirects without end.
    #[error("broken: {0}")]
    Broken(String),
    /// The address is not one that is ever asked (scheme, forbidden target).
    #[error("forbidden: {0}")]
    Forbidden(String),
    /// The server asked to be left alone until then (by an earlier reply to this host).
    #[error("held")]
    Held {
        /// Until when.
        until: Moment,
    },
}
