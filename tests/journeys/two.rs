//! Two processes on one library: neither damages it, neither locks the other out.

use std::{
    process::Stdio,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
};

use pepites_tests::serve::Loopback;

use super::world::{Scratch, feed, list, opml, rss, serve};

/// A server that holds the answer to `/b` back until it is told to go on.
fn holding(begun: Sender<()>, go_on: Receiver<()>) -> Loopback {
    let (begun, go_on) = (Mutex::new(begun), Mutex::new(go_on));
    Loopback::start(Arc::new(move |asked, _| {
        if asked.path == "/b" {
            let _heard = begun.lock().unwrap().send(());
            let _told = go_on.lock().unwrap().recv();
        }
        rss(feed(asked.path.trim_start_matches('/'), &["Something new", "Something else"]))
    }))
    .unwrap()
}

#[test]
fn marks_are_made_while_another_process_refreshes_and_a_second_refresh_waits_in_words() {
    let scratch = Scratch::new();
    let quick = serve(vec![("a", rss(feed("a", &["One that is here", "Two that is here"])))]);
    let file = scratch.file("a.opml", opml(&quick, &["a"]));
    scratch.json(&["import", &file]);
    scratch.json(&["refresh"]);
    let post = scratch.json(&["today"])["entries"][0]["face"]["post"].to_string();

    let (begun, has_begun) = channel();
    let (tell, go_on) = channel();
    let slow = holding(begun, go_on);
    let file = scratch.file("b.opml", opml(&slow, &["b"]));
    scratch.json(&["import", &file]);
    let refresh = scratch.command(&["refresh", "--json"]).stdout(Stdio::piped()).spawn().unwrap();
    has_begun.recv().unwrap();

    scratch.json(&["star", &post]);
    let second = scratch.run(&["refresh", "--wait", "0"]);
    assert_eq!(second.code, 4, "{second:?}");
    assert!(second.err.contains("refresh"), "{}", second.err);

    tell.send(()).unwrap();
    let output = refresh.wait_with_output().unwrap();
    assert!(output.status.success());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["new_posts"], 2, "{report}");
    assert_eq!(scratch.json(&["today"])["entries"][0]["face"]["marks"]["starred"], true);
}

#[test]
fn many_writers_at_once_all_succeed() {
    let scratch = Scratch::new();
    let titles: Vec<String> = (0..12).map(|number| format!("Headline number {number} of the twelve")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let server = serve(vec![("a", rss(feed("a", &titles)))]);
    let file = scratch.file("a.opml", opml(&server, &["a"]));
    scratch.json(&["import", &file]);
    scratch.json(&["refresh"]);
    let today = scratch.json(&["today"]);
    let posts: Vec<String> = list(&today["entries"]).iter().map(|entry| entry["face"]["post"].to_string()).collect();
    assert_eq!(posts.len(), 12);
    let children: Vec<_> = posts
        .iter()
        .map(|post| scratch.command(&["star", post]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let today = scratch.json(&["today"]);
    assert!(list(&today["entries"]).iter().all(|entry| entry["face"]["marks"]["starred"] == true));
}
