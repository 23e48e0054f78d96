//! The sheets with most in them, by the keyboard alone: weights, who is one person, whom somebody follows, an account.

use fantoccini::key::Key;

use crate::{
    host::Host,
    keyboard::{begin, chord, go, is_at, key, sheet, tab_to, to_a_source, write},
    people::quay,
    stage::{ENGLISH, NOW, Stage, Window},
};

/// Does what the palette calls so.
pub(crate) async fn by_name(window: &Window, act: &str) {
    chord(window, Key::Control, 'k').await;
    window.see("dialog[open] [role=option]").await;
    write(window, act).await;
    let found = format!(
        "return document.querySelector('[role=option][aria-selected=true]')?.textContent.toLowerCase().includes('{act}')"
    );
    window.until("it is found", &found).await;
    key(window, Key::Enter).await;
}

#[tokio::test]
async fn weights_are_tried_kept_and_taken_back_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;
    by_name(&window, "weights of your taste").await;
    is_at(&window, "#/taste/1", "#weight-covered").await;
    tab_to(&window, "#weight-covered", "").await;
    let weighs = "document.querySelector('output[for=weight-covered]').innerText";
    for _ in 0..10 {
        key(&window, Key::Right).await;
    }
    window.until("it moves by key", &format!("return {weighs} === '4'")).await;
    tab_to(&window, "button.strong", "Keep these weights").await;
    key(&window, Key::Enter).await;
    window.see("[role=status] .bar").await;
    // The button that kept them has nothing more to do: the focus is not lost with it.
    window.until("the focus is in the page", "return document.activeElement !== document.body").await;
    chord(&window, Key::Control, 'z').await;
    window.until("they are as they were", &format!("return {weighs} === '1.5'")).await;
    window.close().await;
}

#[tokio::test]
async fn two_sources_are_made_one_person_and_parted_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;
    to_a_source(&window).await;
    by_name(&window, "this source is the same person").await;
    window.see("dialog[open] #person").await;
    tab_to(&window, "#person", "").await;
    write(&window, "a").await;
    tab_to(&window, "dialog[open] ul[aria-live] button", "Same person").await;
    key(&window, Key::Enter).await;
    window.until("they are one", "return [...document.querySelectorAll('dialog[open] h3')].some((head) => /^The same person/.test(head.textContent))").await;
    window.until("the focus is still in the sheet", "return !!document.activeElement.closest('dialog[open]')").await;
    tab_to(&window, "dialog[open] button", "Not the same").await;
    key(&window, Key::Enter).await;
    window.until("they are two", "return [...document.querySelectorAll('dialog[open] h3')].some((head) => /^Not the same/.test(head.textContent))").await;
    tab_to(&window, "dialog[open] button", "Take it back").await;
    key(&window, Key::Enter).await;
    window.until("nothing is said", "return !document.querySelector('dialog[open] h3')").await;
    sheet(&window, "#person").await;
    window.close().await;
}

#[tokio::test]
async fn whom_somebody_follows_is_chosen_and_followed_by_keys_alone() {
    let host = quay();
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    by_name(&window, "follow whom someone follows").await;
    window.until("the field has the focus", "return document.activeElement.id === 'whom'").await;
    write(&window, &format!("http://127.0.0.1:{}/@ada", host.port)).await;
    key(&window, Key::Enter).await;
    window.see("dialog .people label").await;
    tab_to(&window, "dialog[open] button", "Choose none").await;
    key(&window, Key::Enter).await;
    tab_to(&window, "dialog .people input", "").await;
    // The second of the two.
    key(&window, Key::Tab).await;
    window.press(" ").await;
    tab_to(&window, "dialog[open] button.strong", "Follow 1 person").await;
    key(&window, Key::Enter).await;
    window
        .until(
            "one is followed",
            "return /1 person is followed now/.test(document.querySelector('dialog[open]').innerText)",
        )
        .await;
    sheet(&window, "#whom").await;
    go(&window, "s", "#/sources", "[role=treeitem]").await;
    window.until("it is there", "return /Cy/.test(document.querySelector('[role=tree]').innerText)").await;
    chord(&window, Key::Control, 'z').await;
    window.until("it is taken back", "return !/Cy/.test(document.body.innerText)").await;
    window.close().await;
}

#[tokio::test]
async fn signing_in_is_begun_and_given_up_by_keys_alone() {
    let host =
        Host::serve(|_| [("/api/v1/apps".to_owned(), br#"{"client_id":"us","client_secret":"hush"}"#.to_vec())].into());
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    by_name(&window, "your accounts").await;
    window.see("dialog[open] #server").await;
    tab_to(&window, "#server", "").await;
    write(&window, &format!("http://127.0.0.1:{}/@ada", host.port)).await;
    key(&window, Key::Enter).await;
    window
        .until(
            "the browser is waited for",
            "return /Say yes in your browser/.test(document.querySelector('dialog[open]').innerText)",
        )
        .await;
    assert_eq!(stage.browsing(1).await.len(), 1);
    // Enter sent the form that is gone: what one does next is a few stops away, and never lost.
    tab_to(&window, "dialog[open] button", "Cancel").await;
    key(&window, Key::Enter).await;
    window.see("dialog[open] #server").await;
    sheet(&window, "#server").await;
    window.close().await;
}
