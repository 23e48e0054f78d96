//! Takes a folder of pages, gives the feeds that each offers, one JSON object a line, beside what a person found in it
//! where that is written down (`discovery.json`). Asks no network.

use std::{collections::BTreeMap, io::Write, path::Path};

use anyhow::{Context, Result, ensure};
use pepites_core::{model::Reply, sources::feed};
use serde::Serialize;

/// Where each page is said to come from: relative addresses in it are relative to there.
const SITE: &str = "https://pages.example/";

/// What must be found: the end of a file's path, the feeds in their order. Written by reading the pages.
const EXPECTED: &str = include_str!("discovery.json");

/// What one page offers.
#[derive(Debug, Serialize)]
struct Found {
    /// Relative to the folder.
    file: String,
    feeds: Vec<Feed>,
    /// Whether these are the feeds that a person found in it; null where nobody looked.
    as_expected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<Vec<String>>,
}

/// One feed, as it would be shown to choose from.
#[derive(Debug, Serialize)]
struct Feed {
    url: String,
    title: Option<String>,
    format: Option<&'static str>,
}

/// Looks at every file below `folder`; writes a line each to `out`, then the totals.
///
/// # Errors
/// When a file cannot be read, or a page does not offer what it should.
pub fn check(folder: &Path, out: &mut dyn Write) -> Result<()> {
    let expected: BTreeMap<String, Vec<String>> = serde_json::from_str(EXPECTED).context("discovery.json")?;
    let mut files = Vec::new();
    super::feeds::find(folder, &mut files)?;
    files.sort();
    let (mut pages, mut known, mut right) = (0, 0, 0);
    for path in files {
        let file = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        let body = std::fs::read(&path).with_context(|| file.clone())?;
        let found = look(file, body, &expected);
        pages += 1;
        known += u32::from(found.as_expected.is_some());
        right += u32::from(found.as_expected == Some(true));
        writeln!(out, "{}", serde_json::to_string(&found)?)?;
    }
    eprint_totals(pages, known, right)?;
    ensure!(right == known, "{} of {known} pages do not offer what a person found in them", known - right);
    Ok(())
}

/// The totals stand apart from the objects: a script reads those.
fn eprint_totals(pages: u32, known: u32, right: u32) -> Result<()> {
    Ok(writeln!(std::io::stderr(), "{pages} files, {known} with an expectation, {right} as expected")?)
}

fn look(file: String, body: Vec<u8>, expected: &BTreeMap<String, Vec<String>>) -> Found {
    let url = format!("{SITE}{file}");
    let headers = vec![("content-type".to_owned(), "text/html".to_owned())];
    let reply = Reply { asked: url.clone(), url, status: 200, headers, body, ..Reply::default() };
    let offer = |offer: feed::Offer| Feed { format: offer.format(), url: offer.url, title: offer.title };
    let feeds: Vec<Feed> = feed::offers(&reply).into_iter().map(offer).collect();
    // The longest end that fits is meant: two folders may have a page of one name.
    let fits = |end: &&String| file == **end || file.ends_with(&format!("/{end}"));
    let expected = expected.keys().filter(fits).max_by_key(|end| end.len()).and_then(|end| expected.get(end));
    let as_expected = expected.map(|urls| urls.iter().eq(feeds.iter().map(|feed| &feed.url)));
    let expected = expected.filter(|_| as_expected == Some(false)).cloned();
    Found { file, feeds, as_expected, expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_held_to_what_a_person_found_in_it() {
        let page = |href: &str| format!("<html><link rel=alternate type=application/rss+xml href={href}>").into_bytes();
        let expected = BTreeMap::from([
            ("x.html".to_owned(), vec!["https://pages.example/other".to_owned()]),
            ("a/x.html".to_owned(), vec!["https://pages.example/feed".to_owned()]),
        ]);
        let said = |file: &str| look(file.to_owned(), page("/feed"), &expected);
        assert_eq!(said("b/a/x.html").as_expected, Some(true));
        assert_eq!(said("x.html").expected, Some(vec!["https://pages.example/other".to_owned()]));
        assert_eq!((said("y.html").as_expected, said("ax.html").as_expected), (None, None));
        assert_eq!(said("y.html").feeds[0].format, Some("RSS"));
    }
}
