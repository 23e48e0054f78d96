//! Takes people, counts what several of them have in common: what many have is nobody's own.

use std::collections::BTreeMap;

use super::{
    Person, hosts,
    questions::{accounts, mail_sites, sites},
};

/// What several people of the reader's have in common: addresses and mail domains, and how many have each.
#[derive(Clone, Debug, Default)]
pub struct Shared(BTreeMap<String, u32>);

impl Shared {
    /// Of these people.
    #[must_use]
    pub fn of<'a>(people: impl IntoIterator<Item = &'a Person>) -> Self {
        let mut counts = BTreeMap::new();
        for person in people {
            let mut places: Vec<String> = sites(person).iter().map(|(url, _)| hosts::place(url.as_str())).collect();
            places.extend(accounts(person, None).iter().map(|(address, _)| hosts::place(&address.locator)));
            places.extend(mail_sites(person).iter().map(|url| hosts::place(url.as_str())));
            places.extend(
                person.emails.iter().filter_map(|email| hosts::domain_of(email)).map(|domain| format!("@{domain}")),
            );
            places.sort();
            places.dedup();
            for place in places {
                *counts.entry(place).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// How many have it.
    pub(super) fn has(&self, place: &str) -> u32 {
        self.0.get(place).copied().unwrap_or_default()
    }
}
