//! Every screen by the keyboard alone, in the real window: from the welcome to a story, and on to each place where one acts.
//! No click, no address that is set by a script: only keys, as a hand presses them.

use fantoccini::{
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};

use crate::stage::{ENGLISH, NOW, Stage, Window};

/// So often is Tab pressed at most: more stops than any screen has before what one looks for.
const FAR: usize = 80;

/// Presses a key that has a name.
pub(crate) async fn key(window: &Window, key: Key) {
    window.press(&char::from(key).to_string()).await;
}

/// Presses a key while another is held.
pub(crate) async fn chord(window: &Window, held: Key, letter: char) {
    let held = char::from(held);
    let keys = KeyActions::new("keyboard".to_owned())
        .then(KeyAction::Down { value: held })
        .then(KeyAction::Down { value: letter })
        .then(KeyAction::Up { value: letter })
        .then(KeyAction::Up { value: held });
    window.client.perform_actions(keys).await.unwrap();
}

/// Types words where the focus is.
pub(crate) async fn write(window: &Window, words: &str) {
    for letter in words.chars() {
        window.press(&letter.to_string()).await;
    }
}

/// Presses `g` and where to.
pub(crate) async fn go(window: &Window, letter: &str, place: &str, ready: &str) {
    window.press("g").await;
    window.press(letter).await;
    is_at(window, place, ready).await;
}

/// Waits for a place and what is there; the focus is somewhere in the page.
pub(crate) async fn is_at(window: &Window, place: &str, ready: &str) {
    let there = format!("return location.hash.startsWith('{place}') && !!document.querySelector('{ready}')");
    window.until(place, &there).await;
    window.until(&format!("{place} has the focus"), "return document.activeElement !== document.body").await;
}

/// Goes from stop to stop until what has the focus is that, by CSS and words.
pub(crate) async fn tab_to(window: &Window, css: &str, words: &str) {
    for _ in 0..FAR {
        let there = format!(
            "const at = document.activeElement; return at.matches('{css}') && at.textContent.includes('{words}')"
        );
        if window.run(&there).await.unwrap() == true {
            return;
        }
        key(window, Key::Tab).await;
    }
    panic!(
        "Tab does not come to {css} with {words:?}: {:?}",
        window.run("return document.activeElement.outerHTML").await
    );
}

/// Waits for a sheet, and shuts it by Escape; the focus is back in the page.
pub(crate) async fn sheet(window: &Window, ready: &str) {
    window.until(ready, &format!("return !!document.querySelector('dialog[open] {ready}')")).await;
    let inside = "return !!document.activeElement.closest('dialog[open]')";
    window.until("the focus is in the sheet", inside).await;
    key(window, Key::Escape).await;
    window.until("the sheet is shut", "return !document.querySelector('dialog[open]')").await;
    window.until("the focus is back", "return document.activeElement !== document.body").await;
}

/// The sample, from the welcome.
pub(crate) async fn begin(stage: &Stage) -> Window {
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    tab_to(&window, "main button", "Open the sample library").await;
    key(&window, Key::Enter).await;
    is_at(&window, "", "[data-post]").await;
    window.until("nothing runs any more", "return !document.querySelector('.strip')").await;
    window
}

/// Walks the tree to its first source, and opens it.
pub(crate) async fn to_a_source(window: &Window) {
    go(window, "s", "#/sources", "[role=treeitem]").await;
    window.press("N").await;
    window.until("the tree has the focus", "return !!document.activeElement.closest('[role=treeitem]')").await;
    while window.run("return document.activeElement.hasAttribute('aria-expanded')").await.unwrap() == true {
        key(window, Key::Down).await;
    }
    key(window, Key::Enter).await;
    is_at(window, "#/sources/", ".list [data-post]").await;
}

#[tokio::test]
async fn from_the_welcome_to_a_story_and_to_every_place_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;

    // Today: down, open, why, a page on, back.
    window.press("n").await;
    window.press("n").await;
    window.press("o").await;
    is_at(&window, "#/today/post/", ".story article h1").await;
    window.press("w").await;
    window.see(".story table").await;
    let before = window.run("return document.querySelector('.story .text').scrollTop").await.unwrap().as_f64().unwrap();
    window.press(" ").await;
    let on = format!(
        "const text = document.querySelector('.story .text'); return text.scrollTop > {before} || text.scrollHeight <= text.clientHeight + 1"
    );
    window.until("Space turns the page", &on).await;
    window.press("u").await;
    window.until("the story is shut", "return !document.querySelector('.story')").await;

    // Sources: the tree is walked, a source opened, a story of it read.
    to_a_source(&window).await;
    window.press("j").await;
    is_at(&window, "#/sources/", ".story article h1").await;

    // Search: from anywhere into the field, into what was found, into a post.
    window.press("/").await;
    is_at(&window, "#/search", "#words").await;
    window.until("the field has the focus", "return document.activeElement?.id === 'words'").await;
    write(&window, "jardin").await;
    window.see("main [data-post]").await;
    key(&window, Key::Down).await;
    window.until("one stands on what was found", "return !!document.activeElement.closest('[data-post]')").await;
    key(&window, Key::Enter).await;
    window.see(".story article h1").await;

    // The library, by its keys.
    go(&window, "h", "#/shared", "main nav [aria-current]").await;
    go(&window, "p", "#/past", ".list li").await;
    tab_to(&window, ".list li button", "stor").await;
    key(&window, Key::Enter).await;
    is_at(&window, "#/past/", "[data-post]").await;
    go(&window, "o", "#/left_out", "main [data-post], main .note").await;
    go(&window, "l", "#/starred", "main nav [aria-current]").await;

    // Figures and people.
    go(&window, "r", "#/trends", ".charts svg").await;
    tab_to(&window, ".charts [tabindex=\"0\"]", "").await;
    go(&window, "m", "#/room", "input[type=range]").await;
    go(&window, "c", "#/people", ".note").await;
    window.close().await;
}

#[tokio::test]
async fn sheets_open_and_shut_and_rules_are_made_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;
    window.press("?").await;
    sheet(&window, "kbd").await;
    chord(&window, Key::Control, ',').await;
    sheet(&window, "fieldset").await;

    // An address that is none says so.
    window.press("a").await;
    window.until("the field has the focus", "return document.activeElement.id === 'address'").await;
    write(&window, "two words").await;
    key(&window, Key::Enter).await;
    sheet(&window, ".alarm").await;

    // The palette goes anywhere: to the rules, of which one is made and taken back.
    chord(&window, Key::Control, 'k').await;
    window.see("dialog[open] [role=option]").await;
    write(&window, "your taste").await;
    window
        .until(
            "it is found",
            "return /taste/i.test(document.querySelector('[role=option][aria-selected=true]')?.textContent)",
        )
        .await;
    key(&window, Key::Enter).await;
    is_at(&window, "#/taste", "form .name").await;
    tab_to(&window, "form input.name", "").await;
    write(&window, "lighthouse").await;
    key(&window, Key::Enter).await;
    window
        .until("the rule is there", "return /lighthouse/.test(document.querySelector('main li .shown')?.textContent)")
        .await;
    // It is listed before the page knows that it was kept: what can be undone says so.
    window.see("[role=status] .bar").await;
    tab_to(&window, "main button", "").await;
    chord(&window, Key::Control, 'z').await;
    window.until("it is taken back", "return !document.querySelector('main li .shown')").await;

    // A story is shared.
    go(&window, "t", "#/today", "[data-post]").await;
    window.press("j").await;
    is_at(&window, "#/today/post/", ".story article h1").await;
    chord(&window, Key::Shift, 'S').await;
    sheet(&window, "#share-server").await;
    window.press("u").await;
    window.until("the story is shut", "return !document.querySelector('.story')").await;

    // Several are chosen, starred at once, and that is taken back at once.
    window.press("x").await;
    chord(&window, Key::Shift, char::from(Key::Down)).await;
    window.until("two are chosen", "return document.querySelectorAll('li.picked').length === 2").await;
    window.press("s").await;
    window.until("both are starred", "return /2 posts are starred/.test(document.body.innerText)").await;
    let starred = "return document.querySelectorAll('[data-post] .mark svg').length";
    assert_eq!(window.run(starred).await.unwrap(), 2);
    chord(&window, Key::Control, 'z').await;
    window.until("neither is", "return document.querySelectorAll('[data-post] .mark svg').length === 0").await;
    window.close().await;
}
