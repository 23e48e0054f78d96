//! Takes a server, has the reader sign in there with their browser, or by a code that they paste. Never asks for their
//! password.

use clap::{ArgMatches, Command};
use pepites_core::model::Phrase;
use pepites_engine::{
    Cancel, Engine,
    contract::{AccountView, SignInView},
};

use super::{Entry, login};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::{Look, quoted},
    session::Session,
    sheet::{Ink, Sheet},
    stop::Signals,
};

pub(super) const ENTRY: Entry = Entry { name: "sign-in", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command.arg(words.operand("server", "server").required(true)).arg(words.flag("code"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let server = matches.get_one::<String>("server").map(String::as_str).unwrap_or_default();
    let engine = session.online()?;
    let runtime = session.runtime()?;
    let begun = runtime.block_on(engine.sign_in(server, session.language()))?;
    let account = match begun.url.as_deref().filter(|_| !matches.get_flag("code")) {
        Some(url) => runtime.block_on(by_browser(session, &engine, &begun, url))?,
        None => {
            session.aside(&told("cli.sign_in.code", &begun.copy_url, &begun));
            let code = login::shown(session, "cli.sign_in.ask")?;
            runtime.block_on(engine.sign_in_code(&code))?
        }
    };
    runtime.shutdown_background();
    session.give(&account, |look| page(&account, look))?;
    Ok(Exit::Done)
}

/// Shows the page in the reader's browser, and its address where none opens.
async fn by_browser(session: &Session, engine: &Engine, begun: &SignInView, url: &str) -> Result<AccountView, Failure> {
    let cancel = Cancel::default();
    let signals = Signals::hear().map_err(Failure::fault)?;
    tokio::spawn(signals.watch(cancel.clone(), None));
    session.aside(&told("cli.sign_in.browser", url, begun));
    // Whether or not one opens, the address is there to copy.
    let _opened = open::that_detached(url);
    Ok(engine.signed_in(&cancel).await?)
}

fn told(key: &str, url: &str, begun: &SignInView) -> Phrase {
    Phrase::new(key).with("url", url).with("server", begun.server.as_str())
}

fn page(account: &AccountView, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let phrase = Phrase::new("cli.sign_in.done").with("account", account.handle.as_str());
    sheet.paragraph(0, Ink::Plain, &look.say(&phrase));
    sheet.line(&[(Ink::Faint, &look.hint("cli.sign_in.next", &format!("accounts {}", quoted(&account.handle))))]);
    sheet.done()
}
