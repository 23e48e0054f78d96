//! Takes what the reader wants none, more or less of, keeps it as a rule, says what it will do.

use clap::{ArgAction, ArgGroup, ArgMatches, Command};
use pepites_core::{
    model::{Day, Phrase},
    score::{rules::Wish, taste::Kind},
};
use pepites_engine::{
    Engine,
    contract::{RuleAsk, RuleView},
};

use super::{follow, rules::about};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, session::Session};

/// What it is about, and for how long and where.
pub(super) fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("what", "words").num_args(1..).required(true).action(ArgAction::Append))
        .args(["person", "tag", "source"].map(|kind| words.flag(kind)))
        .arg(words.option("folder", "folder"))
        .arg(words.option("until", "date").value_parser(day))
        .group(ArgGroup::new("kind").args(["person", "tag", "source"]))
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
    let rule = engine.set_rule(&RuleAsk { id: None, wish, kind, name, folder, until })?;
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
    }
}

fn meant(engine: &Engine, matches: &ArgMatches) -> Result<(Kind, String), Failure> {
    let typed: Vec<String> = matches.get_many::<String>("what").unwrap_or_default().cloned().collect();
    let typed = typed.join(" ");
    Ok(if matches.get_flag("source") {
        (Kind::Source, follow::meant_by(engine, &typed)?.id.to_string())
    } else if matches.get_flag("person") {
        (Kind::Person, typed)
    } else if matches.get_flag("tag") {
        (Kind::Tag, typed.trim_start_matches('#').to_owned())
    } else {
        (Kind::Word, typed)
    })
}

/// The names of what rules are about, in the order of the contract.
pub(super) fn kind_key(rule: &RuleView) -> &'static str {
    match rule.kind {
        Kind::Word => "cli.kind.word",
        Kind::Person => "cli.kind.person",
        Kind::Source => "cli.kind.source",
        Kind::Tag => "cli.kind.tag",
    }
}
