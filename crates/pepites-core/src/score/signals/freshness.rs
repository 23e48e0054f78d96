//! Gives more to what was published lately.

use crate::{
    model::{Moment, Phrase},
    score::{Facts, Signal},
};

/// After so many hours the value is one half. A digest spans a day or a few: yesterday evening must not lose to this
/// morning by its hour alone.
const HALF_LIFE_HOURS: f64 = 36.0;

/// Older than this, the hour is no reason.
const NEW_HOURS: f64 = 3.0;

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "freshness",
    default_weight: 1.0,
    value: |facts| 0.5_f64.powf(age_hours(facts) / HALF_LIFE_HOURS),
    reason: |facts| {
        let hours = age_hours(facts).ceil().max(1.0);
        (hours <= NEW_HOURS).then(|| Phrase::new("reason.freshness").with("count", hours))
    },
};

fn age_hours(facts: &Facts) -> f64 {
    facts.now.since(facts.published).max(0) as f64 / Moment::HOUR as f64
}
