//! Takes an address as it is followed, gives it as it may be shown: its password (`https://user:secret@…`) is covered.
//! Never changes what is followed, kept or exported.

use std::borrow::Cow;

use url::Url;

/// As many dots for every password: their number must not tell its length.
const COVER: &str = "•••";

/// What stands before an `@` after these is a person, and there is no password.
const OF_PEOPLE: &[&str] = &["mailto:", "acct:"];

/// The address with its password covered; any other text as it is.
#[must_use]
pub fn masked(address: &str) -> Cow<'_, str> {
    cover(address, around_password(address))
}

/// What a person typed, as an error may repeat it: a password is covered too where it stands in no address that can be
/// followed (`user:secret@host`). Not for titles, in which it would cover words.
#[must_use]
pub fn masked_typed(typed: &str) -> Cow<'_, str> {
    cover(typed, around_password(typed).or_else(|| around_stray(typed)))
}

fn cover<'a>(text: &'a str, around: Option<(&'a str, &'a str)>) -> Cow<'a, str> {
    match around {
        Some((before, after)) => Cow::Owned(format!("{before}{COVER}{after}")),
        None => Cow::Borrowed(text),
    }
}

/// Whether there is a password in the address.
#[must_use]
pub fn has_password(address: &str) -> bool {
    around_password(address).is_some()
}

/// The address without its name and password, the name, the password; None where there is no password.
#[must_use]
pub fn parted(address: &str) -> Option<(String, String, String)> {
    let mut url = Url::parse(address).ok().filter(|_| has_password(address))?;
    let (user, password) = (plain(url.username()), plain(url.password()?));
    url.set_password(None).and_then(|()| url.set_username("")).ok()?;
    Some((url.into(), user, password))
}

/// `%3A` is `:`. What is no text in UTF-8 is replaced.
fn plain(escaped: &str) -> String {
    let mut bytes = Vec::with_capacity(escaped.len());
    let mut rest = escaped.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let mut digit = || ahead.next().and_then(|byte| char::from(byte).to_digit(16));
        match (byte, digit().zip(digit())) {
            (b'%', Some((high, low))) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What stands before and after the password.
fn around_password(address: &str) -> Option<(&str, &str)> {
    let start = address.find("://")? + 3;
    let rest = address.get(start..)?;
    let authority = rest.get(..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()))?;
    let end = authority.rfind('@')?;
    let secret = authority.get(..end)?.find(':')? + 1;
    if secret == end { None } else { Some((address.get(..start + secret)?, rest.get(end..)?)) }
}

/// The same of what is no address: without a scheme, or with a `/` in the password. Words apart are a title, a port is
/// no password.
fn around_stray(text: &str) -> Option<(&str, &str)> {
    let bare = text.trim();
    let of_person = |scheme: &&str| bare.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if bare.contains(char::is_whitespace) || OF_PEOPLE.iter().any(of_person) {
        return None;
    }
    let start = text.find("//").map_or(0, |slashes| slashes + 2);
    let rest = text.get(start..)?;
    let authority = rest.get(..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()))?;
    let secret = authority.find(':')? + 1;
    let end = rest.rfind('@')?;
    let port = authority.get(secret..)?;
    let port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let in_path = end > authority.len() && (port || authority.starts_with('['));
    if in_path || secret >= end { None } else { Some((text.get(..start + secret)?, rest.get(end..)?)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_password_are_taken_out_of_the_address() {
        let check = |address: &str, expected: Option<(&str, &str, &str)>| {
            let parted = parted(address);
            let found = parted.as_ref().map(|(at, user, word)| (at.as_str(), user.as_str(), word.as_str()));
            assert_eq!(found, expected, "{address}");
        };
        check("https://ada:se%3Acr%C3%A9t@a.example/f?x#y", Some(("https://a.example/f?x#y", "ada", "se:crét")));
        check("http://:a%zz@a.example:81/", Some(("http://a.example:81/", "", "a%zz")));
        check("https://ada@a.example/", None);
        check("https://a.example/@ada:b@c", None);
        check("ada:secret@a.example", None);
    }

    #[test]
    fn a_password_is_covered_in_what_is_no_address() {
        let check = |typed: &str, expect: &str| {
            assert_eq!(masked_typed(typed), expect);
            assert!(!has_password(typed), "{typed} cannot be followed with it");
        };
        check("ada:secret@a.example", "ada:•••@a.example");
        check(" ada:se@cret@a.example:8080/feed?x=y", " ada:•••@a.example:8080/feed?x=y");
        check("//ada:secret@a.example/", "//ada:•••@a.example/");
        check("https:ada:secret@a.example/", "https:•••@a.example/");
        check("https:/ada:secret@a.example/", "https:•••@a.example/");
        check("https://ada:se/cret@a.example/", "https://ada:•••@a.example/");
        for harmless in [
            "mailto:ada@a.example",
            "acct:ada@a.example",
            "ada@a.example",
            "a.example:8080/@ada",
            "https://[::1]/@ada",
            "https://a.example/@ada:b",
            "Re: from ada:b@c to d",
        ] {
            check(harmless, harmless);
        }
    }

    #[test]
    fn a_password_is_covered_and_nothing_else() {
        let check = |address: &str, expect: &str| {
            assert_eq!(masked(address), expect);
            assert_eq!(has_password(address), address != expect, "{address}");
        };
        check("https://user:secret@a.example/feed", "https://user:•••@a.example/feed");
        check("http://user:se:cr@et@a.example:8080/?q=a@b", "http://user:•••@a.example:8080/?q=a@b");
        check("https://:secret@a.example", "https://:•••@a.example");
        check("https://user@a.example/feed", "https://user@a.example/feed");
        check("https://user:@a.example/feed", "https://user:@a.example/feed");
        check("https://a.example:8080/@ada", "https://a.example:8080/@ada");
        check("https://a.example/x:y@z", "https://a.example/x:y@z");
        check("@ada@social.example", "@ada@social.example");
        check("A title: of @someone", "A title: of @someone");
        check("Re:Bob@work", "Re:Bob@work");
    }
}
