//! Takes a folder of replies as servers sent them (recorded exchanges, objects of Mastodon and its kin, posts of Bluesky),
//! reads each with the kinds that a refresh uses, gives a table of what was there and what was read.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;
use pepites_core::{
    model::{Address, Moment, Reply, Source},
    normalise::normalise,
    sources,
};
use serde_json::{Value, json};

/// What was counted of one sort of thing.
#[derive(Default)]
struct Count {
    there: usize,
    read: usize,
    lost: Vec<String>,
}

type Table = BTreeMap<(&'static str, &'static str), Count>;

/// Reads everything below `folder`; writes the table to `out`.
///
/// # Errors
/// When the folder cannot be read.
pub fn check(folder: &Path, out: &mut dyn Write) -> Result<()> {
    let mut table = Table::new();
    for file in files(folder)? {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let name = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
        if name.ends_with(".jsonl") {
            for line in text.lines() {
                let said: Value = serde_json::from_str(line)?;
                // Kept as it was sent, or as the text of it.
                let body = said.get("json").cloned().unwrap_or(Value::Null);
                walk(&body, &name, &mut table);
            }
        } else if let Ok(value) = serde_json::from_str::<Value>(&text) {
            walk(&value, &name, &mut table);
        }
    }
    writeln!(out, "| network | what | there | read |\n| --- | --- | ---: | ---: |")?;
    for ((network, what), count) in &table {
        writeln!(out, "| {network} | {what} | {} | {} |", count.there, count.read)?;
    }
    for ((network, what), count) in table.iter().filter(|(_, count)| !count.lost.is_empty()) {
        writeln!(out, "\n{network} {what}, not read:")?;
        for name in count.lost.iter().take(20) {
            writeln!(out, "- {name}")?;
        }
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files.extend(self::files(&path)?) } else { files.push(path) }
    }
    files.sort();
    Ok(files)
}

/// Every status and every post in `value`, wherever it stands.
fn walk(value: &Value, name: &str, table: &mut Table) {
    if is_status(value) {
        status(value, name, table);
    } else if is_entry(value) {
        entry(value, name, table);
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| walk(value, name, table)),
        // A boost and a quote are read with what holds them.
        Value::Object(fields) if !is_status(value) && !is_entry(value) => {
            fields.values().for_each(|value| walk(value, name, table));
        }
        _ => {}
    }
}

fn is_status(value: &Value) -> bool {
    let has = |key: &str| value.get(key).is_some_and(|value| !value.is_null());
    has("id")
        && has("account")
        && has("created_at")
        && value.get("content").is_some_and(Value::is_string)
        && has("visibility")
}

fn is_entry(value: &Value) -> bool {
    let post = value.get("post");
    post.and_then(|post| post.get("record")).is_some() && post.and_then(|post| post.get("author")).is_some()
}

fn status(value: &Value, name: &str, table: &mut Table) {
    let public = matches!(value.get("visibility").and_then(Value::as_str), Some("public" | "unlisted"));
    let what = if public { "statuses" } else { "statuses that are not for everyone, left out" };
    let url = "https://server.example/api/v1/timelines/tag/all";
    let html = read("mastodon", url, &json!([value]), "");
    let is_read = html.is_some() == public;
    count(table, "Mastodon", what, name, is_read);
    let Some(html) = html else { return };
    let inner = value.get("reblog").filter(|inner| inner.is_object()).unwrap_or(value);
    let list = |path: &str| inner.pointer(path).and_then(Value::as_array).cloned().unwrap_or_default();
    let text =
        |path: &str| inner.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    for media in list("/media_attachments") {
        let sent = ["url", "remote_url", "preview_url"].iter().any(|key| media.get(key).is_some_and(Value::is_string));
        if sent {
            count(table, "Mastodon", "pictures, films, recordings", name, html.contains("<figure>"));
        }
        if let Some(alt) = media.get("description").and_then(Value::as_str).filter(|alt| !alt.is_empty()) {
            count(table, "Mastodon", "alternative texts", name, has(&html, alt));
        }
    }
    if let Some(warning) = text("/spoiler_text") {
        count(table, "Mastodon", "content warnings", name, html.contains("<summary>") && has(&html, &warning));
    }
    if text("/card/url").is_some() {
        count(table, "Mastodon", "cards", name, html.contains("<aside>") || html.contains("<blockquote>"));
    }
    for option in list("/poll/options") {
        let title = option.get("title").and_then(Value::as_str).unwrap_or_default();
        count(table, "Mastodon", "options of polls", name, has(&html, title));
    }
    let quote = inner.get("quote").filter(|quote| quote.get("quoted_status").unwrap_or(quote).get("content").is_some());
    if quote.is_some() {
        count(table, "Mastodon", "quotes", name, html.contains("<blockquote>"));
    }
    for emoji in list("/emojis") {
        let code = format!(":{}:", emoji.get("shortcode").and_then(Value::as_str).unwrap_or_default());
        if text("/content").is_some_and(|content| content.contains(&code)) {
            count(table, "Mastodon", "custom emoji", name, html.contains(&format!("alt=\"{code}\"")));
        }
    }
}

fn entry(value: &Value, name: &str, table: &mut Table) {
    // Some collections leave out what every server sends.
    let mut value = value.clone();
    let complete = value.pointer("/post/uri").and_then(Value::as_str).is_some_and(|uri| uri.starts_with("at://"));
    if !complete {
        return count(table, "Bluesky", "posts without an address (not what a server sends)", name, true);
    }
    if let Some(fields) = value.as_object_mut() {
        fields.remove("replies");
    }
    let url = "https://public.api.bsky.app/xrpc/app.bsky.feed.getFeed?feed=at%3A%2F%2Fx&limit=50";
    let html = read("bluesky", url, &json!({"feed": [value]}), "https://bsky.app/profile/did:plc:x/feed/y");
    count(table, "Bluesky", "posts", name, html.is_some());
    let Some(html) = html else { return };
    let text =
        |path: &str| value.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    for images in ["/post/embed/images", "/post/embed/media/images"] {
        for image in value.pointer(images).and_then(Value::as_array).into_iter().flatten() {
            count(table, "Bluesky", "pictures", name, html.contains("<figure>"));
            if let Some(alt) = image.get("alt").and_then(Value::as_str).filter(|alt| !alt.is_empty()) {
                count(table, "Bluesky", "alternative texts", name, has(&html, alt));
            }
        }
    }
    if let Some(title) = text("/post/embed/external/title") {
        count(table, "Bluesky", "cards", name, has(&html, &title));
    }
    for quoted in ["/post/embed/record/value/text", "/post/embed/record/record/value/text"] {
        if let Some(words) = text(quoted) {
            count(table, "Bluesky", "quotes", name, has(&html, words.lines().next().unwrap_or_default()));
        }
    }
}

/// The HTML of the one post in a reply, after cleaning; None when there is none.
fn read(kind: &str, asked: &str, said: &Value, locator: &str) -> Option<String> {
    let locator = if locator.is_empty() { asked } else { locator };
    let address = Address { kind: kind.to_owned(), locator: locator.to_owned() };
    let source = Source { feed: Some(asked.to_owned()), ..Source::unvisited(address, Moment(0)) };
    let reply = Reply {
        asked: asked.to_owned(),
        url: asked.to_owned(),
        status: 200,
        body: said.to_string().into_bytes(),
        ..Reply::default()
    };
    let batch = (sources::kind(kind)?.read)(&source, &[reply]).ok()?;
    let posts = normalise(&source, batch, Moment(4_000_000_000_000));
    posts.first().map(|post| post.html.as_str().to_owned())
}

/// Whether the words of `text` stand in `html`, however they are escaped.
fn has(html: &str, text: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let plain =
        html.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").replace("&quot;", "").replace("&nbsp;", "");
    letters(&plain).contains(&letters(&text.chars().take(200).collect::<String>()))
}

fn count(table: &mut Table, network: &'static str, what: &'static str, name: &str, is_read: bool) {
    let count = table.entry((network, what)).or_default();
    count.there += 1;
    count.read += usize::from(is_read);
    if !is_read && !count.lost.iter().any(|lost| lost == name) {
        count.lost.push(name.to_owned());
    }
}
