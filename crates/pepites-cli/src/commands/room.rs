//! Takes the room that is wanted, gives the cheapest plan with what it would have cost; applies it, takes it back.

use clap::{Arg, ArgGroup, ArgMatches, Command, value_parser};
use pepites_core::{
    model::{Phrase, PlanId},
    room::{Change, Goal},
};
use pepites_engine::contract::{AppliedView, PostLine, RoomNote, RoomOption, RoomStep, RoomView, SourceChange};

use super::{Entry, trends};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "room", arguments, run };

/// Posts named under one change; the others are counted.
const NAMED: usize = 6;

fn arguments(command: Command, words: &Words) -> Command {
    let count = |arg: Arg| arg.value_parser(value_parser!(u32).range(1..));
    command
        .arg(count(words.option("posts", "number")))
        .arg(count(words.option("minutes", "number")))
        .arg(count(words.option("in-all", "number")))
        .arg(words.flag("apply"))
        .arg(words.option("undo", "number").value_parser(value_parser!(i64).range(1..)))
        .arg(words.flag("notes"))
        .group(ArgGroup::new("what").args(["posts", "minutes", "in-all", "undo", "notes"]).required(true))
        .mut_arg("apply", |arg| arg.conflicts_with_all(["undo", "notes"]))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    if let Some(plan) = matches.get_one::<i64>("undo") {
        let undone = engine.undo_room(PlanId(*plan))?;
        session.give(&undone, |look| format!("{}\n", look.count("cli.room.undone", undone.changed)))?;
        return Ok(Exit::Done);
    }
    if matches.get_flag("notes") {
        let notes = engine.room_notes()?;
        session.give(&notes, |look| said(&notes, look))?;
        return Ok(Exit::Done);
    }
    let number = |name| matches.get_one::<u32>(name).copied();
    let goal = number("posts").map(Goal::PostsAWeek).or(number("minutes").map(Goal::MinutesADay));
    let goal = goal.or(number("in-all").map(Goal::InAll)).unwrap_or(Goal::InAll(0));
    let view = engine.room(goal)?;
    if !matches.get_flag("apply") {
        session.give(&view, |look| page(&view, look))?;
        return Ok(Exit::Done);
    }
    let changes: Vec<SourceChange> =
        view.steps.iter().map(|step| SourceChange { source: step.source, change: step.change }).collect();
    let applied = engine.apply_room(&changes)?;
    session.give(&applied, |look| done(&applied, look))?;
    Ok(Exit::Done)
}

fn done(applied: &AppliedView, look: &Look) -> String {
    let mut text = format!("{}\n", look.count("cli.room.applied", applied.changed));
    if let Some(plan) = applied.plan {
        text.push_str(&format!("{}\n", look.hint("cli.room.undo", &format!("room --undo {plan}"))));
    }
    text
}

fn page(view: &RoomView, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let number = |number: f64| look.language.number(number);
    let now =
        Phrase::new("room.now").with("posts", number(view.posts_a_week)).with("minutes", number(view.minutes_a_day));
    sheet.paragraph(0, Ink::Plain, &look.say(&now));
    if view.steps.is_empty() {
        sheet.paragraph(0, Ink::Plain, &look.text(if view.reached { "room.fits" } else { "room.nothing" }));
        return sheet.done();
    }
    let (posts, minutes) = view
        .steps
        .iter()
        .filter_map(chosen)
        .fold((0.0, 0.0), |(posts, minutes), option| (posts + option.posts_a_week, minutes + option.minutes_a_day));
    let total = Phrase::new("room.frees").with("posts", number(posts)).with("minutes", number(minutes));
    sheet.paragraph(0, Ink::Strong, &look.say(&total));
    if !view.reached {
        sheet.paragraph(0, Ink::Plain, &look.text("room.short"));
    }
    if !view.known {
        sheet.paragraph(0, Ink::Faint, &look.text("room.unknown"));
    }
    for step in &view.steps {
        let Some(option) = chosen(step) else { continue };
        sheet.blank();
        change(&mut sheet, step, option, look);
    }
    sheet.blank();
    sheet.line(&[(Ink::Plain, &look.hint("cli.room.apply", &format!("room {} --apply", typed(view.goal))))]);
    sheet.done()
}

/// The change that the plan has chosen.
fn chosen(step: &RoomStep) -> Option<&RoomOption> {
    step.options.iter().find(|option| option.change == step.change)
}

/// A goal as it is typed.
fn typed(goal: Goal) -> String {
    match goal {
        Goal::PostsAWeek(posts) => format!("--posts {posts}"),
        Goal::MinutesADay(minutes) => format!("--minutes {minutes}"),
        Goal::InAll(minutes) => format!("--in-all {minutes}"),
    }
}

fn change(sheet: &mut Sheet<'_>, step: &RoomStep, option: &RoomOption, look: &Look) {
    let number = |number: f64| look.language.number(number);
    let what = match option.change {
        Change::Leave => look.text("room.leave"),
        Change::Thin(mode) => look.say(&trends::mode(mode)),
    };
    let phrase = Phrase::new("room.step")
        .with("title", step.title.as_str())
        .with("what", what)
        .with("posts", number(option.posts_a_week))
        .with("minutes", number(option.minutes_a_day));
    sheet.hanging(&format!("{:>5}  ", step.source.to_string()), Ink::Strong, &look.say(&phrase));
    if let Some(first) = &step.instead {
        let phrase = Phrase::new("room.instead").with("first", first.title.as_str());
        sheet.paragraph(7, Ink::Plain, &look.say(&phrase));
    }
    named(sheet, "room.keeps", &option.keeps, Ink::Gold, look);
    if option.misses.is_empty() {
        sheet.paragraph(7, Ink::Plain, &look.text("room.misses_none"));
    } else {
        named(sheet, "room.misses", &option.misses, Ink::Red, look);
    }
    for (key, count) in [("room.read", option.read), ("room.carried", option.carried)] {
        if count > 0 {
            sheet.paragraph(7, Ink::Faint, &look.count(key, count));
        }
    }
}

fn named(sheet: &mut Sheet<'_>, key: &str, posts: &[PostLine], ink: Ink, look: &Look) {
    if posts.is_empty() {
        return;
    }
    let count = u32::try_from(posts.len()).unwrap_or(u32::MAX);
    sheet.paragraph(7, Ink::Plain, &look.count(key, count));
    for line in posts.iter().take(NAMED) {
        sheet.hanging(&format!("       {:>6}  ", line.post.to_string()), ink, &line.title);
    }
    if posts.len() > NAMED {
        let more = u32::try_from(posts.len() - NAMED).unwrap_or(u32::MAX);
        sheet.paragraph(15, Ink::Faint, &look.count("room.more", more));
    }
}

fn said(notes: &[RoomNote], look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if notes.is_empty() {
        sheet.line(&[(Ink::Plain, &look.text("cli.room.no_notes"))]);
    }
    for note in notes {
        sheet.blank();
        let phrase = Phrase::new("room.note")
            .with("day", look.language.date_and_time(note.made, look.offset_minutes))
            .with("sources", note.thinned.iter().chain(&note.left).cloned().collect::<Vec<_>>().join(", "))
            .with("count", note.freed)
            .with("minutes", note.minutes);
        sheet.paragraph(0, Ink::Strong, &look.say(&phrase));
        if note.missed.is_empty() {
            sheet.paragraph(7, Ink::Plain, &look.text("room.note.none"));
        }
        named(&mut sheet, "room.note.missed", &note.missed, Ink::Plain, look);
        sheet.line(&[(Ink::Faint, &look.hint("cli.room.undo", &format!("room --undo {}", note.plan)))]);
    }
    sheet.done()
}
