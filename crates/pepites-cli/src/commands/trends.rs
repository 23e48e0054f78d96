//! Takes a range of days, gives what came, what it cost and what it brought: in a sentence, then a line a source.

use clap::{ArgMatches, Command, value_parser};
use pepites_core::{
    model::{Mode, Phrase},
    trends::{Range, SourceStanding},
};
use pepites_engine::contract::{Figures, RelaysView, RisingView, SourceTrend, TrendsView};

use super::Entry;
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "trends", arguments, run };

/// Ranges as they are typed.
const RANGES: [(&str, Range); 5] =
    [("7", Range::Week), ("30", Range::Month), ("90", Range::Quarter), ("365", Range::Year), ("all", Range::All)];
/// Lines, unless `--limit` says otherwise. `help.trends.limit` names it.
const DEFAULT_LIMIT: usize = 20;
/// Heights of a bar, from nothing to the most.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.option("days", "number").value_parser(RANGES.map(|(typed, _)| typed)).hide_possible_values(true))
        .arg(words.option("limit", "number").value_parser(value_parser!(u32).range(1..)))
        .arg(words.flag("relays"))
        .arg(words.flag("rising").conflicts_with_all(["relays", "days"]))
        .arg(words.flag("erase").conflicts_with_all(["relays", "rising", "days"]))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let typed = matches.get_one::<String>("days").map(String::as_str);
    let range = RANGES.iter().find(|(name, _)| Some(*name) == typed).map_or(Range::Month, |(_, range)| *range);
    let limit = matches.get_one::<u32>("limit").map_or(DEFAULT_LIMIT, |limit| *limit as usize);
    if matches.get_flag("erase") {
        let erased = engine.erase_trends()?;
        session.give(&serde_json::json!({ "erased": erased }), |look| {
            format!("{}\n", look.count("cli.trends.erased", erased))
        })?;
    } else if matches.get_flag("rising") {
        let view = engine.rising()?;
        session.give(&view, |look| rising(&view, look))?;
    } else if matches.get_flag("relays") {
        let view = engine.relays(range)?;
        session.give(&view, |look| relays(&view, look, limit))?;
    } else {
        let view = engine.trends(range)?;
        session.give(&view, |look| page(&view, look, limit))?;
    }
    Ok(Exit::Done)
}

fn page(view: &TrendsView, look: &Look, limit: usize) -> String {
    let mut sheet = Sheet::new(look);
    sheet.paragraph(0, Ink::Strong, &sentence(view, look));
    if view.figures.skimmed + view.figures.in_bulk > 0 {
        let besides = Phrase::new("trends.besides")
            .with("skimmed", look.count("trends.skimmed", view.figures.skimmed))
            .with("in_bulk", look.count("trends.in_bulk", view.figures.in_bulk));
        sheet.paragraph(0, Ink::Plain, &look.say(&besides));
    }
    if let Some(before) = view.before {
        sheet.paragraph(0, Ink::Plain, &compared(view.figures, before, look));
    }
    // Where the range reaches back to the first day, the same figures are not told twice.
    if let Some(since) = view.since.as_ref().filter(|_| told(&view.ever) != told(&view.figures)) {
        let ever = Phrase::new("trends.ever").with("day", look.language.long_date(since));
        sheet.paragraph(0, Ink::Plain, &look.say(&with(ever, &view.ever, 0, look)));
    }
    sheet.paragraph(0, Ink::Faint, &look.text("trends.meaning"));
    let bars: Vec<u32> = view
        .bars
        .iter()
        .map(|bar| bar.arrived.iter().chain(&bar.backlog).fold(0, |sum: u32, n| sum.saturating_add(*n)))
        .collect();
    sheet.blank();
    sheet.line(&[(Ink::Plain, &spark(&bars))]);
    sheet.blank();
    for row in view.rows.iter().take(limit) {
        line(&mut sheet, row, look);
    }
    if view.rows.len() > limit {
        let more = u32::try_from(view.rows.len() - limit).unwrap_or(u32::MAX);
        sheet.line(&[(Ink::Faint, &look.count("cli.trends.more", more))]);
    }
    sheet.blank();
    sheet.paragraph(0, Ink::Faint, &look.text("trends.private"));
    sheet.done()
}

/// "From your 155 sources, over 30 days: 3,027 posts arrived, …"
fn sentence(view: &TrendsView, look: &Look) -> String {
    let figures = &view.figures;
    let days = match view.range.days() {
        Some(days) => look.count("trends.days", u32::try_from(days).unwrap_or(u32::MAX)),
        None => look.text("trends.all"),
    };
    let phrase =
        Phrase::new("trends.sentence").with("sources", look.count("trends.sources", view.sources)).with("days", days);
    let older = view.bars.iter().flat_map(|bar| &bar.backlog).fold(0, |sum: u32, posts| sum.saturating_add(*posts));
    look.say(&with(phrase, figures, older, look))
}

/// The figures that a sentence tells.
fn told(figures: &Figures) -> [u32; 7] {
    let Figures { arrived, digested, opened, read, skipped, starred, shared, .. } = *figures;
    [arrived, digested, opened, read, skipped, starred, shared]
}

/// A sentence with its figures. `older`: posts that were there before their sources were followed, which did not arrive.
fn with(phrase: Phrase, figures: &Figures, older: u32, look: &Look) -> Phrase {
    let mut arrived = look.count("trends.arrived", figures.arrived);
    if older > 0 {
        arrived.push_str(&format!(" ({})", look.count("trends.older", older)));
    }
    phrase
        .with("arrived", arrived)
        .with("digested", look.count("trends.digested", figures.digested))
        .with("opened", look.count("trends.opened", figures.opened))
        .with("read", look.count("trends.read", figures.read))
        .with("skipped", look.count("trends.skipped", figures.skipped))
        .with("starred", look.count("trends.starred", figures.starred))
        .with("shared", look.count("trends.shared", figures.shared))
}

fn compared(now: Figures, before: Figures, look: &Look) -> String {
    let change = f64::from(now.arrived) - f64::from(before.arrived);
    let share = if before.arrived == 0 { 0.0 } else { (change * 100.0 / f64::from(before.arrived)).round() };
    let said = if share > 0.0 { format!("+{}", look.language.number(share)) } else { look.language.number(share) };
    let said = match before.arrived {
        0 => String::new(),
        _ => look.say(&Phrase::new("trends.change").with("change", said)),
    };
    look.say(&with(Phrase::new("trends.before"), &before, 0, look).with("change", said))
}

/// A name, what it brings, and a small chart; then what it is worth.
fn line(sheet: &mut Sheet<'_>, row: &SourceTrend, look: &Look) {
    let number = |number: f64| look.language.number(number);
    let mut facts = vec![look.say(&Phrase::new("cli.trends.a_day").with("number", number(row.a_day)))];
    let share = |key: &str, share: Option<f64>| {
        share.filter(|share| *share > 0.0).map(|share| look.say(&Phrase::new(key).with("share", number(share))))
    };
    facts.extend(share("cli.trends.opened", row.opened_share));
    facts.extend(share("cli.trends.read", row.read_share));
    facts.extend((row.nuggets > 0).then(|| look.count("cli.trends.nuggets", row.nuggets)));
    facts.extend((row.starred > 0).then(|| look.count("cli.trends.starred", row.starred)));
    facts.push(look.say(&Phrase::new("cli.trends.minutes").with("number", number(row.minutes_a_week))));
    if let (Some(share), Some(first)) = (row.relay_share.filter(|share| *share >= 1.0), &row.first) {
        let phrase = Phrase::new("cli.trends.relays").with("share", number(share));
        facts.push(look.say(&phrase.with("first", first.title.as_str())));
    }
    facts.extend((row.mode != Mode::All).then(|| look.say(&mode(row.mode))));
    facts.extend((row.standing == SourceStanding::Inactive).then(|| look.text("trends.standing.inactive")));
    let first = format!("{:>5}  {}  ", row.source.to_string(), spark(&row.spark));
    sheet.hanging(&first, Ink::Plain, &format!("{} — {}", row.title, facts.join(" · ")));
}

/// The name of a mode.
pub(super) fn mode(mode: Mode) -> Phrase {
    match mode {
        Mode::All => Phrase::new("mode.all"),
        Mode::Digest => Phrase::new("mode.digest"),
        Mode::Nuggets => Phrase::new("mode.nuggets"),
        Mode::NoRelays => Phrase::new("mode.no_relays"),
        Mode::Daily(posts) => Phrase::new("mode.daily").with("count", posts),
        Mode::Muted => Phrase::new("mode.muted"),
    }
}

/// One character a number, as high as it is beside the highest; a blank where there is nothing.
fn spark(numbers: &[u32]) -> String {
    let most = u64::from(numbers.iter().copied().max().unwrap_or(0)).max(1);
    let height = |number: &u32| {
        let step = (u64::from(*number) * HEIGHTS.len() as u64).div_ceil(most);
        let step = usize::try_from(step).unwrap_or(0);
        step.checked_sub(1).and_then(|step| HEIGHTS.get(step)).copied().unwrap_or(' ')
    };
    numbers.iter().map(height).collect()
}

fn relays(view: &RelaysView, look: &Look, limit: usize) -> String {
    let mut sheet = Sheet::new(look);
    if view.pairs.is_empty() {
        sheet.paragraph(0, Ink::Plain, &look.text("trends.relays.none"));
        return sheet.done();
    }
    for pair in view.pairs.iter().take(limit) {
        let phrase = Phrase::new("trends.relays.pair")
            .with("source", pair.source.title.as_str())
            .with("first", pair.first.title.as_str())
            .with("stories", look.count("digest.stories", pair.count))
            .with("after", after(pair.minutes, look));
        sheet.paragraph(0, Ink::Plain, &look.say(&phrase));
    }
    if !view.spare.is_empty() {
        sheet.blank();
        sheet.line(&[(Ink::Strong, &look.text("trends.spare"))]);
    }
    for spare in view.spare.iter().take(limit) {
        let phrase = Phrase::new("trends.spare.line")
            .with("source", spare.source.title.as_str())
            .with("own", spare.own)
            .with("count", spare.posts);
        sheet.hanging(&format!("{:>5}  ", spare.source.source.to_string()), Ink::Plain, &look.say(&phrase));
    }
    sheet.done()
}

/// "20 min", "5 h".
fn after(minutes: u32, look: &Look) -> String {
    let phrase = |key: &str, number: u32| Phrase::new(key).with("number", number);
    look.say(&if minutes < 120 {
        phrase("trends.after.minutes", minutes)
    } else {
        phrase("trends.after.hours", minutes / 60)
    })
}

fn rising(view: &RisingView, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if !view.comparable {
        sheet.paragraph(0, Ink::Plain, &look.text("trends.rising.later"));
        return sheet.done();
    }
    for (key, risen) in [("trends.rising.words", &view.words), ("trends.rising.people", &view.people)] {
        sheet.blank();
        sheet.line(&[(Ink::Strong, &look.text(key))]);
        for risen in risen {
            let phrase = Phrase::new("trends.rising.line").with("what", risen.what.as_str());
            sheet.paragraph(2, Ink::Plain, &look.say(&phrase.with("now", risen.now).with("before", risen.before)));
        }
        if risen.is_empty() {
            sheet.paragraph(2, Ink::Faint, &look.text("trends.rising.none"));
        }
    }
    sheet.done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_chart_is_as_high_as_its_numbers() {
        for (numbers, expected) in
            [(vec![0, 1, 4, 8], " ▁▄█"), (vec![0, 0], "  "), (vec![], ""), (vec![3, 3], "██"), (vec![1, 1000], "▁█")]
        {
            assert_eq!(spark(&numbers), expected, "{numbers:?}");
        }
    }
}
