//! Takes an account, signs it out: here, and on its server.

use clap::{ArgMatches, Command};
use pepites_core::model::Phrase;

use super::Entry;
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "sign-out", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command.arg(words.operand("account", "account").required(true))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let account = matches.get_one::<String>("account").map(String::as_str).unwrap_or_default();
    let engine = session.online()?;
    let report = session.runtime()?.block_on(engine.sign_out(account))?;
    session.give(&report, |look| {
        let mut sheet = Sheet::new(look);
        let key = if report.revoked { "account.signed_out" } else { "account.signed_out.unheard" };
        sheet.paragraph(0, Ink::Plain, &look.say(&Phrase::new(key).with("account", report.handle.as_str())));
        sheet.done()
    })?;
    Ok(Exit::Done)
}
