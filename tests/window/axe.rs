//! Every screen, in light and dark, in French and English, at 100 % and at 200 %: axe finds nothing to complain of, and
//! nothing has to be scrolled sideways.

use std::path::Path;

use serde_json::Value;

use crate::{
    host::Host,
    pictures,
    screens::{self, SCREENS},
    stage::{ENGLISH, NOW, Setting, Stage, Window},
};

/// What 1,280 × 800 shows at 200 %.
const ZOOMED: (u32, u32) = (640, 400);

/// A window beside another, and a large screen.
const NARROW: (u32, u32) = (800, 900);
const LARGE: (u32, u32) = (2560, 1400);

/// What axe found wrong, one line each.
pub(crate) async fn check(window: &Window, axe: &str, screen: &str, offences: &mut Vec<String>) {
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document, { resultTypes: ['violations'] }).then(
            ({ passes, violations }) => done(passes.length < 10 ? [`axe looked at ${passes.length} rules only`] : violations.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target} ${node.failureSummary}`))),
            (error) => done([`axe: ${error}`]))";
    window.run(&format!("if (!globalThis.axe) {{ {axe} }}")).await.unwrap();
    let found = window.client.execute_async(run, Vec::new()).await.unwrap();
    let Value::Array(found) = found else { panic!("{found}") };
    offences.extend(found.iter().map(|line| format!("{screen}: {}", line.as_str().unwrap_or_default())));
    let wide = window.run("return document.documentElement.scrollWidth - innerWidth").await.unwrap();
    if wide.as_i64().is_none_or(|pixels| pixels > 0) {
        offences.push(format!("{screen}: {wide} px wider than the window"));
    }
}

/// What looks, to be put into the page.
pub(crate) fn script() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(path).expect("ui/node_modules is missing: `make test` installs it")
}

async fn screens(setting: Setting, size: Option<(u32, u32)>) {
    let axe = script();
    let stage = Stage::set(setting).await;
    if let Some((width, height)) = size {
        stage.remember_size(width, height);
    }
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    let mut offences = Vec::new();
    if let Some((width, _)) = size {
        window.until("the window has its size", &format!("return innerWidth === {width}")).await;
    }
    let dark = window.run("return matchMedia('(prefers-color-scheme: dark)').matches").await.unwrap();
    assert_eq!(dark, setting.dark, "the desktop's colours arrive in the window");
    window.find("//h1[.='Pépites']").await;
    let language = window.run("return document.documentElement.lang").await.unwrap();
    assert_eq!(language.as_str(), setting.language.split('_').next(), "the desktop's language arrives in the window");
    check(&window, &axe, "welcome", &mut offences).await;
    screens::open_sample(&window).await;
    screens::star_some(&window).await;
    screens::meet_people(&window).await;
    for screen in SCREENS {
        screens::go(&window, screen).await;
        check(&window, &axe, screen.name, &mut offences).await;
    }
    // What was just done, and the way back.
    window
        .run("document.querySelector('dialog[open] header button')?.click(); location.hash = '#/today'")
        .await
        .unwrap();
    window.see("[data-post]").await;
    window.press("j").await;
    window.see(".story article h1").await;
    window.press("s").await;
    window.see("[role=status] .bar").await;
    check(&window, &axe, "undo", &mut offences).await;
    window.close().await;

    // The reader's own: what an import says, a source in trouble, what was found at an address.
    let host = Host::papers();
    host.release();
    let list = stage.file("papers.opml", &host.opml());
    let window = stage.open(&["--library", &stage.library(), "--now", NOW, list.to_str().unwrap()]).await;
    window.see("dialog[open] button.strong").await;
    check(&window, &axe, "import", &mut offences).await;
    window.see("dialog[open] button.strong").await.click().await.unwrap();
    window.see("[data-post]").await;
    window.run("location.hash = '#/sources'").await.unwrap();
    window.see("[role=treeitem] .warn").await;
    check(&window, &axe, "trouble", &mut offences).await;
    window.press("a").await;
    window.see("#address").await.send_keys(&format!("http://127.0.0.1:{}/held/tide.xml", host.port)).await.unwrap();
    window.see("dialog form button.strong").await.click().await.unwrap();
    window.see("dialog .what .title").await;
    check(&window, &axe, "found", &mut offences).await;
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    window.close().await;
}

/// The charts and the plan in a narrow window and on a large screen: each fills the width that it has, and no more.
async fn charts(setting: Setting, (width, height): (u32, u32)) {
    let axe = script();
    let stage = Stage::set(setting).await;
    stage.remember_size(width, height);
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.until("the window has its size", &format!("return innerWidth === {width}")).await;
    window.find("//h1[.='Pépites']").await;
    screens::open_sample(&window).await;
    screens::star_some(&window).await;
    let mut offences = Vec::new();
    for screen in SCREENS.iter().filter(|screen| ["trends", "room"].contains(&screen.name)) {
        screens::go(&window, screen).await;
        check(&window, &axe, &format!("{} at {width}", screen.name), &mut offences).await;
        let over = "return [...document.querySelectorAll('figure svg')].filter((one) => one.getBoundingClientRect().right > one.closest('figure').getBoundingClientRect().right + 1).length";
        assert_eq!(window.run(over).await.unwrap().as_u64(), Some(0), "a chart is wider than its place");
        if let Some(folder) = pictures::folder_of_looks() {
            let look = format!("{}-{width}-{}-{}", screen.name, setting.language, setting.dark);
            window.picture(&folder.join(format!("{look}.png"))).await;
            pictures::to_the_end(&window, &folder, &look).await;
        }
    }
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    window.close().await;
}

#[tokio::test]
async fn the_charts_hold_in_a_narrow_window() {
    for dark in [false, true] {
        charts(Setting { dark, ..ENGLISH }, NARROW).await;
        charts(Setting { dark, ..FRENCH }, NARROW).await;
    }
}

#[tokio::test]
async fn the_charts_hold_on_a_large_screen() {
    for dark in [false, true] {
        charts(Setting { dark, ..ENGLISH }, LARGE).await;
        charts(Setting { dark, ..FRENCH }, LARGE).await;
    }
}

const FRENCH: Setting = Setting { language: "fr_FR.UTF-8", dark: false };

#[tokio::test]
async fn axe_finds_nothing_in_dark_english() {
    screens(Setting { dark: true, ..ENGLISH }, None).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_light_french() {
    screens(FRENCH, None).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_light_english_at_twice_the_size() {
    screens(ENGLISH, Some(ZOOMED)).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_dark_french_at_twice_the_size() {
    screens(Setting { dark: true, ..FRENCH }, Some(ZOOMED)).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_light_english() {
    screens(ENGLISH, None).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_dark_french() {
    screens(Setting { dark: true, ..FRENCH }, None).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_dark_english_at_twice_the_size() {
    screens(Setting { dark: true, ..ENGLISH }, Some(ZOOMED)).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_light_french_at_twice_the_size() {
    screens(FRENCH, Some(ZOOMED)).await;
}
