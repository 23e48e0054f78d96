//! Takes people and what was heard, works out what they come to, and keeps that in memory while nothing of it changed: a list
//! of 100,000 people is turned page by page. Never kept on the disk, so that a better rule judges old answers anew.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use pepites_core::{
    model::{ContactId, Moment},
    people::{Answers, Asking, Followed, Match, Question, Shared, Stage, matches, questions_beside},
};
use pepites_store::{Contact, Heard};
use url::Url;

use super::{
    count,
    view::{Brief, briefs, standing},
};

/// Hosts of a stage that are named; more are counted.
const HOSTS_NAMED: usize = 8;
/// Fewer people than this are worked out faster than a thread is begun.
const WORTH_A_THREAD: usize = 2_000;

/// What people come to depends on these, beside the people themselves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grounds {
    /// Of the people and the answers, as the library counts their changes.
    pub(super) turn: i64,
    /// The reader's bridge for accounts of X.
    pub(super) bridge: Option<String>,
    /// What the reader follows.
    pub(super) followed: Followed,
}

/// Everybody, and what they come to.
pub(crate) struct Known {
    grounds: Grounds,
    /// When it was worked out, and until when no answer is due again.
    made: Moment,
    until: Option<Moment>,
    /// By id.
    pub(super) contacts: Vec<Contact>,
    /// What was found of each, in the order of the contacts.
    pub(super) matches: Vec<Vec<Match>>,
    /// The contacts as lists show them: who can be followed first, by name.
    pub(super) order: Vec<usize>,
    answers: Answers,
    fresh: BTreeSet<String>,
    shared: Shared,
    /// What each stage would ask, by the server that names are searched for at.
    funnels: Mutex<BTreeMap<Option<String>, Arc<Vec<Funnel>>>>,
}

/// What a stage would ask, and of whom.
#[derive(Clone, Debug)]
pub(super) struct Funnel {
    pub(super) stage: Stage,
    /// People of whom it has something to ask.
    pub(super) people: u32,
    /// Questions that were asked, and that are to be.
    pub(super) asked: u32,
    pub(super) due: u32,
    /// Requests that these take at most.
    pub(super) requests: u32,
    /// The hosts that they go to, the most asked first, and how many there are.
    pub(super) hosts: Vec<String>,
    pub(super) hosts_in_all: u32,
}

impl Known {
    pub(super) fn new(grounds: Grounds, contacts: Vec<Contact>, heard: Heard, now: Moment) -> Self {
        let shared = Shared::of(contacts.iter().map(|contact| &contact.person));
        let mut known = Self {
            grounds,
            made: now,
            until: heard.until,
            contacts,
            matches: Vec::new(),
            order: Vec::new(),
            answers: heard.answers,
            fresh: heard.fresh,
            shared,
            funnels: Mutex::default(),
        };
        known.matches = known.of_each(|contact, _| matches(&contact.person, &known.asking(None)));
        let mut order: Vec<usize> = (0..known.contacts.len()).collect();
        order.sort_by_cached_key(|at| {
            let shown = known.contacts.get(*at).map(|contact| contact.person.shown().to_lowercase());
            (standing(&known.briefs(*at)), shown, *at)
        });
        known.order = order;
        known
    }

    /// It still stands.
    pub(super) fn holds(&self, grounds: &Grounds, now: Moment) -> bool {
        self.grounds == *grounds && self.made <= now && self.until.is_none_or(|until| now < until)
    }

    /// Where a person is among the contacts.
    pub(super) fn at(&self, id: ContactId) -> Option<usize> {
        self.contacts.binary_search_by_key(&id, |contact| contact.person.id).ok()
    }

    /// What was found of the person at that place, as far as it is shown.
    pub(super) fn briefs(&self, at: usize) -> Vec<Brief<'_>> {
        let both = self.contacts.get(at).zip(self.matches.get(at));
        both.map(|(contact, found)| briefs(found, &contact.not, &self.grounds.followed)).unwrap_or_default()
    }

    fn asking<'a>(&'a self, server: Option<&'a str>) -> Asking<'a> {
        let Grounds { bridge, followed, .. } = &self.grounds;
        Asking { server, bridge: bridge.as_deref(), answers: &self.answers, shared: &self.shared, followed }
    }

    /// Works something out for each person, on every processor.
    fn of_each<T: Send>(&self, of: impl Fn(&Contact, &[Match]) -> T + Sync) -> Vec<T> {
        let one =
            |(at, contact): (usize, &Contact)| of(contact, self.matches.get(at).map(Vec::as_slice).unwrap_or_default());
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let part = self.contacts.len().div_ceil(threads).max(WORTH_A_THREAD);
        let some = |(number, contacts): (usize, &[Contact])| -> Vec<T> {
            contacts.iter().enumerate().map(|(at, contact)| one((number * part + at, contact))).collect()
        };
        if self.contacts.len() <= part {
            return some((0, &self.contacts));
        }
        std::thread::scope(|scope| {
            let some = &some;
            let parts = self.contacts.chunks(part).enumerate();
            let parts: Vec<_> = parts.map(|of_it| scope.spawn(move || some(of_it))).collect();
            let heard =
                parts.into_iter().map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            heard.flatten().collect()
        })
    }

    /// Every question of a stage that is to be asked now, each once, whoever it is about.
    pub(super) fn due(&self, stage: Stage, server: Option<&str>) -> BTreeMap<String, Question> {
        let all = self.all(stage, server).0;
        all.into_iter().filter_map(|(key, question)| Some((key, question?))).collect()
    }

    /// Every question of a stage by its key, None for what need not be asked; and of how many people they are.
    fn all(&self, stage: Stage, server: Option<&str>) -> (BTreeMap<String, Option<Question>>, u32) {
        let asking = self.asking(server);
        let of_each = self.of_each(|contact, found| {
            let questions = questions_beside(&contact.person, found, stage, &asking).into_iter();
            let keyed = questions.map(|question| (question.what.key(), question));
            keyed
                .map(|(key, question)| (Some(question).filter(|_| !self.fresh.contains(&key)), key))
                .collect::<Vec<_>>()
        });
        let people = count(of_each.iter().filter(|questions| !questions.is_empty()).count());
        (of_each.into_iter().flatten().map(|(question, key)| (key, question)).collect(), people)
    }

    /// What each stage would ask.
    pub(super) fn funnels(&self, server: Option<&str>) -> Arc<Vec<Funnel>> {
        let server = server.map(str::to_owned);
        let mut funnels = self.funnels.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Stage::ALL.iter().map(|stage| self.funnel(*stage, server.as_deref())).collect());
        Arc::clone(funnels.entry(server.clone()).or_insert_with(new))
    }

    fn funnel(&self, stage: Stage, server: Option<&str>) -> Funnel {
        let (all, people) = self.all(stage, server);
        let due: Vec<&Question> = all.values().flatten().collect();
        let (hosts, hosts_in_all) = hosts(&due);
        Funnel {
            stage,
            people,
            asked: count(all.len() - due.len()),
            due: count(due.len()),
            requests: due.iter().map(|question| question.what.requests()).sum(),
            hosts,
            hosts_in_all,
        }
    }
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
