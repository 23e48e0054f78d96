//! Gives why a story is not in a digest, in one reason that can be told.

use serde::{Deserialize, Serialize};

use super::{Budget, Candidate, OF_A_SOURCE, Plan, filling::Filling, variety::ALIKE};
use crate::model::Phrase;

/// Why a story was left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Why {
    /// What is in ranked higher, and the budget was full.
    Room,
    /// It takes longer than the whole budget, in minutes.
    TooLong(u32),
    /// It takes so many minutes, and no gap of that length was left.
    NoGap(u32),
    /// Its source has its share.
    Source,
    /// A story of this title is in that is close to it.
    Alike(String),
}

impl Why {
    /// In words.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Room => Phrase::new("left_out.room"),
            Self::TooLong(minutes) => Phrase::new("left_out.too_long").with("count", *minutes),
            Self::NoGap(minutes) => Phrase::new("left_out.no_gap").with("count", *minutes),
            Self::Source => Phrase::new("left_out.source").with("count", OF_A_SOURCE),
            Self::Alike(title) => Phrase::new("left_out.alike").with("title", title.as_str()),
        }
    }
}

/// For each of the candidates, best first, why it is not in; None where it is.
pub(super) fn of(
    filling: &mut Filling<'_>,
    best: &[(usize, &Candidate)],
    plan: &Plan<'_>,
    shares: bool,
) -> Vec<Option<Why>> {
    let last = filling.last().unwrap_or(0);
    let why = |(place, (_, candidate)): (usize, &(usize, &Candidate))| {
        if filling.has(place) {
            return None;
        }
        let minutes = plan.seconds(candidate).div_ceil(60);
        let limited = shares && !plan.unlimited.contains(&candidate.facts.source);
        Some(match plan.budget {
            Budget::Minutes(budget) if minutes > budget => Why::TooLong(minutes),
            _ if limited && filling.of_source(candidate.facts.source) >= OF_A_SOURCE => Why::Source,
            _ if place > last => Why::Room,
            budget => match (filling.nearest(place), budget) {
                (Some((near, likeness)), _) if likeness >= ALIKE => {
                    Why::Alike(best.get(near).map(|(_, near)| near.facts.title.clone()).unwrap_or_default())
                }
                (_, Budget::Minutes(_)) => Why::NoGap(minutes),
                (_, Budget::Posts(_)) => Why::Room,
            },
        })
    };
    best.iter().enumerate().map(why).collect()
}
