//! Takes files of contacts, keeps the people in them; gives who was found where, and follows those whom the reader chooses.
//! Never follows anybody unasked and never writes to a file of contacts.

use std::panic::catch_unwind;

use pepites_core::{
    interchange::contacts::{self, Card, Column, Place, Said, TablePreview},
    model::{Address, ContactId, Folder, Phrase},
    people::{Own, Stage, csv},
    sources,
    text::secret::masked_typed,
};
use pepites_store::NewSource;

use crate::{
    Engine,
    contract::{
        Code, ContactChange, ContactView, ContactsAsk, ContactsImport, FlawView, FollowFound, FollowFoundAsk,
        MatchView, NotAsk, Problem, Standing,
    },
    importing,
};

mod counted;
mod finding;
mod view;

use view::Found;

/// What stands between several values of one cell, as Google has it.
const SEVERAL: &str = " ::: ";

/// The header of what is exported: read back by the reader of any table.
#[rustfmt::skip]
const HEADER: &[&str] = &[
    "Name", "E-mail", "Website", "Organization", "Groups", "Notes", "Standing", "Found", "Kind", "Stage", "Confidence", "Posts a week", "Followed",
];

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
        importing::bounded(name, bytes)?;
        // A parser that panics is a fault of ours; the file is named, and the window lives on.
        let read = catch_unwind(|| contacts::read(name, bytes, columns));
        let (dialect, book) =
            read.map_err(|_panicked| importing::broken(name))?.map_err(|refused| importing::refusal(refused, name))?;
        let rows = count(book.cards.len());
        if book.cards.is_empty() && book.flaws.is_empty() {
            return Err(Problem::new(Code::FileEmpty).with("file", name));
        }
        let carded = self.store.add_cards(name, book.cards, self.now())?;
        Ok(ContactsImport {
            file: name.to_owned(),
            dialect: dialect.to_owned(),
            rows,
            added: carded.added,
            joined: carded.joined,
            repeated: carded.repeated,
            skipped: book.flaws.into_iter().map(FlawView::from).collect(),
            partial: book.partial.map(|flaw| flaw.why.with("file", name)),
        })
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
        let found = self.people_found()?;
        let words = ask.words.as_deref().map(str::to_lowercase).filter(|words| !words.trim().is_empty());
        let has = |view: &ContactView| {
            words.as_ref().is_none_or(|words| {
                let texts =
                    [&view.name].into_iter().chain(&view.organisation).chain(&view.emails).chain(&view.addresses);
                texts.chain(&view.groups).any(|text| text.to_lowercase().contains(words.trim()))
            })
        };
        let mut views = found.views();
        views.retain(|view| ask.standing.is_none_or(|standing| view.standing == standing) && has(view));
        views.sort_by_cached_key(|view| (view.standing, view.name.to_lowercase(), view.id));
        let start = usize::try_from(ask.offset).map_err(Problem::fault)?;
        let limit = usize::try_from(ask.limit).map_err(Problem::fault)?;
        Ok(views.into_iter().skip(start).take(limit).collect())
    }

    /// One person.
    ///
    /// # Errors
    /// A problem: there is nobody of that number, or one of the library.
    pub fn contact(&self, id: ContactId) -> Result<ContactView, Problem> {
        let missing = || Problem::new(Code::Missing).with("noun", "contact").with("id", id.to_string());
        self.people_found()?.view(id).ok_or_else(missing)
    }

    /// Changes a person; what the files say stays with them and can come back.
    ///
    /// # Errors
    /// A problem: what is to be added is no address, there is nobody of that number, or one of the library.
    pub fn change_contact(&self, id: ContactId, change: &ContactChange) -> Result<ContactView, Problem> {
        let contact = self.store.contact(id)?;
        let said = |text: &Option<String>, kept: Option<String>| match text.as_deref().map(str::trim) {
            None => kept,
            Some("") => None,
            Some(text) => Some(text.to_owned()),
        };
        let mut own = Own {
            name: said(&change.name, contact.own.name),
            organisation: said(&change.organisation, contact.own.organisation),
            struck: contact.own.struck,
        };
        own.struck.extend(change.strike.iter().cloned());
        own.struck.retain(|struck| !change.add.iter().any(|added| added.eq_ignore_ascii_case(struck)));
        own.struck.sort();
        own.struck.dedup();
        let card = if change.add.is_empty() { None } else { Some(typed(&change.add)?) };
        self.store.change_contact(id, &own, card, self.now())?;
        self.contact(id)
    }

    /// Makes one person of two.
    ///
    /// # Errors
    /// A problem: there is nobody of such a number, or one of the library.
    pub fn join_contacts(&self, one: ContactId, other: ContactId) -> Result<ContactView, Problem> {
        self.store.join_contacts(one, other)?;
        self.contact(one)
    }

    /// Takes people off the list, or brings them back.
    ///
    /// # Errors
    /// A problem: there is nobody of such a number, or one of the library.
    pub fn remove_contacts(&self, ids: &[ContactId], undo: bool) -> Result<(), Problem> {
        Ok(self.store.remove_contacts(ids, undo, self.now())?)
    }

    /// Forgets everybody, and everything that was heard about them. What is followed stays.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn forget_contacts(&self) -> Result<(), Problem> {
        self.store.forget_contacts()?;
        Ok(self.store.set_setting(finding::RUN, "null")?)
    }

    /// Keeps that a source is not this person, or takes that back.
    ///
    /// # Errors
    /// A problem: the person has no such source, or one of the library.
    pub fn not_contact(&self, ask: &NotAsk) -> Result<ContactView, Problem> {
        let address = self.people_found()?.address(ask.contact, &ask.address);
        let address = address.ok_or_else(|| Problem::new(Code::NothingFound).with("input", ask.address.as_str()))?;
        self.store.say_not(ask.contact, &address, !ask.undo, self.now())?;
        self.contact(ask.contact)
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
        for view in found.views().iter().filter(|view| ask.people.is_empty() || ask.people.contains(&view.id)) {
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

    /// Everybody and what was found, as a CSV that no spreadsheet runs.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn export_contacts(&self) -> Result<String, Problem> {
        let mut rows = vec![HEADER.iter().map(|&cell| cell.to_owned()).collect()];
        for view in self.people_found()?.views() {
            let best: Vec<&MatchView> =
                view.matches.iter().filter(|found| found.confidence > 0 && !found.not).collect();
            let all = |of: &dyn Fn(&MatchView) -> String| {
                best.iter().map(|found| of(found)).collect::<Vec<_>>().join(SEVERAL)
            };
            let standing = match view.standing {
                Standing::Found => "found",
                Standing::Unsure => "unsure",
                Standing::Missing => "missing",
            };
            let addresses: Vec<String> = view.addresses.iter().map(|address| as_page(address)).collect();
            rows.push(vec![
                view.name.clone(),
                view.emails.join(SEVERAL),
                addresses.join(SEVERAL),
                view.organisation.clone().unwrap_or_default(),
                view.groups.join(SEVERAL),
                view.notes.join("\n"),
                standing.to_owned(),
                all(&|found| found.address.clone()),
                all(&|found| found.kind.clone()),
                all(&|found| found.stage.name().to_owned()),
                all(&|found| found.confidence.to_string()),
                all(&|found| found.posts_a_week.map(|rate| format!("{rate:.1}")).unwrap_or_default()),
                all(&|found| found.followed.to_string()),
            ]);
        }
        Ok(csv(&rows))
    }

    /// What can be followed for sure, as OPML: one source a line, called as the person is.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn export_found(&self) -> Result<String, Problem> {
        let found = self.people_found()?;
        let mut list = Vec::new();
        for view in found.views() {
            for sure in view.matches.iter().filter(|found| found.confidence >= view::SURE_OF_100 && !found.not) {
                let Some(address) = found.address(view.id, &sure.address) else { continue };
                let mut source = pepites_core::model::Source::unvisited(address, self.now());
                source.title = view.name.clone();
                list.push(source);
            }
        }
        Ok(pepites_core::interchange::opml::write(&list))
    }

    /// People, answers, what is followed: all that views are made of.
    fn people_found(&self) -> Result<Found, Problem> {
        let (answers, fresh) = self.store.answers(self.now())?;
        let settings = self.settings()?;
        Ok(Found::new(self.store.contacts()?, answers, fresh, &self.store.sources()?, &settings))
    }
}

/// `@user@host` as its page, which is no formula to a spreadsheet.
fn as_page(address: &str) -> String {
    let known = address.starts_with('@').then(|| sources::recognise(address)).flatten();
    known.map_or_else(|| address.to_owned(), |known: Address| known.locator)
}

/// What the reader typed of a person.
fn typed(texts: &[String]) -> Result<Card, Problem> {
    let mut card = Card::default();
    for text in texts.iter().map(|text| text.trim()) {
        let mail = !text.starts_with('@') && !text.contains('/') && text.split('@').count() == 2;
        if mail {
            card.emails.push(text.to_owned());
        } else if sources::recognise(text).is_some() || sources::x_account(text).is_some() {
            card.said.push(Said { text: text.to_owned(), place: Place::Account });
        } else {
            return Err(Problem::new(Code::AddressUnknown).with("input", masked_typed(text).into_owned()));
        }
    }
    Ok(card)
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
