//! Takes an account, a list or a file, shows whom it follows; follows those that are chosen, and nobody else.

use std::{fs::File, io::Read, path::Path};

use clap::{ArgAction, ArgMatches, Command};
use pepites_core::model::Phrase;
use pepites_engine::{
    Cancel, Engine,
    contract::{CirclePerson, CircleReport, Code, Problem},
};

use super::{Entry, follow};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::{Look, quoted},
    progress::Meter,
    session::Session,
    sheet::{Ink, Sheet},
    stop::Signals,
};

pub(super) const ENTRY: Entry = Entry { name: "follows", arguments, run };

/// People who are listed without `-v`.
const LISTED: usize = 60;

/// A larger file is no list of people.
const LARGEST_FILE: u64 = 64 << 20;

/// What is taken for everyone, in each language.
const ALL: [&str; 3] = ["all", "tous", "toutes"];

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("whom", "address").required(true))
        .arg(words.option("take", "numbers"))
        .arg(words.option("folder", "folder").action(ArgAction::Append).requires("take"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let whom = matches.get_one::<String>("whom").map(String::as_str).unwrap_or_default();
    let engine = session.online()?;
    let mut circle = heard(session, &engine, whom)?;
    let Some(take) = matches.get_one::<String>("take") else {
        session.give(&circle, |look| page(&circle, look, whom, session.verbose > 0))?;
        return Ok(if circle.cancelled { Exit::Stopped } else { Exit::Done });
    };
    // "All" of a part would be taken for all: by their numbers those who are known can be followed.
    if let Some(why) = partial(&circle).filter(|_| is_all(take)) {
        let exit = if circle.cancelled { Exit::Stopped } else { Exit::of(Code::NoAnswer) };
        return Err(Failure::ending(Code::NoAnswer, why, exit));
    }
    let chosen = chosen(&circle.people, take)
        .ok_or_else(|| Failure::new(Code::BadInput, Phrase::new("cli.follows.take").with("input", take.as_str())))?;
    let folders = follow::folders(matches, "folder");
    let added = session.runtime()?.block_on(engine.follow_all(&chosen, &folders))?;
    let added = u32::try_from(added.len()).unwrap_or(u32::MAX);
    circle.added = Some(added);
    session.give(&circle, |look| {
        let mut sheet = Sheet::new(look);
        sheet.paragraph(0, Ink::Plain, &look.count("cli.follows.added", added));
        sheet.line(&[(Ink::Faint, &look.hint("cli.import.next", "refresh"))]);
        sheet.done()
    })?;
    Ok(Exit::Done)
}

/// Why not everyone is in it who could be.
fn partial(circle: &CircleReport) -> Option<Phrase> {
    (circle.cancelled || circle.trouble.is_some()).then(|| {
        let people = u32::try_from(circle.people.len()).unwrap_or(u32::MAX);
        Phrase::new("cli.follows.partial").with("count", people)
    })
}

/// The circle of a file that is there, else of an account.
fn heard(session: &Session, engine: &Engine, whom: &str) -> Result<CircleReport, Failure> {
    let runtime = session.runtime()?;
    let path = Path::new(whom);
    if path.is_file() {
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(LARGEST_FILE).read_to_end(&mut bytes));
        read.map_err(|error| Problem::unreadable(whom, &error))?;
        return Ok(runtime.block_on(engine.circle_of_file(whom, bytes))?);
    }
    let meter = Meter::new(session);
    let cancel = Cancel::default();
    let stopping = (!session.quiet && !session.json).then(|| session.look.text("cli.refresh.stopping"));
    let report = runtime.block_on(async {
        let signals = Signals::hear().map_err(Failure::fault)?;
        tokio::spawn(signals.watch(cancel.clone(), stopping));
        Ok::<_, Failure>(engine.circle(whom, &|progress| meter.tell(&progress), &cancel).await)
    })?;
    meter.end();
    runtime.shutdown_background();
    Ok(report?)
}

/// `all`, or `1,4-9` as the list counts; None when that makes no sense.
pub(super) fn chosen(people: &[CirclePerson], take: &str) -> Option<Vec<CirclePerson>> {
    if is_all(take) {
        return Some(people.to_vec());
    }
    let mut chosen = Vec::new();
    for part in take.split(',') {
        let (from, to) = part.trim().split_once('-').unwrap_or((part.trim(), part.trim()));
        let (from, to): (usize, usize) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        let some = people.get(from.checked_sub(1)?..to)?;
        chosen.extend_from_slice(some);
    }
    Some(chosen)
}

fn is_all(take: &str) -> bool {
    ALL.contains(&take.trim().to_lowercase().as_str())
}

fn page(circle: &CircleReport, look: &Look, whom: &str, verbose: bool) -> String {
    let mut sheet = Sheet::new(look);
    let listed = if verbose { usize::MAX } else { LISTED };
    let width = circle.people.len().to_string().len();
    for (place, person) in circle.people.iter().enumerate().take(listed) {
        let first = format!("  {:>width$}  ", place + 1);
        let known = if person.followed { format!(" · {}", look.text("cli.add.followed")) } else { String::new() };
        let name = if person.name == person.address { String::new() } else { format!("{} — ", person.name) };
        sheet.hanging(&first, Ink::Plain, &format!("{name}{}{known}", person.address));
    }
    let people = u32::try_from(circle.people.len()).unwrap_or(u32::MAX);
    if circle.people.len() > listed {
        sheet.paragraph(2, Ink::Faint, &look.count("cli.follows.more", people - u32::try_from(listed).unwrap_or(0)));
    }
    sheet.paragraph(0, Ink::Strong, &look.count("cli.follows.found", people));
    if let Some(trouble) = &circle.trouble {
        sheet.paragraph(0, Ink::Red, &look.told(trouble));
    } else if circle.cancelled {
        sheet.paragraph(0, Ink::Red, &look.text("ui.circle.stopped"));
    } else if let Some(hidden) = circle.total.and_then(|total| u32::try_from(total).ok()?.checked_sub(people))
        && hidden > 0
    {
        sheet.paragraph(0, Ink::Faint, &look.count("ui.circle.hidden", hidden));
    }
    sheet.line(&[(Ink::Faint, &look.hint("cli.follows.next", &format!("follows {} --take all", quoted(whom))))]);
    sheet.done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_chosen_by_their_numbers() {
        let person =
            |n: u32| CirclePerson { address: format!("@p{n}@a.example"), name: format!("P{n}"), followed: false };
        let people: Vec<CirclePerson> = (1..=5).map(person).collect();
        for (take, expected) in [
            ("all", Some(vec![1, 2, 3, 4, 5])),
            ("Tous", Some(vec![1, 2, 3, 4, 5])),
            ("2", Some(vec![2])),
            ("1, 3-4", Some(vec![1, 3, 4])),
            ("0", None),
            ("4-9", None),
            ("4-2", None),
            ("x", None),
        ] {
            let numbers = expected.map(|numbers| numbers.into_iter().map(person).collect::<Vec<_>>());
            assert_eq!(chosen(&people, take), numbers, "{take}");
        }
    }
}
