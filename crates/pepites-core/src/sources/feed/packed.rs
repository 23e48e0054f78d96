//! Takes the content of an Atom text that is packed in base64, gives the text in it. Never gives bytes that are no text.

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::entry::LONGEST_BODY;

/// Four letters stand for three bytes: what is longer would be cut after it was unpacked.
const LONGEST_PACKED: usize = LONGEST_BODY.div_ceil(3) * 4;

/// As people pack: with `=` at the end or without.
const PACKING: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What stands in a text that may be packed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Packed {
    /// A text.
    Text(String),
    /// Something else: a picture, a document.
    Bytes,
    /// It is not packed.
    Not,
}

/// Whether a text of that type is packed: as RFC 4287 (4.1.3.3) has it, what is neither text nor XML is.
pub(super) fn is_packed(kind: &str) -> bool {
    let apart = ["text/", "multipart/"].iter().any(|first| kind.starts_with(first));
    let xml = ["+xml", "/xml", "html"].iter().any(|last| kind.ends_with(last));
    kind.contains('/') && !apart && !xml
}

/// What is packed in `text`.
pub(super) fn unpacked(text: &str) -> Packed {
    // What is packed is wrapped in lines; words stand apart.
    if text.lines().any(|line| line.trim().contains(char::is_whitespace)) {
        return Packed::Not;
    }
    let letters: String = text.chars().filter(|letter| !letter.is_whitespace()).take(LONGEST_PACKED).collect();
    let Ok(bytes) = PACKING.decode(letters) else { return Packed::Not };
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text,
        // A letter cut in two by the bound.
        Err(error) if error.error_len().is_none() => {
            bytes.get(..error.valid_up_to()).and_then(|whole| std::str::from_utf8(whole).ok()).unwrap_or_default()
        }
        Err(_) => return Packed::Bytes,
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    let strange = |letter: char| letter.is_control() && !letter.is_whitespace();
    if text.is_empty() || text.contains(strange) { Packed::Bytes } else { Packed::Text(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_unpacked_and_nothing_else() {
        let text = |text: &str| Packed::Text(text.to_owned());
        for (packed, expected) in [
            ("\n  PHA+Tm\nV3czwvcD4= ", text("<p>News</p>")),
            ("w6l0w6k", text("été")),
            ("AAECAw==", Packed::Bytes),
            ("/9j/4AAQSkZJRg==", Packed::Bytes),
            ("", Packed::Bytes),
            ("Plain words, not packed.", Packed::Not),
            ("words of letters", Packed::Not),
            ("<p>Tags</p>", Packed::Not),
        ] {
            assert_eq!(unpacked(packed), expected, "{packed}");
        }
        let Packed::Text(long) = unpacked(&"w6nDqcOp".repeat(LONGEST_BODY)) else { panic!("a long text is a text") };
        assert!(long.len() <= LONGEST_BODY + 2 && long.chars().all(|letter| letter == 'é'), "{} bytes", long.len());
    }

    #[test]
    fn types_that_are_neither_text_nor_xml_are_packed() {
        for (kind, packed) in [
            ("application/octet-stream", true),
            ("application/pdf", true),
            ("text/plain", false),
            ("text/html", false),
            ("html", false),
            ("", false),
            ("application/xhtml+xml", false),
            ("application/xml", false),
            ("application/html", false),
            ("multipart/alternative", false),
        ] {
            assert_eq!(is_packed(kind), packed, "{kind}");
        }
    }
}
