//! Takes two numbers of posts, brings their stories together, or takes that back.

use super::{Entry, verdict};

pub(super) const ENTRY: Entry = Entry {
    name: "together",
    arguments: verdict::arguments,
    run: |session, matches| {
        verdict::run(session, matches, |engine, one, other, undo| engine.together(one, other, undo))
    },
};
