//! Takes the bytes of a text file, gives the text, whatever it was written in. Never fails: what cannot be decoded is
//! replaced, character by character. Lines of the text end with a line feed.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How far an XML declaration can reach.
const DECLARATION_BYTES: usize = 200;
/// How much is looked at to tell UTF-16 without a mark: a whole head of a file.
const SAMPLE_BYTES: usize = 2_048;
/// What the detector of encodings is fed: it is sure long before, and slow.
const DETECTED_BYTES: usize = 1 << 20;
/// What is decoded at a time.
const PIECE_BYTES: usize = 64 << 10;

/// The text in these bytes.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let text = encoded(bytes);
    // A classic Mac ends lines with a carriage return alone: without this all would stand on line 1.
    if text.contains('\r') && !text.contains('\n') { Cow::Owned(text.replace('\r', "\n")) } else { text }
}

fn encoded(bytes: &[u8]) -> Cow<'_, str> {
    // The mark of UTF-32LE begins with that of UTF-16LE: it comes first.
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe, 0, 0]) {
        return Cow::Owned(utf_32(rest, u32::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(&[0, 0, 0xfe, 0xff]) {
        return Cow::Owned(utf_32(rest, u32::from_be_bytes));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        let borrowed = (encoding == UTF_8).then(|| std::str::from_utf8(rest).ok()).flatten();
        return borrowed.map_or_else(|| Cow::Owned(decoded(encoding, rest)), Cow::Borrowed);
    }
    match bytes {
        [b, 0, 0, 0, ..] if *b != 0 => return Cow::Owned(utf_32(bytes, u32::from_le_bytes)),
        [0, 0, 0, b, ..] if *b != 0 => return Cow::Owned(utf_32(bytes, u32::from_be_bytes)),
        _ => {}
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return Cow::Owned(decoded(encoding, bytes));
    }
    match std::str::from_utf8(bytes) {
        // Bytes that are valid UTF-8 are UTF-8, whatever is declared: the declaration is copied, the bytes are written.
        Ok(text) => Cow::Borrowed(text),
        Err(_) => not_utf_8(bytes),
    }
}

fn not_utf_8(bytes: &[u8]) -> Cow<'_, str> {
    // UTF-16 was told by its zeros: bytes that merely declare it (a program that saved anew) are something else.
    let told = [UTF_8, UTF_16LE, UTF_16BE];
    if let Some(encoding) = declared(bytes).filter(|encoding| !told.contains(encoding)) {
        return Cow::Owned(decoded(encoding, bytes));
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good <= bad {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes.get(..DETECTED_BYTES).unwrap_or(bytes), bytes.len() <= DETECTED_BYTES);
        return Cow::Owned(decoded(detector.guess(None, Utf8Detection::Deny), bytes));
    }
    // UTF-8 with a few wrong bytes: cut inside a character, or lines pasted from a Western European file. One line has
    // too few letters to guess from.
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').map(|line| match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) if error.error_len().is_none() => String::from_utf8_lossy(line),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(line).0,
    });
    Cow::Owned(lines.collect())
}

/// The text, piece by piece: all at once takes room for three times as many bytes as there are.
fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut pieces = bytes.chunks(PIECE_BYTES).peekable();
    while let Some(piece) = pieces.next() {
        // There is room for the whole piece, so that nothing of it is left over.
        text.reserve(decoder.max_utf8_buffer_length(piece.len()).unwrap_or(piece.len() * 4));
        let _ = decoder.decode_to_string(piece, &mut text, pieces.peek().is_none());
    }
    text
}

/// The encoding that `<?xml version="1.0" encoding="…"?>` names, when it is one that exists.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let label = value.split(['"', '\'']).nth(1)?;
    Encoding::for_label(label.as_bytes())
}

/// In Latin letters every second byte of UTF-16 is zero, and no other text has zeros.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 2 {
        None
    } else if odd * 2 > pairs && even * 8 < pairs {
        Some(UTF_16LE)
    } else if even * 2 > pairs && odd * 8 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn utf_32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> String {
    let (whole, _) = bytes.as_chunks::<4>();
    whole.iter().map(|four| char::from_u32(number(*four)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<?xml version=\"1.0\"?>\n<opml><body><outline text=\"L’été à Orléans\"/></body></opml>";

    fn check(what: &str, bytes: &[u8], expect: &str) {
        assert_eq!(decode(bytes), expect, "{what}");
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_text_is_the_same_in_every_encoding() {
        let (le, be) = (utf_16(TEXT, u16::to_le_bytes), utf_16(TEXT, u16::to_be_bytes));
        check("UTF-8", TEXT.as_bytes(), TEXT);
        check("UTF-8 with a mark", &[&[0xef, 0xbb, 0xbf], TEXT.as_bytes()].concat(), TEXT);
        check("UTF-16LE", &[&[0xff, 0xfe], &*le].concat(), TEXT);
        check("UTF-16BE", &[&[0xfe, 0xff], &*be].concat(), TEXT);
        check("UTF-16LE without a mark", &le, TEXT);
        check("UTF-16BE without a mark", &be, TEXT);
        let le: Vec<u8> = TEXT.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let be: Vec<u8> = TEXT.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        check("UTF-32LE", &[&[0xff, 0xfe, 0, 0], &*le].concat(), TEXT);
        check("UTF-32BE", &[&[0, 0, 0xfe, 0xff], &*be].concat(), TEXT);
        check("UTF-32LE without a mark", &le, TEXT);
        check("UTF-32BE without a mark", &be, TEXT);
        check("Windows-1252, not declared", &WINDOWS_1252.encode(TEXT).0, TEXT);
    }

    #[test]
    fn a_declaration_is_believed_unless_the_bytes_are_utf_8() {
        let declared = |label: &str| format!("<?xml version='1.0' encoding='{label}'?><opml>Привет, été</opml>");
        let koi8 = declared("koi8-r").replace(", été", "");
        check("KOI8-R", &encoding_rs::KOI8_R.encode(&koi8).0, &koi8);
        check("declared Latin-1, written UTF-8", declared("iso-8859-1").as_bytes(), &declared("iso-8859-1"));
        let french = "<?xml version='1.0' encoding='x-nonsense'?><opml>à Orléans, l’été</opml>";
        let lying = french.replace("x-nonsense", "utf-16");
        check("declared UTF-16, written Windows-1252", &WINDOWS_1252.encode(&lying).0, &lying);
        check("unknown label", &WINDOWS_1252.encode(french).0, french);
    }

    #[test]
    fn one_wrong_byte_spoils_one_line_only() {
        check("pasted line", b"\xc3\xa9t\xc3\xa9 \xc3\xa0\nd\xe9j\xe0\n\xc3\xa9t\xc3\xa9", "été à\ndéjà\nété");
        check("cut inside a character", b"\xc3\xa9t\xc3\xa9\n\xc3\xa9t\xc3", "été\nét\u{fffd}");
    }

    #[test]
    fn every_kind_of_line_end_makes_lines() {
        check("classic Mac", b"a\rb\rc", "a\nb\nc");
        check("Windows", b"a\r\nb", "a\r\nb");
    }
}
