//! Takes the searches that the reader keeps, gives the stories that those find which have a section of the digest.

use std::collections::BTreeSet;

use pepites_core::model::StoryId;

use crate::{Engine, contract::Problem};

/// Searches with a section of their own, in the order of their sections.
#[derive(Default)]
pub(super) struct Searches {
    /// What the reader calls each.
    pub(super) names: Vec<String>,
    /// What each finds.
    pub(super) found: Vec<BTreeSet<StoryId>>,
}

impl Engine {
    /// What the searches with a section find now.
    pub(super) fn section_searches(&self) -> Result<Searches, Problem> {
        let mut searches = Searches::default();
        for kept in self.store.searches()?.into_iter().filter(|kept| kept.search.section) {
            searches.found.push(self.store.stories_found(&self.reads(&kept.search.words))?);
            searches.names.push(kept.search.name);
        }
        Ok(searches)
    }
}
