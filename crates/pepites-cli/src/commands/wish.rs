//! Takes what the reader wants none, more or less of, keeps it as a rule, says what it will do.

use clap::{ArgAction, ArgGroup, ArgMatches, Command};
use pepites_core::{
    model::{Day, Phrase},
    score::rules::{Matter, Wish},
};
use pepites_engine::{
    Engine,
    contract::{RuleAsk, RulePreview, RuleView},
};

use super::{follow, posts, rules::about};
use crate::{
    arguments::Words,
    clean,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

/// What else than words a rule may look at.
const KINDS: [&str; 7] = ["person", "tag", "source", "language", "longer", "shorter", "relay"];

/// What it is about, and for how long and where.
pub(super) fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("what", "words").num_args(1..).required_unless_present("relay").action(ArgAction::Append))
        .args(KINDS.map(|kind| words.flag(kind)))
        .arg(words.flag("try"))
        .arg(words.option("folder", "folder"))
        .arg(words.option("until", "date").value_parser(day))
        .group(ArgGroup::new("kind").args(KINDS))
}

/// `2026-11-20`, a day that exists.
fn day(text: &str) -> Result<Day, String> {
    text.parse::<jiff::civil::Date>().map(|date| Day(date.to_string())).map_err(|error| error.to_string())
}

/// Keeps the rule.
pub(super) fn run(session: &Session, matches: &ArgMatches, wish: Wish) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let (kind, name) = meant(&engine, matches)?;
    let folder = matches.get_one::<String>("folder").map(|typed| follow::folder(typed));
    let until = matches.get_one::<Day>("until").cloned();
    // Only one of the commands has it.
    let into = matches.try_get_one::<String>("into").ok().flatten().map(|typed| follow::folder(typed));
    let ask = RuleAsk { id: None, wish, kind, name, folder, into, until };
    if matches.get_flag("try") {
        let tried = engine.try_rule(&ask)?;
        session.give(&tried, |look| tried_page(&tried, look))?;
        return Ok(Exit::Done);
    }
    let rule = engine.set_rule(&ask)?;
    session.give(&rule, |look| {
        let said = Phrase::new(key(wish)).with("about", about(look, &rule)).with("count", rule.posts_30d);
        let undo = look.hint("cli.rules.undo", &format!("rules --remove {}", rule.id));
        format!("{}\n{undo}\n", clean::line(&look.say(&said)))
    })?;
    Ok(Exit::Done)
}

fn key(wish: Wish) -> &'static str {
    match wish {
        Wish::Mute => "cli.rules.muted",
        Wish::Like => "cli.rules.liked",
        Wish::Dislike => "cli.rules.disliked",
        Wish::Always => "cli.rules.always_in",
        Wish::Notify => "cli.rules.notified",
        Wish::Star => "cli.rules.stars",
        Wish::File => "cli.rules.files",
    }
}

fn meant(engine: &Engine, matches: &ArgMatches) -> Result<(Matter, String), Failure> {
    let typed: Vec<String> = matches.get_many::<String>("what").unwrap_or_default().cloned().collect();
    let typed = typed.join(" ");
    Ok(if matches.get_flag("source") {
        (Matter::Source, follow::meant_by(engine, &typed)?.id.to_string())
    } else if matches.get_flag("person") {
        (Matter::Person, typed)
    } else if matches.get_flag("tag") {
        (Matter::Tag, typed.trim_start_matches('#').to_owned())
    } else if matches.get_flag("relay") {
        (Matter::Relay, "relay".to_owned())
    } else {
        let of = [("language", Matter::Language), ("longer", Matter::Longer), ("shorter", Matter::Shorter)];
        let matter = of.into_iter().find(|(name, _)| matches.get_flag(name)).map(|(_, matter)| matter);
        (matter.unwrap_or(Matter::Word), typed)
    })
}

/// What a rule that is tried would have spoken of, the newest first.
fn tried_page(tried: &RulePreview, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    sheet.paragraph(0, Ink::Strong, &look.count("cli.rules.tried", tried.posts_30d));
    let width = posts::number_width(tried.examples.iter());
    for line in &tried.examples {
        posts::row(&mut sheet, look, width, line, &[]);
    }
    sheet.done()
}

/// The names of what rules are about, in the order of the contract.
pub(super) fn kind_key(rule: &RuleView) -> &'static str {
    match rule.kind {
        Matter::Word => "cli.kind.word",
        Matter::Person => "cli.kind.person",
        Matter::Source => "cli.kind.source",
        Matter::Tag => "cli.kind.tag",
        Matter::Language => "cli.kind.language",
        Matter::Longer => "cli.kind.longer",
        Matter::Shorter => "cli.kind.shorter",
        Matter::Relay => "cli.kind.relay",
    }
}
