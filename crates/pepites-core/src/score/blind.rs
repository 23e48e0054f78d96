//! Takes facts and a signal, gives them as they are to who does not look at what that signal looks at.
//! For evaluation alone: what is lost without a signal says what it is worth.

use super::{Facts, rules::Asked};

/// A voice that nobody would call loud, and a text that nobody would call short.
const QUIET_MONTHLY: u32 = 3;
const LONG: u32 = 400;

/// The facts without those of `signal`: every story looks told only here, rare, long, and so on.
#[must_use]
pub fn blind(facts: &Facts, signal: &str) -> Facts {
    let mut facts = facts.clone();
    match signal {
        "covered" | "only_here" => (facts.sources, facts.tellings, facts.rare_links) = (1, 1, 0),
        "origin" => facts.first = true,
        "pointed_at" => (facts.pointed_at_by, facts.pointed_weight) = (0, 0.0),
        "rare_voice" => (facts.source_posts_30d, facts.author_posts_30d, facts.source_days) = (QUIET_MONTHLY, None, 30),
        "substance" => {
            (facts.words, facts.links_out, facts.paragraphs) = (facts.words.max(LONG), 0, facts.paragraphs.max(2));
        }
        "freshness" => facts.published = facts.now,
        "seen_before" => facts.seen_links = 0,
        "taste" => facts.taste = None,
        "yield" => (facts.source_read_90d, facts.source_starred, facts.source_shown_90d) = (0, 0, 0),
        "liked" | "disliked" => facts.asked = Asked::default(),
        _ => {}
    }
    facts
}
