//! Holds where a full text comes from, when it is not one, and that nothing unsafe and nobody near is asked.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use pepites_core::model::{Address, Batch, Item, Moment, Reply};
use pepites_store::{NewSource, Outcome, Pace, Store, Visited};

use super::*;
use crate::{Clock, Place, contract::Work, net::Replay};

const NOW: Moment = Moment(1_794_999_600_000);

fn article(words: usize) -> String {
    let paragraph = "The harbour opened again this morning, and the boats went out with the tide. ".repeat(5);
    let paragraphs = words / 70 + 1;
    format!(
        "<html><body><nav><a href=/>Home</a></nav><article>{}<p onclick=x()><img src=/a.png><a href=../b>more</a> of it</p>\
         <script>x()</script></article></body></html>",
        (0..paragraphs).map(|number| format!("<p>{number} {paragraph}</p>")).collect::<String>()
    )
}

fn page(body: &str) -> Reply {
    Reply {
        status: 200,
        headers: vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())],
        body: body.as_bytes().to_vec(),
        ..Reply::default()
    }
}

/// A library with one post that links to `link`, over a net that answers so.
fn library(
    link: &str,
    answer: impl Fn() -> Result<Reply, NetError> + Send + Sync + 'static,
) -> (Engine, PostId, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let net = Replay::answering(move |request| {
        count.fetch_add(1, Ordering::SeqCst);
        answer().map(|reply| Reply { url: request.url.clone(), ..reply })
    });
    let place = Place { folder: "memory".into(), wait: Duration::ZERO };
    let engine = Engine::over(Store::memory().unwrap(), place, Arc::new(net), Clock::stopped(NOW));
    let locator = "https://paper.example/feed".to_owned();
    let address = Address { kind: "feed".to_owned(), locator };
    let new = NewSource { address, feed: None, title: None, name: None, site: None, folders: Vec::new() };
    let source = engine.store.add_sources(&[new], NOW).unwrap()[0].id;
    bring(&engine, source, link, "<p>The harbour opened again.</p>", NOW);
    let post = engine.store.posts_of(source, 1, 0).unwrap()[0].id;
    (engine, post, asked)
}

fn bring(engine: &Engine, source: SourceId, link: &str, html: &str, at: Moment) {
    let item = Item {
        id: Some("one".to_owned()),
        link: Some(link.to_owned()),
        title: Some("The harbour".to_owned()),
        html: Some(html.to_owned()),
        published: Some(NOW.plus(-Moment::HOUR)),
        ..Item::default()
    };
    let batch = Batch { items: vec![item], ..Batch::default() };
    let posts = normalise::normalise(&engine.store.source(source).unwrap(), batch, at);
    let outcome = Outcome::Read {
        title: None,
        site: None,
        portrait: None,
        pages: None,
        icon: None,
        feed: None,
        validators: pepites_core::model::Validators::default(),
        body_hash: None,
        posts,
        notice: None,
        whole: None,
    };
    engine.store.keep_visits(vec![Visited { source, at, outcome, pace: Pace::default() }]).unwrap();
}

const LINK: &str = "https://paper.example/news/one";

#[tokio::test]
async fn a_full_text_is_clean_absolute_and_fetched_once() {
    let (engine, post, asked) = library(LINK, || Ok(page(&article(100))));
    let text = engine.full_text(post).await.unwrap();
    let html = text.html.as_str();
    assert!(html.contains("The harbour opened again this morning") && text.words > 100, "{html}");
    assert!(
        html.contains("src=\"https://paper.example/a.png\"") && html.contains("href=\"https://paper.example/b\""),
        "{html}"
    );
    for never in ["<script", "onclick", "Home"] {
        assert!(!html.contains(never), "{never}: {html}");
    }
    assert_eq!(engine.full_text(post).await.unwrap(), text);
    assert_eq!(asked.load(Ordering::SeqCst), 1, "what is kept is not asked for");
    assert_eq!(engine.post(post).unwrap().line.words, 4, "the post itself stays as its feed gave it");
}

#[tokio::test]
async fn why_there_is_no_full_text_is_said() {
    type Case = (&'static str, fn() -> Result<Reply, NetError>, &'static str);
    let cases: &[Case] = &[
        (LINK, || Err(NetError::Offline("x".to_owned())), "problem.no_answer.offline"),
        (LINK, || Err(NetError::Slow("x".to_owned())), "problem.no_answer.slow"),
        (LINK, || Err(NetError::Forbidden("x".to_owned())), "problem.no_answer.forbidden"),
        (LINK, || Ok(Reply { status: 404, ..Reply::default() }), "problem.nothing_found.not_found"),
        (LINK, || Ok(Reply { status: 403, ..Reply::default() }), "problem.no_full_text.closed"),
        (LINK, || Ok(Reply { status: 500, ..Reply::default() }), "problem.no_answer.server"),
        (LINK, || Ok(Reply { cut: true, ..page(&article(100)) }), "problem.no_full_text.too_large"),
        (LINK, || Ok(page(&"x".repeat(LARGEST_PAGE + 1))), "problem.no_full_text.too_large"),
        (
            LINK,
            || Ok(Reply { headers: vec![("content-type".to_owned(), "application/pdf".to_owned())], ..page("%PDF") }),
            "problem.no_full_text.not_a_page",
        ),
        (LINK, || Ok(page("<html><body><form><input></form></body></html>")), "problem.no_full_text.nothing"),
        (LINK, || Ok(page(&"<div>".repeat(300))), "problem.no_full_text.tangled"),
        (
            LINK,
            || {
                let gate = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>";
                Ok(page(&format!("{gate}{}", article(60))))
            },
            "problem.no_full_text.paywall",
        ),
        ("http://192.168.1.1/restart", || Ok(page(&article(100))), "problem.no_answer.forbidden"),
        ("http://localhost:8080/one", || Ok(page(&article(100))), "problem.no_answer.forbidden"),
    ];
    for (link, answer, key) in cases {
        let (engine, post, asked) = library(link, answer);
        let problem = engine.full_text(post).await.unwrap_err();
        assert_eq!(problem.detail.key, *key, "{link}: {problem}");
        if *link != LINK {
            assert_eq!(asked.load(Ordering::SeqCst), 0, "{link} was asked");
        }
    }
}

#[tokio::test]
async fn a_page_that_gives_less_than_the_feed_does_not_take_its_place() {
    let (engine, post, _) = library(LINK, || Ok(page(&article(70))));
    let source = engine.store.post(post).unwrap().source;
    bring(&engine, source, LINK, &format!("<p>{}</p>", "many words of the feed ".repeat(500)), NOW);
    assert_eq!(engine.full_text(post).await.unwrap_err().detail.key, "problem.no_full_text.shorter");
}

#[tokio::test]
async fn the_text_of_an_edited_post_is_fetched_again_and_the_old_one_serves_offline() {
    let up = Arc::new(AtomicU32::new(1));
    let is_up = Arc::clone(&up);
    let (engine, post, asked) = library(LINK, move || match is_up.load(Ordering::SeqCst) {
        0 => Err(NetError::Offline("x".to_owned())),
        _ => Ok(page(&article(100))),
    });
    let text = engine.full_text(post).await.unwrap();
    let source = engine.store.post(post).unwrap().source;
    bring(&engine, source, LINK, "<p>The harbour opened again, at nine.</p>", NOW.plus(Moment::HOUR));
    up.store(0, Ordering::SeqCst);
    assert_eq!(engine.full_text(post).await.unwrap(), text);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn what_the_digest_holds_is_fetched_for_the_sources_that_ask_for_it() {
    let (engine, post, asked) = library(LINK, || Ok(page(&article(100))));
    let cancel = Cancel::default();
    assert_eq!(engine.fetch_full_texts(&cancel).await.unwrap(), 0);
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    engine.set_full_text(engine.store.post(post).unwrap().source, true).unwrap();
    assert!(engine.post(post).unwrap().wants_full);
    engine.group().unwrap();
    assert_eq!(engine.fetch_full_texts(&cancel).await.unwrap(), 1);
    assert_eq!(engine.fetch_full_texts(&cancel).await.unwrap(), 0, "it is there");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_page_that_gave_nothing_is_not_asked_again_that_day_and_one_that_did_not_answer_is() {
    type Case = (fn() -> Result<Reply, NetError>, u32);
    let cases: &[Case] = &[
        (|| Ok(Reply { status: 403, ..Reply::default() }), 1),
        (|| Ok(Reply { status: 404, ..Reply::default() }), 1),
        (|| Err(NetError::Offline("x".to_owned())), 2),
    ];
    for (answer, times) in cases {
        let (engine, post, asked) = library(LINK, answer);
        engine.set_full_text(engine.store.post(post).unwrap().source, true).unwrap();
        engine.group().unwrap();
        for _ in 0..2 {
            assert_eq!(engine.fetch_full_texts(&Cancel::default()).await.unwrap(), 0);
        }
        assert_eq!(asked.load(Ordering::SeqCst), *times);
        // Who opens the post asks, and after a day it is asked as before.
        engine.full_text(post).await.unwrap_err();
        engine.gave_none.lock().await.values_mut().for_each(|at| *at = at.plus(-Moment::DAY));
        engine.fetch_full_texts(&Cancel::default()).await.unwrap();
        assert_eq!(asked.load(Ordering::SeqCst), times + 2);
    }
}

#[tokio::test]
async fn what_is_fetched_ahead_goes_one_run_at_a_time_and_stops_with_the_engine() {
    let (engine, post, asked) = library(LINK, || Ok(page(&article(100))));
    engine.set_full_text(engine.store.post(post).unwrap().source, true).unwrap();
    engine.group().unwrap();
    let (refresh, ahead) = (engine.stoppable(Work::Refresh), engine.stoppable(Work::FullTexts));
    let (circle, again) = (engine.stoppable(Work::Circle), engine.stoppable(Work::Refresh));
    engine.stop(Some(Work::Circle));
    assert!(
        circle.is_cancelled() && !refresh.is_cancelled() && !ahead.is_cancelled(),
        "who closes a list stops no refresh"
    );
    engine.stop(None);
    assert!(
        refresh.is_cancelled() && ahead.is_cancelled() && again.is_cancelled(),
        "one does not take the other's place"
    );
    assert_eq!(engine.fetch_full_texts(&ahead).await.unwrap(), 0);
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    let cancel = Cancel::default();
    let (one, other) = tokio::join!(engine.fetch_full_texts(&cancel), engine.fetch_full_texts(&cancel));
    assert_eq!((one.unwrap() + other.unwrap(), asked.load(Ordering::SeqCst)), (1, 1));
}

#[tokio::test]
async fn a_post_of_the_wide_world_does_not_lead_to_a_source_at_home() {
    for (link, from, comes) in
        [("http://192.168.1.2/reboot", "a public feed", false), ("http://192.168.1.2/one", "the feed at home", true)]
    {
        let (engine, post, asked) = library(link, || Ok(page(&article(100))));
        let locator = "http://192.168.1.2/feed".to_owned();
        let address = Address { kind: "feed".to_owned(), locator };
        let new = NewSource { address, feed: None, title: None, name: None, site: None, folders: Vec::new() };
        let home = engine.store.add_sources(&[new], NOW).unwrap()[0].id;
        let post = if comes {
            bring(&engine, home, link, "<p>The harbour opened again.</p>", NOW);
            engine.store.posts_of(home, 1, 0).unwrap()[0].id
        } else {
            post
        };
        assert_eq!(engine.full_text(post).await.is_ok(), comes, "{link} from {from}");
        assert_eq!(asked.load(Ordering::SeqCst), u32::from(comes), "{link} from {from}");
    }
}
