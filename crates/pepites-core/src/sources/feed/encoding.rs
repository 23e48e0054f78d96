//! Takes the bytes of a reply and the charset that HTTP names, gives text that XML and JSON readers can hold.
//! Never fails: bytes that no encoding explains become replacement characters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a body a declaration (`<?xml encoding=…?>`, `<meta charset=…>`) is looked for: what browsers read.
const DECLARATION_WITHIN: usize = 1_024;

/// How much of a body is looked at to guess its encoding: headlines come within it, and guessing is slow.
const GUESSED_FROM: usize = 64 * 1_024;

/// The text of `body`. `content_type` is the HTTP header, whole.
///
/// Bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever was declared: no other encoding makes them by accident,
/// and servers that name a wrong charset are common. After that the most particular word wins: HTTP, then the
/// document, then a guess.
pub(in crate::sources) fn text<'a>(body: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    let decoded = match marked(body) {
        Some(decoded) => decoded,
        None => unmarked(body, content_type),
    };
    legible(decoded)
}

/// Decoded by its byte order mark, or by the zero bytes that only UTF-16 and UTF-32 put around a `<`.
fn marked(body: &[u8]) -> Option<Cow<'_, str>> {
    let decoded = match body {
        [0xFF, 0xFE, 0, 0, rest @ ..] => utf32(rest, u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF, rest @ ..] => utf32(rest, u32::from_be_bytes),
        [b'<' | b'{', 0, 0, 0, ..] => utf32(body, u32::from_le_bytes),
        [0, 0, 0, b'<' | b'{', ..] => utf32(body, u32::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0,
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0,
        [b'<' | b'{', 0, _, 0, ..] => UTF_16LE.decode_without_bom_handling(body).0,
        [0, b'<' | b'{', 0, ..] => UTF_16BE.decode_without_bom_handling(body).0,
        [0xEF, 0xBB, 0xBF, rest @ ..] if std::str::from_utf8(rest).is_ok() => String::from_utf8_lossy(rest),
        _ => return None,
    };
    Some(decoded)
}

fn unmarked<'a>(body: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    let http = content_type.and_then(charset).and_then(|label| Encoding::for_label(label.as_bytes()));
    let document = declared(body);
    let valid = std::str::from_utf8(body).ok();
    if let Some(text) = valid
        && !text.is_ascii()
    {
        return Cow::Borrowed(text);
    }
    for encoding in [http, document].into_iter().flatten() {
        // A document that was read as bytes is not UTF-16, whatever it says: its `<` would have shown it.
        if encoding == UTF_16LE || encoding == UTF_16BE {
            continue;
        }
        let (decoded, broken) = encoding.decode_without_bom_handling(body);
        if !broken {
            return decoded;
        }
    }
    if let Some(text) = valid {
        return Cow::Borrowed(text);
    }
    // One broken byte in a long UTF-8 text (a title cut in the middle of a letter) does not make it Latin-1.
    let claims_utf8 = http.or(document) == Some(UTF_8);
    if claims_utf8 || mostly_utf8(body) {
        return String::from_utf8_lossy(body);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(body.get(..GUESSED_FROM).unwrap_or(body), true);
    detector.guess(None, Utf8Detection::Allow).decode_without_bom_handling(body).0
}

/// `utf-8` from `text/xml; charset="utf-8"`.
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })
}

/// The encoding that the document names: `<?xml … encoding="x"?>` or `<meta … charset=x>`.
fn declared(body: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(body.get(..DECLARATION_WITHIN).unwrap_or(body));
    let declaration = head.split_once("<?xml").and_then(|(_, rest)| rest.split_once("?>")).map(|(inside, _)| inside);
    let label = match declaration {
        Some(declaration) => after(declaration, "encoding")?,
        None => after(&head, "charset")?,
    };
    Encoding::for_label(label.as_bytes())
}

/// The value that follows `name=` in `text`, whatever its quotes.
fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(name)?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    value.split(['"', '\'', ' ', '>', ';', '?', '/']).next()
}

/// More letters of several bytes than broken ones.
fn mostly_utf8(body: &[u8]) -> bool {
    let (mut good, mut broken) = (0usize, 0usize);
    for chunk in body.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    good > 4 * broken
}

fn utf32(bytes: &[u8], read: fn([u8; 4]) -> u32) -> Cow<'static, str> {
    let mut text = String::with_capacity(bytes.len() / 4);
    for four in bytes.chunks_exact(4) {
        if let [a, b, c, d] = four {
            text.push(char::from_u32(read([*a, *b, *c, *d])).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }
    Cow::Owned(text)
}

/// Without the control characters that XML forbids, which stop strict readers and hide in addresses.
fn legible(text: Cow<'_, str>) -> Cow<'_, str> {
    if holds_forbidden(&text) { text.chars().filter(|letter| !forbidden(*letter)).collect() } else { text }
}

/// Bytes that are looked through at once: without a branch, a processor takes 16 or more in one step.
const STRIDE: usize = 64;

/// Whether one stands in `text`. By its bytes, as all that is fetched is looked through.
fn holds_forbidden(text: &str) -> bool {
    let may_begin = |byte: u8| {
        (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r') | (byte == 0x7F) | (byte == 0xEF)
    };
    let suspect = |stride: &[u8]| stride.iter().fold(false, |any, byte| any | may_begin(*byte));
    text.as_bytes().chunks(STRIDE).any(suspect) && text.contains(forbidden)
}

fn forbidden(letter: char) -> bool {
    matches!(letter, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &[u8], content_type: Option<&str>, expected: &str) {
        assert_eq!(text(body, content_type), expected);
    }

    fn units(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(write).collect()
    }

    #[test]
    fn text_is_read_by_its_bytes_then_by_http_then_by_what_it_says_of_itself() {
        check(b"\xEF\xBB\xBF<a>\xC3\xA9t\xC3\xA9</a>", None, "<a>été</a>");
        check(b"<a>\xC3\xA9t\xC3\xA9</a>", Some("text/xml; charset=iso-8859-1"), "<a>été</a>");
        check(b"<a>\xE9t\xE9</a>", Some("text/xml; charset=\"ISO-8859-1\""), "<a>été</a>");
        check(
            b"<?xml version='1.0' encoding='windows-1251'?><a>\xCF\xF0\xE8\xE2\xE5\xF2</a>",
            Some("text/xml"),
            "<?xml version='1.0' encoding='windows-1251'?><a>Привет</a>",
        );
        check(b"<a>L'\xE9t\xE9 des \xE9l\xE8ves fran\xE7ais</a>", None, "<a>L'été des élèves français</a>");
        check(b"<meta charset=latin1><p>\xE9", None, "<meta charset=latin1><p>é");
    }

    #[test]
    fn wide_encodings_are_known_by_their_mark_or_their_zeros() {
        for marked in ["\u{FEFF}<a>é</a>", "<a>é</a>"] {
            check(&units(marked, u16::to_le_bytes), None, "<a>é</a>");
            check(&units(marked, u16::to_be_bytes), None, "<a>é</a>");
            let wide: Vec<u8> = marked.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
            check(&wide, None, "<a>é</a>");
            let wide: Vec<u8> = marked.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
            check(&wide, None, "<a>é</a>");
        }
    }

    #[test]
    fn one_broken_byte_does_not_turn_a_text_into_another_alphabet() {
        check(b"<a>\xC3\xA9t\xC3\xA9 \xC3\xA0 No\xC3\xABl, \xC3\xA9 \xFF</a>", None, "<a>été à Noël, é \u{FFFD}</a>");
    }

    #[test]
    fn forbidden_characters_are_seen_by_their_bytes_as_by_themselves() {
        for letter in (0..=0x2_FFFF).filter_map(char::from_u32) {
            assert_eq!(holds_forbidden(&format!("a{letter}b")), forbidden(letter), "{letter:?}");
        }
    }

    #[test]
    fn control_characters_are_left_out() {
        check(b"\0<a>a\x08b\x0Bc\td\n</a>", Some("text/xml"), "<a>abc\td\n</a>");
    }
}
