//! Takes the cards of a file, gives each to the person whose it is, or to somebody new.

use std::collections::BTreeSet;

use pepites_core::{
    interchange::contacts::Card,
    model::{ContactId, Moment},
    people::{Fate, assign},
};
use rusqlite::{Connection, OptionalExtension};

use super::{Carded, hash, insert, read_card, somebody};
use crate::{
    Store, StoreError,
    error::Trouble,
    imports::{Carding, Replaced},
    store::Durability,
};

impl Store {
    /// Keeps the cards of a file: each joins the person whose it is, or is somebody new. All or nothing.
    pub fn add_cards(&self, file: &str, cards: Vec<Card>, now: Moment) -> Result<Carded, StoreError> {
        let file = file.to_owned();
        self.write(Durability::Power, move |library| Ok(add(library, &file, cards, now, &mut |_| Ok(()))?.0))
    }
}

/// What became of them, and the rows that came. `step` is told of each, and may stop it.
pub(crate) fn add(
    library: &Connection,
    file: &str,
    cards: Vec<Card>,
    now: Moment,
    step: &mut dyn FnMut(usize) -> Result<(), Trouble>,
) -> Result<(Carded, Vec<Carding>), Trouble> {
    let mut carded = Carded::default();
    let mut known_hashes = BTreeSet::new();
    let mut known = Vec::new();
    {
        let mut statement = library.prepare_cached(
            "SELECT contact, card, hash FROM contact_cards JOIN contacts ON contacts.id = contact WHERE removed IS NULL",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            known_hashes.insert(row.get::<_, i64>(2)?);
            known.push((ContactId(row.get(0)?), read_card(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?));
        }
    }
    let mut fresh = Vec::new();
    for card in cards {
        let hash = hash(&card);
        if known_hashes.insert(hash) {
            fresh.push((hash, card));
        } else {
            carded.repeated += 1;
        }
    }
    step(0)?;
    let repeated = carded.repeated as usize;
    let new: Vec<Card> = fresh.iter().map(|(_, card)| card.clone()).collect();
    let mut ids: Vec<ContactId> = Vec::with_capacity(new.len());
    let mut came = Vec::with_capacity(new.len());
    let mut made = BTreeSet::new();
    for (fate, (hash, card)) in assign(&known, &new).into_iter().zip(&fresh) {
        step(repeated + ids.len())?;
        let id = match fate {
            Fate::Known(id) => Some(id),
            Fate::As(place) => ids.get(place).copied(),
            Fate::New => None,
        };
        carded.joined += u32::from(id.is_some());
        carded.added += u32::from(id.is_none());
        let contact = match id {
            Some(id) => id,
            None => {
                let id = somebody(library, now)?;
                made.insert(id);
                id
            }
        };
        // A card of somebody who was taken off the list comes back with its file.
        let instead = library
            .prepare_cached("DELETE FROM contact_cards WHERE hash = ?1 RETURNING id, contact, file, line, card")?
            .query_row([hash], |row| {
                Ok(Replaced {
                    card: row.get(0)?,
                    contact: ContactId(row.get(1)?),
                    file: row.get(2)?,
                    line: row.get(3)?,
                    said: row.get(4)?,
                })
            })
            .optional()?;
        insert(library, contact, file, card, *hash)?;
        let card = library.last_insert_rowid();
        came.push(Carding { card, contact, new: made.contains(&contact), instead });
        ids.push(contact);
    }
    Ok((carded, came))
}
