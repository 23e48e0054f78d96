//! Takes a function from request to answer, gives a server on loopback that lives as long as its handle.

use std::{
    collections::BTreeMap,
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use http_body_util::Full;
use hyper::{Response, body::Bytes, header, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// What a client asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// GET, HEAD.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Header names in lower case.
    pub headers: BTreeMap<String, String>,
}

/// What it gets.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// 200 with a body of that type.
    #[must_use]
    pub fn ok(content_type: &str, body: impl Into<Bytes>) -> Self {
        Self {
            status: 200,
            headers: vec![(header::CONTENT_TYPE.to_string(), content_type.to_owned())],
            body: body.into(),
        }
    }

    /// A bare status.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new() }
    }

    /// The same answer under another status.
    #[must_use]
    pub fn status_of(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// Decides each answer; `number` counts requests from 1.
pub type Script = Arc<dyn Fn(&Asked, u64) -> Answer + Send + Sync>;

/// A running server.
pub struct Loopback {
    /// Where it listens.
    pub address: SocketAddr,
    served: Arc<AtomicU64>,
    // Dropping the runtime ends the server and its connections.
    _runtime: tokio::runtime::Runtime,
}

impl Loopback {
    /// Starts serving on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(script: Script) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0)))?;
        let address = listener.local_addr()?;
        let served = Arc::new(AtomicU64::new(0));
        runtime.spawn(accept(listener, script, Arc::clone(&served)));
        Ok(Self { address, served, _runtime: runtime })
    }

    /// `http://127.0.0.1:PORT` + path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Requests that were answered so far.
    #[must_use]
    pub fn served(&self) -> u64 {
        self.served.load(Ordering::SeqCst)
    }
}

async fn accept(listener: TcpListener, script: Script, served: Arc<AtomicU64>) {
    while let Ok((stream, _)) = listener.accept().await {
        let script = Arc::clone(&script);
        let served = Arc::clone(&served);
        tokio::spawn(async move {
            let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                let number = served.fetch_add(1, Ordering::SeqCst) + 1;
                let answer = script(&asked(&request), number);
                async move { Ok::<_, Infallible>(response(answer)) }
            });
            // A client that hangs up is the script's business, not a fault of the server.
            let _ended =
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

fn asked(request: &hyper::Request<hyper::body::Incoming>) -> Asked {
    let path = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let headers = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    Asked { method: request.method().to_string(), path, headers }
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = hyper::StatusCode::from_u16(answer.status).unwrap_or(hyper::StatusCode::BAD_REQUEST);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) =
            (header::HeaderName::try_from(name), header::HeaderValue::from_bytes(value.as_bytes()))
        {
            response.headers_mut().append(name, value);
        }
    }
    response
}
