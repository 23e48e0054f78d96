//! A digest in the real window: a shorter cut and back, what was left out with why, tomorrow and back, its way out as a
//! file, and no violation on the way.

use crate::{
    axe,
    pictures::folder_of_looks,
    screens, sources,
    stage::{ENGLISH, NOW, Stage, Window},
};

/// What a digest is taken along as, and the name that it is given here.
const FORMATS: &[(&str, &str)] = &[
    ("Page to print", "digest.html"),
    ("Markdown", "digest.md"),
    ("E-book", "digest.epub"),
    ("Atom feed", "digest.xml"),
];

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
    screens::whole(&window).await;
    let rows = "return document.querySelectorAll('[data-post]').length";
    let whole = window.run(rows).await.unwrap().as_u64().unwrap();

    window.run(&press("10 minutes")).await.unwrap();
    let fewer = format!("return document.querySelectorAll('[data-post]').length < {whole}");
    window.until("fewer stories", &fewer).await;
    let said = window.run("return document.querySelector('.cut').innerText").await.unwrap();
    assert!(said.as_str().unwrap().contains(&format!("of {whole} for now")), "{said}");
    axe::check(&window, &script, "a shorter cut", &mut offences).await;
    window.run(&press("The whole digest")).await.unwrap();
    window.until("the whole", &format!("return document.querySelectorAll('[data-post]').length === {whole}")).await;

    window.run("document.querySelector('header .link').click()").await.unwrap();
    // Rows that are not drawn yet have no inner text.
    let why = window.until("why it was left out", "return document.querySelector('.why')?.textContent").await;
    assert!(why.as_str().unwrap().ends_with('.'), "{why}");
    axe::check(&window, &script, "left out", &mut offences).await;
    window.run(&press("Tomorrow: ")).await.unwrap();
    let pressed = "return document.querySelectorAll('[data-post] button[aria-pressed=true]').length";
    window.until("put off", &format!("{pressed} === 1")).await;
    undo(&window).await;
    window.until("taken back", &format!("{pressed} === 0")).await;
    window.run(&press("Skip all of it")).await.unwrap();
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
    for (at, (format, file)) in FORMATS.iter().enumerate() {
        if at > 0 {
            window.run(&press("Take it along")).await.unwrap();
            window.see("dialog[open]").await;
        }
        window.run(&press(format)).await.unwrap();
        let target = stage.path("home").join(file);
        sources::answer(&stage, &window, "Save", target.to_str().unwrap()).await;
        let told = format!("return document.body.innerText.includes('Saved to {}')", target.display());
        window.until("it says where", &told).await;
        let saved = std::fs::read(&target).unwrap();
        let text = String::from_utf8_lossy(&saved);
        let stories = match at {
            0 => text.contains("default-src 'none'").then(|| text.matches("<article").count()),
            1 => text.starts_with("# ").then(|| text.matches("\n### ").count()),
            2 => saved.starts_with(b"PK").then_some(0),
            _ => text.contains("<feed").then(|| text.matches("<entry").count()),
        };
        assert!(stories.is_some(), "{file}: {}", &text.chars().take(300).collect::<String>());
        if at < 2 {
            assert_eq!(stories.map(|count| count as u64), Some(whole), "{file}");
        }
    }
    assert_eq!(offences, Vec::<String>::new());
    window.close().await;
}

/// What has the focus is the end, and it is to be seen whole.
const AT_THE_END: &str = "const end = document.querySelector('[data-end]'); const box = end.getBoundingClientRect();
    return document.activeElement === end && !document.querySelector('.story') && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight";

#[tokio::test]
async fn in_one_pane_going_on_from_the_last_story_comes_to_the_end_and_back_to_the_story() {
    let stage = Stage::set(ENGLISH).await;
    stage.remember_size(480, 900);
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.until("the window has its size", "return innerWidth === 480").await;
    screens::open_sample(&window).await;
    let last = window.run("return Number([...document.querySelectorAll('[data-post]')].at(-1).dataset.post)").await;
    let last = last.unwrap();
    window.run("[...document.querySelectorAll('[data-post] .headline')].at(-1).click()").await.unwrap();
    let open = format!("return location.hash === '#/today/post/{last}' && !!document.activeElement.closest('.story')");
    window.until("the last story is open", &open).await;

    for on in ["j", " ", "e"] {
        // A page of the story may come before what is behind it.
        for _ in 0..20 {
            window.press(on).await;
            if on != " " || window.run(AT_THE_END).await.unwrap() == true {
                break;
            }
        }
        window.until(&format!("{on:?} comes to the end"), AT_THE_END).await;
        if let Some(folder) = folder_of_looks() {
            window.picture(&folder.join(format!("end-by-{}.png", on.trim()))).await;
        }
        // Nothing is behind it.
        window.press(on).await;
        window.until("and stays there", AT_THE_END).await;
        window.press("k").await;
        window.until("k opens the last story again", &open).await;
    }
    window.press("k").await;
    window
        .until(
            "and goes on back",
            &format!(
                "return /post/.test(location.hash) && !({open_now})",
                open_now = open.trim_start_matches("return ")
            ),
        )
        .await;
    window.close().await;
}
