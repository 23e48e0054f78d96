//! Takes OPML where a file of people was asked for, gives each source in it as a card: somebody's site. Never follows it.

use super::{Book, Dialect, Place, draft::Gather};
use crate::interchange::{Head, opml};

pub(super) const DIALECT: Dialect = Dialect { name: "opml", of_people: false, recognise: opml::recognise, read };

fn read(head: &Head<'_>) -> Book {
    let harvest = (opml::DIALECT.read)(head.text);
    let mut gather = Gather::default();
    for found in harvest.found {
        let mut draft = gather.draft(found.line);
        draft.url(&found.address, Place::Entry);
        found.title.iter().for_each(|title| draft.name(title));
        found.folders.iter().for_each(|folder| draft.group(&folder.0.join(" / ")));
        draft.done();
        if gather.is_full() {
            break;
        }
    }
    let mut book = gather.finish();
    book.flaws.extend(harvest.flaws);
    book.partial = book.partial.or(harvest.partial);
    book
}
