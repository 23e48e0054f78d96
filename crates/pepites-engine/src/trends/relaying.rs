//! Gives who tells stories after whom, how fast, and which sources could go with little lost.

use std::collections::BTreeMap;

use pepites_core::{
    model::{Moment, Source, SourceId},
    trends::{Range, day_of, median},
};

use super::{rows::name, small};
use crate::{
    Engine,
    contract::{Problem, RelayPair, RelaysView, Spare},
};

/// Pairs shown: what comes after happened a few times.
const MOST_PAIRS: usize = 100;
/// Sources shown of which little would be lost.
const MOST_SPARE: usize = 20;
/// With fewer posts, that all were told before is chance.
const SPARE_POSTS: u64 = 4;

impl Engine {
    /// Who told stories after whom in a range.
    pub fn relays(&self, range: Range) -> Result<RelaysView, Problem> {
        let (now, offset) = self.here();
        let span = self.span(range, day_of(now, offset))?;
        let zone = i64::from(offset) * Moment::MINUTE;
        let (since, until) = (Moment(span.first * Moment::DAY - zone), Moment((span.last + 1) * Moment::DAY - zone));
        let sources = self.store.sources()?;
        let by_id: BTreeMap<SourceId, &Source> = sources.iter().map(|source| (source.id, source)).collect();
        let mut pairs: BTreeMap<(SourceId, SourceId), Vec<i64>> = BTreeMap::new();
        let mut told: BTreeMap<SourceId, u64> = BTreeMap::new();
        for relay in self.store.relays(since, until)? {
            pairs.entry((relay.source, relay.first_source)).or_default().push(relay.after);
            *told.entry(relay.source).or_default() += 1;
        }
        let mut pairs: Vec<RelayPair> = pairs
            .into_iter()
            .filter_map(|((source, first), after)| {
                let count = small(after.len() as u64);
                let minutes = median(after).unwrap_or(0).max(0) / Moment::MINUTE;
                let (source, first) = (name(by_id.get(&source)?), name(by_id.get(&first)?));
                Some(RelayPair { source, first, count, minutes: u32::try_from(minutes).unwrap_or(u32::MAX) })
            })
            .collect();
        pairs.sort_by(|a, b| {
            b.count.cmp(&a.count).then(a.minutes.cmp(&b.minutes)).then(a.source.source.cmp(&b.source.source))
        });
        pairs.truncate(MOST_PAIRS);
        let posts = super::totals(&self.pieces(span, range)?);
        let mut spare: Vec<(u64, u64, Spare)> = told
            .into_iter()
            .filter_map(|(source, relays)| {
                let all = posts.get(&source).map_or(0, |tally| tally.published).max(relays);
                let own = all - relays;
                let known = name(by_id.get(&source)?);
                // More than half of it would be lost.
                (all >= SPARE_POSTS && own * 2 < all)
                    .then(|| (own, all, Spare { source: known, posts: small(all), own: small(own) }))
            })
            .collect();
        // The share that would be lost, by cross multiplication; of two alike the louder frees more.
        spare.sort_by(|(own, all, _), (own_b, all_b, _)| (own * all_b).cmp(&(own_b * all)).then(all_b.cmp(all)));
        spare.truncate(MOST_SPARE);
        Ok(RelaysView { pairs, spare: spare.into_iter().map(|(_, _, spare)| spare).collect() })
    }
}
