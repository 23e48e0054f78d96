//! Takes a command line and an environment, runs the command, gives the exit code.

use std::{ffi::OsString, io};

use clap::{ArgMatches, Command, error::ErrorKind};
use pepites_core::model::{Moment, Phrase};
use pepites_engine::{
    Clock,
    catalogue::Language,
    contract::{Code, Problem},
};

use crate::{
    arguments, commands,
    exit::Exit,
    failure::{self, Failure},
    look::Look,
    session::{Session, say_aside},
    tongue::{self, Environment},
    usage,
};

/// Runs what the command line asks for, and tells what went wrong.
pub(crate) fn run(arguments: Vec<OsString>, environment: Environment<'_>) -> Exit {
    let language = tongue::choose(&arguments, environment);
    let outcome = match arguments::tree(language).try_get_matches_from(&arguments) {
        Ok(matches) => {
            hear_traces(matches.get_count("verbose"));
            let clock = matches.get_one::<Moment>("now").map_or_else(Clock::system, |now| Clock::stopped(*now));
            let look = Look::of_stdout(language, &clock, environment);
            let session = Session::new(&matches, look, clock);
            dispatch(&session, &matches)
        }
        Err(error) => refuse(&error, &arguments, &Look::of_stdout(language, &Clock::system(), environment)),
    };
    let as_json = arguments.iter().any(|word| word == "--json");
    match outcome {
        Ok(exit) => exit,
        Err(Failure::Problem { problem, exit }) => {
            say_aside(&failure::tell(&problem, language, as_json));
            exit
        }
        // `| head`: whoever read it has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(Failure::Output(error)) => {
            let detail = Phrase::new("cli.output").with("detail", failure::system(&error, language));
            say_aside(&failure::tell(&Problem { code: Code::FileUnreadable, detail }, language, as_json));
            Exit::Input
        }
    }
}

fn dispatch(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let Some((name, own)) = matches.subcommand() else { return Ok(Exit::Usage) };
    match commands::COMMANDS.iter().find(|entry| entry.name == name) {
        Some(entry) => (entry.run)(session, own),
        None => Err(Failure::fault(name)),
    }
}

/// Help and version were asked for, or the command line makes no sense.
fn refuse(error: &clap::Error, arguments: &[OsString], look: &Look) -> Result<Exit, Failure> {
    let shown = || if look.colour { error.render().ansi().to_string() } else { error.render().to_string() };
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            use io::Write;
            let mut out = io::stdout().lock();
            out.write_all(shown().as_bytes())?;
            out.flush()?;
            Ok(Exit::Done)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say_aside(&short_help(look.language));
            Ok(Exit::Usage)
        }
        _ => {
            let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
            let as_json = words.iter().any(|word| word == "--json");
            let mut tree: Command = arguments::tree(look.language);
            say_aside(&usage::tell(error, &mut tree, &words, look.language, as_json));
            Ok(Exit::Usage)
        }
    }
}

fn short_help(language: Language) -> String {
    arguments::tree(language).render_help().to_string()
}

/// `-v` says what happens, `-vv` everything, on the error output.
fn hear_traces(verbose: u8) {
    let level = match verbose {
        0 => return,
        1 => tracing_subscriber::filter::LevelFilter::INFO,
        _ => tracing_subscriber::filter::LevelFilter::DEBUG,
    };
    tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(level).with_target(false).init();
}
