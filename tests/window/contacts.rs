//! People of an address book in the real window: the funnel on the made-up world, one followed, one refused, each taken back;
//! and a table that no program wrote, whose columns the reader names.

use crate::{
    axe, screens,
    stage::{ENGLISH, NOW, Setting, Stage, Window},
};

/// Presses the button of that text or name.
fn press(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.innerText).trim().startsWith('{name}')).click()"
    )
}

async fn reads(window: &Window, words: &str) {
    let script = format!("return document.body.innerText.replace(/\\s+/g, ' ').includes('{words}')");
    window.until(words, &script).await;
}

/// Takes the last act back, by its button in the bar.
async fn undo(window: &Window) {
    window.see("[role=status] .bar button").await.click().await.unwrap();
    window.until("the bar is gone", "return document.querySelector('[role=status] .bar') === null").await;
}

#[tokio::test]
async fn of_426_people_150_are_found_on_the_made_up_world_and_the_reader_has_the_last_word() {
    let stage = Stage::set(ENGLISH).await;
    let (script, mut offences) = (axe::script(), Vec::new());
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("(//section[.//h1[.='Pépites']]//button)[3]").await.click().await.unwrap();
    screens::whole(&window).await;
    window.until("nothing runs any more", "return !document.querySelector('.strip')").await;
    window.press("g").await;
    window.press("c").await;
    window.push("Try it with a made-up address book").await;
    reads(&window, "426 new people are among your contacts.").await;
    axe::check(&window, &script, "an address book is in", &mut offences).await;
    window.push("See them").await;
    reads(&window, "426 people. Nobody has been looked for yet.").await;
    // Only the first two stages are on until the reader says otherwise.
    let on = "return [...document.querySelectorAll('[role=switch]')].map((one) => one.checked).join()";
    assert_eq!(window.run(on).await.unwrap(), "true,true,false,false,false,false");
    for place in 2..6 {
        window.run(&format!("document.querySelectorAll('[role=switch]')[{place}].click()")).await.unwrap();
    }
    axe::check(&window, &script, "the funnel before", &mut offences).await;
    window.push("Look for them").await;
    reads(&window, "Of 426 people, 150 can be followed, ").await;
    reads(&window, "requests were sent.").await;
    reads(&window, "Nothing is left to ask at the stages that are switched on.").await;
    axe::check(&window, &script, "the funnel after", &mut offences).await;

    // One is followed by a key, and taken back.
    let rows = "return document.querySelectorAll('main ol > li').length > 0";
    window.until("people are listed", rows).await;
    window.press("j").await;
    window.see(".person h1").await;
    let acts = "return [...document.querySelectorAll('.person .acts button')].map((one) => one.innerText).join()";
    window.until("there is something to follow", &format!("{acts}.includes('Follow')")).await;
    axe::check(&window, &script, "somebody", &mut offences).await;
    window.press("s").await;
    reads(&window, "is followed now.").await;
    window.until("it is told", "return /Followed: 1/.test(document.body.innerText)").await;
    undo(&window).await;
    window.until("it is taken back", "return /Followed: 0/.test(document.body.innerText)").await;

    // Of those to confirm one is refused, and taken back.
    window.press("\u{e00c}").await;
    window.run(&press("To confirm")).await.unwrap();
    window
        .until(
            "those to confirm",
            "return document.querySelector('[aria-pressed=true]')?.innerText.startsWith('To confirm')",
        )
        .await;
    let unsure = "return (document.querySelector('main ol .sure')?.innerText.trim() ?? 'Sure') !== 'Sure'";
    window.until("they are listed", unsure).await;
    window.press("j").await;
    window.see(".person h1").await;
    window.until("it may be theirs", &format!("{acts}.includes('Not this person')")).await;
    window.run(&press("Not this person")).await.unwrap();
    reads(&window, "will not be offered again").await;
    window.until("it is told", "return /Refused: 1/.test(document.body.innerText)").await;
    undo(&window).await;
    window.until("it may be theirs again", "return /Refused: 0/.test(document.body.innerText)").await;
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    window.close().await;
}

#[tokio::test]
async fn a_table_that_no_program_wrote_is_read_as_the_reader_says() {
    let stage = Stage::set(Setting { dark: true, ..ENGLISH }).await;
    let (script, mut offences) = (axe::script(), Vec::new());
    let table = "Kto;Gdzie;Kiedy\nAda Byron;ada@byron.example;1843\nBo Lighthouse;bo@gmail.com;\n";
    let file = stage.file("znajomi.csv", table);
    let window = stage.open(&["--library", &stage.library(), "--now", NOW, file.to_str().unwrap()]).await;
    reads(&window, "What the columns of znajomi.csv hold").await;
    let guessed = "return [...document.querySelectorAll('dialog select')].map((one) => one.value).join()";
    assert_eq!(window.run(guessed).await.unwrap(), "name,email,other");
    axe::check(&window, &script, "the columns", &mut offences).await;
    window.push("Add these people").await;
    reads(&window, "2 new people are among your contacts.").await;
    window.push("See them").await;
    window.until("both are listed", "return document.querySelectorAll('main ol > li').length === 2").await;
    axe::check(&window, &script, "a short list", &mut offences).await;
    // Nobody was asked anything, and the terminal sees the same people.
    let seen = stage.terminal(&["contacts", "--json"]).output().unwrap();
    let seen: serde_json::Value = serde_json::from_slice(&seen.stdout).unwrap();
    assert_eq!((&seen["people"], &seen["stages"][0]["asked"]), (&2.into(), &0.into()), "{seen}");
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    window.close().await;
}
