//! Makes a library of three years, asks for all that its page of trends shows again and again, gives how long that takes and
//! whether it is exact; fails where it takes too long. Posts are kept as a refresh keeps them; only their texts are short,
//! and which post tells a story after which is made up, as grouping would keep it.

use std::{io::Write, sync::Arc, time::Instant};

use anyhow::{Context, Result, bail, ensure};
use pepites_core::{
    model::{Address, Batch, Item, Mode, Moment, PostId, Source},
    stories::Home,
    trends::Range,
};
use pepites_engine::{
    Clock, Engine, Place,
    net::{NetError, Replay},
};
use pepites_store::{Becomes, How, Mark, NewSource, Store, Wanted, Words};

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
/// One post in so many tells a story that the post before it told.
const RELAYED: usize = 6;
/// Posts given their stories in one transaction.
const AT_ONCE: u32 = 10_000;
/// How often each page is asked for: the slowest of twenty is its 95th percentile.
const ASKED: usize = 60;
/// What a page may take at that percentile.
const BOUND_MS: f64 = 100.0;
/// How long an empty library is waited for.
const WAIT: std::time::Duration = std::time::Duration::from_secs(10);

/// Runs the check; writes its table to `out`.
///
/// # Errors
/// When a page is not exact, or takes longer than it may.
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
    writeln!(
        out,
        "\n| page of trends | median ms | p95 ms | slowest ms | median CPU ms | relays p95 ms | notes p95 ms |"
    )?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |")?;
    let mut slow = Vec::new();
    for range in Range::EVERY {
        let [mut times, mut relaying, mut noting, mut worked] = [const { Vec::new() }; 4];
        for _ in 0..ASKED {
            let (start, before) = (Instant::now(), cpu_ms());
            let view = engine.trends(range)?;
            times.push(since(start));
            worked.push(cpu_ms() - before);
            let start = Instant::now();
            let relays = engine.relays(range)?;
            relaying.push(since(start));
            let start = Instant::now();
            let notes = engine.room_notes()?;
            noting.push(since(start));
            ensure!(notes.len() == 1 && !relays.pairs.is_empty(), "{range:?}: no plan, or no relays");
            let bars: u32 = view.bars.iter().flat_map(|bar| &bar.arrived).sum();
            ensure!(bars == view.figures.arrived, "{range:?}: {bars} in bars, {}", view.figures.arrived);
            ensure!(
                range != Range::All || view.figures.published as usize == made,
                "{} published",
                view.figures.published
            );
        }
        let [p95, relays, notes] = [&mut times, &mut relaying, &mut noting].map(|times| at(times, 95));
        let (median, slowest, cpu) = (at(&mut times, 50), at(&mut times, 100), at(&mut worked, 50));
        writeln!(out, "| {range:?} | {median:.1} | {p95:.1} | {slowest:.1} | {cpu:.1} | {relays:.1} | {notes:.1} |")?;
        for (what, took) in [("trends", p95), ("relays", relays), ("room_notes", notes)] {
            if took > BOUND_MS {
                slow.push(format!("{what} of {range:?} {took:.1} ms"));
            }
        }
    }
    let mut times = Vec::new();
    for _ in 0..ASKED {
        let start = Instant::now();
        engine.rising()?;
        times.push(since(start));
    }
    let (median, p95) = (at(&mut times, 50), at(&mut times, 95));
    writeln!(out, "\nWhat rises: {median:.1} ms, p95 {p95:.1} ms")?;
    if p95 > BOUND_MS {
        slow.push(format!("rising {p95:.1} ms"));
    }
    ensure!(slow.is_empty(), "over {BOUND_MS} ms at the 95th percentile: {}", slow.join(", "));
    Ok(())
}

fn since(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

/// So many in a hundred took no longer.
fn at(times: &mut [f64], share: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    let place = (times.len() * share / 100).min(times.len().saturating_sub(1));
    times.get(place).copied().unwrap_or_default()
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
        group(store)?;
    }
    // A plan that made room in its thirty days' time, and what came of it.
    if let Some(first) = sources.first() {
        let wanted = Wanted { source: first.id, to: Becomes::Followed(Mode::Nuggets), promised: None };
        let plan = store.apply_plan(&[wanted], true, NOW.plus(-5 * WEEK))?;
        let (plan, _) = plan.context("nothing changed")?;
        store.keep_what_came(plan, &[])?;
    }
    Ok(made)
}

/// Gives the posts that have none a story, in the order in which they were published: one in so many is told again.
fn group(store: &Store) -> Result<()> {
    loop {
        let new: Vec<PostId> = store.ungrouped(AT_ONCE)?.into_iter().map(|telling| telling.post).collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut opener = None;
        let mut homes = Vec::with_capacity(new.len());
        for (place, post) in new.into_iter().enumerate() {
            let first = opener.filter(|_| place % RELAYED == 0).unwrap_or(post);
            homes.push((post, Home::OpenedBy(first)));
            opener = Some(first);
        }
        store.settle(&homes, Words::default())?;
    }
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
