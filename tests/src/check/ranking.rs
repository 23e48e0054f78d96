//! Gives what it costs to rank 100,000 stories and to make a digest of them, in CPU time.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use anyhow::{Result, ensure};
use pepites_core::{
    digest::{self, Budget, Candidate, Plan},
    model::{Moment, PostId, SourceId, StoryId},
    score::{Facts, Weights, rules::Asked, weigh},
};

use super::measure::own_cpu;

/// Stories ranked: a library of years, all of it asked for.
const STORIES: i64 = 100_000;
/// Runs of which the middle is told.
const RUNS: usize = 5;
/// What it may take, in seconds.
const MOST: f64 = 0.3;

/// Runs the benchmark; writes its line to `out`.
///
/// # Errors
/// When it took longer than it may.
pub fn check(out: &mut dyn Write) -> Result<()> {
    let facts: Vec<Facts> = (1..=STORIES).map(facts).collect();
    let none = BTreeSet::new();
    let words_per_minute = digest::WORDS_PER_MINUTE;
    let plan = Plan { budget: Budget::Minutes(30), words_per_minute, followed: 155, unlimited: &none, searches: &[] };
    let mut costs = Vec::new();
    for _ in 0..RUNS {
        let facts = facts.clone();
        let began = own_cpu();
        let weights = Weights::new();
        let candidates: Vec<Candidate> = facts
            .into_iter()
            .map(|facts| Candidate {
                rank: weigh(&facts, &weights),
                facts,
                listening: 0,
                unmeasured: false,
                put_off: false,
            })
            .collect();
        let candidates = digest::admitted(candidates, &BTreeMap::new(), &BTreeMap::new(), Budget::Minutes(30));
        let choice = digest::choose(&candidates, &plan);
        costs.push(own_cpu() - began);
        ensure!(!choice.chosen.is_empty(), "an empty digest of {STORIES} stories");
    }
    costs.sort_by(f64::total_cmp);
    let middle = costs.get(RUNS / 2).copied().unwrap_or_default();
    writeln!(out, "{STORIES} stories ranked and a digest made of them in {:.0} ms of CPU", middle * 1e3)?;
    ensure!(middle < MOST, "that is more than {:.0} ms", MOST * 1e3);
    Ok(())
}

/// Facts as varied as those of a library: every signal speaks, in one story or the other.
fn facts(story: i64) -> Facts {
    // A generator of its own keeps the figure the same on every machine.
    let mut state = story.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut below = |most: u64| {
        state ^= state >> 31;
        state = state.wrapping_mul(0xBF58_476D_1CE4_E5B9);
        state ^= state >> 29;
        u32::try_from(state % most).unwrap_or(0)
    };
    let now = Moment(1_795_390_200_000);
    let pointed_at_by = below(4).saturating_sub(2);
    let words = below(900);
    Facts {
        story: StoryId(story),
        face: PostId(story),
        source: SourceId(i64::from(below(1_000))),
        kind: "feed".to_owned(),
        published: now.plus(-i64::from(below(30 * 24 * 60)) * Moment::MINUTE),
        now,
        source_posts_30d: below(300),
        source_days: 30,
        author_posts_30d: Some(below(30)),
        sources: 1 + below(6).saturating_sub(3),
        tellings: 2,
        first: below(2) == 0,
        pointed_at_by,
        relayed: false,
        pointed_weight: f64::from(pointed_at_by),
        words,
        paragraphs: 1,
        usual_words: 200,
        links_out: below(5),
        rare_links: below(2),
        seen_links: below(9) / 8,
        illustrations: below(2),
        untitled: below(3) == 0,
        title: format!("What the harbour of town {} has to say about winter", below(5_000)),
        lead: "The harbour is open again, and the boats that waited outside come in one after the other.".to_owned(),
        author: Some(format!("Author {}", below(2_000))),
        tags: Vec::new(),
        taste: None,
        asked: Asked::default(),
        source_read_90d: below(50),
        source_starred: below(3),
        source_shown_90d: below(90),
    }
}
