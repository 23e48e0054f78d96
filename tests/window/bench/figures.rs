//! What is made of the figures that a bench took: what most are below, and whether they keep their bounds.

use std::io::stdout;

use pepites_tests::check::floors::Floors;

/// Prints figures that must not be above their bounds in `tests/floors.json`, and fails where one is, or where a figure has
/// no bound: those may only fall.
pub(super) fn hold(figures: &[(&str, f64)]) {
    let mut floors = Floors::read().unwrap();
    for (name, figure) in figures {
        println!("{name}: {figure:.3}");
        assert!(floors.at_most(name, *figure, &mut stdout()).unwrap(), "tests/floors.json has no {name}");
    }
    floors.hold().unwrap();
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
