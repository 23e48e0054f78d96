//! Takes files of contacts, keeps the people in them; gives who was found where, and follows those whom the reader chooses.
//! Never follows anybody unasked and never writes to a file of contacts.

use std::{
    panic::catch_unwind,
    sync::{Arc, PoisonError},
};

use pepites_core::{
    interchange::{
        self,
        contacts::{self, Column, TablePreview},
    },
    model::{ContactId, Folder, Phrase},
    people::Stage,
};
use pepites_store::NewSource;

use crate::{
    Engine,
    contract::{
        Code, ContactView, ContactsAsk, ContactsImport, FlawView, FollowFound, FollowFoundAsk, MatchView, Problem,
    },
    importing::{self, Watch},
    sample::book,
};

mod changing;
mod counted;
mod exporting;
mod finding;
mod known;
mod view;

use known::Grounds;
pub(crate) use known::Known;
use view::Found;

impl Engine {
    /// Keeps the people of a file. `columns`: what each column of a table holds, where the reader says it.
    ///
    /// # Errors
    /// A problem that names the file, when nobody is in it; or one of the library. Nothing was changed.
    pub fn import_contacts(
        &self,
        name: &str,
        bytes: &[u8],
        columns: Option<&[Column]>,
    ) -> Result<ContactsImport, Problem> {
        self.import_contacts_watched(name, bytes, columns, &Watch::nobody())
    }

    /// The same, while somebody watches.
    ///
    /// # Errors
    /// As [`Engine::import_contacts`]; and when it was stopped. Nothing was changed.
    pub fn import_contacts_watched(
        &self,
        name: &str,
        bytes: &[u8],
        columns: Option<&[Column]>,
        watch: &Watch,
    ) -> Result<ContactsImport, Problem> {
        importing::bounded(name, bytes)?;
        // A parser that panics is a fault of ours; the file is named, and the window lives on.
        let read = catch_unwind(|| contacts::read(name, bytes, columns));
        let (dialect, book) =
            read.map_err(|_panicked| importing::broken(name))?.map_err(|refused| importing::refusal(refused, name))?;
        let rows = count(book.cards.len());
        if book.cards.is_empty() && book.flaws.is_empty() {
            return Err(Problem::new(Code::FileEmpty).with("file", name));
        }
        let step = watch.step(name, book.cards.len());
        let imported = self.store.import_cards(name, book.cards, self.now(), step)?;
        let carded = imported.what;
        Ok(ContactsImport {
            file: name.to_owned(),
            dialect: dialect.to_owned(),
            rows,
            added: carded.added,
            joined: carded.joined,
            repeated: carded.repeated,
            skipped: book.flaws.into_iter().map(FlawView::from).collect(),
            partial: book.partial.map(|flaw| flaw.why.with("file", name)),
            columns: None,
            import: imported.import,
        })
    }

    /// The same for a window, which can ask: of a table that no known program wrote only what its columns seem to hold is
    /// given, and nobody is taken in until the reader has said what they hold.
    ///
    /// # Errors
    /// As [`Engine::import_contacts_watched`].
    pub fn offer_contacts(&self, name: &str, bytes: &[u8], watch: &Watch) -> Result<ContactsImport, Problem> {
        importing::bounded(name, bytes)?;
        let seen = catch_unwind(|| contacts::preview(name, bytes)).ok().flatten().filter(|seen| seen.guessed);
        let Some(seen) = seen else { return self.import_contacts_watched(name, bytes, None, watch) };
        let read = catch_unwind(|| contacts::read(name, bytes, None)).map_err(|_panicked| importing::broken(name))?;
        let rows = match read {
            Ok((_, book)) => count(book.cards.len()),
            // A table in whose columns nothing was recognised: the reader knows better.
            Err(interchange::Refused::Table { bare: false, .. }) => 0,
            Err(refused) => return Err(importing::refusal(refused, name)),
        };
        Ok(ContactsImport {
            file: name.to_owned(),
            dialect: seen.dialect.clone(),
            rows,
            added: 0,
            joined: 0,
            repeated: 0,
            skipped: Vec::new(),
            partial: None,
            columns: Some(seen),
            import: None,
        })
    }

    /// The address book of the made-up world, in a library that is a sample of it.
    ///
    /// # Errors
    /// A problem: this library is the reader's own, or one of the library.
    pub fn sample_contacts(&self) -> Result<ContactsImport, Problem> {
        if !self.is_sample()? {
            return Err(Problem::new(Code::BadInput).with("input", "sample"));
        }
        self.import_contacts("contacts.csv", book::file().as_bytes(), None)
    }

    /// A table as it would be read, for the reader to say what its columns hold.
    ///
    /// # Errors
    /// A problem that names the file, when it is no table.
    pub fn contact_columns(&self, name: &str, bytes: &[u8]) -> Result<TablePreview, Problem> {
        importing::bounded(name, bytes)?;
        let seen = catch_unwind(|| contacts::preview(name, bytes)).map_err(|_panicked| importing::broken(name))?;
        seen.ok_or_else(|| {
            Problem { code: Code::FileUnknown, detail: Phrase::new("problem.file_unknown.no_table") }.with("file", name)
        })
    }

    /// People, by name, with what may be theirs.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn contacts(&self, ask: &ContactsAsk) -> Result<Vec<ContactView>, Problem> {
        Ok(self.people_found()?.list(ask))
    }

    /// One person.
    ///
    /// # Errors
    /// A problem: there is nobody of that number, or one of the library.
    pub fn contact(&self, id: ContactId) -> Result<ContactView, Problem> {
        let missing = || Problem::new(Code::Missing).with("noun", "contact").with("id", id.to_string());
        self.people_found()?.view(id).ok_or_else(missing)
    }

    /// Follows what was found, of those and as sure as asked for.
    ///
    /// # Errors
    /// A problem: nothing that was found is so, or one of the library. Nothing was changed.
    pub fn follow_contacts(&self, ask: &FollowFoundAsk) -> Result<FollowFound, Problem> {
        let found = self.people_found()?;
        let folders: Vec<Folder> = ask.folders.iter().filter(|path| !path.is_empty()).cloned().map(Folder).collect();
        let wanted = |found: &MatchView| {
            let named = ask.address.as_deref().is_none_or(|address| found.address == address);
            named && !found.not && found.confidence > 0 && (ask.address.is_some() || found.confidence >= ask.confidence)
        };
        let (mut new, mut people) = (Vec::new(), 0);
        for view in found.views().filter(|view| ask.people.is_empty() || ask.people.contains(&view.id)) {
            let before = new.len();
            for chosen in view.matches.iter().filter(|found| wanted(found)) {
                let Some(address) = found.address(view.id, &chosen.address) else { continue };
                new.push(NewSource {
                    address,
                    feed: None,
                    title: chosen.title.clone(),
                    name: None,
                    site: None,
                    folders: folders.clone(),
                });
            }
            people += u32::from(new.len() > before);
        }
        if new.is_empty() {
            let detail = Phrase::new("problem.nothing_found.contacts").with("confidence", ask.confidence);
            return Err(Problem { code: Code::NothingFound, detail });
        }
        let added = self.store.add_sources(&new, self.now())?;
        let already = count(added.iter().filter(|added| added.already).count());
        let added = added.into_iter().filter(|added| !added.already).map(|added| added.id).collect();
        Ok(FollowFound { people, added, already })
    }

    /// Everybody and what they come to: worked out anew only when something of it changed.
    fn people_found(&self) -> Result<Found, Problem> {
        let (settings, now) = (self.settings()?, self.now());
        // Whoever asks meanwhile waits for what is being worked out.
        let mut kept = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let followed = view::followed(&self.store.sources()?);
        // Looked at before what it counts: what changes meanwhile is worked out the next time.
        let turn = self.store.contacts_turn()?;
        let grounds = Grounds { turn, bridge: settings.x_bridge.clone(), followed };
        let known = match kept.take().filter(|known| known.holds(&grounds, now)) {
            Some(known) => known,
            None => Arc::new(Known::new(grounds, self.store.contacts()?, self.store.answers(now)?, now)),
        };
        *kept = Some(Arc::clone(&known));
        Ok(Found::new(known, &settings))
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The stage of that name, as people type it.
#[must_use]
pub fn stage(typed: &str) -> Option<Stage> {
    Stage::ALL.into_iter().find(|stage| stage.name().eq_ignore_ascii_case(typed.trim()))
}

#[cfg(test)]
mod tests;
