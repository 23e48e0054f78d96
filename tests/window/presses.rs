//! Keys that come faster than anything is answered, in a list that is asked for again meanwhile: each press is one story.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};

use crate::{
    screens,
    stage::{ENGLISH, NOW, Stage, Window},
    stories::ask,
};

/// More than a piece of a list (60 posts), and than the addresses that the web view takes within ten seconds (100).
const PRESSED: usize = 130;

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
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    let sources = ask(&window, "sources", Value::Null).await;
    let of = sources.as_array().unwrap().iter().max_by_key(|source| source["posts"].as_u64()).unwrap()["id"].clone();
    let lines = ask(&window, "posts_of", json!({ "source": of, "limit": 2 * PRESSED, "offset": 0 })).await;
    let posts: Vec<Value> = lines.as_array().unwrap().iter().map(|line| line["post"].clone()).collect();
    assert!(posts.len() > PRESSED, "the loudest source has {} posts", posts.len());

    window.run(&format!("location.hash = '#/sources/{of}'")).await.unwrap();
    window.see(".list [data-row]").await;
    window.press("j").await;
    open(&window, &posts[0]).await;
    // What comes stands above: what is walked through is the same.
    let refresh = "__TAURI_INTERNALS__.invoke('call', { name: 'refresh', ask: { due: false, only: null } }).then(() => (window.refreshed = true))";
    window.run(refresh).await.unwrap();
    held(&window, 'j', PRESSED - 1).await;
    open(&window, &posts[PRESSED - 1]).await;
    window.until("the refresh is over", "return window.refreshed").await;
    held(&window, 'k', PRESSED - 1).await;
    open(&window, &posts[0]).await;
    window.close().await;
}
