//! Takes a file of JSON objects with a `payload`, normalises each as the body of a post, gives the object with its
//! `html`, one a line; says beside it what survived that must not.

use std::{io::Write, path::Path};

use anyhow::{Context, Result, ensure};
use pepites_core::{
    model::{Address, Batch, Item, Moment, Source},
    normalise::normalise,
    sources::feed,
};

use super::survivors::survivors;

/// Where the posts are said to come from.
const PAGE: &str = "https://feeds.example/post";

/// Normalises the payload of each line of `file`; writes the objects to `out`, the survivors to `said`.
///
/// # Errors
/// When a line is no object with a payload, or something survived.
pub fn check(file: &Path, out: &mut dyn Write, said: &mut dyn Write) -> Result<()> {
    let lines = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let (mut payloads, mut dangerous) = (0, 0);
    for (line, text) in lines.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let mut object: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(text).with_context(|| format!("line {}", line + 1))?;
        let payload = object.get("payload").and_then(|payload| payload.as_str());
        let html = safe(payload.with_context(|| format!("line {} has no payload", line + 1))?);
        payloads += 1;
        for survivor in survivors(&html) {
            dangerous += 1;
            writeln!(said, "line {}: {survivor}", line + 1)?;
        }
        object.insert("html".to_owned(), html.into());
        writeln!(out, "{}", serde_json::to_string(&object)?)?;
    }
    writeln!(said, "{payloads} payloads, {dangerous} survivors")?;
    ensure!(dangerous == 0, "{dangerous} things survived that must not");
    Ok(())
}

/// `body` as the HTML of a post.
pub(super) fn safe(body: &str) -> String {
    let item = Item {
        title: Some("A post".to_owned()),
        link: Some(PAGE.to_owned()),
        html: Some(body.to_owned()),
        ..Item::default()
    };
    let address = Address { kind: feed::KIND_NAME.to_owned(), locator: PAGE.to_owned() };
    let source = Source::unvisited(address, Moment(0));
    let posts = normalise(&source, Batch { items: vec![item], ..Batch::default() }, Moment(0));
    posts.into_iter().next().map_or_else(String::new, |post| post.html.as_str().to_owned())
}
