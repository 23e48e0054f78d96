//! Takes a file that is perhaps no list of sources, gives the name of what it is, so that the reader is told what to
//! do with it. Never opens an archive.

use super::{Head, Refused, addresses_csv, mastodon_following, opml};

/// Everything that [`binary`], [`text`] and [`unread`] can name.
#[rustfmt::skip]
pub(super) const KINDS: &[&str] = &[
    "binary", "bookmarks", "compressed", "database", "feed", "html_page", "image", "json", "muted_accounts", "office",
    "pdf", "prose", "text", "vcard", "xml", "zip", "zip_large",
];

/// What a file begins with, and what that makes it.
#[rustfmt::skip]
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"\xfd7zXZ\x00", "compressed"),
    (b"\x28\xb5\x2f\xfd", "compressed"),
    (b"7z\xbc\xaf\x27\x1c", "compressed"),
    (b"Rar!\x1a\x07", "compressed"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"SQLite format 3\x00", "database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"\x7fELF", "binary"),
];

/// Office documents are zip files; what their first entries are called tells them apart.
#[rustfmt::skip]
const OFFICE_MARKS: &[&[u8]] = &[
    b"[Content_Types].xml",
    b"mimetypeapplication/vnd.oasis",
];

/// How much of a file is looked at to tell text from other bytes.
const SAMPLE_BYTES: usize = 4_096;
/// In text one character in twenty is no control character; in other bytes one in nine is.
const CONTROLS_IN: usize = 20;

/// The kind of a file that is not text.
pub(super) fn binary(name: &str, bytes: &[u8]) -> Option<&'static str> {
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let webp = sample.starts_with(b"RIFF") && sample.get(8..12) == Some(b"WEBP");
    let known = SIGNATURES.iter().find(|(signature, _)| sample.starts_with(signature)).map(|(_, kind)| *kind);
    let kind = known.or_else(|| webp.then_some("image"))?;
    let name = name.to_ascii_lowercase();
    let spreadsheet = [".xlsx", ".ods", ".docx", ".odt", ".xls"].iter().any(|end| name.ends_with(end));
    let office = spreadsheet || OFFICE_MARKS.iter().any(|mark| sample.windows(mark.len()).any(|at| at == *mark));
    Some(if kind == "zip" && office { "office" } else { kind })
}

/// The kind of a text that is no list of sources.
pub(super) fn text(head: &Head<'_>) -> Option<&'static str> {
    let start = head.start();
    let sample = start.get(..start.floor_char_boundary(SAMPLE_BYTES)).unwrap_or_default();
    let odd = |c: &char| (c.is_control() && !c.is_whitespace()) || *c == char::REPLACEMENT_CHARACTER;
    if sample.chars().filter(odd).count() * CONTROLS_IN > sample.chars().count() {
        return Some("binary");
    }
    let begin = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let starts = |with: &str| begin.get(..with.len()).is_some_and(|at| at.eq_ignore_ascii_case(with));
    if starts("<!doctype netscape-bookmark-file") {
        return Some("bookmarks");
    }
    if starts("<!doctype html") {
        return Some("html_page");
    }
    if starts("BEGIN:VCARD") {
        return Some("vcard");
    }
    if starts("{\\rtf") {
        return Some("office");
    }
    if starts("{") || starts("[{") || starts("[\"") || (starts("[") && begin.trim_end().ends_with(']')) {
        return Some("json");
    }
    if mastodon_following::is_muted(head) {
        return Some("muted_accounts");
    }
    match opml::root(start)?.to_ascii_lowercase().as_str() {
        "html" => Some("html_page"),
        "rss" | "feed" | "rdf" => Some("feed"),
        _ if opml::recognise(head) => None,
        _ => Some("xml"),
    }
}

/// What a text is that no dialect reads: a table, or a text with addresses in it or without.
pub(super) fn unread(head: &Head<'_>) -> Refused {
    let words = if head.start().contains("://") { "prose" } else { "text" };
    addresses_csv::refused(head).unwrap_or(Refused::Other(words))
}
