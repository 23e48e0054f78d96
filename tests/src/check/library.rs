//! Takes a number, makes a library of that many posts of the demo world in bulk: for all that must hold at 1,000,000.
//! Every post goes through `normalise` and the store like a fetched one; only the network and the XML are left out.

use std::{io::Write, path::Path, sync::Arc, time::Instant};

use anyhow::{Result, anyhow};
use pepites_core::{
    model::{Batch, Day, Moment, Source, Validators},
    normalise::normalise,
};
use pepites_engine::{
    Clock, Engine, Place,
    net::{NetError, Replay},
    sample::{USUAL_PORT, World},
};
use pepites_store::{Outcome, Pace, Store, Visited};

/// The seed of every bulk library: two machines make the same.
const SEED: u64 = 1;
/// Posts kept in one transaction.
const POSTS_A_TRANSACTION: usize = 5_000;
/// How long an empty library is waited for.
const WAIT: std::time::Duration = std::time::Duration::from_secs(10);

/// Makes the library in `folder`; writes how it went to `out`.
///
/// # Errors
/// When the library cannot be made, or holds posts already.
pub fn check(posts: usize, folder: &Path, out: &mut dyn Write) -> Result<()> {
    let clock = Clock::system();
    let now = (clock.now)();
    let world = World::new(SEED, &Day::of(now, 0), 1);
    let place = Place { folder: folder.to_path_buf(), wait: WAIT };
    let offline = Replay::answering(|request| Err(NetError::Offline(request.url.clone())));
    let engine = Engine::open(place, Arc::new(offline), clock)?;
    engine.import("sample.opml", world.opml(USUAL_PORT).as_bytes(), false)?;

    let start = Instant::now();
    let store = Store::open(folder, WAIT)?;
    anyhow::ensure!(store.size()?.posts == 0, "{} holds posts already", folder.display());
    let sources = by_index(&world, store.sources()?)?;
    let mut waiting = Vec::new();
    let mut kept = 0;
    for (index, batch) in world.bulk(posts, USUAL_PORT) {
        let source = sources.get(index).ok_or_else(|| anyhow!("the world has no source {index}"))?;
        waiting.push(visit(source, batch, now));
        if waiting.iter().map(posts_of).sum::<usize>() >= POSTS_A_TRANSACTION {
            kept += keep(&store, std::mem::take(&mut waiting))?;
        }
    }
    kept += keep(&store, waiting)?;
    writeln!(out, "{kept} posts kept in {:.1} s", start.elapsed().as_secs_f64())?;
    let grouping = Instant::now();
    let grouped = engine.group()?;
    writeln!(out, "{grouped} posts grouped in {:.1} s", grouping.elapsed().as_secs_f64())?;
    let size = store.size()?;
    writeln!(out, "{} posts of {} sources, {} MB", size.posts, size.sources, size.bytes / 1_000_000)?;
    Ok(())
}

/// The library's sources in the order of the world's.
pub(crate) fn by_index(world: &World, sources: Vec<Source>) -> Result<Vec<Source>> {
    world
        .locators(USUAL_PORT)
        .iter()
        .map(|locator| {
            let found = sources.iter().find(|source| &source.address.locator == locator);
            found.cloned().ok_or_else(|| anyhow!("{locator} was not imported"))
        })
        .collect()
}

/// A visit just after the newest of its posts, so that each arrived when it was published.
pub(crate) fn visit(source: &Source, batch: Batch, now: Moment) -> Visited {
    let newest = batch.items.iter().filter_map(|item| item.published).max().unwrap_or(now);
    let at = newest.plus(Moment::MINUTE).min(now);
    let (title, site) = (batch.title.clone(), batch.site.clone());
    let outcome = Outcome::Read {
        title,
        site,
        portrait: None,
        pages: None,
        icon: None,
        feed: None,
        validators: Validators::default(),
        body_hash: None,
        posts: normalise(source, batch, at),
        notice: None,
        whole: None,
    };
    Visited { source: source.id, at, outcome, pace: Pace::default() }
}

fn posts_of(visit: &Visited) -> usize {
    match &visit.outcome {
        Outcome::Read { posts, .. } => posts.len(),
        _ => 0,
    }
}

fn keep(store: &Store, visits: Vec<Visited>) -> Result<u32> {
    Ok(store.keep_visits(visits)?.iter().map(|kept| kept.new).sum())
}
