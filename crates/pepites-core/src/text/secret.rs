//! Takes an address as it is followed, gives it as it may be shown: its password (`https://user:secret@…`) is covered.
//! Never changes what is followed, kept or exported.

use std::borrow::Cow;

/// As many dots for every password: their number must not tell its length.
const COVER: &str = "•••";

/// The address with its password covered; any other text as it is.
#[must_use]
pub fn masked(address: &str) -> Cow<'_, str> {
    match around_password(address) {
        Some((before, after)) => Cow::Owned(format!("{before}{COVER}{after}")),
        None => Cow::Borrowed(address),
    }
}

/// Whether there is a password in the address.
#[must_use]
pub fn has_password(address: &str) -> bool {
    around_password(address).is_some()
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

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}
