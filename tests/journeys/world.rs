//! Gives a scratch library, the real program on it, and small feeds served on loopback.

use std::{
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::Arc,
};

use pepites_tests::serve::{Answer, Loopback};
use serde_json::Value;

/// Every command of a journey is of this moment: a journey that begins before midnight must not end after it.
const NOW: &str = "2026-11-23T12:00:00Z";

/// A library of its own, gone when the test ends.
pub(crate) struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_string_lossy().into_owned()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pepites"));
        command
            .args(arguments)
            .args(["--now", NOW, "--lang", "en", "--library"])
            .arg(self.library())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        Said::from(self.command(arguments).output().unwrap())
    }

    /// Runs to the end with `--json`; panics with what was said when it does not end well.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let said = Said::from(self.command(arguments).arg("--json").output().unwrap());
        assert_eq!(said.code, 0, "pepites {arguments:?}: {}", said.err);
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("pepites {arguments:?}: {error}: {}", said.out))
    }
}

/// What a run said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// An RSS feed with these titles; links and guids follow from the name and the title.
pub(crate) fn feed(name: &str, titles: &[&str]) -> String {
    let items: String = titles
        .iter()
        .map(|title| {
            let slug: String = title.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
            format!(
                "<item><title>{title}</title><link>https://{name}.example/{slug}</link>\
                 <guid isPermaLink=\"false\">{name}-{slug}</guid>\
                 <description>&lt;p&gt;What {name} has to say about {title}, in a few words.&lt;/p&gt;</description></item>"
            )
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>{name}</title><link>https://{name}.example/</link>{items}</channel></rss>"
    )
}

pub(crate) fn rss(body: impl Into<String>) -> Answer {
    Answer::ok("application/rss+xml", body.into())
}

/// Serves `/NAME` for each pair; anything else is 404.
pub(crate) fn serve(feeds: Vec<(&'static str, Answer)>) -> Loopback {
    Loopback::start(Arc::new(move |asked, _| {
        let name = asked.path.trim_start_matches('/');
        feeds.iter().find(|(path, _)| *path == name).map_or(Answer::status(404), |(_, answer)| answer.clone())
    }))
    .unwrap()
}

pub(crate) fn opml(server: &Loopback, names: &[&str]) -> String {
    let outlines: String = names
        .iter()
        .map(|name| format!("<outline text=\"{name}\" type=\"rss\" xmlUrl=\"{}\"/>", server.url(&format!("/{name}"))))
        .collect();
    format!("<opml version=\"2.0\"><head/><body><outline text=\"All\">{outlines}</outline></body></opml>")
}

pub(crate) fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("not a list: {value}"))
}
