//! Gives what was learned of the reader's taste, takes something out of it, or forgets it all.

use clap::{ArgAction, ArgGroup, ArgMatches, Command};
use pepites_core::{
    model::{Moment, Phrase},
    score::taste::Kind,
};
use pepites_engine::contract::{LearnedView, TasteView, TraitAsk};

use super::{Entry, follow};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "taste", arguments, run };

/// Weights are shown as bars of so many letters at most.
const BAR: f64 = 10.0;

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("what", "words").num_args(1..).action(ArgAction::Append))
        .args(["person", "tag", "source"].map(|kind| words.flag(kind)))
        .arg(words.flag("undo"))
        .arg(words.flag("forget-all"))
        .group(ArgGroup::new("kind").args(["person", "tag", "source"]).requires("what"))
        .mut_arg("forget-all", |arg| arg.conflicts_with("what"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let undo = matches.get_flag("undo");
    let typed: Vec<String> = matches.get_many::<String>("what").unwrap_or_default().cloned().collect();
    if matches.get_flag("forget-all") {
        // The beginning of time: all marks teach again.
        engine.forget_taste(undo.then_some(Moment(0)))?;
    } else if !typed.is_empty() {
        let name = typed.join(" ");
        let (kind, name) = if matches.get_flag("source") {
            (Kind::Source, follow::meant_by(&engine, &name)?.id.to_string())
        } else if matches.get_flag("person") {
            (Kind::Person, name)
        } else if matches.get_flag("tag") {
            (Kind::Tag, name)
        } else {
            (Kind::Word, name)
        };
        engine.remove_trait(&TraitAsk { kind, name, out: !undo })?;
    }
    let taste = engine.learned_taste()?;
    session.give(&taste, |look| page(&taste, look))?;
    Ok(Exit::Done)
}

fn page(taste: &TasteView, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if taste.starred < taste.needed {
        let said = Phrase::new("cli.taste.too_early").with("count", taste.starred).with("needed", taste.needed);
        sheet.paragraph(0, Ink::Plain, &look.say(&said));
    }
    let (with, against): (Vec<&LearnedView>, Vec<&LearnedView>) =
        taste.learned.iter().partition(|one| one.weight > 0.0);
    let none = look.text("cli.taste.nothing");
    let heads = [
        ("cli.taste.with", with),
        ("cli.taste.against", against),
        ("cli.taste.removed", taste.removed.iter().collect()),
    ];
    for (head, learned) in heads {
        if learned.is_empty() {
            continue;
        }
        sheet.blank();
        sheet.line(&[(Ink::Strong, &look.text(head))]);
        for one in learned {
            line(&mut sheet, look, one);
        }
    }
    if taste.learned.is_empty() && taste.starred >= taste.needed {
        sheet.line(&[(Ink::Plain, &none)]);
    }
    if !taste.learned.is_empty() {
        sheet.blank();
        sheet
            .line(&[(Ink::Faint, &look.hint("cli.taste.remove", &format!("taste {}", look.text("help.value.words"))))]);
    }
    sheet.done()
}

fn line(sheet: &mut Sheet<'_>, look: &Look, one: &LearnedView) {
    let kind = match one.kind {
        Kind::Word => "",
        Kind::Person => "cli.taste.person",
        Kind::Source => "cli.taste.source",
        Kind::Tag => "cli.taste.tag",
    };
    let kind = if kind.is_empty() { String::new() } else { format!(" ({})", look.text(kind)) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a bar of ten letters at most")]
    let bar = "▪".repeat((one.weight.abs() * BAR).round().clamp(0.0, BAR) as usize);
    sheet.row(&[(Ink::Faint, &format!("{bar:<10}  ")), (Ink::Plain, &one.shown), (Ink::Faint, &kind)]);
}

#[cfg(test)]
mod tests {
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    fn one(kind: Kind, shown: &str, weight: f64) -> LearnedView {
        LearnedView { kind, name: shown.to_owned(), shown: shown.to_owned(), weight }
    }

    #[test]
    fn what_was_learned_is_shown_by_its_weight_and_what_was_taken_out_beneath() {
        let taste = TasteView {
            starred: 12,
            needed: 10,
            since: None,
            learned: vec![
                one(Kind::Word, "bees", 1.0),
                one(Kind::Source, "Slate Wire", -0.4),
                one(Kind::Tag, "sea", 0.2),
            ],
            removed: vec![one(Kind::Person, "ada", 0.0)],
        };
        let page = page(&taste, &look(Language::English));
        for expected in
            ["▪▪▪▪▪▪▪▪▪▪  bees\n", "▪▪          sea (tag)\n", "▪▪▪▪        Slate Wire (source)\n", "ada (person)"]
        {
            assert!(page.contains(expected), "{expected:?} is not in\n{page}");
        }
    }

    #[test]
    fn before_the_tenth_star_it_says_how_many_are_missing() {
        let taste = TasteView { starred: 3, needed: 10, since: None, learned: Vec::new(), removed: Vec::new() };
        assert!(page(&taste, &look(Language::English)).contains("3 of 10"));
    }
}
