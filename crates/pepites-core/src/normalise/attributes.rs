//! Takes a start tag as the sanitiser wrote it, gives its attributes and what of their values may stand in a post.
//! Never gives a value that was not looked at for its kind.

use super::{plain::escape_into, tags::SENSITIVE};

/// Names and values, these still escaped.
pub(super) type Attributes<'a> = Vec<(&'a str, &'a str)>;

/// `value` as far as the attribute `name` may have it; still escaped.
pub(super) fn fitting<'a>(name: &str, value: &'a str) -> Option<&'a str> {
    let digits = |value: &str| !value.is_empty() && value.len() <= 5 && value.bytes().all(|b| b.is_ascii_digit());
    let name_like = |value: &str| {
        !value.is_empty()
            && value.len() <= 35
            && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_+#".contains(&b))
    };
    match name {
        "width" | "height" => Some(value.trim_end_matches("px")).filter(|value| digits(value)),
        "colspan" | "rowspan" | "span" => Some(value).filter(|value| digits(value)),
        "start" | "value" => Some(value).filter(|value| digits(value.trim_start_matches('-'))),
        "reversed" | SENSITIVE => Some(""),
        "dir" => Some(value).filter(|value| matches!(*value, "ltr" | "rtl" | "auto")),
        "lang" => Some(value).filter(|value| name_like(value)),
        "class" => value.split(' ').find(|class| class.starts_with("language-") && name_like(class)),
        _ => Some(value),
    }
}

/// The attributes of a start tag, values still escaped.
pub(super) fn split(mut rest: &str) -> Attributes<'_> {
    let mut attributes = Vec::new();
    while let Some((name, after)) = rest.split_once("=\"")
        && let Some((value, after)) = after.split_once('"')
    {
        attributes.push((name.trim_start(), value));
        rest = after;
    }
    attributes
}

/// The value of the attribute of that name.
pub(super) fn get<'a>(attributes: &Attributes<'a>, name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
}

/// An attribute's value as it was before the sanitiser escaped it.
pub(super) fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let plain = value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", "\u{a0}");
    plain.replace("&amp;", "&")
}

/// Text between tags keeps its quotes.
pub(super) fn escape_text_into(html: &mut String, text: &str) {
    for (rank, part) in text.split('"').enumerate() {
        if rank > 0 {
            html.push('"');
        }
        escape_into(html, part);
    }
}
