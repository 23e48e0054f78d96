//! Gives how much of a source the reader wants. Never decides what that means for one post: refresh, digest and counts do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much of a source the reader wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// All of it.
    #[default]
    All,
    /// What the digest chooses: nothing of it waits to be read elsewhere.
    Digest,
    /// Nuggets in the digest, and nothing else.
    Nuggets,
    /// Not what another source told before.
    NoRelays,
    /// At most so many posts a day: the best in the digest, the first in lists.
    Daily(u32),
    /// Nothing for now. It is asked once a day, so that nothing is lost.
    Muted,
}

/// Beyond, "at most so many a day" spares nothing: the loudest source of a measured reader brings thirty.
pub const MOST_DAILY: u32 = 100;

impl Mode {
    /// As a library keeps it; None is all of it. Kept in libraries: never change it.
    #[must_use]
    pub fn kept(self) -> Option<String> {
        Some(match self {
            Self::All => return None,
            Self::Digest => "digest".to_owned(),
            Self::Nuggets => "nuggets".to_owned(),
            Self::NoRelays => "no_relays".to_owned(),
            Self::Daily(posts) => format!("daily:{posts}"),
            Self::Muted => "muted".to_owned(),
        })
    }

    /// What a library kept. What cannot be read (written by a later version) hides nothing.
    #[must_use]
    pub fn from_kept(kept: Option<&str>) -> Self {
        match kept {
            Some("digest") => Self::Digest,
            Some("nuggets") => Self::Nuggets,
            Some("no_relays") => Self::NoRelays,
            Some("muted") => Self::Muted,
            Some(other) => other
                .strip_prefix("daily:")
                .and_then(|posts| posts.parse().ok())
                .filter(|posts| (1..=MOST_DAILY).contains(posts))
                .map_or(Self::All, Self::Daily),
            None => Self::All,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_comes_back_as_it_was_kept_and_what_is_unknown_hides_nothing() {
        for mode in [Mode::All, Mode::Digest, Mode::Nuggets, Mode::NoRelays, Mode::Daily(3), Mode::Muted] {
            assert_eq!(Mode::from_kept(mode.kept().as_deref()), mode);
        }
        for unknown in ["", "daily:", "daily:0", "daily:1000", "daily:x", "tomorrow"] {
            assert_eq!(Mode::from_kept(Some(unknown)), Mode::All, "{unknown}");
        }
    }
}
