//! Takes the library of 1,000,000 posts, opens the longest list in it: all that its loudest source ever wrote.

use serde_json::{Value, json};

use super::million;
use crate::{
    stage::{Stage, Window},
    stories::ask,
};

/// What the page's scrolling list is, in the real window as in the plain one.
pub(super) const PANE: &str = "main section.list";
/// A list that is shorter proves nothing.
const ROWS: u64 = 100_000;
/// The window on the library of 1,000,000 posts.
pub(super) async fn open(stage: &Stage) -> Window {
    let window = stage.open(&["--library", million().to_str().unwrap()]).await;
    window.see("[data-post]").await;
    window
}

/// Goes to the list of the loudest source; gives how many posts it has.
pub(super) async fn show(window: &Window) -> u64 {
    let sources = ask(window, "sources", Value::Null).await;
    let counted = sources.as_array().unwrap().iter().map(|source| (source["posts"].as_u64(), source["id"].as_u64()));
    let (Some(posts), Some(id)) = counted.max().unwrap() else { panic!("no source is counted: {sources}") };
    assert!(posts >= ROWS, "the loudest source has {posts} posts");
    window.run(&format!("location.hash = '#/sources/{id}'")).await.unwrap();
    window.see(".list [data-row]").await;
    posts
}

/// Scrolls to the end of the list until all of it was asked for, then back to its beginning; gives how many rows it has.
pub(super) async fn load(window: &Window) -> u64 {
    // In short turns: no script of a driver may take half a minute.
    let turn = "const [css, done] = [arguments[0], arguments[arguments.length - 1]];
        const pane = document.querySelector(css);
        const began = performance.now();
        (async () => {
            while (performance.now() - began < 5000 && !pane.querySelector('.end')) {
                pane.scrollTop = pane.scrollHeight;
                await new Promise((go) => setTimeout(go, 4));
            }
            done(pane.querySelector('.end') !== null);
        })()";
    while window.run_async(turn, vec![json!(PANE)]).await != json!(true) {}
    let last = "const rows = document.querySelectorAll('.list [data-row]'); return Number(rows[rows.length - 1].dataset.row) + 1";
    window.run(&format!("document.querySelector('{PANE}').scrollTop = 1e9")).await.unwrap();
    let rows = window.until("the last row is drawn", last).await.as_u64().unwrap();
    window.run(&format!("document.querySelector('{PANE}').scrollTop = 0")).await.unwrap();
    window.see(".list [data-row='0']").await;
    rows
}
