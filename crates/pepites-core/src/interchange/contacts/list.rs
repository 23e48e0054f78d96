//! Takes a plain list, one person or site a line (a mail address, an account, a link, a name before it or none), gives a card
//! a line. Never takes prose for one: most lines must name somebody.

use super::{
    Book, Dialect, Place,
    draft::{Gather, Network, is_email},
    mentions,
};
use crate::{
    interchange::{
        Head,
        address::{self, Likeness},
    },
    model::Phrase,
};

pub(super) const DIALECT: Dialect = Dialect { name: "contacts_list", of_people: false, recognise, read };

/// Lines that are looked at.
const SAMPLE_LINES: usize = 200;

/// What a line is of.
enum Line<'a> {
    Email { name: &'a str, email: &'a str },
    Handle(&'a str),
    Site(&'a str),
    Mixed(&'a str),
    Nothing,
}

fn recognise(head: &Head<'_>) -> bool {
    let lines: Vec<&str> = lines_of(head.start()).map(|(_, line)| line).take(SAMPLE_LINES).collect();
    let named = lines.iter().filter(|line| !matches!(of(line), Line::Nothing)).count();
    named * 3 >= lines.len() * 2 && named > 0
}

fn read(head: &Head<'_>) -> Book {
    let mut gather = Gather::default();
    for (number, line) in lines_of(head.text) {
        let line_is = of(line);
        if matches!(line_is, Line::Nothing) {
            gather.skip(number, line, Phrase::new("flaw.not_an_address"));
            continue;
        }
        let mut draft = gather.draft(number);
        match line_is {
            Line::Email { name, email } => {
                draft.email(email);
                draft.name(name);
            }
            Line::Handle(handle) => draft.handle(handle, Network::Some),
            Line::Site(site) => draft.url(site, Place::Entry),
            Line::Mixed(text) => {
                draft.free(text, Place::Entry);
                let words: Vec<&str> =
                    text.split_whitespace().take_while(|word| mentions::in_text(word).is_empty()).collect();
                draft.name(words.join(" ").trim_end_matches([':', '-', '–', '—', ',', ' ']));
            }
            Line::Nothing => {}
        }
        draft.done();
        if gather.is_full() {
            break;
        }
    }
    gather.finish()
}

fn of(line: &str) -> Line<'_> {
    let one = !line.contains(char::is_whitespace);
    if one
        && line.starts_with('@')
        && (address::is_account(line) || address::likeness(line.trim_start_matches('@')) == Likeness::Weak)
    {
        return Line::Handle(line);
    }
    let parted = line.rsplit_once('<').and_then(|(name, rest)| Some((name, rest.split_once('>')?.0)));
    let (name, email) = parted.unwrap_or(("", line));
    if is_email(email.trim()) {
        return Line::Email { name: name.trim().trim_matches('"'), email: email.trim() };
    }
    if one {
        return if address::likeness(line) == Likeness::None { Line::Nothing } else { Line::Site(line) };
    }
    if mentions::in_text(line).is_empty() { Line::Nothing } else { Line::Mixed(line) }
}

/// Lines that say something, with their numbers, without the bullets of a list in prose.
fn lines_of(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1_u32..).zip(text.lines()).filter_map(|(number, line)| {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c.is_control());
        let line = ["- ", "* ", "• "].iter().find_map(|bullet| line.strip_prefix(bullet)).unwrap_or(line).trim();
        let line = line.trim_end_matches([',', ';']);
        (!line.is_empty() && !line.starts_with('#')).then_some((number, line))
    })
}
