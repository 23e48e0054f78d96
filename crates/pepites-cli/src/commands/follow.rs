//! Takes what is typed for a source or a folder, gives the source or the path. Shared by add, rename, move, unfollow.

use clap::ArgMatches;
use pepites_core::model::{Phrase, SourceId};
use pepites_engine::{
    Engine,
    contract::{Code, SourceView},
};

use crate::failure::Failure;

/// The source that `source` names: its number, else its address.
pub(super) fn source(engine: &Engine, matches: &ArgMatches) -> Result<SourceView, Failure> {
    let typed = matches.get_one::<String>("source").map(String::as_str).unwrap_or_default();
    named(engine.sources()?, typed).ok_or_else(|| missing(typed))
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

fn named(sources: Vec<SourceView>, typed: &str) -> Option<SourceView> {
    let id = typed.parse().ok().map(SourceId);
    sources.into_iter().find(|source| Some(source.id) == id || source.address == typed)
}

fn missing(typed: &str) -> Failure {
    Failure::new(Code::Missing, Phrase::new("problem.missing.source").with("noun", "source").with("id", typed))
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
