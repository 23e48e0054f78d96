//! What makes a story legible, in the real window: formulas, notes by key, pictures that come late and do not push the reader
//! away, pictures that are asked for, films and recordings; and that all of it is fetched before it is looked at.

use std::collections::BTreeMap;

use crate::{
    axe,
    host::Host,
    screens,
    stage::{ENGLISH, NOW, Setting, Stage, Window},
};

/// A formula as most programs write it.
const FORMULA: &str = "<p>Energy is <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>, and its part \
     <math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><msqrt><mi>n</mi></msqrt></mfrac></math>.</p>";

/// A picture without a size in its tag, 300 by 600: one dot on a large page.
fn tall() -> Vec<u8> {
    [
        b"GIF89a".as_slice(),
        &300_u16.to_le_bytes(),
        &600_u16.to_le_bytes(),
        b"\x80\0\0\x40\x60\x80\xe0\xd0\xa0",
        b",\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;",
    ]
    .concat()
}

fn host() -> Host {
    Host::serve(|port| {
        let at = |path: &str| format!("http://127.0.0.1:{port}/{path}");
        let lines: String = (1..30)
            .map(|n| {
                let picture = if n % 4 == 0 {
                    format!("<p><img src='{}' alt='Mill {n}'></p>", at("tall.gif"))
                } else {
                    String::new()
                };
                format!(
                    "{picture}<p id='line-{n}'>Line {n} of it. {}</p>",
                    "The mill of the valley turns with the river that feeds it. ".repeat(8)
                )
            })
            .collect();
        let notes = "<p>It turns<sup id='fnref:1'><a href='#fn:1'>1</a></sup> by night.</p>";
        let end = "<ol><li id='fn:1'>Said by its keeper. <a href='#fnref:1'>back</a></li></ol>";
        // Its still would be asked for at its real place: only who takes pictures sees it.
        let film = "<iframe src='https://www.youtube.com/embed/aqz-KE-bpKQ' title='The mill at night'></iframe>";
        let film = if std::env::var_os("PEPITES_SHOTS").is_some() { film } else { "" };
        let item = |name: &str, title: &str, hour: u32, more: &str, body: &str| {
            format!(
                "<item><title>{title}</title><link>{}</link><guid>{name}</guid><pubDate>Mon, 23 Nov 2026 0{hour}:10:00 GMT</pubDate>\
                 {more}<description><![CDATA[{body}]]></description></item>",
                at(name)
            )
        };
        let recording = format!(
            "<enclosure url='{}' type='audio/mpeg' length='38000000'/><itunes:duration>42:00</itunes:duration>",
            at("talk.mp3")
        );
        let adult = "<media:rating>adult</media:rating>";
        let veiled = format!(
            "<p>Before it.</p><img src='{}' alt='What is not for everybody'><p>After it.</p>",
            at("veiled.gif")
        );
        let items =
            item("mill", "The mill that turns by night", 5, &recording, &format!("{FORMULA}{notes}{film}{lines}{end}"))
                + &item("veil", "A picture that is asked for", 4, adult, &veiled);
        let feed = format!(
            "<rss version=\"2.0\" xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:media='http://search.yahoo.com/mrss/'>\
             <channel><title>The mill</title><link>{}</link>{items}</channel></rss>",
            at("")
        );
        BTreeMap::from([
            ("/feed.xml".to_owned(), feed.into_bytes()),
            ("/tall.gif".to_owned(), tall()),
            ("/veiled.gif".to_owned(), tall()),
        ])
    })
}

async fn opened(stage: &Stage, host: &Host) -> Window {
    let list = format!(
        "<opml version=\"2.0\"><body><outline type=\"rss\" text=\"The mill\" xmlUrl=\"http://127.0.0.1:{}/feed.xml\"/></body></opml>",
        host.port
    );
    let list = stage.file("mill.opml", &list);
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

async fn shot(window: &Window, setting: Setting, name: &str) {
    if let Some(folder) = std::env::var_os("PEPITES_SHOTS") {
        let colours = if setting.dark { "dark" } else { "light" };
        window.picture(&std::path::PathBuf::from(folder).join(format!("{name}-{colours}.png"))).await;
    }
}

/// Where a line stands below the upper edge of its pane.
const PLACE: &str = "const pane = document.querySelector('.story .text');
    const line = [...document.querySelectorAll('.story .body p')].find((line) => line.textContent.startsWith('Line 17 '));
    return line && Math.round(line.getBoundingClientRect().top - pane.getBoundingClientRect().top)";

async fn journey(setting: Setting) {
    let (stage, host, axe) = (Stage::set(setting).await, host(), axe::script());
    let window = opened(&stage, &host).await;
    let needed = std::path::PathBuf::from(stage.library()).join("cache/pictures.needed");
    for _ in 0..200 {
        if needed.exists() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let fetched = std::fs::read_to_string(&needed).expect("the pictures are fetched before a story is opened");
    let veiled = format!("http://127.0.0.1:{}/veiled.gif\n", host.port);
    for file in std::fs::read_dir(needed.with_file_name("pictures")).unwrap().flatten() {
        assert!(!std::fs::read(file.path()).unwrap().starts_with(veiled.as_bytes()), "what is to be asked for is not");
    }
    assert!(fetched.lines().count() >= 1);

    let mut offences = Vec::new();
    open(&window, "The mill").await;
    let formula = "return document.querySelector('.story .body p').innerHTML";
    assert_eq!(
        window.run(formula).await.unwrap(),
        "Energy is <i>E</i> = <i>m</i><i>c</i><sup>2</sup>, and its part (<i>a</i> + <i>b</i>)/√<i>n</i>."
    );
    let file = window.run("return document.querySelector('.story .files button').textContent.trim()").await.unwrap();
    assert!(file.as_str().unwrap().contains("▶") && file.as_str().unwrap().contains("42"), "{file}");
    axe::check(&window, &axe, "a story with everything", &mut offences).await;
    shot(&window, setting, "mill").await;

    // A note and back, by key.
    window.run("document.querySelector('.story .body sup a').focus()").await.unwrap();
    window.press("\u{E007}").await;
    window.until("the note has the focus", "return document.activeElement.id === 'n-fn:1'").await;
    shot(&window, setting, "note").await;
    window.run("document.activeElement.querySelector('a').focus()").await.unwrap();
    window.press("\u{E007}").await;
    window.until("the way back leads back", "return document.activeElement.id === 'n-fnref:1'").await;
    assert_eq!(stage.browsed(), Vec::<String>::new(), "no browser was asked");

    // The system's dialog prints it.
    window.press("S").await;
    window.see("dialog[open]").await;
    window.run("[...document.querySelectorAll('dialog[open] .acts button')].at(-1).click()").await.unwrap();
    let dialog = stage.dialog("^(Print|Imprimer)").await;
    window.until("no sheet is in the way", "return !document.querySelector('dialog[open]')").await;
    assert!(stage.hand(&["windowfocus", "--sync", &dialog]).is_some(), "the dialog takes no focus");
    stage.hand(&["key", "--clearmodifiers", "Escape"]);
    stage.dialog_gone("^(Print|Imprimer)").await;

    // A line in the middle stays where it is, when one comes back and the pictures above it come late.
    window.run("[...document.querySelectorAll('.story .body p')].find((line) => line.textContent.startsWith('Line 17 ')).scrollIntoView(); document.querySelector('.story .text').scrollTop += 30").await.unwrap();
    window.until("it is at the edge", &format!("const at = (() => {{ {PLACE} }})(); return at > -60 && at < 10")).await;
    let before = window.run(PLACE).await.unwrap().as_i64().unwrap();
    // Less than half a second after the last step the library has it: a window that is killed loses nothing.
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    window.kill();
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    screens::whole(&window).await;
    open(&window, "The mill").await;
    let drawn = "return [...document.querySelectorAll('.story .body p img')].slice(0, 4).every((image) => image.complete && image.naturalHeight === 600)";
    window
        .run("for (const image of document.querySelectorAll('.story .body img')) image.loading = 'eager'")
        .await
        .unwrap();
    window.until("the pictures above it came", drawn).await;
    let stays = format!("return Math.abs((() => {{ {PLACE} }})() - {before}) <= 3");
    window.until(&format!("the line is at {before} again"), &stays).await;
    shot(&window, setting, "kept").await;

    // A picture that is not for everybody, by key.
    window.press("u").await;
    open(&window, "A picture that").await;
    window.see(".story .body button.veil img").await;
    axe::check(&window, &axe, "a veiled picture", &mut offences).await;
    shot(&window, setting, "veil").await;
    window.run("document.querySelector('.story .body button.veil').focus()").await.unwrap();
    window.press("\u{E007}").await;
    window
        .until("it is shown", "return document.activeElement.localName === 'img' && !document.querySelector('.veil')")
        .await;
    shot(&window, setting, "unveiled").await;
    assert_eq!(offences, Vec::<String>::new());
    window.close().await;
}

#[tokio::test]
async fn a_story_with_everything_is_legible_and_the_reader_stays_where_they_are() {
    journey(ENGLISH).await;
}

#[tokio::test]
async fn a_story_with_everything_is_legible_in_french_and_in_the_dark() {
    journey(Setting { language: "fr_FR.UTF-8", dark: true }).await;
}
