//! What the reader wants to read, in the real window: weights tried and kept, what was learned taken out, a word muted from
//! the why of a story, more like this, a rule with an end; each taken back.

use fantoccini::key::Key;

use crate::{
    screens,
    stage::{ENGLISH, NOW, Stage, Window},
    stories::undo,
};

async fn go(window: &Window, place: &str) {
    window.run(&format!("location.hash = '{place}'")).await.unwrap();
    window.until(place, &format!("return location.hash === '{place}'")).await;
}

async fn says(window: &Window, pattern: &str) {
    let script = format!("return /{pattern}/.test(document.querySelector('[role=status] .bar span')?.innerText ?? '')");
    window.until(pattern, &script).await;
}

#[tokio::test]
async fn weights_are_tried_kept_and_taken_back() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    go(&window, "#/taste/1").await;
    let slider = window.see("#weight-covered").await;
    let weighs = "document.querySelector('output[for=weight-covered]').innerText";
    assert_eq!(window.run(&format!("return {weighs}")).await.unwrap(), "1.5");
    let right = char::from(Key::Right).to_string();
    slider.send_keys(&right.repeat(10)).await.unwrap();
    window.until("it moves by key", &format!("return {weighs} === '4'")).await;
    window
        .until("what would change is shown", "return document.querySelectorAll('section ol li .title').length > 0")
        .await;
    let summed = window.see(".acts .figures").await.text().await.unwrap();
    assert!(summed.contains("would"), "{summed}");
    // Keeping it is in sight, wherever the page is scrolled to.
    let seen = "const box = document.querySelector('.acts').getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight";
    assert_eq!(window.run(seen).await.unwrap(), true);
    window.push("Keep these weights").await;
    says(&window, "The weights hold").await;
    undo(&window).await;
    window.until("they are as they were", &format!("return {weighs} === '1.5'")).await;

    window.push("News first").await;
    window.push("Keep these weights").await;
    let chosen = "return document.querySelector('.presets [aria-pressed=true]')?.innerText";
    window
        .until(
            "the preset holds",
            &format!("{chosen} === 'News first' && document.querySelector('.acts .strong').disabled"),
        )
        .await;
    undo(&window).await;
    window.until("the usual one is back", &format!("{chosen} === 'Balanced'")).await;
    window.close().await;
}

#[tokio::test]
async fn what_was_learned_is_taken_out_and_let_in_again() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    screens::star_some(&window).await;
    go(&window, "#/taste/2").await;
    let first = window.see(".columns li .shown").await.text().await.unwrap();
    window.see(".columns li button").await.click().await.unwrap();
    says(&window, "was taken out").await;
    let out =
        format!("return [...document.querySelectorAll('.removed .shown')].some((one) => one.innerText === '{first}')");
    window.until("it stands among what was taken out", &out).await;
    undo(&window).await;
    window.until("it is learned again", "return !document.querySelector('.removed')").await;
    window.close().await;
}

#[tokio::test]
async fn a_word_is_muted_from_the_why_of_a_story_which_goes_and_comes_back() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    window.press("j").await;
    window.see(".story article h1").await;
    window.press("w").await;
    window.find("//section//li[.//select]//button[normalize-space(.)='None']").await.click().await.unwrap();
    says(&window, "^From the next digest on: nothing of .+ This story is skipped\\.$").await;
    let row = "document.querySelector('main [data-post]')";
    window
        .until("the story is let go", &format!("return {row}.matches('.done') && {row}.innerText.includes('skipped')"))
        .await;
    undo(&window).await;
    window.until("it is as it was", &format!("return !{row}.innerText.includes('skipped')")).await;
    window.until("and so is the rule", "return !document.querySelector('.wishes [aria-pressed=true]')").await;

    // More like this, by key and back by mouse.
    window.press("+").await;
    says(&window, "^From the next digest on: more of ").await;
    let pressed = "return document.querySelector('.likes [aria-pressed=true]')?.innerText";
    window.until("it is pressed", &format!("{pressed} === 'More like this'")).await;
    undo(&window).await;
    window.until("it is not", &format!("{pressed} === undefined")).await;
    window.close().await;
}

#[tokio::test]
async fn a_rule_with_an_end_says_until_when_and_is_taken_back() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    go(&window, "#/taste").await;
    window.see("form input.name").await.send_keys("lottery").await.unwrap();
    window.push("Set a day").await;
    let date = "const field = document.querySelector('form input[type=date]'); field.value = '2026-12-24'; field.dispatchEvent(new Event('change', { bubbles: true }))";
    window.run(date).await.unwrap();
    window.push("Add the rule").await;
    let said = "return [...document.querySelectorAll('main li')].some((row) => /lottery/.test(row.innerText) && /until Thursday,?\\s24\\sDecember\\s2026/.test(row.innerText))";
    window.until("it says until when", said).await;
    undo(&window).await;
    window.until("it is gone", "return !/lottery/.test(document.querySelector('main').innerText)").await;
    window.close().await;
}
