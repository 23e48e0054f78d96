//! Takes what a source or a folder is called in a search, gives the sources that are meant.

use std::collections::BTreeSet;

use super::{
    Want,
    pieces::is_quote,
    words::{fold, words},
};
use crate::model::{Folder, Source, SourceId};

/// Fewer letters of an address mean every source.
const TELLING_LETTERS: usize = 3;

/// What a want names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Sources.
    pub sources: BTreeSet<SourceId>,
    /// Of a folder: the places, in what was given, of the folders that rules put posts into.
    pub filed: BTreeSet<usize>,
}

impl Named {
    /// There is nothing of that name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.filed.is_empty()
    }
}

/// What a want names among the sources and the folders that rules put posts into, each a path; None: it names none, and
/// asks for something else. What is called exactly so comes before what only holds these words: `source:"le monde"` is
/// not Le Monde diplomatique where there are both.
#[must_use]
pub fn named(want: &Want, sources: &[Source], filed: &[Vec<String>]) -> Option<Named> {
    let folders = |is: &dyn Fn(&[String], &[String]) -> bool| -> BTreeSet<usize> {
        let Want::Folder(typed) = want else { return BTreeSet::new() };
        let path = path_of(typed);
        let fits = filed.iter().enumerate().filter(|(_, names)| holds_path(names, &path, is));
        fits.map(|(at, _)| at).collect()
    };
    let (exact, near): (Test<'_>, Test<'_>) = match want {
        Want::Source(typed) => {
            let (wanted, address) = (words(typed), fold(typed));
            let wanted_too = wanted.clone();
            let exact = move |source: &Source| titles(source).any(|title| title == wanted) || is_number(source, typed);
            let near = move |source: &Source| {
                titles(source).any(|title| holds(&title, &wanted_too)) || is_at(source, &address)
            };
            (Box::new(exact), Box::new(near))
        }
        Want::Folder(typed) => {
            let path = path_of(typed);
            let path_too = path.clone();
            let exact = move |source: &Source| is_in(source, &path, |name, wanted| name == wanted);
            let near = move |source: &Source| is_in(source, &path_too, holds);
            (Box::new(exact), Box::new(near))
        }
        _ => return None,
    };
    let of = |test: &Test<'_>| -> BTreeSet<SourceId> {
        sources.iter().filter(|source| test(source)).map(|source| source.id).collect()
    };
    let found = Named { sources: of(&exact), filed: folders(&|name, wanted| name == wanted) };
    Some(if found.is_empty() { Named { sources: of(&near), filed: folders(&holds) } } else { found })
}

/// Whether a folder of that name is found when its name is asked for between quotes.
#[must_use]
pub fn can_be_named(name: &str) -> bool {
    !words(name).is_empty() && !name.contains(is_quote)
}

/// What is typed of a folder: each name of its path as its words.
fn path_of(typed: &str) -> Vec<Vec<String>> {
    typed.split('/').map(words).filter(|part| !part.is_empty()).collect()
}

type Test<'a> = Box<dyn Fn(&Source) -> bool + 'a>;

fn titles(source: &Source) -> impl Iterator<Item = Vec<String>> {
    [Some(source.shown()), Some(source.title.as_str())].into_iter().flatten().map(words)
}

fn is_number(source: &Source, typed: &str) -> bool {
    typed.parse() == Ok(source.id.0)
}

fn is_at(source: &Source, typed: &str) -> bool {
    typed.len() >= TELLING_LETTERS
        && [Some(&source.address.locator), source.site.as_ref()]
            .into_iter()
            .flatten()
            .any(|at| at.to_lowercase().contains(typed))
}

/// Whether the words stand together in a name; the last of them may go on.
fn holds(name: &[String], wanted: &[String]) -> bool {
    let Some((last, first)) = wanted.split_last() else { return false };
    name.windows(wanted.len())
        .any(|run| run.split_last().is_some_and(|(end, begin)| begin == first && end.starts_with(last.as_str())))
}

/// Whether it is in a folder of that path, or in one within.
fn is_in(source: &Source, path: &[Vec<String>], is: impl Fn(&[String], &[String]) -> bool) -> bool {
    source.folders.iter().any(|Folder(names)| holds_path(names, path, &is))
}

/// Whether the path stands in these names.
fn holds_path(names: &[String], path: &[Vec<String>], is: impl Fn(&[String], &[String]) -> bool) -> bool {
    let names: Vec<Vec<String>> = names.iter().map(|name| words(name)).collect();
    !path.is_empty() && names.windows(path.len()).any(|run| run.iter().zip(path).all(|(name, wanted)| is(name, wanted)))
}
