//! Gives how long an address book of 100,000 rows takes to be read in, and its pages: the first, which works out what
//! everybody comes to, and those after it.

use std::{io::Write, sync::Arc, time::Instant};

use anyhow::{Result, anyhow, ensure};
use pepites_core::{model::Moment, people::csv};
use pepites_engine::{
    Clock, Engine, Place,
    contract::{ContactsAsk, FindAsk, Problem},
    net::{NetError, Replay},
};

/// Monday 23 November 2026, at noon in Greenwich.
const NOW: Moment = Moment(1_795_435_200_000);
const PEOPLE: usize = 100_000;
/// What a page may take once everybody is worked out, in milliseconds.
const BOUND_MS: f64 = 250.0;
/// How long an empty library is waited for.
const WAIT: std::time::Duration = std::time::Duration::from_secs(10);

/// Runs the check; writes its table to `out`.
///
/// # Errors
/// When somebody is missing, or a page takes longer than it may.
pub fn check(out: &mut dyn Write) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let place = Place { folder: folder.path().to_path_buf(), wait: WAIT };
    let offline = Replay::answering(|request| Err(NetError::Offline(request.url.clone())));
    let engine = Engine::open(place, Arc::new(offline), Clock::stopped(NOW)).map_err(told)?;
    let file = file();
    writeln!(out, "\nAn address book of {PEOPLE} rows, {} MB\n\n| what | ms |\n| --- | ---: |", file.len() >> 20)?;
    let mut time = |what: &str, work: &mut dyn FnMut() -> Result<usize, Problem>| -> Result<(f64, usize)> {
        let begun = Instant::now();
        let count = work().map_err(told)?;
        let taken = begun.elapsed().as_secs_f64() * 1000.0;
        writeln!(out, "| {what} | {taken:.0} |")?;
        Ok((taken, count))
    };
    let added =
        time("read in", &mut || Ok(engine.import_contacts("contacts.csv", file.as_bytes(), None)?.added as usize))?;
    ensure!(added.1 == PEOPLE, "{} of {PEOPLE} are new", added.1);
    let page = |words: Option<&str>, offset: u32| {
        let words = words.map(str::to_owned);
        Ok(engine.contacts(&ContactsAsk { only: None, words, limit: 60, offset })?.len())
    };
    let report = || Ok(engine.contacts_report(&FindAsk::default())?.people as usize);
    time("the first page: everybody is worked out", &mut || page(None, 0))?;
    time("the first report: what each stage would ask", &mut || report())?;
    let again = [
        time("the page again", &mut || page(None, 0))?,
        time("the last page", &mut || page(None, 99_940))?,
        time("a page of those in whom a word stands", &mut || page(Some("nom99999"), 0))?,
        time("the report again", &mut || report())?,
    ];
    ensure!(again.map(|(_, count)| count) == [60, 60, 1, PEOPLE], "{again:?}");
    let slowest = again.iter().map(|(taken, _)| *taken).fold(0.0, f64::max);
    ensure!(slowest < BOUND_MS, "a page took {slowest:.0} ms");
    Ok(())
}

/// As Google writes it: one in three with a mail address of their own domain, one in four with a site.
fn file() -> String {
    let header = ["First Name", "Last Name", "Organization Name", "E-mail 1 - Value", "Website 1 - Value"];
    let owned = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
    let row = |at: usize| {
        let host = if at.is_multiple_of(3) { format!("dom{at}.example") } else { "gmail.com".to_owned() };
        let site = if at.is_multiple_of(4) { format!("https://site{at}.example/") } else { String::new() };
        owned(["Léa", &format!("Nom{at}"), &format!("Firme {}", at % 5_000), &format!("p{at}@{host}"), &site])
    };
    csv(&std::iter::once(owned(header)).chain((0..PEOPLE).map(row)).collect::<Vec<_>>())
}

fn told(problem: Problem) -> anyhow::Error {
    anyhow!("{problem:?}")
}
