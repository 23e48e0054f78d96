//! Gives where the library is and what it weighs.

use clap::ArgMatches;
use pepites_engine::contract::LibraryView;

use super::Entry;
use crate::{
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
    wrap,
};

pub(super) const ENTRY: Entry = Entry { name: "library", arguments: |command, _| command, run };

fn run(session: &Session, _: &ArgMatches) -> Result<Exit, Failure> {
    let library = session.library()?.library()?;
    session.give(&library, |look| page(&library, look))?;
    Ok(Exit::Done)
}

fn page(library: &LibraryView, look: &Look) -> String {
    #[expect(clippy::cast_precision_loss, reason = "posts shown to a person stay far below 2^52")]
    let number = |count: u64| look.language.number(count as f64);
    let rows = [
        (look.text("cli.library.folder"), library.folder.clone()),
        (look.text("cli.library.size"), look.language.size(library.bytes)),
        (look.text("cli.library.sources"), number(library.sources)),
        (look.text("cli.library.posts"), number(library.posts)),
        (look.text("cli.library.starred"), number(library.starred)),
    ];
    let width = rows.iter().map(|(name, _)| wrap::columns(name)).max().unwrap_or_default();
    let mut sheet = Sheet::new(look);
    for (name, value) in &rows {
        let gap = " ".repeat(width.saturating_sub(wrap::columns(name)) + 2);
        sheet.line(&[(Ink::Faint, name), (Ink::Plain, &gap), (Ink::Plain, value)]);
    }
    sheet.done()
}

#[cfg(test)]
mod tests {
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    #[test]
    fn the_library_is_weighed_in_words() {
        let library = LibraryView {
            folder: "/home/x/pepites".to_owned(),
            bytes: 12_345_678,
            posts: 3027,
            sources: 155,
            starred: 9,
            pictures: 0,
        };
        assert_eq!(
            page(&library, &look(Language::English)),
            "Folder       /home/x/pepites\nOn the disk  12.3 MB\nSources      155\nPosts        3,027\nStarred      9\n"
        );
        assert!(page(&library, &look(Language::French)).contains("Sur le disque  12,3\u{a0}Mo\n"));
    }
}
