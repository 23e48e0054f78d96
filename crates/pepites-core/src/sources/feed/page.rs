//! Takes the text of a page, gives it so that a parser of HTML reads it in time and in memory: as it is, nearly always.
//! Never drops what a page says of its feeds: `base`, `link`, `a` and every text stay.

use std::{borrow::Cow, collections::HashMap};

use super::token::{Tokens, What};

/// Open elements. For each new one a parser looks at those around it; real pages nest about 40 deep, and some leave a
/// few hundred `<p>` and `<li>` open.
const DEEPEST: usize = 1_000;

/// Words of one tag: a parser compares each attribute with all those before it. Pictures written into a page count
/// as words at their slashes.
const MOST_WORDS: usize = 4_000;

/// Elements that a parser makes on its own: `<b>` left open is opened again in each paragraph that follows.
const MOST_REPEATED: usize = 200_000;

/// Elements that are opened again when their parent was closed before them.
const REPEATED: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements without an end.
const EMPTY: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// What a page that is too much is reduced to. In scripts and styles no tag means anything.
const KEPT: &[&str] = &["a", "base", "link", "script", "style", "title"];

/// `page`, or what matters of it where its markup was made, or went wrong, so that it costs its length squared.
pub(super) fn readable(page: &str) -> Cow<'_, str> {
    if heavy(page) { Cow::Owned(reduced(page)) } else { Cow::Borrowed(page) }
}

fn heavy(page: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut repeated_open, mut repeated) = (0_usize, 0_usize, 0_usize);
    for token in Tokens::of(page) {
        match token.what {
            What::Start { name, attributes, .. } => {
                let name = name.to_ascii_lowercase();
                repeated += repeated_open;
                if words(attributes) > MOST_WORDS || repeated > MOST_REPEATED {
                    return true;
                }
                if !EMPTY.contains(&name.as_str()) {
                    depth += 1;
                    repeated_open += usize::from(REPEATED.contains(&name.as_str()));
                    *open.entry(name).or_default() += 1;
                }
            }
            // Only the end of something open closes anything.
            What::End { name } => {
                let name = name.to_ascii_lowercase();
                if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                    *count -= 1;
                    depth -= 1;
                    repeated_open -= usize::from(REPEATED.contains(&name.as_str()));
                }
            }
            What::Section | What::Other => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

fn words(attributes: &str) -> usize {
    attributes.bytes().filter(|byte| byte.is_ascii_whitespace() || *byte == b'/').count()
}

fn reduced(page: &str) -> String {
    let (mut kept, mut done) = (String::new(), 0);
    for token in Tokens::of(page) {
        kept.push_str(page.get(done..token.at).unwrap_or_default());
        done = token.after;
        let (name, words) = match token.what {
            What::Start { name, attributes, .. } => (name, words(attributes)),
            What::End { name } => (name, 0),
            What::Section | What::Other => continue,
        };
        if words <= MOST_WORDS && KEPT.contains(&name.to_ascii_lowercase().as_str()) {
            kept.push_str(page.get(token.at..token.after).unwrap_or_default());
        }
    }
    kept.push_str(page.get(done..).unwrap_or_default());
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_that_cost_too_much_are_reduced_and_keep_their_links() {
        let link = "<link rel=alternate href=/x><a href=/y>z</a>";
        for (page, expected) in [
            (link.to_owned(), None),
            ("<div></div><br><p>".repeat(900), None),
            ("<div></x>".repeat(2_000) + link, Some(link)),
            ("<b>".repeat(900) + &"<br>".repeat(900) + link, Some(link)),
            (format!("<p{}>{link}", " a".repeat(5_000)), Some(link)),
        ] {
            let read = readable(&page);
            assert_eq!(read, expected.unwrap_or(&page));
        }
    }
}
