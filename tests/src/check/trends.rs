//! Makes a library of three years, asks for its pages of trends again and again, gives how long they take and whether
//! they are exact. Posts are kept as a refresh keeps them; only their texts are short.

use std::{io::Write, sync::Arc, time::Instant};

use anyhow::{Context, Result, bail, ensure};
use pepites_core::{
    model::{Address, Batch, Item, Moment, PostId, Source},
    trends::Range,
};
use pepites_engine::{
    Clock, Engine, Place,
    net::{NetError, Replay},
};
use pepites_store::{How, Mark, NewSource, Store};

use super::library::visit;

/// Sunday 29 November 2026 at noon: figures of two machines are of the same days.
const NOW: Moment = Moment(1_795_953_600_000);
/// Three years of visits, one a week to each source.
const WEEKS: i64 = 156;
const WEEK: i64 = 7 * Moment::DAY;
/// Posts and sources, unless told otherwise.
const POSTS: usize = 1_000_000;
const SOURCES: usize = 2_000;
/// One post in so many is opened, and one in ten of these starred.
const OPENED: usize = 40;
/// How often each page is asked for: the slowest of twenty is its 95th percentile.
const ASKED: usize = 60;
/// What a page may take at that percentile.
const BOUND_MS: f64 = 100.0;
/// How long an empty library is waited for.
const WAIT: std::time::Duration = std::time::Duration::from_secs(10);

/// Runs the check; writes its table to `out`.
///
/// # Errors
/// When a page is not exact.
pub fn check(options: &[&str], out: &mut dyn Write) -> Result<()> {
    let (mut posts, mut sources) = (POSTS, SOURCES);
    for pair in options.chunks(2) {
        let [name, number] = pair else { bail!("{pair:?} has no value") };
        let number = number.parse().with_context(|| format!("`{number}` is no number"))?;
        match *name {
            "--posts" => posts = number,
            "--sources" => sources = number,
            other => bail!("{other} is no option"),
        }
    }
    let folder = tempfile::tempdir()?;
    let place = Place { folder: folder.path().to_path_buf(), wait: WAIT };
    let offline = Replay::answering(|request| Err(NetError::Offline(request.url.clone())));
    let engine = Engine::open(place, Arc::new(offline), Clock::stopped(NOW))?;
    let store = Store::open(folder.path(), WAIT)?;
    let start = Instant::now();
    let made = make(&store, posts, sources)?;
    writeln!(
        out,
        "{made} posts of {sources} sources over three years, kept in {:.0} s",
        start.elapsed().as_secs_f64()
    )?;
    writeln!(out, "\n| page of trends | median ms | p95 ms | slowest ms | median CPU ms |")?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: |")?;
    for range in Range::EVERY {
        let (mut times, mut worked) = (Vec::with_capacity(ASKED), Vec::with_capacity(ASKED));
        for _ in 0..ASKED {
            let (start, before) = (Instant::now(), cpu_ms());
            let view = engine.trends(range)?;
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            worked.push(cpu_ms() - before);
            let bars: u32 = view.bars.iter().flat_map(|bar| &bar.arrived).sum();
            ensure!(bars == view.figures.arrived, "{range:?}: {bars} in bars, {}", view.figures.arrived);
            ensure!(
                range != Range::All || view.figures.published as usize == made,
                "{} published",
                view.figures.published
            );
        }
        times.sort_by(f64::total_cmp);
        worked.sort_by(f64::total_cmp);
        let cpu = worked.get(worked.len() / 2).copied().unwrap_or_default();
        let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
        let over = if at(95) > BOUND_MS { " (over 100)" } else { "" };
        writeln!(
            out,
            "| {range:?} | {:.1} | {:.1}{over} | {:.1} | {cpu:.1} |",
            at(50),
            at(95),
            times.last().copied().unwrap_or_default()
        )?;
    }
    Ok(())
}

/// Fills the library; gives how many posts it has.
fn make(store: &Store, posts: usize, sources: usize) -> Result<usize> {
    let begin = NOW.plus(-WEEKS * WEEK);
    let followed: Vec<NewSource> = (0..sources).map(source).collect();
    store.add_sources(&followed, begin)?;
    store.note_zone(begin, 60)?;
    let sources = store.sources()?;
    let mut made = 0;
    let mut random = 1_u64;
    for week in 1..=WEEKS {
        let at = begin.plus(week * WEEK);
        let wanted = usize::try_from(week)? * posts / usize::try_from(WEEKS)?;
        let mut batches: Vec<Vec<Item>> = vec![Vec::new(); sources.len()];
        while made < wanted {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let draw = usize::try_from(random >> 33)?;
            // A third of all comes from one source in a hundred.
            let loud = draw % 3 == 0;
            let of = (draw / 3) % if loud { (sources.len() / 100).max(1) } else { sources.len() };
            let minutes = i64::try_from((random >> 20) % 10_000)?;
            if let Some(batch) = batches.get_mut(of) {
                batch.push(item(made, at.plus(-minutes * Moment::MINUTE)));
            }
            made += 1;
        }
        let visits = sources.iter().zip(batches).filter(|(_, items)| !items.is_empty());
        let visits =
            visits.map(|(source, items): (&Source, Vec<Item>)| visit(source, Batch { items, ..Batch::default() }, at));
        store.keep_visits(visits.collect())?;
        let opened: Vec<PostId> = (made.saturating_sub(posts / 156)..made)
            .step_by(OPENED)
            .map(|at| PostId(i64::try_from(at + 1).unwrap_or(1)))
            .collect();
        store.mark(&opened, Mark::Read, true, How::Opened, at, 60)?;
        let starred: Vec<PostId> = opened.into_iter().step_by(10).collect();
        store.mark(&starred, Mark::Starred, true, How::ByHand, at, 60)?;
    }
    Ok(made)
}

fn source(number: usize) -> NewSource {
    NewSource {
        address: Address { kind: "feed".to_owned(), locator: format!("https://s{number}.example/feed") },
        feed: None,
        title: Some(format!("Source {number}")),
        name: None,
        site: None,
        folders: vec![pepites_core::model::Folder(vec![format!("Folder {}", number % 12)])],
    }
}

fn item(number: usize, at: Moment) -> Item {
    Item {
        id: Some(number.to_string()),
        title: Some(format!("Post {number}")),
        html: Some(format!("<p>{}</p>", "word ".repeat(10 + number % 90))),
        published: Some(at),
        ..Item::default()
    }
}

/// What this thread has worked so far, in milliseconds: what a busy machine cannot lengthen. 0 where the system does not
/// tell.
fn cpu_ms() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos: f64 = told.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default();
    nanos / 1e6
}
