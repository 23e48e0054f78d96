//! Takes the CSV of Thunderbird's address books (in English; it writes no other headers), gives the people in it. Never
//! takes another program's.

use super::{Book, Dialect, sheet};
use crate::interchange::Head;

pub(super) const DIALECT: Dialect = Dialect { name: "contacts_thunderbird", of_people: true, recognise, read };

#[rustfmt::skip]
const HEADER: &[&[&str]] = &[
    &["display name", "nom a afficher", "nom affiche", "anzeigename"],
    &["primary email", "adresse electronique principale", "adresse electronique", "primare e mail adresse"],
];

fn recognise(head: &Head<'_>) -> bool {
    sheet::header(head.start(), HEADER).is_some()
}

fn read(head: &Head<'_>) -> Book {
    sheet::read(head.text, HEADER)
}
