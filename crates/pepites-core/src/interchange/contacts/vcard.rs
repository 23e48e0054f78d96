//! Takes vCards of every version (2.1, 3.0, 4.0), folded, quoted-printable, in any charset, with groups and nested cards,
//! gives a person a card. Never decodes a picture, and holds no more of a line than a person writes.
//!
//! Written here because rows are named by lines and everything is bounded: the crates for vCards give no lines, keep
//! pictures, and take a file that is folded for ever into memory twice.

use super::{
    Book, Dialect,
    draft::{Gather, Network},
};
use crate::{interchange::Head, model::Phrase};

pub(super) mod property;

use property::{Property, unfolded};

pub(super) const DIALECT: Dialect = Dialect { name: "vcard", of_people: true, recognise, read };

/// Properties of one card that are looked at.
const MOST_PROPERTIES: usize = 400;

fn recognise(head: &Head<'_>) -> bool {
    let start = head.start().trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    start.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCARD"))
}

fn read(head: &Head<'_>) -> Book {
    let mut gather = Gather::default();
    let mut open: Option<(u32, Vec<Property>)> = None;
    let mut nested = 0_u32;
    let mut last = 1;
    for property in unfolded(head.text) {
        if gather.is_full() {
            return gather.finish();
        }
        last = property.line;
        let is_card = property.value.trim().eq_ignore_ascii_case("VCARD");
        match property.name.as_str() {
            "BEGIN" if is_card => {
                // A card within a card is somebody's assistant; else the end of the last one is missing.
                let agent = open.as_ref().and_then(|(_, all)| all.last()).is_some_and(|last| last.name == "AGENT");
                if nested > 0 || agent {
                    nested = nested.saturating_add(1);
                    continue;
                }
                if let Some((line, properties)) = open.replace((property.line, Vec::new())) {
                    gather.skip(line, "", Phrase::new("flaw.card_open"));
                    card(&mut gather, line, &properties);
                }
            }
            "END" if is_card && nested > 0 => nested -= 1,
            "END" if is_card => {
                if let Some((line, properties)) = open.take() {
                    card(&mut gather, line, &properties);
                }
            }
            _ if nested > 0 => {}
            _ => {
                if let Some((_, properties)) = &mut open
                    && properties.len() < MOST_PROPERTIES
                {
                    properties.push(property);
                }
            }
        }
    }
    if let Some((line, properties)) = open {
        card(&mut gather, line, &properties);
        gather.damaged(last, Phrase::new("flaw.file_cut_off"));
    }
    gather.finish()
}

/// One person.
pub(super) fn card(gather: &mut Gather, line: u32, properties: &[Property]) {
    let is_group = |property: &Property| {
        matches!(property.name.as_str(), "KIND" | "X-ADDRESSBOOKSERVER-KIND")
            && property.value.eq_ignore_ascii_case("group")
    };
    if properties.iter().any(is_group) {
        return gather.skip(line, "", Phrase::new("flaw.group_card"));
    }
    let label = |of: &Property| {
        let group = of.group.as_deref()?;
        let is_it = |other: &&Property| other.name == "X-ABLABEL" && other.group.as_deref() == Some(group);
        properties.iter().find(is_it).map(|label| label.value.as_str())
    };
    let mut draft = gather.draft(line);
    // What is shown wins over what it is made of.
    for property in properties.iter().filter(|property| property.name == "FN") {
        draft.name(&property.text());
    }
    for property in properties {
        let network = || {
            let named = property.parameter("SERVICE-TYPE").or_else(|| property.parameter("X-SERVICE-TYPE"));
            let types = property.parameter("TYPE");
            [label(property), named, types, Some(property.name.as_str())].into_iter().flatten().find_map(Network::of)
        };
        match property.name.as_str() {
            "N" => {
                let parts = property.parts();
                let part = |at: usize| parts.get(at).map(String::as_str).unwrap_or_default();
                draft.name_of(&[part(1), part(2), part(0)]);
            }
            "NICKNAME" => draft.other_name(&property.text()),
            "ORG" => draft.organisation(property.parts().first().map(String::as_str).unwrap_or_default()),
            "EMAIL" => draft.email(&property.text()),
            "NOTE" => draft.note(&property.text()),
            "CATEGORIES" => property.text().split(',').for_each(|group| draft.group(group)),
            "URL" => match network() {
                Some(network) => draft.handle(&property.text(), network),
                None => draft.url(&property.text(), super::Place::Website),
            },
            "X-SOCIALPROFILE" | "SOCIALPROFILE" => {
                let text = property.text();
                let user = property.parameter("X-USER").or_else(|| property.parameter("USERNAME"));
                match (network(), text.contains("://"), user) {
                    (_, true, _) => draft.url(&text, super::Place::Account),
                    (network, false, Some(user)) => draft.handle(user, network.unwrap_or(Network::Some)),
                    (network, false, None) => {
                        // Apple writes `x-apple:name` where a network has no address.
                        let name = text.rsplit_once(':').map_or(text.as_str(), |(_, name)| name);
                        draft.handle(name, network.unwrap_or(Network::Some));
                    }
                }
            }
            "IMPP" => {
                let text = property.text();
                let account = ["acct:", "https:", "http:"].iter().any(|scheme| text.starts_with(scheme));
                if account || network().is_some() {
                    draft.handle(&text, network().unwrap_or(Network::Some));
                }
            }
            "X-ABLABEL" => {}
            name if name.starts_with("X-") && Network::of(name).is_some() => {
                draft.handle(&property.text(), network().unwrap_or(Network::Some));
            }
            // Blogs of Evolution's, custom fields of several programs.
            name if name.starts_with("X-")
                && ["URL", "BLOG", "WEB", "CUSTOM"].iter().any(|part| name.contains(part)) =>
            {
                draft.free(&property.text(), super::Place::Account);
            }
            _ if network().is_some() && label(property).is_some() => {
                draft.handle(&property.text(), network().unwrap_or(Network::Some));
            }
            _ => {}
        }
    }
    draft.done();
}
