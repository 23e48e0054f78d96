//! Takes hostile bodies of posts, shows each in the app's own post view: nothing of them runs, loads, navigates or
//! covers the page. With `PEPITES_PAYLOADS` (a folder of `*.jsonl` with `payload`), those of that folder too.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    host::Host,
    sealed::{AFTERWARDS, Ear},
    stage::{ENGLISH, NOW, Stage},
};

/// Ours, one a line.
const PAYLOADS: &str = include_str!("payloads.txt");
/// Posts that one script shows: the driver gives a script a minute.
const AT_ONCE: usize = 100;
/// Items of one feed: more are not read.
const IN_A_FEED: usize = 1_000;

fn payloads(ear: u16) -> Vec<String> {
    let address = format!("http://127.0.0.1:{ear}/heard");
    let mut payloads: Vec<String> = PAYLOADS.lines().map(|line| line.replace("URL", &address)).collect();
    let Some(folder) = std::env::var_os("PEPITES_PAYLOADS") else { return payloads };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "jsonl")) {
        let lines = std::fs::read_to_string(file).unwrap();
        let objects = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        payloads.extend(objects.filter_map(|object| object["payload"].as_str().map(str::to_owned)));
    }
    payloads
}

/// Feeds of posts with these bodies, each called by its number.
fn feeds(payloads: &[String]) -> BTreeMap<String, Vec<u8>> {
    let escaped = |text: &str| {
        let legible: String = text.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()).collect();
        legible.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    };
    let item = |(number, body): (usize, &String)| {
        format!(
            "<item><title>Payload {number}</title><guid isPermaLink=\"false\">{number}</guid>\
             <pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate><description>{}</description></item>",
            escaped(&format!("<p>Before it.</p>{body}"))
        )
    };
    let items: Vec<String> = payloads.iter().enumerate().map(item).collect();
    let feed = |(at, items): (usize, &[String])| {
        let items = items.concat();
        (
            format!("/{at}.xml"),
            format!("<rss version=\"2.0\"><channel><title>{at}</title>{items}</channel></rss>").into_bytes(),
        )
    };
    items.chunks(IN_A_FEED).enumerate().map(feed).collect()
}

#[tokio::test]
async fn hostile_posts_do_nothing_in_the_apps_own_view() {
    let ear = Ear::open();
    std::net::TcpStream::connect(("127.0.0.1", ear.port)).unwrap();
    let payloads = payloads(ear.port);
    let host = Host::serve(|_| feeds(&payloads));
    let stage = Stage::set(ENGLISH).await;
    let list: String = feeds(&payloads).keys().map(|path| format!("http://127.0.0.1:{}{path}\n", host.port)).collect();
    let list = stage.file("feeds.txt", &list);
    for command in [vec!["import", list.to_str().unwrap()], vec!["refresh"]] {
        let done = stage.terminal(&command).output().unwrap();
        assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let listed = stage.terminal(&["unread", "--limit", "9999", "--json"]).output().unwrap();
    let listed: Vec<Value> = serde_json::from_slice(&listed.stdout).unwrap();
    let number = |line: &Value| line["title"].as_str()?.strip_prefix("Payload ")?.parse::<usize>().ok();
    let posts: Vec<Value> = listed.iter().filter_map(|line| Some(json!([line["post"], number(line)?]))).collect();
    assert_eq!(posts.len(), payloads.len(), "posts are missing");

    let window = stage.open(&["--library", &stage.library(), "--now", NOW]).await;
    window.see("main").await;
    let home = window.run("return location.origin + location.pathname").await.unwrap();
    let script = include_str!("payloads.js");
    let (mut shown, mut faults) = (0, Vec::new());
    for some in posts.chunks(AT_ONCE) {
        let told = window.client.execute_async(script, vec![json!(some)]).await.unwrap();
        let (count, notices, wrong): (usize, bool, Vec<String>) = serde_json::from_value(told).unwrap();
        assert!(notices, "a script that ran, or something over the page, would not be noticed");
        shown += count;
        faults.extend(wrong);
    }
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(shown, payloads.len());
    tokio::time::sleep(AFTERWARDS).await;
    assert_eq!(ear.heard()[1..], Vec::<String>::new(), "arrived");
    assert_eq!(window.run("return location.origin + location.pathname").await.unwrap(), home);
    assert_eq!(stage.browsed(), Vec::<String>::new());
    println!("{shown} hostile posts were shown");
    window.close().await;
}
