//! Does the main job on a made-up library without a network, or serves that made-up world on this machine.

use std::sync::Arc;

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::{Day, Phrase};
use pepites_engine::{
    contract::{Code, DigestAsk},
    net::Replay,
    sample::{self, USUAL_PORT, World},
};
use serde::Serialize;

use super::{Entry, export, refresh, today};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, look::quoted, session::Session, stop::Signals};

pub(super) const ENTRY: Entry = Entry { name: "sample", arguments, run };

/// The world that everybody sees unless they ask for another.
const SEED: u64 = 1;
/// The world as it is: about 100 posts a day.
const VOLUME: u32 = 1;
/// The list of the world's sources.
const FILE: &str = "sample.opml";

/// What `--serve --json` gives before it serves.
#[derive(Serialize)]
struct Served {
    address: String,
    port: u16,
    seed: u64,
    opml: String,
}

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.flag("serve"))
        .arg(words.option("port", "number").value_parser(value_parser!(u16)).requires("serve"))
        .arg(words.option("seed", "number").value_parser(value_parser!(u64)))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let seed = matches.get_one::<u64>("seed").copied().unwrap_or(SEED);
    let day = Day::of(session.look.now, session.look.offset_minutes);
    let world = World::new(seed, &day, VOLUME).until(session.look.now);
    if matches.get_flag("serve") {
        let port = matches.get_one::<u16>("port").copied();
        return session.runtime()?.block_on(serve(session, world, port, seed));
    }
    show(session, world, seed)
}

/// Imports, refreshes from memory and shows the digest, in a library of its own.
fn show(session: &Session, world: World, seed: u64) -> Result<Exit, Failure> {
    let folder = session.sample_folder()?;
    let session = &session.within(&folder);
    let told = Phrase::new("cli.sample.here").with("folder", folder.display().to_string());
    session.note(&session.look.say(&told));
    // Nothing listens on that port; it never changes, so that yesterday's sample library follows the same sources today.
    let opml = world.opml(USUAL_PORT);
    let engine = session.open(folder, Arc::new(Replay::answering(sample::replay(world))))?;
    engine.import(FILE, opml.as_bytes(), false)?;
    engine.note_sample(seed)?;
    let report = refresh::ask(session, &engine, false)?;
    if report.cancelled {
        return Ok(Exit::Stopped);
    }
    let view = engine.today(&DigestAsk::default())?;
    today::show(session, &engine, &view, today::Asked::default())
}

/// Serves until Ctrl-C or SIGTERM: that is how it is meant to end, so it ends well.
async fn serve(session: &Session, world: World, port: Option<u16>, seed: u64) -> Result<Exit, Failure> {
    let mut signals = Signals::hear().map_err(Failure::fault)?;
    let folder = session.served_folder()?;
    let session = &session.within(&folder);
    let serving = sample::serve(world.clone(), port).map_err(|error| {
        let said = session.look.say(&error.phrase());
        let detail = Phrase::new("problem.port_unusable")
            .with("port", port.unwrap_or_default().to_string())
            .with("detail", said.trim_end_matches('.'));
        Failure::ending(Code::BadInput, detail, Exit::Input)
    })?;
    let port = serving.port();
    let file = folder.join(FILE);
    std::fs::create_dir_all(&folder).map_err(|error| export::unwritable(&folder, &error, session.language()))?;
    export::write(&file, world.opml(port), true, session.language())?;
    let address = format!("http://127.0.0.1:{port}/");
    let opml = file.display().to_string();
    let served = Served { address: address.clone(), port, seed, opml: opml.clone() };
    session.give(&served, |look| {
        let import = look.command(&format!("import {}", quoted(&opml)));
        let command = format!("{import} && {} && {}", look.command("refresh"), look.command("today"));
        let lines = [
            look.say(&Phrase::new("cli.sample.serving").with("address", address)),
            look.say(&Phrase::new("cli.sample.wrote").with("file", opml)),
            look.say(&Phrase::new("cli.sample.then").with("command", command)),
        ];
        lines.iter().map(|line| format!("{}\n", clean::line(line))).collect()
    })?;
    signals.next().await;
    session.note(&session.look.text("cli.sample.stopped"));
    Ok(Exit::Done)
}
