//! Takes what the reader wants to be told of when it comes, keeps it as a rule. The window says it on the desktop.

use pepites_core::score::rules::Wish;

use super::{Entry, wish};

pub(super) const ENTRY: Entry = Entry {
    name: "notify",
    arguments: wish::arguments,
    run: |session, matches| wish::run(session, matches, Wish::Notify),
};
