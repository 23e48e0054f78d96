//! Takes what the reader says of a person of their contacts, keeps it: another name, one more address, two who are one, a
//! source that is not theirs. Never writes to a file of contacts.

use std::sync::PoisonError;

use pepites_core::{
    interchange::contacts::{Card, Place, Said},
    model::{ContactId, Phrase},
    people::Own,
    sources,
    text::secret::masked_typed,
};

use super::finding;
use crate::{
    Engine,
    contract::{BeforeChange, Code, ContactChange, ContactView, NotAsk, OwnView, PartContactAsk, Problem, Work},
};

impl Engine {
    /// Changes a person; what the files say stays with them and can come back.
    ///
    /// # Errors
    /// A problem: what is to be added is no address, there is nobody of that number, or one of the library.
    pub fn change_contact(&self, id: ContactId, change: &ContactChange) -> Result<ContactView, Problem> {
        if let Some(BeforeChange { own, cards }) = &change.back {
            let OwnView { name, organisation, struck } = own.clone();
            self.store.unchange_contact(id, &Own { name, organisation, struck }, cards, self.now())?;
            return self.contact(id);
        }
        let contact = self.store.contact(id)?;
        let said = |text: &Option<String>, kept: Option<String>| match text.as_deref().map(str::trim) {
            None => kept,
            Some("") => None,
            Some(text) => Some(text.to_owned()),
        };
        let mut own = Own {
            name: said(&change.name, contact.own.name),
            organisation: said(&change.organisation, contact.own.organisation),
            struck: contact.own.struck,
        };
        own.struck.extend(change.strike.iter().cloned());
        own.struck.retain(|struck| !change.add.iter().any(|added| added.eq_ignore_ascii_case(struck)));
        own.struck.sort();
        own.struck.dedup();
        let card = if change.add.is_empty() { None } else { Some(typed(&change.add)?) };
        self.store.change_contact(id, &own, card, self.now())?;
        self.contact(id)
    }

    /// Makes one person of two.
    ///
    /// # Errors
    /// A problem: there is nobody of such a number, or one of the library.
    pub fn join_contacts(&self, one: ContactId, other: ContactId) -> Result<ContactView, Problem> {
        self.store.join_contacts(one, other, self.now())?;
        self.contact(one)
    }

    /// Gives rows of a person to somebody else: to somebody new, or to who was joined before and comes back.
    ///
    /// # Errors
    /// A problem: there is nobody of such a number, a row is not theirs, all are, or one of the library.
    pub fn part_contact(&self, ask: &PartContactAsk) -> Result<ContactView, Problem> {
        let all = self.store.contact(ask.contact)?.cards;
        if all.iter().all(|card| ask.cards.contains(card)) || ask.cards.is_empty() {
            return Err(Problem { code: Code::BadInput, detail: Phrase::new("problem.bad_input.part") });
        }
        let parted = self.store.part_contact(ask.contact, &ask.cards, ask.to, self.now())?;
        self.contact(parted)
    }

    /// Takes people off the list, or brings them back.
    ///
    /// # Errors
    /// A problem: there is nobody of such a number, or one of the library.
    pub fn remove_contacts(&self, ids: &[ContactId], undo: bool) -> Result<(), Problem> {
        Ok(self.store.remove_contacts(ids, undo, self.now())?)
    }

    /// Forgets everybody, and everything that was heard about them. What is followed stays.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn forget_contacts(&self) -> Result<(), Problem> {
        // A search that goes on would write of whom it asks for.
        self.stop(Some(Work::Contacts));
        self.store.forget_contacts()?;
        // Nor does the memory keep anybody.
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(self.store.set_setting(finding::RUN, "null")?)
    }

    /// Keeps that a source is not this person, or takes that back.
    ///
    /// # Errors
    /// A problem: the person has no such source, or one of the library.
    pub fn not_contact(&self, ask: &NotAsk) -> Result<ContactView, Problem> {
        let address = self.people_found()?.address(ask.contact, &ask.address);
        let address = address.ok_or_else(|| Problem::new(Code::NothingFound).with("input", ask.address.as_str()))?;
        self.store.say_not(ask.contact, &address, !ask.undo, self.now())?;
        self.contact(ask.contact)
    }
}

/// What the reader typed of a person.
fn typed(texts: &[String]) -> Result<Card, Problem> {
    let mut card = Card::default();
    for text in texts.iter().map(|text| text.trim()) {
        let mail = !text.starts_with('@') && !text.contains('/') && text.split('@').count() == 2;
        if mail {
            card.emails.push(text.to_owned());
        } else if sources::recognise(text).is_some() || sources::x_account(text).is_some() {
            card.said.push(Said { text: text.to_owned(), place: Place::Account });
        } else {
            return Err(Problem::new(Code::AddressUnknown).with("input", masked_typed(text).into_owned()));
        }
    }
    Ok(card)
}
