//! Takes a seed, prints some posts of its demo world as a reader would see them, to be judged by eye.

use std::io::Write;

use anyhow::Result;
use pepites_core::model::Day;
use pepites_engine::sample::{USUAL_PORT, World};

/// Posts that the figures are taken from: a month at the usual volume.
const MONTH: usize = 3_000;
/// One post in so many is printed.
const ONE_IN: usize = 40;
/// Characters of a body that are printed.
const SOME: usize = 400;

/// Prints one post in forty of a month that never changes.
///
/// # Errors
/// When `out` cannot be written.
pub fn check(seed: u64, out: &mut dyn Write) -> Result<()> {
    let world = World::new(seed, &Day("2026-11-22".to_owned()), 1);
    let batches = world.bulk(MONTH, USUAL_PORT).collect::<Vec<_>>();
    let posts =
        batches.iter().flat_map(|(_, batch)| batch.items.iter().map(move |item| (batch.title.as_deref(), item)));
    for (source, item) in posts.step_by(ONE_IN) {
        writeln!(out, "{:<28} {}", source.unwrap_or_default(), item.title.as_deref().unwrap_or_default())?;
        let body: String = item.html.as_deref().unwrap_or_default().chars().take(SOME).collect();
        writeln!(out, "    {body}\n")?;
    }
    Ok(())
}
