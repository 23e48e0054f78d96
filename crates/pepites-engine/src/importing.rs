//! Takes a file that says what to follow, follows it all in one transaction, gives a report that accounts for every
//! line; and gives the list back as OPML. Never changes a source that is followed already but for its folders.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::catch_unwind,
};

use pepites_core::{
    interchange::{self, Found, Harvest, Refused, contacts, mastodon_following, opml},
    model::{Address, Flaw, Folder, Phrase, Source},
    sources,
    text::secret::{has_password, masked},
};
use pepites_store::NewSource;

use crate::{
    Engine,
    contract::{Code, ContactsImport, FlawView, ImportReport, ImportedSource, Problem},
    logins,
    net::Login,
};

mod undoing;
mod watch;

pub use watch::Watch;

/// Larger files are not read. The largest list that was ever seen has 10,104 feeds in 1.3 MB; fifty times that, with
/// room to spare, so that whoever made a list of fifty megabytes is not turned away.
pub(crate) const LARGEST_FILE: usize = 64 * MEGABYTE;
const MEGABYTE: usize = 1024 * 1024;
/// No file makes the reader follow more at once: Mastodon takes as many rows in one import, and the largest list seen
/// has half. A table of a million addresses is something else, and asking them all would take days.
const MOST_SOURCES: usize = 20_000;

impl Engine {
    /// Follows what a file says to follow. `even_partial`: take what could be read of a damaged file; without it, such
    /// a file is only reported (`offered`) and nothing changes.
    ///
    /// # Errors
    /// A problem that names the file, when nothing in it can be followed; or one of the library. Nothing was changed.
    pub fn import(&self, name: &str, bytes: &[u8], even_partial: bool) -> Result<ImportReport, Problem> {
        self.import_watched(name, bytes, even_partial, &Watch::nobody())
    }

    /// The same, while somebody watches.
    ///
    /// # Errors
    /// As [`Engine::import`]; and when it was stopped. Nothing was changed.
    pub fn import_watched(
        &self,
        name: &str,
        bytes: &[u8],
        even_partial: bool,
        watch: &Watch,
    ) -> Result<ImportReport, Problem> {
        let people = |engine: &Self| engine.import_contacts_watched(name, bytes, None, watch);
        self.take_in(name, bytes, even_partial, watch, people)
    }

    /// The same for a window, which can ask what the columns of a table of people hold ([`Engine::offer_contacts`]).
    ///
    /// # Errors
    /// As [`Engine::import_watched`].
    pub fn offer(&self, name: &str, bytes: &[u8], even_partial: bool, watch: &Watch) -> Result<ImportReport, Problem> {
        self.take_in(name, bytes, even_partial, watch, |engine| engine.offer_contacts(name, bytes, watch))
    }

    fn take_in(
        &self,
        name: &str,
        bytes: &[u8],
        even_partial: bool,
        watch: &Watch,
        people: impl Fn(&Self) -> Result<ContactsImport, Problem>,
    ) -> Result<ImportReport, Problem> {
        bounded(name, bytes)?;
        // A panic is a fault of ours, and told by who reads the file next.
        if catch_unwind(|| contacts::is_of_people(name, bytes)).unwrap_or(false) {
            return Ok(of_people(people(self)?));
        }
        let mut plan = match Plan::of(name, bytes, sources::recognise) {
            Ok(plan) if !plan.is_of_mail_only() => plan,
            // A table of names and mail addresses: nothing to follow, and people to find.
            refused => match people(self) {
                Ok(people) => return Ok(of_people(people)),
                Err(stopped) if stopped.code == Code::Stopped => return Err(stopped),
                Err(_) => refused?,
            },
        };
        let followed = self.store.sources().map_err(Problem::from)?;
        let logins = plan.logins(&followed);
        if plan.harvest.partial.is_some() && !even_partial {
            let followed: BTreeSet<(&str, &str)> = followed.iter().map(|source| source.address.place()).collect();
            let already = plan.rows.iter().map(|row| followed.contains(&row.address.place())).collect();
            return Ok(plan.report(name, already, true));
        }
        watch.go_on()?;
        let new: Vec<NewSource> = plan.rows.iter().map(Row::to_add).collect();
        let (step, now) = (watch.step(name, new.len()), self.now());
        let imported = self.store.import_sources(name, new, now, step).map_err(Problem::from)?;
        let added = imported.what;
        for ((login, added), row) in logins.iter().zip(&added).zip(&plan.rows) {
            let Some(login) = login else { continue };
            match logins::keep(&*self.keychain, &row.address, login) {
                Ok(()) if self.store.set_login(added.id, Some(login.kind()), now).is_ok() => {}
                // Followed all the same: the reader logs in once there is a keychain, and a library that can be written.
                _ => plan.passwords_lost += 1,
            }
        }
        let already = added.into_iter().map(|added| added.already).collect();
        Ok(ImportReport { import: imported.import, ..plan.report(name, already, false) })
    }

    /// Every followed source as OPML 2.0.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn export(&self) -> Result<String, Problem> {
        let order = self.compares_folders()?;
        Ok(opml::write(&self.store.sources().map_err(Problem::from)?, &order))
    }

    /// The people on Mastodon and its kin who are followed, as the CSV that their servers take.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn export_accounts(&self) -> Result<String, Problem> {
        Ok(mastodon_following::write(&self.store.sources().map_err(Problem::from)?))
    }

    /// How many followed sources have an address with a password, which an export leaves out.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn passwords(&self) -> Result<usize, Problem> {
        let sources = self.store.sources().map_err(Problem::from)?;
        Ok(sources.iter().filter(|source| has_password(&source.address.locator)).count())
    }
}

/// A file understood, before the library is asked.
#[derive(Debug)]
struct Plan {
    dialect: &'static str,
    /// One for each source.
    rows: Vec<Row>,
    /// What else the file gave; its `found` became `rows`.
    harvest: Harvest,
    /// Passwords that no keychain took.
    passwords_lost: u32,
}

/// A source of a file.
#[derive(Debug)]
struct Row {
    line: u32,
    address: Address,
    name: Option<String>,
    site: Option<String>,
    folders: Vec<Folder>,
}

impl Plan {
    /// Nothing in it can be followed, because it is mail addresses.
    fn is_of_mail_only(&self) -> bool {
        let mail = |flaw: &Flaw| flaw.why.key == "flaw.mail_address";
        self.rows.is_empty() && !self.harvest.flaws.is_empty() && self.harvest.flaws.iter().all(mail)
    }

    /// Takes names and passwords out of the addresses of a file: what each row has to log in. An old list must not change how a source is logged in that is
    /// followed already, nor double one that has its password in its address.
    fn logins(&mut self, followed: &[Source]) -> Vec<Option<Login>> {
        let places: Vec<(Address, &Address)> =
            followed.iter().map(|source| (logins::without(&source.address), &source.address)).collect();
        let followed: BTreeMap<(&str, &str), &Address> =
            places.iter().map(|(without, address)| (without.place(), *address)).collect();
        let mut login = |row: &mut Row| {
            let (locator, secret) = logins::apart(&row.address.locator);
            let login = Login::at(&locator, secret?);
            row.address.locator = locator;
            if let Some(&known) = followed.get(&row.address.place()) {
                row.address = known.clone();
                return None;
            }
            login
        };
        self.rows.iter_mut().map(&mut login).collect()
    }

    /// Nothing of the library is needed for it, and no file can bring it down.
    fn of(name: &str, bytes: &[u8], recognise: fn(&str) -> Option<Address>) -> Result<Self, Problem> {
        bounded(name, bytes)?;
        // A parser that panics is a fault of ours; the file is named, and the window lives on.
        catch_unwind(|| Self::read(name, bytes, recognise)).unwrap_or_else(|_| Err(broken(name)))
    }

    fn read(name: &str, bytes: &[u8], recognise: fn(&str) -> Option<Address>) -> Result<Self, Problem> {
        let (dialect, mut harvest) = interchange::harvest(name, bytes).map_err(|refused| match refused {
            Refused::Empty if bytes.is_empty() => nothing(Phrase::new("problem.file_empty.zero"), name),
            refused => refusal(refused, name),
        })?;
        if harvest.found.is_empty() && harvest.flaws.is_empty() {
            return Err(match harvest.partial.and_then(|flaw| flaw.line) {
                Some(line) => {
                    let detail = phrase("problem.file_unreadable.cut_off", name).with("line", line);
                    Problem { code: Code::FileUnreadable, detail }
                }
                None => nothing(Phrase::new(Code::FileEmpty.key()), name),
            });
        }
        if harvest.found.len() > MOST_SOURCES {
            let phrase = phrase("problem.file_too_large.many", name);
            let phrase =
                phrase.with("count", harvest.found.len() + harvest.beyond as usize).with("limit", MOST_SOURCES);
            return Err(Problem { code: Code::FileTooLarge, detail: phrase });
        }
        let mut rows: Vec<Row> = Vec::new();
        let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
        for found in std::mem::take(&mut harvest.found) {
            let Some(address) = recognise(&found.address) else {
                harvest.flaws.push(not_an_address(found));
                continue;
            };
            let (kind, place) = address.place();
            let place = (kind.to_owned(), place.to_owned());
            match places.get(&place).and_then(|at| rows.get_mut(*at)) {
                Some(row) => {
                    row.merge(found);
                    harvest.repeated += 1;
                }
                None => {
                    places.insert(place, rows.len());
                    rows.push(Row::new(address, found));
                }
            }
        }
        harvest.flaws.sort_by_key(|flaw| flaw.line.unwrap_or(u32::MAX));
        Ok(Self { dialect: dialect.name, rows, harvest, passwords_lost: 0 })
    }

    /// `already`: for each row, whether it was followed before.
    fn report(self, file: &str, already: Vec<bool>, offered: bool) -> ImportReport {
        let mut report = ImportReport {
            file: file.to_owned(),
            dialect: self.dialect.to_owned(),
            origin: self.harvest.origin,
            added: Vec::new(),
            already: Vec::new(),
            repeated: self.harvest.repeated,
            skipped: self.harvest.flaws.into_iter().map(FlawView::from).collect(),
            passwords_lost: self.passwords_lost,
            partial: self.harvest.partial.map(|flaw| flaw.why.with("file", file)),
            offered,
            import: None,
            contacts: None,
        };
        for (row, already) in self.rows.into_iter().zip(already) {
            let list = if already { &mut report.already } else { &mut report.added };
            list.push(row.imported());
        }
        report
    }
}

impl Row {
    fn new(address: Address, found: Found) -> Self {
        let mut row = Self {
            line: found.line,
            address,
            name: None,
            site: None,
            folders: Vec::with_capacity(found.folders.len()),
        };
        row.merge(found);
        row
    }

    /// The same source again, under an address that is written differently.
    fn merge(&mut self, found: Found) {
        // What another reader calls a source may be its reader's own name for it, and no file tells: it is kept as one.
        let named = found.title.filter(|title| *title != self.address.locator);
        self.name = self.name.take().or(named);
        self.site = self.site.take().or(found.site);
        for folder in found.folders {
            if !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
    }

    fn to_add(&self) -> NewSource {
        NewSource {
            address: self.address.clone(),
            feed: None,
            title: None,
            name: self.name.clone(),
            site: self.site.clone(),
            folders: self.folders.clone(),
        }
    }

    fn imported(self) -> ImportedSource {
        ImportedSource {
            line: self.line,
            title: masked(self.name.as_deref().unwrap_or(&self.address.locator)).into_owned(),
            address: masked(&self.address.locator).into_owned(),
            folders: self.folders.into_iter().map(|folder| folder.0).collect(),
        }
    }
}

/// The report of a file of people.
fn of_people(people: ContactsImport) -> ImportReport {
    ImportReport {
        file: people.file.clone(),
        dialect: people.dialect.clone(),
        origin: None,
        added: Vec::new(),
        already: Vec::new(),
        repeated: 0,
        skipped: Vec::new(),
        passwords_lost: 0,
        partial: None,
        offered: false,
        import: people.import,
        contacts: Some(people),
    }
}

/// A file that is too large is not read at all.
pub(crate) fn bounded(name: &str, bytes: &[u8]) -> Result<(), Problem> {
    if bytes.len() <= LARGEST_FILE {
        return Ok(());
    }
    let phrase = phrase("problem.file_too_large", name);
    let phrase = phrase.with("size", bytes.len() / MEGABYTE).with("limit", LARGEST_FILE / MEGABYTE);
    Err(Problem { code: Code::FileTooLarge, detail: phrase })
}

/// A fault of ours came out while it was read.
pub(crate) fn broken(name: &str) -> Problem {
    Problem { code: Code::FileUnreadable, detail: phrase("problem.file_unreadable.broken", name) }
}

/// Why a whole file gave nothing.
pub(crate) fn refusal(refused: Refused, name: &str) -> Problem {
    match refused {
        Refused::Empty => nothing(Phrase::new("problem.file_empty.blank"), name),
        Refused::Other(kind) => {
            Problem { code: Code::FileUnknown, detail: phrase(&format!("problem.file_unknown.{kind}"), name) }
        }
        Refused::Table { columns, bare: true } => {
            nothing(Phrase::new("problem.file_empty.header").with("columns", columns.join(", ")), name)
        }
        Refused::Table { columns, bare: false } => Problem {
            code: Code::FileUnknown,
            detail: phrase("problem.file_unknown.table", name).with("columns", columns.join(", ")),
        },
    }
}

fn phrase(key: &str, file: &str) -> Phrase {
    Phrase::new(key).with("file", file)
}

fn nothing(why: Phrase, name: &str) -> Problem {
    Problem { code: Code::FileEmpty, detail: why.with("file", name) }
}

fn not_an_address(found: Found) -> Flaw {
    Flaw {
        line: Some(found.line),
        subject: found.address.chars().take(200).collect(),
        why: Phrase::new("flaw.not_an_address"),
    }
}

#[cfg(test)]
mod tests;
