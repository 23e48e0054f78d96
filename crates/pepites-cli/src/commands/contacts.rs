//! Takes what to do with the people of the reader's contacts, does it: import, look, search, follow. Never follows anybody
//! unasked, and asks nobody before it has said whom.

use std::path::{Path, PathBuf};

use clap::{ArgAction, ArgMatches, Command, value_parser};
use pepites_core::{
    interchange::contacts::Column,
    model::{ContactId, Phrase},
    people::Stage,
};
use pepites_engine::{
    Cancel, Engine, contact_stage,
    contract::{
        Among, Code, ContactChange, ContactsAsk, ContactsReport, FindAsk, FollowFoundAsk, NotAsk, PartContactAsk,
    },
};

use super::{Entry, export, follow, import};
use crate::{
    arguments::Words, exit::Exit, failure::Failure, progress::Meter, session::Session, stop::Signals, taking::taking,
};

mod pages;

pub(super) use pages::imported;

pub(super) const ENTRY: Entry = Entry { name: "contacts", arguments, run };

/// What can be done, as it is typed.
#[rustfmt::skip]
const ACTIONS: [&str; 15] = [
    "report", "import", "columns", "list", "show", "edit", "join", "part", "remove", "restore", "find", "follow", "not", "export", "forget",
];
/// People who are listed unless more are asked for.
const LISTED: u32 = 60;
/// What is followed unless the reader says otherwise is as sure as this, of 100.
const SURE: u32 = 90;

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("action", "action").value_parser(ACTIONS).hide_possible_values(true))
        .arg(words.operand("what", "what").action(ArgAction::Append))
        .arg(words.option("columns", "columns").value_delimiter(','))
        .arg(
            words
                .option("only", "standing")
                .value_parser(["found", "unsure", "missing", "followed", "refused"])
                .hide_possible_values(true),
        )
        .arg(words.option("limit", "number").value_parser(value_parser!(u32).range(1..)))
        .arg(words.option("stages", "stages").value_delimiter(','))
        .arg(words.option("server", "server"))
        .arg(words.option("most", "number").value_parser(value_parser!(u32).range(1..)))
        .arg(words.flag("plan"))
        .arg(words.flag("give-up"))
        .arg(words.option("confidence", "number").value_parser(value_parser!(u32).range(1..=100)))
        .arg(words.option("folder", "folder").action(ArgAction::Append))
        .arg(words.option("name", "name"))
        .arg(words.option("organisation", "name"))
        .arg(words.option("add", "address").action(ArgAction::Append))
        .arg(words.option("strike", "address").action(ArgAction::Append))
        .arg(words.flag("undo"))
        .arg(words.flag("opml"))
        .arg(words.flag("force"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let action = matches.get_one::<String>("action").map_or("report", String::as_str);
    let what: Vec<&str> = matches.get_many::<String>("what").into_iter().flatten().map(String::as_str).collect();
    if action == "find" && !matches.get_flag("plan") && !matches.get_flag("give-up") {
        return find(session, matches);
    }
    let engine = session.library()?;
    match action {
        "import" => {
            let (name, bytes) = file(session, what.first().copied())?;
            let columns = matches.get_many::<String>("columns");
            let columns =
                columns.map(|typed| typed.map(|typed| column(typed)).collect::<Result<Vec<_>, _>>()).transpose()?;
            let report = taking(session, &engine, move |engine, watch| {
                engine.import_contacts_watched(&name, &bytes, columns.as_deref(), watch)
            })?;
            session.give(&report, |look| imported(&report, look, session.verbose > 0))?;
        }
        "columns" => {
            let (name, bytes) = file(session, what.first().copied())?;
            let seen = engine.contact_columns(&name, &bytes)?;
            session.give(&seen, |look| pages::columns(&seen, look, &name))?;
        }
        "list" => {
            let only = matches.get_one::<String>("only").map(|only| match only.as_str() {
                "found" => Among::Found,
                "unsure" => Among::Unsure,
                "followed" => Among::Followed,
                "refused" => Among::Refused,
                _ => Among::Missing,
            });
            let words = Some(what.join(" ")).filter(|words| !words.is_empty());
            let limit =
                matches.get_one::<u32>("limit").copied().unwrap_or(if session.json { u32::MAX } else { LISTED });
            let people = engine.contacts(&ContactsAsk { only, words, limit, offset: 0 })?;
            session.give(&people, |look| pages::list(&people, look))?;
        }
        "show" => one(session, &engine, id(&what, 0)?)?,
        "edit" => {
            let text = |name: &str| matches.get_one::<String>(name).cloned();
            let texts = |name: &str| matches.get_many::<String>(name).into_iter().flatten().cloned().collect();
            let change = ContactChange {
                name: text("name"),
                organisation: text("organisation"),
                add: texts("add"),
                strike: texts("strike"),
                back: None,
            };
            let changed = engine.change_contact(id(&what, 0)?, &change)?;
            session.give(&changed, |look| pages::person(&changed, look))?;
        }
        "join" => {
            let joined = engine.join_contacts(id(&what, 0)?, id(&what, 1)?)?;
            session.give(&joined, |look| pages::person(&joined, look))?;
        }
        "part" => {
            let contact = id(&what, 0)?;
            let rows = engine.contact(contact)?.rows;
            let card = |typed: &&str| {
                let at = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                at.and_then(|at| rows.get(at)).map(|row| row.card).ok_or_else(|| unknown("cli.contacts.no_row", typed))
            };
            let typed = what.get(1..).filter(|typed| !typed.is_empty()).ok_or_else(|| missing("row"))?;
            let cards = typed.iter().map(card).collect::<Result<_, _>>()?;
            let parted = engine.part_contact(&PartContactAsk { contact, cards, to: None })?;
            session.give(&parted, |look| pages::person(&parted, look))?;
        }
        "remove" | "restore" => {
            let ids = ids(&what)?;
            engine.remove_contacts(&ids, action == "restore")?;
            report(session, &engine)?;
        }
        "not" => {
            let address = (*what.get(1).ok_or_else(|| missing("address"))?).to_owned();
            let ask = NotAsk { contact: id(&what, 0)?, address, undo: matches.get_flag("undo") };
            let changed = engine.not_contact(&ask)?;
            session.give(&changed, |look| pages::person(&changed, look))?;
        }
        "follow" => return followed(session, &engine, matches, &what),
        "export" => {
            let text = if matches.get_flag("opml") { engine.export_found()? } else { engine.export_contacts()? };
            match what.first().filter(|path| **path != "-") {
                Some(path) => export::write(Path::new(path), &text, matches.get_flag("force"), session.language())?,
                None => session.write(&text)?,
            }
        }
        "forget" if matches.get_flag("force") => {
            engine.forget_contacts()?;
            report(session, &engine)?;
        }
        "forget" => return Err(Failure::new(Code::BadInput, Phrase::new("cli.contacts.forget"))),
        _ => {
            if matches.get_flag("give-up") {
                engine.give_up_search()?;
            }
            let asked = ask(matches)?;
            let seen = engine.contacts_report(&asked)?;
            give(session, &seen, action == "find")?;
        }
    }
    Ok(Exit::Done)
}

fn find(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.online()?;
    let asked = ask(matches)?;
    let plan = engine.contacts_report(&asked)?;
    session.note(&pages::plan(&plan, &session.look));
    let (meter, cancel) = (Meter::new(session), Cancel::default());
    let stopping = (!session.quiet && !session.json).then(|| session.look.text("cli.refresh.stopping"));
    let runtime = session.runtime()?;
    let found = runtime.block_on(async {
        let signals = Signals::hear().map_err(Failure::fault)?;
        tokio::spawn(signals.watch(cancel.clone(), stopping));
        Ok::<_, Failure>(engine.find_contacts(&asked, &|progress| meter.tell(&progress), &cancel).await)
    })?;
    meter.end();
    runtime.shutdown_background();
    let found = found?;
    give(session, &found, false)?;
    Ok(if cancel.is_cancelled() { Exit::Stopped } else { Exit::Done })
}

fn followed(session: &Session, engine: &Engine, matches: &ArgMatches, what: &[&str]) -> Result<Exit, Failure> {
    // Two operands of which the second is no number: one source of one person.
    let address = what.get(1).filter(|typed| typed.parse::<i64>().is_err()).map(|typed| (*typed).to_owned());
    let all = what.first().is_some_and(|typed| ["all", "tous", "toutes"].contains(&typed.to_lowercase().as_str()));
    let people = match (&address, all) {
        (Some(_), _) => vec![id(what, 0)?],
        (None, true) => Vec::new(),
        (None, false) => ids(what)?,
    };
    let confidence = matches.get_one::<u32>("confidence").copied().unwrap_or(SURE);
    let ask = FollowFoundAsk { people, address, confidence, folders: follow::folders(matches, "folder") };
    let report = engine.follow_contacts(&ask)?;
    session.give(&report, |look| pages::followed(&report, look))?;
    Ok(Exit::Done)
}

fn ask(matches: &ArgMatches) -> Result<FindAsk, Failure> {
    let stages = matches.get_many::<String>("stages").map(|typed| {
        let typed: Vec<&String> = typed.collect();
        if typed.iter().any(|stage| *stage == "all" || *stage == "toutes") {
            return Ok(Stage::ALL.to_vec());
        }
        let known = typed.iter().map(|typed| contact_stage(typed).ok_or_else(|| unknown("cli.contacts.stage", typed)));
        known.collect::<Result<Vec<_>, _>>()
    });
    Ok(FindAsk {
        stages: stages.transpose()?,
        server: matches.get_one::<String>("server").cloned(),
        most: matches.get_one::<u32>("most").copied(),
    })
}

fn report(session: &Session, engine: &Engine) -> Result<(), Failure> {
    give(session, &engine.contacts_report(&FindAsk::default())?, false)
}

fn give(session: &Session, seen: &ContactsReport, plan: bool) -> Result<(), Failure> {
    session.give(seen, |look| if plan { pages::plan(seen, look) } else { pages::report(seen, look) })
}

fn one(session: &Session, engine: &Engine, id: ContactId) -> Result<(), Failure> {
    let person = engine.contact(id)?;
    session.give(&person, |look| pages::person(&person, look))
}

fn file(session: &Session, typed: Option<&str>) -> Result<(String, Vec<u8>), Failure> {
    let path = PathBuf::from(typed.ok_or_else(|| missing("file"))?);
    let name = if path == Path::new("-") {
        session.look.text("cli.import.stdin")
    } else {
        path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
    };
    let bytes = import::bytes_of(&path, &name, &session.look)?;
    Ok((name, bytes))
}

fn column(typed: &str) -> Result<Column, Failure> {
    let known = serde_json::from_value(serde_json::Value::String(typed.trim().to_lowercase()));
    known.map_err(|_unknown| unknown("cli.contacts.column", typed))
}

fn id(what: &[&str], at: usize) -> Result<ContactId, Failure> {
    let typed = what.get(at).ok_or_else(|| missing("number"))?;
    let nobody = || Phrase::new("problem.missing").with("noun", "contact").with("id", *typed);
    typed.parse().map(ContactId).map_err(|_error| Failure::new(Code::Missing, nobody()))
}

fn ids(what: &[&str]) -> Result<Vec<ContactId>, Failure> {
    if what.is_empty() {
        return Err(missing("number"));
    }
    (0..what.len()).map(|at| id(what, at)).collect()
}

fn missing(what: &str) -> Failure {
    unknown("cli.contacts.missing", what)
}

fn unknown(key: &str, typed: &str) -> Failure {
    Failure::new(Code::BadInput, Phrase::new(key).with("input", typed))
}
