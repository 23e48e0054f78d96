//! Someone on a microblog: recognised before they are followed, read with all that their posts show; and those whom they
//! follow, shown to choose from.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    axe,
    host::{DOT, Host},
    stage::{ENGLISH, NOW, Setting, Stage, Window},
};

fn status(port: u16, id: u32, html: &str, more: Value) -> Value {
    let at = format!("http://127.0.0.1:{port}");
    // The rate of a single evening is not told.
    let hour = id * 6;
    let written = format!("2026-11-{:02}T{:02}:00:00Z", 20 + hour / 24, hour % 24);
    let mut status = json!({
        "id": id.to_string(), "url": format!("{at}/@ada/{id}"), "created_at": written,
        "content": html, "account": account(port, "7", "ada", "Ada of the quay"), "media_attachments": [],
        "spoiler_text": "", "visibility": "public", "reblog": null
    });
    if let (Value::Object(status), Value::Object(more)) = (&mut status, more) {
        status.extend(more);
    }
    status
}

fn account(port: u16, id: &str, user: &str, name: &str) -> Value {
    let at = format!("http://127.0.0.1:{port}");
    json!({ "id": id, "username": user, "acct": user, "display_name": name, "url": format!("{at}/@{user}"),
            "avatar_static": format!("{at}/dot.png"), "following_count": 2 })
}

pub(crate) fn quay() -> Host {
    Host::serve(|port| {
        let at = format!("http://127.0.0.1:{port}");
        let picture =
            json!([{ "type": "image", "url": format!("{at}/dot.png"), "description": "A rusted link of chain" }]);
        let link = format!(
            "<p>Two knots: <a href=\"{at}/knots\">knots</a>, by <a href=\"{at}/@bo\" class=\"mention\">@bo</a> <a href=\"{at}/tags/rope\">#rope</a></p>"
        );
        let card = json!({ "url": format!("{at}/knots"), "title": "Knots that outlived their ships", "description": "A notebook." });
        let passed_on = status(
            port,
            4,
            "<p>The lamp burns again</p>",
            json!({
            "account": account(port, "8", "bo", "Bo"), "url": format!("{at}/@bo/4") }),
        );
        let statuses = json!([
            status(port, 9, "", json!({ "reblog": passed_on })),
            status(
                port,
                8,
                "<p>They cut the chain</p>",
                json!({ "spoiler_text": "A wreck", "sensitive": true, "media_attachments": picture })
            ),
            status(
                port,
                7,
                "<p>And it was right.</p>",
                json!({ "in_reply_to_id": "6", "in_reply_to_account_id": "7" })
            ),
            status(port, 6, "<p>I found a map.</p>", json!({})),
            status(port, 5, &link, json!({ "card": card })),
        ]);
        let following = json!([
            { "id": "8", "acct": "bo", "display_name": "Bo" },
            { "id": "9", "acct": "cy", "display_name": "Cy" }
        ]);
        let said = |value: &Value| value.to_string().into_bytes();
        BTreeMap::from([
            ("/api/v1/accounts/lookup?acct=ada".to_owned(), said(&account(port, "7", "ada", "Ada of the quay"))),
            ("/api/v1/accounts/7/statuses?exclude_replies=true&limit=40".to_owned(), said(&statuses)),
            ("/api/v1/accounts/7/following?limit=80".to_owned(), said(&following)),
            ("/dot.png".to_owned(), DOT.to_vec()),
        ])
    })
}

async fn open_post(window: &Window, title: &str) {
    let path = format!("//main//*[@data-post]//button[contains(., '{title}')]");
    window.find(&path).await;
    let click = format!("document.evaluate(\"{path}\", document, null, 9).singleNodeValue.click()");
    window.run(&click).await.unwrap();
    window.find(&format!("//section[contains(@class, 'story')]//h1[contains(., '{title}')]")).await;
}

#[tokio::test]
async fn someone_is_recognised_followed_and_read() {
    let host = quay();
    for setting in [ENGLISH, Setting { dark: true, ..ENGLISH }] {
        let stage = Stage::set(setting).await;
        let (axe, mut offences) = (axe::script(), Vec::new());
        let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
        window.find("//h1[.='Pépites']").await;
        window.press("a").await;
        window.see("#address").await.send_keys(&format!("http://127.0.0.1:{}/@ada", host.port)).await.unwrap();
        window.push("Look").await;
        window.see("dialog .what").await;
        let found = window.run("return document.querySelector('dialog .what').innerText").await.unwrap();
        let found = found.as_str().unwrap_or_default();
        for shown in ["Ada of the quay", "Mastodon", "4 posts", "a week", "newest", "A wreck"] {
            assert!(found.contains(shown), "{shown}: {found}");
        }
        axe::check(&window, &axe, "someone who was found", &mut offences).await;
        window.push("Follow").await;
        window.push("See it").await;

        open_post(&window, "The lamp burns again").await;
        // Only now: the pictures of a neighbour are not asked for before it is followed.
        let face = "return document.querySelector('.story header .portrait img')?.naturalWidth === 3";
        window.until("their picture is drawn", face).await;
        let head = window.see(".story header").await.text().await.unwrap();
        for shown in ["boosted by Ada of the quay", "Bo", "@bo@127.0.0.1"] {
            assert!(head.contains(shown), "{shown}: {head}");
        }
        open_post(&window, "A wreck").await;
        let folded = "return document.querySelector('.story details').open === false";
        assert_eq!(window.run(folded).await.unwrap(), true, "what its author warns of is folded");
        window.see(".story summary").await.click().await.unwrap();
        let drawn = "const image = document.querySelector('.story details img');
            return image?.naturalWidth === 3 && image.alt === 'A rusted link of chain' && !/^http:..127/.test(image.src)";
        window.until("its picture comes through the library", drawn).await;
        axe::check(&window, &axe, "a warning", &mut offences).await;
        open_post(&window, "I found a map").await;
        let thread = window.see(".story .body").await.text().await.unwrap();
        assert!(thread.contains("And it was right"), "a thread is one post: {thread}");
        open_post(&window, "Two knots").await;
        let card = window.see(".story aside a").await.text().await.unwrap();
        assert_eq!(card, "Knots that outlived their ships");
        for (place, path) in [(1, "/knots"), (2, "/@bo"), (3, "/tags/rope")] {
            window.find(&format!("(//section[contains(@class, 'story')]//p//a)[{place}]")).await.click().await.unwrap();
            let shown = stage.browsing(place).await;
            assert_eq!(shown[place - 1], format!("http://127.0.0.1:{}{path}", host.port));
        }
        axe::check(&window, &axe, "a card", &mut offences).await;
        assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
        window.close().await;
    }
}

#[tokio::test]
async fn who_moved_is_followed_where_they_are_by_one_click() {
    const STATUSES: &str = "/api/v1/accounts/7/statuses?exclude_replies=true&limit=40";
    let host = quay();
    let port = host.port;
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    window.press("a").await;
    window.see("#address").await.send_keys(&format!("http://127.0.0.1:{port}/@ada")).await.unwrap();
    window.push("Look").await;
    window.see("dialog .what").await;
    window.push("Follow").await;
    window.push("See it").await;
    // She moves to another account of the quay, and writes once more to say so.
    let moved = json!({ "moved": { "acct": format!("cy@127.0.0.1:{port}") } });
    let mut ada = account(port, "7", "ada", "Ada of the quay");
    ada.as_object_mut().unwrap().extend(moved.as_object().unwrap().clone());
    let said = json!([status(port, 10, "<p>I am elsewhere now</p>", json!({ "account": ada }))]);
    host.put(STATUSES, said.to_string().as_bytes());
    host.put("/api/v1/accounts/lookup?acct=cy", account(port, "9", "cy", "Cy, who was Ada").to_string().as_bytes());
    let there =
        json!([status(port, 3, "<p>Here I am</p>", json!({ "account": account(port, "9", "cy", "Cy, who was Ada") }))]);
    host.put(&STATUSES.replace("/7/", "/9/"), there.to_string().as_bytes());
    window.push("Refresh").await;
    window.find("//p[contains(@class, 'trouble')][contains(., 'moved to')]").await;
    let terminal = "return /pepites add/.test(document.body.innerText)";
    assert_eq!(window.run(terminal).await.unwrap(), false, "a window asks nobody to type");
    let (axe, mut offences) = (axe::script(), Vec::new());
    axe::check(&window, &axe, "someone who moved", &mut offences).await;
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    window.push("Follow the new one").await;
    window.find("//h1[contains(., 'Cy, who was Ada')]").await;
    open_post(&window, "Here I am").await;
    window.close().await;
}

#[tokio::test]
async fn whom_someone_follows_is_shown_and_only_the_chosen_are_followed() {
    let host = quay();
    let stage = Stage::set(ENGLISH).await;
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.find("//h1[.='Pépites']").await;
    window.press("a").await;
    window.push("Follow whom an account follows").await;
    window.see("#whom").await.send_keys(&format!("http://127.0.0.1:{}/@ada", host.port)).await.unwrap();
    window.push("Look").await;
    window.see("dialog .people label").await;
    let (axe, mut offences) = (axe::script(), Vec::new());
    axe::check(&window, &axe, "whom someone follows", &mut offences).await;
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
    window.push("Choose none").await;
    window.find("//dialog//label[contains(., 'Cy')]/input").await;
    let choose = "[...document.querySelectorAll('dialog label')].find((label) => /Cy/.test(label.textContent)).click()";
    window.run(choose).await.unwrap();
    window.push("Follow 1 person").await;
    window.find("//dialog//p[contains(., '1 person is followed now.')]").await;
    window.push("Close").await;
    window.press("g").await;
    window.press("s").await;
    let tree = "return [...document.querySelectorAll('[role=treeitem]')].map((row) => row.textContent).join('|')";
    let followed =
        format!("const all = ({}) ; return /Cy/.test(all) && !/Bo/.test(all)", tree.trim_start_matches("return "));
    window.until("who was chosen is followed, and nobody else", &followed).await;
    window.see("[role=status] .bar button").await.click().await.unwrap();
    window.until("it is taken back", "return !/Cy/.test(document.body.innerText)").await;
    window.close().await;
}
