//! Takes words and operators, gives the posts that fit; says what was understood; keeps searches.
//! Never fails on odd words: what is not understood is said, and searched as text.

use pepites_core::{
    model::{Phrase, SearchId},
    search::{self, OPERATORS, Search, Sort, Want, When},
    text::secret::masked,
};
use pepites_store::{KeptSearch, NewSearch, StoreError};

use crate::{
    Engine,
    contract::{
        Code, CompletionView, FilterView, HitView, KeepSearchAsk, OperatorView, Problem, SavedSearch, UnderstandAsk,
        UnderstoodView,
    },
    lines,
};

/// A name that is longer stands in no list.
const LONGEST_NAME: usize = 80;

impl Engine {
    /// Posts that fit `words`, best first; the newest first where there are filters alone.
    pub fn search(&self, words: &str, limit: u32, offset: u32) -> Result<Vec<HitView>, Problem> {
        self.search_by(words, Sort::Relevance, limit, offset)
    }

    /// Posts that fit `words`, in that order.
    pub fn search_by(&self, words: &str, sort: Sort, limit: u32, offset: u32) -> Result<Vec<HitView>, Problem> {
        Ok(self.store.find(&self.reads(words), sort, limit, offset)?.into_iter().map(lines::of_hit).collect())
    }

    /// How many posts [`Engine::search`] has for these words.
    pub fn hits(&self, words: &str) -> Result<u32, Problem> {
        Ok(self.store.hits(&self.reads(words))?)
    }

    /// What is understood of a search, and how it may go on.
    pub fn understand(&self, ask: &UnderstandAsk) -> Result<UnderstoodView, Problem> {
        let (sources, filed) = (self.store.sources()?, self.filed()?);
        let when = When { now: self.now(), offset_minutes: &*self.clock.offset_minutes };
        let read = Search::read(&ask.words, &when);
        let filters = read.pieces.iter().filter_map(|piece| {
            let said = piece.want.said(&sources, &filed, &when)?;
            let without = search::without(&ask.words, &piece.at);
            Some(FilterView { said: shown(said), not: piece.not, without })
        });
        let filters = filters.collect();
        let completions = search::complete(&ask.words, &ask.language, &sources, &filed);
        let completions = completions.into_iter().map(|one| CompletionView {
            words: one.typed,
            shown: one.shown,
            said: Phrase::new(one.key),
        });
        Ok(UnderstoodView { filters, notes: read.notes, completions: completions.collect() })
    }

    /// The operators, named in a language of two letters.
    #[must_use]
    pub fn operators(&self, language: &str) -> Vec<OperatorView> {
        let view = |operator: &search::Operator| OperatorView {
            name: format!("{}:", operator.name(language)),
            example: operator.example(language).to_owned(),
            said: Phrase::new(operator.key),
        };
        OPERATORS.iter().map(view).collect()
    }

    /// The searches that are kept, oldest first.
    pub fn searches(&self) -> Result<Vec<SavedSearch>, Problem> {
        Ok(self.store.searches()?.into_iter().map(saved).collect())
    }

    /// Keeps a search, or changes one that is kept.
    pub fn keep_search(&self, ask: &KeepSearchAsk) -> Result<SavedSearch, Problem> {
        let words = ask.words.trim();
        if self.reads(words).is_empty() {
            return Err(Problem { code: Code::BadInput, detail: Phrase::new("problem.bad_input.search") });
        }
        let name = Some(ask.name.trim()).filter(|name| !name.is_empty()).unwrap_or(words);
        let name = name.chars().take(LONGEST_NAME).collect();
        let search = NewSearch { name, words: words.to_owned(), section: ask.section };
        let id = self.store.keep_search(ask.id, &search, self.now())?;
        let kept = self.store.searches()?.into_iter().find(|kept| kept.id == id);
        kept.map(saved).ok_or_else(|| StoreError::Missing { noun: "search", id: id.to_string() }.into())
    }

    /// Takes back a search that was kept.
    pub fn drop_search(&self, id: SearchId) -> Result<(), Problem> {
        self.store.drop_search(id, self.now())?;
        Ok(())
    }

    /// What was typed, understood at this moment.
    pub(crate) fn reads(&self, typed: &str) -> Search {
        Search::read(typed, &When { now: self.now(), offset_minutes: &*self.clock.offset_minutes })
    }

    /// The folders that rules put posts into.
    fn filed(&self) -> Result<Vec<Vec<String>>, Problem> {
        Ok(self.store.filing()?.into_iter().map(|(_, path)| path).collect())
    }

    /// What was not understood of a search, and which of its sources and folders there are none of.
    pub fn doubts(&self, typed: &str) -> Result<Vec<Phrase>, Problem> {
        let read = self.reads(typed);
        let (sources, filed) = (self.store.sources()?, self.filed()?);
        let when = When { now: self.now(), offset_minutes: &*self.clock.offset_minutes };
        let unknown = read.pieces.iter().filter(|piece| {
            matches!(piece.want, Want::Source(_) | Want::Folder(_))
                && search::named(&piece.want, &sources, &filed).is_some_and(|found| found.is_empty())
        });
        let unknown: Vec<Phrase> = unknown.filter_map(|piece| piece.want.said(&sources, &filed, &when)).collect();
        Ok(read.notes.into_iter().chain(unknown).collect())
    }
}

/// Without a secret that the address of a source without a title may hold.
fn shown(mut said: Phrase) -> Phrase {
    if let Some(pepites_core::model::Value::Text(name)) = said.values.get_mut("name") {
        *name = masked(name).into_owned();
    }
    said
}

fn saved(kept: KeptSearch) -> SavedSearch {
    let KeptSearch { id, search: NewSearch { name, words, section }, .. } = kept;
    SavedSearch { id, name, words, section }
}

#[cfg(test)]
mod tests;
