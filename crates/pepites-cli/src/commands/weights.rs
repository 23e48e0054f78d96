//! Gives the weights of the signals, changes them, or says what others would change in today's digest.

use clap::{ArgAction, ArgGroup, ArgMatches, Command};
use pepites_core::{
    model::Phrase,
    score::{PRESETS, SIGNALS, Weights, preset},
};
use pepites_engine::contract::{ShiftView, WeighReport, WeightsView};

use super::Entry;
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "weights", arguments, run };

/// Moves that are named; the others are counted.
const NAMED: usize = 10;

fn arguments(command: Command, words: &Words) -> Command {
    let signals: Vec<&str> = SIGNALS.iter().map(|signal| signal.name).collect();
    let presets: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
    command
        .arg(words.operand("name", "name").value_parser(signals).hide_possible_values(true).requires("value"))
        .arg(words.operand("value", "value").value_parser(clap::value_parser!(f64)).allow_negative_numbers(true))
        .arg(words.option("preset", "name").value_parser(presets).hide_possible_values(true))
        .arg(words.flag("try").action(ArgAction::SetTrue))
        .group(ArgGroup::new("which").args(["name", "preset"]))
        .mut_arg("try", |arg| arg.requires("which"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let view = engine.weights_view()?;
    if let Some(wanted) = wanted(&view, matches) {
        if matches.get_flag("try") {
            let report = engine.weigh(&wanted)?;
            session.give(&report, |look| changes(&report, look))?;
            return Ok(Exit::Done);
        }
        engine.set_weights(&wanted)?;
    }
    let view = engine.weights_view()?;
    session.give(&view, |look| page(&view, look))?;
    Ok(Exit::Done)
}

/// The weights that are asked for; None when none are.
fn wanted(view: &WeightsView, matches: &ArgMatches) -> Option<Weights> {
    if let Some(name) = matches.get_one::<String>("preset") {
        return preset(name).map(|preset| preset.weights());
    }
    let (name, value) = (matches.get_one::<String>("name")?, matches.get_one::<f64>("value")?);
    let mut weights: Weights = view.weights.iter().map(|one| (one.signal.clone(), one.weight)).collect();
    weights.insert(name.clone(), *value);
    Some(weights)
}

fn page(view: &WeightsView, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let name = match &view.preset {
        Some(name) => look.text(&format!("preset.{name}")),
        None => look.text("cli.weights.own"),
    };
    sheet.line(&[(Ink::Strong, &name)]);
    for one in &view.weights {
        let weight = look.say(&Phrase::new("cli.weights.weight").with("weight", one.weight));
        let label = look.text(&format!("signal.{}", one.signal));
        sheet.line(&[(Ink::Plain, &format!("{:<12}  {weight:<6}  ", one.signal)), (Ink::Faint, &label)]);
    }
    sheet.done()
}

fn changes(report: &WeighReport, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if report.shifts.is_empty() {
        sheet.line(&[(Ink::Plain, &look.text("cli.weights.nothing"))]);
        return sheet.done();
    }
    for (shift, place) in report.shifts.iter().zip(0_usize..) {
        if place == NAMED && report.shifts.len() > NAMED {
            let more = u32::try_from(report.shifts.len() - NAMED).unwrap_or(u32::MAX);
            sheet.line(&[(Ink::Faint, &look.count("cli.weights.more", more))]);
            break;
        }
        line(&mut sheet, look, shift);
    }
    sheet.done()
}

fn line(sheet: &mut Sheet<'_>, look: &Look, shift: &ShiftView) {
    let said = match (shift.from, shift.to) {
        (None, Some(to)) => look.say(&Phrase::new("cli.weights.enters").with("place", to)),
        (Some(from), None) => look.say(&Phrase::new("cli.weights.leaves").with("place", from)),
        (from, to) => {
            let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
            look.say(&Phrase::new("cli.weights.moves").with("from", from).with("to", to))
        }
    };
    let mark = if shift.nugget { "◆ " } else { "" };
    sheet.row(&[(Ink::Faint, &format!("{said}  ")), (Ink::Gold, mark), (Ink::Plain, &shift.line.title)]);
}
