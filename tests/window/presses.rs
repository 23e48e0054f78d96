//! Keys that come faster than anything is answered, in a list that is asked for again meanwhile: each press is one story.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};

use crate::{
    host::Host,
    stage::{ENGLISH, NOW, Stage, Window},
    stories::ask,
};

/// More than a piece of a list (60 posts), and than the addresses that the web view takes within ten seconds (100).
const PRESSED: usize = 130;
/// So many are there at first, and so many more are news.
const FIRST: usize = PRESSED + 10;
const NEWS: usize = 4;
/// The refresh begins with this press, and so never ends before the key is held.
const BEGUN_AT: usize = 20;

/// A feed of so many posts, three minutes from one to the next.
fn feed(posts: usize) -> Vec<u8> {
    let items: Vec<String> = (0..posts)
        .map(|at| {
            let (hour, minute) = (at * 3 / 60, at * 3 % 60);
            format!(
                "<item><title>Tide {at}</title><guid>tide-{at}</guid><pubDate>Mon, 23 Nov 2026 {hour:02}:{minute:02}:00 GMT</pubDate>\
                 <description>&lt;p&gt;What tide {at} left on the sand.&lt;/p&gt;</description></item>"
            )
        })
        .collect();
    let items = items.concat();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The harbour</title>{items}</channel></rss>")
        .into_bytes()
}

/// Holds a key down for so many presses, as quickly as the driver can.
async fn held(window: &Window, key: char, presses: usize) {
    let keys = (0..presses).fold(KeyActions::new("keyboard".to_owned()), |keys, _| {
        keys.then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key })
    });
    window.client.perform_actions(keys).await.unwrap();
}

/// Waits until the story of that post is open, and is in its address.
async fn open(window: &Window, post: &Value) {
    let title =
        ask(window, "post", post.clone()).await["line"]["title"].as_str().unwrap().replace(char::is_whitespace, "");
    let there = format!(
        "return location.hash.endsWith('/post/{post}') && document.querySelector('.story h1')?.textContent.replace(/\\s/g, '') === {}",
        json!(title)
    );
    window.until(&format!("the story of {post} is open"), &there).await;
}

#[tokio::test]
async fn a_key_held_down_loses_no_story_while_a_refresh_brings_news() {
    let host = Host::serve(|_| [("/harbour.xml".to_owned(), feed(FIRST))].into());
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("feeds.txt", &format!("http://127.0.0.1:{}/harbour.xml\n", host.port));
    for command in [vec!["import", list.to_str().unwrap()], vec!["refresh"]] {
        assert!(stage.terminal(&command).output().unwrap().status.success(), "{command:?}");
    }
    host.put("/harbour.xml", &feed(FIRST + NEWS));
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.see("nav .settings button").await;
    let sources = ask(&window, "sources", Value::Null).await;
    let of = sources[0]["id"].clone();
    let lines = ask(&window, "posts_of", json!({ "source": of, "limit": 2 * PRESSED, "offset": 0 })).await;
    let posts: Vec<Value> = lines.as_array().unwrap().iter().map(|line| line["post"].clone()).collect();
    assert!(posts.len() > PRESSED, "the source has {} posts", posts.len());

    window.run(&format!("location.hash = '#/sources/{of}'")).await.unwrap();
    window.see(".list [data-row]").await;
    window.press("j").await;
    open(&window, &posts[0]).await;
    // What comes stands above: what is walked through is the same.
    let refresh = format!(
        "let pressed = 0; addEventListener('keydown', () => {{
           pressed += 1;
           if (pressed === {BEGUN_AT})
             void __TAURI_INTERNALS__.invoke('call', {{ name: 'refresh', ask: {{ due: false, only: null }} }}).then((report) => (window.refreshed = report));
         }}, true)"
    );
    window.run(&refresh).await.unwrap();
    held(&window, 'j', PRESSED - 1).await;
    open(&window, &posts[PRESSED - 1]).await;
    let report = window.until("the refresh is over", "return window.refreshed").await;
    assert_eq!(report["new_posts"], NEWS, "{report}");
    held(&window, 'k', PRESSED - 1).await;
    open(&window, &posts[0]).await;
    window.close().await;
}
