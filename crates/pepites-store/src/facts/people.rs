//! Takes what each source is known by and what the reader said, says which are one person. Never joins by a page that
//! many prove to be theirs, nor what the reader parted.

use std::collections::BTreeMap;

use pepites_core::{sources::person, text::address::canonical};
use rusqlite::{Connection, Row};

use crate::{error::Trouble, people::Tie};

/// A page that more accounts prove to be theirs is their employer's or their club's.
const MOST_PROVERS: usize = 3;

/// What a source is known by.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) source: i64,
    /// The same name and handle as on another network, or the reader's own name for it.
    pub(super) name: Option<String>,
    /// Pages that are proven to be of the same person.
    pub(super) pages: Vec<String>,
    /// Its own page.
    pub(super) site: Option<String>,
    /// The reader has named it: their word is the last one.
    pub(super) named: bool,
}

/// The columns that [`known`] reads.
pub(crate) const COLUMNS: &str = "id, kind, locator, title, name, site, pages";

/// What a source is known by, from a row with [`COLUMNS`].
pub(crate) fn known(row: &Row<'_>) -> rusqlite::Result<Known> {
    let (kind, locator): (String, String) = (row.get("kind")?, row.get("locator")?);
    let (title, name, site): (Option<String>, Option<String>, Option<String>) =
        (row.get("title")?, row.get("name")?, row.get("site")?);
    let own = name.as_deref().filter(|name| Some(*name) != title.as_deref());
    Ok(Known {
        source: row.get("id")?,
        name: person(&kind, site.as_deref().unwrap_or(&locator), title.as_deref(), own),
        // Written by this library; what cannot be read proves nothing.
        pages: serde_json::from_str(&row.get::<_, String>("pages")?).unwrap_or_default(),
        site: site.as_deref().and_then(canonical),
        named: own.is_some(),
    })
}

/// What the reader said of two sources, the last word first.
pub(crate) fn ties(library: &Connection) -> Result<Vec<Tie>, Trouble> {
    let mut statement = library
        .prepare_cached("SELECT one, other, together FROM person_verdicts ORDER BY at DESC, one DESC, other DESC")?;
    let ties = statement.query_map([], |row| {
        Ok(Tie {
            one: pepites_core::model::SourceId(row.get(0)?),
            other: pepites_core::model::SourceId(row.get(1)?),
            together: row.get(2)?,
        })
    })?;
    Ok(ties.collect::<Result<_, _>>()?)
}

/// Who is joined to whom so far, and whom the reader parted.
struct Circles {
    first: Vec<usize>,
    parted: Vec<(usize, usize)>,
}

/// The first source of the person of each source, by source. What the reader said goes before all else, their last word
/// before earlier ones.
pub(crate) fn first_of_each(known: &[Known], ties: &[Tie]) -> BTreeMap<i64, i64> {
    let mut circles = Circles { first: (0..known.len()).collect(), parted: Vec::new() };
    let at: BTreeMap<i64, usize> = known.iter().enumerate().map(|(at, one)| (one.source, at)).collect();
    for tie in ties {
        let (Some(&one), Some(&other)) = (at.get(&tie.one.0), at.get(&tie.other.0)) else { continue };
        if tie.together {
            circles.join(one, other);
        } else {
            circles.part(one, other);
        }
    }
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, one) in known.iter().enumerate() {
        if let Some(name) = &one.name {
            let other = *names.entry(name).or_insert(at);
            circles.join(at, other);
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
            others.iter().for_each(|other| circles.join(*one, *other));
        }
    }
    let ids = known.iter().enumerate();
    ids.map(|(at, one)| (one.source, known.get(circles.root(at)).map_or(one.source, |first| first.source))).collect()
}

impl Circles {
    fn root(&self, mut at: usize) -> usize {
        while let Some(&before) = self.first.get(at).filter(|before| **before != at) {
            at = before;
        }
        at
    }

    /// The earlier of the two stands for both; unless that brought together whom the reader parted.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let meet = |&(a, b): &(usize, usize)| {
            let (a, b) = (self.root(a), self.root(b));
            (a, b) == (one, other) || (a, b) == (other, one)
        };
        if self.parted.iter().any(meet) {
            return;
        }
        if let Some(later) = self.first.get_mut(one.max(other)) {
            *later = one.min(other);
        }
    }

    /// They are two from now on, unless a later word joined them.
    fn part(&mut self, one: usize, other: usize) {
        if self.root(one) != self.root(other) {
            self.parted.push((one, other));
        }
    }
}

#[cfg(test)]
mod tests {
    use pepites_core::model::SourceId;

    use super::*;

    fn known(source: i64, name: &str, pages: &[&str], site: &str) -> Known {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let pages = pages.iter().map(|&page| page.to_owned()).collect();
        Known { source, name: text(name), pages, site: text(site), named: name.starts_with("named") }
    }

    fn check(sources: &[Known], expected: &[i64]) {
        told(sources, &[], expected);
    }

    fn told(sources: &[Known], ties: &[(i64, i64, bool)], expected: &[i64]) {
        let tie =
            |&(one, other, together): &(i64, i64, bool)| Tie { one: SourceId(one), other: SourceId(other), together };
        let first = first_of_each(sources, &ties.iter().map(tie).collect::<Vec<_>>());
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

    #[test]
    fn what_the_reader_said_goes_before_all_else_and_their_last_word_before_earlier_ones() {
        const HOME: &str = "https://ada.example";
        let strangers = || [known(1, "", &[], ""), known(2, "", &[], ""), known(3, "", &[], "")];
        told(&strangers(), &[(1, 3, true)], &[1, 2, 1]);
        told(&strangers(), &[(1, 3, true), (2, 3, true)], &[1, 1, 1]);
        let alike = || [known(1, "ada", &[HOME], ""), known(2, "ada", &[HOME], ""), known(3, "", &[], HOME)];
        told(&alike(), &[], &[1, 1, 1]);
        told(&alike(), &[(1, 2, false)], &[1, 2, 1]);
        // Parted from the one, joined with the other: no third brings them together again.
        told(&alike(), &[(1, 2, false), (2, 3, true)], &[1, 2, 2]);
        told(&strangers(), &[(1, 2, true), (1, 3, true), (2, 3, false)], &[1, 1, 1]);
        told(&strangers(), &[(2, 3, false), (1, 3, true), (1, 2, true)], &[1, 2, 1]);
        told(&strangers(), &[(1, 99, true)], &[1, 2, 3]);
    }
}
