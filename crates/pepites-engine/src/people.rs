//! Takes what the reader says of two sources, gives who is one person. Never forgets what was said unless asked to.

use std::{borrow::Cow, collections::BTreeMap};

use pepites_core::{
    model::{Phrase, Source, SourceId},
    text::secret::masked,
};

use crate::{
    Engine,
    contract::{Code, PeopleView, PersonSource, Problem, TieAsk, TieReport, TieView},
};

impl Engine {
    /// Who is one person, among what is followed.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn people(&self) -> Result<PeopleView, Problem> {
        let sources: BTreeMap<SourceId, Source> =
            self.store.sources()?.into_iter().map(|source| (source.id, source)).collect();
        let people = self.store.people()?;
        let view = |id: &SourceId| {
            let source = sources.get(id)?;
            let covered = |text| Cow::into_owned(masked(text));
            Some(PersonSource {
                source: *id,
                title: covered(source.shown()),
                address: covered(&source.address.locator),
            })
        };
        let said = people
            .said
            .iter()
            .filter_map(|tie| Some(TieView { one: view(&tie.one)?, other: view(&tie.other)?, together: tie.together }));
        Ok(PeopleView {
            together: people.together.iter().map(|sources| sources.iter().filter_map(view).collect()).collect(),
            said: said.collect(),
        })
    }

    /// Keeps that two sources are one person, or not; null takes back what was said.
    ///
    /// # Errors
    /// When there is no such source, or it is said of one alone.
    pub fn tie(&self, ask: TieAsk) -> Result<TieReport, Problem> {
        let TieAsk { one, other, together } = ask;
        if one == other {
            let detail = Phrase::new("problem.bad_input.one_source");
            return Err(Problem { code: Code::BadInput, detail });
        }
        let before = self.store.tie(one, other, together, self.now())?;
        let is_theirs = |sources: &Vec<SourceId>| sources.contains(&one) && sources.contains(&other);
        Ok(TieReport { before, together: self.store.people()?.together.iter().any(is_theirs) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Library;

    #[test]
    fn two_sources_are_one_person_as_long_as_the_reader_says_so() {
        let library = Library::new();
        let [ada, bo] = ["ada", "bo"].map(|name| library.follow(name));
        let engine = &library.engine;
        let tie = |together| engine.tie(TieAsk { one: bo, other: ada, together }).unwrap();
        assert_eq!(tie(Some(true)), TieReport { before: None, together: true });
        let people = engine.people().unwrap();
        let [together] = people.together.as_slice() else { panic!("{people:?}") };
        let titles: Vec<&str> = together.iter().map(|source| source.title.as_str()).collect();
        assert_eq!((titles, people.said.len(), people.said[0].together), (vec!["ada", "bo"], 1, true));
        assert_eq!(tie(Some(false)), TieReport { before: Some(true), together: false });
        assert_eq!(engine.people().unwrap().together, Vec::<Vec<PersonSource>>::new());
        assert_eq!(tie(None), TieReport { before: Some(false), together: false });
        assert_eq!(engine.people().unwrap().said, []);
        let alone = engine.tie(TieAsk { one: ada, other: ada, together: Some(true) }).unwrap_err();
        assert_eq!(alone.code, Code::BadInput);
        let unknown = engine.tie(TieAsk { one: ada, other: SourceId(99), together: Some(true) }).unwrap_err();
        assert_eq!(unknown.code, Code::Missing);
    }
}
