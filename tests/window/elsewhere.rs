//! The terminal beside the window, on one library: what it does is seen in the window without being asked for.

use std::process::Stdio;

use crate::{
    host::Host,
    stage::{ENGLISH, NOW, Stage},
};

#[tokio::test]
async fn a_refresh_of_the_terminal_is_told_while_it_runs_and_seen_when_it_has_ended() {
    let host = Host::papers();
    let stage = Stage::set(ENGLISH).await;
    let list = stage.file("held.opml", &host.opml_held());
    let window = stage.open(&["--library", &stage.library(), "--now", NOW, list.to_str().unwrap()]).await;
    window.see("dialog[open]").await;
    window.push("Close").await;
    window
        .until(
            "there is nothing to read yet",
            "return /not been asked for their posts yet/.test(document.body.innerText)",
        )
        .await;

    let mut refresh = stage.terminal(&["refresh"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    window
        .until(
            "the refresh of the terminal is told",
            "return /Another program is asking your sources/.test(document.body.innerText) && /3 of 4 sources/.test(document.body.innerText)",
        )
        .await;
    host.release();
    assert!(refresh.wait().unwrap().success());
    window.until("its end is told", "return !/Another program/.test(document.body.innerText)").await;
    // Nobody touched the window: its page asks again by itself.
    window.until("its posts are seen", "return document.querySelectorAll('[data-post]').length > 0").await;

    // A mark of the terminal, too.
    let post = window.run("return document.querySelector('[data-post]').dataset.post").await.unwrap();
    let starred = stage.terminal(&["star", post.as_str().unwrap()]).stdout(Stdio::null()).status().unwrap();
    assert!(starred.success());
    window.until("its star is seen", "return document.querySelectorAll('[data-post] .mark').length === 1").await;
    window.close().await;
}
