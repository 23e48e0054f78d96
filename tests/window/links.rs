//! Links of a post and its original: the reader's browser shows them, the window never does, and nothing else is opened.

use crate::{
    reading::first_digest,
    stage::{ENGLISH, Stage},
};

#[tokio::test]
async fn a_link_goes_to_the_readers_browser_and_the_window_stays() {
    let stage = Stage::set(ENGLISH).await;
    let window = first_digest(&stage).await;
    window.press("j").await;
    window.see(".story .body a").await;
    // What was no page of the web is no link any more: only its words are left.
    let links = window.run("return [...document.querySelectorAll('.story .body a')].map((a) => a.href)").await.unwrap();
    let links: Vec<String> = serde_json::from_value(links).unwrap();
    assert!(links.len() == 1 && links[0].ends_with("&utm_source=feed"), "{links:?}");
    window.see(".story .body a").await.click().await.unwrap();
    assert_eq!(stage.browsing(1).await, links);
    window.press("v").await;
    let original = links[0].split("/more").next().unwrap().to_owned();
    assert_eq!(stage.browsing(2).await[1], original);
    let place = window.run("return location.href").await.unwrap();
    assert!(place.as_str().unwrap().contains("#/today/post/"), "{place}");
    // What is no page of the web is refused where it would be opened, whatever asks.
    for address in ["file:///etc/passwd", "javascript:alert(1)", "--version", "mailto:me@a.example"] {
        let ask = format!(
            "const done = arguments[arguments.length - 1];
             __TAURI_INTERNALS__.invoke('open_link', {{ url: '{address}' }}).then(() => done('opened'), () => done('refused'))"
        );
        assert_eq!(window.client.execute_async(&ask, Vec::new()).await.unwrap(), "refused", "{address}");
    }
    assert_eq!(stage.browsed().len(), 2, "{:?}", stage.browsed());
    window.close().await;
}
