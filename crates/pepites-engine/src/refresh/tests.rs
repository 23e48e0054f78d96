//! Journeys of a refresh: a library in memory, a net in memory, every stage between them real.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use pepites_core::model::{Address, Moment, Reply, Request};
use pepites_store::{NewSource, Store};

use super::*;
use crate::{
    Clock, Place,
    net::{NetError, Replay},
};

const NOW: Moment = Moment(1_795_348_800_000); // 2026-11-22T12:00:00Z

/// A feed of so many posts.
pub(crate) fn feed(name: &str, posts: usize) -> Reply {
    let items: String = (0..posts)
        .map(|n| {
            format!(
                "<item><title>Post {n} of {name}</title><link>http://{name}/{n}</link><guid>{name}-{n}</guid>\
                 <pubDate>Sat, 21 Nov 2026 0{n}:00:00 GMT</pubDate><description>Words about {n}.</description></item>"
            )
        })
        .collect();
    let head = format!("<title>{name}</title><link>http://{name}/</link>");
    let body = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>{head}{items}</channel></rss>");
    let headers = vec![("content-type".to_owned(), "application/rss+xml".to_owned())];
    Reply { status: 200, headers, body: body.into_bytes(), ..Reply::default() }
}

pub(crate) fn engine(folder: &Path, net: Replay) -> Engine {
    let place = Place { folder: folder.to_owned(), wait: Duration::from_millis(500) };
    Engine::over(Store::memory().unwrap(), place, Arc::new(net), Clock::stopped(NOW))
}

pub(crate) fn follow(engine: &Engine, addresses: &[&str]) {
    let new = |locator: &&str| NewSource {
        address: Address { kind: "feed".to_owned(), locator: (*locator).to_owned() },
        feed: None,
        title: None,
        name: None,
        site: None,
        folders: Vec::new(),
    };
    let sources: Vec<NewSource> = addresses.iter().map(new).collect();
    engine.store.add_sources(&sources, NOW).unwrap();
}

pub(crate) async fn refresh(engine: &Engine) -> RefreshReport {
    engine.refresh(false, None, &|_| (), &Cancel::default()).await.unwrap()
}

fn troubles(report: &RefreshReport) -> Vec<(&str, &str)> {
    report.failed.iter().map(|failed| (failed.address.as_str(), failed.trouble.key.as_str())).collect()
}

#[tokio::test]
async fn one_broken_source_never_stops_the_rest_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let net = Replay::answering(|request| match request.url.as_str() {
        "http://a.example/feed" => Ok(feed("a.example", 3)),
        "http://b.example/feed" => Ok(feed("b.example", 2)),
        "http://slow.example/feed" => Err(NetError::Slow("test".to_owned())),
        "http://gone.example/feed" => Ok(Reply { status: 410, ..Reply::default() }),
        _ => Ok(Reply { status: 500, ..Reply::default() }),
    });
    let engine = engine(folder.path(), net);
    let all =
        ["http://a.example/feed", "http://slow.example/feed", "http://gone.example/feed", "http://b.example/feed"];
    follow(&engine, &all);
    let said = Mutex::new(Vec::new());
    let report =
        engine.refresh(false, None, &|progress| said.lock().unwrap().push(progress), &Cancel::default()).await.unwrap();
    assert_eq!((report.total, report.new_posts, report.cancelled), (4, 5, false));
    let mut failed = troubles(&report);
    failed.sort_unstable();
    let expected = [("http://gone.example/feed", "trouble.gone"), ("http://slow.example/feed", "trouble.slow")];
    assert_eq!(failed, expected);
    let said = said.into_inner().unwrap();
    let last = said.last().unwrap();
    assert_eq!((last.done, last.total, last.new_posts, last.failed), (4, 4, 5, 2));
    assert!(said.windows(2).all(|pair| pair[0].done <= pair[1].done));

    let again = refresh(&engine).await;
    assert_eq!(
        (again.total, again.left_alone, again.unchanged, again.new_posts),
        (3, 1, 2, 0),
        "410 is not asked again"
    );
    let gone = engine.store.sources().unwrap().into_iter().find(|source| source.gone).unwrap();
    assert_eq!(gone.address.locator, "http://gone.example/feed");
}

#[tokio::test]
async fn a_source_that_shows_nothing_new_is_asked_with_its_own_words_and_not_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut reply = feed("a.example", 2);
    reply.headers.push(("etag".to_owned(), "W/\"odd, but theirs\"".to_owned()));
    let engine = engine(folder.path(), Replay::new(BTreeMap::from([("http://a.example/feed".to_owned(), reply)])));
    follow(&engine, &["http://a.example/feed"]);
    assert_eq!(refresh(&engine).await.new_posts, 2);
    let kept = engine.store.sources().unwrap().remove(0);
    assert_eq!(kept.validators.etag.as_deref(), Some("W/\"odd, but theirs\""));
    let again = refresh(&engine).await;
    assert_eq!((again.answered, again.unchanged, again.new_posts, again.edited_posts), (1, 1, 0, 0));
}

#[tokio::test]
async fn a_host_that_wants_peace_is_left_alone_by_the_next_refresh_too() {
    let folder = tempfile::tempdir().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let net = Replay::answering(move |_: &Request| {
        count.fetch_add(1, Ordering::Relaxed);
        let headers = vec![("retry-after".to_owned(), "3600".to_owned())];
        Ok(Reply { status: 429, headers, ..Reply::default() })
    });
    let engine = engine(folder.path(), net);
    follow(&engine, &["http://a.example/1"]);
    assert_eq!(troubles(&refresh(&engine).await), [("http://a.example/1", "trouble.too_many")]);
    follow(&engine, &["http://a.example/2"]);
    let again = refresh(&engine).await;
    assert_eq!((again.total, again.left_alone, asked.load(Ordering::Relaxed)), (0, 2, 1));
}

#[tokio::test]
async fn without_a_network_nothing_is_held_against_the_sources_and_each_says_when() {
    let refused: fn(String) -> NetError = NetError::Unreachable;
    for (error, hosts) in [(NetError::Offline as fn(String) -> NetError, 1), (refused, 3), (NetError::Slow, 3)] {
        let folder = tempfile::tempdir().unwrap();
        let engine = engine(folder.path(), Replay::answering(move |_| Err(error("test".to_owned()))));
        let all: Vec<String> = (0..hosts).map(|n| format!("http://s{n}.example/feed")).collect();
        follow(&engine, &all.iter().map(String::as_str).collect::<Vec<_>>());
        let in_trouble = Mutex::new(Vec::new());
        let progress = |at: Progress| in_trouble.lock().unwrap().push(at.failed);
        let report = engine.refresh(false, None, &progress, &Cancel::default()).await.unwrap();
        assert_eq!((report.offline, report.answered, report.failed.len()), (true, 0, 0));
        assert_eq!(in_trouble.lock().unwrap().iter().max(), Some(&0), "nobody is in trouble on the way either");
        for source in engine.sources().unwrap() {
            assert_eq!((source.failures, source.trouble, source.visited), (0, None, None));
            assert_eq!(source.unreached, Some(engine.now()));
        }
    }
}

#[tokio::test]
async fn no_network_is_said_after_the_first_few_and_taken_back_by_the_first_answer() {
    const ALL: usize = 40;
    for (dead, silent) in [(ALL, true), (ALL - 1, false), (9, false)] {
        let folder = tempfile::tempdir().unwrap();
        let net =
            Replay::answering(move |request| match request.url.get(8..10).and_then(|at| at.parse::<usize>().ok()) {
                Some(at) if at >= dead => Ok(feed("a.example", 1)),
                _ => Err(NetError::Offline("test".to_owned())),
            });
        let engine = engine(folder.path(), net);
        let all: Vec<String> = (0..ALL).map(|n| format!("http://s{n:02}.example/feed")).collect();
        follow(&engine, &all.iter().map(String::as_str).collect::<Vec<_>>());
        let told = Mutex::new(Vec::new());
        let progress = |at: Progress| told.lock().unwrap().push((at.done, at.silent));
        let report = engine.refresh(false, None, &progress, &Cancel::default()).await.unwrap();
        let told = told.into_inner().unwrap();
        let first = told.iter().find(|(_, silent)| *silent).map(|(done, _)| *done);
        assert_eq!(first, (dead > 9).then_some(20), "some servers are always gone");
        assert_eq!((told.last().unwrap().1, report.offline), (silent, silent));
    }
}

#[tokio::test]
async fn a_server_that_is_down_alone_is_in_trouble_itself() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), Replay::answering(|_| Err(NetError::Unreachable("test".to_owned()))));
    follow(&engine, &["http://a.example/1", "http://a.example/2", "http://b.example/"]);
    let report = refresh(&engine).await;
    assert!(!report.offline);
    assert!(report.failed.len() == 3 && engine.store.sources().unwrap().iter().all(|source| source.failures == 1));
}

#[tokio::test]
async fn three_servers_that_refuse_are_down_and_the_network_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(folder.path(), Replay::answering(|_| Err(NetError::Refused("test".to_owned()))));
    follow(&engine, &["http://a.example/", "http://b.example/", "http://c.example/"]);
    let report = refresh(&engine).await;
    assert!(!report.offline && report.failed.len() == 3, "{report:?}");
    assert!(report.failed.iter().all(|failed| failed.trouble.key == "trouble.unreachable"));
}

#[tokio::test]
async fn a_source_that_is_asked_again_forgets_that_there_was_no_network() {
    let folder = tempfile::tempdir().unwrap();
    let answers = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&answers);
    let net = Replay::answering(move |_| match count.fetch_add(1, Ordering::Relaxed) {
        0 => Err(NetError::Offline("test".to_owned())),
        _ => Ok(feed("a.example", 1)),
    });
    let engine = engine(folder.path(), net);
    follow(&engine, &["http://a.example/feed"]);
    assert!(refresh(&engine).await.offline);
    assert!(!refresh(&engine).await.offline);
    assert_eq!(engine.sources().unwrap()[0].unreached, None);
}

#[tokio::test]
async fn with_a_network_an_unknown_name_is_the_trouble_of_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let net = Replay::answering(|request| match request.url.as_str() {
        "http://a.example/feed" => Ok(feed("a.example", 1)),
        _ => Err(NetError::Offline("test".to_owned())),
    });
    let engine = engine(folder.path(), net);
    follow(&engine, &["http://dead.example/feed", "http://a.example/feed"]);
    assert_eq!(troubles(&refresh(&engine).await), [("http://dead.example/feed", "trouble.unknown_host")]);
    assert_eq!(engine.store.sources().unwrap().iter().map(|source| source.failures).sum::<u32>(), 1);
}

#[tokio::test]
async fn a_refresh_that_is_stopped_keeps_what_was_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let cancel = Cancel::default();
    let stop = cancel.clone();
    let asked = AtomicUsize::new(0);
    let net = Replay::answering(move |request| {
        if asked.fetch_add(1, Ordering::Relaxed) == 9 {
            stop.cancel();
        }
        Ok(feed(request.url.split('/').nth(2).unwrap_or_default(), 1))
    });
    let engine = engine(folder.path(), net);
    let all: Vec<String> = (0..200).map(|n| format!("http://s{n}.example/feed")).collect();
    follow(&engine, &all.iter().map(String::as_str).collect::<Vec<_>>());
    let report = engine.refresh(false, None, &|_| (), &cancel).await.unwrap();
    assert!(report.cancelled && report.answered < 200, "{report:?}");
    assert_eq!(report.new_posts, report.answered, "each that answered was kept");
    assert_eq!(engine.store.size().unwrap().posts, u64::from(report.new_posts));
}

#[tokio::test]
async fn a_feed_that_moved_for_good_is_asked_at_its_new_place() {
    let folder = tempfile::tempdir().unwrap();
    let net = Replay::answering(|request| {
        let moved = Some("http://new.example/feed".to_owned());
        let there = moved.clone().unwrap_or_default();
        let asked = request.url.clone();
        match asked.as_str() {
            "http://old.example/feed" => Ok(Reply { asked, url: there, moved, ..feed("new.example", 1) }),
            _ => Ok(Reply { url: asked.clone(), asked, ..feed("new.example", 2) }),
        }
    });
    let mut engine = engine(folder.path(), net);
    follow(&engine, &["http://old.example/feed"]);
    refresh(&engine).await;
    assert_eq!(engine.store.sources().unwrap()[0].feed, None, "said once, it may be a slip or a hotel");
    engine.clock = Clock::stopped(engine.now().plus(pepites_store::MOVE_HOLDS));
    refresh(&engine).await;
    let source = engine.store.sources().unwrap().remove(0);
    assert_eq!(
        (source.feed.as_deref(), source.address.locator.as_str()),
        (Some("http://new.example/feed"), "http://old.example/feed")
    );
    let again = refresh(&engine).await;
    assert_eq!((again.new_posts, again.edited_posts), (1, 0), "the post it had is the same post");
}
