//! What one does on each screen, by the keyboard alone: every page of the settings, a story over the whole window, a source,
//! people, what is kept, what was left out, figures, a plan, a search that is kept, the doors of an empty library.

use fantoccini::key::Key;

use crate::{
    keyboard::{begin, chord, go, is_at, key, sheet, tab_to, to_a_source, write},
    keyboard_sheets::by_name,
    stage::{ENGLISH, NOW, Stage, Window},
};

/// Waits until the page says so, blanks aside.
async fn says(window: &Window, words: &str) {
    let script = format!("return document.body.innerText.replace(/\\s+/g, ' ').includes('{words}')");
    window.until(words, &script).await;
}

/// Takes the last act back once it is offered.
async fn take_back(window: &Window) {
    window.see("[role=status] .bar").await;
    chord(window, Key::Control, 'z').await;
}

#[tokio::test]
async fn every_page_of_the_settings_is_reached_and_set_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;
    chord(&window, Key::Control, ',').await;
    window.see("dialog[open] fieldset").await;
    tab_to(&window, "[name=theme]", "").await;
    key(&window, Key::Down).await;
    window
        .until(
            "another theme is chosen",
            "return document.activeElement.closest('fieldset').querySelector('label + label :checked') !== null",
        )
        .await;
    for (page, ready) in [
        ("reading", "#dial-width"),
        ("network", "#patience"),
        ("privacy", ".erase"),
        ("data", ".path"),
        ("keys", "kbd"),
        ("settings", "[name=theme]"),
    ] {
        tab_to(&window, &format!("[data-page={page}]"), "").await;
        key(&window, Key::Enter).await;
        window.until(page, &format!("return !!document.querySelector('dialog[open] {ready}')")).await;
        window.until("the focus is in the sheet", "return !!document.activeElement.closest('dialog[open]')").await;
    }
    tab_to(&window, "[data-page=reading]", "").await;
    key(&window, Key::Enter).await;
    tab_to(&window, "#dial-width", "").await;
    let width = "document.querySelector('#dial-width').value";
    let before = window.run(&format!("return {width}")).await.unwrap();
    key(&window, Key::Right).await;
    window.until("a line is longer", &format!("return {width} !== {before}")).await;
    tab_to(&window, "[data-page=network]", "").await;
    key(&window, Key::Enter).await;
    tab_to(&window, "[type=checkbox]", "").await;
    window.press(" ").await;
    window.until("it is ticked", "return document.activeElement.checked").await;
    tab_to(&window, "[data-page=privacy]", "").await;
    key(&window, Key::Enter).await;
    window.see(".erase button").await;
    tab_to(&window, ".erase button", "").await;
    key(&window, Key::Enter).await;
    // What cannot be undone is asked for once more, where one is.
    says(&window, "This cannot be undone.").await;
    sheet(&window, ".erase").await;
    window.close().await;
}

#[tokio::test]
async fn a_story_over_the_whole_window_is_read_and_left_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    stage.remember_size(480, 800);
    let window = begin(&stage).await;
    window.press("j").await;
    is_at(&window, "#/today/post/", ".story article h1").await;
    let alone = "return [...document.querySelectorAll('main [data-post] .headline')].every((row) => !row.checkVisibility()) && document.querySelector('.story .text').contains(document.activeElement)";
    window.until("the story has the window to itself, and the focus", alone).await;
    let first = window.run("return location.hash").await.unwrap();
    for _ in 0..40 {
        if window.run("return location.hash").await.unwrap() != first {
            break;
        }
        window.press(" ").await;
    }
    window.until("Space goes on to the next", &format!("return location.hash !== {first}")).await;
    key(&window, Key::Escape).await;
    window
        .until(
            "the list is back, the focus at the story that was left",
            "return !document.querySelector('.story') && document.activeElement.matches('[data-post].current .headline')",
        )
        .await;
    window.close().await;
}

#[tokio::test]
async fn a_source_is_thinned_renamed_and_left_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;
    to_a_source(&window).await;
    let head = "document.querySelector('.list header h1').innerText";
    let before = window.run(&format!("return {head}")).await.unwrap();
    tab_to(&window, ".list header summary", "").await;
    key(&window, Key::Enter).await;
    window.until("it is unfolded", "return document.querySelector('.list header details').open").await;
    tab_to(&window, ".how [type=checkbox]", "").await;
    window.press(" ").await;
    says(&window, "told first").await;
    take_back(&window).await;
    window.until("it is told no first", "return !document.querySelector('.how [type=checkbox]').checked").await;
    by_name(&window, "only the nuggets of this source").await;
    says(&window, "nuggets only").await;
    take_back(&window).await;

    tab_to(&window, ".list header .acts button", "Rename").await;
    key(&window, Key::Enter).await;
    window.until("the field has the focus", "return document.activeElement.matches('dialog[open] input')").await;
    chord(&window, Key::Control, 'a').await;
    write(&window, "By hand").await;
    key(&window, Key::Enter).await;
    window.until("it has its new name", &format!("return {head} === 'By hand'")).await;
    take_back(&window).await;
    window.until("it has its old one", &format!("return {head} === {before}")).await;

    tab_to(&window, ".list header .acts button", "Stop following").await;
    key(&window, Key::Enter).await;
    says(&window, "is no longer followed").await;
    window.until("the focus is in the page", "return document.activeElement !== document.body").await;
    take_back(&window).await;
    window
        .until(
            "it is in the tree again",
            &format!("return document.querySelector('[role=tree]').innerText.includes({before})"),
        )
        .await;
    window.close().await;
}

#[tokio::test]
async fn people_are_brought_looked_for_and_followed_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;
    go(&window, "c", "#/people", ".note").await;
    tab_to(&window, "main .note button", "Try it").await;
    key(&window, Key::Enter).await;
    says(&window, "426 new people are among your contacts.").await;
    tab_to(&window, "dialog[open] button", "See them").await;
    key(&window, Key::Enter).await;
    window.see("main ol > li").await;
    tab_to(&window, "main button", "Look for them").await;
    key(&window, Key::Enter).await;
    says(&window, "Nothing is left to ask at the stages that are switched on.").await;
    window.until("the focus is in the page", "return document.activeElement !== document.body").await;
    tab_to(&window, "main button", "Can be followed").await;
    key(&window, Key::Enter).await;
    window.until("those are listed", "return /^Can be followed/.test(document.querySelector('[aria-pressed=true]').innerText) && !!document.querySelector('main ol > li')").await;
    window.press("j").await;
    window.see(".person .acts button").await;
    window.press("s").await;
    says(&window, "is followed now.").await;
    take_back(&window).await;
    says(&window, "Followed: 0").await;
    window.close().await;
}

#[tokio::test]
async fn what_is_kept_shared_and_left_out_is_settled_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;
    window.press("j").await;
    is_at(&window, "#/today/post/", ".story article h1").await;
    window.press("s").await;
    says(&window, "is starred.").await;
    chord(&window, Key::Shift, 'S').await;
    window.see("dialog[open] #share-server").await;
    tab_to(&window, "dialog[open] button", "Copy the link").await;
    key(&window, Key::Enter).await;
    says(&window, "opied").await;
    sheet(&window, "#share-server").await;
    go(&window, "h", "#/shared", "main [data-post]").await;
    go(&window, "l", "#/starred", "main [data-post]").await;
    window.press("n").await;
    window.press("s").await;
    says(&window, "has lost its star.").await;
    take_back(&window).await;
    window
        .until(
            "its star is back",
            "return /starred/.test(document.querySelector('main [data-post] .from').textContent)",
        )
        .await;
    // From tab to tab of what is kept.
    tab_to(&window, "main nav a, main nav button", "Past digests").await;
    key(&window, Key::Enter).await;
    is_at(&window, "#/past", ".list li").await;

    go(&window, "o", "#/left_out", "main [data-post]").await;
    tab_to(&window, "main [data-post] button", "Tomorrow").await;
    key(&window, Key::Enter).await;
    window
        .until("it waits for tomorrow", "return document.activeElement.getAttribute('aria-pressed') === 'true'")
        .await;
    take_back(&window).await;
    window.until("it does not", "return !document.querySelector('main [data-post] button[aria-pressed=true]')").await;
    window.close().await;
}

#[tokio::test]
async fn figures_are_walked_and_room_is_made_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;
    go(&window, "r", "#/trends", ".charts svg").await;
    tab_to(&window, "main button", "90 days").await;
    key(&window, Key::Enter).await;
    says(&window, "over 90 days").await;
    window.see(".charts svg").await;
    tab_to(&window, ".charts [tabindex=\"0\"]", "").await;
    let told = "document.activeElement.getAttribute('aria-valuetext')";
    key(&window, Key::Left).await;
    window.until("the day that is stood on is told", &format!("return /\\d post/.test({told})")).await;
    let before = window.run(&format!("return {told}")).await.unwrap();
    key(&window, Key::Left).await;
    window.until("and the one before", &format!("return {told} !== {before}")).await;

    go(&window, "m", "#/room", ".step").await;
    tab_to(&window, "main button.strong", "Change").await;
    key(&window, Key::Enter).await;
    says(&window, "Plans under way").await;
    window.until("the focus is in the page", "return document.activeElement !== document.body").await;
    take_back(&window).await;
    window.until("none is", "return !/Plans under way/.test(document.body.innerText)").await;
    window.close().await;
}

#[tokio::test]
async fn a_search_is_kept_and_found_again_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = begin(&stage).await;
    window.press("/").await;
    window.until("the field has the focus", "return document.activeElement?.id === 'words'").await;
    write(&window, "jardin lang:fr").await;
    window.see("main [data-post]").await;
    tab_to(&window, "main button", "Keep this search").await;
    key(&window, Key::Enter).await;
    says(&window, "is kept.").await;
    window.until("the focus is in the page", "return document.activeElement !== document.body").await;
    go(&window, "t", "#/today", "[data-post]").await;
    chord(&window, Key::Control, 'k').await;
    window.see("dialog[open] [role=option]").await;
    write(&window, "jardin lang:fr").await;
    let kept = "return /kept search/.test(document.querySelector('[role=option][aria-selected=true]')?.textContent)";
    window.until("the kept search is found", kept).await;
    key(&window, Key::Enter).await;
    is_at(&window, "#/search", "main [data-post]").await;
    window.close().await;
}

#[tokio::test]
async fn the_doors_of_an_empty_library_are_opened_by_keys_alone() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    tab_to(&window, "main button", "Add a source").await;
    key(&window, Key::Enter).await;
    sheet(&window, "#address").await;
    window
        .until("the focus is back at the door", "return document.activeElement.textContent.includes('Add a source')")
        .await;
    window.press("?").await;
    sheet(&window, "kbd").await;
    tab_to(&window, "main button", "address book").await;
    key(&window, Key::Enter).await;
    is_at(&window, "#/people", ".note").await;
    tab_to(&window, "nav a, nav button", "Today").await;
    key(&window, Key::Enter).await;
    window.find("//h1[.='Pépites']").await;
    window.close().await;
}
