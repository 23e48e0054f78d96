//! Gives the figures of `make bench`: a refresh of the sample world over loopback against the least that such a refresh
//! has to do, and beside other readers where they are installed. All take turns, so that the machine's mood cancels.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use pepites_core::model::Day;
use pepites_engine::{
    Clock,
    sample::{self, World},
};

use super::{
    floor,
    measure::{Cost, measured, median},
    program::Program,
};

/// Runs of each: the middle of five is steady enough to quote.
const RUNS: usize = 5;

/// Runs with late answers, where only the wall is of interest.
const LATE_RUNS: usize = 3;
/// How late, in milliseconds: a site on the same continent.
const LATENCY: u64 = 50;

const FLOOR: &str = "floor, first refresh";
const BARE: &str = "floor, nothing new";
const NEWSBOAT: (&str, &str) = ("newsboat, first refresh", "newsboat, nothing new");
const SFEED: (&str, &str) = ("sfeed, first refresh", "sfeed, nothing new");
/// How the names of refreshes end that brought nothing.
const NOTHING_NEW: &str = "nothing new";

/// A served sample world; ended when dropped.
pub(crate) struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// Runs the benchmark; writes its table to `out`.
///
/// # Errors
/// When the program fails.
pub fn check(out: &mut dyn Write) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let served = Program::beside(&scratch.path().join("served"))?;
    let opml = scratch.path().join("served").join("sample.opml");
    let _serving = serve(&served, &opml)?;

    let mut costs: BTreeMap<&str, Vec<Cost>> = BTreeMap::new();
    let mut measure = |name: &'static str, command: &[String]| -> Result<()> {
        costs.entry(name).or_default().push(measured(command)?);
        Ok(())
    };
    for run in 0..RUNS {
        let folder = scratch.path().join(format!("run{run}"));
        let program = Program::beside(&folder.join("library"))?;
        program.json(&["import", &opml.to_string_lossy()])?;
        let refresh = line(&program, &["refresh"]);
        measure("plain download of the same bytes", &own(&["download", &opml.to_string_lossy()])?)?;
        measure(FLOOR, &own(&["floor", &opml.to_string_lossy(), &folder.to_string_lossy()])?)?;
        measure("pepites, first refresh", &refresh)?;
        let bare = own(&["conditional", &opml.to_string_lossy(), &folder.join("etags").to_string_lossy()])?;
        measured(&bare)?;
        measure(BARE, &bare)?;
        measure("pepites, nothing new", &refresh)?;
        for (name, command) in floor::others(&opml, &folder)? {
            let (first, again) = match name {
                "sfeed" => SFEED,
                "newsboat" => NEWSBOAT,
                _ => continue, // as much work, with more threads: see `late`
            };
            measure(first, &command)?;
            // newsboat forgets a validator the first time it is asked again.
            measured(&command)?;
            measure(again, &command)?;
        }
        if run + 1 == RUNS {
            let weight = program.json(&["library"])?;
            writeln!(out, "library after one refresh: {weight}")?;
            let (library, texts) = floor::weights(&folder.join("library"))?;
            writeln!(
                out,
                "its file: {:.2} times its titles and HTML ({library} of {texts} bytes)",
                ratio(library, texts)
            )?;
        }
    }
    let costs: BTreeMap<&str, Cost> =
        costs.into_iter().filter_map(|(name, costs)| Some((name, median(costs)?))).collect();
    let (Some(floor), Some(bare)) = (costs.get(FLOOR), costs.get(BARE)) else { bail!("nothing was measured") };
    writeln!(out, "\n| 155 sources over loopback, median of {RUNS} | CPU s | wall s | peak MiB | CPU / floor |")?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: |")?;
    for (name, cost) in &costs {
        let floor = if name.ends_with(NOTHING_NEW) { bare } else { floor };
        row(out, name, *cost, *floor)?;
    }
    writeln!(
        out,
        "\nFloor of a first refresh: receive, unpack, feed-rs, ammonia, one transaction with a full-text index."
    )?;
    Ok(writeln!(out, "Floor of one with nothing new: a bare client that asks the same conditional requests.")?)
}

/// A first refresh of a world whose every answer comes late, as over a real line; writes a table to `out`.
///
/// # Errors
/// When the program fails.
pub fn late(out: &mut dyn Write) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let opml = scratch.path().join("late.opml");
    let mut server = Command::new(std::env::current_exe()?);
    server.arg("serve-late").arg(LATENCY.to_string()).arg(&opml);
    let _serving = started(&mut server, &opml)?;
    let mut costs: BTreeMap<&str, Vec<Cost>> = BTreeMap::new();
    for run in 0..LATE_RUNS {
        let folder = scratch.path().join(format!("run{run}"));
        let program = Program::beside(&folder.join("library"))?;
        program.json(&["import", &opml.to_string_lossy()])?;
        costs.entry("pepites").or_default().push(measured(&line(&program, &["refresh"]))?);
        for (name, command) in floor::others(&opml, &folder)? {
            costs.entry(name).or_default().push(measured(&command)?);
        }
    }
    writeln!(out, "\n| first refresh, each answer {LATENCY} ms later | CPU s | wall s |\n| --- | ---: | ---: |")?;
    for (name, costs) in costs {
        if let Some(cost) = median(costs) {
            writeln!(out, "| {name} | {:.2} | {:.2} |", cost.cpu, cost.wall)?;
        }
    }
    Ok(())
}

/// Serves the sample world, each answer late by so many milliseconds, until it is ended; writes its sources to `opml`.
///
/// # Errors
/// When it cannot be served.
pub fn serve_late(latency: u64, opml: &Path, out: &mut dyn Write) -> Result<()> {
    let now = (Clock::system().now)();
    let world = World::new(1, &Day::of(now, 0), 1).until(now);
    let serving = sample::serve_late(world.clone(), None, Duration::from_millis(latency))?;
    std::fs::write(opml, world.opml(serving.port()))?;
    writeln!(out, "serving on {}", serving.port())?;
    out.flush()?;
    loop {
        std::thread::park();
    }
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other.max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn row(out: &mut dyn Write, name: &str, cost: Cost, floor: Cost) -> Result<()> {
    let peak = cost.peak as f64 / f64::from(1 << 20);
    writeln!(out, "| {name} | {:.2} | {:.2} | {peak:.0} | {:.1} |", cost.cpu, cost.wall, cost.cpu / floor.cpu)?;
    Ok(())
}

fn line(program: &Program, arguments: &[&str]) -> Vec<String> {
    let command = program.command(arguments);
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}

/// This program, with these arguments.
fn own(arguments: &[&str]) -> Result<Vec<String>> {
    let exe = std::env::current_exe()?.to_string_lossy().into_owned();
    Ok(std::iter::once(exe).chain(arguments.iter().map(|word| (*word).to_owned())).collect())
}

/// Starts `pepites sample --serve` and waits for its first line.
pub(crate) fn serve(program: &Program, opml: &Path) -> Result<Serving> {
    started(&mut program.command(&["sample", "--serve"]), opml)
}

/// Starts what serves, and waits for its first line.
fn started(server: &mut Command, opml: &Path) -> Result<Serving> {
    let mut child = server.stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().context("no output")?;
    let serving = Serving(child);
    let mut reader = BufReader::new(stdout);
    let mut said = String::new();
    reader.read_line(&mut said)?;
    // The pipe stays open for as long as the world is served: a closed one would end it.
    std::thread::spawn(move || std::io::copy(&mut reader, &mut std::io::sink()));
    if !opml.exists() {
        bail!("{} was not written; it said: {said}", opml.display());
    }
    Ok(serving)
}

/// Downloads every feed that an OPML names, as many at once as a refresh does, and throws the bytes away.
///
/// # Errors
/// When a feed does not come.
pub fn download(opml: &Path, out: &mut dyn Write) -> Result<()> {
    const AT_ONCE: usize = 24;
    let addresses = floor::addresses(opml)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let bytes = runtime.block_on(async {
        use futures::StreamExt;
        let client = reqwest::Client::builder().gzip(true).build()?;
        let mut replies = futures::stream::iter(addresses.iter().map(|address| {
            let client = client.clone();
            async move { client.get(address).send().await?.error_for_status()?.bytes().await }
        }))
        .buffer_unordered(AT_ONCE);
        let mut bytes = 0;
        while let Some(body) = replies.next().await {
            bytes += body?.len();
        }
        Ok::<_, reqwest::Error>(bytes)
    })?;
    writeln!(out, "{} feeds, {bytes} bytes", addresses.len())?;
    Ok(())
}
