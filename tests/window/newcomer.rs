//! What a newcomer's first hour stumbled over, by mouse and by key: an import that is taken back, a skip that reads nothing, a
//! search in another order, a folder made and dragged.

use std::time::Instant;

use fantoccini::{Locator, key::Key};

use crate::{
    host::Host,
    pictures::folder_of_looks,
    screens,
    sources::answer,
    stage::{BLINK, ENGLISH, NOW, PATIENCE, Stage, Window},
};

const BAR: &str = "return document.querySelector('[role=status] :is(.bar, .word) span')?.innerText ?? ''";

/// A picture for who looks.
async fn look(window: &Window, name: &str) {
    if let Some(folder) = folder_of_looks() {
        window.picture(&folder.join(format!("{name}.png"))).await;
    }
}

async fn bar_says(window: &Window, what: &str) {
    window.until(what, &format!("return (() => {{ {BAR} }})().includes('{what}')")).await;
}

async fn control(window: &Window, letter: char) {
    let body = window.client.find(Locator::Css("body")).await.unwrap();
    body.send_keys(&format!("{}{letter}{}", char::from(Key::Control), char::from(Key::Null))).await.unwrap();
}

#[tokio::test]
async fn an_import_is_taken_back_by_its_report_and_by_the_key_and_what_was_touched_stays() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("papers.opml", &host.opml());
    let window = stage.open(&["--library", &stage.library(), "--now", NOW, list.to_str().unwrap()]).await;
    window.see("dialog[open]").await;
    look(&window, "import-report").await;
    window.push("Take the import back").await;
    window.find("//h1[.='Pépites']").await;
    bar_says(&window, "Undone: papers.opml brought 3 sources.").await;
    look(&window, "import-undone").await;

    window.push("Choose a file").await;
    answer(&stage, &window, "Open", list.to_str().unwrap()).await;
    let report = window.see("dialog[open]").await.text().await.unwrap();
    assert!(report.contains("3 sources were added"), "{report}");
    window.push("Close").await;
    bar_says(&window, "papers.opml brought 3 sources.").await;
    look(&window, "import-offered").await;
    window.press("g").await;
    window.press("s").await;
    // From a page without stories: the arrows move in the tree, as it says.
    window.until("the tree has the focus", "return document.activeElement.role === 'treeitem'").await;
    window.find("//*[@role='treeitem'][contains(., 'Garden notes')]").await.click().await.unwrap();
    window.push("Rename").await;
    let name = window.see("dialog[open] input").await;
    name.clear().await.unwrap();
    name.send_keys("My garden").await.unwrap();
    window.find("//dialog//button[normalize-space(.)='Rename']").await.click().await.unwrap();
    bar_says(&window, "has a new name").await;
    // The name that was given since is the reader's word: of what was done, only the import is taken back, as the terminal
    // would, and the source stays.
    window
        .run("window.__done = false; window.__TAURI_INTERNALS__.invoke('call', { name: 'undo_import', ask: 2 }).then((undone) => (window.__done = undone))")
        .await
        .unwrap();
    let undone = window.until("it is taken back", "return window.__done").await;
    assert_eq!((undone["sources"].as_u64(), undone["kept"][0]["title"].as_str()), (Some(2), Some("My garden")));
    window
        .until(
            "the tree follows",
            "return [...document.querySelectorAll('[role=treeitem]:not([aria-expanded])')].length === 1",
        )
        .await;
    window.close().await;
}

#[tokio::test]
async fn what_comes_after_a_skip_is_not_read_until_one_reads_in_it() {
    let stage = Stage::set(ENGLISH).await;
    stage.remember_size(1280, 800);
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    window.press("j").await;
    window.see(".story article h1").await;
    // Looked at in the very frame in which it comes: some seconds later it is read, and this machine may be slow.
    let skip = "const done = arguments[arguments.length - 1];
        const head = () => document.querySelector('.story article h1')?.innerText;
        const first = head();
        dispatchEvent(new KeyboardEvent('keydown', { key: 'e', bubbles: true }));
        const look = () => head() && head() !== first
            ? done(document.querySelector('main li[data-post].current').classList.contains('done'))
            : requestAnimationFrame(look);
        look()";
    assert_eq!(window.run_async(skip, Vec::new()).await, false);
    let read = "return document.querySelector('main li[data-post].current').classList.contains('done')";
    look(&window, "after-a-skip").await;
    window.run("document.querySelector('.story .text').scrollTop = 60").await.unwrap();
    window.until("it is read once one scrolls in it", read).await;
    look(&window, "after-a-scroll").await;

    // Skipped, and gone on from: read, however quickly.
    window.press("e").await;
    window.press("j").await;
    window
        .until(
            "what was gone on from is read",
            "const row = document.querySelector('main li[data-post].current'); const all = [...document.querySelectorAll('main li[data-post]')]; return all[all.indexOf(row) - 1]?.classList.contains('done')",
        )
        .await;
    window.close().await;
}

#[tokio::test]
async fn a_search_is_sorted_by_a_press_and_stays_so() {
    let stage = Stage::set(ENGLISH).await;
    stage.remember_size(1280, 800);
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    window.run("location.hash = '#/search?q=winter'").await.unwrap();
    window.see("main li[data-post] .headline mark").await;
    look(&window, "search-best").await;
    let posts =
        "return [...document.querySelectorAll('main li[data-post]')].map((row) => Number(row.dataset.post)).join()";
    let best = window.run(posts).await.unwrap();
    window.push("Oldest first").await;
    window
        .until(
            "the order is another",
            &format!("return (() => {{ {posts} }})() !== {best} && document.querySelector('main li[data-post]')"),
        )
        .await;
    look(&window, "search-oldest").await;
    let oldest = window.run(posts).await.unwrap();
    window.push("Newest first").await;
    window
        .until(
            "and another",
            &format!("return (() => {{ {posts} }})() !== {oldest} && document.querySelector('main li[data-post]')"),
        )
        .await;
    window.run("location.hash = '#/today'").await.unwrap();
    window.see("[data-section], .covered, .others").await;
    window.run("location.hash = '#/search?q=winter'").await.unwrap();
    window
        .until(
            "it stays so",
            "return document.querySelector('.sort [aria-pressed=true]')?.innerText === 'Newest first'",
        )
        .await;
    window.close().await;
}

/// The middle of a row of the tree, or a place in it: `share` of its height from above.
async fn place(window: &Window, name: &str, share: f64) -> (i64, i64) {
    let script = format!(
        "const row = [...document.querySelectorAll('[role=treeitem]')].find((row) => row.querySelector('.name').innerText === '{name}'); if (!row) return null; const box = row.getBoundingClientRect(); return [Math.round(box.left + 60), Math.round(box.top + box.height * {share})]"
    );
    let at = window.until(&format!("{name} is in the tree"), &script).await;
    (at[0].as_i64().unwrap(), at[1].as_i64().unwrap())
}

fn mouse(stage: &Stage, arguments: &[&str]) {
    assert!(stage.hand(arguments).is_some(), "{arguments:?}");
}

/// Drags a row to a place, by the mouse of the display; `shown`: what is to be seen before it is let go.
async fn drag(stage: &Stage, window: &Window, from: &str, to: (i64, i64), shown: &str, name: &str) {
    let (x, y) = place(window, from, 0.5).await;
    mouse(stage, &["mousemove", &x.to_string(), &y.to_string()]);
    mouse(stage, &["mousedown", "1"]);
    let deadline = Instant::now() + PATIENCE;
    let mut step = 0;
    // A hand comes nearer, past what lies between, and trembles where it has come.
    while step < 12 || window.run(&format!("return document.querySelector('{shown}') !== null")).await.unwrap() != true
    {
        assert!(Instant::now() < deadline, "{shown} is not to be seen");
        step += 1;
        let part = (f64::from(step) / 10.0).min(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "places on a screen")]
        let along = |from: i64, to: i64| (from as f64 + (to - from) as f64 * part).round() as i64;
        let (x, y) = (along(x, to.0) + i64::from(step % 2), along(y, to.1));
        mouse(stage, &["mousemove", &x.to_string(), &y.to_string()]);
        tokio::time::sleep(BLINK).await;
    }
    look(window, name).await;
    mouse(stage, &["mouseup", "1"]);
}

#[tokio::test]
async fn a_folder_is_made_by_a_button_and_dragged_by_the_mouse() {
    let stage = Stage::set(ENGLISH).await;
    stage.remember_size(1280, 800);
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    window.press("g").await;
    window.press("s").await;
    window.see("[role=treeitem][aria-expanded]").await;
    window.push("New folder").await;
    let field = window.see("dialog[open] input").await;
    look(&window, "folder-asked").await;
    field.send_keys("Weather").await.unwrap();
    window.push("Make it").await;
    bar_says(&window, "Weather").await;
    let names = "return [...document.querySelectorAll('[role=treeitem].folder .name')].map((name) => name.innerText).join(', ')";
    window.until("it is in the tree", &format!("return (() => {{ {names} }})().includes('Weather')")).await;
    look(&window, "folder-made").await;
    // Put before the first of the folders.
    window.run("document.querySelector('.rows').scrollTop = 0").await.unwrap();
    let first = window.run("return document.querySelector('[role=treeitem].folder .name').innerText").await.unwrap();
    let first = first.as_str().unwrap().to_owned();
    window
        .run("for (const row of [...document.querySelectorAll('[role=treeitem][aria-expanded=true]')]) row.click()")
        .await
        .unwrap();
    window
        .until("all are folded", "return document.querySelector('[role=treeitem][aria-expanded=true]') === null")
        .await;
    let edge = place(&window, &first, 0.1).await;
    drag(&stage, &window, "Weather", edge, ".row.before", "folder-dragged").await;
    window.until("it stands first", &format!("return (() => {{ {names} }})().startsWith('Weather, ')")).await;
    bar_says(&window, "has another place").await;
    look(&window, "folder-first").await;
    control(&window, 'z').await;
    window.until("it is back", &format!("return !(() => {{ {names} }})().startsWith('Weather, ')")).await;
    // And into another.
    let into = place(&window, &first, 0.5).await;
    drag(&stage, &window, "Weather", into, ".row.under", "folder-into").await;
    window
        .until("it is in it", "return [...document.querySelectorAll('[role=treeitem].folder[aria-level=\"1\"] .name')].every((name) => name.innerText !== 'Weather')")
        .await;
    control(&window, 'z').await;
    window.until("it is at the top again", "return [...document.querySelectorAll('[role=treeitem].folder[aria-level=\"1\"] .name')].some((name) => name.innerText === 'Weather')").await;
    window.close().await;
}
