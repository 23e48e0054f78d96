//! Takes what was read or found of people, gives the pages that show it in a terminal.

use pepites_core::{interchange::contacts::TablePreview, model::Phrase};
use pepites_engine::contract::{
    ContactView, ContactsImport, ContactsReport, FollowFound, MatchView, StageView, Standing,
};

use crate::{
    commands::import,
    look::Look,
    sheet::{Ink, Sheet},
};

/// Skipped rows that are listed without `-v`.
const LISTED_FLAWS: usize = 20;
/// Hosts of a stage that a plan names.
const HOSTS: usize = 4;

/// What a file brought.
pub(crate) fn imported(report: &ContactsImport, look: &Look, verbose: bool) -> String {
    let mut sheet = Sheet::new(look);
    let dialect = look.text(&format!("dialect.{}", report.dialect));
    let read = Phrase::new("cli.import.read_as").with("file", report.file.as_str()).with("dialect", dialect);
    sheet.paragraph(0, Ink::Strong, &look.say(&read));
    if let Some(partial) = &report.partial {
        sheet.paragraph(0, Ink::Red, &look.say(partial));
    }
    let mut counts = vec![look.count("cli.contacts.rows", report.rows), look.count("cli.contacts.added", report.added)];
    for (key, count) in [("cli.contacts.joined", report.joined), ("cli.contacts.repeated", report.repeated)] {
        if count > 0 {
            counts.push(look.count(key, count));
        }
    }
    if !report.skipped.is_empty() {
        counts.push(look.count("cli.import.skipped", u32::try_from(report.skipped.len()).unwrap_or(u32::MAX)));
    }
    sheet.paragraph(0, Ink::Plain, &format!("{}.", counts.join(", ")));
    let listed = if verbose { usize::MAX } else { LISTED_FLAWS };
    report.skipped.iter().take(listed).for_each(|skipped| import::flaw(&mut sheet, look, skipped));
    if report.skipped.len() > listed {
        let more = u32::try_from(report.skipped.len() - listed).unwrap_or(u32::MAX);
        sheet.paragraph(2, Ink::Faint, &look.count("cli.import.more_flaws", more));
    }
    sheet.line(&[(Ink::Faint, &look.hint("cli.contacts.next_plan", "contacts find --plan"))]);
    import::way_back(&mut sheet, report.import, look);
    sheet.done()
}

/// A table as it would be read.
pub(super) fn columns(seen: &TablePreview, look: &Look, name: &str) -> String {
    let mut sheet = Sheet::new(look);
    let dialect = look.text(&format!("dialect.{}", seen.dialect));
    let read = Phrase::new("cli.import.read_as").with("file", name).with("dialect", dialect);
    sheet.paragraph(0, Ink::Strong, &look.say(&read));
    let mut typed = Vec::new();
    for (at, column) in seen.columns.iter().enumerate() {
        let word =
            serde_json::to_value(column).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        let header = seen.headers.get(at).map(String::as_str).unwrap_or_default();
        let examples: Vec<&str> = seen
            .rows
            .iter()
            .filter_map(|row| row.get(at))
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .take(2)
            .collect();
        sheet.row(&[
            (Ink::Plain, &format!("  {:>2}  {word:<12}  ", at + 1)),
            (Ink::Strong, header),
            (Ink::Faint, &format!("  {}", examples.join(" · "))),
        ]);
        typed.push(word);
    }
    let command = format!("contacts import {} --columns {}", crate::look::quoted(name), typed.join(","));
    sheet.line(&[(Ink::Faint, &look.hint("cli.contacts.columns", &command))]);
    sheet.done()
}

/// People, one a line, each with the surest that was found.
pub(super) fn list(people: &[ContactView], look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let width = people.iter().map(|person| person.id.to_string().len()).max().unwrap_or(1);
    for person in people {
        let best = person.matches.iter().find(|found| !found.not && found.confidence > 0);
        let found = best.map(|found| format!("  {} · {}", found.address, sure(found, look))).unwrap_or_default();
        let ink = if person.standing == Standing::Missing { Ink::Faint } else { Ink::Plain };
        let id = person.id.to_string();
        sheet.row(&[(Ink::Faint, &format!("{id:>width$}  ")), (ink, &person.name), (Ink::Faint, &found)]);
    }
    if people.is_empty() {
        sheet.paragraph(0, Ink::Plain, &look.text("cli.contacts.nobody"));
    }
    sheet.done()
}

/// One person, with everything that may be theirs and why.
pub(super) fn person(person: &ContactView, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    sheet.paragraph(0, Ink::Strong, &format!("{}  {}", person.id, person.name));
    let texts = person.organisation.iter().chain(&person.emails).chain(&person.addresses);
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    if !texts.is_empty() {
        sheet.paragraph(2, Ink::Plain, &texts.join(" · "));
    }
    // Of several each has its number, for who parts one from the others.
    for (number, row) in (1..).zip(&person.rows) {
        let key = if row.file.is_empty() { "cli.contacts.by_hand" } else { "cli.contacts.row" };
        let said = look.say(&Phrase::new(key).with("file", row.file.as_str()).with("line", row.line.to_string()));
        let said = if person.rows.len() > 1 { format!("{number}: {said}") } else { said };
        sheet.paragraph(2, Ink::Faint, &said);
    }
    for found in &person.matches {
        sheet.blank();
        let ink = if found.confidence >= 90 && !found.not { Ink::Strong } else { Ink::Plain };
        sheet.hanging("  ", ink, &format!("{} · {}", found.address, sure(found, look)));
        if let Some(rate) = rate(found, look) {
            sheet.paragraph(4, Ink::Plain, &rate);
        }
        found.reasons.iter().for_each(|reason| sheet.hanging("    - ", Ink::Faint, &look.say(reason)));
    }
    if person.matches.is_empty() {
        sheet.paragraph(2, Ink::Plain, &look.text("cli.contacts.nothing"));
    }
    sheet.done()
}

/// "kind, 97 %", and what became of it.
fn sure(found: &MatchView, look: &Look) -> String {
    let kind = look.text(&format!("kind.{}", found.kind));
    let state = if found.not {
        look.text("cli.contacts.not")
    } else if found.confidence == 0 {
        look.text("cli.contacts.gone")
    } else {
        look.say(&Phrase::new("cli.contacts.sure").with("percent", found.confidence))
    };
    let followed = if found.followed { format!(" · {}", look.text("cli.add.followed")) } else { String::new() };
    format!("{kind}, {state}{followed}")
}

fn rate(found: &MatchView, look: &Look) -> Option<String> {
    let rate = (found.posts_a_week? * 10.0).round() / 10.0;
    let said = |key: &str| Phrase::new(key).with("count", rate);
    Some(match found.share {
        Some(share) => look.say(&said("cli.contacts.rate_share").with("share", (share * 10.0).round() / 10.0)),
        None => look.say(&said("cli.contacts.rate")),
    })
}

/// Of all people, who can be followed, by stage and network.
pub(super) fn report(seen: &ContactsReport, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if let Some(why) = &seen.why {
        sheet.paragraph(0, Ink::Red, &look.say(why));
    }
    sheet.paragraph(0, Ink::Strong, &look.say(&sentence(seen)));
    for stage in seen.stages.iter().filter(|stage| stage.found + stage.unsure > 0) {
        sheet.hanging("  ", Ink::Plain, &look.say(&by(stage, look)));
    }
    for network in &seen.networks {
        let kind = look.text(&format!("kind.{}", network.kind));
        let phrase = Phrase::new("cli.contacts.network").with("kind", kind);
        sheet.hanging("  ", Ink::Faint, &look.say(&phrase.with("found", network.found).with("unsure", network.unsure)));
    }
    if let Some(sent) = seen.sent {
        sheet.paragraph(0, Ink::Faint, &look.count("cli.contacts.sent", sent));
    }
    let next = match (seen.people, seen.unfinished, seen.found > seen.followed) {
        (0, ..) => ("cli.contacts.next_import", "contacts import FILE"),
        (_, true, _) => ("cli.contacts.next_resume", "contacts find"),
        (_, _, true) => ("cli.contacts.next_follow", "contacts follow all --folder Contacts"),
        _ => ("cli.contacts.next_plan", "contacts find --plan"),
    };
    sheet.line(&[(Ink::Faint, &look.hint(next.0, next.1))]);
    sheet.done()
}

fn sentence(seen: &ContactsReport) -> Phrase {
    Phrase::new("contacts.sentence")
        .with("people", seen.people)
        .with("found", seen.found)
        .with("unsure", seen.unsure)
        .with("missing", seen.missing)
}

fn by(stage: &StageView, look: &Look) -> Phrase {
    let name = look.text(&format!("stage.{}", stage.stage.name()));
    Phrase::new("cli.contacts.stage_found").with("stage", name).with("found", stage.found).with("unsure", stage.unsure)
}

/// What each stage would ask, of whom.
pub(super) fn plan(seen: &ContactsReport, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    for stage in &seen.stages {
        let name = stage.stage.name();
        let mark = if stage.on { "[x]" } else { "[ ]" };
        sheet.row(&[(Ink::Strong, &format!("{mark} {name:<10} ")), (Ink::Plain, &look.text(&format!("stage.{name}")))]);
        sheet.paragraph(4, Ink::Faint, &look.text(&format!("stage.{name}.sends")));
        let phrase = Phrase::new("cli.contacts.due").with("count", stage.requests).with("people", stage.people);
        let named: Vec<&str> = stage.hosts.iter().take(HOSTS).map(String::as_str).collect();
        let hosts = if named.is_empty() { String::new() } else { format!(" → {}", named.join(", ")) };
        let more = stage.hosts_in_all.saturating_sub(u32::try_from(named.len()).unwrap_or(0));
        let more = if more > 0 { format!(" {}", look.count("cli.contacts.more_hosts", more)) } else { String::new() };
        sheet.paragraph(4, Ink::Plain, &format!("{}{hosts}{more}", look.say(&phrase)));
    }
    let on: u32 = seen.stages.iter().filter(|stage| stage.on).map(|stage| stage.requests).sum();
    let phrase = Phrase::new("cli.contacts.budget").with("count", on).with("most", seen.most);
    sheet.paragraph(0, Ink::Strong, &look.say(&phrase));
    sheet.line(&[(Ink::Faint, &look.hint("cli.contacts.next_find", "contacts find"))]);
    sheet.done()
}

/// What following did.
pub(super) fn followed(report: &FollowFound, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let added = u32::try_from(report.added.len()).unwrap_or(u32::MAX);
    let mut counts = vec![look.count("cli.contacts.followed", report.people), look.count("cli.import.added", added)];
    if report.already > 0 {
        counts.push(look.count("cli.import.already", report.already));
    }
    sheet.paragraph(0, Ink::Plain, &format!("{}.", counts.join(", ")));
    sheet.line(&[(Ink::Faint, &look.hint("cli.import.next", "refresh"))]);
    sheet.done()
}
