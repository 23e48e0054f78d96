//! Takes a folder of pages, gives the main text of each, one JSON object a line; says beside it how well it is what
//! people marked as the article. The measure is that of the usual benchmark: groups of four words that both have.

use std::{collections::HashMap, io::Read, io::Write, path::Path};

use anyhow::{Context, Result};
use pepites_core::{
    article::{Article, NoArticle, Page},
    model::{Address, Moment, Source},
    normalise,
    sources::feed,
};
use serde_json::{Value, json};

/// Words of one group.
const GROUP: usize = 4;

/// How much of one text is in another.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found {
    /// Of what was found, the part that is right.
    pub precision: f64,
    /// Of what is right, the part that was found.
    pub recall: f64,
}

impl Found {
    /// Both in one figure.
    #[must_use]
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// Writes id and main text of each page below `folder`/html to `out`; the figures to `said`, when the truth is there.
///
/// # Errors
/// When the folder cannot be read.
pub fn check(folder: &Path, out: &mut dyn Write, said: &mut dyn Write) -> Result<()> {
    let truth = match std::fs::read(folder.join("ground-truth.json")) {
        Ok(bytes) => serde_json::from_slice(&bytes)?,
        Err(_absent) => json!({}),
    };
    let pages = folder.join("html");
    let mut names: Vec<String> = std::fs::read_dir(&pages)
        .with_context(|| pages.display().to_string())?
        .filter_map(|file| file.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let mut all = Vec::new();
    for name in &names {
        let Some(id) = name.strip_suffix(".html.gz") else { continue };
        let mut page = Vec::new();
        let file = std::fs::File::open(pages.join(name))?;
        flate2::read::MultiGzDecoder::new(file).read_to_end(&mut page).with_context(|| name.clone())?;
        let known = truth.get(id);
        let address = known.and_then(|known| known.get("url")).and_then(Value::as_str);
        let text = main_text(&page, address.unwrap_or("https://pages.example/page")).unwrap_or_else(|why| {
            // A page without an article has no text; why is worth a line.
            tell(said, &format!("{id}: {why:?}"));
            String::new()
        });
        writeln!(out, "{}", json!({ "id": id, "text": text }))?;
        if let Some(right) = known.and_then(|known| known.get("articleBody")).and_then(Value::as_str) {
            all.push(compare(right, &text));
        }
    }
    if all.is_empty() {
        tell(said, &format!("{} pages; no ground-truth.json to compare with", names.len()));
        return Ok(());
    }
    let mean =
        |of: fn(&Found) -> f64| all.iter().map(of).sum::<f64>() / f64::from(u32::try_from(all.len()).unwrap_or(1));
    let both = Found { precision: mean(|page| page.precision), recall: mean(|page| page.recall) };
    tell(
        said,
        &format!(
            "{} pages: F1 {:.4} (mean of the pages; {:.4} of the means), precision {:.4}, recall {:.4}",
            all.len(),
            mean(|page| page.f1()),
            both.f1(),
            both.precision,
            both.recall,
        ),
    );
    Ok(())
}

fn tell(said: &mut dyn Write, line: &str) {
    // Figures that nobody hears are no reason to stop.
    let _unheard = writeln!(said, "{line}");
}

/// The main text of a page: the article without the captions of its pictures.
///
/// # Errors
/// Why there is none.
pub fn main_text(page: &[u8], address: &str) -> Result<String, NoArticle> {
    let article = Page { body: page, content_type: None, address }.article()?;
    let source =
        Source::unvisited(Address { kind: feed::KIND_NAME.to_owned(), locator: address.to_owned() }, Moment(0));
    let full = normalise::full_text(&source, address, &article);
    let mut parts = full.html.as_str().split("<figcaption");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.push_str(part.split_once("</figcaption>").map_or("", |(_, after)| after));
    }
    Ok(normalise::full_text(&source, address, &Article { html: bare, ..article }).text)
}

/// How much of `found` is in `right`, and of `right` in `found`.
#[must_use]
pub fn compare(right: &str, found: &str) -> Found {
    let (right, found) = (groups(right), groups(found));
    let shared: usize = right.iter().map(|(group, times)| times.min(found.get(group).unwrap_or(&0))).sum();
    let share = |of: &HashMap<Vec<String>, usize>| match u32::try_from(of.values().sum::<usize>()) {
        Ok(all) if all > 0 => f64::from(u32::try_from(shared).unwrap_or(u32::MAX)) / f64::from(all),
        _ => 0.0,
    };
    Found { precision: share(&found), recall: share(&right) }
}

/// Each group of words that follow each other, and how often it comes. A shorter text is one group.
fn groups(text: &str) -> HashMap<Vec<String>, usize> {
    let words: Vec<String> = text
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut groups = HashMap::new();
    if !words.is_empty() {
        for group in words.windows(GROUP.min(words.len())) {
            *groups.entry(group.to_vec()).or_default() += 1;
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_have_is_counted_in_groups_of_four_words() {
        let check = |right: &str, found: &str, precision: f64, recall: f64| {
            let both = compare(right, found);
            assert_eq!((both.precision, both.recall), (precision, recall), "{right} / {found}");
        };
        check("one two three four", "One, two", 0.0, 0.0);
        check("one two three four", "one two; three four", 1.0, 1.0);
        check("one two three four", "one two three four five", 0.5, 1.0);
        check("a b c d a b c d", "a b c d", 1.0, 0.2);
        check("one two", "one two", 1.0, 1.0);
        check("", "one", 0.0, 0.0);
        assert!((compare("one two three four", "one two three four five").f1() - 2.0 / 3.0).abs() < 1e-9);
    }
}
