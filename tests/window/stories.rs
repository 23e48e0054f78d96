//! A story that several tell, by a reader with keyboard and mouse: who tells it, what each adds, why they are together; read
//! once, brought back one at a time; parted and joined, each taken back.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::{
    screens,
    stage::{ENGLISH, NOW, Stage, Window},
};

/// The titles of those who tell it too, as they stand in the notes.
const TITLES: &str =
    "return [...document.querySelectorAll('aside [data-telling] .title')].map((line) => line.textContent.trim())";

/// Asks the engine, as the page does.
pub(crate) async fn ask(window: &Window, name: &str, what: Value) -> Value {
    let script = "const [name, ask, done] = arguments; __TAURI_INTERNALS__.invoke('call', { name, ask }).then(done, (problem) => done({ problem }))";
    let answer = window.client.execute_async(script, vec![json!(name), what]).await.unwrap();
    assert!(answer.get("problem").is_none(), "{name}: {answer}");
    answer
}

/// Presses the offer to undo.
pub(crate) async fn undo(window: &Window) {
    window.see("[role=status] .bar button").await.click().await.unwrap();
    window.until("the bar is gone", "return !document.querySelector('[role=status] .bar')").await;
}

async fn tellings(window: &Window, count: usize) {
    let script = format!("{TITLES}.length === {count}");
    window.until(&format!("{count} others tell it"), &script).await;
}

/// The tellings of a story but the one of that post, first to last.
async fn others(window: &Window, post: u64) -> Vec<Value> {
    let story = ask(window, "story", json!(post)).await;
    let lines = |telling: &Value| {
        let also = telling["also"].as_array().unwrap().iter().cloned();
        std::iter::once(telling["line"].clone()).chain(also).collect::<Vec<_>>()
    };
    let all = story["tellings"].as_array().unwrap().iter().map(lines);
    all.filter(|lines| lines.iter().all(|line| line["post"] != post)).map(|lines| lines[0].clone()).collect()
}

#[tokio::test]
async fn a_story_is_read_once_however_many_tell_it() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    let told = "//section[contains(@class, 'covered')]//li[@data-post][.//button[contains(@class, 'fold')]]";
    let row = window.find(told).await;
    let post: u64 = row.attr("data-post").await.unwrap().unwrap().parse().unwrap();
    window.find(&format!("{told}//button[contains(@class, 'headline')]")).await.click().await.unwrap();
    window.see(".story article h1").await;

    // Who else tells it, in the order of time, and what each adds.
    let known = others(&window, post).await;
    assert!(known.len() > 1, "{known:?}");
    tellings(&window, known.len()).await;
    let times: Vec<_> = known.iter().map(|line| line["published"].as_i64().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let titles = window.run(TITLES).await.unwrap();
    let expected: Vec<_> = known.iter().map(|line| line["title"].as_str().unwrap().replace('\u{a0}', " ")).collect();
    let shown: Vec<_> =
        titles.as_array().unwrap().iter().map(|title| title.as_str().unwrap().replace('\u{a0}', " ")).collect();
    assert_eq!(shown, expected);
    window.see("aside [data-telling] .adds mark").await;
    window.see("aside li[data-telling]:has(> .telling .title) > .ask").await.click().await.unwrap();
    window
        .until(
            "why they are together is said",
            "return /^One story: .+\\.$/.test(document.querySelector('aside .why p')?.innerText ?? '')",
        )
        .await;

    // It was read: the others stay down, and one that is brought back is back alone.
    let down = known.iter().filter(|line| line["marks"]["relay"] == true && line["marks"]["read"] == false).count();
    assert_eq!(down, known.len(), "{known:?}");
    let (one, title) = (&known[0]["post"], known[0]["title"].as_str().unwrap());
    let words: Vec<_> = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 3).collect();
    window.run(&format!("location.hash = '#/search?q={}'", words.join("+"))).await.unwrap();
    let at = format!("document.querySelector('.list [data-post=\"{one}\"]')");
    window
        .until("it says why it is down", &format!("return {at}?.textContent.includes('told by another that you read')"))
        .await;
    window.run("document.activeElement.blur()").await.unwrap();
    window.press("n").await;
    for _ in 0..200 {
        if window.run(&format!("return {at}.querySelector('[aria-current=true]') !== null")).await.unwrap() == true {
            break;
        }
        window.press("n").await;
    }
    window.press("m").await;
    window
        .until("it is back", &format!("return !{at}.textContent.includes('told by another') && !{at}.matches('.done')"))
        .await;
    window
        .until(
            "and says so",
            "return /is back\\.$/m.test(document.querySelector('[role=status] .bar span')?.innerText ?? '')",
        )
        .await;
    let after = others(&window, post).await;
    let down: Vec<_> = after.iter().filter(|line| line["marks"]["relay"] == true).map(|line| &line["post"]).collect();
    assert_eq!(down.len(), known.len() - 1);
    assert!(!down.contains(&one));
    window.close().await;
}

#[tokio::test]
async fn two_posts_are_parted_and_joined_by_key_and_by_mouse_and_each_is_taken_back() {
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::open_sample(&window).await;
    let told = "//section[contains(@class, 'covered')]//li[@data-post][.//button[contains(@class, 'fold')]]";
    let post: u64 = window.find(told).await.attr("data-post").await.unwrap().unwrap().parse().unwrap();
    window.find(&format!("{told}//button[contains(@class, 'headline')]")).await.click().await.unwrap();
    window.see(".story article h1").await;
    let count = others(&window, post).await.len();
    tellings(&window, count).await;

    // By mouse, taken back in the bar.
    window.see("aside li[data-telling]:has(> .telling .title) > .ask").await.click().await.unwrap();
    window.push("This one does not belong here").await;
    tellings(&window, count - 1).await;
    undo(&window).await;
    tellings(&window, count).await;

    // By key, taken back by key.
    window
        .run("document.querySelector('aside li[data-telling]:has(> .telling .title) > .telling').focus()")
        .await
        .unwrap();
    window.press("d").await;
    tellings(&window, count - 1).await;
    window.until("it is said", "return /is a story of its own\\.$/.test(document.querySelector('[role=status] .bar span')?.innerText ?? '')").await;
    let control = format!("{}z{}", char::from(Key::Control), char::from(Key::Null));
    window.see("body").await.send_keys(&control).await.unwrap();
    tellings(&window, count).await;

    // Another belongs to it.
    window.press("b").await;
    window.see("#join-words").await.send_keys("jardin").await.unwrap();
    window.see("dialog .hit").await.click().await.unwrap();
    window
        .until(
            "why they are two is said",
            "return /^Two stories: /.test(document.querySelector('dialog .why')?.innerText ?? '')",
        )
        .await;
    window.push("They belong together").await;
    window.until("the sheet is gone", "return !document.querySelector('dialog[open]')").await;
    window
        .until("more tell it", &format!("return document.querySelectorAll('aside [data-telling]').length > {count}"))
        .await;
    undo(&window).await;
    tellings(&window, count).await;
    window.close().await;
}
