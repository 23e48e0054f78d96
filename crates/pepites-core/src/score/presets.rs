//! Gives the presets: sets of weights for those who would rather choose than weigh.

use super::{SIGNALS, Weights};

/// A set of weights.
pub struct Preset {
    /// Stable. Its label is `preset.<name>` in the catalogue.
    pub name: &'static str,
    /// Where it differs from the weights that each signal has by itself.
    weights: &'static [(&'static str, f64)],
}

/// Every preset, the usual one first.
pub const PRESETS: &[Preset] = &[
    Preset { name: "balanced", weights: &[] },
    Preset {
        name: "nuggets",
        weights: &[("covered", 0.5), ("only_here", 2.5), ("rare_voice", 3.5), ("substance", 2.0), ("freshness", 0.5)],
    },
    Preset {
        name: "news",
        weights: &[("covered", 4.0), ("origin", 1.5), ("freshness", 2.0), ("only_here", 0.25), ("rare_voice", 0.5)],
    },
    Preset { name: "people", weights: &[("pointed_at", 4.0), ("rare_voice", 3.0), ("covered", 0.5), ("yield", 2.5)] },
    Preset {
        name: "newest",
        // The hour alone, but for what the reader asked for outright.
        weights: &[
            ("freshness", 4.0),
            ("covered", 0.0),
            ("only_here", 0.0),
            ("origin", 0.0),
            ("pointed_at", 0.0),
            ("rare_voice", 0.0),
            ("seen_before", 0.0),
            ("substance", 0.0),
            ("taste", 0.0),
            ("yield", 0.0),
        ],
    },
];

impl Preset {
    /// Its weight of every signal.
    #[must_use]
    pub fn weights(&self) -> Weights {
        let own = |name: &str| self.weights.iter().find(|(other, _)| *other == name).map(|(_, weight)| *weight);
        SIGNALS.iter().map(|one| (one.name.to_owned(), own(one.name).unwrap_or(one.default_weight))).collect()
    }
}

/// The preset of that name.
#[must_use]
pub fn preset(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

/// The preset that these weights are; None when they are the reader's own.
#[must_use]
pub fn preset_of(weights: &Weights) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| {
        SIGNALS.iter().all(|signal| {
            let weight = weights.get(signal.name).copied().filter(|weight| weight.is_finite());
            preset.weights().get(signal.name) == Some(&weight.unwrap_or(signal.default_weight))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_names_signals_that_there_are_and_is_found_by_its_weights() {
        for one in PRESETS {
            let known = |name: &str| SIGNALS.iter().any(|signal| signal.name == name);
            assert!(one.weights.iter().all(|(name, _)| known(name)), "{}", one.name);
            assert_eq!(preset_of(&one.weights()).map(|found| found.name), Some(one.name));
        }
        assert_eq!(preset_of(&Weights::new()).map(|found| found.name), Some("balanced"));
        assert!(preset_of(&Weights::from([("taste".to_owned(), 0.75)])).is_none());
        assert!(preset("nuggets").is_some() && preset("loud").is_none());
    }
}
