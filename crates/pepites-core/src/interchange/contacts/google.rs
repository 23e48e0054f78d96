//! Takes the CSV of Google's contacts, of today and of before 2024, gives the people in it. Never takes another program's.

use super::{Book, Dialect, sheet};
use crate::interchange::Head;

pub(super) const DIALECT: Dialect = Dialect { name: "contacts_google", of_people: true, recognise, read };

const NEW: &[&[&str]] = &[&["first name"], &["last name"], VALUES];
const OLD: &[&[&str]] = &[&["name"], &["given name"], &["family name"], VALUES];
/// Columns appear only where somebody uses them.
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "e mail 1 value", "phone 1 value", "website 1 value", "custom field 1 value", "group membership", "labels", "phonetic first name",
];

fn recognise(head: &Head<'_>) -> bool {
    sheet::header(head.start(), NEW).is_some() || sheet::header(head.start(), OLD).is_some()
}

fn read(head: &Head<'_>) -> Book {
    let wanted = if sheet::header(head.start(), NEW).is_some() { NEW } else { OLD };
    sheet::read(head.text, wanted)
}
