//! Gives who tells stories after whom, how fast, and which sources could go with little lost.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{Moment, SourceId},
    trends::{Range, day_of, median},
};
use pepites_store::{Tally, TrendSource};

use super::{Span, first_day, place, rows::name, small, totals};
use crate::{
    Engine,
    contract::{Problem, RelayCell, RelayPair, RelaysView, SourceName, Spare},
};

/// Pairs shown: what comes after happened a few times.
const MOST_PAIRS: usize = 100;
/// Lines and columns of the matrix: more names cannot be read beside it.
const MOST_LINES: usize = 10;
/// Sources shown of which little would be lost.
const MOST_SPARE: usize = 20;
/// With fewer posts, that all were told before is chance.
const SPARE_POSTS: u64 = 4;

/// Relays of which it is told how much later they came: the latest of the range. Where a pair has none among these, all.
const LATEST: u32 = 30_000;

/// What one source told after another: how often, and how much later.
type Pairs = BTreeMap<(SourceId, SourceId), RelayCell>;

impl Engine {
    /// Who told stories after whom in a range.
    pub fn relays(&self, range: Range) -> Result<RelaysView, Problem> {
        let (now, offset) = self.here();
        let today = day_of(now, offset);
        let span = Span { first: first_day(range, today, &self.store.trend_totals()?), last: today };
        let zone = i64::from(offset) * Moment::MINUTE;
        let (since, until) = (Moment(span.first * Moment::DAY - zone), Moment((span.last + 1) * Moment::DAY - zone));
        let sources = self.store.trend_sources()?;
        let counts = self.store.relay_counts(since, until)?;
        let mut told: Pairs = counts
            .into_iter()
            .map(|(source, first, posts)| ((source, first), RelayCell { count: small(posts), minutes: 0 }))
            .collect();
        let tellers = loudest(told.iter(), |(source, _)| source);
        // Who told first what these tell: a column of nothing would say nothing.
        let firsts = loudest(told.iter().filter(|((source, _), _)| tellers.contains(source)), |(_, first)| first);
        // Only of those that are shown is it told how much later they came.
        let mut shown: Vec<((SourceId, SourceId), u32)> = told.iter().map(|(pair, cell)| (*pair, cell.count)).collect();
        shown.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
        shown.truncate(MOST_PAIRS);
        let most: Vec<(SourceId, SourceId)> = shown.into_iter().map(|(pair, _)| pair).collect();
        let mut shown: BTreeSet<(SourceId, SourceId)> = most.iter().copied().collect();
        shown.extend(tellers.iter().flat_map(|teller| firsts.iter().map(move |first| (*teller, *first))));
        shown.retain(|pair| told.contains_key(pair));
        self.time(&mut told, &shown, (since, until))?;
        let most: Pairs = most.into_iter().filter_map(|pair| Some((pair, *told.get(&pair)?))).collect();
        let line = |teller: &SourceId| firsts.iter().map(|first| told.get(&(*teller, *first)).copied()).collect();
        Ok(RelaysView {
            pairs: pairs(&sources, &most),
            matrix: tellers.iter().map(line).collect(),
            tellers: tellers.iter().filter_map(|source| named(&sources, *source)).collect(),
            firsts: firsts.iter().filter_map(|source| named(&sources, *source)).collect(),
            spare: spare(&sources, &told, &totals(&sources, &self.pieces(span, range)?)),
        })
    }
}

impl Engine {
    /// Says of each of these pairs how much later its relays came.
    fn time(
        &self,
        told: &mut Pairs,
        of: &BTreeSet<(SourceId, SourceId)>,
        (since, until): (Moment, Moment),
    ) -> Result<(), Problem> {
        for most in [LATEST, u32::MAX] {
            let mut after: BTreeMap<(SourceId, SourceId), Vec<i64>> = BTreeMap::new();
            for (source, first, lag) in self.store.relay_lags(since, until, most)? {
                if of.contains(&(source, first)) {
                    after.entry((source, first)).or_default().push(lag);
                }
            }
            let all = of.iter().all(|pair| after.contains_key(pair));
            if all || most == u32::MAX {
                for (pair, cell) in told.iter_mut().filter(|(pair, _)| of.contains(pair)) {
                    let minutes = after.remove(pair).and_then(median).unwrap_or(0).max(0) / Moment::MINUTE;
                    cell.minutes = u32::try_from(minutes).unwrap_or(u32::MAX);
                }
                return Ok(());
            }
        }
        Ok(())
    }
}

fn named(sources: &[TrendSource], source: SourceId) -> Option<SourceName> {
    Some(name(sources.get(place(sources, source)?)?))
}

/// Those that one side of the pairs has most often, the most first.
fn loudest<'a>(
    told: impl Iterator<Item = (&'a (SourceId, SourceId), &'a RelayCell)>,
    side: fn((SourceId, SourceId)) -> SourceId,
) -> Vec<SourceId> {
    let mut counts: BTreeMap<SourceId, u64> = BTreeMap::new();
    for (pair, cell) in told {
        *counts.entry(side(*pair)).or_default() += u64::from(cell.count);
    }
    let mut loudest: Vec<(SourceId, u64)> = counts.into_iter().collect();
    loudest.sort_by(|(a, count), (b, other)| other.cmp(count).then(a.cmp(b)));
    loudest.into_iter().take(MOST_LINES).map(|(source, _)| source).collect()
}

fn pairs(sources: &[TrendSource], told: &Pairs) -> Vec<RelayPair> {
    let mut pairs: Vec<(&(SourceId, SourceId), &RelayCell)> = told.iter().collect();
    pairs.sort_by(|(a, one), (b, other)| {
        other.count.cmp(&one.count).then(one.minutes.cmp(&other.minutes)).then(a.cmp(b))
    });
    let pair = |(&(source, first), &RelayCell { count, minutes }): (&(SourceId, SourceId), &RelayCell)| {
        Some(RelayPair { source: named(sources, source)?, first: named(sources, first)?, count, minutes })
    };
    pairs.into_iter().take(MOST_PAIRS).filter_map(pair).collect()
}

/// Sources that mostly tell what others told before, those that would be missed least first.
fn spare(sources: &[TrendSource], told: &Pairs, totals: &[Tally]) -> Vec<Spare> {
    /// Relays in all, and who told most of them first.
    type Relayed = (u64, Option<(SourceId, u32)>);
    let mut relayed: BTreeMap<SourceId, Relayed> = BTreeMap::new();
    for (&(source, first), cell) in told {
        let (relays, most) = relayed.entry(source).or_default();
        *relays += u64::from(cell.count);
        if most.is_none_or(|(_, count)| cell.count > count) {
            *most = Some((first, cell.count));
        }
    }
    let mut spare: Vec<(u64, u64, Spare)> = relayed
        .into_iter()
        .filter_map(|(source, (relays, first))| {
            let tally = totals.get(place(sources, source)?)?;
            let all = tally.published.max(relays);
            let own = all - relays;
            // More than half of it would be lost.
            let known = (all >= SPARE_POSTS && own * 2 < all).then(|| named(sources, source))??;
            let (nuggets, starred) = (small(tally.nuggets), small(tally.starred));
            let first = first.and_then(|(first, _)| named(sources, first));
            Some((own, all, Spare { source: known, posts: small(all), own: small(own), nuggets, starred, first }))
        })
        .collect();
    // What was dear first of all; then the share that would be lost, by cross multiplication; of two alike the louder
    // frees more.
    spare.sort_by(|(own, all, a), (own_b, all_b, b)| {
        let dear = (a.nuggets + a.starred).cmp(&(b.nuggets + b.starred));
        dear.then((own * all_b).cmp(&(own_b * all))).then(all_b.cmp(all))
    });
    spare.truncate(MOST_SPARE);
    spare.into_iter().map(|(_, _, spare)| spare).collect()
}
