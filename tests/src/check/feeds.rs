//! Takes a folder, reads every file below it as a feed with the reader of the app, gives one JSON object a line: what
//! was found, counting only what the file holds; for JSON Feeds beside what was counted without our reader
//! (`json_feeds.json`). Asks no network and keeps nothing.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use pepites_core::{
    model::{Address, Item, Moment, Reply, Source},
    sources,
};
use pepites_engine::catalogue::Language;
use serde::{Deserialize, Serialize};

/// Where each file is said to come from: relative addresses in it are relative to there.
const SITE: &str = "https://feeds.example/";

/// The name of the file that says what another reader found.
const REFERENCE: &str = "reference.jsonl";

/// What JSON Feeds hold, which the reference does not read: the end of a file's path, then the numbers of [`Counts`] in
/// their order. Counted by a script that shares nothing with our reader; empty texts and dates that are none left out.
const JSON_FEEDS: &str = include_str!("json_feeds.json");

/// What one file holds.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Found {
    /// Relative to the folder.
    pub file: String,
    /// It is a feed.
    pub ok: bool,
    /// Why it is none.
    pub error: Option<String>,
    #[serde(flatten)]
    pub counts: Counts,
    /// What it should hold; absent where nobody counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<Counts>,
}

/// Entries, and how many of them have each of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    pub entries: usize,
    pub titles: usize,
    pub links: usize,
    pub dates: usize,
    pub bodies: usize,
}

/// One line of `reference.jsonl`.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Reference {
    pub file: String,
    pub captured: bool,
    /// What the server said, as one content type.
    pub http_headers: Option<String>,
    #[serde(flatten)]
    pub counts: Counts,
}

/// Reads every file below `folder`; writes a line each to `out`.
///
/// # Errors
/// When a file cannot be read, or one does not hold what it should.
pub fn check(folder: &Path, out: &mut dyn Write) -> Result<()> {
    let references = references(folder)?;
    let (mut known, mut wrong) = (0_usize, Vec::new());
    each(folder, &references, |found| {
        known += usize::from(found.expected.is_some());
        writeln!(out, "{}", serde_json::to_string(&found)?)?;
        if found.expected.is_some_and(|expected| expected != found.counts) {
            wrong.push(found.file);
        }
        Ok(())
    })?;
    // The total stands apart from the objects: a script reads those.
    let mut totals = std::io::stderr();
    writeln!(totals, "{} of {known} JSON Feeds hold what was counted in them", known - wrong.len())?;
    ensure!(wrong.is_empty(), "these do not: {}", wrong.join(", "));
    Ok(())
}

/// What was counted in each JSON Feed, by the end of its path.
fn counted() -> Result<BTreeMap<String, Counts>> {
    let rows: BTreeMap<String, [usize; 5]> = serde_json::from_str(JSON_FEEDS).context("json_feeds.json")?;
    let counts = rows.into_iter().map(|(file, row)| {
        let [entries, titles, links, dates, bodies] = row;
        (file, Counts { entries, titles, links, dates, bodies })
    });
    Ok(counts.collect())
}

/// What the folder's reference says of each file; nothing when it has none.
pub(super) fn references(folder: &Path) -> Result<BTreeMap<String, Reference>> {
    let Ok(lines) = std::fs::read_to_string(folder.join(REFERENCE)) else { return Ok(BTreeMap::new()) };
    lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).map(|reference: Reference| (reference.file.clone(), reference)))
        .collect::<Result<_, _>>()
        .context(REFERENCE)
}

/// Gives what each file below `folder` holds, in order of their names.
pub(super) fn each(
    folder: &Path,
    references: &BTreeMap<String, Reference>,
    mut give: impl FnMut(Found) -> Result<()>,
) -> Result<()> {
    let counted = counted()?;
    let mut files = Vec::new();
    find(folder, &mut files)?;
    files.sort();
    for path in files {
        let file = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        if file == REFERENCE {
            continue;
        }
        let body = std::fs::read(&path).with_context(|| file.clone())?;
        let content_type = references.get(&file).and_then(|reference| reference.http_headers.clone());
        let expected = counted.iter().find(|(end, _)| file.ends_with(end.as_str())).map(|(_, counts)| *counts);
        give(Found { expected, ..read(file, body, content_type) })?;
    }
    Ok(())
}

fn read(file: String, body: Vec<u8>, content_type: Option<String>) -> Found {
    let url = format!("{SITE}{file}");
    let address = Address { kind: sources::feed::KIND_NAME.to_owned(), locator: url.clone() };
    let reply = Reply {
        asked: url.clone(),
        url,
        status: 200,
        headers: content_type.map(|kind| ("content-type".to_owned(), kind)).into_iter().collect(),
        body,
        ..Reply::default()
    };
    // The road of every refresh: the kind of the source is given what was heard.
    let source = Source::unvisited(address, Moment(0));
    let kind = sources::kind(&source.address.kind);
    match kind.map(|kind| (kind.read)(&source, &[reply])) {
        Some(Ok(batch)) => Found { file, ok: true, error: None, counts: counts(&batch.items), expected: None },
        Some(Err(unreadable)) => {
            let error = Some(Language::English.say(&unreadable.why));
            Found { file, ok: false, error, counts: Counts::default(), expected: None }
        }
        None => Found {
            file,
            ok: false,
            error: Some("no kind of source reads feeds".to_owned()),
            counts: Counts::default(),
            expected: None,
        },
    }
}

fn counts(items: &[Item]) -> Counts {
    let count = |has: fn(&Item) -> bool| items.iter().filter(|item| has(item)).count();
    Counts {
        entries: items.len(),
        titles: count(|item| item.title.is_some()),
        links: count(|item| item.link.is_some()),
        dates: count(|item| item.published.or(item.updated).is_some()),
        bodies: count(|item| item.html.is_some() || item.summary.is_some()),
    }
}

/// Every file below `folder`.
pub(super) fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
