//! Takes a world, answers for it on loopback until dropped: one listener for each source, all on one port.
//! Never listens on anything but 127/8.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    io::{self, Write as _},
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex},
    thread::JoinHandle,
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};
use http_body_util::Full;
use hyper::{
    Method, Request, Response,
    body::{Bytes, Incoming},
    header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, VARY},
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use pepites_core::model::{Phrase, Reply, Validators};
use tokio::sync::oneshot;

use super::{World, host, unchanged};

/// How often another free port is looked for when one of the addresses has taken it.
const ATTEMPTS: usize = 50;
/// Below this a body is not worth compressing.
const SMALL: usize = 512;

/// Why the world cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another program listens there.
    #[error("{0} is taken by another program")]
    Taken(SocketAddr),
    /// The system has 127.0.0.1 but not the rest of 127/8 (macOS and the BSDs, unless an alias is made).
    #[error("this system does not answer on {0}; it has no loopback addresses beside 127.0.0.1")]
    NoLoopback(SocketAddr),
    /// Something else.
    #[error("cannot listen on {0}: {1}")]
    Other(SocketAddr, io::Error),
}

impl ServeError {
    /// The sentence for a person: a key of the catalogue, and the address.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        let (key, address) = match self {
            Self::Taken(address) => ("sample.taken", address),
            Self::NoLoopback(address) => ("sample.no_loopback", address),
            Self::Other(address, _) => ("sample.cannot_listen", address),
        };
        Phrase::new(key).with("address", address.to_string())
    }
}

/// A world that is being served; it stops when this is dropped.
#[derive(Debug)]
pub struct Serving {
    port: u16,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Serving {
    /// The port, the same on every address.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Nobody listens any more when the thread ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A reply with both of its bodies.
#[derive(Debug)]
struct Ready {
    reply: Reply,
    plain: Bytes,
    gzip: Option<Bytes>,
}

/// What every connection shares.
struct Hall {
    world: World,
    port: u16,
    latency: Duration,
    /// Feeds, which are asked again and again; pages and pictures are made when they are asked.
    feeds: Mutex<BTreeMap<String, Arc<Ready>>>,
}

/// Serves the world on `port` of each source's own address, or on a port that is free on all of them. Works inside and
/// outside an async runtime: it has a thread of its own.
pub fn serve(world: World, port: Option<u16>) -> Result<Serving, ServeError> {
    serve_late(world, port, Duration::ZERO)
}

/// The same, where each answer comes so much later: the net is never as near as loopback.
pub fn serve_late(world: World, port: Option<u16>, latency: Duration) -> Result<Serving, ServeError> {
    let (port, listeners) = match port {
        Some(port) => (port, bind(&world, port)?),
        None => free(&world)?,
    };
    let first = address(0, port);
    let other = |error| ServeError::Other(first, error);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(other)?;
    let hall = Arc::new(Hall { world, port, latency, feeds: Mutex::default() });
    let (stop, stopped) = oneshot::channel();
    let run = move || {
        runtime.block_on(async move {
            for (index, listener) in listeners.into_iter().enumerate() {
                tokio::spawn(listen(listener, index, Arc::clone(&hall)));
            }
            // An error means that the handle is gone without a word, which is as good a reason to stop.
            let _ = stopped.await;
        });
    };
    let thread = std::thread::Builder::new().name("sample world".to_owned()).spawn(run).map_err(other)?;
    Ok(Serving { port, stop: Some(stop), thread: Some(thread) })
}

fn address(index: usize, port: u16) -> SocketAddr {
    let ip = host(index).parse().unwrap_or(std::net::Ipv4Addr::LOCALHOST);
    SocketAddr::from((ip, port))
}

fn bind(world: &World, port: u16) -> Result<Vec<TcpListener>, ServeError> {
    (0..world.sites.len()).map(|index| bind_one(address(index, port))).collect()
}

fn bind_one(address: SocketAddr) -> Result<TcpListener, ServeError> {
    let listener = TcpListener::bind(address).and_then(|listener| {
        listener.set_nonblocking(true)?;
        Ok(listener)
    });
    listener.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => ServeError::Taken(address),
        io::ErrorKind::AddrNotAvailable => ServeError::NoLoopback(address),
        _ => ServeError::Other(address, error),
    })
}

/// The system knows a port that is free on the first address; the others almost always have it free too.
fn free(world: &World) -> Result<(u16, Vec<TcpListener>), ServeError> {
    let mut last = ServeError::Taken(address(0, 0));
    for _ in 0..ATTEMPTS {
        let first = bind_one(address(0, 0))?;
        let port = first.local_addr().map_err(|error| ServeError::Other(address(0, 0), error))?.port();
        drop(first);
        match bind(world, port) {
            Ok(listeners) => return Ok((port, listeners)),
            Err(error @ ServeError::Taken(_)) => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

async fn listen(listener: TcpListener, index: usize, hall: Arc<Hall>) {
    let listener = match tokio::net::TcpListener::from_std(listener) {
        Ok(listener) => listener,
        Err(error) => return tracing::error!(%error, index, "a listener of the demo world is lost"),
    };
    loop {
        // A connection that broke before it was taken is nobody's loss.
        let Ok((stream, _)) = listener.accept().await else { continue };
        let hall = Arc::clone(&hall);
        tokio::spawn(async move {
            let answer = service_fn(|request: Request<Incoming>| {
                let hall = Arc::clone(&hall);
                async move {
                    if !hall.latency.is_zero() {
                        tokio::time::sleep(hall.latency).await;
                    }
                    Ok::<_, Infallible>(respond(&hall, index, &request))
                }
            });
            let served =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
            if let Err(error) = served {
                tracing::debug!(%error, index, "a connection to the demo world broke");
            }
        });
    }
}

fn respond(hall: &Hall, index: usize, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let mut response = Response::builder();
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return response.status(405).header("allow", "GET, HEAD").body(Full::default()).unwrap_or_default();
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let Some(ready) = ready(hall, index, path) else {
        return response.status(404).body(Full::default()).unwrap_or_default();
    };
    for (name, value) in &ready.reply.headers {
        response = response.header(name, value);
    }
    response = response.header(VARY, "accept-encoding");
    if unchanged(&validators(request.headers()), &ready.reply) {
        return response.status(304).body(Full::default()).unwrap_or_default();
    }
    let mut body = ready.plain.clone();
    if let Some(gzip) = ready.gzip.clone().filter(|_| accepts_gzip(request.headers())) {
        response = response.header(CONTENT_ENCODING, "gzip");
        body = gzip;
    }
    // The length is that of what GET would send; hyper leaves the body of HEAD out itself.
    response.status(ready.reply.status).body(Full::new(body)).unwrap_or_default()
}

fn ready(hall: &Hall, index: usize, path: &str) -> Option<Arc<Ready>> {
    let url = format!("http://{}:{}{path}", host(index), hall.port);
    let kept = hall.feeds.lock().ok().and_then(|feeds| feeds.get(&url).cloned());
    if kept.is_some() {
        return kept;
    }
    let mut reply = hall.world.reply(&url)?;
    let plain = Bytes::from(std::mem::take(&mut reply.body));
    let kind = reply.header("content-type").unwrap_or_default();
    let feed = kind.contains("xml") || kind.contains("json");
    let gzip = if plain.len() > SMALL && !kind.starts_with("image/") { compress(&plain) } else { None };
    let ready = Arc::new(Ready { reply, plain, gzip });
    if feed && let Ok(mut feeds) = hall.feeds.lock() {
        feeds.insert(url, Arc::clone(&ready));
    }
    Some(ready)
}

fn compress(plain: &[u8]) -> Option<Bytes> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(plain).ok()?;
    gzip.finish().ok().map(Bytes::from)
}

fn validators(headers: &HeaderMap) -> Validators {
    let text =
        |value: Option<&hyper::header::HeaderValue>| value.and_then(|value| value.to_str().ok()).map(str::to_owned);
    Validators { etag: text(headers.get(IF_NONE_MATCH)), last_modified: text(headers.get(IF_MODIFIED_SINCE)) }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("gzip") && parts.all(|part| part != "q=0")
    })
}
