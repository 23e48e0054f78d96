//! Gives more to a story that one source alone tells, and most when it carries links that nobody else does.

use crate::{
    model::Phrase,
    score::{Facts, Signal, measures},
};

/// What being alone is worth without links: most posts of a firehose are told only there.
const ALONE: f64 = 0.6;

/// What being alone is worth to chatter, which nobody would repeat.
const ALONE_CHATTER: f64 = 0.1;

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "only_here",
    default_weight: 1.0,
    value: |facts| match (is_alone(facts), measures::is_chatter(facts)) {
        (false, _) => 0.0,
        (true, true) => ALONE_CHATTER,
        (true, false) => ALONE + (1.0 - ALONE) * measures::halving(facts.rare_links),
    },
    reason: |facts| {
        // Of a firehose it goes without saying.
        let worth_a_word = is_alone(facts) && !measures::is_chatter(facts) && measures::monthly(facts) < measures::LOUD;
        // Who only points to it does not tell it; but the reader sees them beside it, as those who passed it on.
        let passed_on = facts.tellings > 1 || facts.pointed_at_by > 0;
        worth_a_word.then(|| match facts.rare_links {
            _ if passed_on => Phrase::new("reason.only_told_here"),
            0 => Phrase::new("reason.only_here"),
            links => Phrase::new("reason.only_here_links").with("count", links),
        })
    },
};

fn is_alone(facts: &Facts) -> bool {
    facts.sources <= 1
}
