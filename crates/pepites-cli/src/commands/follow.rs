//! Takes what is typed for a source or a folder, gives the source or the path. Shared by add, rename, move, unfollow.

use clap::ArgMatches;
use pepites_core::{
    model::{Phrase, SourceId},
    text::secret::masked_typed,
};
use pepites_engine::{
    Engine,
    contract::{Code, SourceView},
};

use crate::failure::Failure;

/// The source that `source` names: its number, else its address. What changes a source is told nothing less exact.
pub(super) fn source(engine: &Engine, matches: &ArgMatches) -> Result<SourceView, Failure> {
    let typed = matches.get_one::<String>("source").map(String::as_str).unwrap_or_default();
    exactly(engine, typed)
}

/// The source of that number or address.
pub(super) fn exactly(engine: &Engine, typed: &str) -> Result<SourceView, Failure> {
    let id = typed.parse().ok().map(SourceId);
    let is_it = |source: &SourceView| Some(source.id) == id || source.address == typed;
    engine.sources()?.into_iter().find(is_it).ok_or_else(|| missing(typed))
}

/// The source that is meant by `source`: as [`source`], or its title, or a part of its title or address that no other
/// source has.
pub(super) fn meant(engine: &Engine, matches: &ArgMatches) -> Result<SourceView, Failure> {
    meant_by(engine, matches.get_one::<String>("source").map(String::as_str).unwrap_or_default())
}

/// The source that is meant by what was typed.
pub(super) fn meant_by(engine: &Engine, typed: &str) -> Result<SourceView, Failure> {
    let mut named = named(engine.sources()?, typed);
    match (named.pop(), named.first()) {
        (None, _) => Err(missing(typed)),
        (Some(source), None) => Ok(source),
        (Some(last), Some(first)) => {
            let examples = format!("{} ({}), {} ({})", first.id, first.title, last.id, last.title);
            let phrase =
                Phrase::new("cli.source.several").with("input", &*masked_typed(typed)).with("count", named.len() + 1);
            Err(Failure::new(Code::Missing, phrase.with("examples", examples)))
        }
    }
}

/// The number that `source` is; for what is no longer in the list.
pub(super) fn number(matches: &ArgMatches) -> Result<SourceId, Failure> {
    let typed = matches.get_one::<String>("source").map(String::as_str).unwrap_or_default();
    typed.parse().map(SourceId).map_err(|_error| missing(typed))
}

/// The source of that number after it was changed.
pub(super) fn again(engine: &Engine, id: SourceId) -> Result<SourceView, Failure> {
    engine.sources()?.into_iter().find(|source| source.id == id).ok_or_else(|| missing(&id.to_string()))
}

/// Those that `typed` can mean, by the first of these that means any: the number or the address, the whole title, a
/// part of either. A number never means a part: a source called "99 bees" is not source 99.
fn named(sources: Vec<SourceView>, typed: &str) -> Vec<SourceView> {
    let id = typed.parse().ok().map(SourceId);
    let wanted = typed.trim().to_lowercase();
    let exact = |source: &SourceView| Some(source.id) == id || source.address == typed;
    let title = |source: &SourceView| source.title.to_lowercase() == wanted;
    let part = |source: &SourceView| {
        [&source.title, &source.address].into_iter().any(|text| text.to_lowercase().contains(&wanted))
    };
    let ways: &[&dyn Fn(&SourceView) -> bool] =
        if id.is_some() || wanted.is_empty() { &[&exact] } else { &[&exact, &title, &part] };
    let found = ways.iter().find(|way| sources.iter().any(way));
    found.map(|way| sources.into_iter().filter(|source| way(source)).collect()).unwrap_or_default()
}

fn missing(typed: &str) -> Failure {
    Failure::new(
        Code::Missing,
        Phrase::new("problem.missing.source").with("noun", "source").with("id", &*masked_typed(typed)),
    )
}

/// A folder as it is shown: "News / Tech".
pub(super) fn path(folder: &[String]) -> String {
    folder.join(" / ")
}

/// A folder as it is typed: `News/Tech`; `\/` is a slash in a name ("Design\/UX").
pub(super) fn folder(typed: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut letters = typed.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, names.last_mut()) {
            ('\\', Some(name)) if letters.peek() == Some(&'/') => name.extend(letters.next()),
            ('/', _) => names.push(String::new()),
            (letter, Some(name)) => name.push(letter),
            (_, None) => {}
        }
    }
    names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// The folders typed for the argument `name`, without those that name nothing.
pub(super) fn folders(matches: &ArgMatches, name: &str) -> Vec<Vec<String>> {
    let typed = matches.get_many::<String>(name).unwrap_or_default();
    typed.map(|folder| self::folder(folder)).filter(|path| !path.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: &[i64]) {
        let sources = [(3, "Bees"), (12, "99 bees"), (99, "The bee paper"), (7, "Wasps")];
        let sources = sources.map(|(id, title)| crate::commands::sources::tests::source(id, title, &[]));
        let found: Vec<i64> = named(sources.into(), typed).iter().map(|source| source.id.0).collect();
        assert_eq!(found, expected, "{typed}");
    }

    #[test]
    fn a_source_is_meant_by_its_number_its_address_its_title_or_a_part_of_them() {
        check("99", &[99]);
        check("98", &[]);
        check("https://example.org/7", &[7]);
        check("bees", &[3]);
        check("bee", &[3, 12, 99]);
        check("PAPER", &[99]);
        check("example.org/12", &[12]);
        check("hornet", &[]);
        check(" ", &[]);
    }

    #[test]
    fn a_slash_goes_one_deeper_unless_it_is_escaped() {
        for (typed, path) in [
            ("News", vec!["News"]),
            ("News/Tech", vec!["News", "Tech"]),
            ("/News// Tech /", vec!["News", "Tech"]),
            (r"Design\/UX/Blogs", vec!["Design/UX", "Blogs"]),
            (r"C:\dir", vec![r"C:\dir"]),
            ("/", vec![]),
        ] {
            assert_eq!(folder(typed), path, "{typed}");
        }
    }
}
