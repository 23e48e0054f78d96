//! Trends and making room in the real window: what was done is counted as what it was, charts by keyboard, as tables and
//! as files, a source thinned and a plan applied, each taken back as one step.

use serde_json::json;

use crate::{
    axe, pictures, screens, sources,
    stage::{ENGLISH, NOW, Setting, Stage, Window},
    stories::ask,
};

/// Thirty-one days before.
const A_MONTH_AGO: &str = "2026-10-23T09:00:00Z";

/// Presses the button of that text or name, once it is there.
async fn push(window: &Window, name: &str) {
    let press = format!(
        "const found = [...document.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.innerText).trim().startsWith('{name}')); found?.click(); return found !== undefined"
    );
    window.until(name, &press).await;
}

/// Goes where two keys lead.
async fn go(window: &Window, key: &str) {
    window.press("g").await;
    window.press(key).await;
}

/// Waits until the page says that; asks for its figures anew meanwhile.
async fn counted(window: &Window, words: &str) {
    let script = format!(
        "if (document.querySelector('.page')?.innerText.includes('{words}')) return true;
         document.querySelector('header .choice [aria-pressed=true]')?.click(); return false"
    );
    window.until(words, &script).await;
}

const STOOD: &str = "return document.activeElement?.getAttribute('role') === 'slider' && document.activeElement.getAttribute('aria-valuetext')";

#[tokio::test]
async fn trends_count_what_was_done_and_room_is_made_and_given_back() {
    let stage = Stage::set(ENGLISH).await;
    let script = axe::script();
    let mut offences = Vec::new();
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.push("Open the sample library").await;
    window.see("[data-post]").await;
    window.until("nothing runs any more", "return !document.querySelector('.strip')").await;

    // One is opened and its address taken along, three are passed by.
    window.press("j").await;
    window.see(".story article h1").await;
    window.press("S").await;
    window.push("Copy the link").await;
    window.until("copied", "return /Copied\\./.test(document.querySelector('dialog[open]')?.innerText ?? '')").await;
    window.press("\u{e00c}").await;
    window.until("the sheet is gone", "return !document.querySelector('dialog[open]')").await;
    window.press("u").await;
    for _ in 0..4 {
        window.press("n").await;
    }
    go(&window, "r").await;
    window.see(".charts svg").await;
    counted(&window, "1 opened").await;
    counted(&window, "1 shared").await;
    counted(&window, "3 passed by").await;
    axe::check(&window, &script, "trends", &mut offences).await;

    // Every chart by keyboard, in the words that the mouse reads.
    let charts = window.run("return document.querySelectorAll('.charts [role=slider]').length").await.unwrap();
    assert_eq!(charts.as_u64(), Some(3), "volume, hours, relays");
    for chart in 0..3 {
        window.run(&format!("document.querySelectorAll('.charts [role=slider]')[{chart}].focus()")).await.unwrap();
        window.press("\u{e011}").await; // Home
        let first = window.until("a place", STOOD).await;
        window.press("\u{e014}").await; // right
        let moved = format!("{STOOD} !== {first} && document.activeElement.getAttribute('aria-valuenow') === '1'");
        window.until("the next place", &moved).await;
    }
    push(&window, "Minutes").await;
    window
        .until(
            "in minutes",
            "return /minutes of reading a day/.test(document.querySelector('figcaption h2').innerText)",
        )
        .await;
    push(&window, "Table").await;
    window.see("figure .table tbody th").await;
    axe::check(&window, &script, "a chart as a table", &mut offences).await;
    push(&window, "Table").await;

    push(&window, "PNG").await;
    let target = stage.path("home/volume.png");
    sources::answer(&stage, &window, "Save", target.to_str().unwrap()).await;
    window.until("it says where", "return /Saved to .*volume\\.png/.test(document.body.innerText)").await;
    let saved = std::fs::read(&target).unwrap();
    // A picture of one colour is a tenth of that.
    assert!(saved.starts_with(b"\x89PNG\r\n\x1a\n") && saved.len() > 10_000, "{} bytes", saved.len());

    // The loudest is muted with the one after it, as one step.
    let muted =
        "return [...document.querySelectorAll('tbody .mode')].filter((mode) => /muted/i.test(mode.innerText)).length";
    window.run("document.querySelectorAll('.sources tbody input')[0].click(); document.querySelectorAll('.sources tbody input')[1].click()").await.unwrap();
    push(&window, "Mute").await;
    window.until("two muted", &format!("{muted} === 2")).await;
    push(&window, "Undo").await;
    go(&window, "t").await;
    go(&window, "r").await;
    window.see(".sources tbody tr").await;
    window.until("none muted", &format!("{muted} === 0")).await;

    // Room is made as one step and given back as one.
    go(&window, "m").await;
    window.see(".step").await;
    axe::check(&window, &script, "room", &mut offences).await;
    let first = window.run("return document.querySelector('.step label').innerText").await.unwrap();
    assert_eq!(first, "Linotte Support Forum");
    let named = window.run("return document.querySelectorAll('.step details button').length").await.unwrap();
    assert!(named.as_u64().unwrap() > 0, "its nuggets are named");
    let now = "return document.querySelector('header p').innerText";
    let before = window.run(now).await.unwrap();
    push(&window, "Change ").await;
    window.until("less comes", &format!("{now} !== {before}")).await;
    window.until("the plan holds", "return /Plans under way/.test(document.body.innerText)").await;
    push(&window, "Undo").await;
    window.until("all comes again", &format!("{now} === {before}")).await;
    assert_eq!(offences, Vec::<String>::new());
    window.close().await;
}

/// A plan that thinned one source and left another, told thirty days later in this language.
async fn told(setting: Setting, name: &str, left: &str, unknown: &str) {
    let stage = Stage::set(setting).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    screens::open_sample(&window).await;
    window.close().await;
    // The same library, as if it had been read a month ago.
    let library = format!("{}/sample", stage.library());
    let window = stage.open(&["--library", &library, "--now", A_MONTH_AGO]).await;
    window.see("nav").await;
    let sources = ask(&window, "sources", json!(null)).await;
    let of = |title: &str| {
        let all = sources.as_array().unwrap();
        all.iter().find(|source| source["title"].as_str().is_some_and(|known| known.contains(title))).unwrap()["id"]
            .clone()
    };
    let changes = json!([
        { "source": of("Linotte Support Forum"), "change": { "thin": "nuggets" } },
        { "source": of("Planet Shavings"), "change": "leave" },
    ]);
    ask(&window, "apply_room", json!({ "changes": changes, "noted": true })).await;
    window.close().await;
    let window = stage.open(&["--library", &library, "--now", NOW]).await;
    window.see("nav").await;
    window.run("location.hash = '#/trends'").await.unwrap();
    window.see(".due button").await;
    let script = axe::script();
    let mut offences = Vec::new();
    axe::check(&window, &script, "a plan is due", &mut offences).await;
    if let Some(folder) = pictures::folder_of_looks() {
        window.picture(&folder.join(format!("due-{name}.png"))).await;
    }
    window.see(".due button").await.click().await.unwrap();
    window.see(".note p").await;
    let note = window.run("return document.querySelector('.note').innerText").await.unwrap();
    let note = note.as_str().unwrap();
    assert!(note.contains("Linotte Support Forum") && note.contains(left) && note.contains(unknown), "{note}");
    axe::check(&window, &script, "a note", &mut offences).await;
    if let Some(folder) = pictures::folder_of_looks() {
        window.picture(&folder.join(format!("note-{name}.png"))).await;
    }
    assert_eq!(offences, Vec::<String>::new());
    window.run("document.querySelector('.note .acts button:last-child').click()").await.unwrap();
    window.until("it was told", "return !document.querySelector('.note')").await;
    window.close().await;
}

#[tokio::test]
async fn thirty_days_later_a_plan_says_what_it_freed_and_what_is_not_known() {
    told(ENGLISH, "en-light", "Planet Shavings", "What was told there since is not known").await;
    told(Setting { language: "fr_FR.UTF-8", dark: true }, "fr-dark", "Planet Shavings", "On ne sait pas ce qui").await;
}
