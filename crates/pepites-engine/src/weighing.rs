//! Takes weights, keeps them, and says beforehand what others would change in today's digest.
//! Never changes a digest that was made.

use std::collections::BTreeMap;

use pepites_core::{
    model::{Phrase, StoryId},
    score::{PRESETS, SIGNALS, Weights, preset_of},
};

use crate::{
    Engine,
    contract::{Code, PresetView, Problem, ShiftView, WeighReport, WeightView, WeightsView},
    digesting::{Shown, fault},
};

#[cfg(test)]
mod tests;

/// The name under which they are kept.
const NAME: &str = "weights";

/// What a weight may be at most, either way: beyond, one signal drowns all others anyway.
const MOST: f64 = 10.0;

impl Engine {
    /// The weights of all signals.
    pub fn weights_view(&self) -> Result<WeightsView, Problem> {
        let kept = self.weights()?;
        let weight = |name: &str, usual: f64| kept.get(name).copied().unwrap_or(usual);
        let weights = SIGNALS.iter().map(|signal| WeightView {
            signal: signal.name.to_owned(),
            weight: weight(signal.name, signal.default_weight),
            usual: signal.default_weight,
        });
        Ok(WeightsView {
            weights: weights.collect(),
            preset: preset_of(&kept).map(|preset| preset.name.to_owned()),
            presets: PRESETS
                .iter()
                .map(|preset| PresetView { name: preset.name.to_owned(), weights: preset.weights() })
                .collect(),
        })
    }

    /// Keeps weights, for the next digest. A signal that is not named has its usual weight.
    pub fn set_weights(&self, weights: &Weights) -> Result<(), Problem> {
        check(weights)?;
        let json = serde_json::to_string(weights).map_err(|error| fault(&error))?;
        Ok(self.store.set_setting(NAME, &json)?)
    }

    /// What these weights would change in today's digest, as it would be made now.
    pub fn weigh(&self, weights: &Weights) -> Result<WeighReport, Problem> {
        check(weights)?;
        let [now, then] = self.would_be([&self.weights()?, weights])?;
        let places = |shown: &[Shown]| -> BTreeMap<StoryId, u32> {
            shown.iter().zip(1..).map(|(shown, place)| (shown.story, place)).collect()
        };
        let (from, to) = (places(&now), places(&then));
        // Among those that stay: what enters above them all moves none of them.
        let kept = |shown: &[Shown]| -> BTreeMap<StoryId, i64> {
            let stay = shown.iter().filter(|shown| from.contains_key(&shown.story) && to.contains_key(&shown.story));
            stay.zip(0..).map(|(shown, place)| (shown.story, place)).collect()
        };
        let (stood, stands) = (kept(&now), kept(&then));
        let far = |story: StoryId| match (stood.get(&story), stands.get(&story)) {
            (Some(from), Some(to)) => (to - from).abs(),
            _ => 0,
        };
        let enter = then.iter().filter(|shown| !from.contains_key(&shown.story));
        let leave = now.iter().filter(|shown| !to.contains_key(&shown.story));
        let mut moved: Vec<&Shown> = then.iter().filter(|shown| far(shown.story) > 0).collect();
        moved.sort_by_key(|shown| std::cmp::Reverse(far(shown.story)));
        let mut shifts = Vec::new();
        for shown in enter.chain(leave).chain(moved) {
            if let Some(line) = self.line_if_kept(shown.face)? {
                let place = |places: &BTreeMap<StoryId, u32>| places.get(&shown.story).copied();
                shifts.push(ShiftView { line, nugget: shown.nugget, from: place(&from), to: place(&to) });
            }
        }
        Ok(WeighReport { stories: u32::try_from(then.len()).unwrap_or(u32::MAX), shifts })
    }

    /// The weights that were kept. What cannot be read is as it is by itself.
    pub(crate) fn weights(&self) -> Result<Weights, Problem> {
        let kept: BTreeMap<String, serde_json::Value> =
            self.store.setting(NAME)?.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
        let known = |name: &str| SIGNALS.iter().any(|signal| signal.name == name);
        let read = |(name, value): (String, serde_json::Value)| {
            value.as_f64().filter(|weight| known(&name) && makes_sense(&name, *weight)).map(|weight| (name, weight))
        };
        Ok(kept.into_iter().filter_map(read).collect())
    }
}

/// A signal speaks for a story, or against it: no weight turns that round.
fn makes_sense(name: &str, weight: f64) -> bool {
    let turned = SIGNALS.iter().any(|signal| signal.name == name && signal.default_weight * weight < 0.0);
    weight.is_finite() && weight.abs() <= MOST && !turned
}

fn check(weights: &Weights) -> Result<(), Problem> {
    for (name, weight) in weights {
        if !SIGNALS.iter().any(|signal| signal.name == name) {
            return Err(Problem::new(Code::BadInput).with("input", name.as_str()));
        }
        if !makes_sense(name, *weight) {
            let against = SIGNALS.iter().any(|signal| signal.name == name && signal.default_weight < 0.0);
            let key = if against { "problem.bad_input.weight_against" } else { "problem.bad_input.weight" };
            let detail = Phrase::new(key).with("most", MOST);
            return Err(Problem { code: Code::BadInput, detail });
        }
    }
    Ok(())
}
