//! Takes what a visit taught, gives when to come again.

use crate::model::Moment;

/// What the schedule looks at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// When the visit ended.
    pub at: Moment,
    /// The visit failed; `failures` counts this one.
    pub failures: u32,
    /// Moments at which the source's last posts were published, newest first, at most 50.
    pub recent: Vec<Moment>,
    /// `ttl`, `sy:updatePeriod` in minutes.
    pub every_minutes: Option<u32>,
    /// `Cache-Control: max-age` or `Expires`, in seconds from `at`.
    pub fresh_seconds: Option<u64>,
}

/// When to visit next, if nothing else happens.
#[must_use]
pub fn next(visit: &Visit) -> Moment {
    visit.at.plus(Moment::HOUR)
}
