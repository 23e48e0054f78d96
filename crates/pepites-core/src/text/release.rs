//! Takes a title in French or English, says whether it announces a version of something.
//! Never decides what that is worth.

use super::{is_version, words};

/// What says that a version is there, as [`words`] gives it.
#[rustfmt::skip]
const THERE: &[&str] = &[
    "announced", "announcing", "annonce", "arrive", "arrives", "available", "beta", "changelog", "disponible", "here",
    "landed", "launched", "nouveautes", "out", "publication", "publie", "publiee", "release", "released", "releases",
    "sort", "sortie", "update", "updated", "version",
];

/// What stands between a whole number and what says that it is there ("Fennec 130 is now out").
const BETWEEN: &[&str] = &["est", "is", "has", "now", "la", "les", "vient", "desormais", "enfin", "est-il"];

/// The highest whole number that is taken for a version: years have four digits.
const MOST_DIGITS: usize = 3;

/// Whether a title announces a version: "Rust 1.95.0 released", "Sortie de Fennec 130", "What's new in GIMP 3.2".
#[must_use]
pub fn announces_release(title: &str) -> bool {
    // Without a figure there is no version: most titles need not be cut into words.
    title.bytes().any(|byte| byte.is_ascii_digit()) && announce_release(&words(title))
}

/// The same, of the words that [`words`] gives of a title.
pub(crate) fn announce_release(words: &[String]) -> bool {
    let there = |word: &String| THERE.contains(&word.as_str());
    let whats_new = words.windows(2).any(|pair| pair == ["what", "new"] || pair == ["de", "neuf"]);
    if !whats_new && !words.iter().any(there) {
        return false;
    }
    // A whole number counts things too ("12 albums out this week"): it must end the title, or what it is has come.
    let ends_a_name = |at: usize| {
        let mut after = words.iter().skip(at + 1).skip_while(|word| BETWEEN.contains(&word.as_str()));
        at > 0 && after.next().is_none_or(there)
    };
    let is_number = |word: &str| {
        let bare = word.strip_prefix('v').unwrap_or(word);
        !bare.is_empty() && bare.len() <= MOST_DIGITS && bare.chars().all(|c| c.is_ascii_digit())
    };
    words.iter().enumerate().any(|(at, word)| is_version(word) || (is_number(word) && ends_a_name(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(titles: &[&str], expected: bool) {
        for title in titles {
            assert_eq!(announces_release(title), expected, "{title}");
        }
    }

    #[test]
    fn a_version_that_is_out_is_announced() {
        check(
            &[
                "Rust 1.95.0 released",
                "Announcing Rust 1.95.0",
                "Fennec 130 is now out",
                "Fennec reaches version 130",
                "What’s new in Fennec 130",
                "v2.4.1: a bug-fix release",
                "Sortie de Fennec 130",
                "Publication de LibreOffice 26.2",
                "Fennec 130 : les nouveautés",
                "Fennec 130 est disponible",
                "GIMP passe en version 3.2",
            ],
            true,
        );
    }

    #[test]
    fn a_number_alone_announces_nothing() {
        check(
            &[
                "",
                "17 years of rainfall in one garden",
                "12 albums out this week",
                "Sortie de 3 romans que nous attendions",
                "Budget 2026 released",
                "The 1.5 degree target, explained",
                "What’s new in our garden",
                "Le tour du lac en 48 heures",
            ],
            false,
        );
    }
}
