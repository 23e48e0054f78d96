//! Takes an import back: all that it added, but for what the reader has made their own since, which is named.

use pepites_core::{
    model::{ImportId, Phrase},
    text::secret::masked,
};
use pepites_store::{StoreError, TakenBack, Touch};

use crate::{
    Engine,
    contract::{KeptSource, Problem, UndoneImport},
};

impl Engine {
    /// Takes an import back. Of what was taken back before, nothing is said to have been done.
    ///
    /// # Errors
    /// A problem: there is no such import, or one of the library. Nothing was changed.
    pub fn undo_import(&self, import: ImportId) -> Result<UndoneImport, Problem> {
        let Some(back) = self.store.take_import_back(import, self.now())? else {
            return Ok(UndoneImport { before: true, ..UndoneImport::default() });
        };
        let TakenBack { sources, folders, people, rows, kept, kept_people } = back;
        let kept = kept.into_iter().map(|(source, touch)| {
            let title = masked(self.store.source(source)?.shown()).into_owned();
            Ok(KeptSource { source, title, why: Phrase::new(why(touch)) })
        });
        let kept = kept.collect::<Result<_, Problem>>()?;
        let mut named = Vec::with_capacity(kept_people.len());
        for person in kept_people {
            match self.store.contact(person) {
                Ok(contact) => named.push(contact.person.shown().to_owned()),
                // Joined with somebody and taken off the list since.
                Err(StoreError::Missing { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(UndoneImport { sources, folders, people, rows, kept, kept_people: named, before: false })
    }

    /// The import that was made last and can be taken back, with the name of its file.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn last_import(&self) -> Result<Option<(ImportId, String)>, Problem> {
        Ok(self.store.last_import()?.map(|kept| (kept.import, kept.file)))
    }
}

fn why(touch: Touch) -> &'static str {
    match touch {
        Touch::Starred => "kept.starred",
        Touch::Moved => "kept.moved",
        Touch::Renamed => "kept.renamed",
        Touch::Set => "kept.set",
        Touch::Named => "kept.named",
    }
}
