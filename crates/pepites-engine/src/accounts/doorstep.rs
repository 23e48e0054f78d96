//! Takes the reader's browser back from a server, once: listens on this computer alone, for one address with one secret
//! in it, gives what it brings. Never answers anyone else, and never says what it heard.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use url::Url;

/// The one path that is answered.
const PATH: &str = "/signed-in";

/// Bytes of a request that are read: browsers send a few thousand, with all that they say of themselves.
const LONGEST: usize = 16 << 10;

/// A browser that has connected asks at once, or has only connected ahead.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections that are open at once. A browser opens two or three.
const AT_ONCE: usize = 8;

/// What the browser came back with.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Brought {
    /// The code that stands for the reader's leave.
    Code(String),
    /// The reader, or their server, said no.
    No,
}

/// What a browser is shown at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// It worked.
    pub(super) done: String,
    /// It was refused.
    pub(super) refused: String,
    /// It is not what was waited for.
    pub(super) stray: String,
}

/// Where the browser comes back to.
pub(super) struct Doorstep {
    listener: TcpListener,
    at: SocketAddr,
}

impl Doorstep {
    /// Listens on a free port of this computer, that no other computer can reach.
    pub(super) async fn open() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let at = listener.local_addr()?;
        Ok(Self { listener, at })
    }

    /// Its address, as the server is told it.
    pub(super) fn address(&self) -> String {
        format!("http://{}{PATH}", self.at)
    }

    /// Waits until a browser comes with that state. Whoever comes without it, or elsewhere, is sent away and changes
    /// nothing: a page that knows the port must not end what the reader began.
    pub(super) async fn wait(&self, state: &str, words: &Words) -> io::Result<Brought> {
        let mut open = JoinSet::new();
        loop {
            tokio::select! {
                came = self.listener.accept(), if open.len() < AT_ONCE => {
                    let (stream, _) = came?;
                    let (at, state, words) = (self.at, state.to_owned(), words.clone());
                    open.spawn(async move {
                        tokio::time::timeout(PATIENCE, receive(stream, at, &state, &words)).await.ok()?.ok()?
                    });
                }
                Some(done) = open.join_next(), if !open.is_empty() => {
                    if let Ok(Some(brought)) = done {
                        return Ok(brought);
                    }
                }
            }
        }
    }
}

/// One request: its answer is on its way when this ends.
async fn receive(mut stream: TcpStream, at: SocketAddr, state: &str, words: &Words) -> io::Result<Option<Brought>> {
    let mut heard = Vec::new();
    while !heard.windows(4).any(|end| end == b"\r\n\r\n") && heard.len() < LONGEST {
        let mut piece = [0; 2_048];
        let length = stream.read(&mut piece).await?;
        if length == 0 {
            break;
        }
        heard.extend_from_slice(piece.get(..length).unwrap_or_default());
    }
    let heard = String::from_utf8_lossy(&heard);
    let (status, text, brought) = match understand(&heard, at, state) {
        Ok(brought @ Brought::Code(_)) => ("200 OK", &words.done, Some(brought)),
        Ok(Brought::No) => ("200 OK", &words.refused, Some(Brought::No)),
        Err(status) => (status, &words.stray, None),
    };
    let page = page(text);
    let length = page.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\
         Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nReferrer-Policy: no-referrer\r\n\
         X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(page.as_bytes()).await?;
    stream.shutdown().await?;
    Ok(brought)
}

/// What a request brings; else the status that sends it away.
fn understand(heard: &str, at: SocketAddr, state: &str) -> Result<Brought, &'static str> {
    let mut lines = heard.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some("GET"), Some(target)) = (words.next(), words.next()) else { return Err("405 Method Not Allowed") };
    // A page of the web may call this computer by a name of its own: its browser says so.
    let host = lines.filter_map(|line| line.split_once(':')).find(|(name, _)| name.eq_ignore_ascii_case("host"));
    if host.map(|(_, host)| host.trim()) != Some(at.to_string().as_str()) {
        return Err("403 Forbidden");
    }
    let url =
        Url::parse(&format!("http://{at}")).and_then(|here| here.join(target)).map_err(|_unparsed| "404 Not Found")?;
    if url.path() != PATH || url.port() != Some(at.port()) {
        return Err("404 Not Found");
    }
    let value = |key: &str| url.query_pairs().find(|(name, _)| name == key).map(|(_, value)| value.into_owned());
    if value("state").as_deref() != Some(state) {
        return Err("403 Forbidden");
    }
    match value("code").as_deref().and_then(super::oauth::code) {
        Some(code) if value("error").is_none() => Ok(Brought::Code(code.to_owned())),
        _ => Ok(Brought::No),
    }
}

fn page(text: &str) -> String {
    let plain = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Pépites</title>\
         <style>body{{font:1.25rem/1.6 serif;max-width:34rem;margin:20vh auto;padding:0 1rem}}</style><p>{plain}</p>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 4321);

    fn words() -> Words {
        Words { done: "done".to_owned(), refused: "refused".to_owned(), stray: "stray <1>".to_owned() }
    }

    fn check(request: &str, expected: Result<&str, &str>) {
        let said = match understand(request, AT, "st4te") {
            Ok(Brought::Code(code)) => Ok(code),
            Ok(Brought::No) => Ok("no".to_owned()),
            Err(status) => Err(status),
        };
        assert_eq!(said, expected.map(str::to_owned), "{request}");
    }

    #[test]
    fn only_the_right_path_and_state_are_let_in() {
        let get = |target: &str| format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:4321\r\n\r\n");
        check(&get("/signed-in?code=c&state=st4te"), Ok("c"));
        check(&get("/signed-in?error=access_denied&state=st4te"), Ok("no"));
        check(&get("/signed-in?error=x&code=c&state=st4te"), Ok("no"));
        check(&get("/signed-in?code=&state=st4te"), Ok("no"));
        check(&get("/signed-in?code=c&state=other"), Err("403 Forbidden"));
        check(&get("/signed-in?code=c"), Err("403 Forbidden"));
        check(&get("/favicon.ico"), Err("404 Not Found"));
        check(&get("/signed-in/more?code=c&state=st4te"), Err("404 Not Found"));
        check(&get("http://b.example/signed-in?code=c&state=st4te"), Err("404 Not Found"));
        check(
            "POST /signed-in?code=c&state=st4te HTTP/1.1\r\nHost: 127.0.0.1:4321\r\n\r\n",
            Err("405 Method Not Allowed"),
        );
        check("GET /signed-in?code=c&state=st4te HTTP/1.1\r\nHost: b.example:4321\r\n\r\n", Err("403 Forbidden"));
        check("GET /signed-in?code=c&state=st4te HTTP/1.1\r\n\r\n", Err("403 Forbidden"));
        check("", Err("405 Method Not Allowed"));
    }

    #[tokio::test]
    async fn whoever_comes_first_without_the_state_does_not_end_the_wait() {
        let doorstep = Doorstep::open().await.unwrap();
        let at = doorstep.at;
        let ask = |target: String| async move {
            let mut stream = TcpStream::connect(at).await.unwrap();
            stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: {at}\r\n\r\n").as_bytes()).await.unwrap();
            let mut said = String::new();
            stream.read_to_string(&mut said).await.unwrap();
            said
        };
        let come = async {
            // Connected ahead, as browsers do, and never asks.
            let _ahead = TcpStream::connect(at).await.unwrap();
            let stray = ask("/signed-in?code=evil&state=guess".to_owned()).await;
            assert!(stray.starts_with("HTTP/1.1 403 ") && stray.contains("stray &lt;1>"), "{stray}");
            let good = ask("/signed-in?code=c0de&state=st4te".to_owned()).await;
            assert!(
                good.starts_with("HTTP/1.1 200 ") && good.contains("<p>done</p>") && !good.contains("c0de"),
                "{good}"
            );
        };
        let words = words();
        let (brought, ()) = tokio::join!(doorstep.wait("st4te", &words), come);
        assert!(brought.unwrap() == Brought::Code("c0de".to_owned()));
        assert!(doorstep.address().starts_with("http://127.0.0.1:"));
    }
}
