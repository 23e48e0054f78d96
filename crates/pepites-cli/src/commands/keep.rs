//! Takes what the reader wants starred when it comes, keeps it as a rule.

use pepites_core::score::rules::Wish;

use super::{Entry, wish};

pub(super) const ENTRY: Entry =
    Entry { name: "keep", arguments: wish::arguments, run: |session, matches| wish::run(session, matches, Wish::Star) };
