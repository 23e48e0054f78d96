//! Takes the global options, gives commands what they share: the library, the output, the notes beside it.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clap::ArgMatches;
use directories::ProjectDirs;
use pepites_core::model::Phrase;
use pepites_engine::{Clock, Engine, Place, catalogue::Language, contract::Code, net::Net};
use serde::Serialize;
use tokio::runtime::{Builder, Runtime};

use crate::{
    clean,
    exit::Exit,
    failure::Failure,
    look::{Look, quoted},
    transport,
};

/// One run of the program.
#[derive(Clone)]
pub(crate) struct Session {
    /// What the output is shown on.
    pub(crate) look: Look,
    /// JSON instead of text.
    pub(crate) json: bool,
    /// Nothing but the result.
    pub(crate) quiet: bool,
    /// How much more to say: 0, 1, 2.
    pub(crate) verbose: u8,
    /// The machine's clock, or in tests that of `--now`.
    pub(crate) clock: Clock,
    folder: Option<PathBuf>,
    wait: Duration,
    via: Option<String>,
}

impl Session {
    /// The session that the global options ask for.
    pub(crate) fn new(matches: &ArgMatches, look: Look, clock: Clock) -> Self {
        let usual = Self {
            look,
            json: matches.get_flag("json"),
            quiet: matches.get_flag("quiet"),
            verbose: matches.get_count("verbose"),
            clock,
            folder: None,
            wait: Duration::from_secs(matches.get_one::<u64>("wait").copied().unwrap_or(DEFAULT_WAIT)),
            via: matches.get_one::<String>("via").cloned(),
        };
        match matches.get_one::<PathBuf>("library") {
            Some(folder) => usual.within(folder),
            None => usual,
        }
    }

    /// The same session in another library; the commands that it shows name that library.
    pub(crate) fn within(&self, folder: &Path) -> Self {
        let mut session = self.clone();
        session.look.program = format!("pepites --library {}", quoted(&folder.display().to_string()));
        session.folder = Some(folder.to_owned());
        session
    }

    /// The reader's language.
    pub(crate) fn language(&self) -> Language {
        self.look.language
    }

    /// The library, without a network.
    pub(crate) fn library(&self) -> Result<Engine, Failure> {
        self.open(self.folder()?, Arc::new(transport::Nothing))
    }

    /// The library and the network. The world of a sample answers from memory, unless a test stands in for the network.
    pub(crate) fn online(&self) -> Result<Engine, Failure> {
        let net = transport::open(self.via.as_deref(), self.clock.clone())?;
        let engine = self.open(self.folder()?, net)?;
        Ok(if self.via.is_some() { engine } else { engine.with_its_world()? })
    }

    /// The library in that folder, over that net.
    pub(crate) fn open(&self, folder: PathBuf, net: Arc<dyn Net>) -> Result<Engine, Failure> {
        Ok(Engine::open(Place { folder, wait: self.wait }, net, self.clock.clone())?)
    }

    /// The library folder: that of `--library`, else the platform's.
    pub(crate) fn folder(&self) -> Result<PathBuf, Failure> {
        self.folder.clone().map_or_else(default_folder, Ok)
    }

    /// The sample's library folder: that of `--library`, else one inside the platform's, apart from the reader's own.
    pub(crate) fn sample_folder(&self) -> Result<PathBuf, Failure> {
        self.folder.clone().map_or_else(|| default_folder().map(|folder| folder.join("sample")), Ok)
    }

    /// The folder of a library that follows the world which is served: that of `--library`, else one inside the
    /// platform's. The reader's own is theirs.
    pub(crate) fn served_folder(&self) -> Result<PathBuf, Failure> {
        self.folder.clone().map_or_else(|| default_folder().map(|folder| folder.join("served")), Ok)
    }

    /// What runs the commands that wait for a network.
    pub(crate) fn runtime(&self) -> Result<Runtime, Failure> {
        // One thread for all conversations: they wait most of the time, and what is heavy has threads of its own.
        let heavy = pepites_engine::busy_threads();
        Builder::new_current_thread().enable_all().max_blocking_threads(heavy).build().map_err(Failure::fault)
    }

    /// Gives the result: the view as JSON, or its page.
    pub(crate) fn give<T: Serialize>(&self, view: &T, page: impl FnOnce(&Look) -> String) -> Result<(), Failure> {
        if self.json {
            let document = serde_json::to_string_pretty(view).map_err(Failure::fault)?;
            return self.write(&format!("{}\n", clean::json(&document)));
        }
        self.write(&page(&self.look))
    }

    /// Writes to the standard output as it is.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// Says something beside the result, on the error output; nothing with `--quiet` or `--json`.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet && !self.json {
            say_aside(&format!("{}\n", clean::line(text)));
        }
    }

    /// Says what the reader needs to go on, on the error output, whatever the options say.
    pub(crate) fn aside(&self, phrase: &Phrase) {
        say_aside(&format!("{}\n", clean::line(&self.look.say(phrase))));
    }

    /// Tells a problem that does not end the command.
    pub(crate) fn tell(&self, problem: &pepites_engine::contract::Problem) {
        say_aside(&crate::failure::tell(problem, self.language(), self.json));
    }
}

/// Seconds that a command waits for a busy library, unless `--wait` says otherwise. `help.pepites.wait` names it.
const DEFAULT_WAIT: u64 = 10;

/// Writes to the error output; when that is closed there is nobody left to tell.
pub(crate) fn say_aside(text: &str) {
    let _closed = io::stderr().lock().write_all(text.as_bytes());
}

fn default_folder() -> Result<PathBuf, Failure> {
    ProjectDirs::from("", "", "pepites")
        .map(|folders| folders.data_dir().to_owned())
        .ok_or_else(|| Failure::ending(Code::BadInput, Phrase::new("problem.no_home"), Exit::Library))
}
