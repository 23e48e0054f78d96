//! Takes and gives what the reader can set, kept as one JSON value.
//! Never fails on what it finds there: a setting that cannot be read is the default, and the day's digest is made.

use pepites_core::{
    digest::{Budget, Hour, SPEEDS, USUAL_BUDGET, WORDS_PER_MINUTE},
    model::Phrase,
    sources::{X_USER, x_bridged},
};
use serde::Deserialize;

use crate::{
    Engine,
    contract::{Code, NetRules, Problem, Settings},
};

mod network;

/// The name under which they are kept.
const NAME: &str = "settings";

/// Beyond, it is no budget.
const MOST_POSTS: u32 = 10_000;

/// A day.
const MOST_MINUTES: u32 = 24 * 60;

/// Nothing is dropped until the reader asks for it: years of reading weigh less than one lost post.
const DEFAULT: Settings = Settings {
    budget: USUAL_BUDGET,
    keep_read_days: None,
    keep_unread_days: None,
    x_bridge: None,
    words_per_minute: WORDS_PER_MINUTE,
    digest_at: None,
    notify: false,
    by_itself: true,
    net: NetRules::USUAL,
    pictures_ahead: true,
};

/// Each setting on its own, so that one that cannot be read (written by another version) leaves the others be.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Kept {
    budget: serde_json::Value,
    keep_read_days: serde_json::Value,
    keep_unread_days: serde_json::Value,
    x_bridge: serde_json::Value,
    words_per_minute: serde_json::Value,
    digest_at: serde_json::Value,
    notify: serde_json::Value,
    by_itself: serde_json::Value,
    net: network::Kept,
    pictures_ahead: serde_json::Value,
}

impl Engine {
    /// The settings, which the net keeps from now on: a window asks when another process has written.
    pub(crate) fn settings_now(&self) -> Result<Settings, Problem> {
        self.obey()?;
        self.settings()
    }

    /// The settings.
    pub fn settings(&self) -> Result<Settings, Problem> {
        Ok(self.store.setting(NAME)?.map_or(DEFAULT, |json| read(&json)))
    }

    /// Changes the settings.
    pub fn change_settings(&self, settings: &Settings) -> Result<(), Problem> {
        check_budget(settings.budget)?;
        // To keep for no day at all would drop what arrived this morning.
        if settings.keep_read_days == Some(0) || settings.keep_unread_days == Some(0) {
            return Err(bad_input(Phrase::new("problem.bad_input.keep_days")));
        }
        if settings.x_bridge.as_deref().is_some_and(|bridge| !is_bridge(bridge)) {
            return Err(bad_input(Phrase::new("problem.bad_input.x_bridge").with("mark", X_USER)));
        }
        if !SPEEDS.contains(&settings.words_per_minute) {
            let (least, most) = SPEEDS.into_inner();
            let detail = Phrase::new("problem.bad_input.speed").with("least", least).with("most", most);
            return Err(bad_input(detail));
        }
        network::check(&settings.net)?;
        let json = serde_json::to_string(settings).map_err(|error| crate::digesting::fault(&error))?;
        self.store.set_setting(NAME, &json)?;
        self.net.obey(&settings.net);
        Ok(self.store.set_pace(settings.words_per_minute)?)
    }
}

/// Whether accounts of X can be asked for there.
fn is_bridge(bridge: &str) -> bool {
    x_bridged(bridge, "someone").is_some()
}

/// Whether a budget makes sense.
pub(crate) fn check_budget(budget: Budget) -> Result<(), Problem> {
    let fits = match budget {
        Budget::Posts(posts) => (1..=MOST_POSTS).contains(&posts),
        Budget::Minutes(minutes) => (1..=MOST_MINUTES).contains(&minutes),
    };
    let most = |phrase: Phrase| phrase.with("posts", MOST_POSTS).with("minutes", MOST_MINUTES);
    if fits { Ok(()) } else { Err(bad_input(most(Phrase::new("problem.bad_input.budget")))) }
}

/// Whether there is that time for a digest.
pub(crate) fn check_minutes(minutes: u32) -> Result<(), Problem> {
    check_budget(Budget::Minutes(minutes))
}

fn bad_input(detail: Phrase) -> Problem {
    Problem { code: Code::BadInput, detail }
}

fn read(json: &str) -> Settings {
    let kept: Kept = serde_json::from_str(json).unwrap_or_default();
    let days = |value: serde_json::Value| serde_json::from_value::<u32>(value).ok().filter(|days| *days > 0);
    let budget = serde_json::from_value(kept.budget).ok().filter(|budget| check_budget(*budget).is_ok());
    Settings {
        budget: budget.unwrap_or(USUAL_BUDGET),
        keep_read_days: days(kept.keep_read_days),
        keep_unread_days: days(kept.keep_unread_days),
        x_bridge: serde_json::from_value(kept.x_bridge).ok().filter(|bridge: &String| is_bridge(bridge)),
        words_per_minute: serde_json::from_value(kept.words_per_minute)
            .ok()
            .filter(|speed| SPEEDS.contains(speed))
            .unwrap_or(WORDS_PER_MINUTE),
        digest_at: serde_json::from_value::<Option<Hour>>(kept.digest_at).ok().flatten(),
        notify: serde_json::from_value(kept.notify).unwrap_or(false),
        by_itself: serde_json::from_value(kept.by_itself).unwrap_or(true),
        net: kept.net.read(),
        pictures_ahead: serde_json::from_value(kept.pictures_ahead).unwrap_or(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_cannot_be_read_is_the_default_and_leaves_the_others_be() {
        let check = |json: &str, expected: Settings| assert_eq!(read(json), expected, "{json}");
        check("", DEFAULT);
        check("{}", DEFAULT);
        check("[]", DEFAULT);
        check(r#"{"budget":{"minutes":0}}"#, DEFAULT);
        check(r#"{"budget":{"hours":1},"keep_read_days":90}"#, Settings { keep_read_days: Some(90), ..DEFAULT });
        check(r#"{"keep_read_days":0,"keep_unread_days":-4}"#, DEFAULT);
        check(r#"{"words_per_minute":5,"digest_at":"25:00","notify":"yes"}"#, DEFAULT);
        check(r#"{"words_per_minute":300,"notify":true}"#, Settings { words_per_minute: 300, notify: true, ..DEFAULT });
        check(r#"{"by_itself":false}"#, Settings { by_itself: false, ..DEFAULT });
        check(r#"{"pictures_ahead":false}"#, Settings { pictures_ahead: false, ..DEFAULT });
        check(r#"{"budget":{"minutes":30},"unknown":1}"#, Settings { budget: Budget::Minutes(30), ..DEFAULT });
    }

    #[test]
    fn settings_are_read_as_they_were_written() {
        let settings = Settings {
            budget: Budget::Minutes(45),
            keep_read_days: Some(90),
            digest_at: "07:30".parse().ok(),
            ..DEFAULT
        };
        assert_eq!(read(&serde_json::to_string(&settings).unwrap()), settings);
    }

    #[test]
    fn a_budget_is_at_least_one_and_at_most_a_day() {
        let check = |budget: Budget, expected: bool| assert_eq!(check_budget(budget).is_ok(), expected, "{budget:?}");
        check(Budget::Posts(1), true);
        check(Budget::Posts(0), false);
        check(Budget::Posts(10_001), false);
        check(Budget::Minutes(1_440), true);
        check(Budget::Minutes(1_441), false);
    }
}
