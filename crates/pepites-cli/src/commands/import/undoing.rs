//! Takes an import back, says what went and what stays.

use clap::ArgMatches;
use pepites_core::model::{ImportId, Phrase};
use pepites_engine::contract::{Code, UndoneImport};

use crate::{
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

/// What is typed without a number: the last one.
pub(super) const LAST: &str = "0";

pub(super) fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let import = match matches.get_one::<i64>("undo").copied().filter(|number| *number > 0) {
        Some(number) => ImportId(number),
        None => {
            let none = || Failure::new(Code::Missing, Phrase::new("problem.missing.import_last"));
            let (import, file) = engine.last_import()?.ok_or_else(none)?;
            session.note(&session.look.say(&Phrase::new("cli.import.undone.last").with("file", file)));
            import
        }
    };
    let undone = engine.undo_import(import)?;
    session.give(&undone, |look| page(&undone, look))?;
    Ok(Exit::Done)
}

fn page(undone: &UndoneImport, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let counts = [
        ("import.back.sources", undone.sources),
        ("import.back.folders", undone.folders),
        ("import.back.people", undone.people),
        ("cli.import.back.rows", undone.rows),
    ];
    let said: Vec<String> =
        counts.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| look.count(key, count)).collect();
    let head = match said.is_empty() {
        _ if undone.before => look.text("cli.import.undone.before"),
        true => look.text("cli.import.undone.nothing"),
        false => look.say(&Phrase::new("cli.import.undone").with("what", said.join(", "))),
    };
    sheet.paragraph(0, Ink::Strong, &head);
    for kept in &undone.kept {
        let phrase = Phrase::new("import.kept").with("title", kept.title.as_str()).with("why", look.say(&kept.why));
        sheet.hanging("  ", Ink::Plain, &look.say(&phrase));
    }
    for name in &undone.kept_people {
        sheet.hanging("  ", Ink::Plain, &look.say(&Phrase::new("import.kept.person").with("name", name.as_str())));
    }
    sheet.done()
}

#[cfg(test)]
mod tests {
    use pepites_core::model::SourceId;
    use pepites_engine::{catalogue::Language, contract::KeptSource};

    use super::*;
    use crate::look::tests::look;

    #[test]
    fn what_went_is_counted_and_what_stays_is_named_with_its_reason() {
        let kept = KeptSource { source: SourceId(3), title: "Bees".to_owned(), why: Phrase::new("kept.moved") };
        let mut undone = UndoneImport { sources: 2, folders: 1, kept: vec![kept], ..UndoneImport::default() };
        let english = look(Language::English);
        assert_eq!(
            page(&undone, &english),
            "Taken back: 2 sources followed no more, 1 source out of the folders of the file.\n  \
             Bees stays: you put it into other folders since.\n"
        );
        undone = UndoneImport { before: true, ..UndoneImport::default() };
        assert!(page(&undone, &english).contains("taken back before"));
    }
}
