//! Holds what is asked for short links, what is not, and what comes of it.

use std::sync::{Arc, Mutex};

use pepites_core::model::{Item, Reply, Request};

use super::*;
use crate::{fixture::Library, net::Replay};

/// Redirects as `leads` says; a link that is not in it is not there. Gives what was asked.
fn net(leads: &'static [(&str, &str)]) -> (Arc<Replay>, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let told = Arc::clone(&asked);
    let answer = move |request: &Request| {
        told.lock().unwrap().push(request.url.clone());
        let to = leads.iter().find(|(from, _)| *from == request.url).map(|(_, to)| (*to).to_owned());
        Ok(match to {
            Some(to) => Reply { status: 301, headers: vec![("location".to_owned(), to)], ..Reply::default() },
            None => Reply { status: 404, ..Reply::default() },
        })
    };
    (Arc::new(Replay::answering(answer)), asked)
}

const LEADS: &[(&str, &str)] = &[
    ("https://t.co/a", "https://bit.ly/b"),
    ("https://bit.ly/b", "https://news.example/boats?id=7&utm_source=x"),
    ("https://bit.ly/round", "https://bit.ly/round"),
    ("https://bit.ly/inside", "http://192.168.1.1/restart"),
    ("https://bit.ly/own", "https://bo.example/note"),
];

fn note(library: &Library, links: &[&str], hours_ago: i64) -> Item {
    let html: String = links.iter().map(|link| format!("<a href=\"{link}\">x</a> ")).collect();
    Item { html: Some(html), ..library.item("bo", "note", hours_ago) }
}

async fn resolved(library: &Library, links: &[&str], hours_ago: i64) -> Vec<String> {
    let source = library.follow("bo");
    let mut visited = library.visit(source, vec![note(library, links, hours_ago)]);
    Shortened::of(&library.engine).resolve(&mut visited, &Cancel::default()).await;
    let Outcome::Read { posts, .. } = visited.outcome else { panic!("not read") };
    posts[0].links_out.clone()
}

#[tokio::test]
async fn a_short_link_counts_as_the_page_that_it_leads_to_and_is_asked_for_once() {
    let (net, asked) = net(LEADS);
    let library = Library::with(net);
    for _ in 0..2 {
        let links = resolved(&library, &["https://t.co/a", "https://other.example/page"], 1).await;
        assert_eq!(links, ["https://news.example/boats?id=7", "https://other.example/page"]);
    }
    assert_eq!(*asked.lock().unwrap(), ["https://t.co/a", "https://bit.ly/b"], "the page itself is not asked for");
}

#[tokio::test]
async fn what_leads_nowhere_inside_or_round_in_circles_stays_what_it_is() {
    let (net, asked) = net(LEADS);
    let library = Library::with(net);
    let links = ["https://bit.ly/round", "https://bit.ly/inside", "https://bit.ly/gone"];
    assert_eq!(resolved(&library, &links, 1).await, links);
    let asked = asked.lock().unwrap();
    assert_eq!(asked.iter().filter(|url| url.ends_with("round")).count(), STEPS);
    assert!(asked.iter().all(|url| url.starts_with("https://bit.ly/")), "{asked:?}");
}

#[tokio::test]
async fn a_link_back_to_the_post_itself_is_none() {
    let (net, _) = net(LEADS);
    assert_eq!(resolved(&Library::with(net), &["https://bit.ly/own"], 1).await, [""; 0]);
}

#[tokio::test]
async fn a_post_too_old_for_a_digest_and_a_crowd_of_links_are_not_asked_for() {
    let (old, asked) = net(LEADS);
    assert_eq!(resolved(&Library::with(old), &["https://t.co/a"], 24 * 8).await, ["https://t.co/a"]);
    assert_eq!(asked.lock().unwrap().len(), 0);
    let (net, asked) = net(LEADS);
    let library = Library::with(net);
    let source = library.follow("bo");
    let items = (0..MOST + 20).map(|n| Item {
        html: Some(format!("<a href=\"https://bit.ly/{n}\">x</a>")),
        ..library.item("bo", &format!("note {n}"), 1)
    });
    let mut visited = library.visit(source, items.collect());
    Shortened::of(&library.engine).resolve(&mut visited, &Cancel::default()).await;
    assert_eq!(asked.lock().unwrap().len(), MOST);
}

#[tokio::test]
async fn who_stopped_the_refresh_waits_for_no_short_link() {
    let (net, asked) = net(LEADS);
    let library = Library::with(net);
    let source = library.follow("bo");
    let mut visited = library.visit(source, vec![note(&library, &["https://t.co/a"], 1)]);
    let cancel = Cancel::default();
    cancel.cancel();
    Shortened::of(&library.engine).resolve(&mut visited, &cancel).await;
    assert_eq!(asked.lock().unwrap().len(), 0);
    assert_eq!(
        resolved(&library, &["https://t.co/a"], 1).await,
        ["https://news.example/boats?id=7"],
        "asked next time"
    );
}
