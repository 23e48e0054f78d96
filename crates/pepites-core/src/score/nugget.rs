//! Takes facts, says whether the story is a nugget: told only here, by a rare voice, and worth the time.
//! Never looks at the rank, so that moving a weight changes the order and not what is rare.

use super::{Facts, measures};

/// A voice heard up to so many times a month is rare: less than twice a week.
const RARE_MONTHLY: f64 = 8.0;

/// People write notes more often than posts: up to three a day, one of them can still be a find.
const RARE_NOTES_MONTHLY: f64 = 90.0;

/// A post with fewer words is an announcement. Many feeds give an excerpt only, which is shorter than the post.
const ENOUGH_WORDS: u32 = 80;

/// A note with this many words was written with care.
const ENOUGH_NOTE_WORDS: u32 = 45;

/// A note with a link that nobody else carries must say why it is worth following.
const ENOUGH_WORDS_WITH_LINK: u32 = 20;

/// In a firehose, a post as long as this stands out on its own.
const LONG_IN_FIREHOSE: u32 = 1_000;

/// In a firehose, a post that so many other sources point at stands out, whatever its length.
const POINTED_AT_IN_FIREHOSE: u32 = 2;

pub(super) fn is_nugget(facts: &Facts) -> bool {
    facts.sources <= 1 && !measures::is_chatter(facts) && (is_rare_find(facts) || stands_out(facts))
}

/// A rare voice with enough to say.
fn is_rare_find(facts: &Facts) -> bool {
    let voice = measures::voice(facts);
    match facts.untitled {
        false => voice <= RARE_MONTHLY && facts.words >= ENOUGH_WORDS,
        true => {
            let link = facts.rare_links > 0 && facts.words >= ENOUGH_WORDS_WITH_LINK;
            voice <= RARE_NOTES_MONTHLY && (link || facts.words >= ENOUGH_NOTE_WORDS)
        }
    }
}

/// The rare post of a voice that is not rare: a forum is kept for it.
fn stands_out(facts: &Facts) -> bool {
    let pointed_at = facts.pointed_at_by;
    let loud = measures::monthly(facts) >= measures::LOUD;
    pointed_at >= POINTED_AT_IN_FIREHOSE
        || (pointed_at >= 1 && facts.words >= ENOUGH_WORDS)
        || (loud && facts.words >= LONG_IN_FIREHOSE)
}
