//! Takes a command line, gives what it asks for. Never opens what it names.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use pepites_core::model::Moment;
use tauri::Url;

use crate::{asked::asked, at_login::HIDDEN};

/// What the window was started with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// `--library DIR`: another library than the usual one.
    pub(crate) library: Option<PathBuf>,
    /// `--via http://127.0.0.1:PORT`: for tests, every request goes to that server.
    pub(crate) via: Option<String>,
    /// `--now RFC3339`: for tests and pictures, the moment at which the clock begins.
    pub(crate) now: Option<Moment>,
    /// `--hidden`: started with the session, nobody looks yet.
    pub(crate) hidden: bool,
    /// Files to offer for import, as absolute paths.
    pub(crate) files: Vec<PathBuf>,
    /// What links ask to be followed (`feed:`, `web+follow:`), for the reader to agree to.
    pub(crate) asked: Vec<String>,
}

impl Arguments {
    /// Reads a command line without the program's name. Paths are taken from `folder`.
    pub(crate) fn read(words: impl Iterator<Item = OsString>, folder: Option<&Path>) -> Result<Self, String> {
        let mut arguments = Self::default();
        let mut words = words;
        let mut options = true;
        while let Some(word) = words.next() {
            let text = word.to_string_lossy().into_owned();
            if !options || !text.starts_with("--") {
                if let Some(address) = asked(&text) {
                    arguments.asked.push(address);
                    continue;
                }
                arguments.files.extend(file(&word, &text, folder));
                continue;
            }
            let (name, joined) = match text.split_once('=') {
                Some((name, value)) => (name, Some(OsString::from(value))),
                None => (text.as_str(), None),
            };
            let mut value = || joined.clone().or_else(|| words.next()).ok_or_else(|| format!("{name} needs a value"));
            match name {
                "--" => options = false,
                HIDDEN if joined.is_none() => arguments.hidden = true,
                "--library" => arguments.library = Some(whole(&PathBuf::from(value()?), folder)),
                "--via" => arguments.via = Some(value()?.to_string_lossy().into_owned()),
                "--now" => {
                    let text = value()?.to_string_lossy().into_owned();
                    let stamp: Timestamp = text.parse().map_err(|error| format!("--now {text}: {error}"))?;
                    arguments.now = Some(Moment(stamp.as_millisecond()));
                }
                _ => {
                    return Err(format!(
                        "{name} is not known. Known are --library DIR, --via URL, --hidden, and files or feed: links"
                    ));
                }
            }
        }
        Ok(arguments)
    }
}

/// The system hands files over as paths or as file: addresses. Other addresses are nothing to import.
fn file(word: &OsString, text: &str, folder: Option<&Path>) -> Option<PathBuf> {
    match Url::parse(text) {
        // A letter before the colon is a drive of Windows.
        Ok(url) if url.scheme().len() > 1 => url.to_file_path().ok(),
        _ => Some(whole(Path::new(word), folder)),
    }
}

fn whole(path: &Path, folder: Option<&Path>) -> PathBuf {
    folder.map_or_else(|| path.to_owned(), |folder| folder.join(path))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, String> {
        Arguments::read(line.split_whitespace().map(OsString::from), Some(Path::new("/home/me")))
    }

    #[test]
    fn files_are_named_whole_whatever_way_they_are_handed_over() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("feeds.opml", &["/home/me/feeds.opml"]),
            ("/a/b.csv c.csv", &["/a/b.csv", "/home/me/c.csv"]),
            ("file:///a/b%20c.opml", &["/a/b c.opml"]),
            ("https://a.example/feeds.opml", &[]),
            ("-- --library", &["/home/me/--library"]),
        ];
        for (line, files) in cases {
            let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
            assert_eq!(read(line).unwrap().files, files, "{line}");
        }
    }

    #[test]
    fn options_take_their_value_with_a_blank_or_a_sign() {
        for line in ["--library books --via http://127.0.0.1:9 x", "--library=books --via=http://127.0.0.1:9 x"] {
            let read = read(line).unwrap();
            assert_eq!(read.library, Some(PathBuf::from("/home/me/books")), "{line}");
            assert_eq!(read.via.as_deref(), Some("http://127.0.0.1:9"), "{line}");
            assert_eq!(read.files.len(), 1, "{line}");
        }
    }

    #[test]
    fn links_to_follow_are_no_files() {
        let read = read("--hidden feed:https://a.example/feed list.opml WEB+FOLLOW:@me@a.example").unwrap();
        assert_eq!(read.asked, ["https://a.example/feed", "@me@a.example"]);
        assert_eq!((read.files, read.hidden), (vec![PathBuf::from("/home/me/list.opml")], true));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, named) in [
            ("--hidden=yes", "--hidden"),
            ("--frobnicate", "--frobnicate"),
            ("--library", "--library"),
            ("--now soon", "soon"),
        ] {
            assert!(read(line).unwrap_err().contains(named), "{line}");
        }
    }
}
