//! Gives the searches that the reader keeps; takes one back, or gives it a section of the digest.

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::SearchId;
use pepites_engine::contract::{KeepSearchAsk, SavedSearch};

use super::Entry;
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "searches", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    let number = |name| words.option(name, "id").value_parser(value_parser!(i64).range(1..));
    command.args(["remove", "section", "no-section"].map(number))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let asked = |name: &str| matches.get_one::<i64>(name).copied().map(SearchId);
    if let Some(id) = asked("remove") {
        engine.drop_search(id)?;
    }
    for (name, section) in [("section", true), ("no-section", false)] {
        let Some(id) = asked(name) else { continue };
        let kept = engine.searches()?.into_iter().find(|kept| kept.id == id);
        // Of one that is not kept, the engine says so.
        let (name, words) = kept.map_or((String::new(), "?".to_owned()), |kept| (kept.name, kept.words));
        engine.keep_search(&KeepSearchAsk { id: Some(id), name, words, section })?;
    }
    let searches = engine.searches()?;
    session.give(&searches, |look| page(&searches, look))?;
    Ok(Exit::Done)
}

fn page(searches: &[SavedSearch], look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if searches.is_empty() {
        sheet.paragraph(0, Ink::Plain, &look.text("cli.searches.none"));
        sheet.line(&[(Ink::Plain, &look.hint("cli.searches.first", "search --keep NAME storm"))]);
        return sheet.done();
    }
    let width = searches.iter().map(|kept| kept.id.to_string().len()).max().unwrap_or_default();
    for kept in searches {
        let section = if kept.section { format!("  {}", look.text("cli.searches.section")) } else { String::new() };
        sheet.row(&[
            (Ink::Faint, &format!("{:<width$}  ", kept.id.0)),
            (Ink::Plain, &kept.name),
            (Ink::Faint, &format!("  {}{section}", kept.words)),
        ]);
    }
    sheet.done()
}

#[cfg(test)]
mod tests {
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    #[test]
    fn each_search_is_a_line_that_says_what_is_searched() {
        let kept = |id, name: &str, words: &str, section| SavedSearch {
            id: SearchId(id),
            name: name.to_owned(),
            words: words.to_owned(),
            section,
        };
        let searches = [kept(3, "Storms", "storm is:unread", false), kept(12, "Sea", "tag:sea", true)];
        assert_eq!(
            page(&searches, &look(Language::English)),
            "3   Storms  storm is:unread\n12  Sea  tag:sea  in the digest\n"
        );
        let empty = page(&[], &look(Language::English));
        assert!(empty.contains("pepites search --keep NAME storm"), "{empty}");
    }
}
