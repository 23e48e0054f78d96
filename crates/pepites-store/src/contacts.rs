//! People of the reader's contacts, what was asked about them, and whom the reader said a source is not.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    interchange::contacts::Card,
    model::{Address, ContactId, Moment},
    people::{Answer, Answers, Own, Person},
};
use rusqlite::{Connection, OptionalExtension, params};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    Store, StoreError,
    error::{Trouble, missing},
    events::{Event, log},
    store::Durability,
};

mod adding;
#[cfg(test)]
mod tests;

pub(crate) use adding::add;

/// A person as the library has them.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// Of all their cards, as the reader changed them.
    pub person: Person,
    /// What the reader changed.
    pub own: Own,
    /// Sources that the reader said are not theirs: kind and place.
    pub not: BTreeSet<(String, String)>,
    /// The ids of their cards, in the order of the person's rows.
    pub cards: Vec<i64>,
}

/// What became of the cards of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carded {
    /// People who are new.
    pub added: u32,
    /// Cards that joined somebody who was known, or who came earlier in the same file.
    pub joined: u32,
    /// Cards that said what another had said already.
    pub repeated: u32,
}

/// An answer to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerRow {
    /// The question's key.
    pub question: String,
    /// When it may be asked again.
    pub again: Moment,
    /// None: nothing answered.
    pub answer: Option<Answer>,
}

/// What was heard of all questions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heard {
    /// The answers, by question.
    pub answers: Answers,
    /// Questions that need not be asked again yet, answered or not.
    pub fresh: BTreeSet<String>,
    /// When the first of these may be asked again; None where there is none.
    pub until: Option<Moment>,
}

/// Where the reader's own card stands: what they added by hand.
const BY_HAND: &str = "";

const PEOPLE: &str = "
    SELECT id, name, organisation, struck FROM contacts WHERE removed IS NULL AND (?1 IS NULL OR id = ?1) ORDER BY id";

const CARDS: &str = "
    SELECT contact, file, card, id FROM contact_cards WHERE ?1 IS NULL OR contact = ?1 ORDER BY contact, id";

const VERDICTS: &str = "
    SELECT contact, kind, place FROM contact_verdicts WHERE ?1 IS NULL OR contact = ?1";

impl Store {
    /// Everybody, by id.
    pub fn contacts(&self) -> Result<Vec<Contact>, StoreError> {
        self.read(|library| people(library, None))
    }

    /// A number that grows with each change of the people, of what the reader said of them and of what was heard.
    pub fn contacts_turn(&self) -> Result<i64, StoreError> {
        self.read(|library| {
            Ok(library.prepare_cached("SELECT turn FROM contacts_turn")?.query_row([], |row| row.get(0))?)
        })
    }

    /// One person.
    pub fn contact(&self, id: ContactId) -> Result<Contact, StoreError> {
        self.read(|library| one(library, id))
    }

    /// How many people there are.
    pub fn contact_count(&self) -> Result<u32, StoreError> {
        let count = "SELECT count(*) FROM contacts WHERE removed IS NULL";
        self.read(|library| Ok(library.prepare_cached(count)?.query_row([], |row| row.get(0))?))
    }

    /// Changes what is the reader's own of a person, and adds what they typed (`card`) to their cards.
    pub fn change_contact(&self, id: ContactId, own: &Own, card: Option<Card>, now: Moment) -> Result<(), StoreError> {
        let own = own.clone();
        self.write(Durability::Power, move |library| {
            write_own(library, id, &own, now)?;
            if let Some(card) = card {
                insert(library, id, BY_HAND, &card, hash(&card) ^ id.0)?;
            }
            Ok(())
        })
    }

    /// Puts back what was the reader's own of a person before a change: of what they typed, only these `cards` stay.
    pub fn unchange_contact(&self, id: ContactId, own: &Own, cards: &[i64], now: Moment) -> Result<(), StoreError> {
        let (own, cards) = (own.clone(), serde_json::to_string(cards));
        self.write(Durability::Power, move |library| {
            write_own(library, id, &own, now)?;
            let sql = "DELETE FROM contact_cards
                       WHERE contact = ?1 AND file = ?2 AND id NOT IN (SELECT value FROM json_each(?3))";
            library.prepare_cached(sql)?.execute(params![id.0, BY_HAND, cards?])?;
            Ok(())
        })
    }

    /// Makes one person of two: the second's cards become the first's. What the reader said of the second waits for who
    /// parts them again.
    pub fn join_contacts(&self, one: ContactId, other: ContactId, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Power, move |library| {
            for id in [one, other] {
                there(library, id)?;
            }
            if one == other {
                return Ok(());
            }
            library.prepare_cached("UPDATE contact_cards SET contact = ?1 WHERE contact = ?2")?.execute([one.0, other.0])?;
            library
                .prepare_cached("INSERT OR IGNORE INTO contact_verdicts SELECT ?1, kind, place, at FROM contact_verdicts WHERE contact = ?2")?
                .execute([one.0, other.0])?;
            library
                .prepare_cached("UPDATE contacts SET removed = ?2 WHERE id = ?1")?
                .execute([other.0, now.0])?;
            Ok(())
        })
    }

    /// Gives some cards of a person to another: somebody new, or `to`, who was joined before and comes back. Gives who.
    pub fn part_contact(
        &self,
        id: ContactId,
        cards: &[i64],
        to: Option<ContactId>,
        now: Moment,
    ) -> Result<ContactId, StoreError> {
        let cards = cards.to_vec();
        self.write(Durability::Power, move |library| {
            there(library, id)?;
            let to = match to {
                Some(to) => {
                    let back = "UPDATE contacts SET removed = NULL WHERE id = ?1";
                    if library.prepare_cached(back)?.execute([to.0])? == 0 {
                        return Err(missing("contact", to));
                    }
                    to
                }
                None => somebody(library, now)?,
            };
            for card in cards {
                let sql = "UPDATE contact_cards SET contact = ?1 WHERE id = ?2 AND contact = ?3";
                if library.prepare_cached(sql)?.execute([to.0, card, id.0])? == 0 {
                    return Err(missing("contact", card));
                }
            }
            Ok(to)
        })
    }

    /// Takes people off the list, or brings them back: everything about them stays until then.
    pub fn remove_contacts(&self, ids: &[ContactId], back: bool, now: Moment) -> Result<(), StoreError> {
        let ids = ids.to_vec();
        self.write(Durability::Power, move |library| {
            for id in ids {
                let removed = (!back).then_some(now.0);
                let sql = "UPDATE contacts SET removed = ?2 WHERE id = ?1";
                if library.prepare_cached(sql)?.execute(params![id.0, removed])? == 0 {
                    return Err(missing("contact", id));
                }
            }
            Ok(())
        })
    }

    /// Forgets everybody and everything that was asked about them.
    pub fn forget_contacts(&self) -> Result<(), StoreError> {
        self.write(Durability::Power, |library| {
            for table in ["contact_verdicts", "contact_cards", "contact_answers", "contacts"] {
                library.execute(&format!("DELETE FROM {table}"), [])?;
            }
            // Which file they came with is known of nobody either.
            library.execute("DELETE FROM imports WHERE people > 0", [])?;
            Ok(())
        })
    }

    /// Keeps that a source is not this person, or takes that back.
    pub fn say_not(&self, id: ContactId, address: &Address, holds: bool, now: Moment) -> Result<(), StoreError> {
        let address = address.clone();
        self.write(Durability::Power, move |library| {
            there(library, id)?;
            let (kind, place) = address.place();
            if holds {
                library
                    .prepare_cached(
                        "INSERT OR IGNORE INTO contact_verdicts (contact, kind, place, at) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![id.0, kind, place, now.0])?;
            } else {
                library
                    .prepare_cached("DELETE FROM contact_verdicts WHERE contact = ?1 AND kind = ?2 AND place = ?3")?
                    .execute(params![id.0, kind, place])?;
            }
            let value = serde_json::json!({ "kind": kind, "address": address.locator, "holds": holds });
            log(library, now, &Event { what: "not_person", value, ..Event::default() })
        })
    }

    /// Every answer that was heard, and what need not be asked again yet.
    pub fn answers(&self, now: Moment) -> Result<Heard, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached("SELECT question, again, answer FROM contact_answers")?;
            let mut rows = statement.query([])?;
            let mut heard = Heard::default();
            while let Some(row) = rows.next()? {
                let (question, again): (String, i64) = (row.get(0)?, row.get(1)?);
                if again > now.0 {
                    heard.fresh.insert(question.clone());
                    heard.until = Some(heard.until.map_or(Moment(again), |until| until.min(Moment(again))));
                }
                let answer: Option<String> = row.get(2)?;
                // One that another version wrote is asked again.
                if let Some(answer) = answer.and_then(|json| serde_json::from_str(&json).ok()) {
                    heard.answers.insert(question, answer);
                }
            }
            Ok(heard)
        })
    }

    /// Keeps answers. One that was not had leaves an earlier one as it is.
    pub fn keep_answers(&self, rows: Vec<AnswerRow>, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Process, move |library| {
            let mut statement = library.prepare_cached(
                "INSERT INTO contact_answers (question, asked, again, answer) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (question) DO UPDATE SET
                     asked = excluded.asked, again = excluded.again, answer = coalesce(excluded.answer, answer)",
            )?;
            for row in &rows {
                let answer = row.answer.as_ref().map(serde_json::to_string).transpose()?;
                statement.execute(params![row.question, now.0, row.again.0, answer])?;
            }
            Ok(())
        })
    }
}

fn write_own(library: &Connection, id: ContactId, own: &Own, now: Moment) -> Result<(), Trouble> {
    let struck = serde_json::to_string(&own.struck)?;
    let sql = "UPDATE contacts SET name = ?2, organisation = ?3, struck = ?4 WHERE id = ?1 AND removed IS NULL";
    if library.prepare_cached(sql)?.execute(params![id.0, own.name, own.organisation, struck])? == 0 {
        return Err(missing("contact", id));
    }
    let value = serde_json::json!({ "contact": id.0 });
    log(library, now, &Event { what: "contact", value, ..Event::default() })
}

/// Somebody new, under a number that nobody ever had: an import that is taken back must meet nobody else.
fn somebody(library: &Connection, now: Moment) -> Result<ContactId, Trouble> {
    let sql = "INSERT INTO contacts (id, added) VALUES ((SELECT contact + 1 FROM contact_ids), ?1) RETURNING id";
    Ok(ContactId(library.prepare_cached(sql)?.query_row([now.0], |row| row.get(0))?))
}

fn insert(library: &Connection, id: ContactId, file: &str, card: &Card, hash: i64) -> Result<(), Trouble> {
    let sql = "INSERT OR IGNORE INTO contact_cards (id, contact, file, line, card, hash)
               VALUES ((SELECT card + 1 FROM contact_ids), ?1, ?2, ?3, ?4, ?5)";
    let json = serde_json::to_string(card)?;
    library.prepare_cached(sql)?.execute(params![id.0, file, card.row, json, hash])?;
    Ok(())
}

/// Of what it says: the same person may stand on another line of tomorrow's file.
fn hash(card: &Card) -> i64 {
    let json = serde_json::to_string(&Card { row: 0, ..card.clone() }).unwrap_or_default();
    xxh3_64(json.as_bytes()).cast_signed()
}

fn read_card(json: &str) -> Result<Card, Trouble> {
    Ok(serde_json::from_str(json)?)
}

fn people(library: &Connection, id: Option<ContactId>) -> Result<Vec<Contact>, Trouble> {
    let id = id.map(|id| id.0);
    let mut cards: BTreeMap<i64, Vec<(String, Card)>> = BTreeMap::new();
    let mut ids: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    let mut statement = library.prepare_cached(CARDS)?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let card = read_card(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
        cards.entry(row.get(0)?).or_default().push((row.get(1)?, card));
        ids.entry(row.get(0)?).or_default().push(row.get(3)?);
    }
    let mut not: BTreeMap<i64, BTreeSet<(String, String)>> = BTreeMap::new();
    let mut statement = library.prepare_cached(VERDICTS)?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        not.entry(row.get(0)?).or_default().insert((row.get(1)?, row.get(2)?));
    }
    let mut people = Vec::new();
    let mut statement = library.prepare_cached(PEOPLE)?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let struck: String = row.get(3)?;
        let own = Own { name: row.get(1)?, organisation: row.get(2)?, struck: serde_json::from_str(&struck)? };
        let cards = cards.remove(&id).unwrap_or_default();
        let person = Person::of(ContactId(id), &own, &cards);
        let (not, cards) = (not.remove(&id).unwrap_or_default(), ids.remove(&id).unwrap_or_default());
        people.push(Contact { person, own, not, cards });
    }
    Ok(people)
}

fn one(library: &Connection, id: ContactId) -> Result<Contact, Trouble> {
    people(library, Some(id))?.pop().ok_or_else(|| missing("contact", id))
}

fn there(library: &Connection, id: ContactId) -> Result<(), Trouble> {
    let sql = "SELECT 1 FROM contacts WHERE id = ?1 AND removed IS NULL";
    let found: Option<i64> = library.prepare_cached(sql)?.query_row([id.0], |row| row.get(0)).optional()?;
    found.map(drop).ok_or_else(|| missing("contact", id))
}
