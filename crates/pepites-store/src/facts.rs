//! Facts of stories, counted for the ranking.
use crate::{Store, StoreError};
use pepites_core::{
    model::{Day, Moment},
    score::Facts,
};
/// Which stories may enter a digest: those with a post that is neither read nor skipped, whose tellings are all of
/// followed sources, that entered no digest but those of `day`, and with a post published since `since`
/// (or, with `arrived_since`, arrived since then).
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Published since.
    pub since: Moment,
    /// Or arrived since (posts that a slow source published before the window opened).
    pub arrived_since: Option<Moment>,
    /// Stories shown in digests of other days are out.
    pub day: Day,
    /// Stories shown in earlier editions of `day` are out too.
    pub not_shown_today: bool,
}
/// A candidate: its facts, as its face (the first telling) makes them.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryFacts {
    /// What the signals look at.
    pub facts: Facts,
}
impl Store {
    /// The facts of every story in the window, by story.
    pub fn facts(&self, window: &Window, now: Moment) -> Result<Vec<StoryFacts>, StoreError> {
        let _ = (window, now);
        todo!()
    }
}
