//! Takes the figures of a span, gives the bars of its chart: a day or a month each, parted by source and by folder.

use std::collections::BTreeMap;

use pepites_core::model::{Source, SourceId};
use pepites_store::Tally;

use super::{MOST_MONTHS, Pieces, Span, day_named, month_of, next, small};
use crate::contract::{Bar, SourceTrend};

/// Parts of a bar that have a name: more colours are not told apart.
const NAMED: usize = 5;

/// Sources by name, the loudest first; None is all others.
pub(super) type Bands = Vec<(Option<SourceId>, Option<String>)>;

/// The parts of bars: the loudest sources and folders, then all others.
pub(super) fn bands(sources: &[Source], rows: &[SourceTrend]) -> (Bands, Vec<Option<String>>) {
    let mut bands: Bands = rows
        .iter()
        .filter(|row| row.posts > 0)
        .take(NAMED)
        .map(|row| (Some(row.source), Some(row.title.clone())))
        .collect();
    let by_id: BTreeMap<SourceId, &Source> = sources.iter().map(|source| (source.id, source)).collect();
    let mut loud: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows {
        if let Some(folder) = by_id.get(&row.source).and_then(|source| folder(source)) {
            *loud.entry(folder).or_default() += u64::from(row.posts);
        }
    }
    let mut loudest: Vec<(String, u64)> = loud.into_iter().filter(|(_, posts)| *posts > 0).collect();
    loudest.sort_by(|(a, posts), (b, others)| others.cmp(posts).then_with(|| a.cmp(b)));
    let mut folders: Vec<Option<String>> = loudest.into_iter().take(NAMED).map(|(folder, _)| Some(folder)).collect();
    bands.push((None, None));
    folders.push(None);
    (bands, folders)
}

/// Where a source stands in the tree: its first folder, from the top.
fn folder(source: &Source) -> Option<String> {
    source.folders.first().map(|folder| folder.0.join(" / "))
}

/// One bar for each day or month of the span, those of nothing too.
pub(super) fn bars(
    pieces: &Pieces,
    span: Span,
    by_month: bool,
    sources: &[Source],
    bands: &Bands,
    folders: &[Option<String>],
) -> Vec<Bar> {
    let band_of: BTreeMap<SourceId, usize> =
        bands.iter().enumerate().filter_map(|(at, (source, _))| source.map(|source| (source, at))).collect();
    let folder_of: BTreeMap<SourceId, usize> = sources
        .iter()
        .filter_map(|source| Some((source.id, folders.iter().position(|name| *name == folder(source))?)))
        .collect();
    let whens = whens(span, by_month);
    let empty = |when: &i64| Bar {
        when: named(*when, by_month),
        arrived: vec![0; bands.len()],
        backlog: vec![0; bands.len()],
        folders: vec![0; folders.len()],
        opened: 0,
        read: 0,
    };
    let mut bars: BTreeMap<i64, Bar> = whens.iter().map(|when| (*when, empty(when))).collect();
    let others = |parts: &[u32], at: Option<&usize>| at.copied().unwrap_or(parts.len().saturating_sub(1));
    let mut add = |when: i64, source: SourceId, tally: &Tally| {
        let Some(bar) = bars.get_mut(&when) else { return };
        let band = others(&bar.arrived, band_of.get(&source));
        let folder = others(&bar.folders, folder_of.get(&source));
        grow(&mut bar.arrived, band, tally.arrived);
        grow(&mut bar.backlog, band, tally.backlog);
        grow(&mut bar.folders, folder, tally.arrived + tally.backlog);
        bar.opened = bar.opened.saturating_add(small(tally.opened));
        bar.read = bar.read.saturating_add(small(tally.read()));
    };
    for cell in &pieces.days {
        add(if by_month { month_of(cell.when) } else { cell.when }, cell.source, &cell.tally);
    }
    for cell in &pieces.months {
        add(cell.when, cell.source, &cell.tally);
    }
    bars.into_values().collect()
}

fn grow(parts: &mut [u32], at: usize, by: u64) {
    if let Some(part) = parts.get_mut(at) {
        *part = part.saturating_add(small(by));
    }
}

/// Days, or months as 202611, oldest first.
fn whens(span: Span, by_month: bool) -> Vec<i64> {
    if !by_month {
        return (span.first..=span.last).collect();
    }
    let last = month_of(span.last);
    // Months counted through, and back as they are written.
    let earliest = (last / 100) * 12 + last % 100 - 1 - (MOST_MONTHS - 1);
    let mut month = month_of(span.first).max(earliest / 12 * 100 + earliest % 12 + 1);
    let mut months = Vec::new();
    while month <= last {
        months.push(month);
        month = next(month);
    }
    months
}

fn named(when: i64, by_month: bool) -> String {
    if by_month { format!("{:04}-{:02}", when / 100, when % 100) } else { day_named(when).0 }
}
