//! Takes who was found by a person's name, says what speaks for each: the same site, picture or employer, and that the reader
//! follows them. Never makes one of them sure.

use super::{
    How, Lead, Person, Stage, What, hosts,
    matching::{Trial, key},
    names::{self, Agreement},
    questions::{mail_sites, searches, sites},
    weights::*,
};
use crate::model::Phrase;

/// Pictures of one person that candidates are compared with.
const PORTRAITS: usize = 3;

impl Trial<'_> {
    /// Weighs each who was found by the name.
    pub(super) fn searched(&mut self) {
        let Some(name) = self.person.name.clone() else { return };
        let found: Vec<Lead> = self.candidates(&name);
        for lead in found {
            let shown = lead.name.as_deref().unwrap_or_default();
            let agreement = names::agreement(&name, shown);
            if agreement < Agreement::Part {
                continue;
            }
            let words = lead.words.clone().unwrap_or_default().to_lowercase();
            let site = sites(self.person).into_iter().filter(|(url, _)| hosts::is_own(url)).find_map(|(url, _)| {
                let host = url.host_str()?.trim_start_matches("www.").to_owned();
                words.contains(&host).then_some(host)
            });
            let employer = self.person.organisation.clone().filter(|organisation| {
                let longest = names::words(organisation).into_iter().max_by_key(String::len);
                longest.is_some_and(|word| word.len() > 3 && names::words(&words).contains(&word))
            });
            let picture = self.same_picture(&lead);
            let followed =
                self.followed.contains(&(lead.address.place().0.to_owned(), lead.address.place().1.to_owned()));
            let known = self.cases.contains_key(&key(&lead.address));
            let case = self.case(&lead.address, Stage::Search);
            case.strengths.push(BY_SEARCH);
            case.reasons.push(Phrase::new("evidence.search").with("name", shown));
            if agreement == Agreement::Full {
                case.strengths.push(0.25);
            }
            if let Some(site) = site {
                case.strengths.push(SAME_SITE);
                case.reasons.push(Phrase::new("evidence.same_site").with("site", site));
            }
            if let Some(site) = picture {
                case.strengths.push(SAME_PICTURE);
                case.reasons.push(Phrase::new("evidence.same_picture").with("site", site));
            }
            if followed {
                case.strengths.push(FOLLOWED);
                case.reasons.push(Phrase::new("evidence.followed"));
            }
            if let Some(employer) = employer {
                case.strengths.push(SAME_EMPLOYER);
                case.reasons.push(Phrase::new("evidence.same_employer").with("name", employer));
            }
            if !known {
                // Never followed by themselves, whatever else agrees.
                case.most = case.most.min(MOST_SEARCHED);
            }
        }
    }

    /// What was found by the name on either network: the reader's server is in the key only.
    fn candidates(&self, name: &str) -> Vec<Lead> {
        let name = name.to_lowercase();
        let bluesky = searches(&name, None).into_iter().filter_map(|what| self.answers.get(&what.key()));
        let servers = self.answers.range("search ".to_owned().."search!".to_owned());
        let servers = servers.filter(|(key, _)| key.split(' ').nth(1).is_some_and(|server| server.contains('.')));
        let servers =
            servers.filter(|(key, _)| key.splitn(3, ' ').nth(2) == Some(name.as_str())).map(|(_, answer)| answer);
        bluesky.chain(servers).flat_map(|answer| answer.leads.clone()).collect()
    }

    /// Where a picture of the person is shown that looks as the candidate's does.
    fn same_picture(&self, lead: &Lead) -> Option<String> {
        let picture = |url: &str| self.answers.get(&What::Picture(url.to_owned()).key())?.picture.as_ref();
        let theirs = picture(lead.picture.as_deref()?)?;
        let shown = portraits(self.person, self.answers, self.shared);
        shown.into_iter().find(|(url, _)| picture(url).is_some_and(|other| other.is_like(theirs))).map(|(_, site)| site)
    }
}

/// Pictures of the person, each with the site that shows it: that of their own site says is theirs, or Gravatar's for their
/// mail address. Never that of a site which several people have.
pub(super) fn portraits(person: &Person, answers: &super::Answers, shared: &super::Shared) -> Vec<(String, String)> {
    let own = sites(person).into_iter().map(|(url, _)| url).chain(mail_sites(person));
    let own = own.filter(|url| shared.has(&hosts::place(url.as_str())) < 2).filter_map(|url| {
        let site = url.host_str()?.to_owned();
        Some((What::Page(url.to_string()), site))
    });
    let mails = person.emails.iter().map(|email| (What::Gravatar(email.clone()), "gravatar.com".to_owned()));
    let asked = own.chain(mails).filter_map(|(what, site)| Some((answers.get(&what.key())?, site)));
    let all = asked.flat_map(|(answer, site)| answer.pictures.iter().map(move |url| (url.clone(), site.clone())));
    all.take(PORTRAITS).collect()
}

/// Whether a lead is somebody who was found by the name.
pub(super) fn is_candidate(lead: &Lead) -> bool {
    lead.how == How::Search
}
