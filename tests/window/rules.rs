//! Rules that do something to what comes, in the real window: starred by a rule and told apart, filed and found.

use serde_json::json;

use crate::{
    host::Host,
    pictures,
    stage::{BLINK, ENGLISH, NOW, PATIENCE, Stage, Window},
    stories::ask,
};

fn feed(titles: &[&str]) -> Vec<u8> {
    let items = titles.iter().enumerate().map(|(at, title)| {
        format!(
            "<item><title>{title}</title><guid>{title}</guid><pubDate>Mon, 23 Nov 2026 0{at}:10:00 GMT</pubDate>\
             <description>&lt;p&gt;What the {title} did in the night, and who saw it happen.&lt;/p&gt;</description></item>"
        )
    });
    let items: String = items.collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The harbour</title>{items}</channel></rss>")
        .into_bytes()
}

async fn shot(window: &Window, name: &str) {
    if let Some(folder) = pictures::folder_of_looks() {
        window.picture(&folder.join(format!("rules-{name}.png"))).await;
    }
}

/// Refreshes by its key, from wherever the focus is but in a field.
async fn refresh(window: &Window) {
    window
        .run("document.activeElement.blur(); dispatchEvent(new KeyboardEvent('keydown', { key: 'r', bubbles: true }))")
        .await
        .unwrap();
}

/// Begins a rule by its name in the palette, and says what it is about.
async fn begin(window: &Window, act: &str, wish: &str) {
    window
        .run("dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))")
        .await
        .unwrap();
    window.see("dialog[open] input").await.send_keys(act).await.unwrap();
    let found = format!(
        "const at = document.querySelector('[role=option][aria-selected=true]'); if (!at?.textContent.includes('{act}')) return false; at.click(); return true"
    );
    window.until("the act is found", &found).await;
    window
        .until("the rule is begun", &format!("return document.querySelector('form select')?.value === '{wish}'"))
        .await;
    window.see("form input.name").await.send_keys("lantern").await.unwrap();
}

#[tokio::test]
async fn what_comes_is_starred_and_filed_by_rules_and_told_from_the_readers_own() {
    let host = Host::serve(|_| [("/harbour.xml".to_owned(), feed(&["Boats at dawn", "Old lantern"]))].into());
    let stage = Stage::set(ENGLISH).await;
    let list = format!(
        "<opml version=\"2.0\"><body><outline type=\"rss\" text=\"The harbour\" xmlUrl=\"http://127.0.0.1:{}/harbour.xml\"/></body></opml>",
        host.port
    );
    let list = stage.file("list.opml", &list);
    let run =
        |arguments: &[&str]| assert!(stage.terminal(arguments).output().unwrap().status.success(), "{arguments:?}");
    run(&["import", list.to_str().unwrap()]);
    run(&["refresh"]);
    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.see("nav .settings button").await;

    begin(&window, "star what comes", "star").await;
    window.until("what it would have done is said", "return /In the last 30 days, 1 post would have been starred\\. From now on, what comes is\\./.test(document.body.innerText)").await;
    shot(&window, "star").await;
    window.push("Add the rule").await;
    window
        .until("it is kept", "return /From now on, what comes of .lantern. is starred/.test(document.body.innerText)")
        .await;

    begin(&window, "put what comes into a folder", "file").await;
    window.until("it needs a folder", "return document.querySelector('form .strong').disabled").await;
    window.run("const choice = document.querySelector('#rule-folder'); choice.value = '+'; choice.dispatchEvent(new Event('change', { bubbles: true }))").await.unwrap();
    window.see("#rule-folder-fresh").await.send_keys("Sea/Lights").await.unwrap();
    window
        .until("1 goes there", "return /1 post of the last 30 days goes into the folder/.test(document.body.innerText)")
        .await;
    shot(&window, "file").await;
    window.push("Add the rule").await;
    let filed = "return /into Sea › Lights · 1 post in 30 days · 1 post there/.test(document.body.innerText)";
    window.until("what was there is filed", filed).await;

    // One more comes.
    host.put("/harbour.xml", &feed(&["Boats at dawn", "Old lantern", "New lantern"]));
    refresh(&window).await;
    window
        .until(
            "what came is starred and filed",
            "return /1 starred/.test(document.body.innerText) && /2 posts there/.test(document.body.innerText)",
        )
        .await;
    shot(&window, "kept").await;
    window.push("See them").await;
    window.until("both are found", "return ['Old lantern', 'New lantern'].every((title) => [...document.querySelectorAll('main [data-post]')].some((row) => row.innerText.includes(title)))").await;
    let boats = "return /Boats at dawn/.test(document.querySelector('main').innerText)";
    assert_eq!(window.run(boats).await.unwrap(), false);
    shot(&window, "found").await;
    window.run("location.hash = '#/starred'").await.unwrap();
    window
        .until(
            "the star says whose it is",
            "return /Starred by a rule of yours/.test(document.querySelector('main [data-post]')?.textContent)",
        )
        .await;
    shot(&window, "starred").await;

    // Taken off, it stays off; the rule goes without it.
    let starred = ask(&window, "starred", json!({ "limit": 9, "offset": 0 })).await;
    assert_eq!(starred[0]["marks"]["starred_by_rule"], true, "{starred}");
    ask(&window, "mark", json!({ "posts": [starred[0]["post"]], "mark": "starred", "on": false })).await;
    host.put("/harbour.xml", &feed(&["Boats at dawn", "Old lantern", "New lantern", "A net"]));
    refresh(&window).await;
    let came = async || ask(&window, "unread", json!({ "limit": 9, "offset": 0 })).await.to_string().contains("A net");
    let deadline = std::time::Instant::now() + PATIENCE;
    while !came().await {
        assert!(std::time::Instant::now() < deadline, "nothing came");
        tokio::time::sleep(BLINK).await;
    }
    assert_eq!(ask(&window, "starred", json!({ "limit": 9, "offset": 0 })).await, json!([]));
    window.close().await;
}
