//! Takes what people come to, gives the views of them: standing, matches, counts, the funnel. Never asks anything.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use pepites_core::{
    digest::{Budget, seconds},
    model::{Address, ContactId, Source},
    people::{Followed, Match, SURE, Stage, THRESHOLD},
    text::secret::masked,
};
use pepites_store::Contact;

use super::{count, known::Known};
use crate::contract::{
    Among, ContactView, ContactsAsk, ContactsReport, MatchView, NetworkView, OwnView, RowView, Settings, StageView,
    Standing,
};

/// [`SURE`], of 100.
pub(super) const SURE_OF_100: u32 = 90;
/// [`THRESHOLD`], of 100.
const THRESHOLD_OF_100: u32 = 30;
/// Matches of one person that are shown: what is gone, and namesakes, do not end.
const MATCHES: usize = 12;

/// People as they are shown to a reader with these settings.
pub(super) struct Found {
    pub(super) known: Arc<Known>,
    budget: Budget,
    words_per_minute: u32,
}

/// What of a match counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brief<'a> {
    found: &'a Match,
    confidence: u32,
    not: bool,
    followed: bool,
}

/// What was found of a person, as far as it is shown.
pub(super) fn briefs<'a>(found: &'a [Match], not: &BTreeSet<(String, String)>, followed: &Followed) -> Vec<Brief<'a>> {
    let brief = |found: &'a Match| {
        let (kind, place) = found.address.place();
        let key = (kind.to_owned(), place.to_owned());
        Brief {
            found,
            confidence: of_100(found.confidence),
            not: not.contains(&key),
            followed: followed.contains(&key),
        }
    };
    let shown = |brief: &Brief<'_>| brief.confidence == 0 || brief.confidence >= THRESHOLD_OF_100 || brief.not;
    found.iter().map(brief).filter(shown).take(MATCHES).collect()
}

/// What a person stands by: the surest, found by the earliest stage among equals.
fn best<'a, 'b>(briefs: &'b [Brief<'a>]) -> Option<&'b Brief<'a>> {
    let sure = |brief: &&Brief<'_>| !brief.not && brief.confidence >= SURE_OF_100;
    // Of several sure ones the funnel counts the first that found the person.
    let first = briefs.iter().filter(sure).min_by_key(|brief| brief.found.stage);
    first.or_else(|| briefs.iter().find(|brief| !brief.not && brief.confidence >= THRESHOLD_OF_100))
}

/// Whether they can be followed.
pub(super) fn standing(briefs: &[Brief<'_>]) -> Standing {
    match best(briefs).map(|brief| brief.confidence) {
        Some(confidence) if confidence >= SURE_OF_100 => Standing::Found,
        Some(_) => Standing::Unsure,
        None => Standing::Missing,
    }
}

/// Whether a list of some shows them.
fn is_among(briefs: &[Brief<'_>], among: Among) -> bool {
    match among {
        Among::Found => standing(briefs) == Standing::Found,
        Among::Unsure => standing(briefs) == Standing::Unsure,
        Among::Missing => standing(briefs) == Standing::Missing,
        Among::Followed => {
            let followed = |brief: &Brief<'_>| brief.followed && !brief.not && brief.confidence > 0;
            standing(briefs) == Standing::Found && briefs.iter().any(followed)
        }
        Among::Refused => briefs.iter().any(|brief| brief.not),
    }
}

/// What the reader follows, by its own address and by its feed's.
pub(super) fn followed(sources: &[Source]) -> Followed {
    let place = |address: &Address| (address.place().0.to_owned(), address.place().1.to_owned());
    let feeds = sources
        .iter()
        .filter_map(|source| Some(place(&Address { locator: source.feed.clone()?, ..source.address.clone() })));
    sources.iter().map(|source| place(&source.address)).chain(feeds).collect()
}

impl Found {
    pub(super) fn new(known: Arc<Known>, settings: &Settings) -> Self {
        Self { known, budget: settings.budget, words_per_minute: settings.words_per_minute }
    }

    /// Everybody, by id.
    pub(super) fn views(&self) -> impl Iterator<Item = ContactView> {
        (0..self.known.contacts.len()).filter_map(|at| self.of(at))
    }

    /// Some, as a list shows them.
    pub(super) fn list(&self, ask: &ContactsAsk) -> Vec<ContactView> {
        let words = ask.words.as_deref().map(|words| words.trim().to_lowercase()).filter(|words| !words.is_empty());
        let wanted = |at: usize| {
            let has = |words: &String| self.known.contacts.get(at).is_some_and(|contact| has(contact, words));
            ask.only.is_none_or(|only| is_among(&self.known.briefs(at), only)) && words.as_ref().is_none_or(has)
        };
        let [start, limit] = [ask.offset, ask.limit].map(|number| usize::try_from(number).unwrap_or(usize::MAX));
        let listed = self.known.order.iter().copied().filter(|at| wanted(*at));
        listed.skip(start).take(limit).filter_map(|at| self.of(at)).collect()
    }

    pub(super) fn view(&self, id: ContactId) -> Option<ContactView> {
        self.of(self.known.at(id)?)
    }

    /// The source of a person that is shown as `address`.
    pub(super) fn address(&self, id: ContactId, address: &str) -> Option<Address> {
        let found = self.known.matches.get(self.known.at(id)?)?.iter().map(|found| &found.address);
        let mut found = found.filter(|found| masked(&found.locator) == address || found.locator == address);
        found.next().cloned()
    }

    fn of(&self, at: usize) -> Option<ContactView> {
        let contact = self.known.contacts.get(at)?;
        let briefs = self.known.briefs(at);
        let person = &contact.person;
        let rows = person.rows.iter().zip(&contact.cards);
        Some(ContactView {
            id: person.id,
            name: person.shown().to_owned(),
            organisation: person.organisation.clone(),
            emails: person.emails.clone(),
            addresses: person.said.iter().map(|said| said.text.clone()).collect(),
            notes: person.notes.clone(),
            groups: person.groups.clone(),
            rows: rows.map(|((file, line), card)| RowView { card: *card, file: file.clone(), line: *line }).collect(),
            standing: standing(&briefs),
            matches: briefs.iter().map(|brief| self.shown(brief)).collect(),
            own: OwnView {
                name: contact.own.name.clone(),
                organisation: contact.own.organisation.clone(),
                struck: contact.own.struck.clone(),
            },
        })
    }

    fn shown(&self, brief: &Brief<'_>) -> MatchView {
        let found = brief.found;
        let visit = found.visit.as_ref();
        let posts_a_week = visit.and_then(|visit| visit.posts_a_week);
        let words = visit.and_then(|visit| visit.words);
        let minutes_a_day = posts_a_week
            .zip(words)
            .map(|(rate, words)| rate / 7.0 * f64::from(seconds(words, self.words_per_minute)) / 60.0);
        let share = match self.budget {
            Budget::Posts(posts) => posts_a_week.map(|rate| rate / 7.0 * 100.0 / f64::from(posts.max(1))),
            Budget::Minutes(minutes) => minutes_a_day.map(|taken| taken * 100.0 / f64::from(minutes.max(1))),
        };
        MatchView {
            address: masked(&found.address.locator).into_owned(),
            kind: found.address.place().0.to_owned(),
            title: visit.and_then(|visit| visit.title.clone()),
            stage: found.stage,
            confidence: brief.confidence,
            reasons: found.reasons.clone(),
            posts_a_week,
            minutes_a_day,
            share,
            last_post: visit.and_then(|visit| visit.last_post),
            followed: brief.followed,
            not: brief.not,
        }
    }

    /// Of all people, who can be followed, by stage and by network: with what the stages that are `on` would ask.
    pub(super) fn report(&self, on: &[Stage], server: Option<&str>) -> ContactsReport {
        let mut by_stage = BTreeMap::<(Stage, Standing), u32>::new();
        let mut by_standing = BTreeMap::<Standing, u32>::new();
        let mut networks = BTreeMap::<&str, NetworkView>::new();
        let (mut followed, mut refused) = (0, 0);
        for at in 0..self.known.contacts.len() {
            let briefs = self.known.briefs(at);
            let standing = standing(&briefs);
            *by_standing.entry(standing).or_default() += 1;
            if let Some(best) = best(&briefs) {
                *by_stage.entry((best.found.stage, standing)).or_default() += 1;
            }
            followed += u32::from(is_among(&briefs, Among::Followed));
            refused += u32::from(is_among(&briefs, Among::Refused));
            count_networks(&mut networks, &briefs);
        }
        let of = |standing: Standing| by_standing.get(&standing).copied().unwrap_or_default();
        let by = |stage: Stage, standing: Standing| by_stage.get(&(stage, standing)).copied().unwrap_or_default();
        let funnels = self.known.funnels(server);
        let stages = funnels.iter().map(|funnel| StageView {
            stage: funnel.stage,
            on: on.contains(&funnel.stage),
            people: funnel.people,
            found: by(funnel.stage, Standing::Found),
            unsure: by(funnel.stage, Standing::Unsure),
            asked: funnel.asked,
            due: funnel.due,
            requests: funnel.requests,
            hosts: funnel.hosts.clone(),
            hosts_in_all: funnel.hosts_in_all,
        });
        ContactsReport {
            people: count(self.known.contacts.len()),
            found: of(Standing::Found),
            unsure: of(Standing::Unsure),
            missing: of(Standing::Missing),
            followed,
            refused,
            stages: stages.collect(),
            networks: networks.into_values().collect(),
            server: server.map(str::to_owned),
            most: 0,
            unfinished: false,
            sent: None,
            why: None,
        }
    }
}

/// Counts who has one on each network, by their surest there.
fn count_networks<'a>(networks: &mut BTreeMap<&'a str, NetworkView>, briefs: &[Brief<'a>]) {
    let mut surest: BTreeMap<&str, u32> = BTreeMap::new();
    for brief in briefs.iter().filter(|brief| !brief.not) {
        let confidence = surest.entry(brief.found.address.place().0).or_default();
        *confidence = brief.confidence.max(*confidence);
    }
    for (kind, confidence) in surest.into_iter().filter(|(_, confidence)| *confidence >= THRESHOLD_OF_100) {
        let new = || NetworkView { kind: kind.to_owned(), found: 0, unsure: 0 };
        let network = networks.entry(kind).or_insert_with(new);
        network.found += u32::from(confidence >= SURE_OF_100);
        network.unsure += u32::from(confidence < SURE_OF_100);
    }
}

/// Whether words, in lower case, stand in what is known of a person.
fn has(contact: &Contact, words: &str) -> bool {
    let person = &contact.person;
    let texts = [person.shown()].into_iter().chain(person.organisation.as_deref());
    let texts = texts.chain(person.emails.iter().chain(&person.groups).map(String::as_str));
    let mut texts = texts.chain(person.said.iter().map(|said| said.text.as_str()));
    texts.any(|text| text.to_lowercase().contains(words))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
fn of_100(confidence: f64) -> u32 {
    debug_assert!(
        (SURE * 100.0 - f64::from(SURE_OF_100)).abs() < 1e-9
            && (THRESHOLD * 100.0 - f64::from(THRESHOLD_OF_100)).abs() < 1e-9
    );
    // Rounded down: what is shown as sure is sure.
    (confidence.clamp(0.0, 1.0) * 100.0 + 1e-9) as u32
}
