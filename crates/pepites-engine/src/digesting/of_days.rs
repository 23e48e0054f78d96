//! Says what the digests of the last days would have shown as nuggets, judged as today's would judge it.
//! Never chooses what fits: whether a story is a nugget does not depend on the room that was left.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    digest::{self, Candidate},
    model::{Moment, PostId},
    trends::day_of,
};

use super::weighed;
use crate::{Engine, contract::Problem};

impl Engine {
    /// Posts published since then that are nuggets by the reader's rules, weights and taste as they are now, each day by
    /// itself: on a rich day the strongest, as in its digest.
    pub(crate) fn would_be_nuggets(&self, since: Moment) -> Result<BTreeSet<PostId>, Problem> {
        let (now, offset) = self.here();
        self.group()?;
        let stories = self.store.every_fact(since, &self.rules_at(now)?, now)?;
        let taste = self.taste(&stories, now)?;
        let budget = self.settings()?.budget;
        let mut days: BTreeMap<i64, Vec<Candidate>> = BTreeMap::new();
        for candidate in weighed(stories, taste.as_ref(), &self.weights()?, None) {
            days.entry(day_of(candidate.facts.published, offset)).or_default().push(candidate);
        }
        // Whatever their sources' modes: it is asked what other modes would have cost.
        let (modes, shown) = (BTreeMap::new(), BTreeMap::new());
        let of_day = |candidates: Vec<Candidate>| digest::admitted(candidates, &modes, &shown, budget);
        let nuggets = days.into_values().flat_map(of_day).filter(|candidate| candidate.rank.nugget);
        Ok(nuggets.map(|candidate| candidate.facts.face).collect())
    }
}
