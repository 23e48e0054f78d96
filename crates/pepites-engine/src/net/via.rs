//! Takes the address of a server on this machine, sends every request there whatever its host: for tests and outside
//! checks only. Never leaves the machine.

use url::Url;

use super::{NetError, near};

/// The header that carries the address which was really meant.
pub(super) const ORIGINAL: &str = "x-original-url";

/// A server on this machine that plays every host.
#[derive(Clone, Debug)]
pub(super) struct Via(Url);

impl Via {
    /// `http://127.0.0.1:8080`. Anything but plain http to this machine, without a path, is refused.
    pub(super) fn parse(typed: &str) -> Result<Self, NetError> {
        let refused = |why: &str| NetError::Forbidden(format!("--via {typed}: {why}"));
        let url = Url::parse(typed).map_err(|error| refused(&error.to_string()))?;
        if url.scheme() != "http" {
            return Err(refused("only plain http is possible"));
        }
        if !near::is_loopback(&url) {
            return Err(refused("only an address of this machine is possible, such as http://127.0.0.1:8080"));
        }
        if url.path() != "/" || url.query().is_some() || !url.username().is_empty() || url.password().is_some() {
            return Err(refused("nothing may follow the host and port"));
        }
        Ok(Self(url))
    }

    /// Where a request for `url` is really sent: the same path and query on the server of this machine.
    pub(super) fn target(&self, url: &Url) -> Url {
        let mut target = self.0.clone();
        target.set_path(url.path());
        target.set_query(url.query());
        target
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_http_to_this_machine_is_taken() {
        for good in ["http://127.0.0.1:8080", "http://127.0.0.1:8080/", "http://[::1]:80", "http://localhost:9"] {
            assert!(Via::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "https://127.0.0.1:8080",
            "http://10.0.0.1:8080",
            "http://example.org",
            "http://127.0.0.1:8080/x",
            "http://127.0.0.1:8080/?x",
            "http://me@127.0.0.1",
            "127.0.0.1:8080",
            "",
        ] {
            let Err(NetError::Forbidden(why)) = Via::parse(bad) else { panic!("{bad} was taken") };
            assert!(why.contains(bad), "{why}");
        }
    }

    #[test]
    fn path_and_query_stay_as_they_are() {
        let via = Via::parse("http://127.0.0.1:8080").unwrap();
        let meant = Url::parse("https://example.org/a%20b/c?d=%2F&e#f").unwrap();
        assert_eq!(via.target(&meant).as_str(), "http://127.0.0.1:8080/a%20b/c?d=%2F&e");
    }
}
