//! The search, in the real window and by keyboard alone: filters, a search kept, opened again, deleted and brought back.

use fantoccini::key::Key;

use crate::{
    screens,
    stage::{ENGLISH, NOW, Stage, Window},
};

/// Types into what has the focus, letter by letter.
async fn type_in(window: &Window, text: &str) {
    for letter in text.chars() {
        window.press(&letter.to_string()).await;
    }
}

async fn key(window: &Window, key: Key) {
    window.press(&char::from(key).to_string()).await;
}

/// Goes on with Tab until what has the focus fits.
async fn tab_to(window: &Window, what: &str) {
    for _ in 0..40 {
        key(window, Key::Tab).await;
        let there = format!(
            "return (document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.innerText ?? '').includes('{what}')"
        );
        if window.run(&there).await.unwrap() == true {
            return;
        }
    }
    panic!("no way to “{what}” by keyboard");
}

const TYPED: &str = "return document.querySelector('#words')?.value";
const KEPT: &str = "return [...document.querySelectorAll('section[aria-labelledby=kept-searches] .name')].map((name) => name.innerText).join()";

#[tokio::test]
async fn a_search_with_filters_is_kept_opened_deleted_and_brought_back_by_keyboard() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    window.press("/").await;
    window.until("the field has the focus", "return document.activeElement?.id === 'words'").await;

    // An operator by a few letters, and its value.
    type_in(&window, "winter is:unr").await;
    window
        .until("it is offered", "return document.querySelector('[role=option] .name')?.innerText === 'is:unread'")
        .await;
    key(&window, Key::Down).await;
    key(&window, Key::Enter).await;
    window.until("it is taken", &format!("{TYPED} === 'winter is:unread '")).await;
    let found = "return document.querySelectorAll('main [data-post]').length";
    window.until("posts are found", &format!("{found} > 0")).await;
    let all = window.run(found).await.unwrap().as_i64().unwrap();
    type_in(&window, "-lang:en after:2y").await;
    let filters =
        "return [...document.querySelectorAll('.head ul button span')].map((one) => one.innerText).join(' | ')";
    window
        .until(
            "the filters stand in words",
            &format!("return /^unread \\| except in English \\| from .+ on$/.test((() => {{ {filters} }})())"),
        )
        .await;
    window
        .until("fewer are found", &format!("return document.querySelectorAll('main [data-post]').length < {all}"))
        .await;

    // A filter is taken out by its button.
    tab_to(&window, "Without “except in English”").await;
    key(&window, Key::Enter).await;
    window.until("it is gone", &format!("{TYPED} === 'winter is:unread after:2y'")).await;
    window.until("the field has the focus again", "return document.activeElement?.id === 'words'").await;

    // Kept, and opened again from the palette.
    tab_to(&window, "Keep this search").await;
    key(&window, Key::Enter).await;
    window
        .until(
            "it is said",
            "return /is kept/.test(document.querySelector('[role=status] .bar span')?.innerText ?? '')",
        )
        .await;
    window.run("location.hash = '#/today'").await.unwrap();
    window.see("main [data-post]").await;
    window
        .run("dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))")
        .await
        .unwrap();
    window.see("dialog [role=combobox]").await;
    type_in(&window, "winter is").await;
    window
        .until(
            "it is in the palette",
            "return /kept search/.test(document.querySelector('dialog [role=option]')?.innerText ?? '')",
        )
        .await;
    key(&window, Key::Enter).await;
    window.until("it is open", &format!("{TYPED} === 'winter is:unread after:2y'")).await;
    window.until("it has found", &format!("{found} > 0")).await;

    // Deleted, and brought back by Ctrl-Z.
    tab_to(&window, "Delete the search").await;
    key(&window, Key::Enter).await;
    window
        .until(
            "it is deleted",
            "return /was deleted/.test(document.querySelector('[role=status] .bar span')?.innerText ?? '')",
        )
        .await;
    window.run("location.hash = '#/search'").await.unwrap();
    window
        .until("nothing is kept", &format!("return document.querySelector('dl') && (() => {{ {KEPT} }})() === ''"))
        .await;
    window.run("document.activeElement.blur(); dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }))").await.unwrap();
    window.until("it is back", &format!("{KEPT} === 'winter is:unread after:2y'")).await;
    window.close().await;
}
