//! Takes what was typed, gives its pieces: what stands between blanks, or between quotes where both are there.

use std::ops::Range;

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where it stands, in bytes, with its minus, its operator and its quotes.
    pub(super) at: Range<usize>,
    /// It begins with a minus.
    pub(super) not: bool,
    /// The word before its first colon, when that is one: `source`.
    pub(super) name: Option<String>,
    /// What stands after that colon.
    pub(super) value: String,
    /// All of it but the minus and the quotes; a star at its end says that the last word may go on.
    pub(super) text: String,
    /// It stands between quotes: its words and nothing else are meant.
    pub(super) quoted: bool,
}

pub(super) fn cut(typed: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(rest) = typed.get(at..).filter(|rest| !rest.is_empty()) {
        let blank: usize = rest.chars().take_while(|char| is_blank(*char)).map(char::len_utf8).sum();
        if blank > 0 {
            at += blank;
            continue;
        }
        let piece = one(rest);
        let length = piece.at.end;
        cuts.push(Cut { at: at..at + length, ..piece });
        at += length.max(1);
    }
    cuts
}

/// The first piece of a text that begins with one; its place is counted from there.
fn one(text: &str) -> Cut {
    let bare = text.strip_prefix('-').filter(|bare| bare.chars().next().is_some_and(|next| !is_blank(next)));
    let (not, bare) = bare.map_or((false, text), |bare| (true, bare));
    let start = text.len() - bare.len();
    let name = name_of(bare);
    let head = name.map_or(0, |name| name.len() + 1);
    let body = bare.get(head..).unwrap_or_default();
    let (value, quoted, length) = value_of(body, name.is_some());
    let text = match name {
        Some(name) => format!("{name}:{value}"),
        None => value.clone(),
    };
    Cut { at: 0..start + head + length, not, name: name.map(str::to_owned), value, text, quoted }
}

/// Letters alone before a colon: `source`, not `12` nor `c++`.
fn name_of(text: &str) -> Option<&str> {
    let end = text.find(|char: char| !char.is_alphabetic()).filter(|end| *end > 0)?;
    let (name, rest) = text.split_at(end);
    rest.starts_with(':').then_some(name)
}

/// What stands at the beginning, whether between quotes, and how many bytes it takes. After an operator, quotes that do
/// not close reach to the end: they are being typed.
fn value_of(text: &str, named: bool) -> (String, bool, usize) {
    if let Some(inside) = text.strip_prefix(is_quote)
        && let Some(end) = inside.find(is_quote)
    {
        let opened = text.len() - inside.len();
        let tail = inside.get(end..).unwrap_or_default();
        let closed = tail.chars().next().map_or(0, char::len_utf8);
        let starred = tail.get(closed..).is_some_and(|after| after.starts_with('*'));
        let value = inside.get(..end).unwrap_or_default();
        let value = if starred { format!("{value}*") } else { value.to_owned() };
        return (value, true, opened + end + closed + usize::from(starred));
    }
    if let Some(inside) = text.strip_prefix(is_quote).filter(|_| named) {
        return (inside.to_owned(), true, text.len());
    }
    let end = text.find(is_blank).unwrap_or(text.len());
    (text.get(..end).unwrap_or_default().to_owned(), false, end)
}

/// What begins and ends what is meant as it stands.
pub(super) fn is_quote(char: char) -> bool {
    matches!(char, '"' | '“' | '”' | '„' | '«' | '»')
}

/// What parts two pieces.
pub(super) fn is_blank(char: char) -> bool {
    char.is_whitespace() || char.is_control()
}
