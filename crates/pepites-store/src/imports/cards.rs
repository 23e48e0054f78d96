//! Takes the rows of people that an import brought, takes them back: people who are new go, those who were there lose only
//! these rows. Never touches who was changed, refused, joined or parted since.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::model::ContactId;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::TakenBack;
use crate::error::Trouble;

/// A row that an import brought.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Carding {
    /// Its row.
    pub(crate) card: i64,
    /// Whose.
    pub(crate) contact: ContactId,
    /// They are new.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) new: bool,
    /// The same row of somebody who had been taken off the list, in whose place it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) instead: Option<Replaced>,
}

/// A row that another took the place of.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Replaced {
    /// Its row.
    pub(crate) card: i64,
    /// Whose.
    pub(crate) contact: ContactId,
    /// The file that it was of.
    pub(crate) file: String,
    /// Its line there.
    pub(crate) line: i64,
    /// What it says, in JSON.
    pub(crate) said: String,
}

/// Somebody of whom there is no row, and of whom the reader said nothing.
const NOBODY: &str = "
    DELETE FROM contacts
    WHERE id = ?1 AND name IS NULL AND organisation IS NULL AND struck = '[]'
      AND NOT EXISTS (SELECT 1 FROM contact_cards WHERE contact = ?1)
      AND NOT EXISTS (SELECT 1 FROM contact_verdicts WHERE contact = ?1)";

/// Brings the rows to an end, and the people that they made.
pub(super) fn take_back(library: &Connection, cards: &[Carding], back: &mut TakenBack) -> Result<(), Trouble> {
    let stay = touched(library, cards)?;
    let (mut gone, mut kept, mut rows) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    for Carding { card, contact, new, instead } in cards.iter().rev() {
        let Some(whose) = owner(library, *card)? else { continue };
        if whose != *contact || stay.contains(contact) {
            kept.insert(whose);
            continue;
        }
        match instead {
            // What it says is what the other said: the one hash that both have.
            Some(Replaced { card: before, contact, file, line, said }) => library
                .prepare_cached(
                    "UPDATE contact_cards SET id = ?2, contact = ?3, file = ?4, line = ?5, card = ?6 WHERE id = ?1",
                )?
                .execute(params![card, before, contact.0, file, line, said])?,
            None => library.prepare_cached("DELETE FROM contact_cards WHERE id = ?1")?.execute([card])?,
        };
        gone.insert(*contact);
        if !*new {
            rows.insert(*card, *contact);
        }
    }
    // Who has no row left is nobody, whichever of two files brought them: the one that is taken back last takes them along.
    for contact in gone {
        if library.prepare_cached(NOBODY)?.execute([contact.0])? > 0 {
            back.people += 1;
            rows.retain(|_, whose| *whose != contact);
        }
    }
    back.rows = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    back.kept_people = kept.into_iter().collect();
    Ok(())
}

/// Whom the reader did something about: a name or an address of their own, a refusal, a row that is somebody else's now.
fn touched(library: &Connection, cards: &[Carding]) -> Result<BTreeSet<ContactId>, Trouble> {
    const OWN: &str = "
        SELECT name IS NOT NULL OR organisation IS NOT NULL OR struck <> '[]'
            OR EXISTS (SELECT 1 FROM contact_cards WHERE contact = ?1 AND file = '')
            OR EXISTS (SELECT 1 FROM contact_verdicts WHERE contact = ?1)
        FROM contacts WHERE id = ?1";
    const ROWS: &str = "SELECT count(*) FROM contact_cards WHERE contact = ?1";
    let (mut touched, mut coming) = (BTreeSet::new(), BTreeMap::<ContactId, i64>::new());
    for Carding { contact, .. } in cards {
        *coming.entry(*contact).or_default() += 1;
    }
    for Carding { card, contact, new, .. } in cards {
        if let Some(whose) = owner(library, *card)?.filter(|whose| whose != contact) {
            touched.extend([whose, *contact]);
        }
        // Who has other rows keeps what the reader said of them, whatever rows they lose.
        let rows = || library.prepare_cached(ROWS)?.query_row([contact.0], |row| row.get::<_, i64>(0));
        let all = *new || coming.get(contact).copied().unwrap_or_default() >= rows()?;
        let own = || library.prepare_cached(OWN)?.query_row([contact.0], |row| row.get::<_, bool>(0)).optional();
        if all && own()?.unwrap_or(false) {
            touched.insert(*contact);
        }
    }
    Ok(touched)
}

fn owner(library: &Connection, card: i64) -> Result<Option<ContactId>, Trouble> {
    let sql = "SELECT contact FROM contact_cards WHERE id = ?1";
    Ok(library.prepare_cached(sql)?.query_row([card], |row| row.get(0).map(ContactId)).optional()?)
}
