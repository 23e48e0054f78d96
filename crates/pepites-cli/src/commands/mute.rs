//! Takes what the reader wants none of in digests, keeps it as a rule.

use pepites_core::score::rules::Wish;

use super::{Entry, wish};

pub(super) const ENTRY: Entry =
    Entry { name: "mute", arguments: wish::arguments, run: |session, matches| wish::run(session, matches, Wish::Mute) };
