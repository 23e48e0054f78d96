//! Takes a page, gives what it says of its article for machines (JSON-LD): its text, and whether it is to be paid for.
//! Never believed further than that: it is the measure of what is found on the page, and stands in where nothing is.

use dom_query::Document;
use serde_json::Value;

use super::{MOST_MARKUP, is_heavy, is_walkable};

/// Words below which what is called the body is a summary.
const A_BODY: usize = 50;

/// Objects in objects are followed so far: `@graph`, `mainEntity`, `hasPart`.
const DEEPEST: usize = 4;

/// Parts of a page that are closed; more are none of an article.
const MOST_PARTS: usize = 4;

/// The longest name of one.
const LONGEST_SELECTOR: usize = 100;

/// Words of a part that is closed and stands on the page all the same; a request to pay has fewer.
const A_PART: usize = 150;

/// What a page says of its article.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Its text, without markup.
    pub body: Option<String>,
    /// It is not accessible for free.
    pub closed: bool,
    /// Its words, as counted by who wrote it.
    pub words: Option<usize>,
    /// The part that is closed stands on the page all the same.
    pub covered: bool,
}

/// What the page says; the longest body where there are several.
pub(super) fn of(page: &Document) -> Said {
    let mut said = Said::default();
    let mut longest = String::new();
    let mut closed_parts = Vec::new();
    for script in page.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        // Line breaks in strings are the usual mistake.
        let text = text.replace(['\n', '\r', '\t'], " ");
        if let Ok(value) = serde_json::from_str(&text) {
            look(&value, &mut said, &mut longest, &mut closed_parts, 0);
        }
    }
    said.covered = said.closed && closed_parts.iter().any(|part| holds_words(page, part));
    // Only one is parsed, however many a page has.
    said.body = plain(&longest).filter(|body| body.split_whitespace().count() >= A_BODY);
    said
}

fn look(value: &Value, said: &mut Said, longest: &mut String, closed_parts: &mut Vec<String>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(all) => all.iter().for_each(|one| look(one, said, longest, closed_parts, depth + 1)),
        Value::Object(fields) => {
            if let Some(Value::String(body)) = fields.get("articleBody")
                && body.len() > longest.len()
            {
                longest.clone_from(body);
            }
            // Of a part only (`hasPart`), it is said as well: the part that is hidden.
            let closed = fields.get("isAccessibleForFree").is_some_and(is_false);
            said.closed |= closed;
            if let Some(part) = fields.get("cssSelector").and_then(Value::as_str).filter(|_| closed)
                && closed_parts.len() < MOST_PARTS
                && is_plain(part)
            {
                closed_parts.push(part.to_owned());
            }
            said.words = said.words.max(fields.get("wordCount").and_then(number));
            let inside = fields.values().filter(|inner| !inner.is_string());
            inside.for_each(|inner| look(inner, said, longest, closed_parts, depth + 1));
        }
        _ => {}
    }
}

/// Classes, ids and tags: what papers name the part by. Anything else could take long to look for.
fn is_plain(selector: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '#' | '-' | '_');
    !selector.is_empty() && selector.len() <= LONGEST_SELECTOR && selector.chars().all(plain)
}

/// Whether that part of the page has more to read than a request to pay.
fn holds_words(page: &Document, part: &str) -> bool {
    let Some(found) = page.try_select(part) else { return false };
    found.text().split_whitespace().count() >= A_PART
}

fn number(value: &Value) -> Option<usize> {
    let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())?;
    usize::try_from(number).ok()
}

fn is_false(value: &Value) -> bool {
    value == &Value::Bool(false) || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("false"))
}

/// Without markup, which some put into it. None where that takes too much work: escaped twice, it was not weighed with
/// its page.
fn plain(body: &str) -> Option<String> {
    let body = html_escape::decode_html_entities(body);
    if !body.contains("</") {
        return Some(body.into_owned());
    }
    if body.len() > MOST_MARKUP || is_heavy(&body) {
        return None;
    }
    let tree = Document::from(body.as_ref());
    is_walkable(&tree).then(|| tree.root().formatted_text().to_string())
}

/// The text as paragraphs.
pub(super) fn paragraphs(text: &str) -> String {
    let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("<p>{}</p>", html_escape::encode_text(line))).collect()
}
