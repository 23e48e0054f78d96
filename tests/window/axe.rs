//! Every screen, in light and dark, in French and English: axe finds nothing to complain of.

use std::path::Path;

use serde_json::Value;

use crate::{
    host::Host,
    stage::{ENGLISH, NOW, Setting, Stage, Window},
};

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
}

/// What looks, to be put into the page.
pub(crate) fn script() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(path).expect("ui/node_modules is missing: `make test` installs it")
}

async fn screens(setting: Setting) {
    let axe = script();
    let stage = Stage::set(setting).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    let mut offences = Vec::new();
    let dark = window.run("return matchMedia('(prefers-color-scheme: dark)').matches").await.unwrap();
    assert_eq!(dark, setting.dark, "the desktop's colours arrive in the window");
    window.find("//h1[.='Pépites']").await;
    let language = window.run("return document.documentElement.lang").await.unwrap();
    assert_eq!(language.as_str(), setting.language.split('_').next(), "the desktop's language arrives in the window");
    check(&window, &axe, "welcome", &mut offences).await;
    window.press("a").await;
    window.see("dialog[open]").await;
    check(&window, &axe, "add", &mut offences).await;
    window.run("document.querySelector('dialog[open] header button').click()").await.unwrap();
    window.until("the sheet closes", "return !document.querySelector('dialog[open]')").await;

    window.find("(//section[.//h1[.='Pépites']]//button)[3]").await.click().await.unwrap();
    window.see("[data-post]").await;
    check(&window, &axe, "today", &mut offences).await;
    window.press("j").await;
    window.see(".story article h1").await;
    check(&window, &axe, "story", &mut offences).await;
    window.press("w").await;
    window.see(".story table").await;
    check(&window, &axe, "why", &mut offences).await;
    window.press("s").await;
    window.see("[role=status] .bar").await;
    check(&window, &axe, "undo", &mut offences).await;
    window.press("u").await;
    for (keys, seen, screen) in [
        ("gl", "main [data-post]", "starred"),
        ("gp", "main h1, main h2", "past"),
        ("gs", "[role=treeitem]", "sources"),
    ] {
        for key in keys.chars() {
            window.press(&key.to_string()).await;
        }
        window.see(seen).await;
        check(&window, &axe, screen, &mut offences).await;
    }
    window.run("document.querySelector('[role=treeitem]:not([aria-expanded])').click()").await.unwrap();
    window.see("main .list [data-post]").await;
    check(&window, &axe, "a source", &mut offences).await;
    for (place, screen) in [(2, "rename"), (3, "move")] {
        let act = format!("document.querySelector('.list header .acts button:nth-of-type({place})').click()");
        window.run(&act).await.unwrap();
        window.see("dialog[open]").await;
        check(&window, &axe, screen, &mut offences).await;
        window.run("document.querySelector('dialog[open] header button').click()").await.unwrap();
        window.until("the sheet closes", "return !document.querySelector('dialog[open]')").await;
    }
    for (place, screen) in [("#/left_out/1", "left out"), ("#/past/1", "a past digest")] {
        window.run(&format!("location.hash = '{place}'")).await.unwrap();
        window
            .until(screen, &format!("return location.hash === '{place}' && document.querySelector('main [data-post], main .note') !== null"))
            .await;
        check(&window, &axe, screen, &mut offences).await;
    }
    window.run("document.querySelector('[data-end]').scrollIntoView()").await.unwrap();
    check(&window, &axe, "the end", &mut offences).await;
    window.press("/").await;
    let field = window.see("main input[type=search]").await;
    field.send_keys("a").await.unwrap();
    check(&window, &axe, "search", &mut offences).await;
    window.run("document.activeElement.blur()").await.unwrap();
    window.press("?").await;
    window.see("dialog[open]").await;
    check(&window, &axe, "keys", &mut offences).await;
    window.run("document.querySelector('dialog[open] header button').click()").await.unwrap();
    window.until("the sheet closes", "return !document.querySelector('dialog[open]')").await;
    window.run("document.querySelector('nav .settings button').click()").await.unwrap();
    window.see("dialog[open]").await;
    check(&window, &axe, "settings", &mut offences).await;
    window.close().await;

    // The reader's own: what an import says, and a source in trouble.
    let host = Host::papers();
    let list = stage.file("papers.opml", &host.opml());
    let window = stage.open(&["--library", &stage.library(), "--now", NOW, list.to_str().unwrap()]).await;
    window.see("dialog[open] button.strong").await;
    check(&window, &axe, "import", &mut offences).await;
    window.see("dialog[open] button.strong").await.click().await.unwrap();
    window.see("[data-post]").await;
    window.run("location.hash = '#/sources'").await.unwrap();
    window.see("[role=treeitem] .warn").await;
    check(&window, &axe, "trouble", &mut offences).await;
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    window.close().await;
}

#[tokio::test]
async fn axe_finds_nothing_in_light_english() {
    screens(ENGLISH).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_dark_french() {
    screens(Setting { language: "fr_FR.UTF-8", dark: true }).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_dark_english() {
    screens(Setting { dark: true, ..ENGLISH }).await;
}

#[tokio::test]
async fn axe_finds_nothing_in_light_french() {
    screens(Setting { language: "fr_FR.UTF-8", dark: false }).await;
}
