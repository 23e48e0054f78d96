//! Takes facts, gives why the story is a nugget: told only here, rare where it comes from, and worth the time.
//! Never looks at the rank, so that moving a weight changes the order and not what is rare.

use super::{Facts, measures, signals};
use crate::{model::Phrase, text};

/// A voice heard up to so many times a month is rare: about once a week.
const RARE_MONTHLY: f64 = 4.5;

/// A post with fewer words is read in passing: a page has more.
const PAGE_WORDS: u32 = 200;

/// Many feeds give the beginning only. With so many words of it, someone else's pointing says what the rest is worth.
const EXCERPT_WORDS: u32 = 80;

/// Where more is written, a page that so many other sources point at has been found by them.
const FOUND_BY: u32 = 2;

/// In a firehose, a page that is so many times as long as its posts usually are took someone an evening.
const FIREHOSE_TIMES: f64 = 3.0;

/// A note with this many words was written with care.
const CAREFUL_NOTE_WORDS: u32 = 40;

/// A note of several paragraphs is a text, from so many words on: two remarks in a row have fewer.
const COMPOSED_NOTE_WORDS: u32 = 25;
const COMPOSED_PARAGRAPHS: u32 = 2;

/// In one paragraph it takes so many, among notes that come every day: people run on, now and then.
const LONG_NOTE_WORDS: u32 = 60;

/// A rare note with a link that nobody else carries must say why it is worth following.
const LINK_NOTE_WORDS: u32 = 20;

/// A find may be carried by so many planets and aggregators that came after it: beyond, it is news.
const CARRIED_BY: u32 = 2;

/// People write notes more often than posts: up to three a day, one that stands out among theirs can still be a find; a
/// text among notes up to five.
const NOTES_MONTHLY: f64 = 90.0;
const TEXTS_MONTHLY: f64 = 150.0;

/// A note of about twice the usual length stands out; it is part of what is usual itself, which takes a little away.
const NOTE_TIMES: f64 = 1.8;

/// Half of what makes a post be passed over for certain speaks of a habit, and less of a mood.
const AGAINST: f64 = 0.5;

/// Why it is a nugget, the most telling first; empty when it is none.
pub(super) fn reasons(facts: &Facts) -> Vec<Phrase> {
    // News of a version is in every list of versions, however rare the one who tells it.
    let carried = facts.sources > 1 && !is_carried(facts);
    let unwanted = signals::disliked::is_disliked(facts);
    if carried
        || unwanted
        || is_against_taste(facts)
        || measures::is_chatter(facts)
        || text::announces_release(&facts.title)
    {
        return Vec::new();
    }
    let found = if facts.untitled { in_note(facts) } else { in_post(facts) };
    let Some(found) = found else { return Vec::new() };
    let mut reasons: Vec<Phrase> = found.into_iter().flatten().collect();
    for also in [signals::pointed_at::SIGNAL.reason, signals::origin::SIGNAL.reason, signals::only_here::SIGNAL.reason]
    {
        reasons.extend(also(facts).filter(|reason| !reasons.contains(reason)));
    }
    reasons
}

/// The reader let posts like this go again and again: it may be rare, and is none of their finds.
fn is_against_taste(facts: &Facts) -> bool {
    facts.taste.as_ref().is_some_and(|opinion| opinion.against >= AGAINST)
}

type Found = Option<[Option<Phrase>; 2]>;

fn in_post(facts: &Facts) -> Found {
    let pointed_at = signals::pointed_at::SIGNAL.reason;
    match (is_rare(facts), measures::prose(facts) >= PAGE_WORDS) {
        (true, true) => Some([rare(facts), Some(page(facts))]),
        (true, false) if facts.words >= EXCERPT_WORDS && facts.pointed_at_by > 0 => {
            Some([rare(facts), pointed_at(facts)])
        }
        (false, true) if is_firehose(facts) && stands_out(facts, FIREHOSE_TIMES) => Some([Some(longer(facts)), None]),
        (false, true) if facts.pointed_at_by >= FOUND_BY => Some([pointed_at(facts), Some(page(facts))]),
        _ => None,
    }
}

fn in_note(facts: &Facts) -> Found {
    if is_rare(facts) && facts.words >= CAREFUL_NOTE_WORDS {
        return Some([rare(facts), Some(page(facts))]);
    }
    if is_rare(facts) && facts.words >= LINK_NOTE_WORDS && facts.rare_links > 0 {
        return Some([rare(facts), (signals::only_here::SIGNAL.reason)(facts)]);
    }
    let voice = measures::voice(facts);
    if voice <= TEXTS_MONTHLY && is_composed(facts) {
        return Some([Some(composed(facts)), None]);
    }
    let long = facts.words >= LONG_NOTE_WORDS && stands_out(facts, NOTE_TIMES);
    (voice <= NOTES_MONTHLY && long).then(|| [Some(longer(facts)), None])
}

/// Told here first, whole, by a rare voice, and carried by very few: those who carry it found it here.
fn is_carried(facts: &Facts) -> bool {
    let few = facts.sources <= 1 + CARRIED_BY;
    few && facts.first && !facts.untitled && is_rare(facts) && measures::prose(facts) >= PAGE_WORDS
}

fn is_rare(facts: &Facts) -> bool {
    measures::voice(facts) <= RARE_MONTHLY
}

fn is_firehose(facts: &Facts) -> bool {
    measures::monthly(facts) >= measures::LOUD
}

fn stands_out(facts: &Facts, times: f64) -> bool {
    facts.usual_words > 0 && f64::from(measures::prose(facts)) >= f64::from(facts.usual_words) * times
}

/// A text rather than a remark, and no shorter than what its author writes.
fn is_composed(facts: &Facts) -> bool {
    facts.paragraphs >= COMPOSED_PARAGRAPHS && measures::prose(facts) >= COMPOSED_NOTE_WORDS && stands_out(facts, 1.0)
}

fn composed(facts: &Facts) -> Phrase {
    Phrase::new("reason.composed").with("count", facts.words).with("paragraphs", facts.paragraphs)
}

/// How much of a nugget it is, from 0 to 1: alone, rare, worth the time, and to the reader's taste where that is known.
pub(super) fn strength(facts: &Facts) -> f64 {
    let of = [&signals::only_here::SIGNAL, &signals::rare_voice::SIGNAL, &signals::substance::SIGNAL];
    let taste = facts.taste.as_ref().map_or(NO_OPINION, |opinion| opinion.value);
    let pointed = (signals::pointed_at::SIGNAL.value)(facts);
    (of.iter().map(|signal| (signal.value)(facts)).sum::<f64>() + taste + pointed) / (of.len() + 2) as f64
}

/// What taste says while nothing was learned: neither for nor against.
const NO_OPINION: f64 = 0.5;

fn rare(facts: &Facts) -> Option<Phrase> {
    (signals::rare_voice::SIGNAL.reason)(facts)
}

fn page(facts: &Facts) -> Phrase {
    Phrase::new("reason.page").with("count", facts.words)
}

fn longer(facts: &Facts) -> Phrase {
    Phrase::new("reason.longer").with("count", facts.words).with("usual", facts.usual_words)
}
