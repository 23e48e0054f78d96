//! Takes `following_accounts.csv` of Mastodon and its kin, gives each account as `@user@host`. Never takes a list of
//! muted or blocked accounts for one: those are people whom the reader does not want to see.

use super::{
    Dialect, Harvest, Head, address, clean,
    gather::{Gather, Line},
    table::{Row, Table},
};
use crate::model::{Phrase, Source};

pub(super) const DIALECT: Dialect = Dialect { name: "mastodon_following", recognise, read };

/// The first column of the export, in every language of the server.
const HEADER: &str = "account address";
/// Rows that must all be accounts for a file without a header to be recognised.
const SAMPLE_ROWS: usize = 50;
/// `account, show boosts, notify, languages`: a wider table is something else.
const MOST_COLUMNS: usize = 4;

/// The one reader of this file tells it so; contacts have it too.
pub(super) fn recognise(head: &Head<'_>) -> bool {
    let mut rows = Table::new(head.start()).take(SAMPLE_ROWS).peekable();
    if rows.peek().is_some_and(is_header) {
        return true;
    }
    rows.peek().is_some() && rows.all(|row| is_account(&row))
}

fn read(text: &str) -> Harvest {
    let mut gather = Gather::default();
    for row in accounts(text) {
        if row.open_quote {
            gather.damaged(row.line, Phrase::new("flaw.file_cut_off"));
        }
        let Some(account) = row.cells.first() else { continue };
        gather.take_account(Line { line: row.line, address: account, ..Line::default() });
    }
    gather.finish()
}

/// Its rows, each of one account in the first cell; never a header.
pub(super) fn accounts(text: &str) -> impl Iterator<Item = Row> {
    Table::new(text).filter(|row| !is_header(row))
}

/// The people on Mastodon and its kin among `sources`, as the file that every server of theirs takes.
#[must_use]
pub fn write(sources: &[Source]) -> String {
    let mut out = String::from("Account address,Show boosts,Notify on new posts,Languages\n");
    let mut accounts: Vec<String> = sources.iter().filter_map(account_of).collect();
    accounts.sort();
    for account in accounts {
        // Nothing in a name or a host can be taken for a formula or end the cell.
        out.push_str(&format!("{account},true,false,\n"));
    }
    out
}

/// `user@host` of a profile's address.
fn account_of(source: &Source) -> Option<String> {
    let profile = source.address.locator.split_once("//")?.1;
    let (host, user) = profile.split_once("/@")?;
    let account = format!("{user}@{host}");
    (source.address.kind == "mastodon" && address::is_account(&account)).then_some(account)
}

/// Whether this is the header of the accounts that are followed.
fn is_header(row: &Row) -> bool {
    row.cells.first().is_some_and(|cell| clean::plain(cell) == HEADER)
}

/// Accounts that the reader has muted: `Account address,Hide notifications`.
pub(super) fn is_muted(head: &Head<'_>) -> bool {
    let first = Table::new(head.start()).next().unwrap_or_default();
    let hides = first.cells.get(1).is_some_and(|cell| clean::plain(cell) == "hide notifications");
    let name = head.name.to_ascii_lowercase();
    let named = name.starts_with("muted_accounts") || name.starts_with("blocked_accounts");
    (is_header(&first) && hides) || (named && is_account(&first))
}

fn is_account(row: &Row) -> bool {
    let mut cells = row.cells.iter();
    let first = cells.next().is_some_and(|cell| address::is_account(cell));
    let boosts = cells.next().is_none_or(|cell| ["", "true", "false"].contains(&cell.as_str()));
    first && boosts && row.cells.len() <= MOST_COLUMNS
}

#[cfg(test)]
mod tests {
    use super::super::harvest;

    fn check(name: &str, text: &str, expect: &[(u32, &str)], flaws: &[(u32, &str)]) {
        let (dialect, harvest) = harvest(name, text.as_bytes()).unwrap();
        assert_eq!(dialect.name, "mastodon_following", "{text:?}");
        let found: Vec<_> = harvest.found.iter().map(|found| (found.line, found.address.as_str())).collect();
        assert_eq!(found, expect, "{text:?}");
        let skipped: Vec<_> = harvest.flaws.iter().map(|flaw| (flaw.line.unwrap(), flaw.why.key.as_str())).collect();
        assert_eq!(skipped, flaws, "{text:?}");
    }

    #[test]
    fn accounts_are_read_with_their_lines() {
        let header = "Account address,Show boosts,Notify on new posts,Languages";
        let (alice, bob) = ("@alice@social.example", "@bob@autre.example");
        check(
            "following_accounts.csv",
            &format!("{header}\nalice@social.example,true,false,\n@bob@autre.example,false,true,\"en, fr\"\n"),
            &[(2, alice), (3, bob)],
            &[],
        );
        check("x.csv", "Account address,Show boosts\r\nalice@social.example,true\r\n", &[(2, alice)], &[]);
        check("x.csv", "@alice@social.example\nbob@autre.example\n", &[(1, alice), (2, bob)], &[]);
        check(
            "x.csv",
            &format!(
                "{header}\nalice@social.example,true\nnobody,true\n\nme@gmail.com,true\nALICE@social.example,true\n"
            ),
            &[(2, alice), (6, "@ALICE@social.example")],
            &[(3, "flaw.not_an_account"), (5, "flaw.mail_address")],
        );
    }

    #[test]
    fn muted_and_blocked_people_are_not_followed() {
        let check = |name: &str, text: &str| {
            assert_eq!(
                harvest(name, text.as_bytes()).unwrap_err(),
                super::super::Refused::Other("muted_accounts"),
                "{text:?}"
            );
        };
        check("x.csv", "Account address,Hide notifications\nalice@social.example,true\n");
        check("blocked_accounts.csv", "alice@social.example\n");
    }
}
