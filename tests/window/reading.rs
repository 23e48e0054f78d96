//! The main job, by a reader with a keyboard: import, refresh, read, star, quit, and find everything again.

use crate::{
    host::Host,
    screens,
    stage::{ENGLISH, NOW, Stage, Window},
};

/// The headline that the reader stands on.
const CURRENT: &str = "return document.querySelector('[aria-current=true]')?.textContent.trim()";

pub(crate) async fn first_digest(stage: &Stage) -> Window {
    let host = Host::papers();
    let list = stage.file("papers.opml", &host.opml());
    let window = stage.open(&["--library", &stage.library(), "--now", NOW, list.to_str().unwrap()]).await;
    let report = window.see("dialog[open]").await.text().await.unwrap();
    assert!(report.contains("papers.opml") && report.contains('3'), "{report}");
    window.see("dialog[open] button.strong").await.click().await.unwrap();
    screens::whole(&window).await;
    window
}

#[tokio::test]
async fn what_was_imported_read_and_starred_is_there_after_a_restart_and_after_a_crash() {
    let stage = Stage::set(ENGLISH).await;
    let window = first_digest(&stage).await;

    // j opens the first story, j the second; s stars that one; u goes back to the page.
    window.press("j").await;
    let first = window.until("the first story opens", CURRENT).await;
    window.see(".story article h1").await;
    // Its picture comes through the library: the page itself has no way to ask for it.
    window.until("its picture is drawn", "return document.querySelector('.story .body img')?.naturalWidth === 3").await;
    window.press("j").await;
    let other =
        format!("const now = ({}) ; return now && now !== {first} ? now : null", CURRENT.trim_start_matches("return "));
    let second = window.until("the second story opens", &other).await;
    window.press("s").await;
    window.until("it is starred", "return document.querySelectorAll('[data-post] .mark').length === 1").await;
    // k goes back to the first, m makes it unread and read again, o closes it and opens it, v shows its original.
    window.press("k").await;
    window.until("the first story is back", &format!("{CURRENT} === {first}")).await;
    window.press("m").await;
    window.until("it is unread", "return document.querySelectorAll('[data-post].done').length === 1").await;
    window.press("m").await;
    window.until("it is read again", "return document.querySelectorAll('[data-post].done').length === 2").await;
    window.press("o").await;
    window.until("the story closes", "return !document.querySelector('.story')").await;
    window.press("o").await;
    window.see(".story article h1").await;
    window.press("v").await;
    assert_eq!(stage.browsing(1).await.len(), 1);
    window.press("u").await;
    window.until("the story closes", "return !document.querySelector('.story')").await;
    window.until("both are read", "return document.querySelectorAll('[data-post].done').length === 2").await;
    window.close().await;

    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.until("what was read is read", "return document.querySelectorAll('[data-post].done').length === 2").await;
    window.press("g").await;
    window.press("l").await;
    let rows = "const rows = document.querySelectorAll('main [data-post]');
        return location.hash === '#/starred' && rows.length === 1 && rows[0].textContent";
    let starred = window.until("what was starred is starred", rows).await;
    assert!(starred.as_str().unwrap().contains(second.as_str().unwrap()), "{second} is not in {starred}");

    // The third is read, and the power goes.
    window.press("g").await;
    window.press("t").await;
    window.see("[data-post]:not(.done)").await;
    window.run("document.querySelector('[data-post]:not(.done) .headline').click()").await.unwrap();
    window.until("a third is read", "return document.querySelectorAll('[data-post].done').length === 3").await;
    window.kill();

    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.until("nothing was lost", "return document.querySelectorAll('[data-post].done').length === 3").await;
    window.close().await;
}

#[tokio::test]
async fn an_act_can_be_undone_with_its_bar_and_a_broken_source_says_so_where_it_is() {
    let stage = Stage::set(ENGLISH).await;
    let window = first_digest(&stage).await;
    window.press("j").await;
    window.see(".story article h1").await;
    window.press("s").await;
    window.see("[role=status] .bar button").await.click().await.unwrap();
    window.until("the star is gone", "return !document.querySelector('[data-post] .mark')").await;
    window.press("g").await;
    window.press("s").await;
    window.find("//*[@role='treeitem'][contains(., 'Moved away')]").await.click().await.unwrap();
    window
        .until(
            "its trouble is told",
            "return /404|not there|no longer|moved/i.test(document.querySelector('main').innerText)",
        )
        .await;
    window.close().await;
}
