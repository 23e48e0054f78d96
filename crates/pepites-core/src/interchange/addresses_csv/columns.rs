//! Takes the first rows of a table, finds which column holds the addresses, by what is in it, and which ones hold
//! titles and folders, by their headers in French or English. Never needs a header.

use super::super::{
    address::{Likeness, is_account, likeness},
    clean,
    table::Row,
};

/// Where things stand in a table. Columns are counted from 0.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) address: usize,
    /// The address column is said to hold accounts, so `user@host` in it is no mail address.
    pub(super) accounts: bool,
    /// It is said to hold mail addresses: there is nothing to follow in it, which is said line by line.
    pub(super) mail: bool,
    /// The parts of a title, in order: one, or a given and a family name.
    pub(super) title: Vec<usize>,
    pub(super) folder: Option<usize>,
    pub(super) site: Option<usize>,
    /// The line of the first row of content.
    pub(super) first_line: u32,
}

#[rustfmt::skip]
const FEED_WORDS: &[&str] = &["xmlurl", "feed", "feeds", "rss", "atom", "flux", "feedurl"];
#[rustfmt::skip]
const ACCOUNT_WORDS: &[&str] = &[
    "account", "accounts", "compte", "comptes", "handle", "mastodon", "fediverse", "fedivers", "bluesky", "acct", "pseudo",
];
#[rustfmt::skip]
const ADDRESS_WORDS: &[&str] = &[
    "url", "urls", "uri", "address", "addresses", "adresse", "adresses", "link", "links", "lien", "liens", "profile", "profil",
];
const MAIL_WORDS: &[&str] = &["email", "emails", "mail", "mails", "courriel", "courriels", "mel"];
const SITE_WORDS: &[&str] = &["site", "website", "web", "htmlurl", "homepage", "page", "accueil", "blog"];
const PICTURE_WORDS: &[&str] = &["photo", "image", "avatar", "icon", "icone", "logo", "picture", "favicon"];
const TITLE_WORDS: &[&str] = &["title", "titre", "name", "nom", "libelle", "text", "texte", "intitule"];
const GIVEN_WORDS: &[&str] = &["first", "given", "prenom"];
const FAMILY_WORDS: &[&str] = &["last", "family", "nom", "surname"];
#[rustfmt::skip]
const FOLDER_WORDS: &[&str] = &[
    "folder", "folders", "dossier", "dossiers", "category", "categories", "categorie", "tag", "tags", "etiquette",
    "etiquettes", "label", "labels", "group", "groups", "groupe", "groupes", "rubrique", "rubriques", "theme", "themes",
    "topic", "topics", "list", "liste",
];

/// LinkedIn writes up to a dozen lines of notes before its header.
const HEADER_WITHIN_ROWS: usize = 30;

/// What a column holds, and what its header promises.
struct Column {
    /// Rows where it is an address.
    strong: usize,
    /// Rows where it may be one.
    weak: usize,
    /// Rows where it is `user@host`.
    accounts: usize,
    filled: usize,
    promise: Promise,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Promise {
    Picture,
    Nothing,
    Site,
    Address,
    Account,
    Feed,
}

impl Columns {
    /// None when no column holds addresses, be they of mail.
    pub(super) fn find(rows: &[Row]) -> Option<Self> {
        let width = rows.iter().map(|row| row.cells.len()).max()?;
        // One column is a list, unless its header says that it is of mail.
        let header = if width > 1 { header(rows) } else { rows.first().filter(|row| is_of_mail(row)).map(|_| 0) };
        if width < 2 && header.is_none() {
            return None;
        }
        let content = rows.get(header.map_or(0, |at| at + 1)..)?;
        let words: Vec<Vec<String>> = (0..width)
            .map(|at| words_of(header.and_then(|header| rows.get(header)?.cells.get(at)).map_or("", String::as_str)))
            .collect();
        let columns: Vec<Column> =
            words.iter().enumerate().map(|(at, words)| Column::new(content, at, promise(words))).collect();
        let best = columns.iter().enumerate().filter(|(_, column)| column.holds_addresses(content.len()));
        // The leftmost of equals: `max_by_key` gives the last.
        let best = best.rev().max_by_key(|(_, column)| (column.promise, column.strong, column.weak));
        let Some((address, column)) = best else { return Self::of_mail(&words, &columns, content) };
        let other = |(at, column): &(usize, &Column)| {
            *at != address
                && column.strong * 2 >= column.filled
                && column.strong > 0
                && column.promise != Promise::Picture
        };
        // A header of words that are not known here: the first row has no address where nearly all others have.
        let strange = header.is_none()
            && content
                .first()
                .and_then(|row| row.cells.get(address))
                .is_some_and(|cell| likeness(cell) == Likeness::None);
        let titles = if header.is_some() { title(&words, &columns) } else { only_text(&columns) };
        Some(Self {
            address,
            accounts: column.promise == Promise::Account,
            mail: false,
            title: if strange { Vec::new() } else { titles },
            folder: words.iter().position(|words| any(words, FOLDER_WORDS)),
            site: columns.iter().enumerate().find(other).map(|(at, _)| at),
            first_line: content.get(usize::from(strange))?.line,
        })
    }

    /// A table whose only addresses are of mail: a list of contacts, taken for one of accounts.
    fn of_mail(words: &[Vec<String>], columns: &[Column], content: &[Row]) -> Option<Self> {
        let is_mail = |(words, column): (&Vec<String>, &Column)| any(words, MAIL_WORDS) && column.accounts > 0;
        Some(Self {
            address: words.iter().zip(columns).position(is_mail)?,
            accounts: false,
            mail: true,
            title: Vec::new(),
            folder: None,
            site: None,
            first_line: content.first()?.line,
        })
    }
}

impl Column {
    fn new(rows: &[Row], at: usize, promise: Promise) -> Self {
        let mut column = Self { strong: 0, weak: 0, accounts: 0, filled: 0, promise };
        for cell in rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_empty()) {
            column.filled += 1;
            match likeness(cell) {
                Likeness::Strong => column.strong += 1,
                Likeness::Weak => column.weak += 1,
                Likeness::None => column.accounts += usize::from(is_account(cell)),
            }
        }
        column
    }

    /// One address is enough where the header promises some; without a promise half the rows must be.
    fn holds_addresses(&self, rows: usize) -> bool {
        match self.promise {
            Promise::Feed | Promise::Address => self.strong + self.weak > 0,
            Promise::Account => self.strong + self.weak + self.accounts > 0,
            Promise::Site => self.strong > 0,
            Promise::Nothing | Promise::Picture => self.strong * 2 >= rows && self.strong > 0,
        }
    }
}

/// Where the header is, when there is one.
pub(super) fn header(rows: &[Row]) -> Option<usize> {
    rows.iter().take(HEADER_WITHIN_ROWS).position(is_header)
}

/// `email`, `E-mail address`: nothing but words of mail and of addresses, and no address.
fn is_of_mail(row: &Row) -> bool {
    let [cell] = row.cells.as_slice() else { return false };
    let words = words_of(cell);
    let known =
        |word: &String| word == "e" || [MAIL_WORDS, ADDRESS_WORDS].iter().any(|list| list.contains(&word.as_str()));
    any(&words, MAIL_WORDS) && words.iter().all(known) && !is_account(cell)
}

/// A header has words that headers have, and no address.
fn is_header(row: &Row) -> bool {
    let known =
        [FEED_WORDS, ACCOUNT_WORDS, ADDRESS_WORDS, SITE_WORDS, TITLE_WORDS, GIVEN_WORDS, FOLDER_WORDS, MAIL_WORDS];
    row.cells.len() > 1
        && row.cells.iter().all(|cell| likeness(cell) == Likeness::None && !is_account(cell))
        && row.cells.iter().any(|cell| known.iter().any(|list| any(&words_of(cell), list)))
}

fn promise(words: &[String]) -> Promise {
    let kinds = [
        (PICTURE_WORDS, Promise::Picture),
        (FEED_WORDS, Promise::Feed),
        (ACCOUNT_WORDS, Promise::Account),
        (SITE_WORDS, Promise::Site),
        (ADDRESS_WORDS, Promise::Address),
    ];
    kinds.iter().find(|(list, _)| any(words, list)).map_or(Promise::Nothing, |(_, promise)| *promise)
}

fn title(words: &[Vec<String>], columns: &[Column]) -> Vec<usize> {
    let column = |list: &[&str]| {
        let named = words.iter().zip(columns).position(|(words, column)| any(words, list) && column.strong == 0);
        named.into_iter()
    };
    let given: Vec<usize> = column(GIVEN_WORDS).collect();
    if given.is_empty() {
        column(TITLE_WORDS).collect()
    } else {
        given.into_iter().chain(column(FAMILY_WORDS)).collect()
    }
}

/// Without a header: the column beside the address, when there is but one that holds text.
fn only_text(columns: &[Column]) -> Vec<usize> {
    let text = |(_, column): &(usize, &Column)| column.filled > 0 && column.strong + column.weak + column.accounts == 0;
    let found: Vec<usize> = columns.iter().enumerate().filter(text).map(|(at, _)| at).collect();
    if found.len() == 1 { found } else { Vec::new() }
}

fn words_of(header: &str) -> Vec<String> {
    clean::plain(header).split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
}

fn any(words: &[String], list: &[&str]) -> bool {
    words.iter().any(|word| list.contains(&word.as_str()))
}
