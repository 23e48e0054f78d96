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
use serde_json::Value;

use super::{agreement::Agreement, baseline, floors::Floors, relations, times};

/// Posts that one refresh brings and the app groups at once, unless told otherwise: see `BATCH` in the engine.
const BATCH: usize = 4_000;

/// Lines that are read before the clock runs: more would count as memory of grouping.
const READ_AT_ONCE: usize = 64;

/// A post that links to more pages is about none of them: as in a library.
const MOST_LINKS: usize = 6;

/// One line of a file. Whatever is missing, null or of another sort is read as far as it says something.
#[derive(Clone, Debug, Default)]
pub struct Line {
    id: Value,
    at: Option<Moment>,
    source: String,
    url: String,
    /// Its title.
    pub title: String,
    /// Its text, or the beginning of it.
    pub text: String,
    /// Addresses of pages that it links to: those of its `links`, else those that stand in its text.
    links: Vec<String>,
    lang: Option<String>,
    /// None where nobody said.
    story: Option<String>,
}

impl Line {
    fn of(bytes: &[u8]) -> Result<Self> {
        let text = String::from_utf8_lossy(bytes);
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}').trim())?;
        ensure!(value.is_object(), "it is no object");
        let said = |name: &str| value.get(name).map(words).unwrap_or_default();
        let text = said("text");
        let links = match value.get("links").and_then(Value::as_array) {
            Some(links) => links.iter().map(words).collect(),
            None => addresses(&text),
        };
        Ok(Self {
            id: value.get("id").cloned().unwrap_or_default(),
            at: value.get("time").and_then(times::moment),
            source: said("source"),
            url: said("url"),
            title: said("title"),
            links,
            lang: Some(said("lang")).filter(|lang| !lang.is_empty()),
            story: Some(said("story")).filter(|story| !story.is_empty()),
            text,
        })
    }
}

/// What a value says as text: nothing where it is null, a list with blanks between its parts.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(words).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// The addresses that stand in a text.
fn addresses(text: &str) -> Vec<String> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']');
    let from = |(at, _): (usize, &str)| text.get(at..).and_then(|rest| rest.split(ends).next());
    let of = |scheme| text.match_indices(scheme).filter_map(from).map(|address| address.trim_end_matches(['.', ',']));
    of("https://").chain(of("http://")).map(str::to_owned).collect()
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
/// When a file cannot be read or written, or a figure is below its floor in `tests/floors.json`.
pub fn check(ask: &Ask, out: &mut dyn Write) -> Result<()> {
    let mut written = ask.out.as_ref().map(std::fs::File::create).transpose()?.map(std::io::BufWriter::new);
    let mut totals: BTreeMap<&str, Vec<Agreement>> = BTreeMap::new();
    let (mut floors, mut of_floors) = (Floors::read()?, true);
    writeln!(out, "{:<34} {}", "", Agreement::HEAD)?;
    for file in &ask.files {
        let lines = Lines::open(file)?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (found, shelf, seconds) = grouped(&lines, ask.batch.unwrap_or(BATCH).max(1))?;
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let speed = found.len() as f64 / seconds.max(1e-9);
        // Linux counts the resident set in units of 1,024 bytes.
        let peak = getrusage(UsageWho::RUSAGE_SELF)?.max_rss() / 1024;
        let truth = lines.truth()?;
        // Of some posts nobody may have said which story they tell: they are grouped with the others, and not judged.
        let (of_labelled, labels): (Vec<i64>, Vec<&String>) =
            found.iter().zip(&truth).filter_map(|(found, label)| Some((*found, label.as_ref()?))).unzip();
        if !labels.is_empty() {
            let agreement = Agreement::of(&of_labelled, &labels);
            writeln!(out, "{name:<34} {agreement} {speed:>9.0} posts/s {peak:>5} MiB")?;
            if labels.len() < truth.len() {
                writeln!(out, "  {} of {} posts are labelled", labels.len(), truth.len())?;
            }
            totals.entry("mean").or_default().push(agreement);
            let stem = name.trim_end_matches(".jsonl");
            of_floors &= floors.at_least(&format!("check.stories.{stem}"), agreement.f1().0, out)?;
            if let Some(show) = ask.relations {
                let all = lines.all()?;
                let mut numbered = Numbered::default();
                let posts: Vec<(&Line, Telling)> = all.iter().map(|line| (line, numbered.telling(line))).collect();
                // What nobody labelled is a story of its own.
                let alone = |(at, label): (usize, &Option<String>)| label.clone().unwrap_or_else(|| format!("#{at}"));
                let truth: Vec<String> = truth.iter().enumerate().map(alone).collect();
                relations::check(&posts, &found, &truth, shelf.frequencies(), show, out)?;
            }
            if ask.baseline {
                let found = baseline::group(&lines.all()?);
                let (found, labels): (Vec<usize>, Vec<&String>) =
                    found.iter().zip(&truth).filter_map(|(found, label)| Some((*found, label.as_ref()?))).unzip();
                let agreement = Agreement::of(&found, &labels);
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
    // The floor of the mean is that of all files that have a floor, and of none else.
    let with_floor = floors.below("check.stories.").count();
    if of_floors && let Some(all) = totals.get("mean").filter(|all| all.len() == with_floor) {
        let (cubed, pairs) = Agreement::mean(all).f1();
        floors.at_least("check.stories-mean.cubed", cubed, out)?;
        floors.at_least("check.stories-mean.pairs", pairs, out)?;
    }
    writeln!(out, "speed is by CPU, of one core; memory is the peak so far, grouping and program together")?;
    floors.hold()
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
        let file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let (mut places, mut begin) = (Vec::new(), 0_u64);
        let mut reader = std::io::BufReader::new(&file);
        let mut text = Vec::new();
        for number in 1_u32.. {
            text.clear();
            let read =
                reader.read_until(b'\n', &mut text).with_context(|| format!("cannot read {}", path.display()))?;
            if read == 0 {
                break;
            }
            if !text.trim_ascii().is_empty() {
                let line = Line::of(&text).with_context(|| format!("{}, line {number}", path.display()))?;
                places.push((line.at, (number, begin, u32::try_from(read)?)));
            }
            begin += u64::try_from(read)?;
        }
        places.sort_by_key(|(moment, _)| *moment);
        // With no more room than they need: it would count as memory of grouping.
        let places = places.into_iter().map(|(_, place)| place).collect::<Box<[_]>>().into_vec();
        Ok(Self { file, path: path.to_owned(), places })
    }

    /// Each line, in order.
    fn each(&self) -> impl Iterator<Item = Result<Line>> {
        self.places.iter().map(|&place| self.line(place))
    }

    fn line(&self, (number, begin, bytes): (u32, u64, u32)) -> Result<Line> {
        let mut text = vec![0; bytes as usize];
        self.file.read_exact_at(&mut text, begin).with_context(|| format!("cannot read {}", self.path.display()))?;
        Line::of(&text).with_context(|| format!("{}, line {number}", self.path.display()))
    }

    fn all(&self) -> Result<Vec<Line>> {
        self.each().collect()
    }

    /// The story that each line is said to belong to; None where it says nothing.
    fn truth(&self) -> Result<Vec<Option<String>>> {
        self.each().map(|line| Ok(line?.story)).collect()
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
        for few in some.chunks(READ_AT_ONCE) {
            let few = few.iter().map(|place| lines.line(*place)).collect::<Result<Vec<_>>>()?;
            // What is paid for: from title and text to stories. Reading JSON is not, nor is looking at the clock.
            let before = cpu()?;
            new.extend(few.iter().map(|line| numbered.telling(line)));
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
    let mut links: Vec<StoryKey> =
        line.links.iter().filter_map(|link| StoryKey::of_page(canonical(link).as_deref()?)).collect();
    links.sort_unstable();
    links.dedup();
    Telling {
        post: PostId(post),
        tie: 0,
        source: SourceId(source),
        at: line.at.unwrap_or(UNDATED),
        keys,
        links: if links.len() > MOST_LINKS { Vec::new() } else { links },
        gist: Gist::of(&line.title, &line.text, line.lang.as_deref()),
        story: None,
    }
}

/// User and system seconds of this process so far.
fn cpu() -> Result<f64> {
    let used = getrusage(UsageWho::RUSAGE_SELF)?;
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a run stay far below 2^52")]
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(used.user_time()) + seconds(used.system_time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text).unwrap();
        file
    }

    #[test]
    fn any_file_of_posts_is_read_whatever_its_lines_leave_out() {
        let text = [
            "\u{feff}{\"id\": 7, \"time\": null, \"source\": null, \"url\": null, \"title\": \"Storm Ida closes the port of Lima\", \"text\": null, \"story\": 1}",
            "",
            "{\"title\": \"Storm Ida: port of Lima closed\", \"text\": [\"See\", \"https://a.example/x.\"], \"time\": 1394445600, \"story\": \"1\"}",
            "{\"title\": 2014, \"time\": \"Mon, 10 Mar 2014 10:00:00 GMT\", \"source\": 5, \"story\": null, \"links\": [\"https://b.example/y\"]}",
        ]
        .join("\r\n");
        let file = file(text.as_bytes());
        let lines = Lines::open(file.path()).unwrap();
        let all = lines.all().unwrap();
        assert_eq!(all.iter().map(|line| line.title.as_str()).collect::<Vec<_>>()[2], "2014");
        assert_eq!(lines.truth().unwrap(), [Some("1".to_owned()), Some("1".to_owned()), None]);
        assert_eq!(all[1].links, ["https://a.example/x"]);
        assert_eq!((all[2].links.as_slice(), all[2].at), ([String::from("https://b.example/y")].as_slice(), all[1].at));
        let ask = Ask { files: vec![file.path().to_owned()], baseline: true, ..Ask::default() };
        let mut out = Vec::new();
        check(&ask, &mut out).unwrap();
        let said = String::from_utf8(out).unwrap();
        assert!(said.contains("2 of 3 posts are labelled"), "{said}");
        let bad = Lines::open(self::file(b"{\"id\": 1}\n[1]\n").path()).err().unwrap();
        assert!(format!("{bad:#}").contains("line 2"), "{bad:#}");
    }

    #[test]
    fn a_figure_below_its_floor_is_an_error() {
        let mut floors = Floors::read().unwrap();
        assert!(floors.at_least("check.stories-mean.cubed", 0.999, &mut Vec::new()).unwrap());
        floors.at_least("no such floor", 0.0, &mut Vec::new()).unwrap();
        assert!(floors.hold().is_ok());
        let mut floors = Floors::read().unwrap();
        floors.at_least("check.stories-mean.cubed", 0.5, &mut Vec::new()).unwrap();
        assert!(floors.hold().unwrap_err().to_string().contains("check.stories-mean.cubed"));
    }
}
