//! Takes people and answers, gives the views of them: standing, matches, the funnel. Never asks anything.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    digest::{Budget, seconds},
    model::{Address, ContactId, Source},
    people::{Answers, Asking, Match, Question, SURE, Shared, Stage, THRESHOLD, matches, questions},
    text::secret::masked,
};
use pepites_store::Contact;
use url::Url;

use super::count;
use crate::contract::{Among, ContactView, MatchView, NetworkView, RowView, Settings, StageView, Standing};

/// [`SURE`], of 100.
pub(super) const SURE_OF_100: u32 = 90;
/// [`THRESHOLD`], of 100.
const THRESHOLD_OF_100: u32 = 30;
/// Hosts of a stage that are named; more are counted.
const HOSTS_NAMED: usize = 8;
/// Matches of one person that are shown: what is gone, and namesakes, do not end.
const MATCHES: usize = 12;

/// All that views are made of.
pub(super) struct Found {
    contacts: Vec<Contact>,
    answers: Answers,
    fresh: BTreeSet<String>,
    shared: Shared,
    followed: BTreeSet<(String, String)>,
    bridge: Option<String>,
    budget: Budget,
    words_per_minute: u32,
}

impl Found {
    pub(super) fn new(
        contacts: Vec<Contact>,
        answers: Answers,
        fresh: BTreeSet<String>,
        sources: &[Source],
        settings: &Settings,
    ) -> Self {
        let shared = Shared::of(contacts.iter().map(|contact| &contact.person));
        let place = |address: &Address| (address.place().0.to_owned(), address.place().1.to_owned());
        let mut followed: BTreeSet<(String, String)> = sources.iter().map(|source| place(&source.address)).collect();
        let feeds = sources
            .iter()
            .filter_map(|source| Some(place(&Address { locator: source.feed.clone()?, ..source.address.clone() })));
        followed.extend(feeds.collect::<Vec<_>>());
        Self {
            contacts,
            answers,
            fresh,
            shared,
            followed,
            bridge: settings.x_bridge.clone(),
            budget: settings.budget,
            words_per_minute: settings.words_per_minute,
        }
    }

    pub(super) fn views(&self) -> Vec<ContactView> {
        self.contacts.iter().map(|contact| self.of(contact)).collect()
    }

    pub(super) fn view(&self, id: ContactId) -> Option<ContactView> {
        self.contacts.iter().find(|contact| contact.person.id == id).map(|contact| self.of(contact))
    }

    /// The source of a person that is shown as `address`.
    pub(super) fn address(&self, id: ContactId, address: &str) -> Option<Address> {
        let contact = self.contacts.iter().find(|contact| contact.person.id == id)?;
        let found = self.matches(contact).into_iter().map(|found| found.address);
        found.into_iter().find(|found| masked(&found.locator) == address || found.locator == address)
    }

    fn matches(&self, contact: &Contact) -> Vec<Match> {
        matches(&contact.person, &self.answers, &self.shared, self.bridge.as_deref())
    }

    fn of(&self, contact: &Contact) -> ContactView {
        let person = &contact.person;
        let mut views: Vec<MatchView> =
            self.matches(contact).into_iter().map(|found| self.shown(contact, found)).collect();
        views.retain(|found| found.confidence == 0 || found.confidence >= THRESHOLD_OF_100 || found.not);
        views.truncate(MATCHES);
        ContactView {
            id: person.id,
            name: person.shown().to_owned(),
            organisation: person.organisation.clone(),
            emails: person.emails.clone(),
            addresses: person.said.iter().map(|said| said.text.clone()).collect(),
            notes: person.notes.clone(),
            groups: person.groups.clone(),
            rows: person
                .rows
                .iter()
                .zip(&contact.cards)
                .map(|((file, line), card)| RowView { card: *card, file: file.clone(), line: *line })
                .collect(),
            standing: standing(&views),
            matches: views,
        }
    }

    fn shown(&self, contact: &Contact, found: Match) -> MatchView {
        let (kind, place) = found.address.place();
        let key = (kind.to_owned(), place.to_owned());
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
            kind: kind.to_owned(),
            title: visit.and_then(|visit| visit.title.clone()),
            stage: found.stage,
            confidence: of_100(found.confidence),
            reasons: found.reasons,
            posts_a_week,
            minutes_a_day,
            share,
            last_post: visit.and_then(|visit| visit.last_post),
            followed: self.followed.contains(&key),
            not: contact.not.contains(&key),
        }
    }

    /// Every question of a stage that is to be asked now, each once, whoever it is about.
    pub(super) fn due(&self, stage: Stage, server: Option<&str>) -> BTreeMap<String, Question> {
        let mut due = self.questions(stage, server);
        due.retain(|key, _| !self.fresh.contains(key));
        due
    }

    fn questions(&self, stage: Stage, server: Option<&str>) -> BTreeMap<String, Question> {
        let asking = Asking { server, bridge: self.bridge.as_deref(), answers: &self.answers, shared: &self.shared };
        let all = self.contacts.iter().flat_map(|contact| questions(&contact.person, stage, &asking));
        all.map(|question| (question.what.key(), question)).collect()
    }

    /// The funnel.
    pub(super) fn stages(&self, views: &[ContactView], on: &[Stage], server: Option<&str>) -> Vec<StageView> {
        let asking = Asking { server, bridge: self.bridge.as_deref(), answers: &self.answers, shared: &self.shared };
        let first: Vec<Option<&MatchView>> = views.iter().map(|view| best(&view.matches)).collect();
        let stage = |stage: Stage| {
            let people = self.contacts.iter().filter(|contact| !questions(&contact.person, stage, &asking).is_empty());
            let people = count(people.count());
            let all = self.questions(stage, server);
            let due: Vec<&Question> =
                all.iter().filter(|(key, _)| !self.fresh.contains(*key)).map(|(_, question)| question).collect();
            let by = |standing: Standing| {
                let of = views
                    .iter()
                    .zip(&first)
                    .filter(|(view, best)| view.standing == standing && best.is_some_and(|best| best.stage == stage));
                count(of.count())
            };
            let (hosts, hosts_in_all) = hosts(&due);
            StageView {
                stage,
                on: on.contains(&stage),
                people,
                found: by(Standing::Found),
                unsure: by(Standing::Unsure),
                asked: count(all.len() - due.len()),
                due: count(due.len()),
                requests: due.iter().map(|question| question.what.requests()).sum(),
                hosts,
                hosts_in_all,
            }
        };
        Stage::ALL.into_iter().map(stage).collect()
    }
}

/// By network: who has one there.
pub(super) fn networks(views: &[ContactView]) -> Vec<NetworkView> {
    let mut networks: BTreeMap<&str, NetworkView> = BTreeMap::new();
    for view in views {
        let mut best: BTreeMap<&str, u32> = BTreeMap::new();
        for found in view.matches.iter().filter(|found| !found.not) {
            let confidence = best.entry(found.kind.as_str()).or_default();
            *confidence = found.confidence.max(*confidence);
        }
        for (kind, confidence) in best.into_iter().filter(|(_, confidence)| *confidence >= THRESHOLD_OF_100) {
            let new = || NetworkView { kind: kind.to_owned(), found: 0, unsure: 0 };
            let network = networks.entry(kind).or_insert_with(new);
            network.found += u32::from(confidence >= SURE_OF_100);
            network.unsure += u32::from(confidence < SURE_OF_100);
        }
    }
    networks.into_values().collect()
}

/// What a person stands by: the surest, found by the earliest stage among equals.
fn best(matches: &[MatchView]) -> Option<&MatchView> {
    let sure = |found: &&MatchView| !found.not && found.confidence >= SURE_OF_100;
    // Of several sure ones the funnel counts the first that found the person.
    let first = matches.iter().filter(sure).min_by_key(|found| found.stage);
    first.or_else(|| matches.iter().find(|found| !found.not && found.confidence >= THRESHOLD_OF_100))
}

fn standing(matches: &[MatchView]) -> Standing {
    match best(matches).map(|found| found.confidence) {
        Some(confidence) if confidence >= SURE_OF_100 => Standing::Found,
        Some(_) => Standing::Unsure,
        None => Standing::Missing,
    }
}

/// Whether a list of some shows them.
pub(super) fn is_among(view: &ContactView, among: Among) -> bool {
    match among {
        Among::Found => view.standing == Standing::Found,
        Among::Unsure => view.standing == Standing::Unsure,
        Among::Missing => view.standing == Standing::Missing,
        Among::Followed => {
            let followed = |found: &MatchView| found.followed && !found.not && found.confidence > 0;
            view.standing == Standing::Found && view.matches.iter().any(followed)
        }
        Among::Refused => view.matches.iter().any(|found| found.not),
    }
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

/// The hosts that questions go to, the most asked first, and how many there are.
fn hosts(questions: &[&Question]) -> (Vec<String>, u32) {
    let mut hosts: BTreeMap<String, u32> = BTreeMap::new();
    for question in questions {
        let url = match &question.what {
            pepites_core::people::What::Look(address) if address.kind == "bluesky" => {
                Some("https://public.api.bsky.app/".to_owned())
            }
            pepites_core::people::What::Look(address) => Some(address.locator.clone()),
            what => what.request().map(|request| request.url),
        };
        let host = url.and_then(|url| Url::parse(&url).ok()?.host_str().map(str::to_owned));
        if let Some(host) = host {
            *hosts.entry(host).or_default() += 1;
        }
    }
    let in_all = count(hosts.len());
    let mut hosts: Vec<(String, u32)> = hosts.into_iter().collect();
    hosts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    (hosts.into_iter().take(HOSTS_NAMED).map(|(host, _)| host).collect(), in_all)
}
