//! Takes a title as it came, gives it as plain text; makes one from the text, the address or the source when none came.
//! Never gives an empty one.

use url::Url;

use super::plain::{is_forbidden, shortened};

/// The longest title, in characters: beyond, a feed has put its text there.
const LONGEST: usize = 300;

/// The longest title made from a text, in characters: one line in a list.
const FIRST_WORDS: usize = 100;

/// A first sentence shorter than this says nothing alone ("Ha!", "So.").
const SHORT_SENTENCE: usize = 20;

/// Tags that feeds write in titles. Others stay: `Vec<T>`, `What <template> is for`.
#[rustfmt::skip]
const IN_TITLES: &[&str] = &[
    "a", "abbr", "b", "big", "br", "cite", "code", "del", "div", "em", "font", "h1", "h2", "h3", "i", "img", "ins",
    "kbd", "mark", "p", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
];

/// The title `given` as plain text; None when nothing is left of it.
pub(super) fn plain(given: &str) -> Option<String> {
    let bare = if given.contains('<') { without_tags(given) } else { given.to_owned() };
    let once = html_escape::decode_html_entities(&bare);
    // Half of the feeds that escape twice do so in titles: "AT&amp;amp;T".
    let twice = html_escape::decode_html_entities(once.as_ref());
    let clean: String = twice.chars().filter(|c| !is_forbidden(*c)).collect();
    let folded = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then(|| shortened(&folded, LONGEST))
}

/// A title for a post that came without: its first words, else what its address says, else the source's title.
pub(super) fn made(text: &str, page: Option<&Url>, source: &str) -> String {
    first_words(text)
        .or_else(|| page.and_then(slug))
        .or_else(|| plain(source))
        .or_else(|| page.and_then(Url::host_str).map(str::to_owned))
        .unwrap_or_else(|| "…".to_owned())
}

fn first_words(text: &str) -> Option<String> {
    let beginning: String = text.chars().take(FIRST_WORDS + 1).collect();
    let mut end = None;
    let mut chars = beginning.char_indices().enumerate().peekable();
    while let Some((rank, (at, c))) = chars.next() {
        let next = chars.peek().map(|(_, (_, next))| *next);
        let ends = match c {
            '\n' => Some(at),
            '.' | '!' | '?' | '…' if next.is_none_or(char::is_whitespace) => Some(at + c.len_utf8()),
            '。' | '！' | '？' => Some(at + c.len_utf8()),
            _ => None,
        };
        if let Some(ends) = ends
            && (SHORT_SENTENCE..FIRST_WORDS).contains(&rank)
        {
            end = Some(ends);
            break;
        }
    }
    let words = match end {
        Some(end) => beginning.get(..end).unwrap_or_default().replace('\n', " "),
        None => shortened(&text.replace('\n', " "), FIRST_WORDS),
    };
    words.chars().any(char::is_alphanumeric).then(|| words.trim().to_owned())
}

/// "my-first-post" of `/2026/11/my-first-post.html`, as words; None when it is a number or a code.
fn slug(page: &Url) -> Option<String> {
    let last = page.path_segments()?.rfind(|part| !part.is_empty())?;
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let words: Vec<&str> = stem.split(['-', '_', '+']).filter(|word| !word.is_empty()).collect();
    let telling = words.iter().filter(|word| word.len() > 1 && word.chars().all(char::is_alphabetic)).count();
    (telling >= 2).then(|| words.join(" "))
}

/// `given` without the tags of [`IN_TITLES`]. One that is never closed is a word: `Use of <b> in mails`.
fn without_tags(given: &str) -> String {
    let lower = given.to_ascii_lowercase();
    let mut bare = String::with_capacity(given.len());
    let mut pieces = given.split('<');
    bare.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let name = piece.trim_start_matches('/');
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = name.get(..length).unwrap_or_default().to_ascii_lowercase();
        let alone = matches!(name.as_str(), "br" | "wbr" | "img" | "p");
        let paired = || lower.contains(&format!("</{name}>")) && has_start(&lower, &name);
        let is_tag = IN_TITLES.contains(&name.as_str()) && (alone || paired());
        match piece.split_once('>') {
            Some((_, text)) if is_tag => {
                if matches!(name.as_str(), "br" | "p" | "div" | "h1" | "h2" | "h3") {
                    bare.push(' ');
                }
                bare.push_str(text);
            }
            _ => {
                bare.push('<');
                bare.push_str(piece);
            }
        }
    }
    bare
}

fn has_start(lower: &str, name: &str) -> bool {
    lower.contains(&format!("<{name}>")) || lower.contains(&format!("<{name} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[rustfmt::skip]
    fn titles_are_plain_text_whatever_they_came_as() {
        for (given, expected) in [
            ("Plain", Some("Plain")),
            ("AT&T", Some("AT&T")),
            ("AT&amp;T", Some("AT&T")),
            ("AT&amp;amp;T", Some("AT&T")),
            ("L&#8217;&eacute;t&eacute;", Some("L’été")),
            ("<b>x</b> y", Some("x y")),
            ("<a href=\"https://example.org\">x</a>", Some("x")),
            ("one<br/>two", Some("one two")),
            ("a < b", Some("a < b")),
            ("a<b and b>c", Some("a<b and b>c")),
            ("Use of <b> in mails", Some("Use of <b> in mails")),
            ("Vec<T> and <template>", Some("Vec<T> and <template>")),
            ("&lt;b&gt;x&lt;/b&gt;", Some("<b>x</b>")),
            ("  two\n\t lines\u{a0}", Some("two lines")),
            ("be\u{7}ll \u{202e}gpj", Some("bell gpj")),
            ("", None),
            (" \n ", None),
            ("<b></b>", None),
            ("<", Some("<")),
        ] {
            assert_eq!(plain(given).as_deref(), expected, "{given:?}");
        }
        assert_eq!(plain(&"word ".repeat(100)).unwrap().chars().count(), 300);
    }

    #[test]
    fn a_post_without_title_is_called_by_its_first_words() {
        let page = |address: &str| Url::parse(address).ok();
        let long =
            "This one has no full stop and goes on and on until somebody decides that it is long enough for a line";
        for (text, address, expected) in [
            ("Short and sweet", "https://example.org/1", "Short and sweet"),
            ("Ha! The whole first sentence, then. More follows.", "", "Ha! The whole first sentence, then."),
            ("First line is the title\nSecond line", "", "First line is the title"),
            ("One\nTwo", "", "One Two"),
            (
                long,
                "",
                "This one has no full stop and goes on and on until somebody decides that it is long enough for a…",
            ),
            ("", "https://example.org/2026/11/my-first-post.html", "my first post"),
            ("", "https://example.org/@jo/1234567", "The source"),
            ("— …", "", "The source"),
        ] {
            assert_eq!(made(text, page(address).as_ref(), "The source"), expected, "{text:?} at {address}");
        }
        assert_eq!(made("", page("https://example.org/3").as_ref(), ""), "example.org");
        assert_eq!(made("", None, ""), "…");
    }
}
