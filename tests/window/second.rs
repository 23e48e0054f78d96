//! A second start hands its files to the first window and ends; without a session's bus each start has its own window.

use crate::{
    host::Host,
    stage::{ENGLISH, NOW, Stage},
};

#[tokio::test]
async fn a_file_that_is_opened_over_the_sample_goes_to_the_readers_own_library() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("papers.opml", &host.opml());
    let window = stage.open_on_bus(&["--library", &stage.library(), "--now", NOW]).await;
    window.push("Open the sample library").await;
    window.see("[data-post]").await;
    let end = stage.start_again(&["--library", &stage.library(), list.to_str().unwrap()], &stage.path("home")).await;
    assert!(end.success(), "{end}");
    let report = window.see("dialog[open]").await.text().await.unwrap();
    assert!(report.contains("3 sources were added") && report.contains("own library"), "{report}");
    window.push("Close").await;
    window.press("g").await;
    window.press("s").await;
    let rows = "return [...document.querySelectorAll('[role=treeitem]')].length";
    window.until("the tree has the reader's sources alone", &format!("{rows} === 4")).await;
    let said = window.run("return /sample library/.test(document.body.innerText)").await.unwrap();
    assert_eq!(said, false);
    window.close().await;
}

#[tokio::test]
async fn a_second_start_hands_its_file_over_and_ends() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("papers.opml", &host.opml());
    let window = stage.open_on_bus(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    let end = stage.start_again(&["--library", &stage.library(), "papers.opml"], list.parent().unwrap()).await;
    assert!(end.success(), "{end}");
    let report = window.see("dialog[open]").await.text().await.unwrap();
    assert!(report.contains("papers.opml"), "{report}");
    window.close().await;
}
