//! A digest in the real window: a shorter cut and back, what was left out with why, tomorrow and back, its way out as a
//! file, and no violation on the way.

use crate::{
    axe, sources,
    stage::{ENGLISH, NOW, Stage, Window},
};

/// Presses the button of that text or name.
fn press(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.innerText).trim().startsWith('{name}')).click()"
    )
}

/// Takes the last act back, once the library has it: marks show before.
async fn undo(window: &Window) {
    let offered = "return [...document.querySelectorAll('button')].some((one) => one.innerText.trim() === 'Undo')";
    window.until("an undo is offered", offered).await;
    window.run(&press("Undo")).await.unwrap();
}

#[tokio::test]
async fn a_digest_is_cut_short_and_what_it_left_out_is_put_off_and_taken_back() {
    let stage = Stage::set(ENGLISH).await;
    let script = axe::script();
    let mut offences = Vec::new();
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("(//section[.//h1[.='Pépites']]//button)[3]").await.click().await.unwrap();
    window.see("[data-post]").await;
    let whole = window.run("return document.querySelectorAll('[data-post]').length").await.unwrap().as_u64().unwrap();

    window.run(&press("10 minutes")).await.unwrap();
    let fewer = format!("return document.querySelectorAll('[data-post]').length < {whole}");
    window.until("fewer stories", &fewer).await;
    let said = window.run("return document.querySelector('.cut').innerText").await.unwrap();
    assert!(said.as_str().unwrap().contains(&format!("of {whole} for now")), "{said}");
    axe::check(&window, &script, "a shorter cut", &mut offences).await;
    window.run(&press("The whole digest")).await.unwrap();
    window.until("the whole", &format!("return document.querySelectorAll('[data-post]').length === {whole}")).await;

    window.run("document.querySelector('header .link').click()").await.unwrap();
    window.see(".why").await;
    let why = window.run("return document.querySelector('.why').innerText").await.unwrap();
    assert!(why.as_str().unwrap().ends_with('.'), "{why}");
    axe::check(&window, &script, "left out", &mut offences).await;
    window.run(&press("Tomorrow: ")).await.unwrap();
    let pressed = "return document.querySelectorAll('[data-post] button[aria-pressed=true]').length";
    window.until("put off", &format!("{pressed} === 1")).await;
    undo(&window).await;
    window.until("taken back", &format!("{pressed} === 0")).await;
    window.run(&press("Let it all go")).await.unwrap();
    window.until("all let go", &format!("{pressed} > 1")).await;
    let read = "return [...document.querySelectorAll('[data-post]')].filter((row) => row.innerText.includes('skipped')).length > 1";
    window.until("skipped, and said so", read).await;
    undo(&window).await;
    window.until("all taken back", &format!("{pressed} === 0")).await;

    window.run("location.hash = '#/today'; dispatchEvent(new PopStateEvent('popstate'))").await.unwrap();
    window.see("[data-end]").await;
    window.run(&press("Take it along")).await.unwrap();
    window.see("dialog[open]").await;
    axe::check(&window, &script, "formats", &mut offences).await;
    window.run(&press("Page to print")).await.unwrap();
    let target = stage.path("home/digest.html");
    sources::answer(&stage, &window, "Save", target.to_str().unwrap()).await;
    window.until("it says where", "return /Saved to .*digest\\.html/.test(document.body.innerText)").await;
    let saved = std::fs::read_to_string(&target).unwrap();
    assert!(saved.contains("default-src 'none'") && saved.matches("<article").count() as u64 == whole, "{saved}");
    assert_eq!(offences, Vec::<String>::new());
    window.close().await;
}
