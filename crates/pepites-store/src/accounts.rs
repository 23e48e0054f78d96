//! Accounts of the reader's own. Never what lets them in: that is in the system's keychain.

use pepites_core::model::{Moment, SourceId};
use rusqlite::params;

use crate::{Store, StoreError, store::Durability};

/// An account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAccount {
    /// Scheme, host and port of its server.
    pub server: String,
    /// Its name there.
    pub user: String,
    /// The name that it shows.
    pub name: String,
    /// The address of a small picture.
    pub portrait: Option<String>,
    /// Signed in since.
    pub since: Moment,
}

impl Store {
    /// Every account, by server and name.
    pub fn accounts(&self) -> Result<Vec<KeptAccount>, StoreError> {
        self.read(|library| {
            let mut statement = library
                .prepare_cached("SELECT server, user, name, portrait, since FROM accounts ORDER BY server, user")?;
            let accounts = statement.query_map([], |row| {
                Ok(KeptAccount {
                    server: row.get(0)?,
                    user: row.get(1)?,
                    name: row.get(2)?,
                    portrait: row.get(3)?,
                    since: Moment(row.get(4)?),
                })
            })?;
            Ok(accounts.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps an account, in place of the same one of before. It is this computer's: no event tells other devices.
    pub fn keep_account(&self, account: &KeptAccount) -> Result<(), StoreError> {
        let account = account.clone();
        self.write(Durability::Power, move |library| {
            library
                .prepare_cached(
                    "INSERT OR REPLACE INTO accounts (server, user, name, portrait, since) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![account.server, account.user, account.name, account.portrait, account.since.0])?;
            Ok(())
        })
    }

    /// Forgets an account. What was followed with it stays.
    pub fn drop_account(&self, server: &str, user: &str) -> Result<(), StoreError> {
        let (server, user) = (server.to_owned(), user.to_owned());
        self.write(Durability::Power, move |library| {
            library
                .prepare_cached("DELETE FROM accounts WHERE server = ?1 AND user = ?2")?
                .execute(params![server, user])?;
            Ok(())
        })
    }

    /// These sources are asked again at once, as if nothing had been wrong with them.
    pub fn ask_again(&self, sources: &[SourceId]) -> Result<(), StoreError> {
        let sources = sources.to_vec();
        self.write(Durability::Power, move |library| {
            let mut statement = library
                .prepare_cached("UPDATE sources SET next_visit = NULL, failures = 0, trouble = NULL WHERE id = ?1")?;
            for source in &sources {
                statement.execute([source.0])?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{NOW, everywhere, failed, follow};

    #[test]
    fn an_account_is_kept_once_until_it_is_dropped() {
        everywhere(|store| {
            let account = |name: &str| KeptAccount {
                server: "https://a.example".to_owned(),
                user: "ada".to_owned(),
                name: name.to_owned(),
                portrait: None,
                since: NOW,
            };
            let other = KeptAccount { user: "bo".to_owned(), ..account("Bo") };
            for kept in [&other, &account("Ada"), &account("Ada of the quay")] {
                store.keep_account(kept).unwrap();
            }
            assert_eq!(store.accounts().unwrap(), [account("Ada of the quay"), other.clone()]);
            store.drop_account("https://a.example", "ada").unwrap();
            store.drop_account("https://a.example", "nobody").unwrap();
            assert_eq!(store.accounts().unwrap(), [other]);
        });
    }

    #[test]
    fn a_source_that_may_be_asked_again_is_in_no_trouble() {
        everywhere(|store| {
            let source = follow(store, "a");
            store.keep_visits(vec![failed(source, NOW, false)]).unwrap();
            assert_eq!(store.source(source).unwrap().failures, 1);
            store.ask_again(&[source]).unwrap();
            let source = store.source(source).unwrap();
            assert_eq!((source.failures, source.trouble, source.next_visit), (0, None, None));
        });
    }
}
