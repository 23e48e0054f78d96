//! Takes the reader's rules for the network, gives what a request needs of them. Changed as a whole, between two requests.

use std::{sync::OnceLock, time::Duration};

use reqwest::Client;
use url::Url;

use super::{
    Limits, NetError,
    http::builder,
    names::{self, Names},
    near,
};
use crate::contract::{NetRules, Proxy};

/// What an error says when the reader switched the network off.
pub(crate) const SWITCHED_OFF: &str = "switched off by the reader";

/// The rules, and the client that keeps them.
pub(super) struct Ruled {
    pub(super) rules: NetRules,
    pub(super) limits: Limits,
    /// For all but this machine, made when it is first needed.
    pub(super) far: OnceLock<Result<Client, String>>,
    /// The far client goes through a proxy.
    pub(super) proxied: bool,
}

impl Ruled {
    /// As the system does it, within these limits.
    pub(super) fn within(limits: Limits) -> Self {
        Self { rules: NetRules::USUAL, limits, far: OnceLock::new(), proxied: names::is_proxied() }
    }

    /// By these rules; what they say nothing of is as in `usual`.
    pub(super) fn by(rules: &NetRules, usual: &Limits) -> Self {
        let whole = Duration::from_secs(u64::from(rules.patience_seconds));
        let limits = Limits {
            whole,
            connect: usual.connect.min(whole),
            // Who waits longer for the whole waits longer for its beginning: a slow server is slow there.
            first_byte: if whole > usual.whole { whole } else { usual.first_byte.min(whole) },
            body: usize::try_from(rules.largest_mb).unwrap_or(usize::MAX).saturating_mul(1 << 20),
            ..usual.clone()
        };
        let proxied = match rules.proxy {
            Proxy::System => names::is_proxied(),
            Proxy::Direct => false,
            Proxy::At(_) => true,
        };
        Self { rules: rules.clone(), limits, far: OnceLock::new(), proxied }
    }

    /// These are the rules already.
    pub(super) fn is_by(&self, rules: &NetRules) -> bool {
        self.rules == *rules
    }

    /// Whether the reader lets that address be asked.
    pub(super) fn allows(&self, url: &Url) -> Result<(), NetError> {
        if self.rules.offline {
            return Err(NetError::Offline(SWITCHED_OFF.to_owned()));
        }
        if !self.rules.neighbours && near::is_near(url) {
            return Err(NetError::Forbidden(format!("{url} is inside the own network, which is not asked")));
        }
        Ok(())
    }

    /// The client for all but this machine.
    pub(super) fn far(&self) -> Result<&Client, NetError> {
        let made = self.far.get_or_init(|| self.made());
        made.as_ref().map_err(|error| NetError::Broken(error.clone()))
    }

    fn made(&self) -> Result<Client, String> {
        let proxy = match &self.rules.proxy {
            Proxy::At(address) => Some(reqwest::Proxy::all(proxy_address(address)).map_err(|error| error.to_string())?),
            Proxy::System | Proxy::Direct => None,
        };
        let with_names = || {
            let client = builder(&self.limits);
            match (&self.rules.proxy, &proxy) {
                (Proxy::At(address), Some(proxy)) => {
                    client.dns_resolver(Names::of_system().trusting(address)).no_proxy().proxy(proxy.clone())
                }
                (Proxy::Direct, _) => client.dns_resolver(Names::of_system()).no_proxy(),
                _ => client.dns_resolver(Names::of_system()),
            }
        };
        // A machine without any certificate (a bare container) can still read plain http; https then says why it cannot.
        let made = with_names().build().or_else(|_| with_names().tls_certs_only([]).build());
        made.map_err(|error| error.to_string())
    }
}

/// `proxy.example:3128` is written as often as `http://proxy.example:3128`.
pub(crate) fn proxy_address(typed: &str) -> String {
    if typed.contains("://") { typed.to_owned() } else { format!("http://{typed}") }
}

/// Whether requests can go through a proxy there. A name and password have no place in the library.
pub(crate) fn is_proxy(typed: &str) -> bool {
    let Ok(url) = Url::parse(&proxy_address(typed.trim())) else { return false };
    matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none()
        && matches!(url.path(), "" | "/")
        && url.query().is_none()
        && url.fragment().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_an_address_without_a_name_and_password() {
        for (typed, is) in [
            ("proxy.example:3128", true),
            ("http://proxy.example:3128/", true),
            ("https://192.168.1.1", true),
            ("localhost:8080", true),
            ("http://me:secret@proxy.example", false),
            ("socks5://proxy.example", false),
            ("ftp://proxy.example", false),
            ("http://", false),
            ("", false),
            ("a proxy", false),
            ("http://proxy.example/path", false),
        ] {
            assert_eq!(is_proxy(typed), is, "{typed}");
        }
    }

    #[test]
    fn rules_say_who_may_be_asked_and_within_what() {
        let usual = Limits::default();
        let near = Url::parse("http://192.168.1.2/feed").unwrap();
        let far = Url::parse("https://a.example/feed").unwrap();
        let by = |rules: NetRules| Ruled::by(&rules, &usual);
        let open = by(NetRules::USUAL);
        assert!(open.allows(&near).is_ok() && open.allows(&far).is_ok());
        assert_eq!((open.limits.whole, open.limits.body), (usual.whole, usual.body));
        let shut = by(NetRules { neighbours: false, ..NetRules::USUAL });
        assert!(matches!(shut.allows(&near), Err(NetError::Forbidden(_))) && shut.allows(&far).is_ok());
        let off = by(NetRules { offline: true, ..NetRules::USUAL });
        assert_eq!(off.allows(&far), Err(NetError::Offline(SWITCHED_OFF.to_owned())));
        let hasty = by(NetRules { patience_seconds: 5, largest_mb: 1, ..NetRules::USUAL });
        assert_eq!((hasty.limits.connect, hasty.limits.first_byte), (Duration::from_secs(5), Duration::from_secs(5)));
        assert_eq!(hasty.limits.body, 1 << 20);
        let patient = by(NetRules { patience_seconds: 90, ..NetRules::USUAL });
        assert_eq!((patient.limits.connect, patient.limits.first_byte), (usual.connect, Duration::from_secs(90)));
        assert!(by(NetRules { proxy: Proxy::At("p.example:1".to_owned()), ..NetRules::USUAL }).proxied);
        assert!(!by(NetRules { proxy: Proxy::Direct, ..NetRules::USUAL }).proxied);
    }
}
