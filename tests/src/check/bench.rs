//! Gives the figures of `make bench`: a refresh of the sample world over loopback against a plain download of the
//! same bytes, as ratios of CPU and wall, and the peak memory. The two take turns, so that the machine's mood cancels.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Stdio},
};

use anyhow::{Context, Result, bail};

use super::{
    measure::{Cost, measured, median},
    program::Program,
};

/// Runs of each: the middle of five is steady enough to quote.
const RUNS: usize = 5;

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

    let mut plain = Vec::new();
    let mut first = Vec::new();
    let mut again = Vec::new();
    for run in 0..RUNS {
        let library = scratch.path().join(format!("library{run}"));
        let program = Program::beside(&library)?;
        program.json(&["import", &opml.to_string_lossy()])?;
        let refresh = line(&program, &["refresh"]);
        plain.push(measured(&download_line(&opml)?)?);
        first.push(measured(&refresh)?);
        again.push(measured(&refresh)?);
        if run + 1 == RUNS {
            let weight = program.json(&["library"])?;
            writeln!(out, "library after one refresh: {weight}")?;
        }
    }
    let (Some(plain), Some(first), Some(again)) = (median(plain), median(first), median(again)) else {
        bail!("nothing was measured");
    };
    writeln!(
        out,
        "\n| 155 sources over loopback, median of {RUNS} | CPU s | wall s | peak MiB | CPU ratio | wall ratio |"
    )?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: |")?;
    row(out, "plain download of the same bytes", plain, plain)?;
    row(out, "first refresh", first, plain)?;
    row(out, "refresh with nothing new", again, plain)
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn row(out: &mut dyn Write, name: &str, cost: Cost, plain: Cost) -> Result<()> {
    let peak = cost.peak as f64 / f64::from(1 << 20);
    let (cpu, wall) = (cost.cpu / plain.cpu, cost.wall / plain.wall);
    writeln!(out, "| {name} | {:.2} | {:.2} | {peak:.0} | {cpu:.1} | {wall:.1} |", cost.cpu, cost.wall)?;
    Ok(())
}

fn line(program: &Program, arguments: &[&str]) -> Vec<String> {
    let command = program.command(arguments);
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect()
}

fn download_line(opml: &Path) -> Result<Vec<String>> {
    let exe = std::env::current_exe()?;
    Ok(vec![exe.to_string_lossy().into_owned(), "download".to_owned(), opml.to_string_lossy().into_owned()])
}

/// Starts `pepites sample --serve` and waits for its first line.
pub(crate) fn serve(program: &Program, opml: &Path) -> Result<Serving> {
    let mut child = program.command(&["sample", "--serve"]).stdout(Stdio::piped()).spawn()?;
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
    let text = std::fs::read_to_string(opml)?;
    let addresses: Vec<String> = text
        .split("xmlUrl=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        // People are given by their profile; their feed is beside it.
        .map(|address| if address.contains("/@") { format!("{address}.rss") } else { address.to_owned() })
        .collect();
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
