//! Gives the net of a command: the network, one loopback address for tests, or none. Never sends anything itself.

use std::{net::SocketAddr, sync::Arc};

use pepites_core::model::{Phrase, Request};
use pepites_engine::{
    Clock,
    contract::Code,
    net::{Http, Net, NetError, Replying},
};

use crate::{exit::Exit, failure::Failure};

/// For commands that only look at the library: whatever they ask is refused.
pub(crate) struct Nothing;

impl Net for Nothing {
    fn send(&self, request: Request) -> Replying<'_> {
        Box::pin(async move { Err(NetError::Forbidden(request.url)) })
    }
}

/// The network, or with `via` that loopback address for every request of whatever host.
pub(crate) fn open(via: Option<&str>, clock: Clock) -> Result<Arc<dyn Net>, Failure> {
    let http = match via {
        Some(address) => Http::via(&loopback(address)?, clock),
        None => Http::new(clock),
    };
    Ok(Arc::new(http.map_err(Failure::fault)?))
}

/// `http://127.0.0.1:PORT`, checked: a test transport that could be pointed elsewhere would be a way to read everything
/// that the reader asks for.
fn loopback(address: &str) -> Result<String, Failure> {
    let refused = || {
        let detail = Phrase::new("problem.via_not_loopback").with("input", address);
        Failure::ending(Code::BadInput, detail, Exit::Usage)
    };
    let host = address.strip_prefix("http://").ok_or_else(refused)?;
    let socket: SocketAddr = host.strip_suffix('/').unwrap_or(host).parse().map_err(|_error| refused())?;
    if socket.ip().is_loopback() { Ok(format!("http://{socket}")) } else { Err(refused()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_addresses_with_a_port_may_stand_in_for_the_network() {
        for (address, taken) in [
            ("http://127.0.0.1:8080", true),
            ("http://127.0.0.1:8080/", true),
            ("http://127.3.2.1:80", true),
            ("http://[::1]:9", true),
            ("http://127.0.0.1", false),
            ("http://localhost:8080", false),
            ("https://127.0.0.1:8080", false),
            ("http://192.168.1.1:80", false),
            ("http://0.0.0.0:80", false),
            ("http://127.0.0.1:80@example.org:80", false),
            ("http://example.org:80", false),
            ("", false),
        ] {
            assert_eq!(loopback(address).is_ok(), taken, "{address}");
        }
    }
}
