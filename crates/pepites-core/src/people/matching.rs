//! Takes a person and what was heard, says which sources are theirs, how sure that is, and why in words. A pure function of
//! evidence: nothing of it is kept, so a better rule judges old answers anew. Never sure by a name alone.

use std::collections::BTreeMap;

use super::{
    Answer, Answers, Asking, Followed, How, Person, Stage, Visit, What, hosts,
    names::{self, Agreement},
    questions::{accounts, mail_sites, own_mails, sites},
    shared::Shared,
    weights::*,
};
use crate::{
    interchange::contacts::Place,
    model::{Address, Phrase},
};

/// A source that may be a person's.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Where it is followed.
    pub address: Address,
    /// The first stage that found it.
    pub stage: Stage,
    /// From 0 (it is gone) to 1.
    pub confidence: f64,
    /// Why, the weightiest first: `evidence.…` of the catalogue.
    pub reasons: Vec<Phrase>,
    /// What a visit found there.
    pub visit: Option<Visit>,
}

/// What speaks for one address.
pub(super) struct Case {
    address: Address,
    stage: Stage,
    /// Each takes its part of the doubt that the others left.
    pub(super) strengths: Vec<f64>,
    pub(super) most: f64,
    part: f64,
    pub(super) reasons: Vec<Phrase>,
    /// Whether another name counts against it.
    by_name: bool,
}

/// The sources that may be `person`'s, the surest first. What a visit found gone is last, with confidence 0.
#[must_use]
pub fn matches(person: &Person, asking: &Asking<'_>) -> Vec<Match> {
    let &Asking { answers, shared, followed, .. } = asking;
    let mut trial = Trial { person, answers, shared, followed, cases: BTreeMap::new() };
    for (address, place) in accounts(person, asking.bridge) {
        let why = said(place, address.kind.as_str());
        let place_of = hosts::place(&address.locator);
        let case = trial.case(&address, Stage::File);
        case.strengths.push(trust(place));
        case.reasons.push(why);
        case.by_name |= place == Place::Notes;
        if shared.has(&place_of) > 1 {
            case.hold(MOST_SHARED, Phrase::new("evidence.shared").with("count", shared.has(&place_of)));
        }
    }
    for (url, place) in sites(person) {
        trial.site(&url, trust(place), Some(place), Stage::Site);
        if let Some(host) = url.host_str().filter(|_| hosts::is_own(&url)) {
            trial.by_domain(host, &url, place);
        }
    }
    mail_sites(person).iter().for_each(|url| trial.site(url, OF_MAIL, None, Stage::Mail));
    own_mails(person).for_each(|email| trial.others(&What::Finger(email.clone()), Stage::Webfinger));
    person.emails.iter().for_each(|email| trial.others(&What::Gravatar(email.clone()), Stage::Gravatar));
    trial.searched();
    trial.decide()
}

fn trust(place: Place) -> f64 {
    match place {
        Place::Account => OF_ACCOUNT,
        Place::Entry => OF_ENTRY,
        Place::Website => OF_WEBSITE,
        Place::Notes => OF_NOTES,
    }
}

fn said(place: Place, kind: &str) -> Phrase {
    let key = match place {
        Place::Account => "evidence.said_account",
        Place::Entry => "evidence.said_entry",
        Place::Website => "evidence.said_website",
        Place::Notes => "evidence.said_notes",
    };
    Phrase::new(key).with("kind", kind)
}

pub(super) struct Trial<'a> {
    pub(super) person: &'a Person,
    pub(super) answers: &'a Answers,
    pub(super) shared: &'a Shared,
    pub(super) followed: &'a Followed,
    pub(super) cases: BTreeMap<(String, String), Case>,
}

impl Case {
    fn hold(&mut self, most: f64, why: Phrase) {
        self.most = self.most.min(most);
        self.reasons.push(why);
    }
}

impl Trial<'_> {
    pub(super) fn case(&mut self, address: &Address, stage: Stage) -> &mut Case {
        let (kind, place) = address.place();
        let new = || Case {
            address: address.clone(),
            stage,
            strengths: Vec::new(),
            most: 1.0,
            part: 1.0,
            reasons: Vec::new(),
            by_name: false,
        };
        let case = self.cases.entry((kind.to_owned(), place.to_lowercase())).or_insert_with(new);
        case.stage = case.stage.min(stage);
        case
    }

    /// A site, and what it offers and names.
    fn site(&mut self, url: &url::Url, trust: f64, place: Option<Place>, stage: Stage) {
        let Some(answer) = self.answers.get(&What::Page(url.to_string()).key()) else { return };
        let host = url.host_str().unwrap_or_default();
        let (trust, most, mut reasons) = self.judge(url, host, trust, place, answer);
        let first = match place {
            Some(place) => said(place, "feed"),
            None => Phrase::new("evidence.mail_domain"),
        };
        reasons.insert(0, first.with("site", host));
        for lead in &answer.leads {
            let (part, why) = match lead.how {
                How::Feed => (1.0, "evidence.feed"),
                How::Me => (BY_ME, "evidence.me"),
                _ => (BY_LINK, "evidence.link"),
            };
            // Of several feeds of a site the first is the main one.
            let main = lead.how != How::Feed || answer.leads.iter().find(|other| other.how == How::Feed) == Some(lead);
            if main {
                let case = self.case(&lead.address, stage);
                case.strengths.push(trust * part);
                case.most = case.most.min(most);
                case.reasons.extend(reasons.iter().cloned());
                case.reasons.push(Phrase::new(why).with("site", host));
                case.by_name |= lead.how == How::Link;
            }
        }
        // A page that names no feed may have one all the same: only a visit tells.
        if let Some(address) = answer.bare.then(|| crate::sources::recognise(url.as_str())).flatten() {
            let seen = self.visit(&address).flatten().is_some();
            if seen {
                let case = self.case(&address, stage);
                case.strengths.push(trust);
                case.most = case.most.min(most);
                case.reasons.extend(reasons);
            }
        }
    }

    /// How far a site is the person's, the most that can come of it, and why.
    fn judge(
        &self,
        url: &url::Url,
        host: &str,
        trust: f64,
        place: Option<Place>,
        answer: &Answer,
    ) -> (f64, f64, Vec<Phrase>) {
        let (mut trust, mut most, mut reasons) = (trust, 1.0_f64, Vec::new());
        // A bookmark is of the site itself, whoever writes it.
        if place == Some(Place::Entry) {
            return (trust, if answer.elsewhere { MOST_ELSEWHERE } else { most }, reasons);
        }
        let name = self.person.name.as_deref().unwrap_or_default();
        let agreement = answer.names.iter().map(|other| names::agreement(name, other)).max();
        let spelt = names::spelt_in(name, hosts::label(host));
        match agreement {
            Some(Agreement::Full) => {
                trust = more(trust, NAME_AGREES);
                reasons.push(Phrase::new("evidence.page_names").with("name", name));
            }
            Some(Agreement::No) if !spelt => {
                trust *= OTHER_NAME;
                let other = answer.names.first().map(String::as_str).unwrap_or_default();
                reasons.push(Phrase::new("evidence.page_names_other").with("name", other));
            }
            _ => {}
        }
        if spelt {
            trust = more(trust, if place.is_none() { BOTH_WAYS } else { NAME_SPELT });
            reasons.push(Phrase::new("evidence.spelt").with("site", host));
        }
        let shared = self.shared.has(&hosts::place(url.as_str()));
        if shared > 1 {
            most = most.min(MOST_SHARED);
            reasons.push(Phrase::new("evidence.shared").with("count", shared));
        } else if !spelt && agreement != Some(Agreement::Full) && self.is_employer(host) {
            most = most.min(MOST_EMPLOYER);
            reasons.push(Phrase::new("evidence.employer").with("site", host));
        }
        if answer.elsewhere {
            most = most.min(MOST_ELSEWHERE);
            reasons.push(Phrase::new("evidence.elsewhere").with("site", host));
        }
        (trust, most, reasons)
    }

    /// A site that is called like whom they work for, or at whose domain several people have mail.
    fn is_employer(&self, host: &str) -> bool {
        let label: String = names::words(hosts::label(host)).concat();
        let organisation = self.person.organisation.as_deref().unwrap_or_default();
        let words = names::words(organisation);
        let longest = words.iter().map(String::len).max().unwrap_or_default();
        let called = !label.is_empty()
            && words.iter().any(|word| word.len() > 3 && word.len() == longest && label.contains(word.as_str()));
        let bare = host.strip_prefix("www.").unwrap_or(host);
        called || words.concat() == label && !label.is_empty() || self.shared.has(&format!("@{bare}")) > 1
    }

    fn by_domain(&mut self, host: &str, url: &url::Url, place: Place) {
        let Some(answer) = self.answers.get(&What::Domain(host.to_owned()).key()) else { return };
        let page = self.answers.get(&What::Page(url.to_string()).key()).cloned().unwrap_or_default();
        let (trust, most, reasons) = self.judge(url, host, trust(place), Some(place), &page);
        for lead in &answer.leads {
            let case = self.case(&lead.address, Stage::Site);
            case.strengths.push(trust * BY_DOMAIN);
            case.most = case.most.min(most);
            case.reasons.extend(reasons.iter().cloned());
            case.reasons.push(Phrase::new("evidence.domain").with("site", host));
        }
    }

    /// What a server or Gravatar names for a mail address.
    fn others(&mut self, what: &What, stage: Stage) {
        let Some(answer) = self.answers.get(&what.key()) else { return };
        for lead in &answer.leads {
            let (strength, why) = match lead.how {
                How::Finger => (BY_FINGER, "evidence.finger"),
                _ => (BY_LISTING, "evidence.listed"),
            };
            let case = self.case(&lead.address, stage);
            case.strengths.push(strength);
            case.reasons.push(Phrase::new(why));
        }
    }

    /// None when nobody looked; Some(None) when it was gone.
    fn visit(&self, address: &Address) -> Option<Option<&Visit>> {
        self.answers.get(&What::Look(address.clone()).key()).map(|answer| answer.visit.as_ref())
    }

    fn decide(self) -> Vec<Match> {
        let Self { person, answers, cases, .. } = self;
        let name = person.name.as_deref().unwrap_or_default();
        let own: Vec<String> = sites(person).iter().map(|(url, _)| hosts::place(url.as_str())).collect();
        let mut found: Vec<Match> = Vec::new();
        for (_, mut case) in cases {
            let seen = answers.get(&What::Look(case.address.clone()).key()).map(|answer| answer.visit.clone());
            let visit = seen.clone().flatten();
            let profile = matches!(case.address.kind.as_str(), "mastodon" | "bluesky");
            if let Some(visit) = &visit {
                let title = visit.title.as_deref().unwrap_or_default();
                match names::agreement(name, title) {
                    Agreement::Full => {
                        case.strengths.push(NAME_AGREES);
                        case.reasons.push(Phrase::new("evidence.called").with("name", title));
                    }
                    Agreement::No if profile && case.by_name => {
                        case.part = OTHER_NAME;
                        case.reasons.push(Phrase::new("evidence.called_other").with("name", title));
                    }
                    _ => {}
                }
                if profile && case.by_name && names::spelt_in(name, &handle(&case.address)) {
                    case.strengths.push(NAME_SPELT);
                    case.reasons.push(Phrase::new("evidence.handle"));
                }
                let back = visit.pages.iter().chain(&visit.site).any(|page| own.contains(&hosts::place(page)));
                if profile && back {
                    case.strengths.push(BOTH_WAYS);
                    case.reasons.push(Phrase::new("evidence.both_ways"));
                }
            }
            let doubt: f64 = case.strengths.iter().map(|strength| 1.0 - strength).product();
            let mut confidence = ((1.0 - doubt) * case.part).min(case.most);
            match seen {
                None => {
                    confidence = confidence.min(MOST_UNSEEN);
                    case.reasons.push(Phrase::new("evidence.unseen"));
                }
                Some(None) => {
                    confidence = 0.0;
                    case.reasons = vec![Phrase::new("evidence.gone")];
                }
                Some(Some(_)) => {}
            }
            let address = visit.as_ref().and_then(|visit| visit.address.clone()).unwrap_or(case.address);
            let mut reasons: Vec<Phrase> = Vec::new();
            for reason in case.reasons {
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            match found.iter_mut().find(|known| known.address.place() == address.place()) {
                Some(known) if known.confidence >= confidence => {}
                Some(known) => {
                    *known = Match { address, stage: case.stage.min(known.stage), confidence, reasons, visit }
                }
                None => found.push(Match { address, stage: case.stage, confidence, reasons, visit }),
            }
        }
        found.sort_by(|one, other| other.confidence.total_cmp(&one.confidence).then(one.stage.cmp(&other.stage)));
        found
    }
}

pub(super) fn key(address: &Address) -> (String, String) {
    let (kind, place) = address.place();
    (kind.to_owned(), place.to_lowercase())
}

/// `leamartin` of `https://social.example/@leamartin` and of `https://bsky.app/profile/leamartin.bsky.social`.
fn handle(address: &Address) -> String {
    let last = address.locator.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    last.trim_start_matches('@').split(".bsky.social").next().unwrap_or_default().to_owned()
}

/// What is left of the doubt is taken by so much.
fn more(trust: f64, part: f64) -> f64 {
    1.0 - (1.0 - trust) * (1.0 - part)
}
