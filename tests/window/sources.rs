//! The sources, by a reader with a mouse: add, rename, move, unsubscribe, each taken back; and the system's dialogs.

use fantoccini::{Locator, key::Key};

use crate::{
    host::Host,
    stage::{ENGLISH, NOW, PATIENCE, Stage, Window},
};

/// The names in the tree, in order.
async fn tree(window: &Window) -> String {
    window.run(&format!("return {NAMES}")).await.unwrap().as_str().unwrap().to_owned()
}

/// The same in the page: without what only a screen reader hears.
const NAMES: &str = "[...document.querySelectorAll('[role=treeitem] .name')]
    .map((name) => [...name.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join('').trim())
    .join(', ')";

async fn tree_is(window: &Window, expected: &str) {
    let script = format!("return {NAMES} === '{expected}'");
    window.until(&format!("the tree is {expected}, and not {}", tree(window).await), &script).await;
}

/// Answers the system's dialog of that title with a path, as a reader types it: each letter once the last one is there.
/// The dialog builds its field at the first one, and loses what comes meanwhile; on a machine at work it can lose what ends
/// it as well, and a reader who still sees it types again.
pub(crate) async fn answer(stage: &Stage, window: &Window, title: &str, path: &str) {
    const TRIES: u32 = 4;
    for _ in 0..TRIES {
        let dialog = stage.dialog(title).await;
        assert!(stage.hand(&["windowfocus", "--sync", &dialog]).is_some(), "the dialog takes no focus");
        press(stage, window, &["key", "--clearmodifiers", "ctrl+a"]).await;
        for letter in path.chars() {
            press(stage, window, &["type", "--clearmodifiers", &letter.to_string()]).await;
        }
        press(stage, window, &["key", "--clearmodifiers", "Return"]).await;
        if stage.dialog_gone_within(title, PATIENCE / TRIES).await {
            return;
        }
    }
    panic!("the dialog {title} does not take {path}");
}

/// Presses a key in a dialog and waits until the program has taken it: its one loop hears keys before it answers us.
async fn press(stage: &Stage, window: &Window, keys: &[&str]) {
    assert!(stage.hand(keys).is_some(), "{keys:?}");
    window.run("return true").await.unwrap();
}

#[tokio::test]
async fn a_file_is_chosen_and_an_export_is_saved_with_the_dialogs_of_the_system() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("papers.opml", &host.opml());
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.push("Choose a file").await;
    answer(&stage, &window, "Open", list.to_str().unwrap()).await;
    let report = window.see("dialog[open]").await.text().await.unwrap();
    assert!(report.contains("papers.opml") && report.contains("3 sources were added"), "{report}");
    window.push("Close").await;
    window.press("g").await;
    window.press("s").await;
    tree_is(&window, "Morning, Garden notes, Moved away, The harbour").await;
    window.push("Export").await;
    let target = stage.path("home/mine.opml");
    answer(&stage, &window, "Save", target.to_str().unwrap()).await;
    window.until("it says where it was saved", "return /Saved to .*mine\\.opml/.test(document.body.innerText)").await;
    let saved = std::fs::read_to_string(&target).unwrap();
    assert!(saved.contains("/garden.xml") && saved.contains("Morning"), "{saved}");
    // A reader who changes their mind changes nothing.
    window.push("Import").await;
    let dialog = stage.dialog("Open").await;
    assert!(stage.hand(&["windowfocus", "--sync", &dialog, "key", "Escape"]).is_some());
    stage.dialog_gone("Open").await;
    tree_is(&window, "Morning, Garden notes, Moved away, The harbour").await;
    window.close().await;
}

#[tokio::test]
async fn a_source_is_added_renamed_moved_and_left_and_each_is_taken_back() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("papers.opml", &host.opml());
    let window = stage.open(&["--library", &stage.library(), "--now", NOW, list.to_str().unwrap()]).await;
    window.see("dialog[open]").await;
    window.push("Close").await;
    window.press("g").await;
    window.press("s").await;
    tree_is(&window, "Morning, Garden notes, Moved away, The harbour").await;

    // Add, and take it back.
    host.release();
    window.press("a").await;
    let address = format!("http://127.0.0.1:{}/held/tide.xml", host.port);
    window.see("#address").await.send_keys(&address).await.unwrap();
    window.push("Look").await;
    // What is there is shown before anything is followed.
    window.push("Follow").await;
    window.push("See it").await;
    tree_is(&window, "Morning, Garden notes, Moved away, The harbour, The tide").await;
    window.see("[role=status] .bar button").await.click().await.unwrap();
    tree_is(&window, "Morning, Garden notes, Moved away, The harbour").await;

    let choose = "//*[@role='treeitem'][contains(., 'Garden notes')]";
    window.find(choose).await.click().await.unwrap();
    window.push("Rename").await;
    let name = window.see("dialog[open] input").await;
    name.clear().await.unwrap();
    name.send_keys("Ana's garden").await.unwrap();
    window.find("//dialog//button[normalize-space(.)='Rename']").await.click().await.unwrap();
    let renamed = "return document.querySelector('[role=treeitem][aria-selected=true], [role=treeitem].chosen')?.textContent.includes(\"Ana's garden\") || [...document.querySelectorAll('[role=treeitem]')].some((row) => row.textContent.includes(\"Ana's garden\"))";
    window.until("it has its new name", renamed).await;
    window.see("[role=status] .bar button").await.click().await.unwrap();
    tree_is(&window, "Morning, Garden notes, Moved away, The harbour").await;

    window.push("Move").await;
    let field = window.see("dialog[open] input:not([type=checkbox])").await;
    field.send_keys("Sea / North").await.unwrap();
    window.find("//dialog//button[normalize-space(.)='Move']").await.click().await.unwrap();
    window
        .until("its new folder is there", "return /North/.test(document.querySelector('[role=tree]').innerText)")
        .await;
    window.see("[role=status] .bar button").await.click().await.unwrap();
    tree_is(&window, "Morning, Garden notes, Moved away, The harbour").await;

    window.push("Stop following").await;
    tree_is(&window, "Morning, Moved away, The harbour").await;
    // Far from the bar, the keys take it back too.
    let body = window.client.find(Locator::Css("body")).await.unwrap();
    body.send_keys(&format!("{}z{}", char::from(Key::Control), char::from(Key::Null))).await.unwrap();
    tree_is(&window, "Morning, Garden notes, Moved away, The harbour").await;
    window.close().await;
}
