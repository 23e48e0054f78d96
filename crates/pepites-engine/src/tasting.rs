//! Takes the marks, shows what was learned of the reader's taste, and forgets what they want forgotten.
//! Never keeps what was learned: what is shown was learned just now, as a digest would.

use pepites_core::{
    model::Moment,
    score::taste::{ENOUGH_STARRED, Kind, Trait, Verdict},
};

use crate::{
    Engine,
    contract::{LearnedView, Problem, TasteView, TraitAsk},
    digesting::fault,
};

#[cfg(test)]
mod tests;

/// The setting that says from when on marks are learned from.
const SINCE: &str = "taste_since";

/// What was learned that is shown: the lightest say next to nothing.
const MOST_SHOWN: usize = 120;

/// What weighs less, of the heaviest, is noise.
const WORTH_SHOWING: f64 = 0.02;

impl Engine {
    /// What was learned of the reader's taste.
    pub fn learned_taste(&self) -> Result<TasteView, Problem> {
        let since = self.taste_since()?;
        let judged = self.store.judged(since.unwrap_or_default(), self.now())?;
        let starred = judged.iter().filter(|one| one.verdict == Verdict::Starred).count();
        let sources = self.store.sources()?;
        let title = |one: &Trait| (one.kind == Kind::Source).then(|| self.title_of(&one.name, &sources)).flatten();
        let shown = |one: &Trait| title(one).unwrap_or_else(|| one.name.clone());
        let view = |one: &Trait, weight: f64| LearnedView {
            kind: one.kind,
            name: one.name.clone(),
            shown: shown(one),
            weight,
        };
        let mut learned = Vec::new();
        if let Some(taste) = self.taste(&self.at_hand()?, self.now())? {
            let all = taste.learned();
            let heaviest = all.first().map_or(1.0, |(_, weight)| weight.abs());
            let share = all.iter().map(|(one, weight)| (*one, weight / heaviest));
            learned = share
                .filter(|(_, weight)| weight.abs() >= WORTH_SHOWING)
                .take(MOST_SHOWN)
                .map(|(one, weight)| view(one, weight))
                .collect();
        }
        let removed = self.store.removed_from_taste()?;
        Ok(TasteView {
            starred: u32::try_from(starred).unwrap_or(u32::MAX),
            needed: ENOUGH_STARRED,
            since,
            learned,
            removed: removed.iter().map(|one| view(one, 0.0)).collect(),
        })
    }

    /// Takes a trait out of what was learned, or lets it be learned again.
    pub fn remove_trait(&self, ask: &TraitAsk) -> Result<(), Problem> {
        let one = Trait::new(ask.kind, &ask.name);
        if one.name.is_empty() {
            return Err(Problem::new(crate::contract::Code::BadInput).with("input", ask.name.as_str()));
        }
        self.store.remove_from_taste(&one, ask.out, self.now())?;
        Ok(())
    }

    /// Forgets all that was learned: from now on, only later marks teach. With a moment, marks after it teach again (the
    /// beginning of time undoes it). Gives from when on they taught before.
    pub fn forget_taste(&self, since: Option<Moment>) -> Result<Option<Moment>, Problem> {
        let before = self.taste_since()?;
        let json = serde_json::to_string(&since.unwrap_or(self.now())).map_err(|error| fault(&error))?;
        self.store.set_setting(SINCE, &json)?;
        Ok(before)
    }

    /// From when on marks teach; None: always.
    pub(crate) fn taste_since(&self) -> Result<Option<Moment>, Problem> {
        let kept: Option<Moment> = self.store.setting(SINCE)?.and_then(|json| serde_json::from_str(&json).ok());
        Ok(kept.filter(|since| *since > Moment(0)))
    }
}
