//! Takes the CSV exports of Mastodon and its kin, gives people: those who are followed, those on lists, those whose posts
//! were bookmarked. Never takes muted or blocked people for any of these.

use super::{
    Book, Dialect,
    draft::{Gather, Network},
    sheet,
};
use crate::interchange::{Head, address, mastodon_following, table::Row};

pub(super) const DIALECT: Dialect = Dialect { name: "contacts_mastodon", of_people: false, recognise, read };

/// Rows that must all be of one kind for a file without a header.
const SAMPLE_ROWS: usize = 50;

/// The three exports that name people.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Export {
    /// `Account address,Show boosts,…`
    Following,
    /// `list title,acct`, without a header.
    Lists,
    /// Addresses of posts, without a header.
    Bookmarks,
}

fn recognise(head: &Head<'_>) -> bool {
    !mastodon_following::is_muted(head) && of(head).is_some()
}

fn of(head: &Head<'_>) -> Option<Export> {
    let rows: Vec<Row> = sheet::rows(head.start()).take(SAMPLE_ROWS).collect();
    rows.first()?;
    let cell = |row: &Row, at: usize| row.cells.get(at).cloned().unwrap_or_default();
    let is_account = |text: &str| address::is_account(text);
    if mastodon_following::recognise(head) {
        return Some(Export::Following);
    }
    let listed = |row: &Row| row.cells.len() == 2 && is_account(&cell(row, 1)) && !is_account(&cell(row, 0));
    // `name,mail` looks the same: only the name of the file tells.
    if head.name.to_ascii_lowercase().contains("list") && rows.iter().all(listed) {
        return Some(Export::Lists);
    }
    rows.iter().all(|row| row.cells.len() == 1 && author(&cell(row, 0)).is_some()).then_some(Export::Bookmarks)
}

fn read(head: &Head<'_>) -> Book {
    let mut gather = Gather::default();
    let Some(export) = of(head) else { return gather.finish() };
    for row in mastodon_following::accounts(head.text) {
        let cell = |at: usize| row.cells.get(at).map(String::as_str).unwrap_or_default();
        let mut draft = gather.draft(row.line);
        match export {
            Export::Following => draft.handle(cell(0), Network::Mastodon),
            Export::Lists => {
                draft.group(cell(0));
                draft.handle(cell(1), Network::Mastodon);
            }
            Export::Bookmarks => match author(cell(0)) {
                Some(author) => draft.handle(&author, Network::Mastodon),
                None => draft.url(cell(0), super::Place::Entry),
            },
        }
        draft.done();
        if gather.is_full() {
            break;
        }
    }
    gather.finish()
}

/// `@user@host` of the address of a post: `https://host/users/user/statuses/1`, `https://host/@user/1`.
fn author(post: &str) -> Option<String> {
    let rest = post.strip_prefix("https://")?;
    let mut parts = rest.split('/');
    let host = parts.next()?;
    let user = match parts.next()? {
        "users" => parts.next()?,
        named => named.strip_prefix('@')?,
    };
    let is_post = parts.next().is_some_and(|rest| rest == "statuses" || rest.bytes().all(|byte| byte.is_ascii_digit()));
    let account = format!("{user}@{host}");
    (is_post && address::is_account(&account)).then(|| format!("@{account}"))
}
