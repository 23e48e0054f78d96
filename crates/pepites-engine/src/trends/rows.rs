//! Takes what each source brought and what was done with it, gives its row of the table.

use std::collections::BTreeMap;

use pepites_core::{
    model::{Folder, Moment, Source, SourceId},
    text::secret::masked,
    trends::{day_of, percent, standing},
};
use pepites_store::Tally;

use super::{Pieces, Span, small};
use crate::{
    Engine,
    contract::{Problem, SourceName, SourceTrend},
};

/// Days of the small chart beside a source.
const SPARK_DAYS: i64 = 30;

/// Failed visits in a row that make a source broken: one or two are its server's bad night.
const BROKEN_AFTER: u32 = 5;

/// Of one source: posts that were told before, and who told most of them first.
#[derive(Default)]
struct Relayed {
    posts: u64,
    first: Option<(SourceId, u64)>,
}

impl Engine {
    /// One row for each followed source, the loudest first.
    pub(super) fn trend_rows(
        &self,
        sources: &[Source],
        totals: &BTreeMap<SourceId, Tally>,
        span: Span,
        pieces: &Pieces,
    ) -> Result<Vec<SourceTrend>, Problem> {
        let (_, offset) = self.here();
        let zone = i64::from(offset) * Moment::MINUTE;
        let (since, until) = (Moment(span.first * Moment::DAY - zone), Moment((span.last + 1) * Moment::DAY - zone));
        let mut relayed: BTreeMap<SourceId, Relayed> = BTreeMap::new();
        for (source, first, count) in self.store.relay_counts(since, until)? {
            let of = relayed.entry(source).or_default();
            of.posts += count;
            if of.first.is_none_or(|(_, most)| count > most) {
                of.first = Some((first, count));
            }
        }
        let sparks = self.sparks(span, pieces)?;
        let spans: BTreeMap<SourceId, (Moment, Moment)> =
            self.store.published_spans()?.into_iter().map(|(source, first, last)| (source, (first, last))).collect();
        let titles: BTreeMap<SourceId, &Source> = sources.iter().map(|source| (source.id, source)).collect();
        let none = Relayed::default();
        let mut rows: Vec<SourceTrend> = sources
            .iter()
            .map(|source| {
                let tally = totals.get(&source.id).copied().unwrap_or_default();
                let known = spans.get(&source.id).copied();
                // A feed that shows thirty days has not been silent for the sixty before.
                let days = known.map_or(1, |(first, _)| span.last - day_of(first, offset) + 1).clamp(1, span.days());
                let told = relayed.get(&source.id).unwrap_or(&none);
                let last = known.map(|(_, last)| last);
                let broken = source.gone || source.failures >= BROKEN_AFTER;
                let age = last.map(|last| span.last - day_of(last, offset));
                SourceTrend {
                    source: source.id,
                    title: masked(source.shown()).into_owned(),
                    folders: source.folders.iter().map(|Folder(path)| path.clone()).collect(),
                    mode: source.mode,
                    standing: standing(tally.published, told.posts, days, age, broken),
                    broken,
                    posts: small(tally.published),
                    a_day: rate(tally.published, days, 1.0),
                    spark: sparks.get(&source.id).cloned().unwrap_or_else(|| vec![0; 30]),
                    opened: small(tally.opened),
                    opened_share: share(tally.opened, tally.published),
                    read: small(tally.read()),
                    read_share: share(tally.read(), tally.published),
                    starred: small(tally.starred),
                    nuggets: small(tally.nuggets),
                    yields: percent(tally.nuggets, tally.published),
                    relays: small(told.posts),
                    relay_share: share(told.posts, tally.published),
                    first: told.first.and_then(|(first, _)| Some(name(titles.get(&first)?))),
                    minutes_a_week: rate(tally.seconds, days, 7.0 / 60.0),
                    last,
                    interval_hours: (tally.published > 0).then(|| hours(days, tally.published)),
                }
            })
            .collect();
        rows.sort_by(|a, b| b.posts.cmp(&a.posts).then(a.source.cmp(&b.source)));
        Ok(rows)
    }

    /// Posts on each of the last thirty days.
    fn sparks(&self, span: Span, pieces: &Pieces) -> Result<BTreeMap<SourceId, Vec<u32>>, Problem> {
        let first = span.last - SPARK_DAYS + 1;
        let asked;
        let days = if span.first <= first && pieces.months.is_empty() {
            &pieces.days
        } else {
            asked = self.store.trend_days(first, span.last)?;
            &asked
        };
        let mut sparks: BTreeMap<SourceId, Vec<u32>> = BTreeMap::new();
        for cell in days {
            let spark = sparks.entry(cell.source).or_insert_with(|| vec![0; 30]);
            let day = usize::try_from(cell.when - first).ok().and_then(|at| spark.get_mut(at));
            if let Some(day) = day {
                *day = small(cell.tally.published);
            }
        }
        Ok(sparks)
    }
}

/// The name of a source.
pub(super) fn name(source: &Source) -> SourceName {
    SourceName { source: source.id, title: masked(source.shown()).into_owned() }
}

/// In percent, at most all: a post of before these days can be opened in them.
fn share(part: u64, whole: u64) -> Option<f64> {
    percent(part.min(whole), whole)
}

/// To a tenth.
fn rate(count: u64, days: i64, times: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of posts, seconds and days")]
    let rate = count as f64 * times / days.max(1) as f64;
    (rate * 10.0).round() / 10.0
}

#[expect(clippy::cast_precision_loss, reason = "counts of posts and days")]
fn hours(days: i64, posts: u64) -> f64 {
    (days as f64 * 240.0 / posts as f64).round() / 10.0
}
