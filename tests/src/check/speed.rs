//! Takes a folder of feeds, reads and normalises each several times on one thread, gives how fast, beside feed-rs and
//! ammonia alone: ratios of one run, as the machine does other things too.

use std::{
    hint::black_box,
    io::Write,
    panic::catch_unwind,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use pepites_core::{
    model::{Address, Moment, Reply, Source},
    normalise::normalise,
    sources::{self, feed},
};

/// The best of so many rounds counts: the others were disturbed.
const ROUNDS: usize = 7;
/// 2026-11-23T00:00:00Z.
const NOW: Moment = Moment(1_795_392_000_000);

/// Reads every file below `folder`; writes the table to `out`.
///
/// # Errors
/// When a file cannot be read.
pub fn check(folder: &Path, out: &mut dyn Write) -> Result<()> {
    let mut files = Vec::new();
    super::feeds::find(folder, &mut files)?;
    let bodies: Vec<Vec<u8>> = files.iter().map(std::fs::read).collect::<Result<_, _>>()?;
    let bytes: usize = bodies.iter().map(Vec::len).sum();
    ensure!(bytes > 0, "no feeds below {}", folder.display());
    let url = "https://feeds.example/".to_owned();
    let source = Source::unvisited(Address { kind: feed::KIND_NAME.to_owned(), locator: url.clone() }, NOW);
    let replies: Vec<Reply> = bodies
        .into_iter()
        .map(|body| Reply { asked: url.clone(), url: url.clone(), status: 200, body, ..Reply::default() })
        .collect();
    let read = |reply: &Reply| {
        let kind = sources::kind(feed::KIND_NAME)?;
        (kind.read)(&source, std::slice::from_ref(reply)).ok()
    };
    let batches: Vec<_> = replies.iter().filter_map(read).collect();
    let posts: usize = batches.iter().map(|batch| batch.items.len()).sum();
    let html = || batches.iter().flat_map(|batch| &batch.items).filter_map(|item| item.html.as_deref());
    let (mut best, names) = ([Duration::MAX; 4], ["reading", "feed-rs alone", "normalising", "ammonia alone"]);
    for _ in 0..ROUNDS {
        let rounds = [
            timed(|| replies.iter().for_each(|reply| drop(black_box(read(reply))))),
            timed(|| replies.iter().for_each(alone)),
            // What is normalised is used up: its copy is made outside of the clock.
            {
                let copies = batches.clone();
                timed(|| copies.into_iter().for_each(|batch| drop(black_box(normalise(&source, batch, NOW)))))
            },
            timed(|| html().for_each(|html| drop(black_box(ammonia::clean(html))))),
        ];
        for (best, took) in best.iter_mut().zip(rounds) {
            *best = (*best).min(took);
        }
    }
    writeln!(out, "{} files, {bytes} bytes, {posts} posts; the best of {ROUNDS} rounds", replies.len())?;
    for (name, took) in names.iter().zip(best) {
        writeln!(out, "  {name:<14} {:>8.1} ms  {:>6.1} MB/s", 1e3 * took.as_secs_f64(), rate(bytes, took))?;
    }
    Ok(())
}

/// It panics on what it cannot decode.
fn alone(reply: &Reply) {
    drop(black_box(catch_unwind(|| feed_rs::parser::parse(reply.body.as_slice()).is_ok())));
}

fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

#[expect(clippy::cast_precision_loss, reason = "bytes of one folder")]
fn rate(bytes: usize, took: Duration) -> f64 {
    bytes as f64 / 1e6 / took.as_secs_f64()
}
