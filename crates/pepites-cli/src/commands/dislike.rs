//! Takes what the reader wants less of in digests, keeps it as a rule.

use pepites_core::score::rules::Wish;

use super::{Entry, wish};

pub(super) const ENTRY: Entry = Entry {
    name: "dislike",
    arguments: wish::arguments,
    run: |session, matches| wish::run(session, matches, Wish::Dislike),
};
