//! Takes a folder of captured feeds with a reference reading, serves them on loopback, imports and refreshes them with
//! the real program, gives a table of what was read.

use std::{collections::BTreeMap, fmt::Write as _, io::Write, path::Path, sync::Arc};

use anyhow::Result;

use super::{
    feeds::{Reference, references},
    program::Program,
};
use crate::serve::{Answer, Loopback};

/// Checks every captured feed below `folder`; writes the table to `out`.
///
/// # Errors
/// When the material cannot be read or the program stops.
pub fn check(folder: &Path, out: &mut dyn Write) -> Result<()> {
    let feeds: Vec<Reference> = references(folder)?.into_values().filter(|reference| reference.captured).collect();
    let mut answers = BTreeMap::new();
    for (index, feed) in feeds.iter().enumerate() {
        answers.insert(format!("/{index}/feed"), answer(feed, std::fs::read(folder.join(&feed.file))?));
    }
    let answers = Arc::new(answers);
    let script = Arc::clone(&answers);
    let server =
        Loopback::start(Arc::new(move |asked, _| script.get(&asked.path).cloned().unwrap_or(Answer::status(404))))?;

    let scratch = tempfile::tempdir()?;
    let opml = scratch.path().join("captured.opml");
    std::fs::write(&opml, outline(&feeds, &server))?;
    let program = Program::beside(&scratch.path().join("library"))?;
    let imported = program.json(&["import", &opml.to_string_lossy()])?;
    let refreshed = program.json(&["refresh"])?;
    let sources = program.json(&["sources"])?;

    let by_address: BTreeMap<&str, &serde_json::Value> = sources
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|source| Some((source.get("address")?.as_str()?, source)))
        .collect();
    let mut totals = (0, 0, 0, 0_usize);
    writeln!(out, "| feed | reference | posts | trouble |\n| --- | ---: | ---: | --- |")?;
    for (index, feed) in feeds.iter().enumerate() {
        let source = by_address.get(server.url(&format!("/{index}/feed")).as_str());
        let posts = source.and_then(|source| source.get("posts")?.as_u64()).unwrap_or(0);
        let trouble = source.and_then(|source| source.get("trouble")?.get("key")?.as_str().map(ToOwned::to_owned));
        totals.0 += 1;
        totals.1 += u32::from(trouble.is_none());
        totals.2 += feed.counts.entries;
        totals.3 += usize::try_from(posts)?;
        if trouble.is_some() || u64::try_from(feed.counts.entries) != Ok(posts) {
            writeln!(out, "| {} | {} | {posts} | {} |", feed.file, feed.counts.entries, trouble.unwrap_or_default())?;
        }
    }
    writeln!(
        out,
        "\n{} captured feeds, imported {}, read {}; the reference has {} entries, the library {} posts",
        totals.0,
        imported.get("added").and_then(|added| added.as_array()).map_or(0, Vec::len),
        totals.1,
        totals.2,
        totals.3
    )?;
    writeln!(out, "(feeds that agree with the reference are not listed)\n{refreshed:#}")?;
    Ok(())
}

/// What a server would have sent: the headers that the reference assumes, else a type by the ending.
fn answer(feed: &Reference, body: Vec<u8>) -> Answer {
    let mut answer = Answer { status: 200, headers: Vec::new(), body: body.into() };
    if let Some(content_type) = &feed.http_headers {
        answer = answer.with("content-type", content_type);
    }
    if answer.headers.is_empty() {
        let content_type = if feed.file.ends_with(".json") { "application/feed+json" } else { "application/xml" };
        answer = answer.with("content-type", content_type);
    }
    answer
}

fn outline(feeds: &[Reference], server: &Loopback) -> String {
    let mut opml = String::from("<opml version=\"2.0\"><body>\n");
    for (index, _) in feeds.iter().enumerate() {
        let url = server.url(&format!("/{index}/feed"));
        // Writing to a string cannot fail.
        let _written = writeln!(opml, "<outline type=\"rss\" text=\"Captured {index}\" xmlUrl=\"{url}\"/>");
    }
    opml.push_str("</body></opml>\n");
    opml
}
