//! Takes the text of a feed in XML from its root on, gives it with the small mistakes mended that make feed-rs refuse
//! or misread the whole. Never touches what stands in a CDATA section.

use std::borrow::Cow;

use super::{
    entity::reference,
    token::{Tokens, What, attributes},
};

/// `text` with bare `&` escaped, the names that HTML has for letters resolved, and a root that feed-rs knows.
pub(super) fn repaired(text: &str) -> String {
    let (root, rest) = root(text).unwrap_or((Cow::Borrowed(""), text));
    let mut mended = String::with_capacity(text.len() + 64);
    mended.push_str(&root);
    let mut rest = rest;
    while let Some(at) = rest.find(['&', '<']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        mended.push_str(before);
        if from.starts_with("<![CDATA[") {
            let end = from.find("]]>").map_or(from.len(), |end| end + 3);
            let (section, after) = from.split_at_checked(end).unwrap_or((from, ""));
            mended.push_str(section);
            rest = after;
        } else if let Some(after) = from.strip_prefix('&') {
            rest = match reference(after) {
                Some((meaning, remaining)) => {
                    meaning.chars().for_each(|letter| push_escaped(&mut mended, letter));
                    remaining
                }
                None => {
                    mended.push_str("&amp;");
                    after
                }
            };
        } else {
            mended.push('<');
            rest = from.strip_prefix('<').unwrap_or_default();
        }
    }
    mended.push_str(rest);
    mended
}

/// The root tag, and the text after it. `<rss>` without a version, of one that feed-rs does not know (0.93, 0.94,
/// 2.0.1), or in a vocabulary of its own, is read as 2.0: they differ in nothing that matters here.
fn root(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let token = Tokens::of(text).next()?;
    let (tag, rest) = text.split_at_checked(token.after)?;
    let What::Start { name: "rss", attributes: written, empty: false } = token.what else {
        return Some((Cow::Borrowed(tag), rest));
    };
    let mut root = "<rss version=\"2.0\"".to_owned();
    for (name, value) in attributes(written).filter(|(name, _)| *name != "version" && *name != "xmlns") {
        let quote = if value.contains('"') { '\'' } else { '"' };
        root.extend([" ", name, "="]);
        root.push(quote);
        root.push_str(value);
        root.push(quote);
    }
    root.push('>');
    Some((Cow::Owned(root), rest))
}

fn push_escaped(text: &mut String, letter: char) {
    match letter {
        '<' => text.push_str("&lt;"),
        '>' => text.push_str("&gt;"),
        '&' => text.push_str("&amp;"),
        '"' => text.push_str("&quot;"),
        '\'' => text.push_str("&apos;"),
        letter => text.push(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_mistakes_are_mended_outside_of_sections() {
        for (text, expected) in [
            ("<rss><a>R&D &amp; caf&eacute; &#146;</a>", "<rss version=\"2.0\"><a>R&amp;D &amp; café ’</a>"),
            ("<rss version='0.93' xmlns='x' xmlns:b='y'>&lt;", "<rss version=\"2.0\" xmlns:b=\"y\">&lt;"),
            ("<feed><a b='?c&d=1'/><![CDATA[R&D <b>]]>&", "<feed><a b='?c&amp;d=1'/><![CDATA[R&D <b>]]>&amp;"),
            ("<![CDATA[ & never closed", "<![CDATA[ & never closed"),
        ] {
            assert_eq!(repaired(text), expected, "{text}");
        }
    }
}
