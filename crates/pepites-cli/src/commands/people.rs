//! Gives who is one person among what is followed; of two sources, keeps that they are one person, or not.

use clap::{ArgMatches, Command};
use pepites_core::model::{Phrase, SourceId};
use pepites_engine::{
    Engine,
    contract::{PeopleView, PersonSource, TieAsk},
};

use super::{Entry, follow};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "people", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("source", "source").requires("other"))
        .arg(words.operand("other", "source"))
        .arg(words.flag("apart").requires("other"))
        .arg(words.flag("undo").requires("other").conflicts_with("apart"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    if matches.contains_id("other") {
        let together = (!matches.get_flag("undo")).then(|| !matches.get_flag("apart"));
        engine.tie(TieAsk {
            one: named(&engine, matches, "source")?,
            other: named(&engine, matches, "other")?,
            together,
        })?;
    }
    let people = engine.people()?;
    session.give(&people, |look| page(&people, look))?;
    Ok(Exit::Done)
}

fn named(engine: &Engine, matches: &ArgMatches, argument: &str) -> Result<SourceId, Failure> {
    let typed = matches.get_one::<String>(argument).map(String::as_str).unwrap_or_default();
    Ok(follow::exactly(engine, typed)?.id)
}

fn page(people: &PeopleView, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let line = |source: &PersonSource| format!("{} — {}", source.title, source.address);
    for person in &people.together {
        for (place, source) in person.iter().enumerate() {
            let (first, ink) = if place == 0 { ("", Ink::Strong) } else { ("  = ", Ink::Plain) };
            sheet.hanging(&format!("{first}{} ", source.source), ink, &line(source));
        }
    }
    if people.together.is_empty() {
        sheet.paragraph(0, Ink::Plain, &look.text("cli.people.none"));
    }
    for tie in &people.said {
        let key = if tie.together { "cli.people.together" } else { "cli.people.apart" };
        let phrase = Phrase::new(key).with("one", tie.one.title.as_str()).with("other", tie.other.title.as_str());
        sheet.paragraph(0, Ink::Faint, &look.say(&phrase));
    }
    sheet.line(&[(Ink::Faint, &look.hint("cli.people.next", "people 3 8"))]);
    sheet.done()
}

#[cfg(test)]
mod tests {
    use pepites_engine::{catalogue::Language, contract::TieView};

    use super::*;
    use crate::look::tests::look;

    #[test]
    fn a_person_is_shown_with_all_their_sources_and_what_the_reader_said() {
        let source = |id: i64, title: &str| PersonSource {
            source: SourceId(id),
            title: title.to_owned(),
            address: format!("https://{id}.example/"),
        };
        let [ada, countess, bo] = [source(3, "Ada"), source(8, "Countess"), source(9, "Bo")];
        let people = PeopleView {
            together: vec![vec![ada.clone(), countess.clone()]],
            said: vec![
                TieView { one: ada.clone(), other: countess, together: true },
                TieView { one: ada, other: bo, together: false },
            ],
        };
        assert_eq!(
            page(&people, &look(Language::English)),
            "3 Ada — https://3.example/
  = 8 Countess — https://8.example/
You said: Ada and Countess are one person.
You said: Ada and Bo are not.
To say that two sources are one person: pepites people 3 8
"
        );
        let nobody = PeopleView { together: Vec::new(), said: Vec::new() };
        assert!(page(&nobody, &look(Language::French)).starts_with("Personne"));
    }
}
