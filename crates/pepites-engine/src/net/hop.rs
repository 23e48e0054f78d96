//! Takes one request, gives one answer: within bounds of time and size, and with its errors sorted by what is done
//! about them. Never follows a redirect.

use std::{
    error::Error,
    io,
    time::{Duration, Instant},
};

use reqwest::{
    Client, Method, RequestBuilder, Response,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION},
};
use url::Url;

use super::{Limits, NetError, Room, names::Inside};

/// Words of rustls where a certificate is not good (`invalid peer certificate: Expired`) or no cipher is shared.
const INSECURE: &[&str] = &["certificate", "fatal alert", "peer is incompatible", "peer misbehaved"];
/// Words of rustls where the other side does not speak TLS at all: plain http on port 443.
const NO_TLS: &str = "corrupt message";

/// Bytes that are set aside at most because a server promises them, and where it promises nothing, as with all that comes
/// packed: a body that grows is copied each time. What is not filled is given back at the end.
const BELIEVED: usize = 256 << 10;

/// How a form is written.
const FORM: &str = "application/x-www-form-urlencoded";

/// How much is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// All of it.
    Whole,
    /// Its headers, as HEAD.
    Head,
    /// Its headers, as a GET whose body is left where it is: some servers know no HEAD.
    Glance,
}

/// Whether a status sends on to another address.
pub(super) fn redirects(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// What one request brought.
pub(super) struct Hop {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) cut: bool,
    /// Where a redirect points, as it was written.
    pub(super) location: Option<String>,
}

/// Sends one request, within the limits, the time that is left from the first byte sent to the last received, and the room
/// for its body. `proxied`: everything goes through a proxy, so that it is the proxy that refuses a connection.
pub(super) async fn ask(
    client: &Client,
    url: &Url,
    headers: HeaderMap,
    (limits, left, room): (&Limits, Duration, &Room),
    manner: Manner,
    proxied: bool,
) -> Result<Hop, NetError> {
    let end = Instant::now() + left;
    let asking = match manner {
        Manner::Head => client.request(Method::HEAD, url.clone()),
        Manner::Whole | Manner::Glance => client.request(Method::GET, url.clone()),
    };
    let response = answer(asking.headers(headers), limits, left, proxied).await?;
    let mut hop = head(&response, limits)?;
    if manner == Manner::Whole && hop.location.is_none() && hop.status != 304 {
        (hop.body, hop.cut) = body(response, limits, end, room).await?;
    }
    Ok(hop)
}

/// Posts a form (as browsers write forms), within the same bounds as [`ask`].
pub(super) async fn post(
    client: &Client,
    url: &Url,
    headers: HeaderMap,
    (body_sent, limits, room): (String, &Limits, &Room),
    proxied: bool,
) -> Result<Hop, NetError> {
    let end = Instant::now() + limits.whole;
    let posting = client.post(url.clone()).headers(headers).header(CONTENT_TYPE, FORM).body(body_sent);
    let response = answer(posting, limits, limits.whole, proxied).await?;
    let mut hop = head(&response, limits)?;
    (hop.body, hop.cut) = body(response, limits, end, room).await?;
    Ok(hop)
}

/// Sends, and waits for the headers of the answer.
async fn answer(asking: RequestBuilder, limits: &Limits, left: Duration, proxied: bool) -> Result<Response, NetError> {
    let patience = limits.first_byte.min(left);
    match tokio::time::timeout(patience, asking.send()).await {
        Ok(sent) => sent.map_err(|error| if proxied && is_refused(&error) { no_proxy(&error) } else { why(&error) }),
        Err(_) => Err(NetError::Slow(format!("no answer in {patience:?}"))),
    }
}

/// The headers of a request in the form that is sent.
pub(super) fn header_map(headers: &[(String, String)]) -> Result<HeaderMap, NetError> {
    let mut map = HeaderMap::with_capacity(headers.len() + 1);
    for (name, value) in headers {
        let bad = |why: &dyn std::fmt::Display| NetError::Forbidden(format!("header {name}: {why}"));
        let key = HeaderName::from_bytes(name.as_bytes()).map_err(|why| bad(&why))?;
        map.append(key, HeaderValue::from_bytes(value.as_bytes()).map_err(|why| bad(&why))?);
    }
    Ok(map)
}

fn head(response: &Response, limits: &Limits) -> Result<Hop, NetError> {
    let given = response.headers();
    let bytes: usize = given.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if bytes > limits.headers {
        return Err(NetError::Broken(format!("{bytes} bytes of headers")));
    }
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let status = response.status().as_u16();
    Ok(Hop {
        status,
        headers: given.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body: Vec::new(),
        cut: false,
        location: given.get(LOCATION).filter(|_| redirects(status)).map(text),
    })
}

/// The body as it comes out of the decompressor, up to the cap: a gzip bomb costs no more than the cap.
async fn body(mut response: Response, limits: &Limits, end: Instant, room: &Room) -> Result<(Vec<u8>, bool), NetError> {
    let promised = response.content_length().and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or(BELIEVED);
    let mut body = Vec::with_capacity(promised.min(limits.body).min(BELIEVED));
    let cut = loop {
        // Bytes that dribble in one at a time never tire the idle limit; the end does.
        let left = end.saturating_duration_since(Instant::now());
        let next = match tokio::time::timeout(limits.idle.min(left), response.chunk()).await {
            Ok(next) => next.map_err(|error| why(&error))?,
            Err(_) => return Err(NetError::Slow(format!("stopped after {} bytes", body.len()))),
        };
        let Some(chunk) = next else { break false };
        let left = end.saturating_duration_since(Instant::now());
        if tokio::time::timeout(left, room.take(chunk.len())).await.is_err() {
            return Err(NetError::Slow(format!("no room for more than {} bytes in time", body.len())));
        }
        let rest = limits.body - body.len();
        if let Some(beginning) = chunk.get(..rest).filter(|_| chunk.len() > rest) {
            body.extend_from_slice(beginning);
            break true;
        }
        body.extend_from_slice(&chunk);
        if left.is_zero() {
            return Err(NetError::Slow(format!("not at its end after {} bytes", body.len())));
        }
    };
    // It may wait long to be read, and many do.
    body.shrink_to_fit();
    Ok((body, cut))
}

/// The way to every site is shut: as good as no network.
fn no_proxy(error: &reqwest::Error) -> NetError {
    NetError::Offline(format!("the proxy refuses: {}", deepest(error)))
}

fn is_refused(error: &reqwest::Error) -> bool {
    let refused = |cause: &io::Error| cause.kind() == io::ErrorKind::ConnectionRefused;
    error.is_connect() && chain(error).any(|cause| cause.downcast_ref().is_some_and(refused))
}

fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(Some(error as &(dyn Error + 'static)), |&error| error.source())
}

/// The deepest cause says most ("connection refused"); the outer ones repeat the address.
fn deepest(error: &reqwest::Error) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}

/// Sorts an error by what is done about it.
fn why(error: &reqwest::Error) -> NetError {
    let text = deepest(error);
    if let Some(inside) = chain(error).find_map(|cause| cause.downcast_ref::<Inside>()) {
        return NetError::Forbidden(inside.to_string());
    }
    if error.is_dns() {
        return NetError::Offline(text);
    }
    if error.is_timeout() {
        return NetError::Slow(text);
    }
    // rustls is no dependency of ours: its errors are told by their words.
    if INSECURE.iter().any(|word| text.contains(word)) {
        return NetError::Insecure(text);
    }
    if text.contains(NO_TLS) {
        return NetError::Broken(text);
    }
    for cause in chain(error) {
        if let Some(cause) = cause.downcast_ref::<hyper::Error>() {
            if cause.is_parse() || cause.is_parse_too_large() {
                return NetError::Broken(text);
            }
            if cause.is_incomplete_message() {
                return NetError::Unreachable(text);
            }
        }
        match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
            Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown) => return NetError::Offline(text),
            Some(io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) => return NetError::Broken(text),
            Some(io::ErrorKind::ConnectionRefused) => return NetError::Refused(text),
            Some(io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof) => {
                return NetError::Unreachable(text);
            }
            _ => {}
        }
    }
    if error.is_decode() { NetError::Broken(text) } else { NetError::Unreachable(text) }
}
