//! Takes the name of a host, gives its addresses at the moment of connecting: a public name never stands for this
//! machine or its neighbours, whatever it stood for a moment ago. Never gives an address that was not looked up.

use std::{
    collections::BTreeSet,
    net::{IpAddr, SocketAddr},
    sync::{Arc, OnceLock},
};

use futures::future::BoxFuture;
use hickory_resolver::{TokioResolver, config::LookupIpStrategy};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::Url;

use super::near;

/// Where a proxy is named; the client reads the same, and finds its way to the proxy through us.
const PROXIES: [&str; 6] = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// Where what is asked without the proxy is named.
const EXCEPTIONS: [&str; 2] = ["no_proxy", "NO_PROXY"];

type Found = Result<Vec<IpAddr>, Box<dyn std::error::Error + Send + Sync>>;
type LookUp = dyn Fn(String) -> BoxFuture<'static, Found> + Send + Sync;

/// A public name that stands for addresses inside the reader's network, and for no other.
#[derive(Debug, thiserror::Error)]
#[error("{0} is a public name for an address inside the own network")]
pub(super) struct Inside(String);

/// Looks up names.
pub(super) struct Names {
    look_up: Arc<LookUp>,
    /// Hosts that the reader's own settings name.
    trusted: BTreeSet<String>,
}

impl Names {
    /// As the system would: its servers, its file of hosts. Trusts the proxies that are set.
    pub(super) fn of_system() -> Self {
        let resolver: Arc<OnceLock<Option<TokioResolver>>> = Arc::default();
        let look_up = move |name: String| -> BoxFuture<'static, Found> {
            let resolver = Arc::clone(&resolver);
            Box::pin(async move {
                match resolver.get_or_init(made) {
                    Some(resolver) => Ok(resolver.lookup_ip(name.as_str()).await?.iter().collect()),
                    None => Ok(tokio::net::lookup_host((name, 0)).await?.map(|found| found.ip()).collect()),
                }
            })
        };
        let proxies = PROXIES.iter().filter_map(|name| std::env::var(name).ok());
        Self { look_up: Arc::new(look_up), trusted: proxies.filter_map(|proxy| host_of(&proxy)).collect() }
    }

    /// Trusts the proxy at that address too.
    pub(super) fn trusting(mut self, proxy: &str) -> Self {
        self.trusted.extend(host_of(proxy));
        self
    }

    /// As `look_up` says.
    #[cfg(test)]
    pub(super) fn by(look_up: impl Fn(&str) -> Vec<IpAddr> + Send + Sync + 'static, trusted: &[&str]) -> Self {
        let look_up = move |name: String| -> BoxFuture<'static, Found> {
            let found = look_up(&name);
            Box::pin(async move { Ok(found) })
        };
        Self { look_up: Arc::new(look_up), trusted: trusted.iter().map(|&name| name.to_owned()).collect() }
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let may_be_near = near::is_near_host(&name) || self.trusted.contains(&name.to_ascii_lowercase());
        let looking = (self.look_up)(name.clone());
        Box::pin(async move {
            let mut found = looking.await?;
            if !may_be_near {
                let some = !found.is_empty();
                found.retain(|ip| !near::is_near_ip(*ip));
                if some && found.is_empty() {
                    return Err(Inside(name).into());
                }
            }
            let addresses: Addrs = Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0)));
            Ok(addresses)
        })
    }
}

/// Every site of the web is asked through a proxy. With exceptions, nothing is sure of any one site.
pub(super) fn is_proxied() -> bool {
    let set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    PROXIES.iter().any(|name| set(name)) && !EXCEPTIONS.iter().any(|name| set(name))
}

/// Without its file, the resolver would turn to a company's servers, which the reader never chose: then none.
fn made() -> Option<TokioResolver> {
    let mut builder = TokioResolver::builder_tokio().ok()?;
    builder.options_mut().ip_strategy = LookupIpStrategy::Ipv6AndIpv4;
    builder.build().ok()
}

/// `proxy.example:3128` and `http://me:secret@proxy.example:3128/` are both in use.
fn host_of(proxy: &str) -> Option<String> {
    let whole = if proxy.contains("://") { proxy.to_owned() } else { format!("http://{proxy}") };
    Some(Url::parse(&whole).ok()?.host_str()?.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn look_up(name: &str, found: &[&str]) -> Result<Vec<String>, String> {
        let found: Vec<IpAddr> = found.iter().map(|ip| ip.parse().unwrap()).collect();
        let names = Names::by(move |_| found.clone(), &["proxy.example"]);
        let resolved = names.resolve(name.parse().unwrap()).await.map_err(|error| error.to_string())?;
        Ok(resolved.map(|address| address.ip().to_string()).collect())
    }

    #[tokio::test]
    async fn a_public_name_never_stands_for_a_neighbour() {
        for (name, found, expected) in [
            ("a.example", &["8.8.8.8"] as &[&str], Ok(vec!["8.8.8.8"])),
            ("a.example", &["127.0.0.1", "8.8.8.8", "::1"], Ok(vec!["8.8.8.8"])),
            ("a.example", &["192.168.1.1"], Err("a.example is a public name for an address inside the own network")),
            ("a.example", &[], Ok(vec![])),
            ("nas.local", &["192.168.1.2"], Ok(vec!["192.168.1.2"])),
            ("NAS", &["192.168.1.2"], Ok(vec!["192.168.1.2"])),
            ("proxy.example", &["10.0.0.1"], Ok(vec!["10.0.0.1"])),
        ] {
            let expected = expected.map(|ips| ips.into_iter().map(str::to_owned).collect()).map_err(str::to_owned);
            assert_eq!(look_up(name, found).await, expected, "{name} {found:?}");
        }
    }

    #[test]
    fn proxies_are_known_however_they_are_written() {
        for written in ["proxy.example", "proxy.example:3128", "http://me:x@PROXY.example:1/", "socks5://proxy.example"]
        {
            assert_eq!(host_of(written).as_deref(), Some("proxy.example"), "{written}");
        }
        assert_eq!(host_of(""), None);
    }
}
