//! Takes files of posts labelled with their stories, gives how well the grouping of the app finds them again.
//! It is the very algorithm of the app: posts come by batches, as refreshes bring them, in order of publication.

use std::{
    collections::BTreeMap,
    io::{BufRead, Write},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeVal,
};
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
    let mut written = ask.out.as_ref().map(std::fs::File::create).transpose()?.map(std::io::BufWriter::new);
    let mut totals: BTreeMap<&str, Vec<Agreement>> = BTreeMap::new();
    writeln!(out, "{:<34} {}", "", Agreement::HEAD)?;
    for file in &ask.files {
        let lines = Lines::open(file)?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (found, shelf, seconds) = grouped(&lines, ask.batch.unwrap_or(BATCH).max(1))?;
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let speed = found.len() as f64 / seconds.max(1e-9);
        // Linux counts the resident set in units of 1,024 bytes.
        let peak = getrusage(UsageWho::RUSAGE_SELF)?.max_rss() / 1024;
        if let Some(truth) = lines.truth()? {
            let agreement = Agreement::of(&found, &truth);
            writeln!(out, "{name:<34} {agreement} {speed:>9.0} posts/s {peak:>5} MiB")?;
            totals.entry("mean").or_default().push(agreement);
            if let Some(show) = ask.relations {
                let all = lines.all()?;
                let mut numbered = Numbered::default();
                let posts: Vec<(&Line, Telling)> = all.iter().map(|line| (line, numbered.telling(line))).collect();
                relations::check(&posts, &found, &truth, shelf.frequencies(), show, out)?;
            }
            if ask.baseline {
                let agreement = Agreement::of(&baseline::group(&lines.all()?), &truth);
                writeln!(out, "{:<34} {agreement}", "  TF-IDF, nearest centroid")?;
                totals.entry("mean of TF-IDF").or_default().push(agreement);
            }
        } else {
            writeln!(out, "{name:<34} not labelled {speed:>9.0} posts/s {peak:>5} MiB")?;
        }
        if let Some(written) = &mut written {
            for (line, story) in lines.each().zip(&found) {
                writeln!(written, "{}", serde_json::json!({"id": line?.id, "story": story.to_string()}))?;
            }
        }
    }
    for (name, all) in &totals {
        writeln!(out, "{name:<34} {}", Agreement::mean(all))?;
    }
    Ok(writeln!(out, "speed is by CPU, of one core; memory is the peak so far, grouping and program together")?)
}

/// A file of lines: where each is, oldest first, as they stand where they have no time. A line is read when its turn
/// comes: as a refresh brings them, and so that a large file does not count as memory of grouping.
struct Lines {
    file: std::fs::File,
    path: PathBuf,
    /// Number, where it begins, and how long it is.
    places: Vec<(u32, u64, u32)>,
}

impl Lines {
    fn open(path: &Path) -> Result<Self> {
        /// Of a first look at a line.
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Dated {
            time: String,
        }
        let file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let (mut places, mut begin) = (Vec::new(), 0_u64);
        let mut reader = std::io::BufReader::new(&file);
        let mut text = String::new();
        for number in 1_u32.. {
            text.clear();
            let read = reader.read_line(&mut text).with_context(|| format!("cannot read {}", path.display()))?;
            if read == 0 {
                break;
            }
            if !text.trim().is_empty() {
                let dated: Dated =
                    serde_json::from_str(&text).with_context(|| format!("{}, line {number}", path.display()))?;
                places.push((moment(&dated.time), (number, begin, u32::try_from(read)?)));
            }
            begin += u64::try_from(read)?;
        }
        places.sort_by_key(|(moment, _)| *moment);
        let places = places.into_iter().map(|(_, place)| place).collect();
        Ok(Self { file, path: path.to_owned(), places })
    }

    /// Each line, in order.
    fn each(&self) -> impl Iterator<Item = Result<Line>> {
        self.places.iter().map(|&place| self.line(place))
    }

    fn line(&self, (number, begin, bytes): (u32, u64, u32)) -> Result<Line> {
        let mut text = vec![0; bytes as usize];
        self.file.read_exact_at(&mut text, begin).with_context(|| format!("cannot read {}", self.path.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("{}, line {number}", self.path.display()))
    }

    fn all(&self) -> Result<Vec<Line>> {
        self.each().collect()
    }

    /// The story that each line is said to belong to; None where one says nothing.
    fn truth(&self) -> Result<Option<Vec<String>>> {
        self.each().map(|line| Ok(line?.story.map(|story| story.to_string()))).collect()
    }
}

/// The story of each line, by number, where they were found, and the CPU seconds that it took.
fn grouped(lines: &Lines, batch: usize) -> Result<(Vec<i64>, Shelf, f64)> {
    let mut shelf = Shelf::new();
    let mut numbered = Numbered::default();
    let mut found = vec![0; lines.places.len()];
    let mut seconds = 0.0;
    for some in lines.places.chunks(batch) {
        let mut new = Vec::with_capacity(some.len());
        for place in some {
            let line = lines.line(*place)?;
            // What is paid for: from title and text to stories. Reading JSON is not.
            let before = cpu()?;
            new.push(numbered.telling(&line));
            seconds += cpu()? - before;
        }
        let before = cpu()?;
        let stories = shelf.arrive(new);
        seconds += cpu()? - before;
        for (post, story) in stories {
            if let Some(place) = usize::try_from(post.0).ok().and_then(|post| found.get_mut(post)) {
                *place = story.0;
            }
        }
    }
    Ok((found, shelf, seconds))
}

/// The lines as grouping sees them, numbered in their order.
#[derive(Default)]
struct Numbered {
    sources: BTreeMap<String, i64>,
    number: i64,
}

impl Numbered {
    fn telling(&mut self, line: &Line) -> Telling {
        // Without a name, every post is of a source of its own.
        let known = i64::try_from(self.sources.len()).unwrap_or(i64::MAX);
        let source = match line.source.as_str() {
            "" => -1 - self.number,
            name => *self.sources.entry(name.to_owned()).or_insert(known),
        };
        let telling = telling(line, self.number, source);
        self.number += 1;
        telling
    }
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

/// User and system seconds of this process so far.
fn cpu() -> Result<f64> {
    let used = getrusage(UsageWho::RUSAGE_SELF)?;
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a run stay far below 2^52")]
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(used.user_time()) + seconds(used.system_time()))
}
