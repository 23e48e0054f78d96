//! Takes text with markup, gives its tags, sections and attributes one after the other.
//! Never fails and never looks at a letter more than a few times, however the text was made to be slow.

use std::borrow::Cow;

use super::entity::{unescape, unescape_into};

const SECTION: &str = "<![CDATA[";

/// A piece of markup and where it stands.
pub(super) struct Token<'a> {
    /// Where its `<` is.
    pub at: usize,
    /// One after its `>`.
    pub after: usize,
    /// What it is.
    pub what: What<'a>,
}

/// A piece of markup.
pub(super) enum What<'a> {
    /// `<name attributes>` or `<name attributes/>`.
    Start { name: &'a str, attributes: &'a str, empty: bool },
    /// `</name>`.
    End { name: &'a str },
    /// `<![CDATA[…]]>`.
    Section,
    /// A comment, an instruction, a document type.
    Other,
}

impl Token<'_> {
    /// A start or end tag.
    pub(super) fn is_tag(&self) -> bool {
        matches!(self.what, What::Start { .. } | What::End { .. })
    }
}

/// The markup of a text, in order. A `<` that begins none is text.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Ends that were looked for and are nowhere in the rest: not looked for again, as a text made of
    /// beginnings without ends would cost its length squared.
    missing: [bool; ENDS.len()],
}

/// What ends a section, a comment, an instruction, a document type with declarations, and anything else.
const ENDS: [&str; 5] = ["]]>", "-->", "?>", "]>", ">"];
const OF_SECTION: usize = 0;
const OF_COMMENT: usize = 1;
const OF_INSTRUCTION: usize = 2;
const OF_DOCTYPE: usize = 3;
const OF_TAG: usize = 4;

impl<'a> Tokens<'a> {
    /// The markup of `text`.
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, at: 0, missing: [false; ENDS.len()] }
    }

    /// One after the end of that sort at or after `from`.
    fn end(&mut self, sort: usize, from: usize) -> Option<usize> {
        let (missing, end) = (self.missing.get_mut(sort)?, ENDS.get(sort)?);
        if *missing {
            return None;
        }
        let found = self.text.get(from..)?.find(end);
        *missing = found.is_none();
        found.map(|found| from + found + end.len())
    }

    /// One after the end of that sort, else after the next `>`.
    fn either(&mut self, sort: usize, from: usize) -> Option<usize> {
        self.end(sort, from).or_else(|| self.end(OF_TAG, from))
    }

    /// What begins at the `<` at `at`, and where it ends; None when it is text.
    fn token(&mut self, at: usize) -> Option<(usize, What<'a>)> {
        let whole = self.text.len();
        let rest = self.text.get(at + 1..)?;
        match rest.chars().next()? {
            '!' if rest.starts_with("![CDATA[") => Some((self.end(OF_SECTION, at).unwrap_or(whole), What::Section)),
            '!' if rest.starts_with("!--") => Some((self.either(OF_COMMENT, at).unwrap_or(whole), What::Other)),
            '?' => Some((self.either(OF_INSTRUCTION, at).unwrap_or(whole), What::Other)),
            '!' => {
                // Only a document type can hold `[ … ]`; what it declares is skipped, not obeyed.
                let end = self.end(OF_TAG, at)?;
                let declares = self.text.get(at..end).is_some_and(|head| head.contains('['));
                let end = if declares { self.end(OF_DOCTYPE, at).unwrap_or(end) } else { end };
                Some((end, What::Other))
            }
            '/' => {
                let name = rest.strip_prefix('/')?;
                let end = name.find(['<', '>'])?;
                let closes = name.get(end..)?.starts_with('>');
                closes.then_some((at + 3 + end, What::End { name: name.get(..end)?.trim() }))
            }
            first if first.is_alphabetic() || first == '_' => {
                let end = tag_end(rest)?;
                let inside = rest.get(..end)?;
                let (inside, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
                let stop = inside.find(|letter: char| letter.is_whitespace() || letter == '/').unwrap_or(inside.len());
                let (name, attributes) = inside.split_at_checked(stop)?;
                Some((at + 2 + end, What::Start { name, attributes, empty }))
            }
            _ => None,
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let at = self.at + self.text.get(self.at..)?.find('<')?;
            if let Some((after, what)) = self.token(at) {
                self.at = after;
                return Some(Token { at, after, what });
            }
            self.at = at + 1;
        }
    }
}

/// The text of `inner`, and whether tags stand in it. With `verbatim`, tags and references are left as they are.
pub(super) fn flatten(inner: &str, verbatim: bool) -> (String, bool) {
    let (mut out, mut tags, mut done) = (String::with_capacity(inner.len()), false, 0);
    let push = |out: &mut String, piece: &str| {
        if verbatim { out.push_str(piece) } else { unescape_into(out, piece) }
    };
    for token in Tokens::of(inner) {
        push(&mut out, inner.get(done..token.at).unwrap_or_default());
        done = token.after;
        let whole = inner.get(token.at..token.after).unwrap_or_default();
        match token.what {
            What::Section => {
                let inside = whole.strip_prefix(SECTION).unwrap_or_default();
                out.push_str(inside.strip_suffix("]]>").unwrap_or(inside));
            }
            What::Start { .. } | What::End { .. } => {
                tags = true;
                if verbatim {
                    out.push_str(whole);
                }
            }
            What::Other => {}
        }
    }
    push(&mut out, inner.get(done..).unwrap_or_default());
    (out, tags)
}

/// The names and raw values of the attributes of a tag.
pub(super) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            let equals = rest.find('=')?;
            let (names, value) = (rest.get(..equals)?, rest.get(equals + 1..)?.trim_start());
            let name = names.split_whitespace().next_back().unwrap_or_default();
            let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => {
                    let inside = value.get(1..)?;
                    inside.split_once(quote).unwrap_or((inside, ""))
                }
                None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            rest = after;
            if !name.is_empty() {
                return Some((name, value));
            }
        }
    })
}

/// The value of that attribute in the text of a tag, unescaped.
pub(super) fn attribute<'a>(text: &'a str, name: &str) -> Option<Cow<'a, str>> {
    attributes(text).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| unescape(value))
}

/// Where the `>` of a start tag is; quotes only count after `=`. A `<` before it means that no tag was begun.
fn tag_end(rest: &str) -> Option<usize> {
    let (mut quote, mut previous) = (None, b' ');
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            // `a <b and c` is text. In quotes it is a quote that was never closed: the tag ends where it can.
            (None, b'<') => return None,
            (Some(_), b'<') => return rest.get(..at)?.find('>'),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(byte),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            previous = byte;
        }
    }
    rest.find('>')
}
