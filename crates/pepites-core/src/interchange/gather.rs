//! Takes what a dialect finds line by line, gives the harvest: addresses checked, repeated ones merged, everything
//! bounded. Never drops a line without a flaw that names it.

use std::collections::HashMap;

use super::{Found, Harvest, address, clean};
use crate::model::{Flaw, Folder, Phrase};

/// Past this many flaws a report is no help; the rest are counted.
const MOST_FLAWS: usize = 10_000;
/// No source stands in more folders than this but in a file made to exhaust memory.
const MOST_FOLDERS_EACH: usize = 1_000;
/// All folder names of all sources together. A 50 MB file of real shape has a quarter of this; a hostile one, with a
/// million sources a thousand folders deep, would need a thousand million.
const MOST_NAMES: usize = 4_000_000;
/// Sources of one file that are kept: many times what is followed from one. The rest are counted.
const MOST_FOUND: usize = 100_000;
/// A flaw's subject is shown in a list.
const SUBJECT_CHARS: usize = 200;

/// One line of a file, as a dialect understands it.
#[derive(Default)]
pub(super) struct Line<'a> {
    pub(super) line: u32,
    pub(super) address: &'a str,
    pub(super) title: Option<String>,
    pub(super) site: Option<&'a str>,
    /// The folder that it stands in; empty is the top level.
    pub(super) path: &'a [String],
    /// Folders that it is in besides.
    pub(super) folders: Vec<Folder>,
}

/// A harvest in the making.
#[derive(Default)]
pub(super) struct Gather {
    harvest: Harvest,
    places: HashMap<String, usize>,
    names: usize,
    more_flaws: usize,
}

impl Gather {
    /// Takes a line whose address is written like an address. Gives its place in `found`, unless it was refused.
    pub(super) fn take(&mut self, line: Line<'_>) -> Option<usize> {
        match address::checked(line.address) {
            Ok(address) => Some(self.keep(address, line)),
            Err(why) => {
                self.skip_line(&line, why);
                None
            }
        }
    }

    /// Takes a line whose address is written `user@host`.
    pub(super) fn take_account(&mut self, line: Line<'_>) {
        match address::account(line.address) {
            Ok(address) => {
                self.keep(address, line);
            }
            Err(why) => self.skip_line(&line, why),
        }
    }

    /// Skips a line, and says why.
    pub(super) fn skip(&mut self, line: u32, subject: &str, why: Phrase) {
        if self.harvest.flaws.len() >= MOST_FLAWS {
            self.more_flaws += 1;
        } else {
            self.harvest.flaws.push(flaw(line, subject, why));
        }
    }

    /// The file is damaged from that line on.
    pub(super) fn damaged(&mut self, line: u32, why: Phrase) {
        if self.harvest.partial.is_none() {
            self.harvest.partial = Some(flaw(line, "", why.with("line", line)));
        }
    }

    /// The program that wrote the file.
    pub(super) fn written_by(&mut self, origin: &str) {
        self.harvest.origin.get_or_insert_with(|| origin.to_owned());
    }

    /// The source at that place, to be corrected by what the dialect learns later.
    pub(super) fn found(&mut self, place: usize) -> Option<&mut Found> {
        self.harvest.found.get_mut(place)
    }

    /// The harvest.
    pub(super) fn finish(mut self) -> Harvest {
        if self.more_flaws > 0 {
            let why = Phrase::new("flaw.more").with("count", self.more_flaws);
            self.harvest.flaws.push(Flaw { line: None, subject: String::new(), why });
        }
        self.harvest
    }

    fn skip_line(&mut self, line: &Line<'_>, why: Phrase) {
        let shown =
            if line.address.trim().is_empty() { line.title.as_deref().unwrap_or_default() } else { line.address };
        self.skip(line.line, shown, why);
    }

    fn keep(&mut self, address: String, line: Line<'_>) -> usize {
        let title = line.title.as_deref().and_then(clean::name).filter(|title| *title != address);
        let site = line.site.and_then(|site| address::checked(site).ok()).filter(|site| site.contains("://"));
        let known = self.places.get(&address).copied();
        self.harvest.repeated += u32::from(known.is_some());
        if known.is_none() && self.harvest.found.len() >= MOST_FOUND {
            self.harvest.beyond = self.harvest.beyond.saturating_add(1);
            return self.harvest.found.len();
        }
        let place = known.unwrap_or_else(|| {
            let place = self.harvest.found.len();
            self.places.insert(address.clone(), place);
            let found = Found { line: line.line, address, title: None, site: None, folders: Vec::new() };
            self.harvest.found.push(found);
            place
        });
        let mut full = false;
        if let Some(found) = self.harvest.found.get_mut(place) {
            found.title = found.title.take().or(title);
            found.site = found.site.take().or(site);
            let paths = line.folders.iter().map(|folder| folder.0.as_slice());
            for path in std::iter::once(line.path).chain(paths) {
                if path.is_empty() || found.folders.iter().any(|folder| folder.0 == path) {
                    continue;
                }
                let fits = found.folders.len() < MOST_FOLDERS_EACH && self.names + path.len() <= MOST_NAMES;
                full |= !fits;
                if fits {
                    self.names += path.len();
                    found.folders.push(Folder(path.to_vec()));
                }
            }
        }
        if full {
            self.skip(line.line, line.address, Phrase::new("flaw.folders_many"));
        }
        place
    }
}

fn flaw(line: u32, subject: &str, why: Phrase) -> Flaw {
    // Only the beginning is cleaned: a subject can be a line of fifty megabytes.
    let beginning: String = subject.trim_start().chars().take(SUBJECT_CHARS).collect();
    Flaw { line: Some(line), subject: clean::name(&beginning).unwrap_or_default(), why }
}
