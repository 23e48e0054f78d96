//! Takes numbers of posts, stars them, or takes the stars away.

use pepites_engine::contract::MarkView;

use super::{Entry, mark};

pub(super) const ENTRY: Entry = Entry {
    name: "star",
    arguments: mark::arguments,
    run: |session, matches| mark::run(session, matches, MarkView::Starred),
};
