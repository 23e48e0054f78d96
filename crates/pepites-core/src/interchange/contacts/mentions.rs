//! Takes free text, gives the addresses and accounts that it names. Never takes a mail address for an account: what has no
//! mark before it (`@`, `acct:`) is one only of Bluesky's own.

use crate::interchange::address::{self, Likeness};

/// Of one text; more is a list of links, and no note about a person.
const MOST: usize = 32;
/// A longer word is no address.
const LONGEST: usize = 2_000;
/// How handles end that are told without a mark.
const BLUESKY: &str = ".bsky.social";

/// Every address and account in `text`, in its order.
pub(super) fn in_text(text: &str) -> Vec<String> {
    let parts = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '|' | ',' | ';' | '(' | ')' | '[' | ']')
    };
    text.split(parts).filter(|word| word.len() > 3 && word.len() < LONGEST).filter_map(address_of).take(MOST).collect()
}

fn address_of(word: &str) -> Option<String> {
    let word = word
        .trim_matches(|c: char| matches!(c, '.' | '!' | '?' | ':' | '\'' | '’' | '*' | '_' | '…') || c.is_control());
    let lower = word.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.") {
        return address::checked(word).ok().filter(|address| address::likeness(address) != Likeness::None);
    }
    // `Mastodon:@ada@example.social`
    let word = word.rsplit_once(":@").map_or(word, |(before, _)| word.get(before.len() + 1..).unwrap_or(word));
    let marked = word.strip_prefix("acct:").or_else(|| word.strip_prefix('@'));
    if let Some(handle) = marked {
        if handle.contains('@') {
            return address::is_account(handle).then(|| format!("@{handle}"));
        }
        let host = handle.contains('.') && address::likeness(handle) == Likeness::Weak && !handle.contains('/');
        return host.then(|| format!("@{handle}"));
    }
    if lower.ends_with(BLUESKY) && !word.contains(['@', '/']) && address::likeness(word) == Likeness::Weak {
        return Some(format!("@{word}"));
    }
    let pages = ["mastodon.", "bsky.app/", "github.io", "/@"].iter().any(|part| lower.contains(part));
    (pages && word.contains('/') && !word.contains(':') && address::likeness(word) == Likeness::Weak)
        .then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_names_sites_and_accounts_and_no_mail_address_is_taken_for_one() {
        let check = |text: &str, expect: &[&str]| assert_eq!(in_text(text), expect, "{text:?}");
        check(
            "Blog perso : https://elodie.example/\nMastodon @elodie@mastodon.example",
            &["https://elodie.example/", "@elodie@mastodon.example"],
        );
        check("(see https://a.example/x), or www.b.example.", &["https://a.example/x", "www.b.example"]);
        check("acct:ada@social.example; ada.bsky.social", &["@ada@social.example", "@ada.bsky.social"]);
        check("Masto:@ada@social.example bsky @ada.example", &["@ada@social.example", "@ada.example"]);
        check("fosstodon.example/@ada", &["fosstodon.example/@ada"]);
        check("ada@example.org, met at 12.30, e.g. at M.Dupont", &[]);
        check("javascript:alert(1) @bob ftp://x.example", &[]);
    }
}
