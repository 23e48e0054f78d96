//! Takes pieces of text of a feed, gives them in the one shape that their field has: plain, HTML, short enough.
//! Never cuts a letter in two.

use super::{
    entity::{escape, looks_like_html, unescape},
    token::flatten,
};

/// Plain text on one line: without tags, its references resolved once more, as many feeds escape names twice.
pub(super) fn plain(text: &str) -> String {
    let (text, _) = flatten(text, false);
    unescape(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// HTML that shows a plain text as it stands; a text that is HTML after all, though its feed denies it, stays.
pub(in crate::sources) fn html_of_text(text: &str) -> String {
    if looks_like_html(text) { text.to_owned() } else { escape(text).replace('\n', "<br>") }
}

/// The beginning of `text`, at most that many bytes, ended at a letter.
pub(in crate::sources) fn up_to(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// `text` up to that many bytes, ended at a letter.
pub(in crate::sources) fn capped(mut text: String, most: usize) -> String {
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
    }
    text
}
