//! A second start hands its files to the first window and ends; without a session's bus each start has its own window.

use crate::{
    host::Host,
    stage::{ENGLISH, NOW, Stage},
};

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
