//! Reads every feed of the shared corpus and compares what is kept with what a reference parser found.
//! Skips, and says so, where the corpus is absent. Copies nothing of it.

use std::{fs, path::Path, time::Instant};

use pepites_core::{
    model::{Batch, Moment, Phrase, Reply, Source, SourceId, Validators},
    sources,
};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/feeds-dev");

/// What was found in a file, or kept of it: entries, and those with a title, a link, a date and a body.
type Counts = [u64; 5];
const COUNTED: [&str; 5] = ["entries", "titles", "links", "dates", "bodies"];

#[derive(Default)]
struct Tally {
    files: u64,
    parsed: u64,
    found: Counts,
    kept: Counts,
    failures: Vec<String>,
    short: Vec<String>,
}

#[test]
fn captured_feeds_keep_their_entries_titles_links_dates_and_bodies() {
    let Ok(reference) = fs::read_to_string(Path::new(CORPUS).join("reference.jsonl")) else {
        println!("SKIPPED: no corpus of feeds beside the workspace");
        return;
    };
    let (mut captured, mut suites, mut json) = (Tally::default(), Tally::default(), Tally::default());
    let started = Instant::now();
    for line in reference.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let file = row["file"].as_str().unwrap();
        let headers = row["http_headers"].as_str();
        let Ok(body) = fs::read(Path::new(CORPUS).join(file)) else { continue };
        let batch = read(body, headers);
        let found = COUNTED.map(|name| row[name].as_u64().unwrap());
        let tally = match row["captured"].as_bool() {
            Some(true) if file.ends_with(".json") => &mut json,
            Some(true) => &mut captured,
            _ => &mut suites,
        };
        tally.add(file, found, batch);
    }
    println!("read in {:.1} s", started.elapsed().as_secs_f64());
    captured.print("captured XML feeds, against the reference");
    json.print("captured JSON feeds, which the reference does not read");
    suites.print("test suites of 13 parsers, many broken on purpose");

    assert_eq!(captured.failures, Vec::<String>::new());
    for ((name, found), (kept, floor)) in
        COUNTED.iter().zip(captured.found).zip(captured.kept.into_iter().zip([1.0, 0.999, 0.999, 0.999, 0.999]))
    {
        assert!(kept as f64 >= found as f64 * floor, "{name}: {kept} of {found}");
    }
    assert!(json.parsed >= 7 && json.kept[0] >= 90, "{} JSON feeds, {} items", json.parsed, json.kept[0]);
    assert!(suites.kept[0] as f64 >= suites.found[0] as f64 * 0.99, "{} of {}", suites.kept[0], suites.found[0]);
}

impl Tally {
    fn add(&mut self, file: &str, found: Counts, batch: Result<Batch, Phrase>) {
        self.files += 1;
        let kept = match &batch {
            Ok(batch) => {
                self.parsed += 1;
                counts(batch)
            }
            Err(why) if found[0] > 0 => {
                self.failures.push(format!("{file}: {}", why.key));
                [0; 5]
            }
            Err(_) => [0; 5],
        };
        for field in 0..COUNTED.len() {
            self.found[field] += found[field];
            self.kept[field] += if found[0] == 0 { kept[field] } else { kept[field].min(found[field]) };
        }
        if kept.iter().zip(&found).any(|(kept, found)| kept < found) {
            self.short.push(format!("{file}: kept {kept:?} of {found:?}"));
        }
    }

    fn print(&self, title: &str) {
        println!("\n{title}: {} of {} files parsed", self.parsed, self.files);
        for ((name, found), kept) in COUNTED.iter().zip(self.found).zip(self.kept) {
            let share = if found == 0 { 100.0 } else { kept as f64 * 100.0 / found as f64 };
            println!("  {name:8} {kept:6} of {found:6}  {share:6.2} %");
        }
        let shown = if std::env::var_os("PEPITES_ALL").is_some() { usize::MAX } else { 20 };
        for line in self.failures.iter().take(shown) {
            println!("  FAILED {line}");
        }
        for line in self.short.iter().take(shown) {
            println!("  short  {line}");
        }
    }
}

fn counts(batch: &Batch) -> Counts {
    let with = |has: fn(&pepites_core::model::Item) -> bool| batch.items.iter().filter(|item| has(item)).count() as u64;
    [
        batch.items.len() as u64,
        with(|item| item.title.is_some()),
        with(|item| item.link.is_some()),
        with(|item| item.published.is_some() || item.updated.is_some()),
        with(|item| item.html.is_some()),
    ]
}

fn read(body: Vec<u8>, content_type: Option<&str>) -> Result<Batch, Phrase> {
    let address = "http://example.org/feeds/feed.xml";
    let headers = content_type.map(|kind| ("content-type".to_owned(), kind.to_owned())).into_iter().collect();
    let reply = Reply { asked: address.into(), url: address.into(), status: 200, headers, body, ..Reply::default() };
    let kind = sources::kind("feed").unwrap();
    (kind.read)(&source(address), &[reply]).map_err(|unreadable| unreadable.why)
}

fn source(address: &str) -> Source {
    Source {
        id: SourceId(1),
        address: sources::recognise(address).unwrap(),
        feed: None,
        title: String::new(),
        name: None,
        site: None,
        folders: Vec::new(),
        added: Moment(0),
        validators: Validators::default(),
        body_hash: None,
        visited: None,
        last_new: None,
        next_visit: None,
        hold_until: None,
        gone: false,
        failures: 0,
        trouble: None,
    }
}
