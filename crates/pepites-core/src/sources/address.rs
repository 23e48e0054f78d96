//! Takes what people type, paste or export, gives the http or https address that it means.
//! Never accepts another scheme: a program to run, a mail address or a file is no source.

use std::net::IpAddr;

use url::{Host, Url};

/// No address that works is longer; browsers and servers refuse them well before.
const LONGEST: usize = 4_000;

/// Schemes that only mean "this is a feed", and what they stand before.
const MARKS: &[&str] = &["feed", "rss", "podcast", "itpc", "pcast"];

/// The address that `typed` means, canonical: lower-case host, no default port, no fragment, the rest as given.
///
/// Without a scheme it is https, or http for a machine of one's own (`localhost`, an IP address), which rarely has a
/// certificate. Plain words, mail addresses, and any other scheme give None.
pub(super) fn web(typed: &str) -> Option<Url> {
    let typed = typed.trim().trim_start_matches('<').trim_end_matches('>').trim();
    if typed.is_empty() || typed.len() > LONGEST || typed.contains(char::is_control) {
        return None;
    }
    let marked = typed.split_once(':').filter(|(scheme, _)| MARKS.iter().any(|mark| scheme.eq_ignore_ascii_case(mark)));
    let (typed, mark) = match marked {
        // `feed://host/…` stood for http when it was invented; servers that have https redirect.
        Some((_, rest)) if rest.starts_with("//") => (format!("http:{rest}"), true),
        Some((_, rest)) => (rest.to_owned(), true),
        None => (typed.to_owned(), false),
    };
    if mark && let Some(inner) = typed.strip_prefix("http://").filter(|inner| has_web_scheme(inner)) {
        return canonical(inner);
    }
    if has_web_scheme(&typed) {
        return canonical(&typed);
    }
    bare(&typed)
}

/// A host that someone's own machine answers under.
pub(super) fn is_local(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    }
}

/// Whether `host` could be the name of a machine on the internet or at home: `example.org`, `localhost`, `127.0.0.1`.
pub(super) fn is_host(host: &str) -> bool {
    if host == "localhost" || host.parse::<IpAddr>().is_ok() {
        return true;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let good = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-' || letter == '_')
    };
    let last = labels.last().copied().unwrap_or_default();
    let top = last.starts_with("xn--") || last.chars().count() >= 2 && last.chars().all(char::is_alphabetic);
    labels.len() >= 2 && top && labels.iter().all(good)
}

fn has_web_scheme(text: &str) -> bool {
    let scheme = text.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

fn canonical(text: &str) -> Option<Url> {
    let mut url = Url::parse(text).ok()?;
    url.set_fragment(None);
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    web.then_some(url)
}

/// An address without a scheme: only where its beginning is a host.
fn bare(text: &str) -> Option<Url> {
    let text = text.strip_prefix("//").unwrap_or(text);
    if text.contains(char::is_whitespace) {
        return None;
    }
    let authority = text.split(['/', '?', '#']).next()?;
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    if !is_host(host) || !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut url = canonical(&format!("https://{text}"))?;
    if url.host().is_some_and(|host| is_local(&host)) {
        // Not `set_scheme`: `:443` typed for a bare address was left out as https's default by then.
        url = canonical(&format!("http://{text}"))?;
    }
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_an_address() {
        for (typed, expected) in [
            ("https://example.org/feed.xml", "https://example.org/feed.xml"),
            ("  HTTP://Example.ORG:80/Feed?b=2&a=1#top ", "http://example.org/Feed?b=2&a=1"),
            ("https://example.org:8443", "https://example.org:8443/"),
            ("feed:https://example.org/x", "https://example.org/x"),
            ("feed://example.org/x", "http://example.org/x"),
            ("feed://https://example.org/x", "https://example.org/x"),
            ("feed:example.org/x", "https://example.org/x"),
            ("podcast://example.org/x", "http://example.org/x"),
            ("example.org/blog", "https://example.org/blog"),
            ("<https://example.org/>", "https://example.org/"),
            ("//example.org/x", "https://example.org/x"),
            ("EXAMPLE.org:8080/x", "https://example.org:8080/x"),
            ("localhost:8080/x", "http://localhost:8080/x"),
            ("127.0.0.1:8080", "http://127.0.0.1:8080/"),
            ("https://user:secret@example.org/private.xml", "https://user:secret@example.org/private.xml"),
            ("https://éléphant.example/", "https://xn--lphant-9uab.example/"),
            ("mailto:someone@example.org", "-"),
            ("someone@example.org", "-"),
            ("javascript:alert(1)", "-"),
            ("file:///etc/passwd", "-"),
            ("feed:file:///etc/passwd", "-"),
            ("feed:javascript:alert(1)", "-"),
            ("ftp://example.org/feed", "-"),
            ("|cat /etc/passwd", "-"),
            ("exec:ls", "-"),
            ("newsletter:weekly", "-"),
            ("hello", "-"),
            ("hello world.org", "-"),
            ("e.g.", "-"),
            ("1.5", "-"),
            ("https://", "-"),
            ("", "-"),
        ] {
            let found = web(typed).map_or("-".to_owned(), String::from);
            assert_eq!(found, expected, "{typed}");
        }
    }
}
