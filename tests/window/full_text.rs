//! The full text of a story, by key: fetched and shown in the feed's place, legible in a narrow window, back to the feed's
//! text; and a word where it cannot be had.

use std::collections::BTreeMap;

use crate::{
    axe,
    host::Host,
    screens,
    stage::{ENGLISH, NOW, Setting, Stage, Window},
};

/// Everything that is hard to fit: long code, a wide table, nested lists, notes, indexes, an address without a blank.
const HARD: &str = include_str!("hard.html");

/// The narrowest window that there is.
const NARROW: (u32, u32) = (480, 900);

fn host() -> Host {
    Host::serve(|port| {
        let item = |name: &str, title: &str, hour: u32| {
            format!(
                "<item><title>{title}</title><link>http://127.0.0.1:{port}/{name}</link><guid>{name}</guid>\
                 <pubDate>Mon, 23 Nov 2026 0{hour}:10:00 GMT</pubDate>\
                 <description>Only the beginning of it, as so many feeds give it.</description></item>"
            )
        };
        let items = item("hard", "How the tide is counted", 5) + &item("away", "A page that went away", 4);
        let feed = format!(
            "<rss version=\"2.0\"><channel><title>The tide</title><link>http://127.0.0.1:{port}/</link>{items}</channel></rss>"
        );
        BTreeMap::from([("/feed.xml".to_owned(), feed.into_bytes()), ("/hard".to_owned(), HARD.as_bytes().to_vec())])
    })
}

async fn opened(stage: &Stage, host: &Host) -> Window {
    let list = format!(
        "<opml version=\"2.0\"><body><outline type=\"rss\" text=\"The tide\" xmlUrl=\"http://127.0.0.1:{}/feed.xml\"/></body></opml>",
        host.port
    );
    let list = stage.file("tide.opml", &list);
    let window = stage.open(&["--library", &stage.library(), "--now", NOW, list.to_str().unwrap()]).await;
    window.see("dialog[open] button.strong").await.click().await.unwrap();
    screens::whole(&window).await;
    window
}

async fn open(window: &Window, title: &str) {
    let click = format!(
        "[...document.querySelectorAll('[data-post] .headline')].find((line) => line.textContent.includes('{title}')).click()"
    );
    window.run(&click).await.unwrap();
    let head = format!("return document.querySelector('.story article h1')?.textContent.includes('{title}')");
    window.until("the story opens", &head).await;
}

const SHOWN: &str = "return document.querySelector('.story .body')?.textContent.includes('nine metres of water')";
const FEEDS: &str = "return document.querySelector('.story .body')?.textContent.includes('Only the beginning')";

async fn journey(setting: Setting) {
    let (stage, host, axe) = (Stage::set(setting).await, host(), axe::script());
    stage.remember_size(NARROW.0, NARROW.1);
    let window = opened(&stage, &host).await;
    open(&window, "How the tide").await;
    window.until("the text of the feed is there", FEEDS).await;
    let short = window.run("return document.querySelector('.story .by').textContent").await.unwrap();
    window.press("f").await;
    window.until("the full text is there", SHOWN).await;
    let long = window.run("return document.querySelector('.story .by').textContent").await.unwrap();
    assert_ne!(short, long, "the reading time is that of the text shown");
    let mut offences = Vec::new();
    axe::check(&window, &axe, "full text", &mut offences).await;
    let wide = "const text = document.querySelector('.story .text'); const edge = text.getBoundingClientRect().right;
        const out = [...text.querySelectorAll('.body *')].filter((each) => !each.parentElement.closest('.wide') && each.getBoundingClientRect().right > edge + 1);
        return [text.scrollWidth <= text.clientWidth, document.documentElement.scrollWidth <= innerWidth, out.map((each) => each.tagName)]";
    assert_eq!(
        window.run(wide).await.unwrap(),
        serde_json::json!([true, true, []]),
        "something is wider than the window"
    );
    let kept = "return ['pre code', 'table td', 'figure figcaption', 'li li', 'sup', 'sub', 'blockquote'].filter((each) => !document.querySelector(`.story .body ${each}`))";
    assert_eq!(window.run(kept).await.unwrap(), serde_json::json!([]), "something of the page is missing");
    if let Some(folder) = std::env::var_os("PEPITES_SHOTS") {
        let name = if setting.dark { "full-dark" } else { "full-light" };
        let folder = std::path::PathBuf::from(folder);
        window.picture(&folder.join(format!("{name}-1.png"))).await;
        window.run("document.querySelector('.story .text').scrollTop = 900").await.unwrap();
        window.picture(&folder.join(format!("{name}-2.png"))).await;
    }
    // Back to the feed's text, and there again when the story is opened anew.
    window.press("f").await;
    window.until("the text of the feed is back", FEEDS).await;
    window.press("f").await;
    window.until("the full text is back", SHOWN).await;
    window.press("u").await;
    window.until("the story closes", "return !document.querySelector('.story')").await;
    open(&window, "A page that went").await;
    window.press("f").await;
    let word = "return /nothing|not there|no such|404|found/i.test([...document.querySelectorAll('.story [role=status]')].map((each) => each.textContent).join())";
    window.until("why there is none is said", word).await;
    window.until("the text of the feed is still there", FEEDS).await;
    axe::check(&window, &axe, "no full text", &mut offences).await;
    window.press("u").await;
    window.until("the story closes", "return !document.querySelector('.story')").await;
    open(&window, "How the tide").await;
    window.until("it is opened as it was left", SHOWN).await;
    assert_eq!(offences, Vec::<String>::new());
    window.close().await;
}

#[tokio::test]
async fn the_full_text_of_a_story_is_a_key_away_and_fits_the_narrowest_window() {
    journey(ENGLISH).await;
}

#[tokio::test]
async fn the_full_text_of_a_story_is_a_key_away_in_french_and_in_the_dark() {
    journey(Setting { language: "fr_FR.UTF-8", dark: true }).await;
}
