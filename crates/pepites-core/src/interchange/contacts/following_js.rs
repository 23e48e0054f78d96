//! Takes `following.js` of an archive of X (Twitter), gives the address of each who is followed. Never makes a name up: the
//! file has numbers only, so nobody in it can be found, and the funnel says so.

use super::{Book, Dialect, Place, draft::Gather};
use crate::{
    interchange::{Head, x_following},
    model::Phrase,
};

pub(super) const DIALECT: Dialect =
    Dialect { name: "x_following", of_people: false, recognise: x_following::recognise, read };

fn read(head: &Head<'_>) -> Book {
    let mut gather = Gather::default();
    let mut last = 1;
    for (line, link) in x_following::links(head.text) {
        last = line;
        let mut draft = gather.draft(line);
        draft.url(link, Place::Account);
        draft.done();
        if gather.is_full() {
            break;
        }
    }
    if x_following::cut_off(head.text) {
        gather.damaged(last, Phrase::new("flaw.file_cut_off"));
    }
    gather.finish()
}
