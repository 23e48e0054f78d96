//! Reads every feed of the shared corpus and compares what is kept with what a reference parser found.
//! Skips, and says so, where the corpus is absent. Copies nothing of it.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a failed step is a failed test, and the table is what it is for"
)]

use std::{fs, path::Path, time::Instant};

use pepites_core::{
    model::{Batch, Moment, Phrase, Reply, Source, SourceId, Validators},
    sources,
};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/feeds-dev");

const BOMBS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/security-dev/feed-bombs");
const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/discovery-dev");

/// What was found in a file, or kept of it: entries, and those with a title, a link, a date and a body.
type Counts = [u64; 5];
const COUNTED: [&str; 5] = ["entries", "titles", "links", "dates", "bodies"];

#[derive(Default)]
struct Tally {
    files: u64,
    parsed: u64,
    found: Counts,
    kept: Counts,
    /// Entries left out because nothing in them can be shown.
    empty: u64,
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
        COUNTED.iter().zip(captured.found).zip(captured.kept.into_iter().zip([0.995, 0.999, 0.999, 0.999, 0.999]))
    {
        assert!(kept as f64 >= found as f64 * floor, "{name}: {kept} of {found}");
    }
    assert!(json.parsed >= 7 && json.kept[0] >= 90, "{} JSON feeds, {} items", json.parsed, json.kept[0]);
    // Entries that hold nothing to show are not posts; they are accounted for by a flaw.
    let accounted = suites.kept[0] + suites.empty;
    assert!(accounted as f64 >= suites.found[0] as f64 * 0.99, "{accounted} of {}", suites.found[0]);
}

#[test]
fn what_another_parser_reads_of_captured_feeds_is_read_the_same() {
    let Ok(reference) = fs::read_to_string(Path::new(CORPUS).join("reference.jsonl")) else {
        println!("SKIPPED: no corpus of feeds beside the workspace");
        return;
    };
    let (mut theirs, mut ours, mut compared, mut differ) = ([0; 5], [0; 5], [0; 3], [0; 3]);
    let (mut files, mut refused) = (0, 0);
    for line in reference.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let Ok(body) = fs::read(Path::new(CORPUS).join(row["file"].as_str().unwrap())) else { continue };
        if row["captured"] != true {
            continue;
        }
        files += 1;
        let parsed = std::panic::catch_unwind(|| feed_rs::parser::parse(body.as_slice()).ok()).ok().flatten();
        let Some(feed) = parsed else {
            refused += 1;
            continue;
        };
        let batch = read(body, row["http_headers"].as_str()).unwrap();
        let with =
            |has: fn(&feed_rs::model::Entry) -> bool| feed.entries.iter().filter(|entry| has(entry)).count() as u64;
        let found = [
            feed.entries.len() as u64,
            with(|entry| entry.title.as_ref().is_some_and(|title| !title.content.trim().is_empty())),
            with(|entry| !entry.links.is_empty()),
            with(|entry| entry.published.or(entry.updated).is_some()),
            with(|entry| entry.summary.is_some() || entry.content.is_some()),
        ];
        let kept = counts(&batch);
        for field in 0..COUNTED.len() {
            theirs[field] += found[field];
            ours[field] += kept[field].min(found[field]);
        }
        if feed.entries.len() != batch.items.len() {
            continue;
        }
        for (entry, item) in feed.entries.iter().zip(&batch.items) {
            let bare = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let title = entry.title.as_ref().map(|title| bare(&title.content)).filter(|title| !title.is_empty());
            let date = entry.published.or(entry.updated).map(|date| date.timestamp());
            let same = [
                title.as_ref().map(|title| item.title.as_deref().map(bare).as_ref() == Some(title)),
                (!entry.links.is_empty()).then(|| {
                    let ours = item.link.as_deref().unwrap_or_default().trim_end_matches('/');
                    entry.links.iter().any(|link| link.href.trim().trim_end_matches('/') == ours)
                }),
                date.map(|date| item.published.or(item.updated).map(|moment| moment.0.div_euclid(1000)) == Some(date)),
            ];
            for (field, same) in same.into_iter().enumerate() {
                compared[field] += u64::from(same.is_some());
                differ[field] += u64::from(same == Some(false));
                if same == Some(false) && differ[field] < 3 {
                    println!(
                        "{} {:?} {:?} {:?} | {:?} {:?} {:?}",
                        row["file"],
                        title,
                        entry.links.first().map(|l| &l.href),
                        date,
                        item.title,
                        item.link,
                        item.published
                    );
                }
            }
        }
    }
    println!("{files} files, of which the other refused {refused}; it found {theirs:?}, of which we keep {ours:?}");
    println!("titles, links, dates that differ: {differ:?} of {compared:?}");
    assert_eq!(ours, theirs);
}

#[test]
fn bombs_are_read_or_refused_and_never_reach_a_file() {
    let Ok(folder) = fs::read_dir(BOMBS) else {
        println!("SKIPPED: no corpus of bombs beside the workspace");
        return;
    };
    for file in folder.map(|entry| entry.unwrap().path()) {
        let started = Instant::now();
        let read = read(fs::read(&file).unwrap(), None);
        println!(
            "{:?}: {:?} in {:?}",
            file.file_name().unwrap(),
            read.as_ref().map(|batch| batch.items.len()),
            started.elapsed()
        );
        assert!(read.as_ref().map_or_else(|why| why.key != "trouble.crashed", |_| true), "{file:?}");
        let shown = format!("{read:?}");
        assert!(!shown.contains("root:") && shown.len() < 4_000_000, "{file:?}: {} bytes", shown.len());
    }
}

#[test]
fn pages_offer_the_feeds_that_they_declare() {
    let mut waiting = vec![Path::new(PAGES).to_path_buf()];
    let (mut pages, mut with_offers) = (0, 0);
    while let Some(at) = waiting.pop() {
        let Ok(folder) = fs::read_dir(&at) else { continue };
        for file in folder.map(|entry| entry.unwrap().path()) {
            if file.is_dir() {
                waiting.push(file);
            } else if file.extension().is_some_and(|ending| ending == "html") {
                let (url, body) = ("https://example.org/".to_owned(), fs::read(&file).unwrap());
                let offers =
                    sources::feed::offers(&Reply { asked: url.clone(), url, status: 200, body, ..Reply::default() });
                println!(
                    "{:?}: {:?}",
                    file.file_name().unwrap(),
                    offers.iter().map(|offer| &offer.url).collect::<Vec<_>>()
                );
                pages += 1;
                with_offers += usize::from(!offers.is_empty());
            }
        }
    }
    if pages == 0 {
        println!("SKIPPED: no corpus of pages beside the workspace");
        return;
    }
    println!("{with_offers} of {pages} pages offer feeds");
    assert!(with_offers * 2 >= pages);
}

impl Tally {
    fn add(&mut self, file: &str, found: Counts, batch: Result<Batch, Phrase>) {
        self.files += 1;
        assert!(
            batch.as_ref().map_or_else(|why| why.key != "trouble.crashed", |_| true),
            "{file}: the reader panicked"
        );
        let kept = match &batch {
            Ok(batch) => {
                self.parsed += 1;
                self.empty += batch.flaws.iter().filter(|flaw| flaw.why.key == "flaw.empty_item").count() as u64;
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
        let shown = 8;
        println!("  {:8} {:6} left out, as nothing in them can be shown", "empty", self.empty);
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
        portrait: None,
        folders: Vec::new(),
        added: Moment(0),
        validators: Validators::default(),
        body_hash: None,
        visited: None,
        unreached: None,
        last_new: None,
        next_visit: None,
        next_why: None,
        hold_until: None,
        gone: false,
        failures: 0,
        trouble: None,
        full_text: false,
        login: None,
        icon: None,
        preferred: false,
        mode: pepites_core::model::Mode::All,
    }
}
