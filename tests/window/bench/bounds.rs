//! Takes the figures of the window, holds each against its bound in `tests/floors.json`. Those bounds may only fall.

use std::collections::BTreeMap;

const BOUNDS: &str = include_str!("../../floors.json");

/// The bounds, and what is beyond them.
pub(super) struct Bounds {
    of: BTreeMap<String, f64>,
    beyond: Vec<String>,
}

impl Bounds {
    pub(super) fn read() -> Self {
        Self { of: serde_json::from_str(BOUNDS).unwrap(), beyond: Vec::new() }
    }

    /// Notes a figure that must not be above its bound. One without a bound is a mistake of the bench.
    pub(super) fn at_most(&mut self, name: &str, figure: f64) {
        let bound = self.of.get(name).unwrap_or_else(|| panic!("tests/floors.json has no {name}"));
        // Not `figure > bound`: what could not be measured is beyond every bound.
        let within = figure <= *bound;
        println!("{name}: {figure:.3}, at most {bound}{}", if within { "" } else { ": BEYOND" });
        if !within {
            self.beyond.push(format!("{name} is {figure:.3}, at most {bound}"));
        }
    }

    /// Fails where one was.
    pub(super) fn hold(self) {
        assert!(self.beyond.is_empty(), "beyond the bounds of tests/floors.json: {}", self.beyond.join("; "));
    }
}

/// The figure that `share` of all are below: 0.5 is the middle, 0.95 all but the slowest twentieth.
pub(super) fn quantile(figures: &[f64], share: f64) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place among some hundred figures"
    )]
    let place = (sorted.len() as f64 * share) as usize;
    sorted.get(place.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

pub(super) fn median(figures: &[f64]) -> f64 {
    quantile(figures, 0.5)
}
