//! Takes the figures of a span, gives the bars of its chart: a day or a month each, parted by source and by folder.

use std::collections::BTreeMap;

use pepites_core::model::SourceId;
use pepites_store::{Came, Total, TrendSource};

use super::{MOST_MONTHS, Pieces, Span, day_named, month_of, next, place, small};
use crate::contract::{Bar, SourceTrend};

/// Parts of a bar that have a name: more colours are not told apart.
const NAMED: usize = 5;

/// Sources by name, the loudest first; None is all others.
pub(super) type Bands = Vec<(Option<SourceId>, Option<String>)>;

/// The parts of bars: the loudest sources and folders, then all others.
pub(super) fn bands(sources: &[TrendSource], rows: &[SourceTrend]) -> (Bands, Vec<Option<String>>) {
    let mut bands: Bands = rows
        .iter()
        .filter(|row| row.posts > 0)
        .take(NAMED)
        .map(|row| (Some(row.source), Some(row.title.clone())))
        .collect();
    let mut loud: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows {
        if let Some(folder) = place(sources, row.source).and_then(|at| folder(sources.get(at)?)) {
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
fn folder(source: &TrendSource) -> Option<String> {
    source.folders.first().map(|folder| folder.0.join(" / "))
}

/// One bar for each day or month of the span, those of nothing too.
pub(super) fn bars(
    pieces: &Pieces,
    every: &[Total],
    span: Span,
    by_month: bool,
    sources: &[TrendSource],
    bands: &Bands,
    folders: &[Option<String>],
) -> Vec<Bar> {
    let (band_others, folder_others) = (bands.len().saturating_sub(1), folders.len().saturating_sub(1));
    let part_of = |source: &TrendSource| {
        let band = bands.iter().position(|(of, _)| *of == Some(source.id)).unwrap_or(band_others);
        let folder = folders.iter().position(|name| *name == folder(source)).unwrap_or(folder_others);
        (band, folder)
    };
    let parts: Vec<(usize, usize)> = sources.iter().map(part_of).collect();
    let whens = whens(span, by_month);
    let empty = |when: &i64| Bar {
        when: named(*when, by_month),
        arrived: vec![0; bands.len()],
        backlog: vec![0; bands.len()],
        seconds: vec![0; bands.len()],
        folders: vec![0; folders.len()],
        folder_seconds: vec![0; folders.len()],
        opened: 0,
        read: 0,
        read_seconds: 0,
    };
    let mut bars: Vec<Bar> = whens.iter().map(empty).collect();
    let at = |when: i64| whens.binary_search(&when).ok();
    let add = |bar: &mut Bar, came: &Came| {
        let part = place(sources, came.source).and_then(|at| parts.get(at)).copied();
        let (band, folder) = part.unwrap_or((band_others, folder_others));
        grow(&mut bar.arrived, band, came.arrived);
        grow(&mut bar.backlog, band, came.backlog);
        grow(&mut bar.seconds, band, came.seconds);
        grow(&mut bar.folders, folder, came.arrived + came.backlog);
        grow(&mut bar.folder_seconds, folder, came.seconds);
    };
    // Days come in order: each is looked for once.
    let mut today: (Option<i64>, Option<usize>) = (None, None);
    for came in &pieces.days {
        if today.0 != Some(came.when) {
            today = (Some(came.when), at(if by_month { month_of(came.when) } else { came.when }));
        }
        if let Some(bar) = today.1.and_then(|at| bars.get_mut(at)) {
            add(bar, came);
        }
    }
    for came in &pieces.months {
        if let Some(bar) = at(came.when).and_then(|at| bars.get_mut(at)) {
            add(bar, came);
        }
    }
    for total in every.iter().filter(|total| (span.first..=span.last).contains(&total.day)) {
        let when = if by_month { month_of(total.day) } else { total.day };
        if let Some(bar) = at(when).and_then(|at| bars.get_mut(at)) {
            bar.opened = bar.opened.saturating_add(small(total.tally.opened));
            bar.read = bar.read.saturating_add(small(total.tally.read()));
            bar.read_seconds = bar.read_seconds.saturating_add(small(total.read_seconds));
        }
    }
    bars
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
