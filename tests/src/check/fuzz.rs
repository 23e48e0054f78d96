//! Takes a seed and how many inputs to make, mutates feeds and bodies, gives them to the reader and to `normalise`,
//! gives what panicked, took too long, needed too much memory, or let something dangerous through. The same seed makes
//! the same inputs.

use std::{
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use nix::sys::{
    resource::{UsageWho, getrusage},
    time::{TimeVal, TimeValLike as _},
};
use pepites_core::{
    model::{Address, Moment, Reply, Source},
    normalise::normalise,
    sources::{self, feed},
};

use super::{sanitise::safe, survivors::survivors};

mod mutate;
mod seeds;

use mutate::Chance;

/// The longest of the small inputs, in bytes.
const SMALL: usize = 2_048;
/// The longest of the full inputs: what a reply may hold is more, and costs as much a byte.
const FULL: usize = 4 << 20;
/// A small input that takes more of the processor is a failure. Time on the wall would tell of the machine's other work.
const SMALL_TIME: Duration = Duration::from_secs(2);
/// A full one.
const FULL_TIME: Duration = Duration::from_secs(20);
/// What the process may ever need, in KiB.
const MEMORY: u64 = 600 * 1_024;
/// Memory is looked at once in so many inputs, as the system only tells the peak.
const LOOK_EVERY: u64 = 1_000;
/// How it goes is told once in so many inputs, so that a run that is stopped has not been for nothing.
const TELL_EVERY: u64 = 250_000;
/// One input in so many is parsed again to see what survived.
const JUDGED: u64 = 8;
/// 2026-11-23T00:00:00Z.
const NOW: Moment = Moment(1_795_392_000_000);

/// What to make.
pub struct Settings<'a> {
    /// How many inputs.
    pub inputs: u64,
    /// The same makes the same inputs.
    pub seed: u64,
    /// Whole files, not pieces of at most 2 KB.
    pub full: bool,
    /// Files to mutate beside our own.
    pub folder: Option<&'a Path>,
    /// Whether time and memory are looked at: not in tests, which look at no clock.
    pub bounded: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Inputs that were given.
    pub inputs: u64,
    /// Of them, those that were read as feeds.
    pub feeds: u64,
    /// Posts that they held.
    pub posts: u64,
    /// The slowest input, in time of the processor.
    pub slowest: Duration,
    /// What went wrong, with the number of the input.
    pub failures: Vec<String>,
}

/// Runs with the words of the command line; writes figures to `out`.
///
/// # Errors
/// When an argument is not understood, or an input failed.
pub fn check(words: &[&str], out: &mut dyn Write) -> Result<()> {
    let mut settings = Settings { inputs: 10_000, seed: 1, full: false, folder: None, bounded: true };
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("`{word}` needs a value"));
        match word {
            "--inputs" => settings.inputs = value()?.parse().context("--inputs")?,
            "--seed" => settings.seed = value()?.parse().context("--seed")?,
            "--size" => settings.full = value()? == "full",
            folder => settings.folder = Some(Path::new(folder)),
        }
    }
    // Panics in the libraries below us are caught where they are called; here they are only counted.
    let panics = Arc::new(Mutex::new(0_u64));
    let counted = Arc::clone(&panics);
    std::panic::set_hook(Box::new(move |_| {
        if let Ok(mut panics) = counted.lock() {
            *panics += 1;
        }
    }));
    let started = Instant::now();
    let mut told = 0;
    let outcome = run_telling(&settings, |outcome| {
        let Outcome { inputs, feeds, posts, slowest, failures } = outcome;
        for failure in failures.iter().skip(told) {
            writeln!(out, "{failure}")?;
        }
        told = failures.len();
        let (took, slowest, failures) = (started.elapsed().as_secs_f64(), slowest.as_secs_f64(), failures.len());
        writeln!(
            out,
            "{inputs} inputs so far in {took:.0} s: {feeds} feeds, {posts} posts, slowest {slowest:.3} s, {failures} \
             failures"
        )?;
        Ok(out.flush()?)
    })?;
    let _ours = std::panic::take_hook();
    let caught = panics.lock().map_or(0, |panics| *panics);
    for failure in outcome.failures.iter().skip(told) {
        writeln!(out, "{failure}")?;
    }
    let Outcome { inputs, feeds, posts, slowest, failures } = outcome;
    writeln!(
        out,
        "seed {}: {inputs} inputs in {:.0} s, {feeds} of them feeds with {posts} posts; {caught} panics caught below, \
         slowest {:.3} s, peak {} MiB, {} failures",
        settings.seed,
        started.elapsed().as_secs_f64(),
        slowest.as_secs_f64(),
        peak().unwrap_or(0) / 1_024,
        failures.len()
    )?;
    ensure!(failures.is_empty(), "{} inputs failed", failures.len());
    Ok(())
}

/// Makes the inputs and gives each to the reader and to `normalise`.
///
/// # Errors
/// When the folder of seeds cannot be read.
pub fn run(settings: &Settings<'_>) -> Result<Outcome> {
    run_telling(settings, |_| Ok(()))
}

/// [`run`] that tells what came of it so far, once in [`TELL_EVERY`] inputs.
fn run_telling(settings: &Settings<'_>, mut tell: impl FnMut(&Outcome) -> Result<()>) -> Result<Outcome> {
    let files = settings.folder.map_or(Ok(Vec::new()), files)?;
    let mut outcome = Outcome::default();
    let address = Address { kind: feed::KIND_NAME.to_owned(), locator: "https://feeds.example/".to_owned() };
    let source = Source::unvisited(address, NOW);
    let bound = if settings.full { FULL_TIME } else { SMALL_TIME };
    for number in 0..settings.inputs {
        let mut chance = Chance::new(settings.seed, number);
        let most = if settings.full { FULL } else { SMALL };
        let seed = seed(&files, &mut chance, settings.full)?;
        let input = mutate::mutated(seed, most, &mut chance);
        let before = settings.bounded.then(spent).transpose()?;
        give(number, &source, input, &mut chance, &mut outcome);
        outcome.inputs += 1;
        if let Some(before) = before {
            let took = spent()?.saturating_sub(before);
            outcome.slowest = outcome.slowest.max(took);
            if took > bound {
                outcome.failures.push(format!("input {number} took {:.1} s of the processor", took.as_secs_f64()));
            }
            if number.is_multiple_of(LOOK_EVERY) && peak().is_some_and(|peak| peak > MEMORY) {
                outcome.failures.push(format!("the memory that was needed up to input {number}"));
                break;
            }
        }
        if outcome.inputs.is_multiple_of(TELL_EVERY) {
            tell(&outcome)?;
        }
    }
    Ok(outcome)
}

fn give(number: u64, source: &Source, input: Vec<u8>, chance: &mut Chance, outcome: &mut Outcome) {
    let body = String::from_utf8_lossy(&input).into_owned();
    let url = "https://feeds.example/".to_owned();
    let content_type = *chance.of(seeds::CONTENT_TYPES).unwrap_or(&"text/xml");
    let headers = vec![("content-type".to_owned(), content_type.to_owned())];
    let reply = Reply { asked: url.clone(), url, status: 200, headers, body: input, ..Reply::default() };
    // Unwind safe: all that is touched is dropped with the panic.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let Some(kind) = sources::kind(feed::KIND_NAME) else { return Ok(None) };
        let _offers = feed::offers(&reply);
        match (kind.read)(source, &[reply]) {
            Ok(batch) => Ok(Some(normalise(source, batch, NOW).len())),
            Err(unreadable) if unreadable.why.key == "trouble.crashed" => Err(()),
            Err(_) => Ok(None),
        }
    }));
    match read {
        Ok(Ok(posts)) => {
            outcome.feeds += u64::from(posts.is_some());
            outcome.posts += posts.unwrap_or(0) as u64;
        }
        Ok(Err(())) | Err(_) => outcome.failures.push(format!("input {number} made the reader panic")),
    }
    match catch_unwind(AssertUnwindSafe(|| safe(&body))) {
        Ok(html) if number.is_multiple_of(JUDGED) => {
            let survivors = survivors(&html);
            if !survivors.is_empty() {
                outcome.failures.push(format!("input {number} let through {survivors:?}"));
            }
        }
        Ok(_) => {}
        Err(_) => outcome.failures.push(format!("input {number} made normalising panic")),
    }
}

/// The bytes to mutate: one of our own seeds, or a file of the folder, or a piece of it.
fn seed(files: &[PathBuf], chance: &mut Chance, full: bool) -> Result<Vec<u8>> {
    let own = files.is_empty() || chance.one_in(4);
    let bytes = if own {
        chance.of(seeds::SEEDS).map_or(Vec::new(), |seed| seed.as_bytes().to_vec())
    } else {
        let file = chance.of(files).context("no file")?;
        std::fs::read(file).with_context(|| file.display().to_string())?
    };
    if full || bytes.len() <= SMALL {
        return Ok(bytes);
    }
    let start = chance.below(bytes.len() - SMALL);
    Ok(bytes.get(start..start + SMALL).unwrap_or_default().to_vec())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    super::feeds::find(folder, &mut found)?;
    found.sort();
    Ok(found)
}

/// How long processors have worked for this process, which does one thing at a time.
fn spent() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let micros = |time: TimeVal| u64::try_from(time.num_microseconds()).unwrap_or(0);
    Ok(Duration::from_micros(micros(usage.user_time()) + micros(usage.system_time())))
}

/// The most memory that this process ever held, in KiB, as Linux tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mutated_feeds_and_bodies_panic_nothing_and_let_nothing_through() {
        let settings = Settings { inputs: 400, seed: 7, full: false, folder: None, bounded: false };
        let outcome = run(&settings).unwrap();
        assert_eq!(outcome.failures, Vec::<String>::new());
        assert!(outcome.feeds > 100 && outcome.posts > 100, "the inputs are hardly feeds: {outcome:?}");
        let again = run(&settings).unwrap();
        assert_eq!((outcome.feeds, outcome.posts), (again.feeds, again.posts), "the same seed made other inputs");
    }
}
