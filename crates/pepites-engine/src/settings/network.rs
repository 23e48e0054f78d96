//! Takes the rules of the network as they are kept or asked for, gives those that make sense.

use std::ops::RangeInclusive;

use pepites_core::model::Phrase;
use serde::{Deserialize, Deserializer};

use super::bad_input;
use crate::{
    contract::{NetRules, Problem, Proxy},
    net::ruled::is_proxy,
};

/// Seconds: below, a far server on a mobile network never answers; above, one dead server holds up a refresh.
const PATIENCE: RangeInclusive<u32> = 5..=300;
/// Megabytes of a reply: a feed without its pictures fits into the least; several of the most fit into the memory.
const LARGEST: RangeInclusive<u32> = 1..=64;

/// Each on its own, as the settings are.
#[derive(Default)]
pub(super) struct Kept(serde_json::Map<String, serde_json::Value>);

impl<'de> Deserialize<'de> for Kept {
    /// What is no object holds nothing that can be read.
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let kept = serde_json::Value::deserialize(input)?;
        Ok(Self(kept.as_object().cloned().unwrap_or_default()))
    }
}

impl Kept {
    pub(super) fn read(mut self) -> NetRules {
        let usual = NetRules::USUAL;
        let mut take = |name: &str| self.0.remove(name).unwrap_or_default();
        let proxy: Option<Proxy> = serde_json::from_value(take("proxy")).ok();
        let number = |value, range: RangeInclusive<u32>| {
            serde_json::from_value::<u32>(value).ok().filter(|number| range.contains(number))
        };
        NetRules {
            offline: serde_json::from_value(take("offline")).unwrap_or(usual.offline),
            proxy: proxy.filter(makes_sense).unwrap_or(usual.proxy),
            neighbours: serde_json::from_value(take("neighbours")).unwrap_or(usual.neighbours),
            patience_seconds: number(take("patience_seconds"), PATIENCE).unwrap_or(usual.patience_seconds),
            largest_mb: number(take("largest_mb"), LARGEST).unwrap_or(usual.largest_mb),
        }
    }
}

/// Refuses what makes no sense, with the sentence that says why.
pub(super) fn check(rules: &NetRules) -> Result<(), Problem> {
    if !makes_sense(&rules.proxy) {
        return Err(bad_input(Phrase::new("problem.bad_input.proxy")));
    }
    let within = |key: &str, number: u32, range: RangeInclusive<u32>| {
        let (least, most) = range.clone().into_inner();
        match range.contains(&number) {
            true => Ok(()),
            false => Err(bad_input(Phrase::new(key).with("least", least).with("most", most))),
        }
    };
    within("problem.bad_input.patience", rules.patience_seconds, PATIENCE)?;
    within("problem.bad_input.largest", rules.largest_mb, LARGEST)
}

fn makes_sense(proxy: &Proxy) -> bool {
    match proxy {
        Proxy::System | Proxy::Direct => true,
        Proxy::At(address) => is_proxy(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_of_the_network_is_usual_and_leaves_the_rest_be() {
        let usual = NetRules::USUAL;
        for (json, expected) in [
            ("null", usual.clone()),
            ("[1]", usual.clone()),
            (r#"{"offline":true,"proxy":"nobody"}"#, NetRules { offline: true, ..usual.clone() }),
            (r#"{"patience_seconds":0,"largest_mb":4}"#, NetRules { largest_mb: 4, ..usual.clone() }),
            (r#"{"proxy":"direct"}"#, NetRules { proxy: Proxy::Direct, ..usual.clone() }),
            (r#"{"proxy":{"at":"socks5://x"},"neighbours":false}"#, NetRules { neighbours: false, ..usual.clone() }),
        ] {
            assert_eq!(serde_json::from_str::<Kept>(json).unwrap().read(), expected, "{json}");
        }
        let own = NetRules { proxy: Proxy::At("p.example:3128".to_owned()), offline: true, ..usual };
        let kept: Kept = serde_json::from_str(&serde_json::to_string(&own).unwrap()).unwrap();
        assert_eq!(kept.read(), own);
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        let key = |rules: NetRules| check(&rules).err().map(|problem| problem.detail.key);
        let usual = NetRules::USUAL;
        assert_eq!(key(usual.clone()), None);
        let at = Proxy::At("http://me:secret@proxy.example".to_owned());
        assert_eq!(key(NetRules { proxy: at, ..usual.clone() }).as_deref(), Some("problem.bad_input.proxy"));
        assert_eq!(
            key(NetRules { patience_seconds: 4, ..usual.clone() }).as_deref(),
            Some("problem.bad_input.patience")
        );
        assert_eq!(key(NetRules { largest_mb: 65, ..usual }).as_deref(), Some("problem.bad_input.largest"));
    }
}
