//! Takes the room that is wanted, gives the cheapest plan with what it would have cost; applies it, takes it back.

use clap::{Arg, ArgGroup, ArgMatches, Command, value_parser};
use pepites_core::{
    model::{Phrase, PlanId, PostId},
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
    let applied = engine.apply_room(&changes, true)?;
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
    let first = || step.instead.as_ref().map(|first| first.title.clone()).unwrap_or_default();
    let what = match option.change {
        Change::Leave => look.text("room.leave"),
        Change::Replace(_) => look.say(&Phrase::new("room.replace").with("first", first())),
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
    named(sheet, "room.keeps", (&option.keeps, &option.keeps_more), Ink::Gold, look);
    if option.misses.is_empty() {
        sheet.paragraph(7, Ink::Plain, &look.text("room.misses_none"));
    } else {
        named(sheet, "room.misses", (&option.misses, &option.misses_more), Ink::Red, look);
    }
    for (key, count) in [("room.read", option.read), ("room.carried", option.carried)] {
        if count > 0 {
            sheet.paragraph(7, Ink::Faint, &look.count(key, count));
        }
    }
}

/// `posts`: the lines of the first, and the others.
fn named(sheet: &mut Sheet<'_>, key: &str, (posts, more): (&[PostLine], &[PostId]), ink: Ink, look: &Look) {
    let all = posts.len() + more.len();
    if all == 0 {
        return;
    }
    let count = |posts: usize| u32::try_from(posts).unwrap_or(u32::MAX);
    sheet.paragraph(7, Ink::Plain, &look.count(key, count(all)));
    for line in posts.iter().take(NAMED) {
        sheet.hanging(&format!("       {:>6}  ", line.post.to_string()), ink, &line.title);
    }
    if all > NAMED {
        sheet.paragraph(15, Ink::Faint, &look.count("room.more", count(all - NAMED)));
    }
}

fn said(notes: &[RoomNote], look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if notes.is_empty() {
        sheet.line(&[(Ink::Plain, &look.text("cli.room.no_notes"))]);
    }
    for note in notes {
        sheet.blank();
        for phrase in came(note, look) {
            sheet.paragraph(0, Ink::Strong, &look.say(&phrase));
        }
        if note.counted && note.left.is_empty() && note.missed.is_empty() {
            sheet.paragraph(7, Ink::Plain, &look.text("room.note.none"));
        }
        named(&mut sheet, "room.note.missed", (&note.missed, &note.missed_more), Ink::Plain, look);
        sheet.line(&[(Ink::Faint, &look.hint("cli.room.undo", &format!("room --undo {}", note.plan)))]);
    }
    sheet.done()
}

/// What came of a plan, and what is not known of it; before its thirty days are over, what was foreseen.
fn came(note: &RoomNote, look: &Look) -> Vec<Phrase> {
    let date = |at| look.language.date_and_time(at, look.offset_minutes);
    let about = |key: &str, sources: &[String]| {
        let (known, unknown) = (format!("room.note.{key}"), format!("room.note.{key}_unknown"));
        let phrase = match note.foreseen {
            Some(foreseen) => Phrase::new(&known).with("count", foreseen.posts).with("minutes", foreseen.minutes),
            None => Phrase::new(&unknown),
        };
        phrase.with("day", date(note.made)).with("until", date(note.until)).with("sources", sources.join(", "))
    };
    let mut said = Vec::new();
    if !note.counted {
        said.push(about("waits", &[note.thinned.as_slice(), &note.left].concat()));
        return said;
    }
    if !note.thinned.is_empty() {
        let phrase = Phrase::new("room.note").with("day", date(note.made)).with("sources", note.thinned.join(", "));
        said.push(phrase.with("count", note.freed).with("minutes", note.minutes));
    }
    if !note.left.is_empty() {
        said.push(about("left", &note.left));
    }
    said
}
