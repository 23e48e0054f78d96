//! Takes facts, gives the few measures that several signals share.
//! Never decides what they are worth: the signals do.

use super::Facts;

/// A source that the library has known for a few days only is judged as if its posts filled a week: one post on the
/// first day is not thirty a month.
const SHORTEST_PAST_DAYS: u32 = 7;

/// From so many posts a month a source is a firehose: its authors are strangers, so that each of them is rare there.
pub(super) const LOUD: f64 = 100.0;

/// A note with fewer words, no picture and no link of its own is chatter ("Good morning!").
const CHATTER_WORDS: u32 = 15;

/// Posts a month of the source.
pub(super) fn monthly(facts: &Facts) -> f64 {
    over_a_month(facts.source_posts_30d, facts)
}

/// Posts a month of the face's author, where the author is someone: not in a firehose.
pub(super) fn author_monthly(facts: &Facts) -> Option<f64> {
    let quiet = monthly(facts) < LOUD;
    facts.author_posts_30d.filter(|_| quiet).map(|posts| over_a_month(posts, facts))
}

/// How often the voice behind the face is heard, in posts a month: the rarer of source and author.
pub(super) fn voice(facts: &Facts) -> f64 {
    author_monthly(facts).map_or(monthly(facts), |author| author.min(monthly(facts)))
}

fn over_a_month(posts: u32, facts: &Facts) -> f64 {
    f64::from(posts) * 30.0 / f64::from(facts.source_days.clamp(SHORTEST_PAST_DAYS, 30))
}

/// Whether the face is a note that says next to nothing.
pub(super) fn is_chatter(facts: &Facts) -> bool {
    facts.untitled && facts.words < CHATTER_WORDS && facts.rare_links == 0 && facts.illustrations == 0
}

/// Words that a link to another site takes from what there is to read: its own, and those that lead to it.
pub(super) const LINK_WORDS: u32 = 10;

/// Words of the face that are to be read here: what only leads elsewhere is none. A list of links is no page.
pub(super) fn prose(facts: &Facts) -> u32 {
    facts.words.saturating_sub(facts.links_out.saturating_mul(LINK_WORDS))
}

/// Up to so many posts a month, one a day, what someone points to is their choice.
const CHOSEN_MONTHLY: f64 = 30.0;

/// What the vote of one weighs who brings so many posts a month, what they pass on included: 1 up to one a day, and half
/// of it at four times as many. A relay points to everything.
#[must_use]
pub fn vote(monthly: u32) -> f64 {
    (CHOSEN_MONTHLY / f64::from(monthly).max(CHOSEN_MONTHLY)).sqrt()
}

/// 0 for none, one half for one, three quarters for two: the tenth adds next to nothing.
pub(super) fn halving(count: u32) -> f64 {
    halving_of(f64::from(count))
}

/// The same for what does not come in whole numbers.
pub(super) fn halving_of(weight: f64) -> f64 {
    1.0 - 0.5_f64.powf(weight.max(0.0))
}
