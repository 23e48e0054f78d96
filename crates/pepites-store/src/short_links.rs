//! Where links of shorteners lead, as it was once asked.

use std::collections::BTreeMap;

use pepites_core::model::Moment;
use rusqlite::params;

use crate::{Store, StoreError, store::Durability};

/// What led nowhere may have been a server's bad day.
const ASKED_AGAIN: i64 = Moment::DAY;

/// What nobody has pointed to for so long is not pointed to again; a link that is, costs one request.
const KEPT: i64 = 90 * Moment::DAY;

impl Store {
    /// What is known of these short links: where each leads, or None that it leads nowhere. Those that are to be asked
    /// are not in it.
    pub fn leads(&self, short: &[String], now: Moment) -> Result<BTreeMap<String, Option<String>>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(
                "SELECT target FROM short_links WHERE short = ?1 AND (target IS NOT NULL OR asked > ?2)",
            )?;
            let mut known = BTreeMap::new();
            for link in short {
                let mut rows = statement.query(params![link, now.plus(-ASKED_AGAIN).0])?;
                if let Some(row) = rows.next()? {
                    known.insert(link.clone(), row.get(0)?);
                }
            }
            Ok(known)
        })
    }

    /// Keeps where short links lead.
    pub fn keep_leads(&self, leads: BTreeMap<String, Option<String>>, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Process, move |library| {
            library.prepare_cached("DELETE FROM short_links WHERE asked < ?1")?.execute([now.plus(-KEPT).0])?;
            let mut statement = library
                .prepare_cached("INSERT OR REPLACE INTO short_links (short, target, asked) VALUES (?1, ?2, ?3)")?;
            for (short, target) in &leads {
                statement.execute(params![short, target, now.0])?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::NOW;

    #[test]
    fn where_a_link_leads_is_known_for_long_and_that_it_leads_nowhere_for_a_day() {
        let store = Store::memory().unwrap();
        let (good, bad) = ("https://t.co/a".to_owned(), "https://t.co/b".to_owned());
        let leads = BTreeMap::from([(good.clone(), Some("https://a.example/1".to_owned())), (bad.clone(), None)]);
        store.keep_leads(leads.clone(), NOW).unwrap();
        let asked = [good.clone(), bad, "https://t.co/c".to_owned()];
        assert_eq!(store.leads(&asked, NOW).unwrap(), leads);
        let later = store.leads(&asked, NOW.plus(2 * ASKED_AGAIN)).unwrap();
        assert_eq!(later.into_keys().collect::<Vec<_>>(), [good]);
        store.keep_leads(BTreeMap::new(), NOW.plus(KEPT + 1)).unwrap();
        assert_eq!(store.leads(&asked, NOW).unwrap(), BTreeMap::new());
    }
}
