//! Takes numbers of posts, lets them go unread, or takes them back.

use pepites_engine::contract::MarkView;

use super::{Entry, mark};

pub(super) const ENTRY: Entry = Entry {
    name: "skip",
    arguments: mark::arguments,
    run: |session, matches| mark::run(session, matches, MarkView::Skipped),
};
