//! Takes text as it stands in markup, gives the characters that it means.
//! Never expands an entity that the document declares itself: that is how XML bombs are made.

use std::borrow::Cow;

/// The longest name between `&` and `;` in HTML is 31 letters (`CounterClockwiseContourIntegral`).
pub(super) const LONGEST_NAME: usize = 32;

/// The references that XML has without any declaration.
const OF_XML: [(&str, &str); 5] = [("lt;", "<"), ("gt;", ">"), ("amp;", "&"), ("quot;", "\""), ("apos;", "'")];

/// `text` with its character references resolved, named ones by HTML's table. Bare `&` and unknown names stay.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    unescape_into(&mut plain, text);
    Cow::Owned(plain)
}

/// The same, added to what is there.
pub(super) fn unescape_into(plain: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        match reference(after) {
            Some((meaning, remaining)) => {
                plain.push_str(&meaning);
                rest = remaining;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
}

/// `text` so that HTML shows it as it stands. A `&` that could not begin a reference stays: `AT&T` is right in both.
pub(super) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' if letters.peek().is_some_and(|next| next.is_ascii_lowercase() || *next == '#') => {
                html.push_str("&amp;")
            }
            letter => html.push(letter),
        }
    }
    html
}

/// Text that claims to be plain, yet carries markup or references that only HTML shows well. Many feeds leave out
/// `type="html"`.
pub(super) fn looks_like_html(text: &str) -> bool {
    let closes = |tag: &str| text.contains(tag);
    if closes("</") || closes("/>") || closes("<br>") || closes("<p>") || closes("<img ") {
        return true;
    }
    text.split('&').skip(1).any(|after| reference(after).is_some())
}

/// What a reference means, and the text after it; `after` begins behind its `&`.
pub(super) fn reference(after: &str) -> Option<(Cow<'static, str>, &str)> {
    // Those of XML itself, of which an escaped body is full, without a look at HTML's table.
    if let Some((meaning, rest)) = OF_XML.iter().find_map(|(name, meaning)| Some((*meaning, after.strip_prefix(name)?)))
    {
        return Some((Cow::Borrowed(meaning), rest));
    }
    let end = after.bytes().take(LONGEST_NAME + 1).position(|byte| byte == b';')?;
    let (name, rest) = (after.get(..end)?, after.get(end + 1..)?);
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((Cow::Owned(numbered(code).to_string()), rest));
    }
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let whole = format!("&{name};");
    let decoded = html_escape::decode_html_entities(&whole).into_owned();
    (decoded != whole).then_some((Cow::Owned(decoded), rest))
}

/// Numbers 128 to 159 are meant as windows-1252 (`&#146;` is ’), as HTML itself has it.
fn numbered(code: u32) -> char {
    let code = match u8::try_from(code) {
        Ok(byte @ 128..=159) => {
            let bytes = [byte];
            let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            return decoded.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        _ => code,
    };
    match char::from_u32(code) {
        Some(letter) if !letter.is_control() || letter.is_whitespace() => letter,
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_mean_what_html_says_and_bare_ampersands_stay() {
        for (text, meaning) in [
            ("AT&amp;T", "AT&T"),
            ("AT&T & co; x", "AT&T & co; x"),
            ("caf&eacute;&nbsp;&hellip;", "café\u{a0}…"),
            ("&#233;&#xE9;&#XE9;", "ééé"),
            ("it&#146;s", "it’s"),
            ("&#0;&#8;&#xD800;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("&lol9;&", "&lol9;&"),
            ("&amp;eacute;", "&eacute;"),
            ("&ltfoo; &amp;lt; &apos;&gt;&quot;", "&ltfoo; &lt; '>\""),
            ("?a=1&copy=2", "?a=1&copy=2"),
        ] {
            assert_eq!(unescape(text), meaning, "{text}");
        }
    }

    #[test]
    fn html_that_claims_to_be_text_is_recognised() {
        for (text, html) in [
            ("a <b>bold</b> word", true),
            ("it&#8217;s", true),
            ("Vec<T> and a < b", false),
            ("R&D", false),
            ("one<br>two", true),
        ] {
            assert_eq!(looks_like_html(text), html, "{text}");
        }
    }
}
