//! Takes the text of vCards, gives its properties one by one: unfolded, with their lines, names, parameters and decoded
//! values. Never keeps more of a value than a person writes, nor anything of what is packed (pictures, keys).

use encoding_rs::Encoding;

/// No note that somebody wrote is longer; what follows is dropped.
const LONGEST: usize = 16 * 1024;

/// One property.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Property {
    pub(in super::super) line: u32,
    /// `item1` of `item1.URL`.
    pub(in super::super) group: Option<String>,
    /// In upper case.
    pub(in super::super) name: String,
    /// Names in upper case; a bare `HOME` of version 2.1 is a TYPE.
    pub(in super::super) parameters: Vec<(String, String)>,
    /// Without quoted-printable, its backslashes still there.
    pub(in super::super) value: String,
}

impl Property {
    pub(in super::super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value as text.
    pub(in super::super) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The value's parts, between semicolons.
    pub(in super::super) fn parts(&self) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut escaped = false;
        for c in self.value.chars() {
            match (c, escaped, parts.last_mut()) {
                (';', false, _) => parts.push(String::new()),
                (c, _, Some(part)) => part.push(c),
                (_, _, None) => {}
            }
            escaped = c == '\\' && !escaped;
        }
        parts.iter().map(|part| unescaped(part)).collect()
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n' | 'N') => out.push('\n'),
            Some(c) => out.push(c),
            None => out.push('\\'),
        }
    }
    out
}

/// Every property of the text, in order; what is no property is passed over.
pub(super) fn unfolded(text: &str) -> impl Iterator<Item = Property> {
    let mut lines = (1_u32..).zip(text.lines()).peekable();
    std::iter::from_fn(move || {
        loop {
            let (number, line) = lines.next()?;
            let mut whole = String::new();
            append(&mut whole, line);
            let head = whole.split(':').next().unwrap_or_default().to_ascii_uppercase();
            let quoted = head.contains("QUOTED-PRINTABLE");
            loop {
                let soft = quoted && whole.ends_with('=');
                let Some((_, next)) = lines.next_if(|(_, next)| soft || next.starts_with([' ', '\t'])) else { break };
                if soft {
                    whole.pop();
                    append(&mut whole, next);
                } else {
                    append(&mut whole, next.get(1..).unwrap_or_default());
                }
            }
            if let Some(property) = property(number, &whole) {
                return Some(property);
            }
        }
    })
}

/// As much as there is room for; a soft line break at the end of what is dropped is kept, so that the next line is known.
fn append(whole: &mut String, line: &str) {
    let line = line.trim_end_matches('\r');
    let room = LONGEST.saturating_sub(whole.len());
    let fits = line.get(..line.floor_char_boundary(room)).unwrap_or_default();
    whole.push_str(fits);
    if fits.len() < line.len() && line.ends_with('=') {
        whole.push('=');
    }
}

fn property(line: u32, whole: &str) -> Option<Property> {
    let (head, value) = parted(whole)?;
    let mut fields = fields(head).into_iter();
    let named = fields.next()?;
    let (group, name) = named.split_once('.').map_or((None, named.as_str()), |(group, name)| (Some(group), name));
    let lawful = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !lawful {
        return None;
    }
    let parameters: Vec<(String, String)> = fields
        .map(|field| match field.split_once('=') {
            Some((key, value)) => (key.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()),
            None => match field.trim().to_ascii_uppercase() {
                encoding if ["QUOTED-PRINTABLE", "BASE64", "B"].contains(&encoding.as_str()) => {
                    ("ENCODING".to_owned(), encoding)
                }
                kind => ("TYPE".to_owned(), kind),
            },
        })
        .collect();
    let found =
        |name: &str| parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.to_ascii_uppercase());
    let value = match found("ENCODING").as_deref() {
        Some("QUOTED-PRINTABLE") => printable(value, found("CHARSET").as_deref()),
        // A picture, a sound, a key.
        Some("B" | "BASE64") => String::new(),
        _ => value.to_owned(),
    };
    Some(Property {
        line,
        group: group.map(str::to_ascii_lowercase),
        name: name.to_ascii_uppercase(),
        parameters,
        value,
    })
}

/// What stands before and after the first colon outside quotes.
fn parted(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let at = line.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    });
    let (at, _) = at.or_else(|| line.char_indices().find(|(_, c)| *c == ':'))?;
    Some((line.get(..at)?, line.get(at + 1..)?))
}

/// The name and the parameters, between semicolons outside quotes.
fn fields(head: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in head.chars() {
        quoted ^= c == '"';
        match fields.last_mut() {
            _ if c == ';' && !quoted => fields.push(String::new()),
            Some(field) => field.push(c),
            None => {}
        }
    }
    fields
}

/// `=C3=A9` is é in UTF-8, unless another charset is named.
fn printable(text: &str, charset: Option<&str>) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let mut digit = || ahead.next().and_then(|byte| char::from(byte).to_digit(16));
        match (byte, digit().zip(digit())) {
            (b'=', Some((high, low))) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    let named = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    match String::from_utf8(bytes) {
        Ok(text) if named.is_none_or(|named| named == encoding_rs::UTF_8 || text.is_ascii()) => text,
        Ok(text) => named.unwrap_or(encoding_rs::UTF_8).decode_without_bom_handling(text.as_bytes()).0.into_owned(),
        // Version 2.1 of before UTF-8 names no charset.
        Err(error) => {
            let encoding = named.unwrap_or(encoding_rs::WINDOWS_1252);
            encoding.decode_without_bom_handling(error.as_bytes()).0.into_owned()
        }
    }
}
