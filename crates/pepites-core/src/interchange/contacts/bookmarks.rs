//! Takes the bookmarks that every browser exports as HTML (the form of Netscape's), gives a card for each, in its folders.
//! Never builds a tree of the page: the form is a list of marks, and a file can be large.

use super::{Book, Dialect, Place, draft::Gather};
use crate::interchange::{Head, clean};

pub(super) const DIALECT: Dialect = Dialect { name: "bookmarks", of_people: true, recognise, read };

/// Folders within folders; what is deeper stands in the last.
const DEEPEST: usize = 32;
/// A longer title or address is cut.
const LONGEST: usize = 4_096;

fn recognise(head: &Head<'_>) -> bool {
    let start = head.start().trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mark = "<!doctype netscape-bookmark-file";
    start.get(..mark.len()).is_some_and(|at| at.eq_ignore_ascii_case(mark))
}

fn read(head: &Head<'_>) -> Book {
    let mut gather = Gather::default();
    let mut folders: Vec<String> = Vec::new();
    let (mut depth, mut named): (usize, Option<String>) = (0, None);
    let (mut rest, mut line) = (head.text, 1_u32);
    while let Some(at) = rest.find('<') {
        line = line.saturating_add(lines(rest.get(..at).unwrap_or_default()));
        rest = rest.get(at + 1..).unwrap_or_default();
        let Some(end) = tag_end(rest) else { break };
        let tag = rest.get(..end).unwrap_or_default();
        let after = rest.get(end + 1..).unwrap_or_default();
        let words = || clean::name(&clean::unescaped(cut(after.split('<').next().unwrap_or_default())));
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        match name.to_ascii_lowercase().as_str() {
            "h3" => named = words(),
            "dl" => {
                depth += 1;
                // The first list is the whole.
                if depth > 1 && folders.len() < DEEPEST {
                    folders.push(named.take().unwrap_or_default());
                }
            }
            "/dl" => {
                if depth > 1 && depth <= DEEPEST + 1 {
                    folders.pop();
                }
                depth = depth.saturating_sub(1);
            }
            "a" => {
                let href = attribute(tag, "href").unwrap_or_default();
                // Queries and buttons of a browser's own are no sites.
                if !["place:", "about:", "javascript:", "chrome:", "data:"].iter().any(|own| href.starts_with(own)) {
                    let mut draft = gather.draft(line);
                    words().iter().for_each(|title| draft.name(title));
                    draft.url(&clean::unescaped(cut(&href)), Place::Entry);
                    draft.group(
                        &folders.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(" / "),
                    );
                    draft.done();
                } else if href.starts_with("javascript:") {
                    gather.skip(line, &href, crate::model::Phrase::new("flaw.scheme").with("scheme", "javascript:"));
                }
            }
            _ => {}
        }
        line = line.saturating_add(lines(tag));
        rest = after;
        if gather.is_full() {
            break;
        }
    }
    gather.finish()
}

fn lines(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
}

/// Where a tag ends: the first `>` outside quotes, soon; pictures stand in attributes, up to some hundred kilobytes.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    text.bytes().take(1 << 20).position(|byte| match (quote, byte) {
        (None, b'>') => true,
        (None, b'"' | b'\'') => {
            quote = Some(byte);
            false
        }
        (Some(open), byte) if open == byte => {
            quote = None;
            false
        }
        _ => false,
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.get(..tag.floor_char_boundary(LONGEST * 2))?.to_ascii_lowercase();
    let at = lower.find(&format!(" {name}="))? + name.len() + 2;
    let rest = tag.get(at..)?;
    let value = match rest.chars().next()? {
        quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next()?,
        _ => rest.split(char::is_whitespace).next()?,
    };
    Some(value.trim().to_owned())
}
