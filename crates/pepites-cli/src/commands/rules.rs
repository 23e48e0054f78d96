//! Gives the rules of the reader, or takes one back.

use clap::{ArgMatches, Command, value_parser};
use pepites_core::{
    model::{Phrase, RuleId},
    score::rules::{Matter, Wish},
};
use pepites_engine::contract::RuleView;

use super::{Entry, follow, wish::kind_key};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "rules", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.option("remove", "id").value_parser(value_parser!(i64).range(1..)))
        .arg(words.flag("unstar").requires("remove"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    if let Some(id) = matches.get_one::<i64>("remove") {
        if matches.get_flag("unstar") {
            engine.undo_rule(RuleId(*id))?;
        } else {
            engine.drop_rule(RuleId(*id))?;
        }
    }
    let rules = engine.rules()?;
    session.give(&rules, |look| page(&rules, look))?;
    Ok(Exit::Done)
}

fn page(rules: &[RuleView], look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if rules.is_empty() {
        sheet.paragraph(0, Ink::Plain, &look.text("cli.rules.none"));
        sheet.line(&[(Ink::Plain, &look.hint("cli.rules.first", "mute black friday"))]);
        return sheet.done();
    }
    let width = rules.iter().map(|rule| rule.id.to_string().len()).max().unwrap_or_default();
    for rule in rules {
        let wish = look.text(match rule.wish {
            Wish::Mute => "cli.rules.mute",
            Wish::Like => "cli.rules.like",
            Wish::Dislike => "cli.rules.dislike",
            Wish::Always => "cli.rules.always",
            Wish::Notify => "cli.rules.notify",
            Wish::Star => "cli.rules.star",
            Wish::File => "cli.rules.file",
        });
        let ink = if rule.over { Ink::Faint } else { Ink::Plain };
        let found = look.count("cli.rules.posts", rule.posts_30d);
        sheet.row(&[
            (Ink::Faint, &format!("{:<width$}  ", rule.id.0)),
            (ink, &format!("{wish} {}", about(look, rule))),
            (Ink::Faint, &format!("  {found}")),
            (Ink::Faint, &done(look, rule)),
        ]);
    }
    sheet.done()
}

/// What it did, where it does something to posts.
fn done(look: &Look, rule: &RuleView) -> String {
    let key = match rule.wish {
        Wish::Star => "cli.rules.starred",
        Wish::File => "cli.rules.filed",
        _ => return String::new(),
    };
    format!(", {}", look.count(key, rule.done))
}

/// "the words “black friday” in News / Tech until 1 December".
pub(super) fn about(look: &Look, rule: &RuleView) -> String {
    let minutes = matches!(rule.kind, Matter::Longer | Matter::Shorter);
    let name = if minutes { &rule.name } else { &rule.shown };
    let mut said = look.say(&Phrase::new(kind_key(rule)).with("name", name.as_str()));
    if let Some(folder) = &rule.folder {
        said.push(' ');
        said.push_str(&look.say(&Phrase::new("cli.rules.within").with("folder", follow::path(folder))));
    }
    if let Some(into) = &rule.into {
        said.push(' ');
        said.push_str(&look.say(&Phrase::new("cli.rules.into").with("folder", follow::path(into))));
    }
    if let Some(until) = &rule.until {
        let key = if rule.over { "cli.rules.over" } else { "cli.rules.until" };
        said.push(' ');
        said.push_str(&look.say(&Phrase::new(key).with("day", look.language.long_date(until))));
    }
    said
}

#[cfg(test)]
mod tests {
    use pepites_core::model::Day;
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    #[test]
    fn each_rule_is_a_line_that_says_what_where_and_until_when() {
        let words = RuleView {
            id: RuleId(3),
            wish: Wish::Mute,
            kind: Matter::Word,
            name: "Black Friday".to_owned(),
            shown: "Black Friday".to_owned(),
            folder: Some(vec!["News".to_owned(), "Tech".to_owned()]),
            into: None,
            until: Some(Day("2026-12-01".to_owned())),
            over: false,
            posts_30d: 4,
            done: 0,
        };
        let source = RuleView {
            id: RuleId(12),
            wish: Wish::Like,
            kind: Matter::Source,
            name: "7".to_owned(),
            shown: "Bees".to_owned(),
            folder: None,
            into: None,
            until: None,
            over: false,
            posts_30d: 1,
            done: 0,
        };
        let filed = RuleView {
            id: RuleId(13),
            wish: Wish::File,
            into: Some(vec!["Work".to_owned()]),
            done: 2,
            ..source.clone()
        };
        assert_eq!(
            page(&[words, source, filed], &look(Language::English)),
            "3   none with “Black Friday” in News / Tech until Tuesday 1 December 2026  4 posts in 30 days\n\
             12  more from Bees  1 post in 30 days\n\
             13  file Bees into Work  1 post in 30 days, 2 posts there\n"
        );
        let empty = page(&[], &look(Language::English));
        assert!(empty.contains("pepites mute black friday"), "{empty}");
    }
}
