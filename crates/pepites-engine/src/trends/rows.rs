//! Takes what each source brought and what was done with it, gives its row of the table.

use std::collections::BTreeMap;

use pepites_core::{
    model::{Folder, Moment, SourceId},
    text::secret::masked,
    trends::{day_of, percent, standing},
};
use pepites_store::{Tally, TrendSource};

use super::{Span, place, small};
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
        sources: &[TrendSource],
        totals: &[Tally],
        span: Span,
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
        let sparks = self.sparks(span, sources)?;
        let spans: BTreeMap<SourceId, (Moment, Moment)> =
            self.store.published_spans()?.into_iter().map(|(source, first, last)| (source, (first, last))).collect();
        let none = Relayed::default();
        let mut rows: Vec<SourceTrend> = sources
            .iter()
            .zip(totals)
            .zip(sparks)
            .map(|((source, tally), spark)| {
                let known = spans.get(&source.id).copied();
                // A feed that shows thirty days has not been silent for the sixty before.
                let days = known.map_or(1, |(first, _)| span.last - day_of(first, offset) + 1).clamp(1, span.days());
                let told = relayed.get(&source.id).unwrap_or(&none);
                let last = known.map(|(_, last)| last);
                let broken = source.gone || source.failures >= BROKEN_AFTER;
                let age = last.map(|last| span.last - day_of(last, offset));
                SourceTrend {
                    source: source.id,
                    title: masked(&source.title).into_owned(),
                    folders: source.folders.iter().map(|Folder(path)| path.clone()).collect(),
                    mode: source.mode,
                    standing: standing(tally.published, told.posts, days, age, broken),
                    broken,
                    posts: small(tally.published),
                    a_day: rate(tally.published, days, 1.0),
                    spark,
                    opened: small(tally.opened),
                    opened_share: share(tally.opened, tally.published),
                    read: small(tally.read()),
                    read_share: share(tally.read(), tally.published),
                    starred: small(tally.starred),
                    nuggets: small(tally.nuggets),
                    yields: percent(tally.nuggets, tally.published),
                    relays: small(told.posts),
                    relay_share: share(told.posts, tally.published),
                    first: told.first.and_then(|(first, _)| Some(name(sources.get(place(sources, first)?)?))),
                    minutes_a_week: rate(tally.seconds, days, 7.0 / 60.0),
                    last,
                    interval_hours: (tally.published > 0).then(|| hours(days, tally.published)),
                }
            })
            .collect();
        rows.sort_by(|a, b| b.posts.cmp(&a.posts).then(a.source.cmp(&b.source)));
        Ok(rows)
    }

    /// Posts on each of the last thirty days, of each source in their order.
    fn sparks(&self, span: Span, sources: &[TrendSource]) -> Result<Vec<Vec<u32>>, Problem> {
        let first = span.last - SPARK_DAYS + 1;
        let mut sparks = vec![vec![0; 30]; sources.len()];
        for (day, source, posts) in self.store.published_on(first, span.last)? {
            let spark = place(sources, source).and_then(|at| sparks.get_mut(at));
            let day = usize::try_from(day - first).ok().and_then(|at| spark?.get_mut(at));
            if let Some(day) = day {
                *day = small(posts);
            }
        }
        Ok(sparks)
    }
}

/// The name of a source.
pub(super) fn name(source: &TrendSource) -> SourceName {
    SourceName { source: source.id, title: masked(&source.title).into_owned() }
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
