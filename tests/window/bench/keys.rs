//! From the press of a key to the paint of what it does, in the day's digest and in a list of 100,000 posts, beside a
//! plain list in the same web view.

use std::time::Duration;

use super::{
    empty,
    figures::{hold, median, quantile},
    long,
};
use crate::stage::{ENGLISH, Stage, Window};

/// Keys of each kind: the slowest twentieth of them are some, and not one.
const PRESSED: usize = 120;
/// Rows of the plain list: some more than the keys walk through.
const PLAIN_ROWS: &str = "200";
/// Between two keys: a reader who looks at each headline is no faster.
const PAUSE: Duration = Duration::from_millis(120);
/// Hears each key before the page does, and notes how long it took until the reader stood on another row, and until another
/// story was open, in frames that were drawn: the task after a frame begins when the frame is drawn. What has not
/// happened after a second never will.
const HEAR: &str =
    "const row = () => document.querySelector('[data-post] [aria-current=true]')?.closest('[data-post]').dataset.post;
    const story = () => document.querySelector('.story article')?.textContent;
    window.heard = { row: [], story: [] };
    addEventListener('keydown', () => {
        const began = performance.now();
        const wait = (of, to) => {
            const before = of();
            const look = () => requestAnimationFrame(() => {
                const gone = performance.now() - began;
                if (of() !== before) setTimeout(() => to.push(performance.now() - began));
                else if (gone < 1000) look();
                else to.push(null);
            });
            look();
        };
        wait(row, window.heard.row);
        wait(story, window.heard.story);
    }, true)";

/// How long keys took, in milliseconds.
struct Heard {
    row: Vec<f64>,
    story: Vec<f64>,
}

/// Presses one key after the other: some steps down, and as many back.
async fn press(window: &Window, forth: &str, back: &str) -> Heard {
    const STEPS: usize = 20;
    window.run("window.heard.row.length = window.heard.story.length = 0").await.unwrap();
    for turn in 0..PRESSED {
        let key = if (turn / STEPS).is_multiple_of(2) { forth } else { back };
        window.press(key).await;
        tokio::time::sleep(PAUSE).await;
    }
    // The story of a list in which none opens is waited for as long as for any.
    let all = format!(
        "return window.heard.row.length === {PRESSED} && window.heard.story.length === {PRESSED} && window.heard"
    );
    let heard = window.until("every key was answered", &all).await;
    // Null is a key that did nothing: no bound holds it.
    let of = |name: &str| {
        heard[name].as_array().unwrap().iter().map(|took| took.as_f64().unwrap_or(f64::INFINITY)).collect()
    };
    Heard { row: of("row"), story: of("story") }
}

fn line(name: &str, took: &[f64], base: &[f64]) -> f64 {
    let (p95, plain) = (quantile(took, 0.95), quantile(base, 0.95));
    println!("| {name} | {:.1} | {:.2} | {p95:.1} | {:.2} |", median(took), median(took) / median(base), p95 / plain);
    p95 / plain
}

#[tokio::test]
#[ignore = "`make bench` runs it: it looks at clocks"]
async fn from_a_key_to_the_paint() {
    let stage = Stage::set(ENGLISH).await.without_layers();
    let plain = stage.open_program(&empty(), &[PLAIN_ROWS]).await;
    plain.see("[data-post]").await;
    plain.run(HEAR).await.unwrap();
    let base = press(&plain, "n", "p").await.row;
    plain.close().await;

    let window = long::open(&stage).await;
    window.run(HEAR).await.unwrap();
    let today = [press(&window, "n", "p").await, press(&window, "j", "k").await];
    long::show(&window).await;
    let rows = long::load(&window).await;
    let many = [press(&window, "n", "p").await, press(&window, "j", "k").await];
    window.close().await;

    println!("\n| from a key to the paint, {PRESSED} keys | median ms | ratio | p95 ms | ratio |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    line("a plain list, n and p: the row", &base, &base);
    let mut worst = [0.0_f64; 2];
    for (name, [walked, opened]) in [("today".to_owned(), today), (format!("{rows} posts"), many)] {
        worst[0] = worst[0].max(line(&format!("{name}, n and p: the row"), &walked.row, &base));
        worst[0] = worst[0].max(line(&format!("{name}, j and k: the row"), &opened.row, &base));
        worst[1] = worst[1].max(line(&format!("{name}, j and k: the story"), &opened.story, &base));
    }
    hold(&[("window.key.row.p95.ratio", worst[0]), ("window.key.story.p95.ratio", worst[1])]);
}
