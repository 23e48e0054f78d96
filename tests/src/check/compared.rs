//! Takes a folder of feeds with a reference reading (`reference.jsonl`), gives the totals of both and each file where
//! less was found than the reference found.

use std::{io::Write, path::Path};

use anyhow::{Result, ensure};

use super::feeds::{Counts, each, references};

const COLUMNS: [&str; 5] = ["entries", "titles", "links", "dates", "bodies"];

/// Compares every file of the reference; writes the tables to `out`.
///
/// # Errors
/// When a file cannot be read, or there is no reference.
pub fn check(folder: &Path, out: &mut dyn Write) -> Result<()> {
    let references = references(folder)?;
    ensure!(!references.is_empty(), "{} has no reference", folder.display());
    let mut totals = [([0; 5], [0; 5]); 2];
    let (mut captured, mut level, mut below) = (0, 0, Vec::new());
    each(folder, &references, |found| {
        let Some(reference) = references.get(&found.file) else { return Ok(()) };
        let (ours, theirs) = (columns(found.counts), columns(reference.counts));
        let groups = if reference.captured { 2 } else { 1 };
        for (our_total, their_total) in totals.iter_mut().take(groups) {
            our_total.iter_mut().zip(ours).for_each(|(total, count)| *total += count);
            their_total.iter_mut().zip(theirs).for_each(|(total, count)| *total += count);
        }
        let poorer = ours.iter().zip(theirs).any(|(ours, theirs)| *ours < theirs);
        captured += u32::from(reference.captured);
        level += u32::from(reference.captured && !poorer);
        if poorer {
            below.push((reference.captured, found, theirs));
        }
        Ok(())
    })?;
    for (name, (ours, theirs)) in ["all files", "captured"].iter().zip(totals) {
        writeln!(out, "{name}")?;
        for ((column, ours), theirs) in COLUMNS.iter().zip(ours).zip(theirs) {
            writeln!(out, "  {column:<8} {ours:>7} of {theirs:>7}  {:.2} %", percent(ours, theirs))?;
        }
    }
    writeln!(out, "captured feeds with no column below the reference: {level} of {captured}\n")?;
    below.sort_by_key(|(captured, ..)| !captured);
    for (captured, found, theirs) in below {
        let mark = if captured { "captured " } else { "" };
        let ours = columns(found.counts);
        writeln!(out, "{mark}{} {ours:?} of {theirs:?} {}", found.file, found.error.unwrap_or_default())?;
    }
    Ok(())
}

fn columns(counts: Counts) -> [usize; 5] {
    [counts.entries, counts.titles, counts.links, counts.dates, counts.bodies]
}

#[expect(clippy::cast_precision_loss, reason = "counts of one folder of files")]
fn percent(ours: usize, theirs: usize) -> f64 {
    if theirs == 0 { 100.0 } else { 100.0 * ours as f64 / theirs as f64 }
}
