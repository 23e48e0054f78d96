//! Takes `following.js` of an archive of X (Twitter), gives the address of each who is followed. Never makes a name up: the
//! file has numbers only, so nobody in it can be found, and the funnel says so.

use super::{Book, Dialect, Place, draft::Gather};
use crate::{interchange::Head, model::Phrase};

pub(super) const DIALECT: Dialect = Dialect { name: "x_following", of_people: false, recognise, read };

fn recognise(head: &Head<'_>) -> bool {
    let start = head.start().trim_start();
    start.starts_with("window.YTD") && start.lines().next().is_some_and(|line| line.contains(".following.part"))
}

fn read(head: &Head<'_>) -> Book {
    let mut gather = Gather::default();
    let mut last = 1;
    for (line, row) in (1_u32..).zip(head.text.lines()) {
        last = line;
        // Whole archives are one line, or one line a field.
        for part in row.split("\"userLink\"").skip(1) {
            let mut draft = gather.draft(line);
            draft.url(part.split('"').nth(1).unwrap_or_default(), Place::Account);
            draft.done();
        }
        if gather.is_full() {
            break;
        }
    }
    if !head.text.trim_end().ends_with(']') {
        gather.damaged(last, Phrase::new("flaw.file_cut_off"));
    }
    gather.finish()
}
