//! Holds that a source which misbehaves costs its own slot and nothing more: over the real network on this machine, each
//! ends with its own words, every other source arrives, and the next refresh recovers.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use pepites_core::model::Moment;

use super::tests::{engine, feed, follow, refresh};
use crate::{
    Clock, Engine,
    net::{
        Http, Limits, Replay,
        http::tests::{Act, Play, answer, gzip, limits, redirect, say, serve_by},
    },
};

const NOW: Moment = Moment(1_795_348_800_000);
/// By then every hold is over.
const LATER: Moment = Moment(1_795_348_800_000 + 2 * Moment::DAY);
const POSTS: usize = 2;

/// A server that misbehaves as `acts` say until it is `well`, then gives a feed.
async fn server(name: &str, acts: Vec<Act>, well: &Arc<AtomicBool>) -> SocketAddr {
    let body = String::from_utf8(feed(name, POSTS).body).unwrap();
    let (good, well) = (answer("200 OK", "Content-Type: application/rss+xml\r\n", &body), Arc::clone(well));
    let play: Play = Arc::new(move |path| match (well.load(Ordering::SeqCst), path) {
        (true, _) => Some(good.clone()),
        (false, "/feed") => Some(acts.clone()),
        (false, _) => Some(answer("404 Not Found", "", "")),
    });
    serve_by(play).await.0
}

fn rss(inside: &str) -> Vec<Act> {
    let body = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>{inside}</channel></rss>");
    answer("200 OK", "Content-Type: application/rss+xml\r\n", &body)
}

fn bytes(head: &str, body: &[u8]) -> Vec<Act> {
    vec![say(&format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{head}\r\n", body.len())), Act::Say(body.to_vec())]
}

/// Asks a source for each of `cases` (scheme, acts, the key of its trouble or "" where something could be read) and a
/// good one before and after them, all in one refresh; then again when all are well.
async fn check(limits: Limits, cases: Vec<(&'static str, &'static str, Vec<Act>, &'static str)>) {
    let (sick, well) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(true)));
    let mut addresses = vec![("http", server("first", Vec::new(), &well).await)];
    for (name, scheme, acts, _) in &cases {
        addresses.push((*scheme, server(name, acts.clone(), &sick).await));
    }
    addresses.push(("http", server("last", Vec::new(), &well).await));
    let folder = tempfile::tempdir().unwrap();
    let mut engine = engine(folder.path(), Replay::answering(|_| unreachable!()));
    let at = |engine: &mut Engine, now: Moment| {
        engine.net = Arc::new(Http::with(Clock::stopped(now), limits.clone()).unwrap());
        engine.clock = Clock::stopped(now);
    };
    at(&mut engine, NOW);
    let urls: Vec<String> = addresses.iter().map(|(scheme, addr)| format!("{scheme}://{addr}/feed")).collect();
    follow(&engine, &urls.iter().map(String::as_str).collect::<Vec<_>>());

    refresh(&engine).await;
    let sources = engine.sources().unwrap();
    let (first, last) = (sources.first().unwrap(), sources.last().unwrap());
    assert_eq!((first.posts, last.posts), (2, 2), "the good ones arrive");
    let said: Vec<(&str, &str)> = cases
        .iter()
        .zip(sources.iter().skip(1))
        .map(|((name, ..), source)| (*name, source.trouble.as_ref().map_or("", |trouble| trouble.key.as_str())))
        .collect();
    assert_eq!(said, cases.iter().map(|(name, _, _, trouble)| (*name, *trouble)).collect::<Vec<_>>());

    sick.store(true, Ordering::SeqCst);
    at(&mut engine, LATER);
    refresh(&engine).await;
    for ((name, scheme, ..), source) in cases.iter().zip(engine.sources().unwrap().iter().skip(1)) {
        let recovers = *scheme == "http" && !source.gone;
        assert_eq!(source.trouble.is_none(), recovers, "{name}: {:?}", source.trouble);
        assert!(!recovers || source.posts >= 2, "{name} brought {} posts", source.posts);
    }
}

#[tokio::test]
async fn each_misbehaviour_ends_in_its_own_words_the_others_arrive_and_the_next_refresh_recovers() {
    let bomb = gzip(50 << 20);
    let laughs = "<!DOCTYPE r [<!ENTITY a \"ha\">".to_owned()
        + &(1..60).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(9))).collect::<String>()
        + "]><rss version=\"2.0\"><channel><title>&a59;</title></channel></rss>";
    let half = gzip(60_000);
    let (half, _) = half.split_at(half.len() / 2);
    let items = "<item><title>Again</title><guid>g</guid><description>words</description></item>".repeat(400);
    let many: String = (0..100_000).map(|n| format!("<item><guid>{n}</guid><title>{n}</title></item>")).collect();
    let cases = vec![
        ("resets at once", "http", vec![Act::Reset], "trouble.unreachable"),
        ("resets half-way", "http", vec![say("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"), Act::Reset], "trouble.unreachable"),
        ("ends before its length", "http", vec![say("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")], "trouble.unreachable"),
        ("is not HTTP", "http", vec![say("220 smtp.example ESMTP\r\n\r\n")], "trouble.broken"),
        ("endless headers", "http", vec![say("HTTP/1.1 200 OK\r\n"), Act::Repeat(b"X: y\r\n".repeat(999))], "trouble.broken"),
        ("redirects in a circle", "http", redirect(302, "/feed"), "trouble.broken"),
        ("redirects to a file", "http", redirect(302, "file:///etc/hostname"), "trouble.never_asked"),
        ("is out of order", "http", answer("500 Error", "", "no"), "trouble.server"),
        ("is forbidden", "http", answer("403 Forbidden", "", "no"), "trouble.forbidden"),
        ("is not found", "http", answer("404 Not Found", "", "no"), "trouble.not_found"),
        ("is gone", "http", answer("410 Gone", "", "no"), "trouble.gone"),
        ("wants peace", "http", answer("429 Slow Down", "", "no"), "trouble.too_many"),
        ("wants peace for an hour", "http", answer("429 Slow Down", "Retry-After: 3600\r\n", "no"), "trouble.too_many"),
        ("is busy for an hour", "http", answer("503 Busy", "Retry-After: 3600\r\n", "no"), "trouble.too_many"),
        ("gzip bomb", "http", bytes("Content-Encoding: gzip\r\n", &bomb), "trouble.empty"),
        ("gzip cut off", "http", bytes("Content-Encoding: gzip\r\n", half), "trouble.unreachable"),
        ("is not gzip", "http", bytes("Content-Encoding: gzip\r\n", b"<rss/>"), "trouble.broken"),
        ("nothing", "http", answer("200 OK", "", ""), "trouble.empty"),
        ("login page", "http", answer("200 OK", "Content-Type: text/html\r\n", "<!DOCTYPE html><form>WiFi</form>"), "trouble.no_feed"),
        ("wrong type", "http", {
            let body = String::from_utf8(feed("type", 2).body).unwrap();
            answer("200 OK", "Content-Type: image/png\r\n", &body)
        }, ""),
        ("entity bomb", "http", bytes("", laughs.as_bytes()), "trouble.bomb"),
        ("external entity", "http", bytes("", b"<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><rss version=\"2.0\"><channel><title>&x;</title></channel></rss>"), ""),
        ("deep nesting", "http", rss(&"<a>".repeat(30_000)), ""),
        ("endless items", "http", vec![say("HTTP/1.1 200 OK\r\n\r\n<rss version=\"2.0\"><channel>"), Act::Repeat(items.into_bytes())], ""),
        ("many items", "http", rss(&many), ""),
    ];
    check(limits(), cases).await;
}

#[tokio::test]
async fn who_never_ends_is_left_after_its_time_and_holds_up_nobody() {
    let short = Duration::from_secs(3);
    let limits = Limits { first_byte: short, idle: short, whole: short, ..limits() };
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n";
    let cases = vec![
        ("never answers", "http", vec![Act::Hang], "trouble.slow"),
        ("headers byte by byte", "http", vec![say("HTTP/1.1 200 OK\r\nX"), Act::Dribble], "trouble.slow"),
        ("body byte by byte", "http", vec![say("HTTP/1.1 200 OK\r\n\r\n"), Act::Dribble], "trouble.slow"),
        ("stops half-way", "http", vec![say(head), say("half"), Act::Hang], "trouble.slow"),
    ];
    check(limits, cases).await;
}
