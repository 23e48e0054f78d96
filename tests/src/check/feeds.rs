//! Takes a folder, reads every file below it as a feed with the reader of the app, gives one JSON object a line: what
//! was found, counting only what the file holds. Asks no network and keeps nothing.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
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
/// When a file cannot be read.
pub fn check(folder: &Path, out: &mut dyn Write) -> Result<()> {
    let references = references(folder)?;
    each(folder, &references, |found| Ok(writeln!(out, "{}", serde_json::to_string(&found)?)?))
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
        give(read(file, body, content_type))?;
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
        Some(Ok(batch)) => Found { file, ok: true, error: None, counts: counts(&batch.items) },
        Some(Err(unreadable)) => {
            let error = Some(Language::English.say(&unreadable.why));
            Found { file, ok: false, error, counts: Counts::default() }
        }
        None => Found {
            file,
            ok: false,
            error: Some("no kind of source reads feeds".to_owned()),
            counts: Counts::default(),
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
