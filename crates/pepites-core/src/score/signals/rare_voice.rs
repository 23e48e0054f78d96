//! Gives more to those who seldom write: a friend's one post a month must not drown among firehoses.

use crate::{
    model::Phrase,
    score::{Facts, Signal, measures},
};

/// Up to so many posts a month a voice is as rare as can be.
const RAREST_MONTHLY: f64 = 2.0;

/// From so many on, one a day, it is not rare at all.
const DAILY_MONTHLY: f64 = 30.0;

/// Up to so many, less than three a week, it is worth a word.
const WORTH_A_WORD_MONTHLY: f64 = 12.0;

/// What is left of the value for chatter: a rare "good morning" is no find.
const CHATTER: f64 = 0.2;

pub(in crate::score) const SIGNAL: Signal = Signal {
    name: "rare_voice",
    default_weight: 2.0,
    value: |facts| {
        let voice = measures::voice(facts).max(RAREST_MONTHLY);
        // By ratio: from two to four a month is as much of a change as from fifteen to thirty.
        let rare = (1.0 - (voice / RAREST_MONTHLY).ln() / (DAILY_MONTHLY / RAREST_MONTHLY).ln()).max(0.0);
        if measures::is_chatter(facts) { rare * CHATTER } else { rare }
    },
    reason: |facts| {
        let voice = measures::voice(facts);
        (voice <= WORTH_A_WORD_MONTHLY && !measures::is_chatter(facts)).then(|| {
            let phrase =
                if is_by_author(facts) { Phrase::new("reason.rare_voice") } else { Phrase::new("reason.rare_source") };
            phrase.with("count", voice.round().max(1.0))
        })
    },
};

/// Whether it is the author rather than the source that is rare.
fn is_by_author(facts: &Facts) -> bool {
    measures::author_monthly(facts).is_some_and(|author| author <= measures::monthly(facts))
}
