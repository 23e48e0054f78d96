//! Takes people and new cards, says of each card whose it is. Never joins two by a name alone: a mail address, an account,
//! a site of one's own, or the same employer must agree with it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Card, hosts,
    names::{self, Agreement},
};
use crate::{interchange::contacts::Place, model::ContactId};

/// Whose a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Of a person who is known.
    Known(ContactId),
    /// Of the same person as the new card at that place in the list.
    As(usize),
    /// Of somebody new.
    New,
}

/// More cards under one key than this are no one's: `info@…`, a company's site.
const MOST_UNDER_ONE_KEY: usize = 12;

/// Whose each of `new` is, given the cards of those who are known.
#[must_use]
pub fn assign(known: &[(ContactId, Card)], new: &[Card]) -> Vec<Fate> {
    let mut index: BTreeMap<String, Vec<Slot>> = BTreeMap::new();
    for (id, card) in known {
        for key in keys(card) {
            index.entry(key).or_default().push(Slot { who: Fate::Known(*id), name: card.name.clone() });
        }
    }
    let mut fates = Vec::with_capacity(new.len());
    for (place, card) in new.iter().enumerate() {
        let keys = keys(card);
        let fit = |slot: &&Slot| agrees(card.name.as_deref(), slot.name.as_deref());
        let found = keys.iter().filter_map(|key| index.get(key)).filter(|slots| slots.len() <= MOST_UNDER_ONE_KEY);
        let found = found.flat_map(|slots| slots.iter().filter(fit)).map(|slot| slot.who).next();
        let fate = found.unwrap_or(Fate::New);
        let who = if fate == Fate::New { Fate::As(place) } else { fate };
        for key in keys {
            index.entry(key).or_default().push(Slot { who, name: card.name.clone() });
        }
        fates.push(fate);
    }
    fates
}

struct Slot {
    who: Fate,
    name: Option<String>,
}

/// Two who share an address are one, unless their names say otherwise: a family has one mail address.
fn agrees(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    if names::words(one) == names::words(other) {
        return true;
    }
    match names::agreement(one, other) {
        Agreement::No => false,
        Agreement::Full | Agreement::Unknown => true,
        // Léa and Paul Martin share a word; Léa and Léa Martin are one.
        Agreement::Part => names::words(one).len() == 1 || names::words(other).len() == 1,
    }
}

/// What two cards of one person can have in common, what says most first.
fn keys(card: &Card) -> Vec<String> {
    let mut keys: Vec<String> = card.emails.iter().map(|email| format!("mail {}", email.to_lowercase())).collect();
    for said in card.said.iter().filter(|said| said.place != Place::Notes) {
        if said.is_handle() {
            keys.push(format!("account {}", said.text.to_lowercase()));
        } else if let Some(url) = hosts::web(&said.text) {
            // A page of one's own on a network is as good as an account.
            keys.push(format!("page {}", hosts::place(url.as_str())));
        }
    }
    let Some(name) = &card.name else { return keys };
    let mut words = names::words(name);
    if words.len() < 2 {
        return keys;
    }
    words.sort();
    let name = words.join(" ");
    let employer = card.organisation.as_deref().map(|organisation| names::words(organisation).join(" "));
    keys.extend(employer.filter(|employer| !employer.is_empty()).map(|employer| format!("name {name} at {employer}")));
    let domains: BTreeSet<String> = card.emails.iter().filter_map(|email| hosts::domain_of(email)).collect();
    keys.extend(domains.into_iter().map(|domain| format!("name {name} at {domain}")));
    keys
}
