//! Gives what a library costs that grows: one more post in it, and a digest that is opened while thousands of sources are
//! refreshed. Looks at clocks, and so is no part of the tests.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, anyhow, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use pepites_core::model::{Batch, Day, Item, Moment, Reply, Source};
use pepites_engine::{
    Cancel, Clock, Engine, Place,
    contract::{DigestAsk, MarkView, Problem},
    net::{Net, NetError, Replay},
    sample::{self, USUAL_PORT, World},
};
use pepites_store::Store;

use super::{
    floors::Floors,
    library::{self, visit},
};

/// What a library is kept in.
const LIBRARY: &str = "library.db";
/// Posts that arrive at once: what a refresh of an hour brings.
const ARRIVING: usize = 100;
/// Arrivals, of which the middle one counts.
const ARRIVALS: usize = 31;
/// Sources of the refresh beside which a digest is opened, and posts of each.
const SOURCES: usize = 5_000;
const POSTS_EACH: usize = 30;
/// Between two looks at the digest.
const LOOK: Duration = Duration::from_millis(10);
/// Between two stars.
const MARK: Duration = Duration::from_millis(50);
/// Whose processor time is counted: elsewhere no system counts that of a thread.
#[cfg(target_os = "linux")]
const THREAD: UsageWho = UsageWho::RUSAGE_THREAD;
#[cfg(not(target_os = "linux"))]
const THREAD: UsageWho = UsageWho::RUSAGE_SELF;
/// How long a library is waited for.
const WAIT: Duration = Duration::from_secs(10);

/// The cost of one arriving post in libraries of 10,000 and 100,000 posts, and in that of `large` where it exists.
///
/// # Errors
/// When a library cannot be made or written, or the cost grows with the library.
pub fn arriving(large: Option<&Path>, out: &mut dyn Write) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let mut libraries: Vec<PathBuf> = Vec::new();
    for posts in [10_000, 100_000] {
        let folder = scratch.path().join(posts.to_string());
        library::check(posts, &folder, &mut std::io::sink())?;
        libraries.push(folder);
    }
    if let Some(large) = large.filter(|folder| folder.join(LIBRARY).exists()) {
        // As it is, and no fuller with each run: what arrived the last times would be near to what arrives now.
        let folder = scratch.path().join("large");
        std::fs::create_dir(&folder)?;
        for file in [LIBRARY, "library.db-wal"].into_iter().filter(|file| large.join(file).exists()) {
            std::fs::copy(large.join(file), folder.join(file)).with_context(|| format!("cannot copy {file}"))?;
            // Else the first checkpoint would write it all to the disk.
            std::fs::File::open(folder.join(file))?.sync_all()?;
        }
        libraries.push(folder);
    }
    writeln!(
        out,
        "\n| posts in the library | CPU ms an arriving post | of it to keep it | to the first |\n\
         | ---: | ---: | ---: | ---: |"
    )?;
    let (mut first, mut floors) = (None, Floors::read()?);
    for folder in libraries {
        let (posts, cost, keeping) = arrival(&folder)?;
        let first = *first.get_or_insert(cost);
        writeln!(out, "| {posts} | {:.2} | {:.2} | {:.2} |", cost * 1e3, keeping * 1e3, cost / first)?;
        floors.at_most("check.arriving.at_most", cost / first, out)?;
    }
    floors.hold()
}

/// How many posts are there, and the CPU seconds of keeping and grouping one more, when some come together, and of keeping
/// it alone.
fn arrival(folder: &Path) -> Result<(u64, f64, f64)> {
    let clock = Clock::system();
    let now = (clock.now)();
    // Another world each time, or its posts would be there already.
    let world = World::new(now.0.unsigned_abs(), &Day::of(now, 0), 1);
    let store = Store::open(folder, WAIT)?;
    // What keeps is what groups, as in a refresh: two that write would each forget what they have read whenever the other wrote.
    let place = Place { folder: folder.to_path_buf(), wait: WAIT };
    let engine = Engine::over(store.clone(), place, offline(), clock);
    let posts = store.size()?.posts;
    let sources = library::by_index(&world, store.sources()?)?;
    let mut items: Vec<(usize, Item)> = world
        .bulk(ARRIVING * ARRIVALS, USUAL_PORT)
        .flat_map(|(index, batch)| batch.items.into_iter().map(move |item| (index, item)))
        .collect();
    items.sort_by_key(|(_, item)| item.published);
    let mut costs = Vec::new();
    for some in items.chunks_exact(ARRIVING) {
        let mut by_source: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
        for (index, item) in some {
            by_source.entry(*index).or_default().push(item.clone());
        }
        let visits = by_source
            .into_iter()
            .map(|(index, items)| {
                let source: &Source = sources.get(index).ok_or_else(|| anyhow!("the world has no source {index}"))?;
                Ok(visit(source, Batch { items, ..Batch::default() }, now))
            })
            .collect::<Result<Vec<_>>>()?;
        let before = cpu()?;
        let kept: u32 = store.keep_visits(visits)?.iter().map(|kept| kept.new).sum();
        let keeping = cpu()? - before;
        engine.group()?;
        ensure!(kept > 0, "nothing arrived");
        costs.push(((cpu()? - before) / f64::from(kept), keeping / f64::from(kept)));
    }
    costs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let &(cost, keeping) = costs.get(costs.len() / 2).context("nothing arrived")?;
    Ok((posts, cost, keeping))
}

/// How long a digest takes to open while thousands of sources are refreshed for the first time, by the process that
/// refreshes them: as a window does.
///
/// # Errors
/// When the refresh or a digest fails.
pub fn opening(out: &mut dyn Write) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let clock = Clock::system();
    let world = Arc::new(World::new(1, &Day::of((clock.now)(), 0), 1));
    let of_world = sample::replay(Arc::clone(&world));
    let now = (clock.now)();
    let net = Replay::answering(move |request| match number_of(&request.url) {
        Some(number) => Ok(Reply {
            asked: request.url.clone(),
            url: request.url.clone(),
            status: 200,
            headers: vec![("content-type".to_owned(), "application/rss+xml".to_owned())],
            body: feed(number, now).into_bytes(),
            ..Reply::default()
        }),
        None => of_world(request),
    });
    let place = Place { folder: scratch.path().to_path_buf(), wait: WAIT };
    let engine = Engine::open(place, Arc::new(net), clock)?;
    let refresh = |engine: &Engine| -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(engine.refresh(true, None, &|_| (), &Cancel::default()))?;
        Ok(())
    };
    engine.import("sample.opml", world.opml(USUAL_PORT).as_bytes(), false)?;
    refresh(&engine)?;
    let entries = engine.today(&DigestAsk::default())?.entries.len();
    let outlines: String =
        (0..SOURCES).map(|number| format!("<outline type=\"rss\" xmlUrl=\"{}\"/>\n", address(number))).collect();
    engine.import("many.opml", format!("<opml><body>{outlines}</body></opml>").as_bytes(), false)?;

    let done = AtomicBool::new(false);
    let (mut opened, start) = (Vec::new(), Instant::now());
    let face = engine.today(&DigestAsk::default())?.entries.first().context("nothing to mark")?.face.post;
    let marked = std::thread::scope(|scope| -> Result<Vec<Duration>> {
        let refreshing = scope.spawn(|| {
            let refreshed = refresh(&engine);
            done.store(true, Ordering::SeqCst);
            refreshed
        });
        let marking = scope.spawn(|| {
            let (mut marked, mut on) = (Vec::new(), true);
            while !done.load(Ordering::SeqCst) {
                let asked = Instant::now();
                engine.mark(&[face], MarkView::Starred, on)?;
                marked.push(asked.elapsed());
                on = !on;
                std::thread::sleep(MARK);
            }
            Ok::<_, Problem>(marked)
        });
        while !done.load(Ordering::SeqCst) {
            let (asked, before) = (Instant::now(), cpu_of(THREAD)?);
            let view = engine.today(&DigestAsk::default());
            opened.push((asked.elapsed(), Duration::from_secs_f64(cpu_of(THREAD)? - before)));
            if view.map(|view| view.entries.len()).ok() != Some(entries) {
                break;
            }
            std::thread::sleep(LOOK);
        }
        let panicked = |_panic| anyhow!("the refresh or a mark panicked");
        refreshing.join().map_err(panicked)??;
        Ok(marking.join().map_err(panicked)??)
    })?;
    ensure!(done.load(Ordering::SeqCst), "a digest did not open");
    ensure!(!marked.is_empty(), "no star was set beside the refresh");
    writeln!(
        out,
        "\na digest of {entries} entries, opened {} times during {:.0} s in which {SOURCES} sources were refreshed, and {} \
         stars beside it, in milliseconds\n\n| what | median | p99 | longest |\n| --- | ---: | ---: | ---: |",
        opened.len(),
        start.elapsed().as_secs_f64(),
        marked.len()
    )?;
    let (opening, processor): (Vec<Duration>, Vec<Duration>) = opened.into_iter().unzip();
    spread(out, "a digest opened", opening)?;
    spread(out, "of it processor time", processor)?;
    spread(out, "a star on the disk", marked)
}

fn spread(out: &mut dyn Write, what: &str, mut times: Vec<Duration>) -> Result<()> {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 1_000).min(times.len().saturating_sub(1)));
    let [median, p99, longest] =
        [500, 990, 1_000].map(|share| at(share).copied().unwrap_or_default().as_secs_f64() * 1e3);
    Ok(writeln!(out, "| {what} | {median:.1} | {p99:.1} | {longest:.1} |")?)
}

fn address(number: usize) -> String {
    format!("https://many{number}.example/feed")
}

fn number_of(url: &str) -> Option<usize> {
    url.strip_prefix("https://many")?.strip_suffix(".example/feed")?.parse().ok()
}

/// A feed of made-up words, of which few are common: about 120 KB.
fn feed(number: usize, now: Moment) -> String {
    // SplitMix64: small, and the same everywhere.
    let mut state = u64::try_from(number).unwrap_or(u64::MAX).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    };
    // The product of two numbers: small ones are many, as common words are.
    let mut word = || format!("w{:x}", (next() % 300) * (next() % 300));
    let mut text = format!("<rss version=\"2.0\"><channel><title>Many {number}</title>");
    for post in 0..POSTS_EACH {
        let title: Vec<String> = (0..8).map(|_| word()).collect();
        let body: Vec<String> = (0..600).map(|_| word()).collect();
        let at = Moment(now.0 - i64::try_from(post).unwrap_or(0) * 4 * Moment::HOUR - Moment::MINUTE);
        text.push_str(&format!(
            "<item><title>{}</title><guid>{number}-{post}</guid><link>https://many{number}.example/{post}</link>\
             <dc:date>{}</dc:date><description>&lt;p&gt;{}&lt;/p&gt;</description></item>",
            title.join(" "),
            rfc3339(at),
            body.join(" ")
        ));
    }
    text.push_str("</channel></rss>");
    text
}

/// RFC 3339 of a moment.
fn rfc3339(at: Moment) -> String {
    let day = Day::of(at, 0);
    let seconds = at.0.rem_euclid(Moment::DAY) / 1_000;
    format!("{}T{:02}:{:02}:{:02}Z", day.0, seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn offline() -> Arc<dyn Net> {
    Arc::new(Replay::answering(|request| Err(NetError::Offline(request.url.clone()))))
}

/// User and system seconds of this process so far.
fn cpu() -> Result<f64> {
    cpu_of(UsageWho::RUSAGE_SELF)
}

fn cpu_of(whom: UsageWho) -> Result<f64> {
    let used = getrusage(whom)?;
    #[expect(clippy::cast_precision_loss, reason = "microseconds of a run stay far below 2^52")]
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(used.user_time()) + seconds(used.system_time()))
}
