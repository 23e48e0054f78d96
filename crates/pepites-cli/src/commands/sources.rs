//! Gives what is followed, folder by folder: what each source brings and what is wrong with it.

use clap::ArgMatches;
use pepites_core::model::{FolderOrder, Moment, Phrase};
use pepites_engine::contract::SourceView;

use super::{Entry, follow};
use crate::{
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
    wrap,
};

pub(super) const ENTRY: Entry = Entry { name: "sources", arguments: |command, _| command, run };

fn run(session: &Session, _: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let (sources, order) = (engine.sources()?, engine.compares_folders()?);
    session.give(&sources, |look| page(&sources, &order, look))?;
    Ok(Exit::Done)
}

fn page(sources: &[SourceView], order: &FolderOrder, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if sources.is_empty() {
        sheet
            .line(&[(Ink::Plain, &look.hint("cli.sources.none", &format!("import {}", look.text("help.value.file"))))]);
        return sheet.done();
    }
    sheet.paragraph(0, Ink::Strong, &total(sources, look));
    let width = sources.iter().map(|source| source.id.to_string().len()).max().unwrap_or_default();
    for (folder, sources) in by_folder(sources, order) {
        sheet.blank();
        let name = if folder.is_empty() { look.text("cli.sources.top") } else { follow::path(folder) };
        sheet.line(&[(Ink::Strong, &name)]);
        for source in sources {
            one(&mut sheet, source, width, look);
        }
    }
    sheet.done()
}

fn total(sources: &[SourceView], look: &Look) -> String {
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let mut total = look.count("cli.sources.total", count(sources.len()));
    let troubled = sources.iter().filter(|source| source.trouble.is_some() || source.gone).count();
    if troubled > 0 {
        total.push_str(&format!(", {}", look.count("cli.sources.troubled", count(troubled))));
    }
    total
}

/// Each source under the first of its folders, the top level first, then folders in the reader's order.
fn by_folder<'a>(sources: &'a [SourceView], order: &FolderOrder) -> Vec<(&'a [String], Vec<&'a SourceView>)> {
    let mut folders: Vec<(&[String], Vec<&SourceView>)> = Vec::new();
    for source in sources {
        let folder = source.folders.first().map(Vec::as_slice).unwrap_or_default();
        match folders.iter_mut().find(|(own, _)| *own == folder) {
            Some((_, inside)) => inside.push(source),
            None => folders.push((folder, vec![source])),
        }
    }
    folders.sort_by(|(one, _), (other, _)| order.compare(one, other));
    folders
}

fn one(sheet: &mut Sheet<'_>, source: &SourceView, width: usize, look: &Look) {
    let first = format!("  {:>width$}  ", source.id.to_string());
    let indent = wrap::columns(&first);
    let visited = match source.visited {
        Some(at) => {
            let age = look.language.age(at, look.now, look.offset_minutes);
            look.say(&Phrase::new("cli.sources.visited").with("age", age))
        }
        None => look.text("cli.sources.never"),
    };
    let unread = look.count("cli.sources.unread", source.unread);
    let unreached = source.unreached.map(|at| {
        let age = look.language.age(at, look.now, look.offset_minutes);
        look.say(&Phrase::new("cli.sources.unreached").with("age", age))
    });
    let mut facts = vec![look.count("cli.sources.month", source.posts_30d), unread];
    // "Never asked" would read as if nobody had tried.
    facts.extend((source.visited.is_some() || unreached.is_none()).then_some(visited));
    facts.extend(unreached);
    facts.extend(source.login.as_ref().map(|_| look.text("cli.sources.login")));
    let facts = facts.join(" · ");
    sheet.hanging(&first, Ink::Plain, &format!("{} — {facts}", source.title));
    sheet.paragraph(indent, Ink::Faint, &source.address);
    if source.folders.len() > 1 {
        let others: Vec<String> = source.folders.iter().skip(1).map(|folder| follow::path(folder)).collect();
        let also = Phrase::new("cli.sources.also").with("folders", others.join(", "));
        sheet.paragraph(indent, Ink::Faint, &look.say(&also));
    }
    if let Some(next) = next(source, look) {
        sheet.paragraph(indent, Ink::Faint, &next);
    }
    for trouble in troubles(source, look) {
        sheet.hanging(&format!("{}! ", " ".repeat(indent)), Ink::Red, &trouble);
    }
}

/// When it will be asked next, and why then.
fn next(source: &SourceView, look: &Look) -> Option<String> {
    // What is gone or held says so among its troubles.
    if source.gone || source.hold_until.is_some_and(|until| until > look.now) {
        return None;
    }
    let why = look.say(&source.next_why);
    let Some(at) = source.next_visit else { return Some(why) };
    let minutes = at.since(look.now) / Moment::MINUTE;
    let number = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    let when = match minutes {
        ..1 => Phrase::new("cli.sources.next.due"),
        1..120 => Phrase::new("cli.sources.next.minutes").with("minutes", number(minutes)),
        _ => Phrase::new("cli.sources.next.hours").with("hours", number(minutes / 60)),
    };
    Some(look.say(&when.with("why", why)))
}

fn troubles(source: &SourceView, look: &Look) -> Vec<String> {
    let mut troubles = Vec::new();
    if source.gone {
        troubles.push(look.text("cli.sources.gone"));
    }
    troubles.extend(source.trouble.as_ref().map(|trouble| look.told(trouble)));
    if let Some(until) = source.hold_until.filter(|until| *until > look.now && !source.gone) {
        let phrase =
            |key: &str, at| Phrase::new(key).with("when", look.language.date_and_time(at, look.offset_minutes));
        troubles.push(look.say(&phrase("cli.sources.held", until)));
        // A hold ends before or after the time that the schedule has for it; the later of the two is obeyed.
        troubles.push(match source.next_visit.filter(|next| *next > until) {
            Some(next) => look.say(&phrase("cli.sources.next", next)),
            None => look.text("cli.sources.next_then"),
        });
    }
    troubles
}

#[cfg(test)]
pub(super) mod tests {
    use pepites_core::model::SourceId;
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    pub(crate) fn source(id: i64, title: &str, folders: &[&[&str]]) -> SourceView {
        SourceView {
            portrait: None,
            id: SourceId(id),
            kind: "feed".to_owned(),
            address: format!("https://example.org/{id}"),
            title: title.to_owned(),
            name: None,
            site: None,
            folders: folders.iter().map(|path| path.iter().map(|name| (*name).to_owned()).collect()).collect(),
            posts: 9,
            unread: 1,
            starred: 0,
            posts_30d: 41,
            visited: None,
            unreached: None,
            last_new: None,
            next_visit: None,
            next_why: Phrase::new("next.new"),
            hold_until: None,
            full_text: false,
            unlimited: false,
            gone: false,
            failures: 0,
            trouble: None,
            login: None,
            icon: None,
            preferred: false,
            mode: pepites_core::model::Mode::All,
        }
    }

    fn some() -> Vec<SourceView> {
        let mut broken = source(12, "Broken\u{1b}[2J", &[&["News", "Tech"], &["Daily"]]);
        broken.trouble = Some(Phrase::new("it did not answer\u{9b}"));
        broken.hold_until = Some(Moment(1_795_420_800_000 + 2 * Moment::DAY));
        broken.next_visit = Some(Moment(1_795_420_800_000 + 2 * Moment::DAY + Moment::HOUR));
        broken.next_why = Phrase::new("next.held");
        broken.visited = Some(Moment(1_795_420_800_000 - 2 * Moment::HOUR));
        vec![broken, source(3, "Bees", &[])]
    }

    #[test]
    fn sources_stand_in_their_folders_with_what_is_wrong() {
        assert_eq!(
            page(&some(), &FolderOrder::default(), &look(Language::English)),
            "\
2 sources, 1 in trouble

(no folder)
   3  Bees — 41 posts in 30 days · 1 unread · never asked
      https://example.org/3
      not asked yet: the next refresh does

News / Tech
  12  Broken[2J — 41 posts in 30 days · 1 unread · asked 2 h ago
      https://example.org/12
      also in Daily
      ! it did not answer
      ! left alone until 25 November 2026 at 09:00, as it asked
      ! asked next by a refresh from then on, by refresh --due from 25 November
        2026 at 10:00
"
        );
    }

    #[test]
    fn a_source_that_found_no_network_says_when() {
        let mut one = source(1, "One", &[]);
        one.unreached = Some(look(Language::English).now.plus(-5 * Moment::MINUTE));
        let shown = page(std::slice::from_ref(&one), &FolderOrder::default(), &look(Language::English));
        assert!(shown.contains("1 unread · no network 5 min ago"), "{shown}");
        assert!(!shown.contains("never asked") && !shown.contains("in trouble"), "{shown}");
        one.visited = Some(look(Language::English).now.plus(-2 * Moment::HOUR));
        let shown = page(&[one], &FolderOrder::default(), &look(Language::English));
        assert!(shown.contains("asked 2 h ago · no network 5 min ago"), "{shown}");
    }

    #[test]
    fn sources_speak_french_too() {
        let shown = page(&some(), &FolderOrder::default(), &look(Language::French));
        for expected in [
            "2 sources, 1 en difficulté\n",
            "(sans dossier)\n   3  Bees — 41 billets en 30 jours · 1 non lu · jamais interrogée\n",
            "      ! laissée tranquille jusqu’au 25 novembre 2026 à 09\u{a0}h\u{a0}00, à sa demande\n",
        ] {
            assert!(shown.contains(expected), "{expected:?} is not in\n{shown}");
        }
    }

    #[test]
    fn the_next_visit_is_told_in_minutes_or_hours_with_why() {
        let look = look(Language::English);
        let cases = [
            (0, "next visit at the next refresh: as often as it posts"),
            (45, "next visit in 45 min: as often as it posts"),
            (300, "next visit in 5 h: as often as it posts"),
        ];
        for (minutes, expected) in cases {
            let mut one = source(1, "One", &[]);
            one.next_visit = Some(look.now.plus(minutes * Moment::MINUTE));
            one.next_why = Phrase::new("next.rhythm");
            assert_eq!(next(&one, &look).as_deref(), Some(expected));
            one.gone = true;
            assert_eq!(next(&one, &look), None);
        }
    }

    #[test]
    fn an_empty_library_says_how_to_begin() {
        assert_eq!(
            page(&[], &FolderOrder::default(), &look(Language::English)),
            "The library follows nothing yet: pepites import FILE\n"
        );
    }
}
