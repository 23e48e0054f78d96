//! Takes two numbers of posts, puts the second out of the story of the first, or takes that back.

use super::{Entry, verdict};

pub(super) const ENTRY: Entry = Entry {
    name: "apart",
    arguments: verdict::arguments,
    run: |session, matches| {
        verdict::run(session, matches, |engine, one, other, undo| engine.put_apart(one, other, undo))
    },
};
