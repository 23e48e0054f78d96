//! Takes the number of a post, gives its story: who tells it, in time order, what each adds, what it goes on with.
//! Marks nothing as read.

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::{Phrase, PostId};
use pepites_engine::contract::{PostLine, StoryView, TellingView};

use super::{Entry, posts};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "relays", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command.arg(words.operand("id", "id").required(true).value_parser(value_parser!(i64).range(1..)))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let id = PostId(matches.get_one::<i64>("id").copied().unwrap_or_default());
    let view = session.library()?.story(id)?;
    session.give(&view, |look| page(&view, look))?;
    Ok(Exit::Done)
}

fn page(view: &StoryView, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let width = posts::number_width(view.tellings.iter().map(|telling| &telling.line));
    for telling in &view.tellings {
        sheet.blank();
        one(&mut sheet, look, width, telling, telling.line.post == view.face);
    }
    course(&mut sheet, look, view);
    sheet.done()
}

fn one(sheet: &mut Sheet<'_>, look: &Look, width: usize, telling: &TellingView, face: bool) {
    let line = &telling.line;
    let gutter = posts::gutter(line, width);
    let indent = gutter.chars().count();
    let ink = if line.marks.read { Ink::Faint } else { Ink::Strong };
    sheet.hanging(&gutter, ink, &line.title);
    let mut around = vec![line.source_title.clone(), look.language.age(line.published, look.now, look.offset_minutes)];
    let said = [
        (face, "cli.relays.face"),
        (telling.is_new, "story.new"),
        (line.marks.read, "mark.read"),
        (line.marks.relay, "mark.relay"),
    ];
    around.extend(said.into_iter().filter(|(is, _)| *is).map(|(_, key)| look.text(key)));
    sheet.paragraph(indent, Ink::Faint, &around.join(" · "));
    if !telling.also.is_empty() {
        sheet.paragraph(indent, Ink::Faint, &also(look, &telling.also));
    }
    if let Some(adds) = &telling.adds {
        // As one marks words in plain text; nothing is said by colour alone.
        let marked = adds.replace(['\u{e000}', '\u{e001}'], "*");
        sheet.paragraph(indent, Ink::Plain, &look.say(&Phrase::new("cli.relays.adds").with("passage", marked)));
    }
}

/// "also at A (15), B (16, 18)": where the same text stands, each source once, with the numbers by which it is opened, asked
/// about and put out.
pub(super) fn also(look: &Look, copies: &[PostLine]) -> String {
    let mut by: Vec<(&str, Vec<String>)> = Vec::new();
    for copy in copies {
        let number = copy.post.to_string();
        match by.iter_mut().find(|(name, _)| *name == copy.source_title) {
            Some((_, numbers)) => numbers.push(number),
            None => by.push((&copy.source_title, vec![number])),
        }
    }
    let names: Vec<String> = by.into_iter().map(|(name, numbers)| format!("{name} ({})", numbers.join(", "))).collect();
    look.say(&Phrase::new("story.also").with("names", names.join(", ")))
}

/// What the story goes on with, and what goes on with it.
pub(super) fn course(sheet: &mut Sheet<'_>, look: &Look, view: &StoryView) {
    for (key, lines) in [("story.earlier", &view.earlier), ("story.later", &view.later)] {
        if lines.is_empty() {
            continue;
        }
        sheet.blank();
        sheet.line(&[(Ink::Faint, &look.text(key))]);
        let width = posts::number_width(lines.iter());
        for line in lines {
            posts::row(sheet, look, width, line, &[]);
        }
    }
}

#[cfg(test)]
mod tests {
    use pepites_engine::{catalogue::Language, contract::PostLine};

    use super::*;
    use crate::look::tests::look;

    fn telling(id: i64, title: &str, source: &str) -> TellingView {
        TellingView { line: posts::tests::post(id, title, source), also: Vec::new(), adds: None, is_new: false }
    }

    #[test]
    fn a_story_is_told_in_time_order_with_copies_additions_and_what_it_goes_on_with() {
        let copy = |id: i64, source: &str| -> PostLine { posts::tests::post(id, "Swarms choose", source) };
        let also = vec![copy(15, "Mirror"), copy(16, "Planet"), copy(17, "Mirror")];
        let first = TellingView { also, ..telling(12, "How swarms choose", "The bee paper") };
        let mut second = telling(140, "Swarms: a vote\u{1b}[2J", "Daily");
        second.adds = Some("… said \u{e000}Anna Weiss\u{e001} of Bonn".to_owned());
        second.is_new = true;
        let earlier = vec![posts::tests::post(3, "Swarms on the move", "The bee paper")];
        let mut view = StoryView { face: PostId(12), tellings: vec![first, second], earlier, later: Vec::new() };
        assert_eq!(
            page(&view, &look(Language::English)),
            "   12  How swarms choose
       The bee paper · 3 h ago · shown for all
       also at Mirror (15, 17), Planet (16)

  140  Swarms: a vote[2J
       Daily · 3 h ago · new
       adds: … said *Anna Weiss* of Bonn

Earlier
3  2026-11-23  Swarms on the move — The bee paper
"
        );
        view.later = std::mem::take(&mut view.earlier);
        assert!(page(&view, &look(Language::French)).contains("\n\nDepuis\n3  "));
    }
}
