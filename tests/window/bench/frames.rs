//! Frames while a list of 100,000 posts is scrolled, all of it loaded, beside a plain list in the same web view.

use serde_json::json;

use super::{
    empty,
    figures::{hold, quantile},
    long::{self, PANE},
};
use crate::stage::{ENGLISH, Stage, Window};

/// Frames that are looked at: ten seconds of them, in turns, as no script of a driver may take half a minute.
const FRAMES: usize = 600;
const TURN: usize = 100;
/// Rows of the plain list: as many as one can scroll through at that speed without turning back.
const PLAIN_ROWS: &str = "2000";
/// Pixels in a frame: 3,600 in a second is a quick turn of a wheel, 24,000 the bar dragged.
const SPEEDS: [(&str, u32); 2] = [("3,600 px a second", 60), ("24,000 px a second", 400)];
/// A screen draws a frame each 16.7 ms. What took half as long again was seen one late.
const LATE_MS: f64 = 25.0;
/// Scrolls by so much in each frame, and turns where the list ends; gives how long each frame took, and how many times
/// there was no row in the middle of the pane.
const SCROLL: &str = "const [css, step, frames] = arguments, done = arguments[arguments.length - 1];
    const pane = document.querySelector(css);
    const { left, top, width, height } = pane.getBoundingClientRect();
    const took = [];
    let [before, way, bare] = [null, step, 0];
    const frame = () => {
        const now = performance.now();
        if (before !== null) took.push(now - before);
        before = now;
        // Seen now and then: looking costs too.
        if (took.length % 16 === 8 && !document.elementFromPoint(left + width / 2, top + height / 2)?.closest('ol')) bare += 1;
        if (took.length >= frames) return done({ took, bare });
        const was = pane.scrollTop;
        pane.scrollTop += way;
        if (pane.scrollTop === was) way = -way;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame)";

/// How a list scrolled.
struct Scrolled {
    median: f64,
    p95: f64,
    late: f64,
    bare: u64,
}

async fn scroll(window: &Window, from: &str, step: u32) -> Scrolled {
    let to = format!("const pane = document.querySelector('{PANE}'); pane.scrollTop = {from}");
    window.run(&to).await.unwrap();
    // What was asked for by getting there is drawn by then.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let (mut took, mut bare): (Vec<f64>, u64) = (Vec::new(), 0);
    while took.len() < FRAMES {
        let told = window.run_async(SCROLL, vec![json!(PANE), json!(step), json!(TURN)]).await;
        took.extend(told["took"].as_array().unwrap().iter().filter_map(serde_json::Value::as_f64));
        bare += told["bare"].as_u64().unwrap();
    }
    assert_eq!(took.len(), FRAMES);
    #[expect(clippy::cast_precision_loss, reason = "some hundred frames")]
    let late = took.iter().filter(|took| **took > LATE_MS).count() as f64 / FRAMES as f64;
    Scrolled { median: quantile(&took, 0.5), p95: quantile(&took, 0.95), late, bare }
}

#[tokio::test]
#[ignore = "`make bench` runs it: it looks at clocks"]
async fn frames_while_a_long_list_is_scrolled() {
    let stage = Stage::set(ENGLISH).await.without_layers();
    let plain = stage.open_program(&empty(), &[PLAIN_ROWS]).await;
    plain.see("[data-post]").await;
    let mut bases = Vec::new();
    for (_, step) in SPEEDS {
        bases.push(scroll(&plain, "0", step).await);
    }
    plain.close().await;
    let window = long::open(&stage).await;
    long::show(&window).await;
    let rows = long::load(&window).await;
    let mut lines = Vec::new();
    println!("\n| frames while scrolling {FRAMES} of them | median ms | ratio | p95 ms | ratio | over {LATE_MS} ms |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for ((speed, step), base) in SPEEDS.into_iter().zip(&bases) {
        let found = scroll(&window, "pane.scrollHeight / 2", step).await;
        for (name, each) in [(format!("a plain list, {speed}"), base), (format!("{rows} posts, {speed}"), &found)] {
            println!(
                "| {name} | {:.1} | {:.2} | {:.1} | {:.2} | {:.1} % |",
                each.median,
                each.median / base.median,
                each.p95,
                each.p95 / base.p95,
                each.late * 100.0
            );
        }
        assert_eq!(found.bare, 0, "the list was empty under the reader's eyes");
        lines.push((found.median / base.median, found.p95 / base.p95, found.late));
    }
    window.close().await;
    // The bar dragged is told, and not held: nobody reads at that speed.
    let (median, p95, late) = lines[0];
    hold(&[("window.frames.median.ratio", median), ("window.frames.p95.ratio", p95), ("window.frames.late", late)]);
}
