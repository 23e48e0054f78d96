//! Gives the accounts that are signed in; of one, what it sees, and follows of that what is chosen.

use clap::{ArgAction, ArgMatches, Command};
use pepites_core::model::Phrase;
use pepites_engine::contract::{AccountView, CirclePerson, Code, TimelineView};

use super::{Entry, follow, follows};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::{Look, quoted},
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "accounts", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("account", "account"))
        .arg(words.option("take", "numbers").requires("account"))
        .arg(words.option("folder", "folder").action(ArgAction::Append).requires("take"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let Some(account) = matches.get_one::<String>("account").map(String::as_str) else {
        let accounts = session.library()?.accounts()?;
        session.give(&accounts, |look| page(&accounts, look))?;
        return Ok(Exit::Done);
    };
    let engine = session.online()?;
    let mut timelines = session.runtime()?.block_on(engine.timelines(account))?;
    if let Some(take) = matches.get_one::<String>("take") {
        let people: Vec<CirclePerson> =
            timelines.iter().map(|timeline| person(timeline, account, &session.look)).collect();
        let chosen = follows::chosen(&people, take).ok_or_else(|| {
            Failure::new(Code::BadInput, Phrase::new("cli.follows.take").with("input", take.as_str()))
        })?;
        session.runtime()?.block_on(engine.follow_all(&chosen, &follow::folders(matches, "folder")))?;
        for timeline in &mut timelines {
            timeline.followed |= chosen.iter().any(|person| person.address == timeline.address);
        }
    }
    let taken = matches.contains_id("take");
    session.give(&timelines, |look| seen(&timelines, account, taken, look))?;
    Ok(Exit::Done)
}

/// As it is followed: the home timeline has no name of its own.
fn person(timeline: &TimelineView, account: &str, look: &Look) -> CirclePerson {
    let name = title(timeline, account, look);
    CirclePerson { address: timeline.address.clone(), name, followed: timeline.followed }
}

fn title(timeline: &TimelineView, account: &str, look: &Look) -> String {
    let home = || look.say(&Phrase::new("account.home").with("account", account));
    timeline.name.clone().unwrap_or_else(home)
}

fn page(accounts: &[AccountView], look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    for account in accounts {
        sheet.paragraph(0, Ink::Strong, &account.handle);
        sheet.paragraph(2, Ink::Faint, &look.count("account.follows", account.follows));
    }
    let (key, command) = match accounts.first() {
        None => ("cli.accounts.none", "sign-in @NAME@SERVER".to_owned()),
        Some(account) => ("cli.sign_in.next", format!("accounts {}", quoted(&account.handle))),
    };
    sheet.line(&[(Ink::Faint, &look.hint(key, &command))]);
    sheet.done()
}

fn seen(timelines: &[TimelineView], account: &str, taken: bool, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    for (place, timeline) in timelines.iter().enumerate() {
        let known = if timeline.followed { format!(" · {}", look.text("cli.add.followed")) } else { String::new() };
        sheet.hanging(&format!("  {}  ", place + 1), Ink::Plain, &format!("{}{known}", title(timeline, account, look)));
    }
    let (key, command) = if taken {
        ("cli.import.next", "refresh".to_owned())
    } else {
        ("cli.accounts.take", format!("accounts {} --take all", quoted(account)))
    };
    sheet.line(&[(Ink::Faint, &look.hint(key, &command))]);
    sheet.done()
}
