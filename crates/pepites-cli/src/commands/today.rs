//! Takes the reader's budget for today, gives the digest: what it holds, in sections, and its end.

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};
use pepites_core::{
    digest::{Budget, Section},
    model::{Day, Phrase},
};
use pepites_engine::{
    Engine,
    contract::{CutView, DigestAsk, DigestLineView, DigestView, EntryView, MarkView},
};

use super::{Entry, digests, posts};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "today", arguments, run };

/// Names of relays that are said; the others are counted.
const NAMED_RELAYS: usize = 5;
/// Lines of a list, unless `--limit` says otherwise. `help.today.limit` names it.
const DEFAULT_LIMIT: u32 = 200;

fn arguments(command: Command, words: &Words) -> Command {
    let count = |arg: Arg| arg.value_parser(value_parser!(u32).range(1..));
    command
        .arg(count(words.option("posts", "number")))
        .arg(count(words.option("minutes", "number")))
        .arg(words.flag("again"))
        .arg(words.flag("more-stories").long("more"))
        .arg(words.option("date", "date").value_parser(day))
        .arg(count(words.option("edition", "number")))
        .arg(words.flag("list"))
        .arg(words.flag("left-out"))
        .arg(count(words.option("limit", "number")))
        .arg(words.flag("why").action(ArgAction::SetTrue))
        .arg(count(words.option("short", "number")).conflicts_with_all(["list", "left-out"]))
        .arg(words.flag("tomorrow").requires("left-out"))
        .arg(words.flag("let-go").requires("left-out"))
        .arg(words.flag("undo").requires("settle"))
        .group(ArgGroup::new("settle").args(["tomorrow", "let-go"]))
        .group(ArgGroup::new("budget").args(["posts", "minutes"]))
        .group(ArgGroup::new("which").args(["again", "more-stories", "date", "list"]))
        .group(ArgGroup::new("past").args(["date", "list", "edition"]).multiple(true).conflicts_with("budget"))
        .mut_arg("edition", |arg| arg.conflicts_with_all(["list", "again", "more-stories"]))
        .mut_arg("left-out", |arg| arg.conflicts_with_all(["list", "again", "more-stories"]))
}

/// `2026-11-20`, a day that exists.
pub(super) fn day(text: &str) -> Result<Day, String> {
    text.parse::<jiff::civil::Date>().map(|date| Day(date.to_string())).map_err(|error| error.to_string())
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let limit = matches.get_one::<u32>("limit").copied().unwrap_or(DEFAULT_LIMIT);
    if matches.get_flag("list") {
        return digests::list(session, &engine, limit);
    }
    let view = asked(&engine, matches)?;
    if matches.get_flag("tomorrow") || matches.get_flag("let-go") {
        let mark = if matches.get_flag("tomorrow") { MarkView::PutOff } else { MarkView::Skipped };
        return digests::settle(session, &engine, &view.line, mark, !matches.get_flag("undo"));
    }
    if matches.get_flag("left-out") {
        return digests::left_out(session, &engine, &view.line, limit);
    }
    let short = matches.get_one::<u32>("short").copied();
    let whole = view.line.stories;
    let view = match (short, view.line.id) {
        (Some(minutes), Some(id)) => cut(view, &engine.cut(id, minutes)?),
        _ => view,
    };
    let short = short.map(|minutes| Short { minutes, whole });
    let why = matches.get_flag("why");
    let asked = Asked { why, edition: matches.contains_id("edition"), short, ..Asked::default() };
    show(session, &engine, &view, asked)
}

/// The digest with the stories of its shorter cut alone; what its line says of it stays.
fn cut(view: DigestView, cut: &CutView) -> DigestView {
    let mut view = view;
    view.entries.retain(|entry| cut.stories.contains(&entry.story));
    view
}

/// A shorter cut that was asked for.
#[derive(Clone, Copy, Debug)]
struct Short {
    minutes: u32,
    /// Stories of the whole digest.
    whole: u32,
}

/// What a page depends on besides the digest.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    /// Say for every story why it stands where it stands.
    why: bool,
    /// The edition was named: it need not be the last of its day.
    edition: bool,
    /// What is shown of it is a shorter cut.
    short: Option<Short>,
    /// There are no sources yet.
    follows_nothing: bool,
}

/// The day that is asked for: a past one, or the reader's today.
fn day_asked(engine: &Engine, matches: &ArgMatches) -> Result<Day, Failure> {
    match matches.get_one::<Day>("date") {
        Some(day) => Ok(day.clone()),
        None => Ok(engine.day()?),
    }
}

fn asked(engine: &Engine, matches: &ArgMatches) -> Result<DigestView, Failure> {
    if let Some(edition) = matches.get_one::<u32>("edition") {
        return Ok(engine.edition_of(&day_asked(engine, matches)?, *edition)?);
    }
    if let Some(day) = matches.get_one::<Day>("date") {
        return Ok(engine.digest_of(day)?);
    }
    let number = |name| matches.get_one::<u32>(name).copied();
    let budget = number("posts").map(Budget::Posts).or(number("minutes").map(Budget::Minutes));
    let ask = DigestAsk { budget, again: matches.get_flag("again"), more: matches.get_flag("more-stories") };
    Ok(engine.today(&ask)?)
}

/// Gives a digest; one that is empty says what to do about it.
pub(super) fn show(session: &Session, engine: &Engine, view: &DigestView, asked: Asked) -> Result<Exit, Failure> {
    let follows_nothing = view.entries.is_empty() && engine.library()?.sources == 0;
    session.give(view, |look| page(view, look, Asked { follows_nothing, ..asked }))?;
    Ok(Exit::Done)
}

fn page(view: &DigestView, look: &Look, asked: Asked) -> String {
    let mut sheet = Sheet::new(look);
    sheet.line(&[(Ink::Strong, &masthead(view, look))]);
    if let Some((nothing_fits, hint)) = nothing_fits(&view.line, look) {
        sheet.blank();
        sheet.paragraph(0, Ink::Plain, &nothing_fits);
        sheet.line(&[(Ink::Plain, &hint)]);
        older(&mut sheet, look, view);
        return sheet.done();
    }
    if let Some(short) = asked.short.filter(|_| view.entries.is_empty() && view.line.stories > 0) {
        sheet.blank();
        sheet.paragraph(0, Ink::Plain, &look.count("cli.today.cut_none", short.minutes));
        return sheet.done();
    }
    if view.entries.is_empty() {
        sheet.blank();
        sheet.paragraph(0, Ink::Plain, &look.text("digest.empty"));
        if asked.follows_nothing {
            sheet.line(&[(
                Ink::Plain,
                &look.hint("cli.today.no_sources", &format!("import {}", look.text("help.value.file"))),
            )]);
        } else {
            older(&mut sheet, look, view);
            sheet.line(&[(Ink::Plain, &look.hint("cli.today.refresh_first", "refresh"))]);
        }
        return sheet.done();
    }
    if let Some(away) = away(&view.line, look) {
        sheet.paragraph(0, Ink::Plain, &away);
    }
    sheet.paragraph(0, Ink::Plain, &summary(view, look));
    if let Some(short) = asked.short {
        sheet.paragraph(0, Ink::Strong, &shortened(view, look, short));
    }
    let width = posts::number_width(view.entries.iter().map(|entry| &entry.face));
    let mut section = None;
    for entry in &view.entries {
        if section != Some((entry.section, &entry.search)) {
            section = Some((entry.section, &entry.search));
            sheet.blank();
            head(&mut sheet, look, entry);
        }
        sheet.blank();
        story(&mut sheet, look, width, entry, asked.why);
    }
    end(&mut sheet, look, view, asked.edition);
    sheet.done()
}

/// What is said of a digest that nothing fits into, and what to do: a story counts for one in a budget of posts.
pub(super) fn nothing_fits(line: &DigestLineView, look: &Look) -> Option<(String, String)> {
    let hint = || look.hint("cli.today.budget_in_posts", &format!("today --posts {}", line.left_out));
    (line.id.is_none() && line.left_out > 0).then(|| (look.count("cli.today.nothing_fits", line.left_out), hint()))
}

fn masthead(view: &DigestView, look: &Look) -> String {
    let mut line = format!("Pépites · {}", look.language.long_date(&view.line.day));
    if view.line.edition > 1 {
        let edition = Phrase::new("digest.edition").with("number", view.line.edition);
        line.push_str(&format!(" · {}", look.say(&edition)));
    }
    line
}

/// "38 stories, 31 minutes. 212 left out."
fn summary(view: &DigestView, look: &Look) -> String {
    let left_out = match view.left_out {
        0 if view.line.left_out > 0 => look.text("digest.left_out_settled"),
        0 => look.text("digest.nothing_left_out"),
        count => look.count("digest.left_out", count),
    };
    let phrase = Phrase::new("digest.summary")
        .with("stories", look.count("digest.stories", view.line.stories))
        .with("minutes", look.count("digest.minutes", view.line.minutes))
        .with("left_out", left_out);
    look.say(&phrase)
}

/// "12 days, 4,300 posts, the best 40 minutes."; None for a usual day.
fn away(line: &DigestLineView, look: &Look) -> Option<String> {
    let phrase = Phrase::new("digest.away")
        .with("days", look.count("digest.days", line.away))
        .with("posts", look.count("digest.posts", line.posts))
        .with("minutes", look.count("digest.minutes", line.minutes));
    (line.away > 0).then(|| look.say(&phrase))
}

/// "12 stories of 38 for 10 minutes. The whole: …"
fn shortened(view: &DigestView, look: &Look, short: Short) -> String {
    let shown = u32::try_from(view.entries.len()).unwrap_or(u32::MAX);
    let phrase = Phrase::new("cli.today.cut")
        .with("stories", look.count("digest.stories", shown))
        .with("all", short.whole)
        .with("minutes", look.count("digest.minutes", short.minutes))
        .with("command", look.command("today"));
    look.say(&phrase)
}

fn head(sheet: &mut Sheet<'_>, look: &Look, entry: &EntryView) {
    let (mark, key, ink) = match entry.section {
        Section::Nuggets => ("◆ ", "section.nuggets", Ink::Gold),
        Section::Searched => ("", "section.searched", Ink::Strong),
        Section::Covered => ("", "section.covered", Ink::Strong),
        Section::People => ("", "section.people", Ink::Strong),
        Section::Long => ("", "section.long", Ink::Strong),
        Section::Others => ("", "section.others", Ink::Strong),
    };
    let name = entry.search.clone().unwrap_or_else(|| look.text(key));
    sheet.line(&[(ink, &format!("{mark}{}", name.to_uppercase()))]);
}

fn story(sheet: &mut Sheet<'_>, look: &Look, width: usize, entry: &EntryView, why: bool) {
    let face = &entry.face;
    let seen = face.marks.read || face.marks.skipped || face.marks.relay;
    let ink = |ink| if seen { Ink::Faint } else { ink };
    let gutter = posts::gutter(face, width);
    let indent = gutter.chars().count();
    // A title that was made from the first words would only say twice what the words say.
    let words_are_title = face.untitled && !face.lead.is_empty();
    let headline = if words_are_title { &face.lead } else { &face.title };
    sheet.hanging(&gutter, ink(Ink::Strong), headline);
    sheet.paragraph(indent, Ink::Faint, &format!("{}{}", posts::around(look, face, entry.seconds), heard(look, entry)));
    if let Some(news) = &entry.news {
        sheet.paragraph(indent, Ink::Plain, &look.say(news));
    }
    if entry.nugget {
        let reasons = reasons(look, entry);
        if !reasons.is_empty() {
            sheet.hanging(&format!("{}◆ ", " ".repeat(indent)), ink(Ink::Gold), &reasons);
        }
    }
    if !words_are_title && !seen {
        sheet.paragraph(indent, Ink::Plain, &face.lead);
    }
    if !entry.relays.is_empty() {
        sheet.paragraph(indent, Ink::Faint, &relays(look, entry));
    }
    if why {
        if !entry.nugget {
            sheet.paragraph(indent, Ink::Plain, &reasons(look, entry));
        }
        sheet.paragraph(indent, Ink::Faint, &parts(look, entry));
    }
}

/// How much of its time is listening, or that nobody says how much: " · 32 min to listen to".
fn heard(look: &Look, entry: &EntryView) -> String {
    match entry.listening {
        0 if entry.unmeasured => format!(" · {}", look.text("time.unmeasured")),
        0 => String::new(),
        seconds => format!(" · {}", look.count("time.listening", seconds.div_ceil(60))),
    }
}

/// The reasons as one sentence: "Only here; this author writes twice a month."
fn reasons(look: &Look, entry: &EntryView) -> String {
    let said: Vec<String> =
        entry.reasons.iter().map(|reason| look.say(reason).trim_end_matches('.').to_owned()).collect();
    // The semicolon is spaced by the rule of the language, as the catalogue's are.
    let joint = if look.language == pepites_engine::catalogue::Language::French { "\u{a0}; " } else { "; " };
    let sentence = said.join(joint);
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

fn relays(look: &Look, entry: &EntryView) -> String {
    // One source may tell a story twice (a report, a correction): it is named once.
    let mut names: Vec<&str> = Vec::new();
    for relay in &entry.relays {
        if !names.contains(&relay.source_title.as_str()) {
            names.push(&relay.source_title);
        }
    }
    let count = names.len();
    let mut said = names.iter().take(NAMED_RELAYS).copied().collect::<Vec<_>>().join(", ");
    if count > NAMED_RELAYS {
        said = look.say(&Phrase::new("digest.relayed_more").with("names", said).with("more", count - NAMED_RELAYS));
    }
    look.say(&Phrase::new("digest.relayed").with("count", count).with("names", said))
}

/// "Rank 2.4: freshness 0.8 (0.8 × 1), …", strongest first.
fn parts(look: &Look, entry: &EntryView) -> String {
    let mut parts: Vec<_> = entry.parts.iter().filter(|part| part.points != 0.0).collect();
    parts.sort_by(|a, b| b.points.total_cmp(&a.points));
    let said: Vec<String> = parts
        .into_iter()
        .map(|part| {
            let phrase = Phrase::new("cli.today.part")
                .with("signal", look.text(&format!("signal.{}", part.signal)))
                .with("points", part.points)
                .with("value", part.value)
                .with("weight", part.weight);
            look.say(&phrase)
        })
        .collect();
    look.say(&Phrase::new("cli.today.rank").with("rank", entry.rank).with("parts", said.join(", ")))
}

fn end(sheet: &mut Sheet<'_>, look: &Look, view: &DigestView, edition: bool) {
    // Where an hour is set for it, yesterday's is today's until then; and who flew west reads the one of tomorrow.
    let today = view.next.is_some() || view.line.day >= Day::of(look.now, look.offset_minutes);
    sheet.blank();
    sheet.paragraph(0, Ink::Strong, &look.text(if today { "digest.end" } else { "digest.end_past" }));
    let count = |key, count: u32, command: &str| {
        look.say(&Phrase::new(key).with("count", count).with("command", look.command(command)))
    };
    if view.left_out > 0 {
        let date = if today { String::new() } else { format!(" --date {}", view.line.day) };
        let edition = if edition { format!(" --edition {}", view.line.edition) } else { String::new() };
        let command = format!("today{date}{edition} --left-out");
        sheet.line(&[(Ink::Plain, &count("cli.today.see_left_out", view.left_out, &command))]);
    }
    if view.line.muted > 0 {
        sheet.line(&[(Ink::Plain, &count("cli.today.muted", view.line.muted, "rules"))]);
    }
    if today {
        older(sheet, look, view);
    }
    if let Some(next) = view.next.filter(|_| view.line.day != Day::of(look.now, look.offset_minutes)) {
        let phrase = Phrase::new("cli.today.next")
            .with("time", look.language.date_and_time(next, look.offset_minutes))
            .with("command", look.command("today --again"));
        sheet.paragraph(0, Ink::Plain, &look.say(&phrase));
    }
    if today && view.arrived_since > 0 {
        sheet.line(&[(Ink::Plain, &count("cli.today.arrived", view.arrived_since, "today --again"))]);
    }
    if let Some(first) = view.entries.first() {
        let command = format!("read {}", first.face.post);
        sheet.line(&[(Ink::Faint, &look.hint("cli.today.open", &command))]);
    }
}

/// What waits from before the window, and the way to it.
fn older(sheet: &mut Sheet<'_>, look: &Look, view: &DigestView) {
    if view.older_unread > 0 {
        let phrase = Phrase::new("cli.today.older")
            .with("count", view.older_unread)
            .with("list", look.command("unread"))
            .with("command", look.command("today --more"));
        sheet.paragraph(0, Ink::Plain, &look.say(&phrase));
    }
}

#[cfg(test)]
#[path = "today/tests.rs"]
mod tests;
