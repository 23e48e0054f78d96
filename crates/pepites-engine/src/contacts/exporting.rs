//! Gives everybody and what was found as files: a CSV that is read back, and OPML. Never a cell that a spreadsheet would run.

use pepites_core::{
    model::{Address, FolderOrder, Source},
    people::csv,
    sources,
};

use super::view;
use crate::{
    Engine,
    contract::{MatchView, Problem, Standing},
};

/// What stands between several values of one cell, as Google has it.
const SEVERAL: &str = " ::: ";

/// The header of what is exported: read back by the reader of any table.
#[rustfmt::skip]
const HEADER: &[&str] = &[
    "Name", "E-mail", "Website", "Organization", "Groups", "Notes", "Standing", "Found", "Kind", "Stage", "Confidence", "Posts a week", "Followed",
];

impl Engine {
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
                let mut source = Source::unvisited(address, self.now());
                source.title = view.name.clone();
                list.push(source);
            }
        }
        Ok(pepites_core::interchange::opml::write(&list, &FolderOrder::default()))
    }
}

/// `@user@host` as its page, which is no formula to a spreadsheet.
fn as_page(address: &str) -> String {
    let known = address.starts_with('@').then(|| sources::recognise(address)).flatten();
    known.map_or_else(|| address.to_owned(), |known: Address| known.locator)
}
