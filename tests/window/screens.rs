//! Every screen over the sample library, and the way to each: what axe and the pictures go through. Never acts on what is kept.

use serde_json::json;

use crate::{stage::Window, stories::ask};

/// One screen.
pub(crate) struct Screen {
    /// How it is called.
    pub(crate) name: &'static str,
    /// Its address.
    place: &'static str,
    /// What is done there, each once what it names (by CSS) is there.
    steps: &'static [(&'static str, Do)],
    /// What is there at last.
    ready: &'static str,
}

/// What is done with what is there.
enum Do {
    Click,
    Press(&'static str),
    /// With Ctrl.
    Chord(&'static str),
    /// A click with Ctrl.
    Choose,
    See,
}

use Do::{Choose, Chord, Click, Press, See};

const fn screen(
    name: &'static str,
    place: &'static str,
    steps: &'static [(&'static str, Do)],
    ready: &'static str,
) -> Screen {
    Screen { name, place, steps, ready }
}

/// A story that several tell.
const TOLD: &str = ".covered [data-post] .headline";
const HEAD: &str = ".story article h1";
const SOURCE: &str = "[role=treeitem]:not([aria-expanded])";
const FOLDED: &str = ".list header summary";

pub(crate) const SCREENS: &[Screen] = &[
    screen("today", "#/today", &[], "[data-post]"),
    screen("relays in place", "#/today", &[(".fold", Click)], ".relays [data-telling]"),
    screen("the end", "#/today", &[("[data-end] .ways", See)], "[data-end]"),
    screen("formats", "#/today", &[("[data-end] .ways button:nth-last-child(2)", Click)], "dialog[open]"),
    screen("a shorter cut", "#/today", &[(".cut [role=group] button", Click)], ".cut [role=status]"),
    screen("a story", "#/today", &[("[data-post] .headline", Click)], HEAD),
    screen(
        "tellings",
        "#/today",
        &[(TOLD, Click), ("aside [data-telling] .ask", Click), ("aside .why", See)],
        "aside .why p",
    ),
    screen("why", "#/today", &[(TOLD, Click), (HEAD, Press("w"))], ".story table"),
    screen("joining", "#/today", &[(TOLD, Click), (HEAD, Press("b"))], "#join-words"),
    screen("share", "#/today", &[("[data-post] .headline", Click), (HEAD, Press("S"))], "#share-server"),
    screen("several posts", "#/today", &[("[data-post] .headline", Choose)], "[role=toolbar] [role=status]"),
    screen("starred", "#/starred", &[], "main [data-post]"),
    screen("shared", "#/shared", &[], "main .note"),
    screen("past", "#/past", &[], ".list li"),
    screen("a past digest", "#/past/1", &[], "[data-post]"),
    screen("left out", "#/left_out/1", &[], "main [data-post], main .note"),
    screen("sources", "#/sources", &[], SOURCE),
    screen("a source", "#/sources", &[(SOURCE, Click)], ".list [data-post]"),
    screen("how it is read", "#/sources", &[(SOURCE, Click), (FOLDED, Click)], ".how select"),
    screen(
        "renaming",
        "#/sources",
        &[(SOURCE, Click), (".list header .acts button:nth-of-type(2)", Click)],
        "dialog[open]",
    ),
    screen(
        "moving",
        "#/sources",
        &[(SOURCE, Click), (".list header .acts button:nth-of-type(3)", Click)],
        "dialog[open]",
    ),
    screen("a person", "#/sources", &[(SOURCE, Click), (FOLDED, Click), (".how button", Click)], "dialog[open]"),
    screen("a post of a source", "#/sources", &[(SOURCE, Click), (".list [data-post] .headline", Click)], HEAD),
    screen(
        "moving several",
        "#/sources",
        &[(SOURCE, Choose), (".tree .bar button:first-of-type", Click)],
        "#pick-folder",
    ),
    screen("a new folder", "#/sources", &[(SOURCE, See), (".tree .head button", Click)], "dialog #name"),
    screen("people", "#/people", &[], ".list ol li"),
    screen("somebody", "#/people/1", &[], ".person h1"),
    screen("trends", "#/trends", &[], ".charts svg"),
    screen("room", "#/room", &[], ".step"),
    screen("rules", "#/taste", &[], "form .name"),
    screen("weights", "#/taste/1", &[], "output"),
    screen("other weights", "#/taste/1", &[(".presets button:nth-of-type(3)", Click)], "section ol li"),
    screen("learned", "#/taste/2", &[], "main li .shown"),
    screen("search", "#/search?q=jardin", &[], "main [data-post]"),
    screen("search, empty", "#/search", &[], "main dl dd"),
    screen("filters", "#/search?q=jardin+-lang%3Aen+est%3Anon-lu", &[], "main .head li button"),
    screen("nothing found", "#/search?q=albatros+is%3Astarred+sauce%3Ax", &[], "main .note button"),
    screen("palette", "#/today", &[("[data-post]", Chord("k"))], "dialog[open] [role=option]"),
    screen("letters", "#/today", &[("nav .settings button", Click), ("[data-page=reading]", Click)], "#dial-width"),
    screen("keys", "#/today", &[("[data-post]", Press("?"))], "dialog[open] kbd"),
    screen("settings", "#/today", &[("nav .settings button", Click)], "dialog[open] fieldset"),
    screen("network", "#/today", &[("nav .settings button", Click), ("[data-page=network]", Click)], "#patience"),
    screen("privacy", "#/today", &[("nav .settings button", Click), ("[data-page=privacy]", Click)], "dialog .erase"),
    screen("data", "#/today", &[("nav .settings button", Click), ("[data-page=data]", Click)], "dialog .path"),
    screen("sharing", "#/today", &[("[data-post] .headline", Click), (HEAD, Press("S"))], "#share-server"),
    screen("adding", "#/today", &[("[data-post]", Press("a"))], "#address"),
    screen("whom they follow", "#/today", &[("[data-post]", Press("a")), ("dialog .more .link", Click)], "#whom"),
    screen("accounts", "#/today", &[("[data-post]", Press("a")), ("dialog .more .link ~ .link", Click)], "#server"),
];

/// Goes there, from wherever the reader is in the sample.
pub(crate) async fn go(window: &Window, screen: &Screen) {
    // The palette has no button to shut it.
    let shut = "const sheet = document.querySelector('dialog[open]');
        (sheet?.querySelector('header button') ?? { click: () => sheet?.dispatchEvent(new Event('cancel', { cancelable: true })) }).click()";
    window.run(shut).await.unwrap();
    window.until("no sheet is open", "return !document.querySelector('dialog[open]')").await;
    window.run("document.querySelector('.cut [role=status] + button')?.click()").await.unwrap();
    // By way of another screen, so that nothing of the last one is left.
    for place in [if screen.place == "#/starred" { "#/past" } else { "#/starred" }, screen.place] {
        let move_there = format!("location.hash = '{place}'; return location.hash");
        window.run(&move_there).await.unwrap();
        let there = format!(
            "return location.hash === '{place}' && !document.querySelector('.story') && !!document.querySelector('main h1, main h2, main .note, main input')"
        );
        window.until(place, &there).await;
    }
    for (css, act) in screen.steps {
        window.until(css, &format!("return !!document.querySelector('{css}')")).await;
        let script = match act {
            Click => format!("document.querySelector('{css}').click()"),
            See => format!("document.querySelector('{css}').scrollIntoView({{ block: 'center' }})"),
            Choose => format!(
                "document.querySelector('{css}').dispatchEvent(new MouseEvent('click', {{ ctrlKey: true, bubbles: true, cancelable: true }}))"
            ),
            Chord(key) => {
                format!("dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', ctrlKey: true, bubbles: true }}))")
            }
            Press(key) => format!("dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))"),
        };
        window.run(&script).await.unwrap();
    }
    window.until(screen.name, &format!("return !!document.querySelector('{}')", screen.ready)).await;
}

/// Stars a dozen stories of the digest, as a reader who has been here for a while: enough to learn a taste from.
pub(crate) async fn star_some(window: &Window) {
    let posts =
        "return [...document.querySelectorAll('[data-post]')].slice(0, 12).map((row) => Number(row.dataset.post))";
    let posts = window.run(posts).await.unwrap();
    ask(window, "mark", json!({ "posts": posts, "mark": "starred", "on": true })).await;
}

/// Brings the sample's address book in.
pub(crate) async fn meet_people(window: &Window) {
    ask(window, "sample_contacts", json!(null)).await;
}

/// The digest is there to its last story: what fills the screen is drawn first, the rest in the task that says so.
pub(crate) async fn whole(window: &Window) {
    window.see("[data-post]").await;
    window.until("all is drawn", "return performance.getEntriesByName('story').length > 0").await;
}

/// Opens the sample library from the welcome.
pub(crate) async fn open_sample(window: &Window) {
    window.find("(//section[.//h1[.='Pépites']]//button)[3]").await.click().await.unwrap();
    whole(window).await;
    window.until("nothing runs any more", "return !document.querySelector('.strip')").await;
}
