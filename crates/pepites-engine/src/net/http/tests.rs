//! The network against servers on this machine that are slow, rude and broken.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock, RwLock},
};

use flate2::{Compression, write::GzEncoder};
use pepites_core::model::Moment;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::*;
use crate::{contract::Proxy, net::names::Names};

/// What a server does with a request, in this order; then it closes the connection.
#[derive(Clone)]
pub(crate) enum Act {
    /// Sends this.
    Say(Vec<u8>),
    /// Sends this again and again until nobody listens.
    Repeat(Vec<u8>),
    /// Sends a byte now and then, never two.
    Dribble,
    /// Says nothing more and keeps the connection.
    Hang,
    /// Breaks the connection.
    Reset,
}

type Script = BTreeMap<&'static str, Vec<Act>>;
/// What a server does with a request for a path; None: it closes the connection.
pub(crate) type Play = Arc<dyn Fn(&str) -> Option<Vec<Act>> + Send + Sync>;
type Heard = Arc<Mutex<Vec<String>>>;

/// A server that plays `script` by path; what it was asked is in the list.
async fn serve(script: Script) -> (SocketAddr, Heard) {
    serve_by(Arc::new(move |path: &str| script.get(path).cloned())).await
}

/// The same for a server that may change its mind.
pub(crate) async fn serve_by(script: Play) -> (SocketAddr, Heard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (addr, heard) = (listener.local_addr().unwrap(), Heard::default());
    let list = Arc::clone(&heard);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(play(stream, Arc::clone(&script), Arc::clone(&list)));
        }
    });
    (addr, heard)
}

/// Ends early when the other side hangs up, as it does in many of these tests.
async fn play(mut stream: TcpStream, script: Play, heard: Heard) -> Option<()> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let byte = stream.read_u8().await.ok()?;
        request.push(byte);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    let path = request.split(' ').nth(1)?.to_owned();
    heard.lock().unwrap().push(request);
    for act in &script(&path)? {
        match act {
            Act::Say(bytes) => stream.write_all(bytes).await.ok()?,
            Act::Repeat(bytes) => loop {
                stream.write_all(bytes).await.ok()?;
            },
            Act::Dribble => loop {
                stream.write_all(b"x").await.ok()?;
                stream.flush().await.ok()?;
                tokio::time::sleep(Duration::from_millis(10)).await;
            },
            Act::Hang => std::future::pending().await,
            Act::Reset => stream.set_zero_linger().ok()?,
        }
    }
    Some(())
}

pub(crate) fn say(text: &str) -> Act {
    Act::Say(text.as_bytes().to_vec())
}

pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Vec<Act> {
    vec![say(&format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len()))]
}

pub(crate) fn redirect(status: u16, to: &str) -> Vec<Act> {
    answer(&format!("{status} Moved"), &format!("Location: {to}\r\n"), "")
}

/// However busy the machine is, what is answered comes in time.
pub(crate) fn limits() -> Limits {
    let patient = Duration::from_secs(120);
    Limits {
        connect: patient,
        first_byte: patient,
        idle: patient,
        whole: patient,
        body: 100_000,
        headers: 10_000,
        redirects: 10,
    }
}

/// For what never comes.
fn hasty() -> Limits {
    let short = Duration::from_millis(300);
    Limits { connect: short, first_byte: short, idle: short, whole: 2 * short, ..limits() }
}

fn http() -> Http {
    within(limits())
}

fn with(ruled: Ruled) -> Http {
    Http { ruled: RwLock::new(Arc::new(ruled)), ..http() }
}

fn within(limits: Limits) -> Http {
    Http::with(Clock::stopped(Moment(1_795_348_800_000)), limits).unwrap()
}

/// What a request for `path` of a server with this script gives.
async fn ask(path: &'static str, acts: Vec<Act>) -> Result<Reply, NetError> {
    let (addr, _) = serve(Script::from([(path, acts)])).await;
    http().send(Request::get(format!("http://{addr}{path}"))).await
}

/// The kind of an error, as far as something different is done about it.
fn kind(result: Result<Reply, NetError>) -> &'static str {
    match result {
        Ok(_) => "reply",
        Err(NetError::Offline(_)) => "offline",
        Err(NetError::Slow(_)) => "slow",
        Err(NetError::Unreachable(_)) => "unreachable",
        Err(NetError::Refused(_)) => "refused",
        Err(NetError::Insecure(_)) => "insecure",
        Err(NetError::Broken(_)) => "broken",
        Err(NetError::Forbidden(_)) => "forbidden",
        Err(NetError::Held { .. }) => "held",
    }
}

pub(crate) fn gzip(bytes: usize) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), bytes as u64), &mut packed).unwrap();
    packed.finish().unwrap()
}

#[tokio::test]
async fn a_reply_comes_whole_with_its_headers_as_they_were() {
    let acts = answer("200 OK", "ETag: W/\"é\"\r\nX-Twice: 1\r\nX-Twice: 2\r\n", "<rss/>");
    let reply = ask("/feed", acts).await.unwrap();
    assert_eq!((reply.status, reply.body.as_slice(), reply.cut), (200, b"<rss/>".as_slice(), false));
    assert_eq!(reply.header("etag"), Some("W/\"é\""));
    assert_eq!((reply.header("x-twice"), reply.moved.as_deref()), (Some("1"), None));
    assert!(reply.asked.ends_with("/feed") && reply.asked == reply.url);
}

#[tokio::test]
async fn a_request_says_who_asks_and_nothing_about_the_reader() {
    let (addr, heard) = serve(Script::from([("/feed", answer("304 Not Modified", "", ""))])).await;
    let headers = vec![("If-None-Match".to_owned(), "W/\"é\"".to_owned())];
    let reply = http().send(Request { url: format!("http://{addr}/feed"), headers }).await.unwrap();
    assert_eq!((reply.status, reply.body.len()), (304, 0));
    let asked = heard.lock().unwrap().concat();
    let names: Vec<String> =
        asked.lines().filter_map(|line| line.split_once(": ")).map(|(name, _)| name.to_lowercase()).collect();
    assert_eq!(names, ["if-none-match", "accept", "user-agent", "accept-encoding", "host"]);
    assert!(asked.contains("W/\"é\"") && asked.contains(USER_AGENT), "{asked}");
}

#[tokio::test]
async fn every_misbehaviour_has_its_kind_of_error() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n";
    let cases: Vec<(&str, Vec<Act>, &str)> = vec![
        ("/never-answers", vec![Act::Hang], "slow"),
        ("/never-ends-its-headers", vec![say("HTTP/1.1 200 OK\r\nX"), Act::Dribble], "slow"),
        ("/one-byte-at-a-time", vec![say("HTTP/1.1 200 OK\r\n\r\n"), Act::Dribble], "slow"),
        ("/stops-half-way", vec![say(head), say("half"), Act::Hang], "slow"),
        ("/ends-before-its-length", vec![say(head), say("half")], "unreachable"),
        ("/resets", vec![Act::Reset], "unreachable"),
        ("/resets-half-way", vec![say(head), say("half"), Act::Reset], "unreachable"),
        ("/says-nothing", vec![], "unreachable"),
        ("/is-not-http", vec![say("220 smtp.example ESMTP\r\n\r\n")], "broken"),
        ("/endless-header", vec![say("HTTP/1.1 200 OK\r\nX: "), Act::Repeat(vec![b'x'; 8_192])], "broken"),
        ("/endless-headers", vec![say("HTTP/1.1 200 OK\r\n"), Act::Repeat(b"X: y\r\n".repeat(999))], "broken"),
        ("/large-header", answer("200 OK", &format!("X: {}\r\n", "x".repeat(11_000)), ""), "broken"),
        ("/is-not-gzip", answer("200 OK", "Content-Encoding: gzip\r\n", "<rss/>"), "broken"),
        ("/to-itself", redirect(301, "/to-itself"), "broken"),
        ("/to-a-file", redirect(301, "file:///etc/passwd"), "forbidden"),
        ("/to-nowhere", redirect(301, "http://"), "broken"),
        ("/without-length", vec![say("HTTP/1.0 200 OK\r\n\r\n<rss/>")], "reply"),
        ("/without-location", answer("302 Found", "", "here"), "reply"),
        ("/nothing", answer("204 No Content", "", ""), "reply"),
        ("/gone", answer("410 Gone", "", ""), "reply"),
    ];
    for (path, acts, expected) in cases {
        let (addr, _) = serve(Script::from([(path, acts)])).await;
        let net = if expected == "slow" { within(hasty()) } else { http() };
        assert_eq!(kind(net.send(Request::get(format!("http://{addr}{path}"))).await), expected, "{path}");
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_no_network() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("https://{}/", listener.local_addr().unwrap());
    drop(listener);
    for (proxied, expected) in [(true, "offline"), (false, "unreachable")] {
        let net = with(Ruled { proxied, ..Ruled::within(Limits::default()) });
        assert_eq!(kind(net.send(Request::get(closed.clone())).await), expected);
    }
}

#[tokio::test]
async fn a_closed_port_is_unreachable_and_other_schemes_are_never_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(kind(http().send(Request::get(format!("http://{addr}/"))).await), "unreachable");
    for address in ["file:///etc/passwd", "ftp://a.example/", "feed", "javascript:alert(1)"] {
        assert_eq!(kind(http().send(Request::get(address)).await), "forbidden", "{address}");
    }
}

#[tokio::test]
async fn a_body_is_cut_at_the_cap_however_it_is_packed() {
    let bomb = gzip(50_000_000);
    assert!(bomb.len() < limits().body);
    let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n", bomb.len());
    let endless = vec![say("HTTP/1.1 200 OK\r\n\r\n"), Act::Repeat(vec![b' '; 5_000])];
    let liar = vec![say("HTTP/1.1 200 OK\r\nContent-Length: 9000000000000\r\n\r\n"), Act::Repeat(vec![b' '; 5_000])];
    for (path, acts) in [("/bomb", vec![say(&head), Act::Say(bomb)]), ("/endless", endless), ("/liar", liar)] {
        let reply = ask(path, acts).await.unwrap();
        assert_eq!((reply.body.len(), reply.cut), (limits().body, true), "{path}");
        assert!(reply.body.capacity() <= 2 * limits().body, "{path} took {}", reply.body.capacity());
    }
    let exact = ask("/exact", answer("200 OK", "", &"x".repeat(limits().body))).await.unwrap();
    assert_eq!((exact.body.len(), exact.cut), (limits().body, false));
}

#[tokio::test]
async fn only_a_chain_of_moves_for_good_is_a_move() {
    let script = |first: u16, second: u16| {
        Script::from([
            ("/a", redirect(first, "/b?x")),
            ("/b?x", redirect(second, "c")),
            ("/c", answer("200 OK", "", "here")),
        ])
    };
    for (first, second, moves) in [(301, 308, true), (302, 301, false), (301, 307, false), (303, 302, false)] {
        let (addr, _) = serve(script(first, second)).await;
        let reply = http().send(Request::get(format!("http://{addr}/a"))).await.unwrap();
        let end = format!("http://{addr}/c");
        assert_eq!((reply.url.as_str(), reply.body.as_slice()), (end.as_str(), b"here".as_slice()));
        assert_eq!(reply.moved, moves.then_some(end), "{first} {second}");
        assert!(reply.asked.ends_with("/a"));
    }
}

#[tokio::test]
async fn redirects_have_an_end() {
    let paths = ["/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9", "/10", "/11"];
    let mut script: Script = paths.windows(2).map(|pair| (pair[0], redirect(302, pair[1]))).collect();
    script.insert("/11", answer("200 OK", "", ""));
    script.insert("/ping", redirect(302, "/pong"));
    script.insert("/pong", redirect(302, "/ping"));
    let (addr, heard) = serve(script).await;
    let go = |path: &str| Request::get(format!("http://{addr}{path}"));
    let net = http();
    assert_eq!(kind(net.send(go("/1")).await), "reply", "ten are followed");
    assert_eq!(kind(net.send(go("/0")).await), "broken", "an eleventh is not");
    heard.lock().unwrap().clear();
    assert_eq!(kind(net.send(go("/ping")).await), "broken");
    assert_eq!(heard.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_host_that_asks_for_peace_gets_it() {
    let (addr, heard) = serve(Script::from([
        ("/busy", answer("429 Too Many Requests", "Retry-After: 120\r\n", "")),
        ("/other", answer("200 OK", "", "")),
    ]))
    .await;
    let net = http();
    let ask = |path: &str| net.send(Request::get(format!("http://{addr}{path}")));
    assert_eq!(ask("/busy").await.unwrap().status, 429);
    assert_eq!(ask("/other").await, Err(NetError::Held { until: Moment(1_795_348_800_000 + 120_000) }));
    assert_eq!(heard.lock().unwrap().len(), 1, "the second was never sent");
}

#[tokio::test]
async fn via_sends_every_host_to_one_server_and_names_the_address_that_was_meant() {
    let (addr, heard) = serve(Script::from([
        ("/feed?a=1", redirect(301, "/new")),
        ("/new", answer("200 OK", "", "<rss/>")),
        ("/inside", redirect(302, "http://192.168.1.1/admin")),
        ("/away", redirect(302, "https://other.example/new")),
    ]))
    .await;
    let net = Http::via(&format!("http://{addr}"), Clock::stopped(Moment(0))).unwrap();
    let reply = net.send(Request::get("https://blog.example/feed?a=1")).await.unwrap();
    assert_eq!(
        (reply.url.as_str(), reply.moved.as_deref()),
        ("https://blog.example/new", Some("https://blog.example/new"))
    );
    let away = net.send(Request::get("http://blog.example:8080/away")).await.unwrap();
    assert_eq!(away.url, "https://other.example/new");
    let meant: Vec<String> = heard
        .lock()
        .unwrap()
        .iter()
        .filter_map(|request| request.lines().find_map(|line| line.strip_prefix("x-original-url: ")).map(str::to_owned))
        .collect();
    assert_eq!(
        meant,
        [
            "https://blog.example/feed?a=1",
            "https://blog.example/new",
            "http://blog.example:8080/away",
            "https://other.example/new"
        ]
    );
    assert_eq!(kind(net.send(Request::get("https://blog.example/inside")).await), "forbidden");
    assert!(matches!(Http::via("http://10.0.0.1:80", Clock::stopped(Moment(0))), Err(NetError::Forbidden(_))));
}

#[tokio::test]
async fn a_slow_server_holds_up_nobody_else() {
    let (slow, _) = serve(Script::from([("/", vec![Act::Hang])])).await;
    let (quick, _) = serve(Script::from([("/", answer("200 OK", "", "x"))])).await;
    let net = Arc::new(http());
    let ask = |addr: SocketAddr| {
        let net = Arc::clone(&net);
        tokio::spawn(async move { net.send(Request::get(format!("http://{addr}/"))).await })
    };
    let stuck: Vec<_> = (0..30).map(|_| ask(slow)).collect();
    for good in (0..30).map(|_| ask(quick)).collect::<Vec<_>>() {
        assert_eq!(kind(good.await.unwrap()), "reply");
    }
    assert!(stuck.iter().all(|asking| !asking.is_finished()), "all were answered while none of these was");
}

#[tokio::test]
async fn a_host_that_never_answers_is_soon_not_asked_any_more() {
    let (slow, heard) = serve(Script::from([("/", vec![Act::Hang])])).await;
    let net = within(hasty());
    let stuck = futures::future::join_all((0..20).map(|_| net.send(Request::get(format!("http://{slow}/")))));
    assert!(stuck.await.into_iter().all(|reply| kind(reply) == "slow"));
    // Four strikes, one of which may find the next already asked.
    let asked = heard.lock().unwrap().len();
    assert!(asked <= 5, "asked {asked} times");
}

#[tokio::test]
async fn a_public_name_does_not_lead_inside_however_it_is_reached() {
    let (addr, heard) = serve(Script::from([("/feed", answer("200 OK", "", "secret"))])).await;
    let names = Names::by(|_| vec![std::net::IpAddr::from([127, 0, 0, 1])], &[]);
    let far = builder(&limits()).no_proxy().tls_certs_only([]).dns_resolver(names).build();
    let far = OnceLock::from(far.map_err(|error| error.to_string()));
    let net = with(Ruled { far, ..Ruled::within(Limits::default()) });
    let ask = |host: &str| net.send(Request::get(format!("http://{host}:{}/feed", addr.port())));
    assert_eq!(kind(ask("rebound.example").await), "forbidden");
    assert_eq!(heard.lock().unwrap().len(), 0, "nothing was sent");
    assert_eq!(kind(ask("nas.local").await), "reply", "who asks for a neighbour by its own name gets it");
}

#[test]
fn only_a_near_host_redirects_to_a_near_host() {
    for (from, to, allowed) in [
        ("https://a.example/", "http://192.168.1.1/", false),
        ("https://a.example/", "http://router/", false),
        ("https://a.example/", "https://b.example/", true),
        ("http://nas.local/", "http://192.168.1.1/", true),
    ] {
        let guarded = Http::guard(&Url::parse(from).unwrap(), &Url::parse(to).unwrap());
        assert_eq!(guarded.is_ok(), allowed, "{from} -> {to}");
    }
}

#[tokio::test]
async fn https_to_a_server_that_does_not_speak_it_is_broken() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        // Until the other side hangs up: closing first would reset the connection under its nose.
        let _ = stream.read_to_end(&mut Vec::new()).await;
    });
    assert_eq!(kind(http().send(Request::get(format!("https://{addr}/"))).await), "broken");
}

#[tokio::test]
async fn the_reader_s_rules_hold_from_the_next_request_on() {
    let (addr, heard) = serve(Script::from([("/feed", answer("200 OK", "", &"x".repeat(3 << 20)))])).await;
    let net = http();
    let send = || net.send(Request::get(format!("http://{addr}/feed")));
    net.obey(&NetRules { offline: true, ..NetRules::USUAL });
    assert_eq!(kind(send().await), "offline");
    net.obey(&NetRules { neighbours: false, ..NetRules::USUAL });
    assert_eq!(kind(send().await), "forbidden");
    let form = Form { url: format!("http://{addr}/feed"), fields: Vec::new() };
    assert_eq!(kind(net.post(form).await), "forbidden");
    assert!(heard.lock().unwrap().is_empty(), "nothing was asked");
    net.obey(&NetRules { largest_mb: 2, ..NetRules::USUAL });
    let reply = send().await.unwrap();
    assert_eq!((reply.cut, reply.body.len()), (true, 2 << 20));
    net.obey(&NetRules::USUAL);
    assert!(!send().await.unwrap().cut);
}

#[tokio::test]
async fn a_proxy_that_the_reader_names_is_asked_and_the_site_is_not() {
    let (addr, heard) = serve(Script::from([("http://a.example/feed", answer("200 OK", "", "<rss/>"))])).await;
    let net = http();
    net.obey(&NetRules { proxy: Proxy::At(addr.to_string()), ..NetRules::USUAL });
    let reply = net.send(Request::get("http://a.example/feed")).await.unwrap();
    assert_eq!(reply.body, b"<rss/>");
    assert!(heard.lock().unwrap().concat().starts_with("GET http://a.example/feed "));
}
