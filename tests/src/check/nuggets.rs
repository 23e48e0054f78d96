//! Gives how well nuggets are found in a loud world full of decoys: digest after digest, against the key to it.
//! *Found* is marked as a nugget and in the digest of its day.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use anyhow::{Result, anyhow};
use pepites_core::{
    digest::Budget,
    model::{Day, Moment},
};
use pepites_engine::{
    Clock, Engine, Place,
    contract::{DigestAsk, EntryView, PostLine},
    net::{NetError, Replay},
    sample::{DAYS, Key, Trial, USUAL_PORT, World},
};
use pepites_store::Store;

use super::{
    ablate::Ablation,
    floors::Floors,
    library::{by_index, visit},
};

/// The last evening, and the day that it falls on: 2026-11-20T21:00:00Z.
const LAST: Moment = Moment(1_795_208_400_000);
const LAST_DAY: &str = "2026-11-20";

/// Digests made before the first that is looked at: what was in them was seen.
const BEFORE: i64 = 2;

/// Posts a day, and stories in a digest, for which there are floors.
const SIZED: (usize, [u32; 2]) = (400, [20, 40]);

/// What is tried.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which world.
    pub seed: u64,
    /// How loud it is.
    pub trial: Trial,
    /// Stories in a digest.
    pub budget: u32,
    /// How many worlds are tried, from that seed on.
    pub worlds: u64,
    /// Each signal is switched off in turn.
    pub ablate: bool,
}

impl Default for Asked {
    fn default() -> Self {
        Self { seed: 1, trial: Trial { per_day: 400, firehose: 1, days: 7 }, budget: 40, worlds: 1, ablate: false }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Posts that arrived on the days looked at.
    pub posts: usize,
    /// Nuggets that were hidden.
    pub hidden: usize,
    /// Of these, those that were found.
    pub found: usize,
    /// Of the hidden, those in the forum, and those that others relay.
    pub of_kind: [usize; 2],
    /// Stories marked as nuggets.
    pub marked: usize,
    /// What the others were, and what of the hidden was missed: for whoever wants to do better.
    pub wrong: Vec<String>,
    /// Hidden and not found.
    pub missed: Vec<String>,
    /// What is lost without each signal; nothing when that was not asked.
    pub ablation: Ablation,
}

impl Figures {
    /// Of the hidden, the share that was found.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.found, self.hidden)
    }

    /// Of the marked, the share that was right.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.found, self.marked)
    }
}

/// A part of a whole; all of nothing.
#[must_use]
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Runs the check with `--name value` pairs.
///
/// # Errors
/// When an option makes no sense, the library fails, or a figure is below its floor in `tests/floors.json`: at the size for
/// which there are floors.
pub fn check(options: &[&str], out: &mut dyn Write) -> Result<()> {
    let mut asked = Asked::default();
    let switched: Vec<&str> = options.iter().copied().filter(|option| *option != "--ablate").collect();
    asked.ablate = switched.len() < options.len();
    for pair in switched.chunks(2) {
        let &[name, value] = pair else { anyhow::bail!("{pair:?} is no option with its value") };
        match name {
            "--seed" => asked.seed = value.parse()?,
            "--days" => asked.trial.days = value.parse::<i64>()?.clamp(1, DAYS - BEFORE),
            "--per-day" => asked.trial.per_day = value.parse()?,
            "--budget" => asked.budget = value.parse()?,
            "--worlds" => asked.worlds = value.parse::<u64>()?.max(1),
            "--firehose" => asked.trial.firehose = value.parse::<i64>()?.max(1),
            _ => anyhow::bail!("`{name}` is no option of `check nuggets`"),
        }
    }
    let figures = all(&asked)?;
    for line in figures
        .wrong
        .iter()
        .map(|line| format!("wrong  {line}"))
        .chain(figures.missed.iter().map(|line| format!("missed {line}")))
    {
        writeln!(out, "{line}")?;
    }
    let Figures { posts, hidden, found, marked, .. } = &figures;
    writeln!(
        out,
        "{posts} posts in {} days, {hidden} nuggets hidden, {marked} marked, {found} found",
        asked.trial.days
    )?;
    writeln!(out, "of the hidden, {} lie in the forum and {} are relayed", figures.of_kind[0], figures.of_kind[1])?;
    if asked.ablate {
        figures.ablation.write(out)?;
    }
    let round = |figure: f64| (figure * 1e4).round() / 1e4;
    let line = serde_json::json!({ "recall": round(figures.recall()), "precision": round(figures.precision()) });
    let mut floors = Floors::read()?;
    if asked.trial.firehose > 1 {
        let calm = all(&Asked { trial: Trial { firehose: 1, ..asked.trial }, ablate: false, ..asked.clone() })?;
        let lost = calm.recall() - figures.recall();
        writeln!(out, "without the louder firehose {:.4} are found: {lost:.4} more", calm.recall())?;
        floors.at_most("check.nuggets.lost_to_a_firehose", lost, out)?;
    } else if asked.trial.per_day == SIZED.0 && SIZED.1.contains(&asked.budget) {
        let of = |figure: &str| format!("check.nuggets.{figure}.{}", asked.budget);
        floors.at_least(&of("recall"), figures.recall(), out)?;
        floors.at_least(&of("precision"), figures.precision(), out)?;
    }
    writeln!(out, "{line}")?;
    floors.hold()
}

/// Every world that is asked for.
fn all(asked: &Asked) -> Result<Figures> {
    let mut figures = Figures::default();
    for seed in (asked.seed..).take(usize::try_from(asked.worlds)?) {
        figures.add(run(&Asked { seed, ..asked.clone() })?);
    }
    Ok(figures)
}

/// Lives through the days of a trial.
///
/// # Errors
/// When the library fails.
pub fn run(asked: &Asked) -> Result<Figures> {
    let world = World::trial(asked.seed, &Day(LAST_DAY.to_owned()), &asked.trial);
    let mut keys: BTreeMap<String, Key> = BTreeMap::new();
    // How many carry a page by its own address.
    let mut copies: BTreeMap<u32, usize> = BTreeMap::new();
    for key in world.key(USUAL_PORT) {
        if keys.get(&key.link).is_none_or(|kept| kept.story == key.story) {
            *copies.entry(key.story).or_default() +=
                usize::from(keys.contains_key(&key.link)) + usize::from(key.nugget);
        }
        // Of several with one address, the one that was there first: a planet gives the original's.
        let earlier = keys.get(&key.link).is_some_and(|kept| kept.at <= key.at);
        if !earlier {
            keys.insert(key.link.clone(), key);
        }
    }
    let time = Arc::new(AtomicI64::new(LAST.0));
    let engine = engine(&world, &time)?;

    let mut figures = Figures::default();
    let mut since = Moment(0);
    for ago in (0..asked.trial.days + BEFORE).rev() {
        let evening = LAST.plus(-ago * Moment::DAY);
        time.store(evening.0, Ordering::SeqCst);
        let posts = engine.arrive(&world, since, evening)?;
        let ask = DigestAsk { budget: Some(Budget::Posts(asked.budget)), ..DigestAsk::default() };
        let digest = engine.engine.today(&ask)?;
        if ago < asked.trial.days {
            figures.posts += posts;
            let left_out = match digest.line.id {
                Some(id) => engine.engine.left_out(id, u32::MAX, 0)?.into_iter().map(|out| out.line).collect(),
                None => Vec::new(),
            };
            if asked.ablate {
                let hidden = hidden(&keys, since, evening);
                figures.ablation.look(&engine.engine, &engine.store, asked.budget, &hidden, &keys)?;
            }
            figures.judge(&digest.entries, &keys, &copies, (since, evening), &left_out);
        }
        since = evening;
    }
    Ok(figures)
}

impl Figures {
    /// Adds those of another world.
    fn add(&mut self, other: Self) {
        self.posts += other.posts;
        self.hidden += other.hidden;
        self.found += other.found;
        self.marked += other.marked;
        self.of_kind[0] += other.of_kind[0];
        self.of_kind[1] += other.of_kind[1];
        self.wrong.extend(other.wrong);
        self.missed.extend(other.missed);
        self.ablation.add(&other.ablation);
    }

    fn judge(
        &mut self,
        entries: &[EntryView],
        keys: &BTreeMap<String, Key>,
        copies: &BTreeMap<u32, usize>,
        (since, until): (Moment, Moment),
        left_out: &[PostLine],
    ) {
        let hidden = hidden(keys, since, until);
        let mut found = BTreeSet::new();
        for entry in entries.iter().filter(|entry| entry.nugget) {
            self.marked += 1;
            let lines = std::iter::once(&entry.face).chain(&entry.relays);
            let stories = lines.filter_map(|line| keys.get(line.link.as_ref()?)).map(|key| key.story);
            match stories.into_iter().find(|story| hidden.contains_key(story)) {
                Some(story) => {
                    found.insert(story);
                }
                None => self.wrong.push(describe(entry)),
            }
        }
        let relayed: BTreeSet<u32> =
            copies.iter().filter(|(_, copies)| **copies > 1).map(|(story, _)| *story).collect();
        self.of_kind[0] += hidden.values().filter(|link| link.contains("/t/")).count();
        self.of_kind[1] += hidden.keys().filter(|story| relayed.contains(story)).count();
        self.hidden += hidden.len();
        self.found += found.len();
        let shown = |link: &str| entries.iter().find(|entry| entry.face.link.as_deref() == Some(link));
        for (_, link) in hidden.iter().filter(|(story, _)| !found.contains(story)) {
            let told = |line: &PostLine| line.link.as_deref() == Some(link);
            let inside = entries.iter().find(|entry| entry.relays.iter().any(told));
            let what = match (shown(link), inside) {
                (Some(entry), _) => format!(", shown unmarked: {}", describe(entry)),
                (None, Some(entry)) => format!(", told in: {}", describe(entry)),
                (None, None) => match left_out.iter().find(|line| told(line)) {
                    Some(line) => format!(", left out: {} words, {} ({})", line.words, line.title, line.source_title),
                    None => ", no face of any story".to_owned(),
                },
            };
            self.missed.push(format!("{link}{what}"));
        }
    }
}

/// The nuggets that were hidden in that time: their stories, with their addresses.
fn hidden(keys: &BTreeMap<String, Key>, since: Moment, until: Moment) -> BTreeMap<u32, &str> {
    let inside = keys.values().filter(|key| key.nugget && key.at > since && key.at <= until);
    inside.map(|key| (key.story, key.link.as_str())).collect()
}

fn describe(entry: &EntryView) -> String {
    let reasons: Vec<&str> = entry.reasons.iter().map(|reason| reason.key.trim_start_matches("reason.")).collect();
    let face = &entry.face;
    format!(
        "{} words, {} tellings, {reasons:?}: {} ({})",
        face.words,
        entry.relays.len() + 1,
        face.title,
        face.source_title
    )
}

/// A library that posts arrive in without a network.
struct Alive {
    engine: Engine,
    store: Store,
}

fn engine(world: &World, time: &Arc<AtomicI64>) -> Result<Alive> {
    let told = Arc::clone(time);
    let clock = Clock { now: Arc::new(move || Moment(told.load(Ordering::SeqCst))), offset_minutes: Arc::new(|_| 0) };
    let store = Store::memory()?;
    // Nothing is written there: the library is in memory, and nothing is asked for on a network.
    let place = Place { folder: std::env::temp_dir(), wait: Duration::from_secs(1) };
    let offline = Replay::answering(|request| Err(NetError::Offline(request.url.clone())));
    let engine = Engine::over(store.clone(), place, Arc::new(offline), clock);
    engine.import("sample.opml", world.opml(USUAL_PORT).as_bytes(), false)?;
    Ok(Alive { engine, store })
}

impl Alive {
    /// What was published since arrives, and is grouped. Gives how many posts there were.
    fn arrive(&self, world: &World, since: Moment, until: Moment) -> Result<usize> {
        let sources = by_index(world, self.store.sources()?)?;
        let mut visits = Vec::new();
        let mut posts = 0;
        for index in 0..world.locators(USUAL_PORT).len() {
            let batch = world.published(index, since, until, USUAL_PORT);
            posts += batch.items.len();
            let source = sources.get(index).ok_or_else(|| anyhow!("the world has no source {index}"))?;
            visits.push(visit(source, batch, until));
        }
        self.store.keep_visits(visits)?;
        self.engine.group()?;
        Ok(posts)
    }
}
