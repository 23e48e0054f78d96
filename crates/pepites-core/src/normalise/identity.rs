//! Takes what a batch says that its items are, gives the hashes under which each is known again.
//! The store's rule: an incoming post that shares any of them with a kept post of the same source is that post.
//! So none may be shared by two posts, and each kind of change a feed goes through must leave one of them as it was.
//!
//! - A title or a body is edited: the guid stays, else the link.
//! - All guids change (a new engine, or one that makes them up at each visit), the host or the scheme too: what is at
//!   the same path, under the same title, of the same day ("whereabouts") stays.
//! - All items have one guid, or one link (a changelog, a live page): what two items share tells neither, and the link
//!   alone counts only where there is no guid. Were it to count beside one, each week's post at `/live` would
//!   overwrite the last, when no two are in the feed at once.
//! - No guid and no link: title and date; else title and text.

use std::collections::BTreeMap;

use url::Url;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::model::{Moment, PostKey};
use crate::text::address;

/// What an item says that it is.
#[derive(Debug, Default)]
pub(super) struct Claims<'a> {
    /// Its guid, as it came.
    pub guid: Option<&'a str>,
    /// The guids of others that were joined to it.
    pub also: &'a [String],
    /// Its page.
    pub page: Option<&'a Url>,
    /// The front page of its site.
    pub front: Option<&'a str>,
    /// Its own title, empty when it has none.
    pub title: &'a str,
    /// Its plain text.
    pub text: &'a str,
    /// The date that it gives.
    pub published: Option<Moment>,
}

/// What an item is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    /// Most telling first; never empty.
    pub hashes: Vec<i64>,
    /// For other devices.
    pub key: PostKey,
}

/// The identities of a batch's items, in order; None for one that only repeats an earlier one word for word.
pub(super) fn tell_apart(locator: &str, batch: &[Claims<'_>]) -> Vec<Option<Identity>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let repeats: Vec<bool> = batch.iter().map(|claims| seen.insert(everything(claims), 0).is_some()).collect();
    let named: Vec<Vec<String>> = batch.iter().map(names).collect();
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for (names, _) in named.iter().zip(&repeats).filter(|(_, repeats)| !**repeats) {
        for name in names {
            *bearers.entry(name).or_default() += 1;
        }
    }
    let own = |name: &str| bearers.get(name).is_none_or(|count| *count == 1);
    let mut identities = Vec::with_capacity(batch.len());
    for ((claims, names), repeats) in batch.iter().zip(&named).zip(repeats) {
        if repeats {
            identities.push(None);
            continue;
        }
        let has_guid = names.iter().any(|name| name.starts_with(GUID) && own(name));
        let mut kept: Vec<&str> = names.iter().map(String::as_str).filter(|name| own(name)).collect();
        kept.retain(|name| !(name.starts_with(LINK) && has_guid));
        let last = everything(claims);
        if kept.is_empty() {
            kept.push(&last);
        }
        let best = kept.first().copied().unwrap_or_default();
        let key = PostKey(format!("{:032x}", xxh3_128(format!("{locator}\n{best}").as_bytes())));
        identities.push(Some(Identity { hashes: kept.iter().map(|name| hash(name)).collect(), key }));
    }
    identities
}

/// A 64-bit hash, as SQLite holds it.
pub(super) fn hash(text: &str) -> i64 {
    xxh3_64(text.as_bytes()).cast_signed()
}

const GUID: &str = "guid ";
const LINK: &str = "link ";
const WHEREABOUTS: &str = "at ";
const DATED: &str = "dated ";
const WHOLE: &str = "whole ";

/// What the item may be known by, most telling first, whatever the others are.
fn names(claims: &Claims<'_>) -> Vec<String> {
    let mut names = Vec::new();
    let front = claims.front.and_then(address::canonical);
    let is_front = |form: &str| Some(form) == front.as_deref();
    let guid = claims.guid.map(str::trim).filter(|guid| !guid.is_empty());
    if let Some(guid) = guid.filter(|guid| address::canonical(guid).is_none_or(|form| !is_front(&form))) {
        names.push(guid_name(guid));
    }
    names.extend(claims.also.iter().map(|guid| guid_name(guid)));
    // A link to the front page, as feeds of one picture a day have it, tells no post.
    let form = claims.page.and_then(|page| address::canonical_from(page, None)).filter(|form| !is_front(form));
    if let (Some(page), Some(form)) = (claims.page, form) {
        // Each answer in a thread has the thread's address and a fragment of its own.
        let place = format!("{form}#{}", page.fragment().unwrap_or_default());
        let path =
            place.strip_prefix("https://").and_then(|rest| rest.find(['/', '?', '#']).and_then(|at| rest.get(at..)));
        names.push(format!("{LINK}{place}"));
        let title = if claims.title.is_empty() { claims.text } else { claims.title };
        if let Some(path) = path.filter(|_| !title.is_empty()) {
            let day = claims.published.map_or(-1, |at| at.0.div_euclid(Moment::DAY));
            names.push(format!("{WHEREABOUTS}{path} {day} {:x}", hash(title)));
        }
    }
    if names.is_empty() {
        names.push(match claims.published {
            Some(at) if !claims.title.is_empty() => format!("{DATED}{} {}", at.0, claims.title),
            _ => whole(claims),
        });
    }
    names
}

/// A permalink stays the same guid when its site moves to https.
fn guid_name(guid: &str) -> String {
    let bare = guid.strip_prefix("https://").or_else(|| guid.strip_prefix("http://")).unwrap_or(guid);
    format!("{GUID}{}", bare.trim_end_matches('/'))
}

/// The hash of what an item with that guid is known by.
pub(super) fn of_guid(guid: &str) -> i64 {
    hash(&guid_name(guid.trim()))
}

fn whole(claims: &Claims<'_>) -> String {
    format!("{WHOLE}{:x} {:x}", hash(claims.title), hash(claims.text))
}

fn everything(claims: &Claims<'_>) -> String {
    let at = claims.published.map_or(-1, |at| at.0);
    let page = claims.page.map_or("", Url::as_str);
    format!("{} {} {page} {at}", whole(claims), claims.guid.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One item as `guid | link | title | text | day`, each of which may be empty.
    fn identities(batch: &[&str]) -> Vec<Option<Identity>> {
        let fields: Vec<Vec<&str>> = batch.iter().map(|item| item.split('|').map(str::trim).collect()).collect();
        let pages: Vec<Option<Url>> = fields.iter().map(|field| Url::parse(field[1]).ok()).collect();
        let claims: Vec<Claims<'_>> = fields
            .iter()
            .zip(&pages)
            .map(|(field, page)| Claims {
                guid: Some(field[0]).filter(|guid| !guid.is_empty()),
                also: &[],
                page: page.as_ref(),
                front: Some("https://blog.example/"),
                title: field[2],
                text: field[3],
                published: field[4].parse().ok().map(|day: i64| Moment(day * Moment::DAY)),
            })
            .collect();
        tell_apart("https://blog.example/feed", &claims)
    }

    /// What the store asks.
    fn same(one: &Identity, other: &Identity) -> bool {
        one.hashes.iter().any(|hash| other.hashes.contains(hash))
    }

    /// `before` and `after` are visits; `expected` says for each item of `after` which of `before` it is, or "new".
    fn check(what: &str, before: &[&str], after: &[&str], expected: &str) {
        let (before, after) = (identities(before), identities(after));
        let mut found = Vec::new();
        for new in after.iter().flatten() {
            let kept: Vec<String> = before
                .iter()
                .enumerate()
                .filter(|(_, kept)| kept.as_ref().is_some_and(|kept| same(kept, new)))
                .map(|(rank, _)| rank.to_string())
                .collect();
            found.push(if kept.is_empty() { "new".to_owned() } else { kept.join("+") });
        }
        assert_eq!(found.join(" "), expected, "{what}");
        let mut all: Vec<i64> = after.iter().flatten().flat_map(|identity| identity.hashes.clone()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "{what}: no two posts of a batch share an identity");
    }

    const A: &str = "g1|https://blog.example/a|Title A|text a|10";
    const A2_OLD: &str = "http://blog.example/?p=2|http://blog.example/?p=2|Title 2|text 2|11";
    const A2_NEW: &str = "https://new.example/?p=2|https://new.example/?p=2&utm_medium=feed|Title 2|text 2|11";
    const B: &str = "g2|https://blog.example/b|Title B|text b|11";

    #[test]
    fn a_post_is_known_again_after_every_change_that_feeds_go_through() {
        check("nothing changed", &[A, B], &[A, B], "0 1");
        check("order changed", &[A, B], &[B, A], "1 0");
        let edited = "g1|https://blog.example/a|Better title|text a, edited|10";
        check("title and text edited", &[A, B], &[edited, B], "0 1");
        let moved = "g1|https://blog.example/other-slug|New title|text a|10";
        check("slug and title edited under the same guid", &[A], &[moved], "0");
        let renamed = ["x1|https://blog.example/a|Title A|text a|10", "x2|https://blog.example/b|Title B|new text|11"];
        check("all guids changed", &[A, B], &renamed, "0 1");
        let rehosted = ["y1|https://new.example/a|Title A|text a|10", "y2|https://new.example/b|Title B|text b|11"];
        check("host and guids changed", &[A, B], &rehosted, "0 1");
        let secure = "https://blog.example/a|https://blog.example/a|New|new|10";
        check("http to https", &["http://blog.example/a|http://blog.example/a|Old|old|10"], &[secure], "0");
        check(
            "tracking parameters come and go",
            &["|https://blog.example/a|T|t|"],
            &["|https://blog.example/a?utm_source=feed|T 2|t 2|"],
            "0",
        );
        let old = ["http://blog.example/a|http://blog.example/a|Title A|text a|10", A2_OLD];
        let new =
            [A2_NEW, "https://new.example/a?utm_source=rss|https://new.example/a?utm_source=rss|Title A|edited|10"];
        check("host, scheme, tracking parameters, order and a text, all at once", &old, &new, "1 0");
        check("guids appear", &["|https://blog.example/a|Title A|text a|10"], &[A], "0");
        check("guids vanish", &[A], &["|https://blog.example/a|Title A|text a|10"], "0");
    }

    #[test]
    fn two_posts_are_never_made_one() {
        let again = "g3|https://blog.example/c|Title A|text c|12";
        check("same title, other link and guid", &[A], &[again], "new");
        let one_guid = ["g|https://blog.example/a|Title A|text a|10", "g|https://blog.example/b|Title B|text b|11"];
        check("one guid for all", &one_guid, &[one_guid[1], one_guid[0]], "1 0");
        check("one guid for all, a new post", &one_guid, &[one_guid[1], "g|https://blog.example/c|C|c|12"], "1 new");
        let log = ["v1|https://blog.example/log|1.0|one|10", "v2|https://blog.example/log|2.0|two|20"];
        check("one link for all", &log, &[log[1], "v3|https://blog.example/log|3.0|three|30"], "1 new");
        check("one link, one at a time", &log[..1], &log[1..], "new");
        let weather = ["w1|https://blog.example/now|Weather|sun|10", "w2|https://blog.example/now|Weather|rain|11"];
        check("one link and title, one at a time", &weather[..1], &weather[1..], "new");
        let comics = ["|https://blog.example/|Comic|first|10", "|https://blog.example/|Comic|second|11"];
        check("links to the front page", &comics[..1], &comics[1..], "new");
        let thread = ["|https://blog.example/t/1#p1|Re: x|yes|10", "|https://blog.example/t/1#p2|Re: x|no|10"];
        check("answers in a thread", &thread[..1], &thread[1..], "new");
        check(
            "same guid, link and title",
            &["g|https://blog.example/a|T|one|1", "g|https://blog.example/a|T|two|1"],
            &["g|https://blog.example/a|T|two|1", "g|https://blog.example/a|T|one|1"],
            "1 0",
        );
    }

    #[test]
    fn posts_without_guid_and_link_go_by_title_and_date_or_by_their_words() {
        check("edited text", &["||Title|one|10"], &["||Title|two|10"], "0");
        check("another day", &["||Title|one|10"], &["||Title|one|11"], "new");
        check("no date", &["||Title|one|"], &["||Title|one|", "||Title|two|"], "0 new");
        check("only a text", &["|||one|10"], &["|||one|10", "|||two|10"], "0 new");
    }

    #[test]
    fn an_item_that_repeats_another_word_for_word_is_dropped() {
        let twice = identities(&[A, B, A]);
        assert!(twice[0].is_some() && twice[1].is_some() && twice[2].is_none());
        check("and is still known", &[A, A], &[A], "0");
    }

    #[test]
    fn a_key_is_32_digits_and_stays() {
        let (alone, beside) = (identities(&[A]), identities(&[B, A]));
        let key = |identity: &Option<Identity>| identity.as_ref().unwrap().key.0.clone();
        assert_eq!(key(&alone[0]), key(&beside[1]));
        assert_eq!(key(&alone[0]).len(), 32);
        assert_ne!(key(&beside[0]), key(&beside[1]));
    }
}
