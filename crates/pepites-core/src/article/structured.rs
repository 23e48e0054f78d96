//! Takes a page, gives what it says of its article for machines (JSON-LD): its text, and whether it is to be paid for.
//! Never believed further than that: it is the measure of what is found on the page, and stands in where nothing is.

use dom_query::Document;
use serde_json::Value;

use super::{MOST_MARKUP, is_heavy, is_walkable};

/// Words below which what is called the body is a summary.
const A_BODY: usize = 50;

/// Objects in objects are followed so far: `@graph`, `mainEntity`, `hasPart`.
const DEEPEST: usize = 4;

/// What a page says of its article.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Its text, without markup.
    pub body: Option<String>,
    /// It is not accessible for free.
    pub closed: bool,
}

/// What the page says; the longest body where there are several.
pub(super) fn of(page: &Document) -> Said {
    let mut said = Said::default();
    let mut longest = String::new();
    for script in page.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        // Line breaks in strings are the usual mistake.
        let text = text.replace(['\n', '\r', '\t'], " ");
        if let Ok(value) = serde_json::from_str(&text) {
            look(&value, &mut said, &mut longest, 0);
        }
    }
    // Only one is parsed, however many a page has.
    said.body = plain(&longest).filter(|body| body.split_whitespace().count() >= A_BODY);
    said
}

fn look(value: &Value, said: &mut Said, longest: &mut String, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(all) => all.iter().for_each(|one| look(one, said, longest, depth + 1)),
        Value::Object(fields) => {
            if let Some(Value::String(body)) = fields.get("articleBody")
                && body.len() > longest.len()
            {
                longest.clone_from(body);
            }
            // Of a part only (`hasPart`), it is said as well: the part that is hidden.
            said.closed |= fields.get("isAccessibleForFree").is_some_and(is_false);
            let inside = fields.values().filter(|inner| !inner.is_string());
            inside.for_each(|inner| look(inner, said, longest, depth + 1));
        }
        _ => {}
    }
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
