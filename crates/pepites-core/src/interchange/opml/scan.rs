//! Takes the text of an XML file as people really have them, gives its tags one after the other with their lines.
//! Never fails and never resolves an entity of the file's own: no file is opened, no bomb goes off.
//!
//! Written here rather than taken from a strict parser because the damage seen in lists is inside tags: quotes and `<`
//! left bare in titles, attributes without quotes, a value that is never closed. One such tag must not cost the rest.

use std::borrow::Cow;

use super::super::clean;

/// What a file consists of, as far as a list is concerned.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// `<name attribute="value">` or `<name/>`.
    Open(Tag<'a>),
    /// `</name>`.
    Close(&'a str),
    /// What stands between tags, as it is written.
    Text(&'a str),
    /// The file ends inside a tag or comment that begins on that line. Nothing follows.
    Cut(u32),
}

/// A tag that opens an element.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    /// Where it begins, counted from 1.
    pub(super) line: u32,
    /// It closes itself.
    pub(super) empty: bool,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, whatever the case of its name, without entities. Blank is absent.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        let (_, raw) = self.attributes.iter().find(|(key, raw)| key.eq_ignore_ascii_case(name) && !blank(raw))?;
        Some(clean::unescaped(raw))
    }

    /// Whether an attribute is there, were it without a value.
    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(key, _)| key.eq_ignore_ascii_case(name))
    }

    /// Whether the name of any attribute begins so.
    pub(super) fn has_prefix(&self, prefix: &str) -> bool {
        self.attributes.iter().any(|(key, _)| key.starts_with(prefix))
    }
}

/// Goes through a text once.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    counted: usize,
}

/// A closing quote is told from a bare one by what follows it, within this many bytes.
const LOOK_AHEAD: usize = 256;
/// Attributes of one element that are worth keeping; more is an attack.
const MOST_ATTRIBUTES: usize = 100;
/// The attributes that outlines have: where a value that was never closed, or that holds markup, is taken to end.
const KNOWN_ATTRIBUTES: &[&str] = &["xmlurl", "htmlurl", "title", "text", "type", "url", "category", "description"];
/// Bytes of the longest of these.
const LONGEST_KNOWN: usize = 11;

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, counted: 0 }
    }

    /// The line that the scan has come to.
    pub(super) fn line(&mut self) -> u32 {
        let passed = self.text.as_bytes().get(self.counted..self.at).unwrap_or_default();
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = self.at;
        self.line
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn cut(&mut self) -> Option<Token<'a>> {
        let line = self.line();
        self.at = self.text.len();
        Some(Token::Cut(line))
    }

    /// Passes over everything up to and with `end`; None when it does not come.
    fn pass(&mut self, begin: usize, end: &str) -> Option<&'a str> {
        let inner = self.rest().get(begin..)?;
        let length = inner.find(end)?;
        self.at += begin + length + end.len();
        inner.get(..length)
    }

    /// `<!DOCTYPE … [ … ]>`: whatever entities it declares stay unknown.
    fn pass_doctype(&mut self) -> Option<()> {
        let rest = self.rest();
        let end = rest.find('>')?;
        let subset = rest.get(..end)?.contains('[');
        let end = if subset { rest.find(']').and_then(|at| Some(at + rest.get(at..)?.find('>')?))? } else { end };
        self.at += end + 1;
        Some(())
    }

    fn close(&mut self) -> Option<Token<'a>> {
        let inner = self.rest().get(2..)?;
        let end = inner.find(['>', '<'])?;
        // `</outline` without its `>` before the next tag: that tag is not swallowed.
        let closed = inner.as_bytes().get(end) == Some(&b'>');
        self.at += 2 + end + usize::from(closed);
        Some(Token::Close(local(inner.get(..end)?.trim())))
    }

    fn open(&mut self) -> Option<Token<'a>> {
        let line = self.line();
        let bytes = self.text.as_bytes();
        let name_end = skip(bytes, self.at + 1, is_name);
        let name = local(self.text.get(self.at + 1..name_end)?);
        let mut tag = Tag { name, line, empty: false, attributes: Vec::new() };
        let mut at = name_end;
        let mut damaged = false;
        loop {
            at = skip(bytes, at, |byte| byte.is_ascii_whitespace());
            match bytes.get(at)? {
                b'>' => {
                    at += 1;
                    break;
                }
                // A tag without an end: the next one begins.
                b'<' => break,
                b'/' => {
                    tag.empty = bytes.get(at + 1) == Some(&b'>');
                    at += 1;
                }
                byte if is_name(*byte) => {
                    let (attribute, after) = self.attribute(at, &mut damaged)?;
                    at = after;
                    if tag.attributes.len() < MOST_ATTRIBUTES {
                        tag.attributes.push(attribute);
                    }
                }
                _ => at += 1,
            }
        }
        self.at = at;
        Some(Token::Open(tag))
    }

    /// The attribute that begins there, and where it ends. None when the text ends first.
    fn attribute(&self, begin: usize, damaged: &mut bool) -> Option<((&'a str, &'a str), usize)> {
        let bytes = self.text.as_bytes();
        let name_end = skip(bytes, begin, is_name);
        let name = self.text.get(begin..name_end)?;
        let equals = skip(bytes, name_end, |byte| byte.is_ascii_whitespace());
        if bytes.get(equals)? != &b'=' {
            return Some(((name, ""), name_end));
        }
        let value = skip(bytes, equals + 1, |byte| byte.is_ascii_whitespace());
        match bytes.get(value)? {
            quote @ (b'"' | b'\'') => {
                let (raw, after) = self.quoted(value + 1, *quote, damaged)?;
                Some(((name, raw), after))
            }
            _ => {
                let end = skip(bytes, value, |byte| !byte.is_ascii_whitespace() && byte != b'>' && byte != b'<');
                bytes.get(end)?;
                let raw = self.text.get(value..end)?;
                // `xmlUrl=http://example.org/feed/>`: the last slash closes the tag.
                let slash = raw.ends_with('/') && bytes.get(end) == Some(&b'>');
                Some(((name, if slash { raw.strip_suffix('/')? } else { raw }), end - usize::from(slash)))
            }
        }
    }

    /// A value from after its quote, and where the tag goes on. Bare quotes belong to it: only one that is followed
    /// by another attribute, or by the end of the tag, closes it. `damaged`: the tag has bare quotes or markup in it.
    fn quoted(&self, begin: usize, quote: u8, damaged: &mut bool) -> Option<(&'a str, usize)> {
        let rest = self.text.get(begin..)?;
        let mut from = 0;
        loop {
            let next = from + rest.get(from..)?.find([char::from(quote), '<'])?;
            let (value, after) = (rest.get(..next)?, rest.get(next + 1..)?);
            if rest.as_bytes().get(next) == Some(&b'<') {
                // `<` is not lawful here but stands in titles; a tag of a list does not.
                if begins_tag(after) {
                    return Some((value, begin + next));
                }
                *damaged = true;
            } else if closes(after.as_bytes(), *damaged) {
                return Some((value, begin + next + 1));
            } else if let Some(end) = swallowed(value) {
                return Some((rest.get(..end)?, begin + end));
            } else {
                *damaged = true;
            }
            from = next + 1;
        }
    }
}

impl<'a> Iterator for Scan<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let text = rest.find('<').unwrap_or(rest.len());
            if text > 0 {
                self.at += text;
                return rest.get(..text).map(Token::Text);
            }
            let second = rest.as_bytes().get(1).copied();
            let passed = if rest.is_empty() {
                return None;
            } else if rest.starts_with("<!--") {
                self.pass(4, "-->").map(|_| ())
            } else if rest.starts_with("<![CDATA[") {
                match self.pass(9, "]]>") {
                    Some(inner) => return Some(Token::Text(inner)),
                    None => None,
                }
            } else if second == Some(b'!') {
                self.pass_doctype()
            } else if second == Some(b'?') {
                self.pass(2, ">").map(|_| ())
            } else if second == Some(b'/') {
                return self.close().or_else(|| self.cut());
            } else if second.is_none_or(|byte| byte.is_ascii_alphabetic()) {
                return self.open().or_else(|| self.cut());
            } else {
                // A bare `<` between tags.
                self.at += 1;
                Some(())
            };
            if passed.is_none() {
                return self.cut();
            }
        }
    }
}

fn blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.') || !byte.is_ascii()
}

/// `opml:outline` is an outline.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn skip(bytes: &[u8], from: usize, which: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| !which(*byte)).unwrap_or(rest.len())
}

fn begins_tag(after: &str) -> bool {
    let after = after.strip_prefix('/').unwrap_or(after);
    ["outline", "body", "opml"].iter().any(|name| {
        after.get(..name.len()).is_some_and(|at| at.eq_ignore_ascii_case(name))
            && after
                .as_bytes()
                .get(name.len())
                .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
    })
}

/// Whether a quote with this after it closes a value: another attribute follows, or the end of the tag, or of the file.
/// In a damaged tag only what belongs to a list counts: `description="by <a href="https://…" rel="x">me</a>"` goes on.
fn closes(after: &[u8], damaged: bool) -> bool {
    let sight = after.get(..LOOK_AHEAD).unwrap_or(after);
    let mut at = 0;
    loop {
        at = skip(sight, at, |byte| byte.is_ascii_whitespace());
        match sight.get(at) {
            None => return sight.len() == after.len(),
            Some(b'>') => return !damaged || list_goes_on(sight, at + 1),
            Some(b'/') => {
                let ends = sight.get(at + 1).is_none_or(|byte| *byte == b'>');
                return ends && (!damaged || list_goes_on(sight, at + 2));
            }
            Some(b'<' | b'?') => return !damaged,
            Some(byte) if is_name(*byte) => {
                let begin = at;
                at = skip(sight, at, is_name);
                let known = sight.get(begin..at).is_some_and(is_known);
                at = skip(sight, at, |byte| byte.is_ascii_whitespace());
                if sight.get(at) == Some(&b'=') {
                    return !damaged || known;
                }
                if damaged {
                    return false;
                }
            }
            Some(_) => return false,
        }
    }
}

/// Whether a tag of a list, a comment, or nothing follows.
fn list_goes_on(sight: &[u8], from: usize) -> bool {
    let at = skip(sight, from, |byte| byte.is_ascii_whitespace());
    match sight.get(at..).unwrap_or_default() {
        [] | [b'<', b'!', ..] => true,
        [b'<', tag @ ..] => begins_tag(&String::from_utf8_lossy(tag)),
        _ => false,
    }
}

fn is_known(name: &[u8]) -> bool {
    KNOWN_ATTRIBUTES.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// Where a value ends that lacks its closing quote, when the quote just found opens the value of the next attribute:
/// `text="News xmlUrl="http://…"`.
fn swallowed(value: &str) -> Option<usize> {
    let before = value.strip_suffix('=')?;
    let longest = before.len().saturating_sub(LONGEST_KNOWN + 1);
    let tail = before.as_bytes().get(longest..)?;
    let name = longest + tail.iter().rposition(u8::is_ascii_whitespace)? + 1;
    let known = before.get(name..)?;
    is_known(known.as_bytes()).then_some(name - 1)
}
