//! Takes files of posts labelled with their stories, gives how well the grouping of the app finds them again.
//! It is the very algorithm of the app: posts come by batches, as refreshes bring them, in order of publication.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use pepites_core::{
    model::{Moment, PostId, SourceId},
    stories::{Gist, Shelf, StoryKey, Telling, UNDATED},
    text::address::canonical,
};
use serde::Deserialize;

use super::{agreement::Agreement, baseline, relations};

/// Posts that one refresh brings and the app groups at once, unless told otherwise: see `BATCH` in the engine.
const BATCH: usize = 4_000;

/// One line of a file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Line {
    id: serde_json::Value,
    time: String,
    source: String,
    url: String,
    /// Its title.
    pub title: String,
    /// Its text, or the beginning of it.
    pub text: String,
    lang: Option<String>,
    story: Option<serde_json::Value>,
}

/// What is asked for.
#[derive(Debug, Default)]
pub struct Ask {
    files: Vec<PathBuf>,
    out: Option<PathBuf>,
    baseline: bool,
    batch: Option<usize>,
    relations: Option<usize>,
}

impl Ask {
    /// Reads the words after `stories`.
    ///
    /// # Errors
    /// When an option lacks its value, or no file is named.
    pub fn read(words: &[&str]) -> Result<Self> {
        let mut ask = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--out" => ask.out = Some(words.next().context("--out needs a file")?.into()),
                "--batch" => ask.batch = Some(words.next().context("--batch needs a number")?.parse()?),
                "--relations" => ask.relations = Some(words.next().context("--relations needs a number")?.parse()?),
                "--baseline" => ask.baseline = true,
                file => ask.files.push(file.into()),
            }
        }
        ensure!(!ask.files.is_empty(), "no file of posts was named");
        Ok(ask)
    }
}

/// Groups each file by itself; writes figures to `out`.
///
/// # Errors
/// When a file cannot be read or written.
pub fn check(ask: &Ask, out: &mut dyn Write) -> Result<()> {
    let mut written = ask.out.as_ref().map(std::fs::File::create).transpose()?;
    let mut totals: BTreeMap<&str, Vec<Agreement>> = BTreeMap::new();
    writeln!(out, "{:<34} {}", "", Agreement::HEAD)?;
    for file in &ask.files {
        let lines = lines(file)?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let truth: Option<Vec<String>> =
            lines.iter().map(|line| line.story.as_ref().map(ToString::to_string)).collect();
        let before = cpu()?;
        let (found, shelf) = grouped(&lines, ask.batch.unwrap_or(BATCH).max(1));
        let seconds = (cpu()? - before).max(1e-9);
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let speed = lines.len() as f64 / seconds;
        if let Some(truth) = &truth {
            let agreement = Agreement::of(&found, truth);
            writeln!(out, "{name:<34} {agreement} {speed:>9.0} posts/s")?;
            totals.entry("mean").or_default().push(agreement);
            if let Some(show) = ask.relations {
                let posts: Vec<(&Line, Telling)> = lines.iter().zip(tellings(&lines)).collect();
                relations::check(&posts, &found, truth, shelf.frequencies(), show, out)?;
            }
            if ask.baseline {
                let agreement = Agreement::of(&baseline::group(&lines), truth);
                writeln!(out, "{:<34} {agreement}", "  TF-IDF, nearest centroid")?;
                totals.entry("mean of TF-IDF").or_default().push(agreement);
            }
        } else {
            writeln!(out, "{name:<34} not labelled {speed:>9.0} posts/s")?;
        }
        if let Some(written) = &mut written {
            for (line, story) in lines.iter().zip(&found) {
                writeln!(written, "{}", serde_json::json!({"id": line.id, "story": story.to_string()}))?;
            }
        }
    }
    for (name, all) in &totals {
        writeln!(out, "{name:<34} {}", Agreement::mean(all))?;
    }
    // Linux counts the resident set in units of 1,024 bytes.
    let peak = getrusage(UsageWho::RUSAGE_SELF)?.max_rss() / 1024;
    Ok(writeln!(out, "speed is by CPU, of one core; peak memory {peak} MiB, the files included")?)
}

/// The lines of a file, oldest first, as they stand where they have no time.
fn lines(file: &Path) -> Result<Vec<Line>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line: Line =
            serde_json::from_str(line).with_context(|| format!("{}, line {}", file.display(), number + 1))?;
        lines.push(line);
    }
    lines.sort_by_key(|line| moment(&line.time));
    Ok(lines)
}

/// The story of each line, by number.
fn grouped(lines: &[Line], batch: usize) -> (Vec<i64>, Shelf) {
    let mut shelf = Shelf::new();
    let mut found = vec![0; lines.len()];
    let mut all = tellings(lines);
    loop {
        let new: Vec<Telling> = all.by_ref().take(batch).collect();
        if new.is_empty() {
            return (found, shelf);
        }
        for (post, story) in shelf.arrive(new) {
            if let Some(place) = usize::try_from(post.0).ok().and_then(|post| found.get_mut(post)) {
                *place = story.0;
            }
        }
    }
}

/// The lines as grouping sees them, numbered in their order.
fn tellings(lines: &[Line]) -> impl Iterator<Item = Telling> {
    let mut sources: BTreeMap<&str, i64> = BTreeMap::new();
    (0_i64..).zip(lines).map(move |(number, line)| {
        // Without a name, every post is of a source of its own.
        let known = i64::try_from(sources.len()).unwrap_or(i64::MAX);
        let source = match line.source.as_str() {
            "" => -1 - number,
            name => *sources.entry(name).or_insert(known),
        };
        telling(line, number, source)
    })
}

fn telling(line: &Line, post: i64, source: i64) -> Telling {
    let page = canonical(&line.url).as_deref().and_then(StoryKey::of_page);
    let mut keys: Vec<StoryKey> = page.into_iter().chain(StoryKey::of_title(&line.title, &line.source)).collect();
    keys.sort_unstable();
    Telling {
        post: PostId(post),
        source: SourceId(source),
        at: moment(&line.time).unwrap_or(UNDATED),
        keys,
        links: Vec::new(),
        gist: Gist::of(&line.title, &line.text, line.lang.as_deref()),
        story: None,
    }
}

/// `2021-04-29T11:59:51Z`, `2020-01-10T13:35:03`, `2014-03-10`: Greenwich, to the second.
fn moment(time: &str) -> Option<Moment> {
    let numbers: Vec<i64> =
        time.split(|c: char| !c.is_ascii_digit()).take(6).map_while(|part| part.parse().ok()).collect();
    let &[year, month, day, ref rest @ ..] = numbers.as_slice() else { return None };
    let within = |place: usize| rest.get(place).copied().unwrap_or(0);
    // Days since 1970 by the civil calendar, years beginning in March.
    let (shifted, march) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * march + 2) / 5 + day - 1 - 719_468;
    Some(Moment((((days * 24 + within(0)) * 60 + within(1)) * 60 + within(2)) * 1_000))
}

/// User seconds of this process so far.
fn cpu() -> Result<f64> {
    let time = getrusage(UsageWho::RUSAGE_SELF)?.user_time();
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a run stay far below 2^52")]
    let seconds = time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds)
}
