//! Takes what each source is known by, says which are one person. Never joins by a page that many prove to be theirs.

use std::collections::BTreeMap;

/// A page that more accounts prove to be theirs is their employer's or their club's.
const MOST_PROVERS: usize = 3;

/// What a source is known by.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) source: i64,
    /// The same name and handle as on another network, or the reader's own name for it.
    pub(super) name: Option<String>,
    /// Pages that are proven to be of the same person.
    pub(super) pages: Vec<String>,
    /// Its own page.
    pub(super) site: Option<String>,
    /// The reader has named it: their word is the last one.
    pub(super) named: bool,
}

/// The first source of the person of each source, by source.
pub(super) fn first_of_each(known: &[Known]) -> BTreeMap<i64, i64> {
    let mut first: Vec<usize> = (0..known.len()).collect();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, one) in known.iter().enumerate() {
        if let Some(name) = &one.name {
            let other = *names.entry(name).or_insert(at);
            join(&mut first, at, other);
        }
    }
    let mut provers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let unnamed = || known.iter().enumerate().filter(|(_, one)| !one.named);
    for (at, one) in unnamed() {
        one.pages.iter().for_each(|page| provers.entry(page).or_default().push(at));
    }
    provers.retain(|_, by| by.len() <= MOST_PROVERS);
    // Who owns a page owns what stands at it: their blog, their other account.
    for (at, one) in unnamed() {
        if let Some(by) = one.site.as_deref().and_then(|site| provers.get_mut(site)) {
            by.push(at);
        }
    }
    for by in provers.values() {
        if let Some((one, others)) = by.split_first() {
            others.iter().for_each(|other| join(&mut first, *one, *other));
        }
    }
    let ids = known.iter().enumerate();
    ids.map(|(at, one)| (one.source, known.get(root(&first, at)).map_or(one.source, |first| first.source))).collect()
}

fn root(first: &[usize], mut at: usize) -> usize {
    while let Some(&before) = first.get(at).filter(|before| **before != at) {
        at = before;
    }
    at
}

/// The earlier of the two stands for both.
fn join(first: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(first, one), root(first, other));
    if let Some(later) = first.get_mut(one.max(other)) {
        *later = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(source: i64, name: &str, pages: &[&str], site: &str) -> Known {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let pages = pages.iter().map(|&page| page.to_owned()).collect();
        Known { source, name: text(name), pages, site: text(site), named: name.starts_with("named") }
    }

    fn check(sources: &[Known], expected: &[i64]) {
        let first = first_of_each(sources);
        let people: Vec<i64> = sources.iter().map(|one| first[&one.source]).collect();
        assert_eq!(people, expected, "{sources:?}");
    }

    #[test]
    fn who_proves_one_page_on_two_networks_is_one_person_and_so_is_what_stands_there() {
        const HOME: &str = "https://ada.example";
        check(&[known(5, "", &[HOME], ""), known(6, "", &[], ""), known(7, "x", &[HOME], "")], &[5, 6, 5]);
        check(&[known(1, "", &[], HOME), known(2, "", &[], HOME), known(3, "", &[HOME], "")], &[1, 1, 1]);
        check(&[known(1, "", &[], HOME), known(2, "", &[], HOME)], &[1, 2]);
        // By name with one, by page with the other.
        check(&[known(1, "ada", &[], ""), known(2, "ada", &[HOME], ""), known(3, "", &[HOME], "")], &[1, 1, 1]);
    }

    #[test]
    fn a_page_of_many_is_nobodys_and_the_readers_own_names_are_the_last_word() {
        const CLUB: &str = "https://club.example";
        let many: Vec<Known> = (1..=4).map(|id| known(id, "", &[CLUB], "")).collect();
        check(&many, &[1, 2, 3, 4]);
        check(&[known(1, "named ada", &[CLUB], ""), known(2, "named bo", &[CLUB], "")], &[1, 2]);
        check(&[known(1, "named ada", &[], ""), known(2, "named ada", &[], "")], &[1, 1]);
    }
}
