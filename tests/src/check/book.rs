//! Gives what a search for the 426 people of the made-up address book costs: requests and time by stage, what was foreseen
//! for the questions that were known before (answers lead to more), who was found. The web that is theirs is played by one
//! loopback server.

use std::{
    collections::BTreeMap,
    io::Write,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use pepites_core::people::Stage;
use pepites_engine::sample::book;
use serde_json::Value;

use super::program::Program;
use crate::serve::{Answer, Loopback};

/// Requests that one search may send.
const MOST: &str = "1000";

/// Counts; writes its table to `out`.
///
/// # Errors
/// When the program fails, sends more than one search may, or finds others than the key says.
pub fn check(out: &mut dyn Write) -> Result<()> {
    let asked = Arc::<Mutex<BTreeMap<String, u64>>>::default();
    let noted = Arc::clone(&asked);
    let server = Loopback::start(Arc::new(move |request, _| {
        let url = request.headers.get("x-original-url").cloned().unwrap_or_default();
        let host = url.split('/').nth(2).unwrap_or_default().to_owned();
        *noted.lock().unwrap_or_else(PoisonError::into_inner).entry(host).or_default() += 1;
        match book::answer(&url) {
            Some(reply) if reply.status == 200 && reply.url == reply.asked => {
                let kind = reply.header("content-type").unwrap_or_default().to_owned();
                Answer::ok(&kind, reply.body)
            }
            _ => Answer::status(404),
        }
    }))?;
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("contacts.csv");
    std::fs::write(&file, book::file())?;
    let program = Program::beside(&scratch.path().join("library"))?;
    program.json(&["contacts", "import", &file.to_string_lossy()])?;
    let via = server.url("");
    writeln!(out, "\nA search for the {} people of the made-up address book", book::PEOPLE)?;
    writeln!(
        out,
        "\n| stage | foreseen | sent | hosts | most of one host | s | found | to be confirmed |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    )?;
    let (mut stages, mut all) = (Vec::new(), 0);
    for stage in Stage::ALL {
        stages.push(stage.name());
        let on = stages.join(",");
        let arguments = ["--via", &via, "contacts", "find", "--stages", &on, "--server", book::SERVER, "--most", MOST];
        let plan = program.json(&[&arguments[..], &["--plan"]].concat())?;
        let begun = Instant::now();
        let found = program.json(&arguments)?;
        let seconds = begun.elapsed().as_secs_f64();
        let hosts = std::mem::take(&mut *asked.lock().unwrap_or_else(PoisonError::into_inner));
        let sent: u64 = hosts.values().sum();
        all += sent;
        ensure!(sent <= MOST.parse()?, "{} sends {sent}, of {MOST} at most", stage.name());
        let number = |value: &Value, key: &str| value.get(key).and_then(Value::as_u64).unwrap_or(0);
        let announced: u64 = plan
            .get("stages")
            .and_then(Value::as_array)
            .context("a plan has stages")?
            .iter()
            .filter(|each| each.get("stage").and_then(Value::as_str) == Some(stage.name()))
            .map(|each| number(each, "requests"))
            .sum();
        let most = hosts.values().max().copied().unwrap_or(0);
        let (found_now, unsure) = (number(&found, "found"), number(&found, "unsure"));
        writeln!(
            out,
            "| {} | {announced} | {sent} | {} | {most} | {seconds:.1} | {found_now} | {unsure} |",
            stage.name(),
            hosts.len()
        )?;
        let expected = book::key().iter().filter(|findable| stages.contains(&findable.stage.name())).count();
        ensure!(u64::try_from(expected)? == found_now, "{} finds {found_now} of {expected}", stage.name());
    }
    writeln!(out, "\n{all} requests in all; a second search sends {}", {
        program.json(&["--via", &via, "contacts", "find", "--stages", "all"])?;
        asked.lock().unwrap_or_else(PoisonError::into_inner).values().sum::<u64>()
    })?;
    Ok(())
}
