//! Takes the text of a page, gives it so that a parser of HTML reads it in time and in memory: as it is, nearly always.
//! Never drops what a page says of its feeds: `base`, `link`, `a` and every text stay.

use std::borrow::Cow;

use crate::text::{burden, markup::Tags};

/// What a page that is too much is reduced to. In scripts and styles no tag means anything.
const KEPT: &[&str] = &["a", "base", "link", "script", "style", "title"];

/// `page`, or what matters of it where its markup was made, or went wrong, so that it costs its length squared.
pub(crate) fn readable(page: &str) -> Cow<'_, str> {
    if burden::is_heavy(page) { Cow::Owned(reduced(page)) } else { Cow::Borrowed(page) }
}

fn reduced(page: &str) -> String {
    let (mut kept, mut done) = (String::new(), 0);
    for tag in Tags::of(page) {
        kept.push_str(page.get(done..tag.at).unwrap_or_default());
        done = tag.after;
        let light = !tag.doubtful && tag.attributes <= burden::MOST_ATTRIBUTES;
        if light && KEPT.iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
            kept.push_str(page.get(tag.at..tag.after).unwrap_or_default());
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
            ("<div></div><br><p>".repeat(9_000), None),
            ("<div></x>".repeat(3_000) + link, Some(link)),
            ("<b>".repeat(900) + &"<br>".repeat(900) + link, Some(link)),
            (format!("<p{}>{link}", " a".repeat(5_000)), Some(link)),
            (format!("<iframe><b></iframe>{}{link}", "<div></x>".repeat(3_000)), Some(link)),
            // What an XML parser would skip, and a parser of HTML reads.
            (format!("<![CDATA[>{}]]>{link}", "<div>".repeat(3_000)), Some(&format!("<![CDATA[>]]>{link}"))),
            (format!("<!-- --!>{}-->{link}", "<div>".repeat(3_000)), Some(&format!("<!-- --!>-->{link}"))),
        ] {
            let read = readable(&page);
            assert_eq!(read, expected.unwrap_or(&page));
        }
    }
}
