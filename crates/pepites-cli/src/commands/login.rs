//! Takes a source and what logs in there, keeps it in the system's keychain; with `--forget` drops it. Never takes a
//! secret as an argument, where other programs and the shell's history would see it.

use std::io::{self, BufRead, IsTerminal};

use clap::{ArgMatches, Command};
use pepites_core::model::Phrase;
use pepites_engine::net::Secret;

use super::{Entry, follow};
use crate::{arguments::Words, clean, exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "login", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("source", "source").required(true))
        .arg(words.option("user", "name"))
        .arg(words.flag("token").conflicts_with("user"))
        .arg(words.option("header", "name").conflicts_with_all(["user", "token"]))
        .arg(words.flag("forget").conflicts_with_all(["user", "token", "header"]))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let source = follow::source(&engine, matches)?;
    let key = if matches.get_flag("forget") {
        engine.log_out(source.id)?;
        "cli.login.forgotten"
    } else {
        let given = |name: &str| matches.get_one::<String>(name).cloned();
        engine.log_in(source.id, ask(session, given("user"), given("header"), matches.get_flag("token"))?)?;
        "cli.login.kept"
    };
    let source = follow::again(&engine, source.id)?;
    session.give(&source, |look| {
        let phrase = Phrase::new(key).with("title", source.title.as_str());
        format!("{}\n", clean::line(&look.say(&phrase)))
    })?;
    Ok(Exit::Done)
}

/// What logs in: without any of these, a name is asked for first.
fn ask(session: &Session, user: Option<String>, header: Option<String>, token: bool) -> Result<Secret, Failure> {
    if token {
        return Ok(Secret::Bearer(hidden(session, "cli.login.token")?));
    }
    if let Some(name) = header {
        return Ok(Secret::Headers(vec![(name, hidden(session, "cli.login.value")?)]));
    }
    let user = match user {
        Some(user) => user,
        None => shown(session, "cli.login.user")?,
    };
    password(session, user)
}

/// The password of that name, asked for.
pub(super) fn password(session: &Session, user: String) -> Result<Secret, Failure> {
    Ok(Secret::Basic { user, password: hidden(session, "cli.login.password")? })
}

/// One line that the terminal does not show; from a pipe, its next line.
fn hidden(session: &Session, question: &str) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return line();
    }
    session.note(&session.look.text(question));
    Ok(console::Term::stderr().read_secure_line()?)
}

pub(super) fn shown(session: &Session, question: &str) -> Result<String, Failure> {
    if io::stdin().is_terminal() {
        session.note(&session.look.text(question));
    }
    line()
}

fn line() -> Result<String, Failure> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
