//! Takes an address that the system handed over because Pépites is said to open its kind, gives what there is to follow.
//! Never follows it: the window asks first.

/// Nobody writes a longer one; a page that a browser shows may.
const LONGEST: usize = 2_048;

/// What `feed:…` or `web+follow:…` asks to be followed, as a person would type it; None for every other address.
pub(crate) fn asked(address: &str) -> Option<String> {
    let (scheme, rest) = address.trim().split_once(':')?;
    let meant = match scheme.to_ascii_lowercase().as_str() {
        // `feed:https://a.example/x`, and `feed://a.example/x` for an http address.
        "feed" if rest.starts_with("//") => format!("http:{rest}"),
        "feed" => unescaped(rest),
        // A site's button gives `web+follow:` and an address or a handle, escaped as a part of an address is.
        "web+follow" => unescaped(rest.trim_start_matches('/')),
        _ => return None,
    };
    let plain: String = meant.chars().filter(|letter| !letter.is_control()).collect();
    Some(plain.trim().to_owned()).filter(|plain| !plain.is_empty() && plain.len() <= LONGEST)
}

/// Only what is escaped as a whole (`https%3A%2F%2F`) is read so: in an address that is not, `%20` is part of it.
fn unescaped(text: &str) -> String {
    if text.contains("://") || text.contains('@') {
        return text.to_owned();
    }
    let pairs = format!("x={}", text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D"));
    tauri::Url::parse(&format!("http://x/?{pairs}"))
        .ok()
        .and_then(|url| url.query_pairs().next().map(|(_, value)| value.into_owned()))
        .unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_our_kinds_say_what_to_follow_and_no_other_does() {
        for (address, expected) in [
            ("feed:https://a.example/feed?x=1&y=%20", Some("https://a.example/feed?x=1&y=%20")),
            ("FEED://a.example/feed.xml", Some("http://a.example/feed.xml")),
            ("feed:https%3A%2F%2Fa.example%2Ffeed%3Fx%3D1%26y", Some("https://a.example/feed?x=1&y")),
            ("web+follow:https%3A%2F%2Fsocial.example%2F%40ada", Some("https://social.example/@ada")),
            ("web+follow://@ada@social.example", Some("@ada@social.example")),
            ("web+follow:%40ada%40social.example", Some("@ada@social.example")),
            ("feed:https://a.example/\u{1b}[2J\nx", Some("https://a.example/[2Jx")),
            ("feed:", None),
            ("feed: ", None),
            ("https://a.example/feed", None),
            ("file:///etc/passwd", None),
            ("web+other:x", None),
            ("feeds.opml", None),
        ] {
            assert_eq!(asked(address).as_deref(), expected, "{address:?}");
        }
        assert_eq!(asked(&format!("feed:{}", "x".repeat(3_000))), None);
    }
}
