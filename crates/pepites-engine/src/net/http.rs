//! Takes requests, sends them over the network: politely, within bounds, following redirects by its own rules.
//! Never keeps a cookie, tells where it came from, or lets a public page send it to the inside of the reader's network.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use pepites_core::model::{Reply, Request};
use reqwest::{
    Client, ClientBuilder,
    header::{HeaderMap, HeaderValue},
};
use url::Url;

use super::{
    Form, Leading, Login, Net, NetError, Replying, Room, Rooms, headers,
    hop::{self, Hop, Manner},
    near,
    polite::Polite,
    ruled::Ruled,
    via::{ORIGINAL, Via},
};
use crate::{Clock, contract::NetRules};

/// How we introduce ourselves. No address: the project has no page of its own yet.
const USER_AGENT: &str = concat!("Pepites/", env!("CARGO_PKG_VERSION"), " (desktop feed reader)");
/// A connection that is kept open for the next request to its host (paging, a second source there). Each holds its
/// buffers, and a refresh of 1,000 hosts leaves 1,000 behind.
const KEPT_OPEN: Duration = Duration::from_secs(1);

/// What one request may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// Until the headers are there.
    pub first_byte: Duration,
    /// Between two pieces of the body.
    pub idle: Duration,
    /// For everything, redirects included; waiting for our own politeness is not counted.
    pub whole: Duration,
    /// Bytes of the body, decompressed; the rest is cut off.
    pub body: usize,
    /// Bytes of all headers.
    pub headers: usize,
    /// Redirects that are followed.
    pub redirects: usize,
}

impl Default for Limits {
    /// Time: as long as other readers wait (15 to 60 s), at the short end, as a refresh waits for the slowest.
    /// Size: a feed of every episode of a daily podcast has about 10 MB; what is cut is the oldest end. Servers were
    /// seen to send 8 KB of headers (policies), never 64.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(20),
            idle: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            body: 16 << 20,
            headers: 64 << 10,
            redirects: 10,
        }
    }
}

/// The network.
pub struct Http {
    /// For this machine: without proxy, without certificates (loading them costs more than 100 loopback requests).
    near: Client,
    /// What the reader wants of it, and the client for the rest.
    ruled: RwLock<Arc<Ruled>>,
    /// Where their rules say nothing.
    usual: Limits,
    via: Option<Via>,
    polite: Polite,
    clock: Clock,
}

impl Http {
    /// The network, with the usual limits.
    pub fn new(clock: Clock) -> Result<Self, NetError> {
        Self::with(clock, Limits::default())
    }

    /// The network, with other limits.
    pub fn with(clock: Clock, limits: Limits) -> Result<Self, NetError> {
        let near = builder(&limits).no_proxy().tls_certs_only([]).build();
        let near = near.map_err(|error| NetError::Broken(error.to_string()))?;
        Ok(Self {
            near,
            ruled: RwLock::new(Arc::new(Ruled::within(limits.clone()))),
            usual: limits,
            via: None,
            polite: Polite::new(),
            clock,
        })
    }

    /// For tests and outside checks: every request, whatever its host and scheme, goes to the plain http server at
    /// `address` on this machine, with the address that was meant in the header `X-Original-URL`.
    /// Any other kind of address is refused ([`NetError::Forbidden`]).
    pub fn via(address: &str, clock: Clock) -> Result<Self, NetError> {
        let via = Via::parse(address)?;
        Ok(Self { via: Some(via), ..Self::new(clock)? })
    }

    async fn exchange(&self, request: Request, room: &Room, login: Option<&Login>) -> Result<Reply, NetError> {
        let ruled = self.ruled();
        let mut url = parse(&request.url)?;
        let mut seen = vec![url.clone()];
        let mut permanent = true;
        let mut left = ruled.limits.whole;
        loop {
            let started = Instant::now();
            let (hop, waited) = self.hop(&ruled, &url, &request, (left, room, login), Manner::Whole).await?;
            left = left.saturating_sub(started.elapsed().saturating_sub(waited));
            let Some(location) = &hop.location else {
                let moved = (permanent && seen.len() > 1).then(|| url.to_string());
                return Ok(Reply {
                    asked: request.url,
                    url: url.into(),
                    moved,
                    status: hop.status,
                    headers: hop.headers,
                    body: hop.body,
                    cut: hop.cut,
                });
            };
            let next = url.join(location).map_err(|error| NetError::Broken(format!("redirect: {error}")))?;
            let next = parse(next.as_str())?;
            if seen.contains(&next) {
                return Err(NetError::Broken(format!("redirects in a circle, back to {next}")));
            }
            if seen.len() > ruled.limits.redirects {
                return Err(NetError::Broken(format!("more than {} redirects", ruled.limits.redirects)));
            }
            Self::guard(&url, &next)?;
            permanent &= matches!(hop.status, 301 | 308);
            seen.push(next.clone());
            url = next;
        }
    }

    /// One hop, with the host's leave. Also says how long that leave was waited for.
    async fn hop(
        &self,
        ruled: &Ruled,
        url: &Url,
        request: &Request,
        (left, room, login): (Duration, &Room, Option<&Login>),
        manner: Manner,
    ) -> Result<(Hop, Duration), NetError> {
        ruled.allows(url)?;
        let queued = Instant::now();
        let pass = self.polite.enter(url, &*self.clock.now).await?;
        let waited = queued.elapsed();
        let mut headers = hop::header_map(&request.headers)?;
        // At each hop anew: a redirect to another place is told nothing.
        if let Some(secret) = login.and_then(|login| login.for_place(url)) {
            headers.extend(secret);
        }
        let (target, headers) = self.aimed(url, headers)?;
        let client = if target.is_some() { &self.near } else { self.client(ruled, url)? };
        let proxied = ruled.proxied && !std::ptr::eq(client, &raw const self.near);
        let bounds = (&ruled.limits, left, room);
        let result = hop::ask(client, target.as_ref().unwrap_or(url), headers, bounds, manner, proxied).await;
        let now = (self.clock.now)();
        match &result {
            Ok(hop) => pass.answered(headers::hold_until(hop.status, &hop.headers, now)),
            Err(NetError::Slow(_)) => pass.too_slow(now),
            Err(_) => {}
        }
        let result = result.map_err(|error| match error {
            // What refuses on this machine or beside it says nothing of the network; nor does what stands in for it.
            NetError::Refused(why) if target.is_some() || near::is_near(url) => NetError::Unreachable(why),
            error => error,
        });
        Ok((result?, waited))
    }

    /// Posts a form to its own address, and nowhere else.
    async fn hand_in(&self, form: Form) -> Result<Reply, NetError> {
        let url = parse(&form.url)?;
        if url.scheme() != "https" && !near::is_near(&url) {
            return Err(NetError::Forbidden(format!("{} is not secure, and a secret would be told to it", form.url)));
        }
        let ruled = self.ruled();
        ruled.allows(&url)?;
        let pass = self.polite.enter(&url, &*self.clock.now).await?;
        let (target, headers) = self.aimed(&url, HeaderMap::new())?;
        let client = if target.is_some() { &self.near } else { self.client(&ruled, &url)? };
        let proxied = ruled.proxied && !std::ptr::eq(client, &raw const self.near);
        let fields = form.fields.iter().map(|(name, value)| (*name, value.as_str()));
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let (room, at) = (Rooms::default().room(), target.as_ref().unwrap_or(&url));
        let hop = hop::post(client, at, headers, (body, &ruled.limits, &room), proxied).await?;
        pass.answered(headers::hold_until(hop.status, &hop.headers, (self.clock.now)()));
        let (status, headers, body, cut) = (hop.status, hop.headers, hop.body, hop.cut);
        Ok(Reply { asked: form.url, url: url.into(), moved: None, status, headers, body, cut })
    }

    /// Where a request is really sent, when that is another place, and its headers then.
    fn aimed(&self, url: &Url, mut headers: HeaderMap) -> Result<(Option<Url>, HeaderMap), NetError> {
        let target = self.via.as_ref().map(|via| via.target(url));
        if target.is_some() {
            let original = HeaderValue::from_str(url.as_str());
            headers.insert(ORIGINAL, original.map_err(|error| NetError::Forbidden(error.to_string()))?);
        }
        Ok((target, headers))
    }

    /// One step of a redirect. HEAD first; who does not know it is asked by a GET whose body is not read.
    async fn step(&self, address: String) -> Result<Option<String>, NetError> {
        let (ruled, url) = (self.ruled(), parse(&address)?);
        let (request, room) = (Request::get(address), Rooms::default().room());
        for manner in [Manner::Head, Manner::Glance] {
            let (hop, _) = self.hop(&ruled, &url, &request, (ruled.limits.whole, &room, None), manner).await?;
            if let Some(location) = hop.location {
                let to = url.join(&location).map_err(|error| NetError::Broken(format!("redirect: {error}")))?;
                Self::guard(&url, &to)?;
                return Ok(Some(to.into()));
            }
            if matches!(hop.status, 200..400 | 404 | 410 | 429) {
                break;
            }
        }
        Ok(None)
    }

    fn client<'a>(&'a self, ruled: &'a Ruled, url: &Url) -> Result<&'a Client, NetError> {
        if url.scheme() == "http" && near::is_loopback(url) {
            return Ok(&self.near);
        }
        ruled.far()
    }

    /// The rules as they are now: a request keeps to those that it began with.
    fn ruled(&self) -> Arc<Ruled> {
        Arc::clone(&self.ruled.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A public host must not send us to this machine or its neighbours. A public name that stands for one of them is
    /// refused where it is looked up, as it may stand for another address a moment later.
    fn guard(from: &Url, to: &Url) -> Result<(), NetError> {
        if !near::is_near(from) && near::is_near(to) {
            return Err(NetError::Forbidden(format!("{from} leads to {to}, inside the own network")));
        }
        Ok(())
    }
}

impl Net for Http {
    fn obey(&self, rules: &NetRules) {
        if !self.ruled().is_by(rules) {
            let ruled = Arc::new(Ruled::by(rules, &self.usual));
            *self.ruled.write().unwrap_or_else(PoisonError::into_inner) = ruled;
        }
    }

    fn send(&self, request: Request) -> Replying<'_> {
        Box::pin(async move { self.exchange(request, &Rooms::default().room(), None).await })
    }

    fn send_within<'a>(&'a self, request: Request, room: &'a Room, login: Option<&'a Login>) -> Replying<'a> {
        Box::pin(self.exchange(request, room, login))
    }

    fn post(&self, form: Form) -> Replying<'_> {
        Box::pin(self.hand_in(form))
    }

    fn leads_to(&self, address: String) -> Leading<'_> {
        Box::pin(self.step(address))
    }
}

fn parse(address: &str) -> Result<Url, NetError> {
    let url = Url::parse(address).map_err(|error| NetError::Forbidden(format!("{address}: {error}")))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        scheme => Err(NetError::Forbidden(format!("{scheme} addresses are never asked"))),
    }
}

pub(super) fn builder(limits: &Limits) -> ClientBuilder {
    Client::builder()
        .user_agent(USER_AGENT)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(limits.connect)
        .pool_idle_timeout(KEPT_OPEN)
        .pool_max_idle_per_host(1)
        // What browsers read over, we read over.
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http2_max_header_list_size(u32::try_from(limits.headers).unwrap_or(u32::MAX))
}

#[cfg(test)]
pub(crate) mod tests;
