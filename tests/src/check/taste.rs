//! Gives how well a taste is learned: for every topic of a file in turn, the reader stars some posts of it and passes
//! over others; then the posts not seen yet are put in order.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::Path,
};

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use pepites_core::score::taste::{Frequencies, Taste, Trait, Verdict, traits};
use serde::Deserialize;

use super::floors::Floors;

/// Stars given before the rest is put in order.
const STARS: [usize; 3] = [10, 30, 100];

/// A topic with fewer texts leaves too few to put in order.
const LEAST_OF_TOPIC: usize = 110;

/// A file with fewer texts is small.
const SMALL: usize = 1_000;

/// Posts passed over for each star, and where the file is small.
const PASSED: usize = 9;
const PASSED_SMALL: usize = 2;

/// Readers of each topic: each stars and passes over other posts.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=20;

/// Verdicts learned when the speed is measured.
const MANY: usize = 100_000;

#[derive(Deserialize)]
struct Text {
    id: String,
    title: String,
    topic: String,
}

/// Runs the check.
///
/// # Errors
/// When the file cannot be read, holds too few texts, or a figure is below its floor in `tests/floors.json`.
pub fn check(file: &Path, out: &mut dyn Write) -> Result<()> {
    let lines = std::fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
    let lines = lines.lines().filter(|line| !line.trim().is_empty());
    let texts = lines.map(serde_json::from_str).collect::<Result<Vec<Text>, _>>()?;
    let traits: Vec<BTreeSet<Trait>> = texts.iter().map(|text| traits(&text.title, "", None, None, &[])).collect();
    let mut frequencies = Frequencies::default();
    traits.iter().for_each(|traits| frequencies.add(traits));

    let mut topics: BTreeMap<&str, usize> = BTreeMap::new();
    texts.iter().for_each(|text| *topics.entry(&text.topic).or_default() += 1);
    topics.retain(|_, count| *count >= LEAST_OF_TOPIC);
    ensure!(!topics.is_empty(), "no topic has {LEAST_OF_TOPIC} texts");

    let passed = if texts.len() < SMALL { PASSED_SMALL } else { PASSED };
    let mut sums = [0.0; STARS.len()];
    for topic in topics.keys() {
        let mut of_topic = [0.0; STARS.len()];
        for seed in SEEDS {
            let (liked, others): (Vec<usize>, Vec<usize>) = in_turn(&texts, seed)
                .into_iter()
                .partition(|&at| texts.get(at).is_some_and(|text| text.topic == *topic));
            for (sum, stars) in of_topic.iter_mut().zip(STARS) {
                *sum += one(&traits, &frequencies, (&liked, stars), (&others, stars * passed), seed);
            }
        }
        let readers = SEEDS.count() as f64;
        let line: Vec<String> = of_topic.iter().map(|sum| format!("{:.3}", sum / readers)).collect();
        writeln!(out, "{topic}: {}", line.join(" / "))?;
        sums.iter_mut().zip(of_topic).for_each(|(sum, of_topic)| *sum += of_topic / readers);
    }
    speed(&traits, &frequencies, out)?;
    let auc: Vec<f64> = sums.iter().map(|sum| (sum / topics.len() as f64 * 1e4).round() / 1e4).collect();
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let mut floors = Floors::read()?;
    for (stars, area) in STARS.iter().zip(&auc) {
        floors.at_least(&format!("check.taste.{stem}.{stars}"), *area, out)?;
    }
    writeln!(out, "{}", serde_json::json!({ "auc": auc }))?;
    floors.hold()
}

/// The texts in an order of that reader's own, which does not depend on the file's.
fn in_turn(texts: &[Text], seed: u64) -> Vec<usize> {
    let mut order: Vec<(u64, usize)> =
        texts.iter().enumerate().map(|(at, text)| (turn(seed, text.id.as_bytes()), at)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| at).collect()
}

/// FNV-1a, then mixed (SplitMix64): a fair number for each id and seed.
fn turn(seed: u64, bytes: &[u8]) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The area under the curve of one reader, who liked so many of the first list and passed over so many of the second.
fn one(
    traits: &[BTreeSet<Trait>],
    frequencies: &Frequencies,
    (liked, stars): (&[usize], usize),
    (others, passed): (&[usize], usize),
    seed: u64,
) -> f64 {
    let (starred, liked) = liked.split_at(stars.min(liked.len()));
    let (passed, others) = others.split_at(passed.min(others.len()));
    let mut events: Vec<(u64, usize, Verdict)> = Vec::new();
    for (seen, verdict) in [(starred, Verdict::Starred), (passed, Verdict::PassedOver)] {
        // As a day goes: stars and what is passed over come mixed.
        events.extend(seen.iter().map(|&at| (turn(seed, &at.to_le_bytes()), at, verdict)));
    }
    events.sort_unstable_by_key(|(turn, at, _)| (*turn, *at));
    let log = events.iter().filter_map(|(_, at, verdict)| Some((traits.get(*at)?, *verdict)));
    let taste = Taste::of(frequencies.clone(), BTreeSet::new(), log);
    let value =
        |at: &usize| traits.get(*at).and_then(|traits| taste.opinion(traits, 0)).map_or(0.5, |opinion| opinion.value);
    area(&liked.iter().map(value).collect::<Vec<_>>(), &others.iter().map(value).collect::<Vec<_>>())
}

/// How often one that is liked stands above one that is not; of equals, half of the time.
fn area(liked: &[f64], others: &[f64]) -> f64 {
    let mut others = others.to_vec();
    others.sort_by(f64::total_cmp);
    let below = |value: f64| {
        let less = others.partition_point(|other| *other < value);
        let same = others.partition_point(|other| *other <= value) - less;
        less as f64 + same as f64 / 2.0
    };
    let won: f64 = liked.iter().map(|value| below(*value)).sum();
    won / (liked.len() as f64 * others.len() as f64).max(1.0)
}

/// By the processor's clock, so that whatever else the machine does is left out.
fn speed(traits: &[BTreeSet<Trait>], frequencies: &Frequencies, out: &mut dyn Write) -> Result<()> {
    let mut taste = Taste::new(frequencies.clone(), BTreeSet::new());
    let start = spent()?;
    for (turn, traits) in traits.iter().cycle().take(MANY).enumerate() {
        taste.learn(traits, if turn % 10 == 0 { Verdict::Starred } else { Verdict::PassedOver });
    }
    let all = spent()? - start;
    writeln!(out, "{MANY} verdicts learned in {all:.3} s of CPU, {:.4} ms each", all * 1e3 / MANY as f64)?;
    Ok(())
}

/// Seconds of CPU that this process has spent.
fn spent() -> Result<f64> {
    let used = getrusage(UsageWho::RUSAGE_SELF)?;
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(used.user_time()) + seconds(used.system_time()))
}
