//! Takes the CSV of Outlook for the desktop and of outlook.com, in the languages that they write their headers in, gives the
//! people in it. Never takes a table for one that merely has names and addresses.

use super::{
    Book, Dialect,
    columns::{self, Column, plain},
    sheet,
};
use crate::interchange::Head;

pub(super) const DIALECT: Dialect = Dialect { name: "contacts_outlook", of_people: true, recognise, read };

/// Headers that only Outlook has, in English, French, German, Spanish, Italian, Portuguese, Dutch.
#[rustfmt::skip]
const OWN: &[&str] = &[
    "e mail address", "e mail 2 address", "web page", "business street", "home street",
    "adresse de messagerie", "adresse e mail", "page web", "rue bureau", "rue domicile", "societe", "deuxieme prenom",
    "e mail adresse", "webseite", "strasse geschaftlich", "strasse privat", "weitere vornamen",
    "direccion de correo electronico", "pagina web", "calle del trabajo", "organizacion",
    "indirizzo di posta elettronica", "indirizzo posta elettronica", "pagina web personale", "via ufficio",
    "endereco de correio electronico", "endereco de email", "pagina da web", "rua comercial",
    "e mailadres", "webpagina", "straat werk",
];
/// So many of them make it one of Outlook's.
const ENOUGH: usize = 2;

fn recognise(head: &Head<'_>) -> bool {
    let Some(first) = sheet::rows(head.start()).next() else { return false };
    let own = first.cells.iter().filter(|cell| OWN.contains(&plain(cell).as_str())).count();
    let columns = columns::of_header(&first.cells);
    own >= ENOUGH && columns.contains(&Column::Given) && columns.contains(&Column::Family)
}

fn read(head: &Head<'_>) -> Book {
    let Some(first) = sheet::rows(head.start()).next() else { return Book::default() };
    sheet::read_as(head.text, &first.cells, &columns::of_header(&first.cells), first.line + 1)
}
