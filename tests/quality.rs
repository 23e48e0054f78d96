//! Holds the quality of stories and nuggets on the demo world against its key. The floors may only rise.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
    time::Duration,
};

use pepites_core::{
    digest::Budget,
    model::{Day, Moment},
};
use pepites_engine::{
    Cancel, Clock, Engine, Place,
    contract::{DigestAsk, DigestView, EntryView},
    net::Replay,
    sample::{Key, Trial, USUAL_PORT, World, replay},
};
use pepites_store::Store;
use pepites_tests::check::nuggets::{Asked, run};

/// 2026-11-20T18:00:00Z, and the day that it falls on.
const EVENING: Moment = Moment(1_795_197_600_000);
const DAY: &str = "2026-11-20";

/// The seeds whose worlds are looked at: a few dozen hidden nuggets are enough to tell, and each costs a second.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=2;

/// One evening in a world: everything that the first digest could be made of, the usual digest, and the key to both.
struct Evening {
    all: DigestView,
    usual: DigestView,
    key: BTreeMap<String, Key>,
}

static EVENINGS: LazyLock<Vec<Evening>> = LazyLock::new(|| SEEDS.map(evening).collect());

fn evening(seed: u64) -> Evening {
    let world = World::new(seed, &Day(DAY.to_owned()), 1).until(EVENING);
    let opml = world.opml(USUAL_PORT);
    let key = world.key(USUAL_PORT).into_iter().map(|key| (key.link.clone(), key)).collect();
    let net = Replay::answering(replay(world));
    let scratch = tempfile::tempdir().unwrap();
    let place = Place { folder: scratch.path().to_path_buf(), wait: Duration::from_secs(1) };
    let engine = Engine::over(Store::memory().unwrap(), place, Arc::new(net), Clock::stopped(EVENING));
    engine.import("sample.opml", opml.as_bytes(), false).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let report = runtime.block_on(engine.refresh(false, None, &|_| (), &Cancel::default())).unwrap();
    assert_eq!(report.failed.len(), 0, "{report:?}");
    let digest = |budget| engine.today(&DigestAsk { budget: Some(budget), ..DigestAsk::default() }).unwrap();
    Evening { all: digest(Budget::Posts(5_000)), usual: digest(Budget::Posts(100)), key }
}

fn floors() -> BTreeMap<String, f64> {
    let path = crate::tree::root().join("tests/floors.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[expect(clippy::cast_precision_loss, reason = "counts of a month of posts")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Holds a figure above its floor in `floors.json`.
pub(crate) fn hold(name: &str, figure: f64) {
    println!("{name}: {figure:.3}");
    let floor = floors()[name];
    assert!(figure >= floor, "{name} fell to {figure:.3}, below its floor of {floor}");
}

#[test]
fn relays_are_folded_and_nothing_else_is() {
    // B-cubed: for each post, how much of its story here is of its story in truth, and the reverse.
    let (mut precision, mut recall, mut posts) = (0.0, 0.0, 0);
    for Evening { all, key, .. } in EVENINGS.iter() {
        let truths = |entry: &EntryView| -> Vec<u32> {
            let lines = std::iter::once(&entry.face).chain(&entry.relays);
            lines.filter_map(|line| line.link.as_ref().and_then(|link| key.get(link))).map(|key| key.story).collect()
        };
        let here: Vec<Vec<u32>> = all.entries.iter().map(truths).collect();
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        here.iter().flatten().for_each(|story| *sizes.entry(*story).or_default() += 1);
        for (stories, story) in here.iter().flat_map(|stories| stories.iter().map(move |story| (stories, story))) {
            let same = stories.iter().filter(|other| *other == story).count();
            precision += share(same, stories.len());
            recall += share(same, sizes[story]);
            posts += 1;
        }
    }
    assert!(posts > 400, "only {posts} posts were matched with the key");
    hold("stories.precision", precision / share(posts, 1));
    hold("stories.recall", recall / share(posts, 1));
}

/// Worlds of decoys that nothing was tuned on, small enough for a test; `check nuggets` tries them at their full size.
const LOUD_SEEDS: std::ops::RangeInclusive<u64> = 61..=62;
const LOUD: Trial = Trial { per_day: 150, firehose: 1, days: 4 };

#[test]
fn nuggets_are_found_among_decoys() {
    let (mut hidden, mut marked, mut found) = (0, 0, 0);
    for seed in LOUD_SEEDS {
        let figures = run(&Asked { seed, trial: LOUD, ..Asked::default() }).unwrap();
        (hidden, marked, found) = (hidden + figures.hidden, marked + figures.marked, found + figures.found);
    }
    assert!(hidden > 15, "only {hidden} nuggets were hidden");
    hold("nuggets.decoys.found", share(found, hidden));
    hold("nuggets.decoys.precision", share(found, marked));
}

#[test]
fn nuggets_of_the_demo_world_are_found_and_few_others_are_called_so() {
    let (mut marked, mut right, mut hidden, mut shown) = (0, 0, 0, 0);
    for Evening { all, usual, key } in EVENINGS.iter() {
        let is_nugget =
            |entry: &&EntryView| entry.face.link.as_ref().and_then(|link| key.get(link)).is_some_and(|key| key.nugget);
        // As the window takes it: by any of its tellings, a note that points to it included.
        let in_window = |entry: &&EntryView| {
            std::iter::once(&entry.face).chain(&entry.relays).any(|line| line.published >= usual.line.since)
        };
        hidden += all.entries.iter().filter(in_window).filter(is_nugget).count();
        shown += usual.entries.iter().filter(is_nugget).count();
        marked += usual.entries.iter().filter(|entry| entry.nugget).count();
        right += usual.entries.iter().filter(|entry| entry.nugget).filter(is_nugget).count();
    }
    assert!(hidden > 10, "only {hidden} nuggets were hidden in the days that were looked at");
    println!("{hidden} hidden, {shown} shown, {marked} marked, {right} of them rightly");
    hold("nuggets.precision", share(right, marked));
    hold("nuggets.found", share(right, hidden));
    hold("nuggets.shown", share(shown, hidden));
}
