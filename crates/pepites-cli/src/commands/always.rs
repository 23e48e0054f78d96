//! Takes what the reader always wants in digests, keeps it as a rule.

use pepites_core::score::rules::Wish;

use super::{Entry, wish};

pub(super) const ENTRY: Entry = Entry {
    name: "always",
    arguments: wish::arguments,
    run: |session, matches| wish::run(session, matches, Wish::Always),
};
