//! What all processes hold after many stories were opened one by one: no more than after some.

use super::{figures::hold, long, processes};
use crate::stage::{ENGLISH, Stage, Window};

/// Stories until everything that is loaded once was loaded.
const SOME: usize = 100;
/// All that are opened.
const ALL: usize = 1_000;
/// What the open story is.
const STORY: &str = "document.querySelector('.story article')?.textContent";

/// Opens the next story so many times, each until it is there.
async fn read(window: &Window, stories: usize) {
    for _ in 0..stories {
        window.run(&format!("window.before = {STORY}")).await.unwrap();
        window.press("j").await;
        window
            .until("the next story is open", &format!("const now = {STORY}; return now && now !== window.before"))
            .await;
    }
}

#[tokio::test]
#[ignore = "`make bench` runs it: it takes some minutes"]
async fn memory_after_a_thousand_stories() {
    let stage = Stage::set(ENGLISH).await.without_layers();
    let window = long::open(&stage).await;
    long::show(&window).await;
    let before = processes::memory(&window).await;
    read(&window, SOME).await;
    let some = processes::memory(&window).await;
    read(&window, ALL - SOME).await;
    let all = processes::memory(&window).await;
    window.close().await;
    println!("\n| memory of all processes, 1,000,000 posts | MiB |");
    println!("| --- | ---: |");
    println!("| a list of posts | {before:.0} |");
    println!("| after {SOME} stories | {some:.0} |");
    println!("| after {ALL} stories | {all:.0} |");
    hold(&[("window.memory.thousand_stories.ratio", all / some)]);
}
